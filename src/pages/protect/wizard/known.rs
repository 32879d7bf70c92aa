//! What the wizard reads of Azure: what there is to choose from.

use arm_client::{
    ServerSummary, Subscription,
    data_protection::{BackupInstance, BackupPolicy, BackupVault, InstanceSummary, VaultSummary},
};
use arm_core::ResourceId;

use super::state::Choices;
use crate::{
    components::directories::{everywhere, subscriptions_everywhere},
    hooks::{Reading, use_reading, use_reading_of},
    prelude::*,
    region,
    services::use_arm,
    session::use_session,
};

/// What is known of Azure.
#[derive(Clone, Copy)]
pub struct Known {
    /// The vaults of all subscriptions.
    pub vaults: Reading<Vec<VaultSummary>>,
    /// The flexible servers of all subscriptions.
    pub servers: Reading<Vec<ServerSummary>>,
    /// What the vaults of all subscriptions protect.
    pub instances: Reading<Vec<InstanceSummary>>,
    /// The subscriptions, for their names.
    pub subscriptions: Reading<Vec<Subscription>>,
    /// The policies of the vault that is chosen.
    pub policies: Reading<Vec<BackupPolicy>>,
    /// The vault that is chosen, as the provider itself tells of it.
    pub vault_details: Reading<BackupVault>,
    /// The soft-deleted instances of the vault that is chosen.
    pub deleted: Reading<Vec<BackupInstance>>,
}

impl Known {
    /// Begins to read.
    pub fn read(choices: Memo<Choices>) -> Self {
        let (arm, session) = (StoredValue::new_local(use_arm()), use_session());
        let vault = Memo::new(move |_| choices.with(|choices| choices.vault.clone()));
        Self {
            vaults: use_reading(move || {
                everywhere(arm.get_value(), session, |arm| async move {
                    arm.data_protection().all_vaults().await
                })
            }),
            servers: use_reading(move || {
                everywhere(arm.get_value(), session, |arm| async move {
                    arm.resource_graph().flexible_servers().await
                })
            }),
            instances: use_reading(move || {
                everywhere(arm.get_value(), session, |arm| async move {
                    arm.data_protection().all_instances().await
                })
            }),
            subscriptions: use_reading(move || subscriptions_everywhere(arm.get_value(), session)),
            policies: use_reading_of(vault, move |vault: ResourceId| {
                let vaults = arm.get_value().data_protection();
                Box::pin(async move { vaults.policies(&vault).await })
            }),
            vault_details: use_reading_of(vault, move |vault: ResourceId| {
                let vaults = arm.get_value().data_protection();
                Box::pin(async move { vaults.vault(&vault).await })
            }),
            deleted: use_reading_of(vault, move |vault: ResourceId| {
                let vaults = arm.get_value().data_protection();
                Box::pin(async move { vaults.deleted_instances(&vault).await })
            }),
        }
    }

    /// The vault that is chosen, as Resource Graph tells of it.
    pub fn vault(self, choices: &Choices) -> Option<VaultSummary> {
        let chosen = choices.vault.as_ref()?;
        self.vaults.data.with(|vaults| {
            let mut vaults = vaults.as_ref()?.iter();
            vaults.find(|vault| vault.id == *chosen).cloned()
        })
    }

    /// The policy that is chosen.
    pub fn policy(self, choices: &Choices) -> Option<BackupPolicy> {
        let chosen = choices.policy.as_ref()?;
        self.policies.data.with(|policies| {
            let mut policies = policies.as_ref()?.iter();
            policies
                .find(|policy| policy.name.eq_ignore_ascii_case(chosen))
                .cloned()
        })
    }

    /// The region of the vault that is chosen.
    pub fn location(self, choices: &Choices) -> Option<String> {
        self.vault(choices)?.location
    }

    /// The region of a flexible server, if it is one that is known.
    pub fn location_of(self, server: &ResourceId) -> Option<String> {
        self.servers.data.with(|servers| {
            let mut servers = servers.as_ref()?.iter();
            let found = servers.find(|known| known.id == *server)?;
            found.location.clone()
        })
    }

    /// What a subscription is called; its id where that is not known.
    pub fn subscription(self, id: &str) -> String {
        self.subscriptions.data.with(|subscriptions| {
            let mut known = subscriptions.iter().flatten();
            let found = known.find(|known| known.subscription_id.eq_ignore_ascii_case(id));
            found.map_or_else(|| id.to_owned(), |found| found.shown_name().to_owned())
        })
    }

    /// *West Europe*, or that it is not known.
    pub fn region(location: Option<&str>) -> String {
        location.map_or_else(
            || "Unknown region".to_owned(),
            |location| region::display_name(location).to_owned(),
        )
    }
}
