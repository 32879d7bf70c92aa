//! A backup vault.

use arm_core::ResourceId;
use serde::Deserialize;
use serde_json::Value;

use crate::lenient::open_enum;

/// What is read of a backup vault (reference B8); everything but its id may be missing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub struct BackupVault {
    /// The resource id; live answers spell it `…/resourcegroups/…/BackupVaults/…`.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region: `westeurope`.
    pub location: Option<String>,
    /// The object id of the vault's own identity; without one it cannot back up.
    pub principal_id: Option<String>,
    /// `SystemAssigned`, `UserAssigned`, both with a comma, or `None`.
    pub identity_type: Option<String>,
    /// The tenant of the identity.
    pub tenant_id: Option<String>,
    /// How often and where the data are kept.
    pub redundancy: Option<Redundancy>,
    /// Whether deleted instances are kept for a while.
    pub soft_delete: Option<SoftDelete>,
    /// For how many days, which the service writes as a fraction: 14.0.
    pub soft_delete_days: Option<f64>,
    /// Whether recovery points can be deleted before they expire.
    pub immutability: Option<Immutability>,
    /// `Enabled`, `Disabled`, `PermanentlyDisabled`.
    pub cross_subscription_restore: Option<String>,
    /// `Provisioning`, `Updating`, `Succeeded`, `Failed`.
    pub provisioning_state: Option<String>,
}

open_enum! {
    /// How often and where backup data are kept.
    Redundancy {
        /// Three times in one datacentre.
        Local = "LocallyRedundant",
        /// In three zones of the region.
        Zone = "ZoneRedundant",
        /// In the paired region too.
        Geo = "GeoRedundant",
    }
}

open_enum! {
    /// Whether deleted instances are kept for a while.
    SoftDelete {
        /// They are gone at once.
        Off = "Off",
        /// They are kept.
        On = "On",
        /// They are kept, and nobody can change that any more.
        AlwaysOn = "AlwaysOn",
    }
}

open_enum! {
    /// Whether recovery points can be deleted before they expire.
    Immutability {
        /// They can.
        Disabled = "Disabled",
        /// They cannot, until somebody changes that.
        Unlocked = "Unlocked",
        /// They cannot, and nobody can change that any more.
        Locked = "Locked",
    }
}

impl BackupVault {
    /// Whether it has identities that somebody assigned to it, beside its own or without one.
    pub fn has_assigned_identities(&self) -> bool {
        let kind = self.identity_type.as_deref().unwrap_or_default();
        kind.to_ascii_lowercase().contains("userassigned")
    }
}

impl TryFrom<Value> for BackupVault {
    type Error = String;

    fn try_from(vault: Value) -> Result<Self, Self::Error> {
        let id: ResourceId = text(&vault, "/id")
            .and_then(|id| id.parse().ok())
            .ok_or("a vault without an id")?;
        Ok(Self {
            name: text(&vault, "/name").unwrap_or_else(|| id.name().to_owned()),
            location: text(&vault, "/location"),
            principal_id: text(&vault, "/identity/principalId"),
            identity_type: text(&vault, "/identity/type"),
            tenant_id: text(&vault, "/identity/tenantId"),
            redundancy: text(&vault, "/properties/storageSettings/0/type").map(Redundancy::from),
            soft_delete: text(&vault, "/properties/securitySettings/softDeleteSettings/state")
                .map(SoftDelete::from),
            soft_delete_days: vault
                .pointer("/properties/securitySettings/softDeleteSettings/retentionDurationInDays")
                .and_then(Value::as_f64),
            immutability: text(&vault, "/properties/securitySettings/immutabilitySettings/state")
                .map(Immutability::from),
            cross_subscription_restore: text(
                &vault,
                "/properties/featureSettings/crossSubscriptionRestoreSettings/state",
            ),
            provisioning_state: text(&vault, "/properties/provisioningState"),
            id,
        })
    }
}

/// The text at a JSON pointer; `None` for an empty one and for anything else.
pub(crate) fn text(value: &Value, pointer: &str) -> Option<String> {
    let text = value.pointer(pointer)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "/subscriptions/s/resourcegroups/rg/providers/Microsoft.DataProtection/BackupVaults/bv";

    #[test]
    fn identities_that_were_assigned_are_told_from_the_vaults_own() {
        for (kind, expected) in [
            (r#""SystemAssigned""#, false),
            (r#""UserAssigned""#, true),
            (r#""SystemAssigned, UserAssigned""#, true),
            (r#""None""#, false),
            ("null", false),
        ] {
            let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
            let json = format!(r#"{{"id":"{id}","identity":{{"type":{kind}}}}}"#);
            let vault: BackupVault = serde_json::from_str(&json).expect("a vault");
            assert_eq!(vault.has_assigned_identities(), expected, "{kind}");
        }
    }

    #[test]
    fn the_recorded_shape_is_read() {
        let vault: BackupVault = serde_json::from_str(&format!(
            r#"{{"location":"westeurope","identity":{{"type":"SystemAssigned","principalId":"p","tenantId":"t"}},
            "properties":{{"provisioningState":"Succeeded","storageSettings":[{{"datastoreType":"VaultStore","type":"GeoRedundant"}}],
            "securitySettings":{{"softDeleteSettings":{{"state":"OFF","retentionDurationInDays":14.0}},"immutabilitySettings":{{"state":"Unlocked"}}}}}},
            "id":"{ID}","name":"bv","type":"Microsoft.DataProtection/backupVaults"}}"#
        ))
        .expect("a vault");
        assert_eq!(
            vault.id,
            ID.replace("resourcegroups", "resourceGroups")
                .parse()
                .expect("an id")
        );
        assert_eq!(vault.principal_id.as_deref(), Some("p"));
        assert_eq!(
            (
                vault.redundancy,
                vault.soft_delete,
                vault.soft_delete_days,
                vault.immutability
            ),
            (
                Some(Redundancy::Geo),
                Some(SoftDelete::Off),
                Some(14.0),
                Some(Immutability::Unlocked)
            )
        );
    }

    #[test]
    fn what_is_missing_or_odd_is_missing_and_words_of_later_versions_are_kept() {
        for properties in ["{}", "null", r#"{"storageSettings":[],"securitySettings":null}"#] {
            let vault: BackupVault =
                serde_json::from_str(&format!(r#"{{"id":"{ID}","properties":{properties}}}"#))
                    .expect(properties);
            assert_eq!(
                (vault.name.as_str(), vault.soft_delete, vault.principal_id),
                ("bv", None, None)
            );
        }
        let later: BackupVault = serde_json::from_str(&format!(
            r#"{{"id":"{ID}","properties":{{"securitySettings":{{"softDeleteSettings":{{"state":"Enabled"}}}}}}}}"#
        ))
        .expect("a vault");
        assert_eq!(later.soft_delete, Some(SoftDelete::Other("Enabled".to_owned())));
        assert!(
            serde_json::from_str::<BackupVault>("{}").is_err(),
            "without an id it is none"
        );
    }
}
