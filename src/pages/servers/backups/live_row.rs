//! The rows of backups that are being taken.

use std::time::Duration;

use super::{row::Kind, table::List};
use crate::{
    components::LazyView,
    hooks::use_now,
    lazy::lazy,
    prelude::*,
    stores::operations::{Operation, OperationState, use_operations},
    text,
    ui::{
        badge::Badge,
        button::{Button, ButtonAppearance},
        progress::{ProgressBar, Spinner},
    },
};

// Most pages have none, and a list whose rows keep the focus is long.
lazy! {
    live_rows: fn rows(list: List) -> AnyView {
        view! {
            <For each=move || list.live.get() key=|operation| operation.id children=move |operation| view! { <LiveRow operation list /> } />
        }
        .into_any()
    }
}

/// The rows of what is being taken; their code is fetched with the first.
pub fn live_rows(list: List) -> AnyView {
    let around = Box::new(|content| view! { <tr><td colspan="6">{content}</td></tr> }.into_any());
    view! { <LazyView load=Box::new(move || Box::pin(rows(list))) around rows=0 /> }.into_any()
}

/// A backup that is being taken; Azure gives no percentage for it, so the bar shows none.
#[component]
fn LiveRow(operation: Operation, list: List) -> impl IntoView {
    let (operations, now) = (use_operations(), use_now());
    let name = operation.act.backup_name().unwrap_or_default().to_owned();
    let retained_until = move || {
        list.shown.with(|shown| shown.retention_days).map_or_else(
            || "Once completed".to_owned(),
            |days| format!("{} once completed", text::count(days as usize, "day")),
        )
    };
    let (id, started) = (operation.id, operation.started);
    let entry = Signal::derive(move || operations.get(id));
    let elapsed = move || text::duration((now.get() - started).to_std().unwrap_or(Duration::ZERO));
    let what = move || match entry.get().map(|entry| entry.progress) {
        Some(OperationState::Completed) => "Completed".to_owned(),
        Some(OperationState::Sent) => format!("Being requested · {}", elapsed()),
        Some(OperationState::Unknown) => format!("Outcome not known, being looked for · {}", elapsed()),
        _ => format!("Being taken · {}", elapsed()),
    };
    let show = {
        let name = name.clone();
        Callback::new(move |()| list.set_detailed.run(Some(name.clone())))
    };
    let of = format!(" of {name}");
    let index = move || {
        let position = list
            .live
            .with(|live| live.iter().position(|operation| operation.id == id));
        position.map(|position| (2 + position).to_string())
    };
    let next_look = move || {
        let next = entry.get()?.next_look?;
        let wait = (next - now.get()).to_std().unwrap_or(Duration::ZERO);
        Some(format!("next look in {}", text::duration(wait)))
    };
    view! {
        <tr class="row-live" aria-rowindex=index>
            <td class="cell-name">
                <span><Spinner size=16 /> <strong class="ellipsis" title=name.clone()>{name.clone()}</strong></span>
                <ProgressBar label=format!("Backup {name}") thin=true />
            </td>
            <td class="cell-badge" data-label="Type"><Badge brand=true>{Kind::OnDemand.label()}</Badge></td>
            <td data-label="Completed">
                <span title=what>{what} " " <span class="cell-note">{next_look}</span></span>
            </td>
            <td class="cell-optional" data-label="Source">"Customer Initiated"</td>
            <td data-label="Retained until" class="cell-secondary cell-muted">{retained_until}</td>
            <td class="cell-actions">
                <span class="cell-actions-row">
                    <Button appearance=ButtonAppearance::Subtle small=true on_click=show>
                        "Details" <span class="visually-hidden">{of}</span>
                    </Button>
                </span>
            </td>
        </tr>
    }
}
