//! Backup vaults (reference B8, G5).

pub(crate) mod delete;
pub(crate) mod patch;
pub(crate) mod put;
pub(crate) mod read;
pub(crate) mod settings;

use serde_json::{Map, Value, json};

use super::VAULT_TYPE;
use crate::{
    call::Call,
    directory,
    postgres::servers::text,
    refusals::{self, Refusal},
    world::World,
};

/// How many segments the id of a vault has.
const SEGMENTS: usize = 8;

/// The lower-case id of the vault that the call is about.
pub(crate) fn key(call: &Call) -> String {
    call.key_above(SEGMENTS)
}

/// The vault that the call is about.
pub(crate) fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    world.document(&key(call)).ok_or_else(|| {
        let resource = format!("{VAULT_TYPE}/{}", call.parameter("vaultName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })
}

/// The id as all else spells it; the vault itself is answered in another case (recorded, reference B8).
pub(crate) fn canonical_id(vault: &Value) -> String {
    text(vault, "/id")
        .replace("/resourcegroups/", "/resourceGroups/")
        .replace("/BackupVaults/", "/backupVaults/")
}

/// The object id of the vault's own identity; empty where it has none.
pub(crate) fn principal(vault: &Value) -> &str {
    text(vault, "/identity/principalId")
}

/// What a vault is made of.
#[derive(Debug, Default)]
pub(crate) struct Vault<'a> {
    pub(crate) subscription: &'a str,
    pub(crate) group: &'a str,
    pub(crate) name: &'a str,
    pub(crate) location: &'a str,
    /// The object id of its own identity; empty for none.
    pub(crate) principal: &'a str,
    pub(crate) tags: Option<Value>,
    /// What was sent as its properties.
    pub(crate) properties: Value,
}

impl Vault<'_> {
    /// The document; settings that were not sent are absent, but soft delete is on (reference G5).
    pub(crate) fn document(&self) -> Value {
        let mut properties = Map::new();
        let mut security = match &self.properties["securitySettings"] {
            Value::Object(security) => security.clone(),
            _ => Map::new(),
        };
        security
            .entry("softDeleteSettings")
            .or_insert_with(|| json!({ "state": "On", "retentionDurationInDays": 14.0 }));
        properties.insert("provisioningState".to_owned(), json!("Succeeded"));
        properties.insert(
            "storageSettings".to_owned(),
            self.properties["storageSettings"].clone(),
        );
        properties.insert("securitySettings".to_owned(), security.into());
        for optional in ["featureSettings", "monitoringSettings"] {
            if let Some(sent) = self.properties.get(optional).filter(|sent| sent.is_object()) {
                properties.insert(optional.to_owned(), sent.clone());
            }
        }
        properties.insert("isVaultProtectedByResourceGuard".to_owned(), json!(false));
        properties.insert("secureScore".to_owned(), json!("None"));
        properties.insert("bcdrSecurityLevel".to_owned(), json!("Poor"));
        properties.insert("replicatedRegions".to_owned(), json!([]));
        let mut document = json!({
            "location": self.location,
            "properties": properties,
            // Recorded: the vault's own id has this case, its type another (reference B8).
            "id": format!(
                "/subscriptions/{}/resourcegroups/{}/providers/Microsoft.DataProtection/BackupVaults/{}",
                self.subscription, self.group, self.name
            ),
            "name": self.name,
            "type": VAULT_TYPE,
        });
        if let Some(tags) = &self.tags {
            document["tags"] = tags.clone();
        }
        if !self.principal.is_empty() {
            document["identity"] = identity(self.principal);
        }
        settings::score(&mut document);
        document
    }
}

/// The vault's own identity.
pub(crate) fn identity(principal: &str) -> Value {
    json!({ "type": "SystemAssigned", "principalId": principal, "tenantId": directory::TENANT_ID })
}
