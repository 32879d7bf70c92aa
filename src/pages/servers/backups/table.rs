//! The list of backups, with what is being taken on top.

use std::time::Duration;

use arm_client::{Backup, FlexibleServer};
use arm_core::ResourceId;
use leptos::prelude::*;

use super::row::{Kind, Row, rows};
use crate::{
    components::{Moment, ReadingView},
    hooks::{Reading, use_now},
    stores::operations::{Act, Operation, OperationState, use_operations},
    text,
    ui::{
        badge::Badge,
        empty_state::EmptyState,
        icon::IconName,
        progress::{ProgressBar, Spinner},
    },
};

/// The list.
#[component]
pub fn BackupTable(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<Vec<Backup>>,
) -> impl IntoView {
    let operations = use_operations();
    let live = Signal::derive(move || operations.unfinished_on(&server.get_value()));
    let retention = Memo::new(move |_| {
        details
            .data
            .with(|details| details.as_ref().and_then(|details| details.backup_retention_days))
    });
    let view = Callback::new(move |backups: Signal<Vec<Backup>>| {
        let rows = Memo::new(move |_| backups.with(|backups| rows(backups, retention.get())));
        view! { <Rows rows live retention /> }.into_any()
    });
    view! { <ReadingView reading=backups what="list of backups" view /> }
}

#[component]
fn Rows(rows: Memo<Vec<Row>>, live: Signal<Vec<Operation>>, retention: Memo<Option<u32>>) -> impl IntoView {
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty) && live.with(Vec::is_empty));
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=|| {
                view! {
                    <EmptyState icon=IconName::History title="No backups yet">
                        "Azure takes the first one a few minutes after a server is created, then one a day. Select Backup now to take one yourself."
                    </EmptyState>
                }
            }
        >
            <div class="table-card">
                <table class="table table-cards">
                    <caption class="visually-hidden">"Backups"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Type"</th>
                            <th scope="col">"Completed (UTC)"</th>
                            <th scope="col" class="cell-optional">"Source"</th>
                            <th scope="col" class="cell-secondary">"Retained until"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || live.get() key=|operation| operation.id children=move |operation| view! { <LiveRow operation retention /> } />
                        <For each=move || rows.get() key=Row::clone children=|row| view! { <BackupRow row /> } />
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

#[component]
fn BackupRow(row: Row) -> impl IntoView {
    let retained_until = match row.retained_until {
        Some(at) => view! { <Retained at /> }.into_any(),
        None => "Unknown".into_any(),
    };
    view! {
        <tr>
            <td class="cell-name"><span class="ellipsis" title=row.name.clone()>{row.name.clone()}</span></td>
            <td class="cell-badge" data-label="Type"><Badge brand={row.kind == Kind::OnDemand}>{row.kind.label()}</Badge></td>
            <td data-label="Completed (UTC)">{row.completed.map_or_else(|| "Unknown".into_any(), |at| view! { <Moment at /> }.into_any())}</td>
            <td class="cell-optional" data-label="Source">{row.source}</td>
            <td class="cell-secondary" data-label="Retained until">{retained_until}</td>
        </tr>
    }
}

/// The day on which retention takes a backup away.
#[component]
fn Retained(at: arm_core::Timestamp) -> impl IntoView {
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

/// A backup that is being taken; Azure gives no percentage for it, so the bar shows none.
#[component]
fn LiveRow(operation: Operation, retention: Memo<Option<u32>>) -> impl IntoView {
    let (operations, now) = (use_operations(), use_now());
    let Act::TakeBackup { name } = operation.act;
    let retained_until = move || {
        retention.get().map_or_else(
            || "Once completed".to_owned(),
            |days| format!("{} once completed", text::count(days as usize, "day")),
        )
    };
    let (id, started) = (operation.id, operation.started);
    let entry = Signal::derive(move || operations.get(id));
    let what = move || match entry.get().map(|entry| entry.progress) {
        Some(OperationState::Sent) => "Being requested",
        Some(OperationState::Unknown) => "Outcome not known, being looked for",
        _ => "Being taken",
    };
    let elapsed = move || text::duration((now.get() - started).to_std().unwrap_or(Duration::ZERO));
    let next_look = move || {
        let next = entry.get()?.next_look?;
        let wait = (next - now.get()).to_std().unwrap_or(Duration::ZERO);
        Some(format!("next look in {}", text::duration(wait)))
    };
    view! {
        <tr class="row-live">
            <td class="cell-name">
                <span><Spinner size=16 /> <strong class="ellipsis" title=name.clone()>{name.clone()}</strong></span>
                <ProgressBar label=format!("Backup {name}") thin=true />
            </td>
            <td class="cell-badge" data-label="Type"><Badge brand=true>{Kind::OnDemand.label()}</Badge></td>
            <td data-label="Completed (UTC)">
                <span>{what} " · " {elapsed} " " <span class="cell-note">{next_look}</span></span>
            </td>
            <td class="cell-optional" data-label="Source">"Customer Initiated"</td>
            <td data-label="Retained until" class="cell-secondary cell-muted">{retained_until}</td>
        </tr>
    }
}
