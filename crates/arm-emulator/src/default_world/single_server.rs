//! A legacy single server with databases, and the key vaults with their credentials (reference G1, G3).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::PRODUCTION;
use crate::{
    directory::{COMMERCE_VAULT, TENANT_ID},
    key_vault::{KEY_VAULT_TYPE, SECRET_TYPE},
    postgres::single_servers::{DATABASE_TYPE, SINGLE_SERVER_TYPE},
    timestamps::with_offset,
    world::World,
};

pub(super) const NAME: &str = "pgs-legacy";
pub(super) const ID: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy";

const DATABASES: [&str; 6] = [
    "azure_maintenance",
    "azure_sys",
    "crm",
    "invoices",
    "payroll",
    "postgres",
];

pub(super) fn fill(world: &mut World, now: Timestamp) {
    world.put(server(now));
    for name in DATABASES {
        world.put(json!({
            "properties": { "charset": "UTF8", "collation": "English_United States.1252" },
            "id": format!("{ID}/databases/{name}"),
            "name": name,
            "type": DATABASE_TYPE,
        }));
    }
    let policy = json!({
        "tenantId": TENANT_ID,
        "objectId": COMMERCE_VAULT,
        "permissions": { "keys": [], "secrets": ["Get", "List"], "certificates": [] },
    });
    key_vault(
        world,
        "kv-commerce-prod",
        false,
        &json!([policy]),
        &["pgs-legacy-backup", "smtp-password"],
        now,
    );
    // Goes by roles, and the vault has none there.
    key_vault(
        world,
        "kv-platform-prod",
        true,
        &json!([]),
        &["pgs-legacy-crm"],
        now,
    );
}

fn server(now: Timestamp) -> Value {
    json!({
        "sku": { "name": "GP_Gen5_2", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2 },
        "properties": {
            "administratorLogin": "pgadmin",
            "storageProfile": {
                "storageMB": 131_072,
                "backupRetentionDays": 7,
                "geoRedundantBackup": "Disabled",
                "storageAutogrow": "Enabled",
            },
            "version": "11",
            "sslEnforcement": "Enabled",
            "minimalTlsVersion": "TLS1_2",
            "userVisibleState": "Ready",
            "fullyQualifiedDomainName": format!("{NAME}.postgres.database.azure.com"),
            "earliestRestoreDate": with_offset(now - TimeDelta::days(7)),
            "replicationRole": "None",
            "replicaCapacity": 5,
            "masterServerId": "",
            "byokEnforcement": "Disabled",
            "infrastructureEncryption": "Disabled",
            "publicNetworkAccess": "Enabled",
            "privateEndpointConnections": [],
        },
        "location": "westeurope",
        "tags": { "team": "billing" },
        "id": ID,
        "name": NAME,
        "type": SINGLE_SERVER_TYPE,
    })
}

fn key_vault(
    world: &mut World,
    name: &str,
    goes_by_roles: bool,
    policies: &Value,
    secrets: &[&str],
    now: Timestamp,
) {
    let id = format!(
        "/subscriptions/{PRODUCTION}/resourceGroups/rg-backup-prod/providers/{KEY_VAULT_TYPE}/{name}"
    );
    let created = (now - TimeDelta::days(300)).timestamp();
    for secret in secrets {
        let uri = format!("https://{name}.vault.azure.net/secrets/{secret}");
        world.put(json!({
            "id": format!("{id}/secrets/{secret}"),
            "name": secret,
            "type": SECRET_TYPE,
            "location": "westeurope",
            "properties": {
                "attributes": { "enabled": true, "created": created, "updated": created },
                "secretUri": uri,
                "secretUriWithVersion": format!("{uri}/6f1e7d0c4b3a42d59e8f7061524334aa"),
            },
        }));
    }
    world.put(json!({
        "id": id,
        "name": name,
        "type": KEY_VAULT_TYPE,
        "location": "westeurope",
        "tags": {},
        "properties": {
            "sku": { "family": "A", "name": "Standard" },
            "tenantId": TENANT_ID,
            "networkAcls": { "bypass": "AzureServices", "defaultAction": "Allow", "ipRules": [], "virtualNetworkRules": [] },
            "accessPolicies": policies,
            "enabledForDeployment": false,
            "enabledForDiskEncryption": false,
            "enabledForTemplateDeployment": false,
            "enableSoftDelete": true,
            "softDeleteRetentionInDays": 90,
            "enableRbacAuthorization": goes_by_roles,
            "vaultUri": format!("https://{name}.vault.azure.net/"),
            "provisioningState": "Succeeded",
            "publicNetworkAccess": "Enabled",
        },
    }));
}
