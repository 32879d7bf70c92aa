//! A change of a storage account that lets a restore in: named before it is made, so that it can be asked for.

use arm_core::ResourceId;
use serde_json::{Value, json};

use super::StorageAccount;

/// What a storage account is to be changed to.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountChange {
    properties: Value,
    /// What changes, member by member.
    pub members: Vec<ChangedMember>,
}

/// A member that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedMember {
    /// Its name in the description, such as `allowCrossTenantReplication`.
    pub name: &'static str,
    /// What it is now, in words.
    pub from: String,
    /// What it will be, in words.
    pub to: String,
}

impl AccountChange {
    /// Lets blobs be copied across tenants, as a restore does (reference C1).
    pub fn replicate_across_tenants(account: &StorageAccount) -> Self {
        let now = match account.allow_cross_tenant_replication {
            Some(allowed) => allowed.to_string(),
            None => "not set, which means false".to_owned(),
        };
        Self {
            properties: json!({ "allowCrossTenantReplication": true }),
            members: vec![member("allowCrossTenantReplication", now, "true")],
        }
    }

    /// Lets blobs be copied from any account (reference G6).
    pub fn copy_from_anywhere(account: &StorageAccount) -> Self {
        let now = account.allowed_copy_scope.clone().unwrap_or_default();
        Self {
            properties: json!({ "allowedCopyScope": "All" }),
            members: vec![member("allowedCopyScope", now, "All")],
        }
    }

    /// Lets one vault through the firewall, as a resource instance together with trusted services; everybody else
    /// stays as they are. The rules are sent whole: what is left out may be cleared (reference G6).
    pub fn admit(account: &StorageAccount, vault: &ResourceId, tenant: &str) -> Self {
        let mut rules = match &account.network_acls {
            Value::Object(rules) => rules.clone(),
            _ => serde_json::Map::new(),
        };
        let mut members = Vec::new();
        let mut properties = json!({});
        if account.has_no_public_network() {
            let now = account.public_network_access.clone().unwrap_or_default();
            members.push(member("publicNetworkAccess", now, "Enabled"));
            properties["publicNetworkAccess"] = json!("Enabled");
            // It was closed for all, and must not come open for all.
            let action = account
                .default_action
                .clone()
                .unwrap_or_else(|| "Allow".to_owned());
            if !action.eq_ignore_ascii_case("Deny") {
                members.push(member("networkAcls.defaultAction", action, "Deny"));
            }
        }
        rules.insert("defaultAction".to_owned(), json!("Deny"));
        let bypass = account.bypass.clone().unwrap_or_else(|| "None".to_owned());
        if !account.trusts_azure() {
            let to = match bypass.as_str() {
                "None" => "AzureServices".to_owned(),
                others => format!("{others}, AzureServices"),
            };
            members.push(member("networkAcls.bypass", bypass, &to));
            rules.insert("bypass".to_owned(), json!(to));
        }
        let mut admitted = rules
            .get("resourceAccessRules")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let is_admitted = admitted.iter().any(|rule| {
            let named = rule["resourceId"].as_str().unwrap_or_default();
            named.eq_ignore_ascii_case(vault.as_str())
        });
        if !is_admitted {
            let now = match admitted.len() {
                0 => "no resource instance".to_owned(),
                1 => "1 resource instance".to_owned(),
                count => format!("{count} resource instances"),
            };
            let to = format!("and the Backup vault {}", vault.name());
            members.push(member("networkAcls.resourceAccessRules", now, &to));
            admitted.push(json!({ "tenantId": tenant, "resourceId": vault }));
        }
        rules.insert("resourceAccessRules".to_owned(), admitted.into());
        properties["networkAcls"] = rules.into();
        Self { properties, members }
    }

    /// The body of the `PATCH`.
    pub fn body(&self) -> Value {
        json!({ "properties": self.properties })
    }
}

fn member(name: &'static str, from: impl Into<String>, to: &str) -> ChangedMember {
    ChangedMember {
        name,
        from: from.into(),
        to: to.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(properties: Value) -> StorageAccount {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta";
        let account = json!({ "id": id, "properties": properties });
        serde_json::from_value(account).expect("an account")
    }

    fn vault() -> ResourceId {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
        id.parse().expect("an id")
    }

    fn told(change: &AccountChange) -> Vec<String> {
        let members = change.members.iter();
        members
            .map(|member| format!("{}: {} → {}", member.name, member.from, member.to))
            .collect()
    }

    #[test]
    fn a_change_names_what_it_is_and_what_it_will_be() {
        let closed = account(json!({ "allowCrossTenantReplication": false, "allowedCopyScope": "AAD" }));
        let change = AccountChange::replicate_across_tenants(&closed);
        assert_eq!(
            change.body(),
            json!({ "properties": { "allowCrossTenantReplication": true } })
        );
        assert_eq!(told(&change), ["allowCrossTenantReplication: false → true"]);
        let change = AccountChange::replicate_across_tenants(&account(json!({})));
        assert_eq!(
            told(&change),
            ["allowCrossTenantReplication: not set, which means false → true"]
        );
        let change = AccountChange::copy_from_anywhere(&closed);
        assert_eq!(
            change.body(),
            json!({ "properties": { "allowedCopyScope": "All" } })
        );
        assert_eq!(told(&change), ["allowedCopyScope: AAD → All"]);
    }

    #[test]
    fn a_vault_is_let_in_beside_all_who_are() {
        let ip = json!([{ "value": "198.51.100.7", "action": "Allow" }]);
        let other = json!({ "tenantId": "t", "resourceId": "/subscriptions/s/other" });
        let denying = account(json!({ "networkAcls": {
            "defaultAction": "Deny", "bypass": "Logging", "ipRules": ip, "virtualNetworkRules": [], "resourceAccessRules": [other],
        } }));
        let change = AccountChange::admit(&denying, &vault(), "t");
        assert_eq!(
            change.body()["properties"],
            json!({ "networkAcls": {
                "defaultAction": "Deny", "bypass": "Logging, AzureServices", "ipRules": ip, "virtualNetworkRules": [],
                "resourceAccessRules": [other, { "tenantId": "t", "resourceId": vault() }],
            } })
        );
        assert_eq!(
            told(&change),
            [
                "networkAcls.bypass: Logging → Logging, AzureServices",
                "networkAcls.resourceAccessRules: 1 resource instance → and the Backup vault bv",
            ]
        );
    }

    #[test]
    fn what_was_closed_for_all_does_not_come_open_for_all() {
        let closed = account(
            json!({ "publicNetworkAccess": "Disabled", "networkAcls": { "defaultAction": "Allow", "bypass": "AzureServices" } }),
        );
        let change = AccountChange::admit(&closed, &vault(), "t");
        let properties = change.body()["properties"].clone();
        assert_eq!(properties["publicNetworkAccess"], "Enabled");
        assert_eq!(properties["networkAcls"]["defaultAction"], "Deny");
        assert_eq!(change.members.len(), 3, "{change:?}");
    }
}
