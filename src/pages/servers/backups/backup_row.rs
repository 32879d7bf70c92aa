//! The row of one backup.

use arm_core::Timestamp;

use super::{
    row::{Kind, Row},
    row_menu::RowMenu,
    table::List,
};
use crate::{
    components::Moment,
    hooks::use_now,
    prelude::*,
    rights::Act,
    text,
    ui::{
        badge::Badge,
        button::{Button, ButtonAppearance},
        changing::view_of,
        icon::IconName,
        progress::{ProgressBar, Spinner},
    },
};

/// A backup; one that is being deleted says so in the place of its actions.
#[component]
pub fn BackupRow(row: Row, list: List) -> impl IntoView {
    let is_going = Memo::new({
        let name = row.name.clone();
        move |_| list.going.with(|going| going.contains(&name))
    });
    // It was the live row until now, and its tint fades in the place it has from now on.
    let has_arrived = list
        .arrived
        .try_update_value(|arrived| {
            let known = arrived.iter().position(|name| *name == row.name);
            known.map(|known| arrived.swap_remove(known))
        })
        .flatten()
        .is_some();
    let completed = match row.completed {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => "Unknown".into_any(),
    };
    let retained_until = match row.retained_until {
        Some(at) => view! { <Retained at /> }.into_any(),
        None => view! { <span title=WHY_NOT_RETAINED>"Unknown"</span> }.into_any(),
    };
    let bar = {
        let label = format!("Deletion of {}", row.name);
        view_of(move || {
            if is_going.get() {
                view! { <ProgressBar label=label.clone() thin=true /> }.into_any()
            } else {
                ().into_any()
            }
        })
    };
    let actions = {
        let row = row.clone();
        view_of(move || {
            if is_going.get() {
                view! { <span class="cell-actions-row"><Spinner size=16 /> "Being deleted"</span> }.into_any()
            } else {
                view! { <Actions row=row.clone() list /> }.into_any()
            }
        })
    };
    let show = {
        let name = row.name.clone();
        move |_| list.set_detailed.run(Some(name.clone()))
    };
    let is_detailed = Memo::new({
        let name = row.name.clone();
        move |_| list.detailed.with(|detailed| detailed.as_ref() == Some(&name))
    });
    view! {
        <tr class=if has_arrived { "row-arrived" } else { "" } class:row-live=move || is_going.get() class:row-open=move || is_detailed.get()>
            <td class="cell-name">
                <div>
                    <button
                        type="button"
                        class="cell-link ellipsis"
                        title=row.name.clone()
                        data-backup=row.name.clone()
                        on:click=show
                    >
                        {row.name.clone()}
                    </button>
                </div>
                {bar}
            </td>
            <td class="cell-badge" data-label="Type"><Badge brand={row.kind == Kind::OnDemand}>{row.kind.label()}</Badge></td>
            <td class="cell-completed" data-label="Completed">{completed}</td>
            <td class="cell-optional" data-label="Source">{row.source}</td>
            <td class="cell-secondary" data-label="Retained until">{retained_until}</td>
            <td class="cell-actions">{actions}</td>
        </tr>
    }
}

const WHY_NOT_RETAINED: &str =
    "How long this server keeps its backups, or when this one was completed, is not known.";

#[component]
fn Actions(row: Row, list: List) -> impl IntoView {
    let delete = row.deletable().map(|_| {
        let (asked, name) = (row.clone(), row.name.clone());
        let on_click = Callback::new(move |()| {
            let next = list.shown.with_untracked(|shown| shown.next_after(&asked.name));
            list.on_delete.run((asked.clone(), next));
        });
        view! {
            <Button act=Act::DeleteBackup appearance=ButtonAppearance::Subtle small=true icon=IconName::Delete on_click>
                "Delete"
                <span class="visually-hidden">{format!(" {name}")}</span>
            </Button>
        }
    });
    view! {
        <span class="cell-actions-row">
            {delete}
            <RowMenu row list />
        </span>
    }
}

/// The day on which retention takes a backup away.
#[component]
fn Retained(at: Timestamp) -> impl IntoView {
    let now = use_now();
    let relative = Memo::new(move |_| text::relative(at, now.get()));
    view! {
        <span>
            <time datetime=at.to_rfc3339()>{text::date(at)}</time>
            " "
            <span class="cell-note">{relative}</span>
        </span>
    }
}
