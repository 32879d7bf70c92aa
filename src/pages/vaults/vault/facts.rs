//! The strip of facts above the tabs: how the vault is set up.

use arm_client::data_protection::{BackupVault, Immutability, SoftDelete};
use leptos::prelude::*;

use super::Vault;
use crate::{
    pages::vaults::words::{self, UNKNOWN},
    region,
    ui::{
        changing::view_of,
        facts_strip::{Fact, FactsStrip},
        status::{Status, StatusKind},
    },
};

/// The strip; what Azure did not say is unknown.
#[component]
pub fn Facts(vault: Vault) -> impl IntoView {
    let of = move |fact: fn(&BackupVault) -> String| {
        let text = Memo::new(move |_| {
            vault
                .details
                .data
                .with(|details| details.as_ref().map_or_else(|| UNKNOWN.to_owned(), fact))
        });
        view_of(move || text.get().into_any())
    };
    let note = move |note: fn(&BackupVault) -> Option<String>| {
        Signal::derive(move || vault.details.data.with(|details| details.as_ref().and_then(note)))
    };
    view! {
        <FactsStrip label="Settings of this vault">
            <Fact key="Identity" note=note(identity_note)>{identity(vault)}</Fact>
            <Fact key="Redundancy" note=note(redundancy_note)>
                {of(|vault| words::redundancy(vault.redundancy.as_ref()))}
            </Fact>
            <Fact key="Soft delete" note=note(soft_delete_note)>
                {of(|vault| words::soft_delete(vault.soft_delete.as_ref()))}
            </Fact>
            <Fact key="Immutability" note=note(immutability_note)>
                {of(|vault| words::immutability(vault.immutability.as_ref()))}
            </Fact>
            <Fact key="Region">
                {of(|vault| {
                    let location = vault.location.as_deref();
                    location.map_or(UNKNOWN, region::display_name).to_owned()
                })}
            </Fact>
        </FactsStrip>
    }
}

/// Whether the vault can act by itself, and the way to make it so.
fn identity(vault: Vault) -> AnyView {
    let has_one = Memo::new(move |_| {
        vault.details.data.with(|details| {
            details
                .as_ref()
                .is_some_and(|details| details.principal_id.is_some())
        })
    });
    view_of(move || {
        if has_one.get() {
            view! { <Status kind=StatusKind::Ok>"System-assigned"</Status> }.into_any()
        } else {
            view! { <Status kind=StatusKind::Warning>"None"</Status> }.into_any()
        }
    })
}

fn identity_note(vault: &BackupVault) -> Option<String> {
    let is_missing = vault.principal_id.is_none();
    is_missing.then(|| "without one it cannot back up".to_owned())
}

fn redundancy_note(vault: &BackupVault) -> Option<String> {
    // Known of the vault at its making only; Azure refuses another one later.
    vault.redundancy.as_ref().map(|_| "cannot be changed".to_owned())
}

fn soft_delete_note(vault: &BackupVault) -> Option<String> {
    match &vault.soft_delete {
        Some(SoftDelete::Off) => Some("what is deleted is gone at once".to_owned()),
        state => words::kept_for(state.as_ref(), vault.soft_delete_days),
    }
}

fn immutability_note(vault: &BackupVault) -> Option<String> {
    match &vault.immutability {
        Some(Immutability::Unlocked) => Some("can be switched off".to_owned()),
        Some(Immutability::Locked) => Some("for good".to_owned()),
        _ => None,
    }
}
