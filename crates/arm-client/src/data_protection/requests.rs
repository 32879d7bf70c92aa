//! The bodies that Azure Backup is sent, field by field as in the documents (reference B3, B11, G5).

use arm_core::ResourceId;
use serde_json::{Map, Value, json};

use super::{Datasource, Immutability, Redundancy, SoftDelete};

/// What is to be protected, under which policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInstance {
    /// The server or the database.
    pub datasource: Datasource,
    /// The policy's id, in the vault.
    pub policy: ResourceId,
    /// The identifier of the secret with the credentials of a database, `https://…/secrets/{name}`.
    pub secret: Option<String>,
}

/// A vault to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewVault {
    /// The region.
    pub location: String,
    /// How often and where the data are kept; it cannot be changed later.
    pub redundancy: Redundancy,
    /// Whether deleted instances are kept for a while.
    pub soft_delete: SoftDelete,
    /// For how many days: 14 to 180.
    pub soft_delete_days: u32,
    /// Whether recovery points can be deleted before they expire.
    pub immutability: Immutability,
}

impl NewInstance {
    /// The instance as it is sent, to be validated and to be configured.
    fn properties(&self) -> Value {
        let mut properties = Map::new();
        let mut put = |name: &str, value: Value| properties.insert(name.to_owned(), value);
        put("dataSourceInfo", self.datasource.info());
        put("dataSourceSetInfo", self.datasource.set());
        put(
            "policyInfo",
            json!({ "policyId": self.policy, "policyVersion": "" }),
        );
        if let Some(secret) = &self.secret {
            put(
                "datasourceAuthCredentials",
                json!({
                    "objectType": "SecretStoreBasedAuthCredentials",
                    "secretStoreResource": { "secretStoreType": "AzureKeyVault", "uri": secret, "value": null },
                }),
            );
        }
        put("objectType", json!("BackupInstance"));
        properties.into()
    }
}

/// The body of `validateForBackup`.
pub fn validate_body(instance: &NewInstance) -> Value {
    json!({ "backupInstance": instance.properties() })
}

/// The body of the `PUT` of an instance; `objectType` stands inside the properties, where it belongs (reference B11).
pub fn configure_body(name: &str, instance: &NewInstance) -> Value {
    json!({
        "name": name,
        "type": "Microsoft.DataProtection/backupvaults/backupInstances",
        "properties": instance.properties(),
    })
}

/// The body of an on-demand backup: the policy's backup rule, and the tag whose retention it gets.
pub fn backup_request(rule: &str, tag: Option<&str>) -> Value {
    let trigger = match tag {
        Some(tag) => json!({ "retentionTagOverride": tag }),
        None => json!({}),
    };
    json!({ "backupRuleOptions": { "ruleName": rule, "triggerOption": trigger } })
}

impl NewVault {
    /// The body of the `PUT` of a vault; its own identity is always turned on, as it cannot back up without.
    pub fn body(&self) -> Value {
        json!({
            "location": self.location,
            "identity": { "type": "SystemAssigned" },
            "properties": {
                "storageSettings": [{ "datastoreType": "VaultStore", "type": self.redundancy.as_str() }],
                "securitySettings": {
                    "softDeleteSettings": {
                        "state": self.soft_delete.as_str(),
                        "retentionDurationInDays": f64::from(self.soft_delete_days),
                    },
                    "immutabilitySettings": { "state": self.immutability.as_str() },
                },
            },
        })
    }
}

#[cfg(test)]
mod tests;
