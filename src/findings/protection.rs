//! What stands in the way of putting a server or a database under a backup vault.
//!
//! Reference E (*placement*, *LTR / vaulted*, *soft delete*), C1 (what the vault's identity needs) and B10 (how Azure
//! refuses); the support matrix and the troubleshooting pages behind them are named rule by rule.

mod datasource;
mod place;
mod readiness;

use arm_client::{
    FlexibleServer,
    authorization::MissingRole,
    data_protection::{
        BackupInstance, BackupPolicy, BackupVault, Datasource, InstanceSummary, ProtectionState,
    },
};
use arm_core::ResourceId;

use super::{Finding, gravest_first};
use crate::problem::Problem;

/// What is known before something is protected. What has not been read is absent, and nothing is said of it.
#[derive(Clone)]
pub struct ProtectionFacts<'a> {
    /// The vault, once it has been read.
    pub vault: Option<&'a BackupVault>,
    /// The server or the database.
    pub datasource: &'a Datasource,
    /// The tenant of the datasource's subscription.
    pub tenant: Option<&'a str>,
    /// The flexible server, once it has been read.
    pub server: Option<&'a FlexibleServer>,
    /// What protects the datasource already, in whatever vault.
    pub protecting: &'a [Protecting],
    /// The soft-deleted instances of the vault.
    pub deleted: &'a [BackupInstance],
    /// The policy that is chosen.
    pub policy: Option<&'a BackupPolicy>,
    /// What the vault's identity lacks.
    pub access: Access<'a>,
}

/// An instance that protects the datasource, or keeps its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protecting {
    /// The instance's id.
    pub instance: ResourceId,
    /// How far protection has come.
    pub state: Option<ProtectionState>,
}

/// What the vault's identity may do with the datasource, and with the secret of a database.
#[derive(Debug, Clone, Copy, Default)]
pub enum Access<'a> {
    /// It is being found out.
    #[default]
    NotRead,
    /// It could not be found out.
    Unknown(&'a Problem),
    /// What is missing; empty where nothing is.
    Known {
        /// Roles, that on a key vault which goes by roles included.
        roles: &'a [MissingRole],
        /// The key vault whose access policies leave the identity out.
        key_vault: Option<&'a ResourceId>,
    },
}

impl<'a> ProtectionFacts<'a> {
    /// The facts with nothing read yet.
    pub fn of(datasource: &'a Datasource) -> Self {
        Self {
            vault: None,
            datasource,
            tenant: None,
            server: None,
            protecting: &[],
            deleted: &[],
            policy: None,
            access: Access::NotRead,
        }
    }
}

impl From<&BackupInstance> for Protecting {
    fn from(instance: &BackupInstance) -> Self {
        Self {
            instance: instance.id.clone(),
            state: instance.state.clone(),
        }
    }
}

impl From<&InstanceSummary> for Protecting {
    fn from(instance: &InstanceSummary) -> Self {
        Self {
            instance: instance.id.clone(),
            state: instance.state.clone(),
        }
    }
}

/// All findings, the gravest first.
pub fn findings(facts: &ProtectionFacts) -> Vec<Finding> {
    let rules: [fn(&ProtectionFacts) -> Option<Finding>; 13] = [
        place::already_protected,
        place::soft_deleted,
        place::other_region,
        place::other_tenant,
        datasource::replica,
        datasource::not_ready,
        datasource::premium_v2,
        datasource::size,
        readiness::no_identity,
        readiness::missing_access,
        readiness::access_unknown,
        readiness::several_runs,
        readiness::soft_delete_off,
    ];
    gravest_first(rules.iter().filter_map(|rule| rule(facts)).collect())
}

/// What a policy says that does not come true, wherever it is made or looked at.
pub fn several_weekly_runs(rules: &arm_client::data_protection::PolicyRules) -> Option<Finding> {
    readiness::of_runs(rules)
}

#[cfg(test)]
mod tests;
