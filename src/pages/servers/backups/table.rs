//! The list of backups, with what is being taken on top.

use arm_client::{Backup, FlexibleServer};
use arm_core::{ResourceId, Timestamp};
use leptos::prelude::*;

use super::{
    going::use_going,
    list_query::ListQuery,
    list_sort::Column,
    list_view,
    live_row::LiveRow,
    row::{Kind, Row, rows},
};
use crate::{
    components::{Moment, ReadingView},
    hooks::{Reading, use_now},
    stores::operations::{Act, Operation, use_operations},
    text,
    ui::{
        badge::Badge,
        button::{Button, ButtonAppearance},
        changing::view_of,
        empty_state::EmptyState,
        icon::IconName,
        progress::{ProgressBar, Spinner},
        sort_header::SortHeader,
    },
};

/// What the rows have in common.
#[derive(Clone, Copy)]
struct List {
    /// The rows shown, in their order.
    rows: Memo<Vec<Row>>,
    /// What is being taken.
    live: Signal<Vec<Operation>>,
    /// The names of what is being deleted.
    going: Signal<Vec<String>>,
    retention: Memo<Option<u32>>,
    query: ListQuery,
    on_delete: Callback<(Row, Option<String>)>,
}

/// The list; `on_delete` is given a row, and the name of the backup in the row after it.
#[component]
pub fn BackupTable(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<Vec<Backup>>,
    query: ListQuery,
    on_delete: Callback<(Row, Option<String>)>,
) -> impl IntoView {
    let operations = use_operations();
    let live = Signal::derive(move || {
        let mut unfinished = operations.unfinished_on(&server.get_value());
        unfinished.retain(|operation| matches!(operation.act, Act::TakeBackup { .. }));
        unfinished
    });
    let going = use_going(server, backups);
    let retention = Memo::new(move |_| {
        details
            .data
            .with(|details| details.as_ref().and_then(|details| details.backup_retention_days))
    });
    let view = Callback::new(move |backups: Signal<Vec<Backup>>| {
        let all = Memo::new(move |_| backups.with(|backups| rows(backups, retention.get())));
        let rows = Memo::new(move |_| {
            let kind = query.kind.get();
            all.with(|all| {
                query
                    .search
                    .with(|search| list_view::shown(all, kind, search, query.sort.get()))
            })
        });
        let list = List {
            rows,
            live,
            going,
            retention,
            query,
            on_delete,
        };
        let is_any = Memo::new(move |_| all.with(|all| !all.is_empty()));
        rows_view(list, is_any)
    });
    view! { <ReadingView reading=backups what="list of backups" view /> }
}

fn rows_view(list: List, is_any: Memo<bool>) -> AnyView {
    let has_row = Memo::new(move |_| !list.rows.with(Vec::is_empty));
    let has_live = Memo::new(move |_| !list.live.with(Vec::is_empty));
    view! {
        {view_of(move || {
            if has_row.get() || has_live.get() { view! { <Table list /> }.into_any() } else { ().into_any() }
        })}
        {view_of(move || match (is_any.get(), has_row.get(), has_live.get()) {
            (true, false, _) => view! { <NoMatch query=list.query /> }.into_any(),
            (false, _, false) => {
                view! {
                    <EmptyState icon=IconName::History title="No backups yet">
                        "Azure takes the first one a few minutes after a server is created, then one a day. Select Backup now to take one yourself."
                    </EmptyState>
                }
                .into_any()
            }
            _ => ().into_any(),
        })}
    }
    .into_any()
}

/// There are backups, and the filters hide all of them.
#[component]
fn NoMatch(query: ListQuery) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No backup matches these filters."
            actions=move || view! { <Button on_click=query.clear>"Clear filters"</Button> }
        >
            "Other backups of this server are hidden."
        </EmptyState>
    }
}

#[component]
fn Table(list: List) -> impl IntoView {
    let List {
        rows,
        live,
        retention,
        query,
        ..
    } = list;
    let head = move |column: Column, class: &'static str| {
        let direction = Signal::derive(move || {
            let sort = query.sort.get();
            (sort.column == column).then_some(sort.direction)
        });
        let on_sort = Callback::new(move |()| query.sort_by.run(column));
        view! { <SortHeader label=column.label() direction on_sort class /> }.into_any()
    };
    view! {
        <div class="table-card">
            <table class="table table-cards">
                <caption class="visually-hidden">"Backups"</caption>
                <thead>
                    <tr>
                        {head(Column::Name, "")}
                        {head(Column::Type, "")}
                        {head(Column::Completed, "")}
                        {head(Column::Source, "cell-optional")}
                        {head(Column::Retained, "cell-secondary")}
                        <th scope="col" class="cell-actions">"Actions"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || live.get() key=|operation| operation.id children=move |operation| view! { <LiveRow operation retention /> } />
                    <For each=move || rows.get() key=Row::clone children=move |row| view! { <BackupRow row list /> } />
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn BackupRow(row: Row, list: List) -> impl IntoView {
    let is_going = Memo::new({
        let name = row.name.clone();
        move |_| list.going.with(|going| going.contains(&name))
    });
    let retained_until = match row.retained_until {
        Some(at) => view! { <Retained at /> }.into_any(),
        None => "Unknown".into_any(),
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
        view_of(move || match (is_going.get(), row.deletable()) {
            (true, _) => {
                view! { <span class="cell-actions-row"><Spinner size=16 /> "Being deleted"</span> }.into_any()
            }
            (false, Some(_)) => view! { <DeleteButton row=row.clone() list /> }.into_any(),
            (false, None) => ().into_any(),
        })
    };
    view! {
        <tr class:row-live=is_going>
            <td class="cell-name">
                <div>
                    <span class="ellipsis" title=row.name.clone() tabindex="-1" data-backup=row.name.clone()>{row.name.clone()}</span>
                </div>
                {bar}
            </td>
            <td class="cell-badge" data-label="Type"><Badge brand={row.kind == Kind::OnDemand}>{row.kind.label()}</Badge></td>
            <td data-label="Completed (UTC)">{row.completed.map_or_else(|| "Unknown".into_any(), |at| view! { <Moment at /> }.into_any())}</td>
            <td class="cell-optional" data-label="Source">{row.source}</td>
            <td class="cell-secondary" data-label="Retained until">{retained_until}</td>
            <td class="cell-actions">{actions}</td>
        </tr>
    }
}

#[component]
fn DeleteButton(row: Row, list: List) -> impl IntoView {
    let name = row.name.clone();
    let on_click = Callback::new(move |()| {
        let next = list
            .rows
            .with_untracked(|rows| list_view::next_after(rows, &row.name));
        list.on_delete.run((row.clone(), next));
    });
    view! {
        <span class="cell-actions-row">
            <Button appearance=ButtonAppearance::Subtle small=true icon=IconName::Delete on_click>
                "Delete"
                <span class="visually-hidden">{format!(" {name}")}</span>
            </Button>
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
