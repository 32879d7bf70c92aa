//! Soft-deleted instances of the server that vaults still keep: no list of Azure has them but that of their own vault.

use arm_client::{
    ArmClient, ArmError,
    data_protection::{BackupInstance, VaultSummary},
};
use arm_core::ResourceId;

use crate::region;

/// What the vaults keep of the server.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kept {
    /// The soft-deleted instances, each in the way in its own vault.
    pub instances: Vec<BackupInstance>,
    /// The names of vaults that could not be looked into.
    pub unread: Vec<String>,
}

/// Looks into the vaults that can have protected the server.
pub async fn read(arm: ArmClient, server: ResourceId) -> Result<Kept, ArmError> {
    let service = arm.data_protection();
    let location = arm.flexible_servers().get(&server).await?.location;
    let vaults = service.all_vaults().await?;
    let mut kept = Kept::default();
    for vault in vaults.iter().filter(|vault| may_hold(vault, location.as_deref())) {
        match service.deleted_instances(&vault.id).await {
            Ok(deleted) => {
                let of_server = |instance: &BackupInstance| instance.source.as_ref() == Some(&server);
                kept.instances.extend(deleted.into_iter().filter(of_server));
            }
            Err(_) => kept.unread.push(format!("'{}'", vault.name)),
        }
    }
    Ok(kept)
}

/// A vault protects what is in its own region (reference E, *placement*); where one is not known it may.
fn may_hold(vault: &VaultSummary, location: Option<&str>) -> bool {
    match (vault.location.as_deref(), location) {
        (Some(vault), Some(server)) => region::display_name(vault) == region::display_name(server),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_vaults_of_the_servers_region_can_hold_it() {
        for (vault, server, expected) in [
            (Some("westeurope"), Some("West Europe"), true),
            (Some("northeurope"), Some("West Europe"), false),
            (None, Some("West Europe"), true),
            (Some("northeurope"), None, true),
        ] {
            let vault: VaultSummary = serde_json::from_value(json!({
                "id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv",
                "name": "bv", "resourceGroup": "rg", "subscriptionId": "s", "location": vault,
            }))
            .unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(
                may_hold(&vault, server),
                expected,
                "{:?} {server:?}",
                vault.location
            );
        }
    }
}
