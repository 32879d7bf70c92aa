//! The recovery points of an instance, or why there are none.

use arm_client::data_protection::RecoveryPoint;

use super::{Page, acting::reason, allowed::Command, known::Known, points};
use crate::{
    components::{
        CopyButton, Moment, ReadAt, ReadingView,
        protection::{UntilField, moment, taken_until},
    },
    location::{link, use_query_value},
    prelude::*,
    routes, text,
    ui::{
        badge::Badge,
        button::Button,
        changing::{text_of, view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
    },
};

/// How many rows are added at a time.
const STEP: usize = 50;

/// The list.
#[component]
pub fn Points(page: Page, known: Signal<Known>) -> impl IntoView {
    let is_deleted = Memo::new(move |_| known.with(|known| known.is_deleted));
    let until = use_until();
    let count = move || {
        view_of(move || {
            let until = until.with(|text| moment(text));
            let numbers = page.points.data.with(|points| {
                let points = points.as_ref()?;
                Some((taken_until(points, until).len(), points.len()))
            });
            match numbers {
                Some((shown, all)) => view! {
                    <p class="list-count">
                        {if shown == all {
                            text::count(all, "recovery point")
                        } else {
                            format!("{shown} of {}", text::count(all, "recovery point"))
                        }}
                        " · "
                        <ReadAt reading=page.points />
                    </p>
                }
                .into_any(),
                None => ().into_any(),
            }
        })
    };
    view_of(move || {
        if is_deleted.get() {
            return view! {
                <section class="instance-section" aria-labelledby="recovery-points">
                    <h2 id="recovery-points">"Recovery points"</h2>
                    <p class="list-note">
                        "Azure shows the recovery points of a soft-deleted backup instance once it is undeleted."
                    </p>
                </section>
            }
            .into_any();
        }
        let view = move |read: Signal<Vec<RecoveryPoint>>| list(page, read, until);
        view! {
            <section class="instance-section" aria-labelledby="recovery-points">
                <div class="list-bar">
                    <h2 id="recovery-points">"Recovery points"</h2>
                    {count()}
                </div>
                <ReadingView reading=page.points what="list of recovery points" view />
            </section>
        }
        .into_any()
    })
}

/// What is typed into the field for a moment; it stands in the address, to be sent to somebody.
fn use_until() -> RwSignal<String> {
    let (in_query, set_query) = use_query_value("until");
    let until = RwSignal::new(in_query.get_untracked().unwrap_or_default());
    Effect::watch(
        move || until.get(),
        move |until, _, _| set_query.run(Some(until.clone()).filter(|until| !until.is_empty())),
        false,
    );
    until
}

fn list(page: Page, read: Signal<Vec<RecoveryPoint>>, until: RwSignal<String>) -> AnyView {
    let is_any = Memo::new(move |_| read.with(|points| !points.is_empty()));
    let found = Memo::new(move |_| {
        let until = until.with(|text| moment(text));
        read.with(|points| taken_until(points, until))
    });
    let is_found = Memo::new(move |_| found.with(|found| !found.is_empty()));
    let all = Callback::new(move |()| until.set(String::new()));
    view_of(move || {
        if !is_any.get() {
            return view! {
                <EmptyState icon=IconName::History title="No recovery points yet">
                    "The first comes with the first backup: by the policy\u{2019}s schedule, or by Backup now."
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <UntilField value=until />
            {view_of(move || {
                if is_found.get() {
                    return view! { <Table page found until /> }.into_any();
                }
                let oldest = read.with(|points| points::oldest(points));
                let oldest = oldest.map(|at| format!("The oldest is of {}.", text::sentence_moment(at)));
                view! {
                    <EmptyState
                        icon=IconName::History
                        title="None was taken at or before that time"
                        actions=move || view! { <Button on_click=all>"Show all"</Button> }
                    >
                        {oldest}
                    </EmptyState>
                }
                .into_any()
            })}
        }
        .into_any()
    })
}

/// A point and whether it is the latest until the moment that is asked for.
type Row = (RecoveryPoint, bool);

#[component]
fn Table(page: Page, found: Memo<Vec<RecoveryPoint>>, until: RwSignal<String>) -> impl IntoView {
    let most = RwSignal::new(STEP);
    let shown = Memo::new(move |_| {
        let most = most.get();
        let is_asked_for = until.with(|text| moment(text).is_some());
        found.with(|points| {
            let points = points.iter().take(most).cloned().enumerate();
            points
                .map(|(index, point)| (point, is_asked_for && index == 0))
                .collect::<Vec<Row>>()
        })
    });
    let more = Memo::new(move |_| found.with(Vec::len).saturating_sub(most.get()));
    let has_more = Signal::derive(move || more.get() > 0);
    let on_more = Callback::new(move |()| most.update(|most| *most += STEP));
    view! {
        <div class="table-card">
            <table class="table table-cards table-points">
                <caption class="visually-hidden">"Recovery points, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Time (UTC)"</th>
                        <th scope="col">"Retention tag"</th>
                        <th scope="col">"Type"</th>
                        <th scope="col">"Kept until (UTC)"</th>
                        <th scope="col">"Data stores"</th>
                        <th scope="col">"Id, friendly name"</th>
                        <th scope="col" class="cell-actions">"Actions"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.get() key=key children=move |shown| row(page, &shown) />
                </tbody>
            </table>
        </div>
        {view_if(has_more, move || {
            let words = move || text_of(move || format!("Show {} more", more.get().min(STEP)));
            view! { <div><Button on_click=on_more>{words()}</Button></div> }.into_any()
        })}
    }
}

/// A row is another one when anything that it shows is.
fn key(row: &Row) -> String {
    format!("{row:?}")
}

fn row(page: Page, (point, is_latest): &Row) -> AnyView {
    let time = match point.time {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => "Unknown".into_any(),
    };
    let expiry = match points::expiry(point) {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => "Unknown".into_any(),
    };
    let kind = match (point.kind.as_deref(), point.state.as_deref()) {
        (kind, None | Some("Completed")) => kind.unwrap_or("Unknown").to_owned(),
        (kind, Some(state)) => format!("{}, {}", kind.unwrap_or("Unknown"), state.to_ascii_lowercase()),
    };
    let tag = point.tag.clone().unwrap_or_else(|| "None".to_owned());
    let by = point
        .policy_name
        .clone()
        .map(|policy| format!("By policy {policy}"));
    view! {
        <tr>
            <td class="cell-name cell-completed">
                {time} {is_latest.then(|| view! { " " <Badge>"Latest until then"</Badge> })}
            </td>
            <td data-label="Retention tag" title=by>{tag}</td>
            <td data-label="Type">{kind}</td>
            <td class="cell-completed" data-label="Kept until">{expiry}</td>
            <td data-label="Data stores">{stores(point)}</td>
            <td data-label="Id, friendly name">{ids(point)}</td>
            <td class="cell-actions"><span class="cell-actions-row">{restoring(page, point)}</span></td>
        </tr>
    }
    .into_any()
}

/// The id that a restore names, and the friendly name that the document's prose has and no restore takes.
fn ids(point: &RecoveryPoint) -> AnyView {
    let line = |words: &'static str, copy: &'static str, id: &str| {
        let (text, title) = (id.to_owned(), format!("{words} {id}"));
        view! {
            <span class="point-id">
                <code title=title>{shortened(id)}</code>
                <CopyButton label=copy text icon_only=true small=true />
            </span>
        }
    };
    let friendly = point.friendly_name.as_deref();
    let friendly = friendly.map(|name| line("Friendly name", "Copy friendly name", name));
    let id = line(
        "Recovery point",
        "Copy recovery point id",
        &point.recovery_point_id,
    );
    view! { <span class="point-ids">{id} {friendly}</span> }.into_any()
}

/// `eb006fde…be9b`: whole in its tooltip and when it is copied.
fn shortened(id: &str) -> String {
    if id.is_ascii() && id.len() > 16 {
        format!("{}\u{2026}{}", &id[..8], &id[id.len() - 4..])
    } else {
        id.to_owned()
    }
}

/// The way to the form with this point, where the instance can be restored.
fn restoring(page: Page, point: &RecoveryPoint) -> AnyView {
    let path = page
        .id
        .with_value(|id| routes::restore(id, Some(&point.recovery_point_id)));
    let name = point.time.map(text::sentence_moment);
    let name = StoredValue::new(format!(" {}", name.as_deref().unwrap_or("of unknown time")));
    let can_be = Memo::new(move |_| reason(page, Command::Restore).is_none());
    let path = StoredValue::new(path.unwrap_or_default());
    view_if(can_be, move || {
        view! {
            <a class="button button-subtle button-small" href=link(&path.get_value())>
                "Restore" <span class="visually-hidden">{name.get_value()}</span>
            </a>
        }
        .into_any()
    })
}

/// Each store with its state, and with its own end where there are several.
fn stores(point: &RecoveryPoint) -> AnyView {
    if point.stores.is_empty() {
        return "Unknown".into_any();
    }
    let has_many = point.stores.len() > 1;
    let stores = point.stores.iter().map(|store| {
        let state = store.state.as_deref().map(points::calm);
        let state = state.map(|state| format!(", {}", state.to_lowercase())).unwrap_or_default();
        let until = store.expires.filter(|_| has_many);
        let until = until
            .map(|until| format!(", until {}", text::long_date(until)))
            .unwrap_or_default();
        view! { <span class="point-store">{format!("{}{state}{until}", points::store_name(&store.kind))}</span> }
    });
    stores.collect_view().into_any()
}
