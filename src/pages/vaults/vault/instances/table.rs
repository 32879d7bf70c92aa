//! The table of instances.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use arm_core::{ResourceId, Timestamp};

use super::{List, list_sort::Column, row::Row};
use crate::{
    components::ProtectionStateView,
    hooks::use_now,
    location::link,
    pages::vaults::vault::Vault,
    prelude::*,
    routes, text,
    ui::{sort_header::SortHeader, window::WindowedRows},
};

/// The table.
#[component]
pub fn InstanceTable(vault: Vault, list: List) -> impl IntoView {
    let head = move |column: Column, class: &'static str| {
        let direction = Signal::derive(move || {
            let sort = list.sort.get();
            (sort.column == column).then_some(sort.direction)
        });
        let on_sort = Callback::new(move |()| list.sort_by.run(column));
        view! { <SortHeader label=column.label() direction on_sort class /> }.into_any()
    };
    // Rows that change without a change of their number are others as well.
    let count = Signal::derive(move || {
        list.rows.track();
        list.shown.with(Vec::len)
    });
    let key = Callback::new(move |position| {
        let hash = |row: &Row| {
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            hasher.finish()
        };
        list.row_at(position, hash).unwrap_or_default()
    });
    let row = Callback::new(move |position| match list.row_at(position, Clone::clone) {
        Some(row) => instance_row(vault, row),
        None => ().into_any(),
    });
    view! {
        <div class="table-card">
            <table
                class="table table-cards table-fixed table-instances"
                aria-rowcount=move || (count.get() + 1).to_string()
            >
                <caption class="visually-hidden">"Backup instances"</caption>
                <thead>
                    <tr aria-rowindex="1">
                        {head(Column::Name, "column-name")}
                        {head(Column::Source, "column-source")}
                        {head(Column::Kind, "column-kind cell-secondary")}
                        {head(Column::State, "column-protection")}
                        {head(Column::Policy, "column-policy")}
                    </tr>
                </thead>
                <WindowedRows count key row first_index=Signal::stored(2) window=list.window />
            </table>
        </div>
    }
}

fn instance_row(vault: Vault, row: Row) -> AnyView {
    let path = row
        .id
        .parse()
        .ok()
        .and_then(|id: ResourceId| routes::instance(&id));
    let name = match path {
        Some(path) => view! {
            <a class="ellipsis" href=link(&path) title=row.name.clone()>{row.name.clone()}</a>
        }
        .into_any(),
        None => row.name.clone().into_any(),
    };
    let source = match row.server.and_then(|server| server.parse::<ResourceId>().ok()) {
        Some(server) => {
            view! { <a href=link(&routes::protection(&server))>{row.source.clone()}</a> }.into_any()
        }
        None => row.source.clone().into_any(),
    };
    let policy = match row.policy {
        Some(policy) => {
            let path = vault
                .id
                .with_value(|id| routes::vault_policies(id, Some(&policy)));
            view! { <a href=link(&path)>{policy}</a> }.into_any()
        }
        None => "Unknown".into_any(),
    };
    let code = row.error.map(|(code, message)| {
        let title = if message.is_empty() { code.clone() } else { message };
        view! { <span class="cell-note cell-below ellipsis" title=title>{code}</span> }
    });
    let purged = row
        .purged
        .and_then(|seconds| Timestamp::from_timestamp(seconds, 0));
    let purged = purged.map(|purged| {
        let (now, title) = (use_now(), text::exact_moment(purged));
        // A row that is taken away has its memos taken with it, and is told nothing more.
        let relative = Memo::new(move |_| text::relative(purged, now.get()));
        view! {
            <span class="cell-note cell-below" title=title>
                "data gone " {relative}
            </span>
        }
    });
    view! {
        <tr>
            <td class="cell-name">{name}</td>
            <td data-label="Datasource" title=row.source>{source}</td>
            <td class="cell-secondary" data-label="Type" title=row.kind.clone()>{row.kind.clone()}</td>
            <td class="cell-protection" data-label="Protection">
                <div><ProtectionStateView state=row.state /> " " {code} {purged}</div>
            </td>
            <td data-label="Policy">{policy}</td>
        </tr>
    }
    .into_any()
}
