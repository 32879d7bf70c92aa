//! Storage accounts that do and do not take backups and restored files (reference C1, C3, G6).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{DEVELOPMENT, PRODUCTION};
use crate::{
    storage::{ACCOUNT_TYPE, containers},
    timestamps::with_z,
    world::World,
};

/// What tells one account from another.
struct Account {
    subscription: &'static str,
    group: &'static str,
    name: &'static str,
    location: &'static str,
    kind: &'static str,
    sku: &'static str,
    allows_keys: bool,
    crosses_tenants: bool,
    is_open: bool,
    /// From where blobs may be copied to it; `None` from anywhere.
    copy_scope: Option<&'static str>,
    /// For how long its SAS may last, as `d.hh:mm:ss`.
    sas_period: Option<&'static str>,
    age_days: i64,
    /// Name and how many hours ago each container was last changed.
    containers: &'static [(&'static str, i64)],
}

/// An account that takes backups and restored files, from which the others differ.
const USUAL: Account = Account {
    subscription: PRODUCTION,
    group: "rg-commerce-prod",
    name: "stcommercebackup",
    location: "westeurope",
    kind: "StorageV2",
    sku: "Standard_ZRS",
    allows_keys: true,
    crosses_tenants: true,
    is_open: true,
    copy_scope: None,
    sas_period: None,
    age_days: 390,
    containers: &[("ltr-catalog", 2300), ("ltr-orders", 700), ("restored-files", 95)],
};

const ACCOUNTS: [Account; 5] = [
    USUAL,
    // Takes no SAS that is signed with a key, and copies only from its own tenant.
    Account {
        group: "rg-billing-prod",
        name: "stbillingkeyless",
        sku: "Standard_GRS",
        allows_keys: false,
        copy_scope: Some("AAD"),
        age_days: 610,
        containers: &[("ltr-billing", 1400)],
        ..USUAL
    },
    // Behind a firewall, and as new accounts are by default: not across tenants.
    Account {
        group: "rg-insights",
        name: "stinsightsarchive",
        location: "northeurope",
        crosses_tenants: false,
        is_open: false,
        age_days: 280,
        containers: &[("archive", 40)],
        ..USUAL
    },
    // Has no blobs at all.
    Account {
        group: "rg-hr",
        name: "stpeoplefiles",
        location: "germanywestcentral",
        kind: "FileStorage",
        sku: "Premium_LRS",
        crosses_tenants: false,
        age_days: 900,
        containers: &[],
        ..USUAL
    },
    // Without a container yet, and with a policy on SAS.
    Account {
        subscription: DEVELOPMENT,
        group: "rg-dev",
        name: "stdevscratch",
        sku: "Standard_LRS",
        sas_period: Some("0.08:00:00"),
        age_days: 20,
        containers: &[],
        ..USUAL
    },
];

impl Account {
    fn id(&self) -> String {
        let (subscription, group, name) = (self.subscription, self.group, self.name);
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{ACCOUNT_TYPE}/{name}")
    }

    /// The document in the recorded order of its keys; absent members mean the default.
    fn document(&self, now: Timestamp) -> Value {
        let created = with_z(now - TimeDelta::days(self.age_days));
        let mut properties = json!({
            "keyCreationTime": { "key1": created, "key2": created },
            "allowCrossTenantReplication": self.crosses_tenants,
            "privateEndpointConnections": [],
            "minimumTlsVersion": "TLS1_2",
            "allowBlobPublicAccess": false,
            "networkAcls": {
                "ipv6Rules": [],
                "bypass": if self.is_open { "AzureServices" } else { "None" },
                "virtualNetworkRules": [],
                "ipRules": [],
                "defaultAction": if self.is_open { "Allow" } else { "Deny" },
            },
            "supportsHttpsTrafficOnly": true,
            "provisioningState": "Succeeded",
            "creationTime": created,
            "primaryEndpoints": self.endpoints(),
            "primaryLocation": self.location,
            "statusOfPrimary": "available",
        });
        if !self.allows_keys {
            properties["allowSharedKeyAccess"] = json!(false);
        }
        if let Some(scope) = self.copy_scope {
            properties["allowedCopyScope"] = json!(scope);
        }
        if let Some(period) = self.sas_period {
            properties["sasPolicy"] = json!({ "sasExpirationPeriod": period, "expirationAction": "Log" });
        }
        json!({
            "sku": { "name": self.sku, "tier": self.sku.split('_').next() },
            "kind": self.kind,
            "id": self.id(),
            "name": self.name,
            "type": ACCOUNT_TYPE,
            "location": self.location,
            "tags": {},
            "properties": properties,
        })
    }

    fn endpoints(&self) -> Value {
        let at = |service: &str| format!("https://{}.{service}.core.windows.net/", self.name);
        if self.kind == "FileStorage" {
            return json!({ "file": at("file") });
        }
        json!({
            "dfs": at("dfs"),
            "web": format!("https://{}.z6.web.core.windows.net/", self.name),
            "blob": at("blob"),
            "queue": at("queue"),
            "table": at("table"),
            "file": at("file"),
        })
    }
}

pub(super) fn fill(world: &mut World, now: Timestamp) {
    for account in &ACCOUNTS {
        world.put(account.document(now));
        for (name, hours) in account.containers {
            world.put(containers::document(
                &account.id(),
                name,
                now - TimeDelta::hours(*hours),
            ));
        }
    }
}
