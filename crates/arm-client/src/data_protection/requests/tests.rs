//! The bodies against the documents', which are told here as they stand there, corrected as reference B11 says.

use super::*;
use crate::data_protection::{DatasourceKind, instance_name};

/// The document's ids are cut short; these have their form.
const SUBSCRIPTION: &str = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

fn id(path: &str) -> ResourceId {
    let text = format!("/subscriptions/{SUBSCRIPTION}/{path}");
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn policy(name: &str) -> ResourceId {
    id(&format!(
        "resourceGroups/testBkpVaultRG/providers/Microsoft.DataProtection/backupVaults/testBkpVault/backupPolicies/{name}"
    ))
}

fn flexible_server() -> NewInstance {
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::FlexibleServer,
            id: id(
                "resourcegroups/pgflextest/providers/Microsoft.DBforPostgreSQL/flexibleServers/pgflextestserver",
            ),
            location: "westUS".to_owned(),
        },
        policy: policy("pgflexpol1"),
        secret: None,
    }
}

fn database() -> NewInstance {
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::SingleServerDatabase,
            id: id(
                "resourceGroups/ossdemoRG/providers/Microsoft.DBforPostgreSQL/servers/testpostgresql/databases/empdb11",
            ),
            location: "westUS".to_owned(),
        },
        policy: policy("osspol3"),
        secret: Some("https://testkeyvaulteus.vault.azure.net/secrets/ossdbkey".to_owned()),
    }
}

/// The document's body of a flexible server (S1), with whole subscription ids.
const FLEXIBLE_SERVER: &str = r#"{
  "dataSourceInfo": {
    "resourceID": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourcegroups/pgflextest/providers/Microsoft.DBforPostgreSQL/flexibleServers/pgflextestserver",
    "resourceUri": "",
    "datasourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
    "resourceName": "pgflextestserver",
    "resourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
    "resourceLocation": "westUS",
    "objectType": "Datasource"
  },
  "dataSourceSetInfo": {
    "resourceID": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourcegroups/pgflextest/providers/Microsoft.DBforPostgreSQL/flexibleServers/pgflextestserver",
    "resourceUri": "",
    "datasourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
    "resourceName": "pgflextestserver",
    "resourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
    "resourceLocation": "westUS",
    "objectType": "DatasourceSet"
  },
  "policyInfo": {
    "policyId": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourceGroups/testBkpVaultRG/providers/Microsoft.DataProtection/backupVaults/testBkpVault/backupPolicies/pgflexpol1",
    "policyVersion": ""
  },
  "objectType": "BackupInstance"
}"#;

/// The document's body of a database (S4), plus the credentials that its prose asks for and its body leaves out.
const DATABASE: &str = r#"{
  "dataSourceInfo": {
    "resourceID": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourceGroups/ossdemoRG/providers/Microsoft.DBforPostgreSQL/servers/testpostgresql/databases/empdb11",
    "resourceUri": "",
    "datasourceType": "Microsoft.DBforPostgreSQL/servers/databases",
    "resourceName": "empdb11",
    "resourceType": "Microsoft.DBforPostgreSQL/servers/databases",
    "resourceLocation": "westUS",
    "objectType": "Datasource"
  },
  "dataSourceSetInfo": {
    "resourceID": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourceGroups/ossdemoRG/providers/Microsoft.DBforPostgreSQL/servers/testpostgresql",
    "resourceUri": "",
    "datasourceType": "Microsoft.DBforPostgreSQL/servers/databases",
    "resourceName": "testpostgresql",
    "resourceType": "Microsoft.DBforPostgreSQL/servers",
    "resourceLocation": "westUS",
    "objectType": "DatasourceSet"
  },
  "policyInfo": {
    "policyId": "/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/resourceGroups/testBkpVaultRG/providers/Microsoft.DataProtection/backupVaults/testBkpVault/backupPolicies/osspol3",
    "policyVersion": ""
  },
  "datasourceAuthCredentials": {
    "objectType": "SecretStoreBasedAuthCredentials",
    "secretStoreResource": {
      "secretStoreType": "AzureKeyVault",
      "uri": "https://testkeyvaulteus.vault.azure.net/secrets/ossdbkey",
      "value": null
    }
  },
  "objectType": "BackupInstance"
}"#;

#[test]
fn the_bodies_are_those_of_the_documents_field_by_field() {
    let guid = "857d23b1-c679-4c94-ade6-c4d34635e149";
    for (instance, document, name) in [
        (
            flexible_server(),
            FLEXIBLE_SERVER,
            "pgflextestserver-857d23b1-c679-4c94-ade6-c4d34635e149",
        ),
        (
            database(),
            DATABASE,
            "testpostgresql-empdb11-857d23b1-c679-4c94-ade6-c4d34635e149",
        ),
    ] {
        let document: Value = serde_json::from_str(document).expect(document);
        assert_eq!(validate_body(&instance), json!({ "backupInstance": document }));
        assert_eq!(instance_name(&instance.datasource, guid), name);
        assert_eq!(
            configure_body(name, &instance),
            json!({
                "name": name,
                "type": "Microsoft.DataProtection/backupvaults/backupInstances",
                "properties": document,
            })
        );
    }
}

#[test]
fn an_on_demand_backup_names_its_rule_and_perhaps_a_tag() {
    assert_eq!(
        backup_request("BackupWeekly", None),
        json!({ "backupRuleOptions": { "ruleName": "BackupWeekly", "triggerOption": {} } })
    );
    assert_eq!(
        backup_request("BackupWeekly", Some("Yearly")),
        json!({ "backupRuleOptions": { "ruleName": "BackupWeekly", "triggerOption": { "retentionTagOverride": "Yearly" } } })
    );
}

#[test]
fn a_new_vault_has_an_identity() {
    let vault = NewVault {
        location: "westeurope".to_owned(),
        redundancy: Redundancy::Zone,
        soft_delete: SoftDelete::On,
        soft_delete_days: 14,
        immutability: Immutability::Disabled,
    };
    assert_eq!(
        vault.body(),
        json!({
            "location": "westeurope",
            "identity": { "type": "SystemAssigned" },
            "properties": {
                "storageSettings": [{ "datastoreType": "VaultStore", "type": "ZoneRedundant" }],
                "securitySettings": {
                    "softDeleteSettings": { "state": "On", "retentionDurationInDays": 14.0 },
                    "immutabilitySettings": { "state": "Disabled" },
                },
            },
        })
    );
}
