//! The table of vaults.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{
    Vaults,
    list_sort::{Column, Sort},
    row::{Protects, Row},
};
use crate::{
    location::{Address, link},
    pages::{
        servers::list::way_back,
        vaults::words::{self, UNKNOWN},
    },
    prelude::*,
    routes,
    ui::{
        changing::{text_of, view_if, view_of},
        skeleton::SkeletonCell,
        sort_header::SortHeader,
        status::{Status, StatusKind},
        window::WindowedRows,
    },
};

/// Why a vault needs an identity.
const WITHOUT_IDENTITY: &str = "Without an identity of its own the vault cannot back up anything.";

/// The table.
#[component]
pub fn VaultTable(vaults: Vaults, sort: Memo<Sort>, sort_by: Callback<Column>) -> impl IntoView {
    let head = move |column: Column, class: &'static str| {
        let direction = Signal::derive(move || {
            let sort = sort.get();
            (sort.column == column).then_some(sort.direction)
        });
        let on_sort = Callback::new(move |()| sort_by.run(column));
        view! { <SortHeader label=column.label() direction on_sort class /> }.into_any()
    };
    // Rows that change without a change of their number are others as well.
    let count = Signal::derive(move || {
        vaults.rows.track();
        vaults.shown.with(Vec::len)
    });
    let key = Callback::new(move |position| {
        vaults
            .row_at(position, |row| {
                let mut hasher = DefaultHasher::new();
                // What comes later, names of subscriptions and numbers of instances, changes in its place: a row that is
                // made anew for it would lose the focus.
                let vault = &row.vault;
                (&row.key, &vault.principal_id, &vault.soft_delete).hash(&mut hasher);
                (&row.location, &vault.redundancy, &vault.immutability).hash(&mut hasher);
                hasher.finish()
            })
            .unwrap_or_default()
    });
    let row = Callback::new(move |position| match vaults.row_at(position, Clone::clone) {
        Some(row) => view! { <VaultRow row vaults /> }.into_any(),
        None => ().into_any(),
    });
    view! {
        <div class="table-card">
            <table
                class="table table-cards table-fixed table-vaults"
                aria-rowcount=move || (count.get() + 1).to_string()
            >
                <caption class="visually-hidden">"Backup vaults"</caption>
                <thead>
                    <tr aria-rowindex="1">
                        {head(Column::Name, "column-name")}
                        {head(Column::Instances, "column-instances")}
                        {head(Column::Location, "column-location")}
                        {head(Column::ResourceGroup, "column-group cell-group")}
                        {head(Column::Redundancy, "column-redundancy cell-secondary")}
                        {head(Column::Identity, "column-identity")}
                        {head(Column::SoftDelete, "column-soft-delete")}
                        {head(Column::Immutability, "column-immutability cell-secondary")}
                        {view_if(vaults.has_several_subscriptions, move || {
                            head(Column::Subscription, "column-subscription cell-subscription")
                        })}
                    </tr>
                </thead>
                <WindowedRows count key row first_index=Signal::stored(2) window=vaults.window />
            </table>
        </div>
    }
}

#[component]
fn VaultRow(row: Row, vaults: Vaults) -> impl IntoView {
    let Row {
        vault,
        key,
        location,
        subscription,
        protects,
        ..
    } = row;
    let now = {
        let key = key.clone();
        Memo::new(move |_| {
            vaults.rows.with(|rows| {
                let row = rows.iter().find(|row| row.key == key);
                row.map_or_else(
                    || (subscription.clone(), protects),
                    |row| (row.subscription.clone(), row.protects),
                )
            })
        })
    };
    let subscription = Signal::derive(move || now.with(|(name, _)| name.clone()));
    let group = vault.resource_group.clone();
    let place = {
        let group = group.clone();
        move || format!("{group} in {}", subscription.get())
    };
    let subscription = view_if(vaults.has_several_subscriptions, move || {
        view! {
            <td class="cell-subscription" data-label="Subscription" title=subscription>
                {text_of(move || subscription.get())}
            </td>
        }
        .into_any()
    });
    let address: Address = expect_context();
    let on_leave = {
        let key = key.clone();
        move |_| way_back::note(address, &key)
    };
    view! {
        <tr data-row=key>
            <td class="cell-name">
                <a class="ellipsis" href=link(&routes::vault(&vault.id)) title=vault.name.clone() on:click=on_leave>
                    {vault.name.clone()}
                </a>
            </td>
            <td data-label="Instances">
                {view_of(move || instances(now.with(|(_, protects)| *protects), vaults.are_counted.get()))}
            </td>
            <td data-label="Region">{location.unwrap_or_else(|| UNKNOWN.to_owned())}</td>
            <td class="cell-group" data-label="Group" title=place>{group}</td>
            <td class="cell-secondary" data-label="Redundancy">{words::redundancy(vault.redundancy.as_ref())}</td>
            <td data-label="Identity">{identity(vault.principal_id.is_some())}</td>
            <td data-label="Soft delete">{words::soft_delete(vault.soft_delete.as_ref())}</td>
            <td class="cell-secondary" data-label="Immutability">
                {words::immutability(vault.immutability.as_ref())}
            </td>
            {subscription}
        </tr>
    }
}

/// Whether the vault can act by itself.
fn identity(has_one: bool) -> AnyView {
    if has_one {
        return view! { <Status kind=StatusKind::Ok>"On"</Status> }.into_any();
    }
    view! {
        <span title=WITHOUT_IDENTITY>
            <Status kind=StatusKind::Warning>"None"</Status>
        </span>
    }
    .into_any()
}

/// How many instances, and how many of them need a look.
fn instances(protects: Option<Protects>, are_counted: Counted) -> AnyView {
    match (protects, are_counted) {
        (Some(Protects { instances, failed: 0 }), _) => instances.to_string().into_any(),
        (Some(Protects { instances, failed }), _) => view! {
            {instances.to_string()} " "
            <Status kind=StatusKind::Error>{format!("{failed} failed")}</Status>
        }
        .into_any(),
        (None, Counted::Not) => {
            let title = "The instances of all vaults could not be read. Refresh to ask again.";
            view! { <span title=title>{UNKNOWN}</span> }.into_any()
        }
        (None, _) => view! { <SkeletonCell label="Being read" /> }.into_any(),
    }
}

/// Whether it is known how many instances the vaults have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It is being read.
    Soon,
    /// It could not be read.
    Not,
}
