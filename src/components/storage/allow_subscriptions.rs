//! The question before a vault is let restore to other subscriptions.

use arm_client::data_protection::BackupVault;
use arm_core::ResourceId;

use crate::{
    components::{Refusal, protection::outcome_not_known},
    hooks::{AsyncOperationState, use_rights_beside, use_vault_change},
    prelude::*,
    rights::Act,
    ui::{changing::view_of, confirm_dialog::ConfirmDialog},
};

/// Asks, changes the vault, and keeps a refusal in view.
#[component]
pub fn AllowSubscriptions(
    vault: ResourceId,
    /// Called when it is cancelled.
    on_cancel: Callback<()>,
    /// Called with the vault once it is changed.
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
    let (name, id) = (vault.name().to_owned(), vault.clone());
    let rights = use_rights_beside(&[Act::ChangeVault], move || Some(id.clone()));
    let disabled_reason = rights.reason_or(Act::ChangeVault, None::<String>);
    let on_confirm = Callback::new(move |()| change.allow_other_subscriptions.run(vault.clone()));
    let on_its_way = Signal::derive(move || busy.get().then(|| "The request is on its way.".to_owned()));
    let on_cancel = Callback::new(move |()| {
        if !busy.get_untracked() {
            on_cancel.run(());
        }
    });
    let words = view_of(move || match (change.state.get(), change.problem.get()) {
        (AsyncOperationState::Unknown, _) => outcome_not_known(
            "Whether the vault was changed is not known",
            "Azure\u{2019}s answer was lost or says nothing. Changing it once more does no harm.",
        ),
        (_, Some(problem)) => view! { <Refusal title="The vault was not changed" problem /> }.into_any(),
        (_, None) => ().into_any(),
    });
    view! {
        <ConfirmDialog
            title="Allow restores to other subscriptions"
            act="Allow"
            busy
            disabled_reason
            cancel_disabled_reason=on_its_way
            on_confirm
            on_cancel
        >
            <p>
                "Let the Backup vault "
                <strong class="name">"'" {name} "'"</strong>
                " restore to all subscriptions of its directory? That holds for everything that it protects; it can be turned \
                 off again in the vault\u{2019}s properties."
            </p>
            {words}
        </ConfirmDialog>
    }
}
