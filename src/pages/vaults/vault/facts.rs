//! The strip of facts above the tabs: how the vault is set up.

use arm_client::data_protection::{BackupVault, Immutability, SoftDelete};

use super::Vault;
use crate::{
    components::Refusal,
    hooks::{AsyncOperationState as State, VaultChange, use_vault_change},
    pages::vaults::words::{self, UNKNOWN},
    prelude::*,
    region,
    ui::{
        button::Button,
        changing::view_of,
        facts_strip::{Fact, FactsStrip},
        message_bar::{MessageBar, MessageIntent},
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
    let change = use_vault_change();
    Effect::watch(
        move || change.state.get(),
        move |state, _, _| {
            if *state == State::Completed {
                vault.details.again.run(());
            }
        },
        false,
    );
    view! {
        {not_turned_on(vault, change)}
        <FactsStrip label="Settings of this vault">
            <Fact key="Identity" note=note(identity_note)>{identity(vault, change)}</Fact>
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
fn identity(vault: Vault, change: VaultChange) -> AnyView {
    let has_one = Memo::new(move |_| {
        vault.details.data.with(|details| {
            details
                .as_ref()
                .is_some_and(|details| details.principal_id.is_some())
        })
    });
    let busy = Signal::derive(move || matches!(change.state.get(), State::Requesting | State::Running));
    let turn_on = Callback::new(move |()| change.turn_identity_on.run(vault.id.get_value()));
    view_of(move || {
        if has_one.get() {
            return view! { <Status kind=StatusKind::Ok>"System-assigned"</Status> }.into_any();
        }
        view! {
            <span class="fact-act">
                <Status kind=StatusKind::Warning>"None"</Status>
                <Button small=true busy on_click=turn_on>
                    "Turn on" <span class="visually-hidden">" the vault\u{2019}s identity"</span>
                </Button>
            </span>
        }
        .into_any()
    })
}

/// Why the identity was not turned on, or that nobody can say whether it was.
fn not_turned_on(vault: Vault, change: VaultChange) -> AnyView {
    view_of(move || {
        match (change.state.get(), change.problem.get()) {
        (State::Refused | State::Failed, Some(problem)) => {
            view! { <Refusal title="The identity was not turned on" problem /> }.into_any()
        }
        (State::Unknown, _) => view! {
            <MessageBar
                intent=MessageIntent::Warning
                title="Whether the identity was turned on is not known."
                actions=move || view! { <Button small=true on_click=vault.details.again>"Look again"</Button> }
            >
                "Azure\u{2019}s answer was lost or says nothing."
            </MessageBar>
        }
        .into_any(),
        _ => ().into_any(),
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
