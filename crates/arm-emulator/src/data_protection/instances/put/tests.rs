use arm_core::Method;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::{
    Fault, FaultKind, RequestMatcher,
    data_protection::testing::{
        INSTANCE, VERSION, billing, commerce, get, grant_orders, instance_of, orders, protect_orders,
        refused, send, server, state, weekly,
    },
    testing::{ORDERS, Rig, body},
};

fn path() -> String {
    format!("{}/backupInstances/{INSTANCE}", commerce())
}

fn sent() -> Value {
    json!({ "name": INSTANCE, "type": "Microsoft.DataProtection/backupvaults/backupInstances", "properties": orders() })
}

fn states(rig: &mut Rig) -> (Value, Value, Value) {
    let properties = get(rig, &path())["properties"].clone();
    (
        properties["provisioningState"].clone(),
        properties["protectionStatus"]["status"].clone(),
        properties["currentProtectionState"].clone(),
    )
}

#[test]
fn what_cannot_be_written_is_refused_and_nothing_changes() {
    let mut elsewhere = sent();
    elsewhere["properties"] = instance_of(&server("rg-billing-prod", "pg-billing-prod"), &weekly());
    for (rig, path, sent, status, code) in [
        (Rig::as_reader(), path(), sent(), 403, "AuthorizationFailed"),
        (
            Rig::new(),
            path().replace("bv-commerce", "bv-none"),
            sent(),
            404,
            "ResourceNotFound",
        ),
        (Rig::new(), path(), json!([]), 400, "InvalidRequestContent"),
        (Rig::new(), path(), json!({}), 400, "BMSUserErrorInvalidInput"),
        (
            Rig::new(),
            path(),
            elsewhere,
            400,
            "UserErrorDppDatasourceAlreadyProtected",
        ),
        (Rig::new(), billing(), sent(), 400, "BMSUserErrorInvalidInput"),
    ] {
        let mut rig = rig;
        let answer = refused(&mut rig, Method::Put, &path, &sent);
        assert_eq!(answer, (status, code.to_owned()), "{path}");
    }
}

#[test]
fn an_instance_is_protected_only_some_time_after_its_operation_has_ended() {
    let mut rig = Rig::new();
    grant_orders(&mut rig);
    let begun = send(&mut rig, Method::Put, &path(), &sent());
    assert_eq!(begun.status, 201, "{}", begun.body);
    assert_eq!(begun.headers.get("Location"), None);
    assert_eq!(begun.headers.get("Retry-After"), Some("15"));
    assert_snapshot!(format!("{:#}", body(&begun)), @r#"
    {
      "properties": {
        "friendlyName": "pg-orders-prod-857d23b1-c679-4c94-ade6-c4d34635e149",
        "dataSourceInfo": {
          "resourceID": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod",
          "resourceUri": "",
          "datasourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
          "resourceName": "pg-orders-prod",
          "resourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
          "resourceLocation": "westeurope",
          "objectType": "Datasource"
        },
        "dataSourceSetInfo": {
          "resourceID": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod",
          "resourceUri": "",
          "datasourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
          "resourceName": "pg-orders-prod",
          "resourceType": "Microsoft.DBforPostgreSQL/flexibleServers",
          "resourceLocation": "westeurope",
          "objectType": "DatasourceSet"
        },
        "policyInfo": {
          "policyId": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu/backupPolicies/pgflex-weekly",
          "policyVersion": ""
        },
        "protectionStatus": {
          "status": "ConfiguringProtection"
        },
        "currentProtectionState": "ConfiguringProtection",
        "provisioningState": "Provisioning",
        "objectType": "BackupInstance"
      },
      "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu/backupInstances/pg-orders-prod-857d23b1-c679-4c94-ade6-c4d34635e149",
      "name": "pg-orders-prod-857d23b1-c679-4c94-ade6-c4d34635e149",
      "type": "Microsoft.DataProtection/backupVaults/backupInstances"
    }
    "#);
    let (configuring, configured) = (json!("ConfiguringProtection"), json!("ProtectionConfigured"));
    for (wait, operation, provisioning, expected) in [
        (0, "Inprogress", "Provisioning", &configuring),
        (2, "Succeeded", "Succeeded", &configuring),
        (39, "Succeeded", "Succeeded", &configuring),
        (1, "Succeeded", "Succeeded", &configured),
    ] {
        rig.wait(wait);
        assert_eq!(state(&mut rig, &begun)["status"], operation, "{wait}");
        let expected = (json!(provisioning), expected.clone(), expected.clone());
        assert_eq!(states(&mut rig), expected, "{wait}");
    }
    let found = get(
        &mut rig,
        &format!("{ORDERS}/providers/Microsoft.DataProtection/backupInstances"),
    );
    assert_eq!(found["value"][0]["name"], INSTANCE, "{found}");
}

#[test]
fn without_roles_an_instance_ends_in_its_error() {
    let mut rig = Rig::new();
    let begun = send(&mut rig, Method::Put, &path(), &sent());
    rig.wait(60);
    assert_eq!(
        state(&mut rig, &begun)["status"],
        "Succeeded",
        "the operation knows nothing of it"
    );
    let instance = get(&mut rig, &path());
    let properties = &instance["properties"];
    assert_eq!(
        properties["protectionStatus"]["status"], "ConfiguringProtectionFailed",
        "{instance}"
    );
    assert_eq!(
        properties["protectionStatus"]["errorDetails"]["code"],
        "UserErrorMissingRequiredPermissions"
    );
    // Once the roles are there the same request protects it.
    grant_orders(&mut rig);
    assert_eq!(send(&mut rig, Method::Put, &path(), &sent()).status, 200);
    rig.wait(60);
    let instance = get(&mut rig, &path());
    assert_eq!(
        instance["properties"]["currentProtectionState"], "ProtectionConfigured",
        "{instance}"
    );
    assert_eq!(
        instance["properties"].get("protectionErrorDetails"),
        None,
        "{instance}"
    );
}

#[test]
fn the_oddities_of_the_documents_are_taken() {
    let mut rig = Rig::new();
    grant_orders(&mut rig);
    let mut odd = sent();
    // Outside of the properties, another key, another case (reference B11).
    odd["properties"]
        .as_object_mut()
        .map(|members| members.shift_remove("objectType"));
    odd["objectType"] = json!("BackupInstance");
    odd["properties"]["dataSourceInfo"]
        .as_object_mut()
        .map(|members| members.shift_remove("resourceID"));
    odd["properties"]["dataSourceInfo"]["resourceId"] = json!(ORDERS);
    odd["properties"]["dataSourceSetInfo"] = Value::Null;
    let shouted = path()
        .replace("/subscriptions/", "/Subscriptions/")
        .replace("resourceGroups", "resourcegroups");
    let begun = send(&mut rig, Method::Put, &shouted, &odd);
    assert_eq!(begun.status, 201, "{}", begun.body);
    let answered = body(&begun);
    assert_eq!(
        answered["properties"]["dataSourceInfo"]["resourceID"], ORDERS,
        "{answered}"
    );
    assert_eq!(
        answered["type"],
        "Microsoft.DataProtection/backupVaults/backupInstances"
    );
    assert_eq!(answered["id"], path());
}

#[test]
fn another_policy_can_be_taken_and_another_datasource_cannot() {
    let mut rig = Rig::new();
    let path = protect_orders(&mut rig);
    let mut changed = sent();
    changed["properties"]["policyInfo"]["policyId"] = json!(weekly().replace("weekly", "long-term"));
    let begun = send(&mut rig, Method::Put, &path, &changed);
    assert_eq!(begun.status, 200, "{}", begun.body);
    rig.wait(60);
    let instance = get(&mut rig, &path);
    assert_eq!(
        instance["properties"]["policyInfo"],
        changed["properties"]["policyInfo"]
    );
    assert_eq!(
        instance["properties"]["currentProtectionState"],
        "ProtectionConfigured"
    );
    let mut other = sent();
    other["properties"]["dataSourceInfo"]["resourceID"] = json!(ORDERS.replace("orders", "catalog"));
    let answer = refused(&mut rig, Method::Put, &path, &other);
    assert_eq!(answer, (400, "BMSUserErrorInvalidInput".to_owned()));
}

#[test]
fn an_operation_that_fails_leaves_everything_as_it_was() {
    let mut rig = Rig::new();
    grant_orders(&mut rig);
    rig.world.faults().inject(Fault {
        matching: RequestMatcher::default(),
        kind: FaultKind::FailOperation {
            code: "CloudInternalError".to_owned(),
            message: "Words.".to_owned(),
        },
        times: 1,
    });
    let begun = send(&mut rig, Method::Put, &path(), &sent());
    rig.wait(60);
    let ended = state(&mut rig, &begun);
    assert_eq!(
        (&ended["status"], &ended["error"]["code"]),
        (&json!("Failed"), &json!("CloudInternalError"))
    );
    assert_eq!(rig.send(Method::Get, &path(), VERSION).status, 404);
}

#[test]
fn the_secret_of_a_database_is_kept_by_its_address_alone() {
    let mut rig = Rig::new();
    let uri = "https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup";
    let properties = crate::data_protection::testing::instance_of_database("crm", uri);
    let path = format!("{}/backupInstances/pgs-legacy-crm-1", commerce());
    assert_eq!(
        send(&mut rig, Method::Put, &path, &json!({ "properties": properties })).status,
        201
    );
    rig.wait(60);
    let instance = get(&mut rig, &path);
    assert_eq!(
        instance["properties"]["currentProtectionState"], "ProtectionConfigured",
        "{instance}"
    );
    let store = &instance["properties"]["datasourceAuthCredentials"]["secretStoreResource"];
    assert_eq!(
        store,
        &json!({ "secretStoreType": "AzureKeyVault", "uri": uri, "value": null })
    );
}
