//! Vaults and instances as Resource Graph tells of them.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;

use super::{BackupVault, Immutability, ProtectionState, Redundancy, SoftDelete};
use crate::lenient;

/// A vault in the list of all subscriptions; Resource Graph may be minutes behind (reference C4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VaultSummary {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region: `westeurope`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub location: Option<String>,
    /// The resource group.
    pub resource_group: String,
    /// The subscription's id.
    pub subscription_id: String,
    /// The object id of its own identity.
    #[serde(default, deserialize_with = "lenient::text")]
    pub principal_id: Option<String>,
    /// Whether deleted instances are kept for a while.
    #[serde(default, deserialize_with = "lenient::open")]
    pub soft_delete: Option<SoftDelete>,
    /// How often and where the data are kept.
    #[serde(default, deserialize_with = "lenient::open")]
    pub redundancy: Option<Redundancy>,
    /// Whether recovery points can be deleted before they expire.
    #[serde(default, deserialize_with = "lenient::open")]
    pub immutability: Option<Immutability>,
}

impl VaultSummary {
    /// The query that gives these rows (reference G10).
    pub const QUERY: &str = "resources \
        | where type =~ 'microsoft.dataprotection/backupvaults' \
        | project id, name, location, resourceGroup, subscriptionId, \
        principalId = tostring(identity.principalId), \
        softDelete = tostring(properties.securitySettings.softDeleteSettings.state), \
        redundancy = tostring(properties.storageSettings[0].type), \
        immutability = tostring(properties.securitySettings.immutabilitySettings.state) \
        | order by name asc, id asc";
}

/// The same of a vault that the provider itself has told of.
impl From<BackupVault> for VaultSummary {
    fn from(vault: BackupVault) -> Self {
        Self {
            name: vault.name,
            location: vault.location,
            resource_group: vault.id.resource_group().unwrap_or_default().to_owned(),
            subscription_id: vault.id.subscription_id().to_owned(),
            principal_id: vault.principal_id,
            soft_delete: vault.soft_delete,
            redundancy: vault.redundancy,
            immutability: vault.immutability,
            id: vault.id,
        }
    }
}

/// An instance in the list of all vaults: what protects a server, and since when there is what to restore.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InstanceSummary {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The id of what it protects, in lower case.
    #[serde(default, deserialize_with = "lenient::text")]
    pub source: Option<String>,
    /// How far protection has come.
    #[serde(default, deserialize_with = "lenient::open")]
    pub state: Option<ProtectionState>,
    /// The policy's id.
    #[serde(default, deserialize_with = "lenient::text")]
    pub policy: Option<String>,
    /// When the newest recovery point was taken.
    #[serde(default, deserialize_with = "lenient::timestamp")]
    pub latest: Option<Timestamp>,
    /// When the oldest recovery point was taken.
    #[serde(default, deserialize_with = "lenient::timestamp")]
    pub oldest: Option<Timestamp>,
}

impl InstanceSummary {
    /// The query that gives these rows (reference G10).
    pub const QUERY: &str = "recoveryservicesresources \
        | where type =~ 'microsoft.dataprotection/backupvaults/backupinstances' \
        | project id, name, source = tolower(tostring(properties.dataSourceInfo.resourceID)), \
        state = tostring(properties.currentProtectionState), \
        policy = tostring(properties.policyInfo.policyId), \
        latest = tostring(properties.backupInstanceExtendedProperties.recoveryPointInfo.latestRecoveryPointInPrimaryRegion), \
        oldest = tostring(properties.backupInstanceExtendedProperties.recoveryPointInfo.oldestRecoveryPointInPrimaryRegion) \
        | order by name asc";
}
