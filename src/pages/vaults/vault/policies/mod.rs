//! The vault's policies: when backups are taken and how long they are kept.

mod delete;
mod details;
mod panes;
mod row;

use arm_client::data_protection::DatasourceKind;

use super::Vault;
use crate::{
    components::ReadingView,
    hooks::rights,
    location::use_query_value,
    pages::vaults::list_bar::ListCount,
    prelude::*,
    rights::Act,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        empty_state::EmptyState,
        focus::{focus, rendered},
        icon::IconName,
        menu_button::{MenuButton, MenuEntry},
        names::with_names,
    },
};

use row::{Row, rows, uses};

/// What the tab knows.
#[derive(Clone, Copy)]
pub struct List {
    /// The rows, by name.
    rows: Memo<Vec<Row>>,
    /// Opens the details of the policy of this name, or closes them.
    set_detailed: Callback<Option<String>>,
    /// Asks before the policy of this row is deleted.
    on_delete: Callback<Row>,
}

/// The tab.
#[component]
pub fn Policies(vault: Vault) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let Some(reading) = vault.policies.get() else {
            return Vec::new();
        };
        reading
            .data
            .with(|policies| rows(policies.as_deref().unwrap_or_default()))
    });
    let (detailed, set_detailed) = use_query_value("policy");
    let asked = RwSignal::new(None::<Row>);
    let list = List {
        rows,
        set_detailed,
        on_delete: Callback::new(move |row| asked.set(Some(row))),
    };
    let (pane, set_pane) = use_query_value("pane");
    let made =
        Memo::new(move |_| pane.with(|word| CREATE.iter().position(|known| word.as_deref() == Some(*known))));
    let on_close = Callback::new(move |()| set_pane.run(None));
    let content = view_of(move || match vault.policies.get() {
        Some(reading) => {
            let counted = Memo::new(move |_| {
                let is_read = reading.data.with(Option::is_some);
                is_read.then(|| count(rows.with(Vec::len)))
            });
            let is_any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
            let view = move |_| {
                view_of(move || {
                    if is_any.get() {
                        view! { <PolicyTable vault list /> }.into_any()
                    } else {
                        nothing(set_pane)
                    }
                })
            };
            view! {
                <div class="list-bar"><ListCount reading counted /></div>
                <ReadingView reading what="list of policies" view />
            }
            .into_any()
        }
        None => ().into_any(),
    });
    let dialog = view_of(move || match asked.get() {
        Some(row) => {
            let on_cancel = Callback::new(move |()| asked.set(None));
            let next = next_of(list, &row.name);
            let on_deleted = Callback::new(move |()| {
                asked.set(None);
                vault.read_again(super::Tab::Policies);
                // The dialog gives the focus back to a button that goes; the next row takes it from there.
                focus_row(next.clone());
            });
            panes::delete(vault, row, on_cancel, on_deleted)
        }
        None => ().into_any(),
    });
    view! {
        {content}
        {dialog}
        {view_of(move || match made.get() {
            Some(index) => panes::create(vault, KINDS[index], on_close),
            None => ().into_any(),
        })}
        {view_of(move || match detailed.get() {
            Some(name) => panes::details(vault, name, Callback::new(move |()| set_detailed.run(None))),
            None => ().into_any(),
        })}
    }
}

/// *1 policy*, *3 policies*.
fn count(number: usize) -> String {
    match number {
        1 => "1 policy".to_owned(),
        number => format!("{number} policies"),
    }
}

/// The vault has none.
fn nothing(set_pane: Callback<Option<String>>) -> AnyView {
    view! {
        <EmptyState
            icon=IconName::Calendar
            title="This vault has no policy yet"
            actions=move || view! { <CreatePolicy set_pane /> }
        >
            "A policy says on which day and at which time backups are taken, and for how long each is kept. Without one nothing can be protected."
        </EmptyState>
    }
    .into_any()
}

/// The word of the pane for each kind in the query.
const CREATE: [&str; 2] = ["create-policy", "create-policy-of-databases"];
const KINDS: [DatasourceKind; 2] = [
    DatasourceKind::FlexibleServer,
    DatasourceKind::SingleServerDatabase,
];

/// *Create policy*: a policy is for one kind of datasource.
#[component]
pub fn CreatePolicy(set_pane: Callback<Option<String>>) -> impl IntoView {
    let rights = rights();
    if !rights.offers(Act::CreatePolicy) {
        return ().into_any();
    }
    let entry = move |label: &str, icon, word: &'static str| MenuEntry {
        label: label.to_owned(),
        icon: Some(icon),
        disabled_reason: rights.reason(Act::CreatePolicy),
        on_select: Callback::new(move |()| set_pane.run(Some(word.to_owned()))),
    };
    let entries = Signal::derive(move || {
        vec![
            entry("For flexible servers", IconName::Database, CREATE[0]),
            entry("For databases of single servers", IconName::Document, CREATE[1]),
        ]
    });
    view! { <MenuButton label="Create policy" icon=IconName::Add show_label=true entries /> }.into_any()
}

/// The policy in the row after this one.
fn next_of(list: List, name: &str) -> Option<String> {
    list.rows.with_untracked(|rows| {
        let place = rows.iter().position(|row| row.name == name)?;
        let next = rows.get(place + 1).or_else(|| rows.get(place.checked_sub(1)?));
        next.map(|row| row.name.clone())
    })
}

/// Puts the focus on a policy's name in the list, or on the page's heading when there is none (specification 4).
fn focus_row(name: Option<String>) {
    request_animation_frame(move || {
        let Some(body) = document().body() else { return };
        let row = rendered(&body, "[data-policy]")
            .into_iter()
            .find(|element| name.is_some() && element.get_attribute("data-policy") == name);
        let heading = || rendered(&body, "#page-heading").into_iter().next();
        if let Some(element) = row.or_else(heading) {
            focus(&element);
        }
    });
}

#[component]
fn PolicyTable(vault: Vault, list: List) -> impl IntoView {
    view! {
        <div class="table-card">
            <table class="table table-cards table-fixed table-policies">
                <caption class="visually-hidden">"Backup policies"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col" class="column-kind cell-secondary">"Datasource type"</th>
                        <th scope="col" class="column-schedule">"Schedule"</th>
                        <th scope="col">"Retention"</th>
                        <th scope="col" class="column-uses">"Used by"</th>
                        <th scope="col" class="column-delete"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || list.rows.get()
                        key=Row::clone
                        children=move |row| view! { <PolicyRow vault list row /> }
                    />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn PolicyRow(vault: Vault, list: List, row: Row) -> impl IntoView {
    let used = {
        let id = row.id.clone();
        Memo::new(move |_| {
            vault
                .instances
                .data
                .with(|instances| instances.as_ref().map(|instances| uses(instances, &id)))
        })
    };
    let (name, asked) = (row.name.clone(), row.clone());
    let show = move |_| list.set_detailed.run(Some(name.clone()));
    let reason = Signal::derive(move || {
        let number = used.get().filter(|number| *number > 0)?;
        let them = if number == 1 {
            "its policy"
        } else {
            "their policies"
        };
        Some(format!(
            "{} it. Change {them} first, or delete what they protect.",
            in_use(number)
        ))
    });
    let uses = view_of(move || match used.get() {
        Some(0) => "Nothing".into_any(),
        Some(number) => text::count(number, "instance").into_any(),
        None => "Unknown".into_any(),
    });
    view! {
        <tr>
            <td class="cell-name">
                <button
                    type="button"
                    class="cell-link ellipsis"
                    title=row.name.clone()
                    data-policy=row.name.clone()
                    on:click=show
                >
                    {row.name.clone()}
                </button>
            </td>
            <td class="cell-secondary" data-label="Type" title=row.kinds.clone()>{row.kinds.clone()}</td>
            <td class="cell-wrap" data-label="Schedule">{row.schedule.clone()}</td>
            <td class="cell-wrap" data-label="Retention">{with_names(&row.retention)}</td>
            <td data-label="Used by">{uses}</td>
            <td class="cell-actions">
                <Button
                    act=Act::DeletePolicy
                    appearance=ButtonAppearance::Subtle
                    small=true
                    disabled_reason=reason
                    on_click=Callback::new(move |()| list.on_delete.run(asked.clone()))
                >
                    "Delete"
                    <span class="visually-hidden">" " {row.name.clone()}</span>
                </Button>
            </td>
        </tr>
    }
}

/// *1 instance uses*, *3 instances use*.
fn in_use(number: usize) -> String {
    let uses = if number == 1 { "uses" } else { "use" };
    format!("{} {uses}", text::count(number, "instance"))
}
