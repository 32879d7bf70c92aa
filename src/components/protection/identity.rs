//! Turning a vault's identity on.

use arm_client::data_protection::BackupVault;
use arm_core::ResourceId;

use crate::{
    components::Refusal,
    hooks::{AsyncOperationState, use_rights_beside, use_vault_change},
    prelude::*,
    rights::Act,
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// A vault without an identity: what follows, and the button that turns it on.
#[component]
pub fn TurnIdentityOn(
    /// The vault.
    vault: ResourceId,
    /// Called with the vault once it has one.
    on_done: Callback<BackupVault>,
) -> impl IntoView {
    let change = use_vault_change();
    let busy = Signal::derive(move || {
        matches!(
            change.state.get(),
            AsyncOperationState::Requesting | AsyncOperationState::Running
        )
    });
    Effect::new(move |_| {
        if let Some(vault) = change.vault.get() {
            on_done.run(vault);
        }
    });
    let id = vault.clone();
    let rights = use_rights_beside(&[Act::ChangeVault], move || Some(id.clone()));
    let disabled_reason = rights.reason_or(Act::ChangeVault, None::<String>);
    let title = format!("Vault '{}' has no identity", vault.name());
    let turn_on = Callback::new(move |()| change.turn_identity_on.run(vault.clone()));
    let refused = view_of(move || match (change.state.get(), change.problem.get()) {
        (AsyncOperationState::Unknown, _) => outcome_not_known(
            "Whether the identity was turned on is not known",
            "Azure\u{2019}s answer was lost or says nothing. Turning it on once more does no harm.",
        ),
        (_, Some(problem)) => view! { <Refusal title="The identity was not turned on" problem /> }.into_any(),
        (_, None) => ().into_any(),
    });
    let is_done = Memo::new(move |_| change.vault.with(Option::is_some));
    let bar = StoredValue::new(title);
    let content = view_of(move || {
        if is_done.get() {
            return view! { <MessageBar intent=MessageIntent::Ok title="The vault has an identity">"Assign it roles on what it is to reach."</MessageBar> }
                .into_any();
        }
        view! {
            <MessageBar
                intent=MessageIntent::Warning
                stacked=true
                title=bar.get_value()
                actions=move || view! { <Button act=Act::ChangeVault small=true busy disabled_reason on_click=turn_on>"Turn identity on"</Button> }
            >
                <p>"A vault reaches what it protects, and where it restores to, with its own identity, to which roles are assigned. It cannot back up or restore without."</p>
            </MessageBar>
        }
        .into_any()
    });
    view! { {content} {refused} }
}

/// Neither done nor refused is known of a change of a vault.
pub fn outcome_not_known(title: &'static str, words: &'static str) -> AnyView {
    view! { <MessageBar intent=MessageIntent::Warning stacked=true title><p>{words}</p></MessageBar> }
        .into_any()
}
