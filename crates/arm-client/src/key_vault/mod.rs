//! Key vaults (`Microsoft.KeyVault`, reference G3): where a database's credentials are; their values are never read.

mod key_vaults;

use arm_core::ResourceId;
use serde::Deserialize;
use serde_json::Value;

use crate::data_protection::text;

pub use key_vaults::KeyVaults;

/// What is read of a key vault.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct KeyVault {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region.
    pub location: Option<String>,
    /// The tenant, which all its access policies must have.
    pub tenant_id: Option<String>,
    /// The beginning of its secrets' identifiers: `https://{name}.vault.azure.net/`.
    pub uri: Option<String>,
    /// Whether roles decide; then access policies are ignored.
    pub goes_by_roles: bool,
    /// Who may do what with secrets, where access policies decide.
    pub access_policies: Vec<AccessPolicy>,
}

/// What somebody may do with the secrets of a key vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessPolicy {
    /// The object id of the principal.
    pub object_id: String,
    /// The words for secrets, in lower case: `get`, `list`, `all`.
    pub secrets: Vec<String>,
}

/// A secret without its value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct SecretItem {
    /// The name.
    pub name: String,
    /// The identifier that a backup instance names, without a version.
    pub uri: Option<String>,
    /// Whether it can be read at all.
    pub is_enabled: Option<bool>,
}

impl KeyVault {
    /// Whether the access policies of a principal let it read secrets: *Get* and *List* (reference C1).
    ///
    /// It says nothing of a key vault that goes by roles.
    pub fn lets_read_secrets(&self, principal: &str) -> bool {
        let own = self
            .access_policies
            .iter()
            .filter(|policy| policy.object_id.eq_ignore_ascii_case(principal));
        let words: Vec<_> = own.flat_map(|policy| &policy.secrets).collect();
        let has = |word: &str| words.iter().any(|known| *known == word || *known == "all");
        has("get") && has("list")
    }

    /// The identifier of a secret of this key vault.
    pub fn secret_uri(&self, name: &str) -> Option<String> {
        let uri = self.uri.as_ref()?;
        Some(format!("{}/secrets/{name}", uri.trim_end_matches('/')))
    }
}

impl TryFrom<Value> for KeyVault {
    type Error = String;

    fn try_from(vault: Value) -> Result<Self, Self::Error> {
        let id: ResourceId = text(&vault, "/id")
            .and_then(|id| id.parse().ok())
            .ok_or("a key vault without an id")?;
        let policies = vault["properties"]["accessPolicies"]
            .as_array()
            .into_iter()
            .flatten();
        Ok(Self {
            name: text(&vault, "/name").unwrap_or_else(|| id.name().to_owned()),
            location: text(&vault, "/location"),
            tenant_id: text(&vault, "/properties/tenantId"),
            uri: text(&vault, "/properties/vaultUri"),
            goes_by_roles: vault["properties"]["enableRbacAuthorization"] == true,
            access_policies: policies
                .map(|policy| {
                    let words = policy["permissions"]["secrets"].as_array().into_iter().flatten();
                    AccessPolicy {
                        object_id: text(policy, "/objectId").unwrap_or_default(),
                        secrets: words
                            .filter_map(|word| Some(word.as_str()?.to_ascii_lowercase()))
                            .collect(),
                    }
                })
                .collect(),
            id,
        })
    }
}

impl TryFrom<Value> for SecretItem {
    type Error = String;

    fn try_from(secret: Value) -> Result<Self, Self::Error> {
        Ok(Self {
            name: text(&secret, "/name").ok_or("a secret without a name")?,
            uri: text(&secret, "/properties/secretUri"),
            is_enabled: secret
                .pointer("/properties/attributes/enabled")
                .and_then(Value::as_bool),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(policies: &str) -> KeyVault {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv";
        let json = format!(
            r#"{{"id":"{id}","name":"kv","properties":{{"vaultUri":"https://kv.vault.azure.net/","accessPolicies":{policies}}}}}"#
        );
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn get_and_list_are_needed_in_any_case_and_order() {
        for (words, expected) in [
            (r#"["Get","List"]"#, true),
            (r#"["list","set","get"]"#, true),
            (r#"["all"]"#, true),
            (r#"["get"]"#, false),
            (r#"["List"]"#, false),
            ("null", false),
        ] {
            let policies =
                format!(r#"[{{"tenantId":"t","objectId":"P-1","permissions":{{"secrets":{words}}}}}]"#);
            assert_eq!(vault(&policies).lets_read_secrets("p-1"), expected, "{words}");
            assert!(!vault(&policies).lets_read_secrets("p-2"), "{words}");
        }
        assert!(!vault("null").lets_read_secrets("p-1"));
    }

    #[test]
    fn a_secrets_identifier_has_no_version() {
        assert_eq!(
            vault("[]").secret_uri("s").as_deref(),
            Some("https://kv.vault.azure.net/secrets/s")
        );
    }
}
