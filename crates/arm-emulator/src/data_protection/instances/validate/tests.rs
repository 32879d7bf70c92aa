use arm_core::Method;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{
    data_protection::testing::{
        FIRST_VERSION, commerce, grant_orders, instance_of, instance_of_database, orders, refused, send,
        send_as, server, state, vault, weekly,
    },
    testing::{ORDERS, Rig, body, shown, sibling},
};

fn path() -> String {
    format!("{}/validateForBackup", commerce())
}

fn validation(instance: &Value) -> Value {
    json!({ "backupInstance": instance })
}

/// Validates and gives the code and the exact words of what is told at the end; empty for a success.
fn told(rig: &mut Rig, vault: &str, instance: &Value) -> (String, String) {
    let begun = send(
        rig,
        Method::Post,
        &format!("{vault}/validateForBackup"),
        &validation(instance),
    );
    assert_eq!((begun.status, begun.body.as_str()), (202, ""), "{instance}");
    assert_eq!(state(rig, &begun)["status"], "Inprogress");
    rig.wait(40);
    let ended = state(rig, &begun);
    let text = |pointer: &str| {
        ended
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let expected = if ended.get("error").is_some() {
        "Failed"
    } else {
        "Succeeded"
    };
    assert_eq!(ended["status"], expected, "{ended}");
    let words = text("/error/additionalInfo/0/info/innerError/additionalInfo/DetailedNonLocalisedMessage");
    (text("/error/code"), words)
}

#[test]
fn what_is_wrong_at_once_is_refused_with_400() {
    let mut unknown_policy = orders();
    unknown_policy["policyInfo"]["policyId"] = json!(weekly().replace("pgflex-weekly", "none"));
    let mut other_vaults_policy = orders();
    other_vaults_policy["policyInfo"]["policyId"] = json!(format!(
        "{}/backupPolicies/pgflex-weekly",
        vault("bv-insights-neu")
    ));
    let mut for_databases = orders();
    for_databases["policyInfo"]["policyId"] = json!(weekly().replace("pgflex", "pgsingle"));
    let mut a_disk = orders();
    a_disk["dataSourceInfo"]["datasourceType"] = json!("Microsoft.Compute/disks");
    let billing = instance_of(&server("RG-billing-prod", "PG-billing-prod"), &weekly());
    for (instance, code) in [
        (json!({}), "BMSUserErrorInvalidInput"),
        (a_disk, "BMSUserErrorInvalidInput"),
        (for_databases, "BMSUserErrorInvalidInput"),
        (unknown_policy, "UserErrorDppPolicyObjectNotFound"),
        (other_vaults_policy, "UserErrorDppPolicyObjectNotFound"),
        (billing, "UserErrorDppDatasourceAlreadyProtected"),
    ] {
        let answer = refused(&mut Rig::new(), Method::Post, &path(), &validation(&instance));
        assert_eq!(answer, (400, code.to_owned()), "{instance}");
    }
    let mut reader = Rig::as_reader();
    let answer = refused(&mut reader, Method::Post, &path(), &validation(&orders()));
    assert_eq!(answer, (403, "AuthorizationFailed".to_owned()));
}

#[test]
fn a_datasource_that_is_protected_already_is_refused_in_the_documents_words() {
    let mut rig = Rig::new();
    let billing = instance_of(&server("rg-billing-prod", "pg-billing-prod"), &weekly());
    let mut answer = body(&send(&mut rig, Method::Post, &path(), &validation(&billing)));
    let activity = &mut answer["error"]["additionalInfo"][0]["info"]["properties"]["ActivityId"];
    assert_eq!(activity.as_str().map(str::len), Some(36), "{activity}");
    *activity = json!("…");
    assert_snapshot!(format!("{answer:#}"), @r#"
    {
      "error": {
        "additionalInfo": [
          {
            "type": "UserFacingError",
            "info": {
              "message": "Datasource is already protected under the Backup vault /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu.",
              "recommendedAction": [
                "Delete the backup instance pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101 from the Backup vault /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu to re-protect the datasource in any other vault."
              ],
              "details": null,
              "code": "UserErrorDppDatasourceAlreadyProtected",
              "target": "",
              "innerError": null,
              "isRetryable": false,
              "isUserError": false,
              "properties": {
                "ActivityId": "…"
              }
            }
          }
        ],
        "code": "UserErrorDppDatasourceAlreadyProtected",
        "message": "Datasource is already protected under the Backup vault /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu.",
        "target": null,
        "details": null
      }
    }
    "#);
}

#[test]
fn missing_roles_are_told_at_the_end_in_the_documents_words() {
    let mut rig = Rig::new();
    let begun = send_as(
        &mut rig,
        Method::Post,
        &path(),
        FIRST_VERSION,
        &validation(&orders()),
    );
    assert_snapshot!(shown(&begun), @r"
    202
    Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/ZjQ1YzBjYmEtOWM1Ni00NWU3LWE1N2ItNDQ1ZjFmZjgyYmM3O2ZiNGYwYmI2LWYwMjUtNDk0OC05ZDgxLTc4OGE1YzJlZjY3Zg==?api-version=2021-01-01&t=…&c=…&s=…&h=…
    Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DataProtection/locations/westeurope/operationResults/ZjQ1YzBjYmEtOWM1Ni00NWU3LWE1N2ItNDQ1ZjFmZjgyYmM3O2ZiNGYwYmI2LWYwMjUtNDk0OC05ZDgxLTc4OGE1YzJlZjY3Zg==?api-version=2021-01-01&t=…&c=…&s=…&h=…
    Retry-After: 10
    ");
    let mut running = state(&mut rig, &begun);
    running["id"] = json!("…");
    running["name"] = json!("…");
    assert_snapshot!(running.to_string(), @r#"{"id":"…","name":"…","status":"Inprogress","startTime":"2026-03-01T12:00:00.0000000Z","endTime":"0001-01-01T00:00:00"}"#);
    rig.wait(32);
    let mut ended = state(&mut rig, &begun);
    ended["id"] = json!("…");
    ended["name"] = json!("…");
    ended["error"]["additionalInfo"][0]["info"]["properties"]["ActivityId"] = json!("…");
    assert_snapshot!(format!("{ended:#}"), @r#"
    {
      "id": "…",
      "name": "…",
      "status": "Failed",
      "error": {
        "additionalInfo": [
          {
            "type": "UserFacingError",
            "info": {
              "message": "Appropriate permissions to perform the operation is missing.",
              "recommendedAction": [
                "Grant appropriate permissions to perform this operation as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation."
              ],
              "code": "UserErrorMissingRequiredPermissions",
              "target": "",
              "innerError": {
                "code": "UserErrorMissingRequiredPermissions",
                "additionalInfo": {
                  "DetailedNonLocalisedMessage": "Validate for Protection failed. Exception Message: The client '5e1f0001-0000-4000-8000-0000000000a1' with object id '5e1f0001-0000-4000-8000-0000000000a1' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/providers/Microsoft.Authorization' or the scope is invalid. If access was recently granted, please refresh your credentials."
                }
              },
              "isRetryable": false,
              "isUserError": false,
              "properties": {
                "ActivityId": "…"
              }
            }
          }
        ],
        "code": "UserErrorMissingRequiredPermissions",
        "message": "Appropriate permissions to perform the operation is missing."
      },
      "startTime": "2026-03-01T12:00:00.0000000Z",
      "endTime": "2026-03-01T12:00:32Z"
    }
    "#);
}

#[test]
fn the_state_is_below_the_vault_in_newer_versions_and_its_end_has_a_z() {
    let mut rig = Rig::new();
    grant_orders(&mut rig);
    let begun = send(&mut rig, Method::Post, &path(), &validation(&orders()));
    let header = |name: &str| begun.headers.get(name).unwrap_or_default().to_owned();
    let status = header("Azure-AsyncOperation");
    assert!(
        status.contains("/backupVaults/bv-commerce-weu/operationStatus/"),
        "{status}"
    );
    assert!(header("Location").contains("/locations/westeurope/operationResults/"));
    assert!(status.contains("==?api-version=2026-06-01&t="), "{status}");
    assert_eq!(state(&mut rig, &begun)["endTime"], "0001-01-01T00:00:00Z");
    assert_eq!(rig.follow(&header("Location")).status, 202);
    rig.wait(12);
    let ended = state(&mut rig, &begun);
    assert_eq!(
        (&ended["status"], ended.get("properties")),
        (&json!("Succeeded"), None),
        "{ended}"
    );
    assert_eq!(ended["endTime"], "2026-03-01T12:00:12Z", "{ended}");
    let result = body(&rig.follow(&header("Location")));
    assert_eq!(result, json!({ "objectType": "OperationJobExtendedInfo" }));
}

#[test]
fn each_right_that_is_missing_is_named() {
    let mut rig = Rig::new();
    // Its group role is there, Reader on the resource group is not.
    let catalog = instance_of(&sibling("pg-catalog-prod"), &weekly());
    let (code, words) = told(&mut rig, &commerce(), &catalog);
    assert_eq!(code, "UserErrorMissingRequiredPermissions");
    assert!(
        words.contains("'Microsoft.Authorization/roleAssignments/read'"),
        "{words}"
    );
    // Inherited from the subscription and from the group, in another subscription than the vault's.
    let checkout = format!(
        "{}/resourceGroups/rg-dev/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-dev-checkout",
        crate::testing::DEVELOPMENT
    );
    assert_eq!(
        told(&mut rig, &commerce(), &instance_of(&checkout, &weekly())).0,
        ""
    );
    grant_orders(&mut rig);
    assert_eq!(told(&mut rig, &commerce(), &orders()).0, "");
    // With Reader on its group the catalogue lacks nothing more.
    assert_eq!(told(&mut rig, &commerce(), &catalog).0, "");
    // A server beside it has no role of its own.
    let (_, words) = told(
        &mut rig,
        &commerce(),
        &instance_of(&sibling("pg-loyalty-new"), &weekly()),
    );
    assert!(
        words.contains("'Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action'"),
        "{words}"
    );
}

#[test]
fn roles_given_just_now_count_once_they_have_spread() {
    let mut rig = Rig::new();
    rig.world.switches().role_delay = 300;
    grant_orders(&mut rig);
    assert_eq!(
        told(&mut rig, &commerce(), &orders()).0,
        "UserErrorMissingRequiredPermissions"
    );
    rig.wait(300);
    assert_eq!(told(&mut rig, &commerce(), &orders()).0, "");
}

/// Changes a document of the world.
fn change(rig: &mut Rig, id: &str, pointer: &str, value: Value) {
    let document = rig.world.documents.get_mut(&id.to_ascii_lowercase()).expect(id);
    *document.pointer_mut(pointer).expect(pointer) = value;
}

#[test]
fn what_a_server_is_like_can_be_a_reason_too() {
    let subscription = ORDERS.split("/resourceGroups").next().unwrap_or_default();
    let cases: [(&str, &str, Value, &str); 7] = [
        (
            ORDERS,
            "/properties/replicationRole",
            json!("AsyncReplica"),
            "UserErrorReplicaNotSupported",
        ),
        (
            ORDERS,
            "/properties/state",
            json!("Stopped"),
            "PostgreSQLFlexOperationFailedUserError",
        ),
        (
            ORDERS,
            "/properties/storage/storageSizeGB",
            json!(2048),
            "UserErrorDatabaseSizeExceeded",
        ),
        (
            ORDERS,
            "/location",
            json!("North Europe"),
            "UserErrorDppDatasourceRegionMismatch",
        ),
        (
            subscription,
            "/tenantId",
            json!("t"),
            "UserErrorDppDatasourceTenantMismatch",
        ),
        (
            &commerce(),
            "/identity/principalId",
            json!(""),
            "UserErrorVaultIdentityNotEnabled",
        ),
        (ORDERS, "/properties/storage/storageSizeGB", json!(1024), ""),
    ];
    for (id, pointer, value, expected) in cases {
        let mut rig = Rig::new();
        grant_orders(&mut rig);
        change(&mut rig, id, pointer, value);
        assert_eq!(told(&mut rig, &commerce(), &orders()).0, expected, "{pointer}");
    }
    let mut rig = Rig::new();
    grant_orders(&mut rig);
    rig.world.documents.remove(&ORDERS.to_ascii_lowercase());
    // Who may read its group is told that a server is not there.
    assert_eq!(
        told(&mut rig, &commerce(), &orders()).0,
        "UserErrorDppDatasourceNotFound"
    );
}

#[test]
fn a_database_needs_its_server_and_its_secret() {
    let secret = |vault: &str, name: &str| format!("https://{vault}.vault.azure.net/secrets/{name}");
    for (uri, expected) in [
        (secret("kv-commerce-prod", "pgs-legacy-backup"), ""),
        (
            format!("{}/6f1e", secret("kv-commerce-prod", "pgs-legacy-backup")),
            "",
        ),
        (secret("kv-commerce-prod", "none"), "UserErrorInvalidSecret"),
        (
            secret("kv-nowhere", "pgs-legacy-backup"),
            "UserErrorInvalidSecretStore",
        ),
        ("pgs-legacy-backup".to_owned(), "UserErrorInvalidSecretStore"),
        (String::new(), "UserErrorInvalidSecretStore"),
        (
            secret("kv-platform-prod", "pgs-legacy-crm"),
            "UserErrorMissingPermissionsOnSecretStore",
        ),
    ] {
        let mut rig = Rig::new();
        let code = told(&mut rig, &commerce(), &instance_of_database("crm", &uri)).0;
        assert_eq!(code, expected, "{uri}");
    }
    let mut rig = Rig::new();
    let none = instance_of_database("none", &secret("kv-commerce-prod", "pgs-legacy-backup"));
    assert_eq!(
        told(&mut rig, &commerce(), &none).0,
        "UserErrorDppDatasourceNotFound"
    );
}

#[test]
fn a_key_vault_that_goes_by_roles_needs_the_role() {
    let mut rig = Rig::new();
    let key_vault = format!(
        "{}/providers/Microsoft.KeyVault/vaults/kv-platform-prod",
        commerce().split("/providers").next().unwrap_or_default()
    );
    let path = format!(
        "{key_vault}/providers/Microsoft.Authorization/roleAssignments/bbbbbbbb-0000-4000-8000-000000000009"
    );
    let properties = json!({
        "roleDefinitionId": format!("/providers/x/roleDefinitions/{}", crate::authorization::roles::KEY_VAULT_SECRETS_USER),
        "principalId": crate::directory::COMMERCE_VAULT,
    });
    let answered = send_as(
        &mut rig,
        Method::Put,
        &path,
        "2022-04-01",
        &json!({ "properties": properties }),
    );
    assert_eq!(answered.status, 201, "{}", answered.body);
    let uri = "https://kv-platform-prod.vault.azure.net/secrets/pgs-legacy-crm";
    assert_eq!(
        told(&mut rig, &commerce(), &instance_of_database("crm", uri)).0,
        ""
    );
}

#[test]
fn a_soft_deleted_instance_is_in_the_way_in_its_own_vault_only() {
    let metrics = format!(
        "{}/resourceGroups/rg-platform-dev/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-metrics-v2",
        crate::testing::DEVELOPMENT
    );
    let insights = vault("bv-insights-neu");
    let policy = format!("{insights}/backupPolicies/pgflex-weekly");
    let mut rig = Rig::new();
    let answer = refused(
        &mut rig,
        Method::Post,
        &format!("{insights}/validateForBackup"),
        &validation(&instance_of(&metrics, &policy)),
    );
    assert_eq!(
        answer,
        (400, "UserErrorDppDatasourceAlreadySoftDeleted".to_owned())
    );
    // Elsewhere it is the region that is wrong.
    assert_eq!(
        told(&mut rig, &commerce(), &instance_of(&metrics, &weekly())).0,
        "UserErrorMissingRequiredPermissions"
    );
}
