//! What the tab opens on a click: a part of its own, which comes when it is asked for.

use arm_client::data_protection::{BackupPolicy, DatasourceKind};

use super::{delete::DeletePolicy, details::Details, row::Row};
use crate::{
    components::{LazyView, pane_not_offered, protection::PolicyEditor},
    hooks::rights,
    lazy::lazy,
    pages::vaults::{
        filter_sheet::in_pane,
        vault::{Tab, Vault},
    },
    prelude::*,
    rights::Act,
};

lazy! {
    vault_panes: fn details_pane(vault: Vault, name: String, on_close: Callback<()>) -> AnyView {
        view! { <Details vault name on_close /> }.into_any()
    }
}

lazy! {
    vault_panes: fn delete_dialog(vault: Vault, row: Row, on_cancel: Callback<()>, on_deleted: Callback<()>) -> AnyView {
        view! { <DeletePolicy vault row on_cancel on_deleted /> }.into_any()
    }
}

lazy! {
    vault_panes: fn editor(vault: Vault, kind: DatasourceKind, on_close: Callback<()>) -> AnyView {
        let taken = Signal::derive(move || {
            let names = |policies: &Vec<_>| policies.iter().map(name_of).collect();
            let reading = vault.policies.get();
            let known = reading.map(|reading| reading.data.with(|policies| policies.as_ref().map(names)));
            known.flatten().unwrap_or_default()
        });
        let on_created = Callback::new(move |_| vault.read_again(Tab::Policies));
        if rights().offers(Act::CreatePolicy) {
            view! { <PolicyEditor vault=vault.id.get_value() kind taken on_created on_close /> }.into_any()
        } else {
            pane_not_offered("Create backup policy", on_close)
        }
    }
}

fn name_of(policy: &BackupPolicy) -> String {
    policy.name.clone()
}

/// The form of a new policy.
pub fn create(vault: Vault, kind: DatasourceKind, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Create backup policy", on_close, content));
    let load = Box::new(move || Box::pin(editor(vault, kind, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// All that the policy of this name says.
pub fn details(vault: Vault, name: String, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Details of a policy", on_close, content));
    let load = Box::new(move || Box::pin(details_pane(vault, name.clone(), on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// The question before a deletion.
pub fn delete(vault: Vault, row: Row, on_cancel: Callback<()>, on_deleted: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Delete policy", on_cancel, content));
    let load = Box::new(move || Box::pin(delete_dialog(vault, row.clone(), on_cancel, on_deleted)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}
