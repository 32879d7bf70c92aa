//! The table of servers.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use leptos::html;

use super::{
    last_backup::{LastBackupCell, LastBackups, Visibility},
    list_query::ListQuery,
    list_sort::Column,
    row::Row,
    way_back,
};
use crate::{
    components::ServerStateView,
    location::{Address, link},
    prelude::*,
    routes, text,
    ui::{
        changing::view_if,
        sort_header::SortHeader,
        window::{Window, WindowedRows},
    },
};

/// What the rows are made from.
#[derive(Clone, Copy)]
pub struct Fleet {
    /// All rows.
    pub rows: Memo<Vec<Row>>,
    /// The places in `rows` of those shown, in their order.
    pub shown: Memo<Vec<usize>>,
    /// Whether the subscription is worth a column.
    pub has_several_subscriptions: Memo<bool>,
    /// The last backups.
    pub last_backups: LastBackups,
    /// The rows in the page.
    pub window: Window,
}

impl Fleet {
    /// What the row at a place of the table is made from.
    fn with<R>(self, position: usize, of_row: impl FnOnce(&Row) -> R) -> Option<R> {
        let index = self.shown.with_untracked(|shown| shown.get(position).copied())?;
        self.rows.with_untracked(|rows| rows.get(index).map(of_row))
    }

    /// The rows shown, in their order.
    pub fn shown_rows(self) -> Vec<Row> {
        let positions = 0..self.shown.with_untracked(Vec::len);
        positions
            .filter_map(|position| self.with(position, Clone::clone))
            .collect()
    }

    /// The place of the row with this key in the table.
    pub fn position_of(self, key: &str) -> Option<usize> {
        let is_it = |index: &usize| {
            self.rows
                .with_untracked(|rows| rows.get(*index).is_some_and(|row| row.key == key))
        };
        self.shown.with_untracked(|shown| shown.iter().position(is_it))
    }
}

/// The table.
#[component]
pub fn ServerTable(fleet: Fleet, query: ListQuery) -> impl IntoView {
    let head = move |column: Column, class: &'static str| {
        let direction = Signal::derive(move || {
            let sort = query.sort.get();
            (sort.column == column).then_some(sort.direction)
        });
        let on_sort = Callback::new(move |()| query.sort_by.run(column));
        view! { <SortHeader label=column.label() direction on_sort class /> }.into_any()
    };
    let last_backups = fleet.last_backups;
    let visibility = Visibility::new(move |key, is_in_sight| {
        if !is_in_sight {
            last_backups.leave(key);
            return;
        }
        let server = fleet.position_of(key).and_then(|position| {
            fleet.with(position, |row| {
                (!row.server.is_replica()).then(|| row.server.id.clone())
            })
        });
        if let Some(Some(server)) = server {
            last_backups.enter(key, &server);
        }
    });
    // Rows that change without a change of their number are others as well.
    let count = Signal::derive(move || {
        fleet.rows.track();
        fleet.shown.with(Vec::len)
    });
    let key = Callback::new(move |position| {
        fleet
            .with(position, |row| {
                let mut hasher = DefaultHasher::new();
                // Whatever the row shows, but for the name of its subscription: that comes later, and a row that is made
                // anew for it would lose the focus.
                (&row.key, row.state(), &row.location).hash(&mut hasher);
                (
                    &row.server.version,
                    row.server.backup_retention_days,
                    row.server.is_replica(),
                )
                    .hash(&mut hasher);
                hasher.finish()
            })
            .unwrap_or_default()
    });
    let row = Callback::new(move |position| match fleet.with(position, Clone::clone) {
        Some(row) => view! { <ServerRow row=Arc::new(row) fleet visibility /> }.into_any(),
        None => ().into_any(),
    });
    view! {
        <div class="table-card">
            <table
                class="table table-cards table-fixed table-servers"
                aria-rowcount=move || (count.get() + 1).to_string()
            >
                <caption class="visually-hidden">"Flexible servers"</caption>
                <thead>
                    <tr aria-rowindex="1">
                        {head(Column::Name, "column-name")}
                        {head(Column::State, "column-state")}
                        <th scope="col" class="column-last-backup">"Last backup (UTC)"</th>
                        {head(Column::ResourceGroup, "column-group")}
                        {head(Column::Location, "column-location cell-secondary")}
                        {head(Column::Version, "column-version cell-secondary")}
                        {head(Column::Retention, "column-retention cell-retention")}
                        {view_if(fleet.has_several_subscriptions, move || {
                            head(Column::Subscription, "column-subscription cell-subscription")
                        })}
                    </tr>
                </thead>
                <WindowedRows count key row first_index=Signal::stored(2) window=fleet.window />
            </table>
        </div>
    }
}

#[component]
fn ServerRow(row: Arc<Row>, fleet: Fleet, visibility: Visibility) -> impl IntoView {
    let element = NodeRef::<html::Tr>::new();
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            visibility.watch(&element);
        }
    });
    let (last_backups, key) = (fleet.last_backups, row.key.clone());
    on_cleanup({
        let key = key.clone();
        move || {
            if let Some(Some(element)) = element.try_get_untracked() {
                visibility.forget(&element);
            }
            last_backups.leave(&key);
        }
    });
    let unknown = || "Unknown".to_owned();
    let server = row.server.clone();
    let retention = server
        .backup_retention_days
        .map_or_else(unknown, |days| text::count(days as usize, "day"));
    let subscription_name = {
        let (key, at_first) = (key.clone(), row.subscription.clone());
        Signal::derive(move || {
            let found = fleet
                .rows
                .with(|rows| Some(rows.iter().find(|row| row.key == key)?.subscription.clone()));
            found.unwrap_or_else(|| at_first.clone())
        })
    };
    let place = {
        let group = server.resource_group.clone();
        move || format!("{group} in {}", subscription_name.get())
    };
    let location = row.location.clone().unwrap_or_else(unknown);
    let subscription = view_if(fleet.has_several_subscriptions, move || {
        view! {
            <td class="cell-subscription" data-label="Subscription" title=subscription_name>{subscription_name}</td>
        }
        .into_any()
    });
    let address: Address = expect_context();
    let on_leave = {
        let key = key.clone();
        move |_| {
            // What is done on the server's page may change its last backup.
            last_backups.make_old(&key);
            way_back::note(address, &key);
        }
    };
    view! {
        <tr data-server=key node_ref=element>
            <td class="cell-name">
                <a class="ellipsis" href=link(&routes::backups(&server.id)) title=server.name.clone() on:click=on_leave>
                    {server.name.clone()}
                </a>
            </td>
            <td data-label="State"><ServerStateView state=server.state /></td>
            <td data-label="Last backup"><LastBackupCell row last_backups /></td>
            <td class="cell-group" data-label="Group" title=place>{server.resource_group.clone()}</td>
            <td class="cell-secondary" data-label="Location">{location}</td>
            <td class="cell-secondary" data-label="Version">{server.version.unwrap_or_else(unknown)}</td>
            <td class="cell-retention" data-label="Retention">{retention}</td>
            {subscription}
        </tr>
    }
}
