//! What is asked before a target is mended.

use arm_client::{
    data_protection::BackupVault,
    storage::{AccountChange, TargetRule},
};

use super::{
    allow_subscriptions::AllowSubscriptions, change_account::ChangeAccount,
    create_container::CreateContainer, target_reading::TargetReading,
};
use crate::prelude::*;

/// What is asked before it is done.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// The account is changed so, for this rule.
    Change(TargetRule, AccountChange),
    /// The container is created.
    Container,
    /// The vault is let restore to other subscriptions.
    Subscriptions,
}

/// The question, which looks at the target again once it is mended.
pub fn question(
    asked_for: Asked,
    asked: RwSignal<Option<Asked>>,
    reading: TargetReading,
    vault: Memo<Option<BackupVault>>,
    on_vault: Callback<BackupVault>,
) -> AnyView {
    let place = reading.place.get_value();
    let on_cancel = Callback::new(move |()| asked.set(None));
    let on_done = Callback::new(move |()| {
        asked.set(None);
        reading.again.run(());
    });
    match asked_for {
        Asked::Change(rule, change) => {
            let vault = vault.get_untracked();
            let account = place.account;
            vault
                .map(|vault| view! { <ChangeAccount account rule change vault on_cancel on_done /> })
                .into_any()
        }
        Asked::Container => {
            let (account, container) = (place.account, place.container);
            view! { <CreateContainer account container on_cancel on_done /> }.into_any()
        }
        Asked::Subscriptions => {
            let on_changed = Callback::new(move |vault| {
                asked.set(None);
                on_vault.run(vault);
            });
            view! { <AllowSubscriptions vault=place.vault on_cancel on_done=on_changed /> }.into_any()
        }
    }
}
