use arm_core::{Method, Request};
use insta::assert_snapshot;

use super::*;
use crate::{
    Fault, FaultKind, RequestMatcher,
    testing::{DEVELOPMENT, ORDERS, Rig, VERSION, body, shown, sibling, url},
};

fn put(rig: &mut Rig, path: &str, text: &str) -> Response {
    let request = Request::new(Method::Put, url(path, VERSION)).with_body(text);
    rig.request(request).response
}

/// The official minimum, for the newest backup of `pg-orders-prod`.
fn minimum() -> Value {
    json!({
        "location": "westeurope",
        "properties": {
            "createMode": "PointInTimeRestore",
            "sourceServerResourceId": ORDERS,
            "pointInTimeUTC": "2026-02-28T10:00:00Z",
        },
    })
}

/// The minimum with one member that says something else; null takes it away.
fn with(pointer: &str, value: Value) -> String {
    let mut body = minimum();
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(Value::Object(members)) = body.pointer_mut(parent) {
        members.insert(name.to_owned(), value);
    }
    body.to_string()
}

fn check_refused(mut rig: Rig, path: &str, text: &str, status: u16, code: &str) {
    let before = rig.contents();
    let response = put(&mut rig, path, text);
    let answer = body(&response)["error"]["code"].clone();
    assert_eq!(
        (response.status, answer),
        (status, code.into()),
        "{path} {text}: {}",
        response.body
    );
    assert_eq!(rig.contents(), before, "{path} {text}");
}

#[test]
fn what_cannot_be_restored_is_refused() {
    let new = sibling("pg-orders-restored");
    let minimum = minimum().to_string();
    check_refused(Rig::as_reader(), &new, &minimum, 403, "AuthorizationFailed");
    let elsewhere = new.replace("rg-commerce-prod", "rg-nowhere");
    check_refused(Rig::new(), &elsewhere, &minimum, 404, "ResourceGroupNotFound");
    for text in ["", "{", "[]", "null"] {
        check_refused(Rig::new(), &new, text, 400, "InvalidRequestContent");
    }
    for name in ["pg", "PG-new", "pg-", "-pg-new", "pg_new", &"p".repeat(64)] {
        check_refused(Rig::new(), &sibling(name), &minimum, 400, "InvalidParameterValue");
    }
    for name in ["pg-orders-prod", "pg-catalog-prod", "pg-dev-checkout"] {
        check_refused(
            Rig::new(),
            &sibling(name),
            &minimum,
            409,
            "ServerNameAlreadyExists",
        );
    }
    let replica = sibling("pg-orders-ro-1");
    let busy = sibling("pg-loyalty-new");
    for (pointer, value, status, code) in [
        ("/location", Value::Null, 400, "LocationRequired"),
        ("/location", json!("northeurope"), 400, "InvalidParameterValue"),
        (
            "/properties/sourceServerResourceId",
            Value::Null,
            400,
            "InvalidParameterValue",
        ),
        (
            "/properties/sourceServerResourceId",
            json!("pg-orders-prod"),
            400,
            "InvalidParameterValue",
        ),
        (
            "/properties/sourceServerResourceId",
            json!(sibling("pg-nowhere")),
            404,
            "ResourceNotFound",
        ),
        (
            "/properties/sourceServerResourceId",
            json!(busy),
            409,
            "ServerBusy",
        ),
        (
            "/properties/sourceServerResourceId",
            json!(replica),
            400,
            "InvalidParameterValue",
        ),
        (
            "/properties/pointInTimeUTC",
            Value::Null,
            400,
            "InvalidParameterValue",
        ),
        (
            "/properties/pointInTimeUTC",
            json!("yesterday"),
            400,
            "InvalidParameterValue",
        ),
        (
            "/properties/pointInTimeUTC",
            json!("2026-01-01T00:00:00Z"),
            400,
            "InvalidParameterValue",
        ),
        (
            "/properties/pointInTimeUTC",
            json!("2026-03-01T12:00:01Z"),
            400,
            "InvalidParameterValue",
        ),
        ("/properties/version", json!("17"), 400, "InvalidParameterValue"),
        (
            "/properties/network",
            json!({ "publicNetworkAccess": "Disabled" }),
            400,
            "InvalidParameterValue",
        ),
        ("/properties/createMode", Value::Null, 501, "NotImplemented"),
        (
            "/properties/createMode",
            json!("GeoRestore"),
            501,
            "NotImplemented",
        ),
    ] {
        check_refused(Rig::new(), &new, &with(pointer, value), status, code);
    }
}

#[test]
fn a_refusal_names_the_window() {
    let mut rig = Rig::new();
    let text = with("/properties/pointInTimeUTC", json!("2026-01-01T00:00:00Z"));
    let answer = body(&put(&mut rig, &sibling("pg-orders-restored"), &text));
    let earliest = body(&rig.get(ORDERS))["properties"]["backup"]["earliestRestoreDate"].clone();
    let expected = format!(
        "Invalid value given for parameter 'pointInTimeUTC'. Specify a moment between {} and now.",
        earliest.as_str().unwrap_or_default()
    );
    assert_eq!(answer["error"]["message"], expected.as_str());
}

#[test]
fn a_server_is_provisioning_and_then_ready() {
    let mut rig = Rig::new();
    let path = sibling("pg-orders-restored");
    let begun = put(&mut rig, &path, &minimum().to_string());
    assert_snapshot!(shown(&begun), @r#"
    202
    Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/azureAsyncOperation/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
    Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/operationResults/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
    Retry-After: 60
    {
      "operation": "RestoreSnapshotManagementOperation",
      "startTime": "2026-03-01T12:00:00Z"
    }
    "#);
    assert_eq!(body(&rig.get(&path))["properties"]["state"], "Provisioning");
    assert_eq!(rig.send(Method::Delete, &path, VERSION).status, 409);

    rig.wait(600);
    assert_snapshot!(shown(&rig.get(&path)), @r#"
    200
    {
      "sku": {
        "name": "Standard_D4ds_v5",
        "tier": "GeneralPurpose"
      },
      "systemData": {
        "createdAt": "2026-03-01T12:10:00.0000000Z"
      },
      "properties": {
        "replica": {
          "role": "Primary",
          "capacity": 5
        },
        "storage": {
          "type": "",
          "iops": 2300,
          "tier": "P20",
          "storageSizeGB": 512,
          "autoGrow": "Enabled"
        },
        "network": {
          "publicNetworkAccess": "Enabled"
        },
        "dataEncryption": {
          "type": "SystemManaged"
        },
        "authConfig": {
          "activeDirectoryAuth": "Enabled",
          "passwordAuth": "Enabled",
          "tenantId": "72f988bf-0000-4000-8000-00000000c0de"
        },
        "fullyQualifiedDomainName": "pg-orders-restored.postgres.database.azure.com",
        "version": "16",
        "minorVersion": "9",
        "administratorLogin": "pgadmin",
        "state": "Ready",
        "availabilityZone": "1",
        "backup": {
          "backupRetentionDays": 14,
          "geoRedundantBackup": "Disabled"
        },
        "highAvailability": {
          "mode": "Disabled",
          "state": "NotEnabled"
        },
        "maintenanceWindow": {
          "customWindow": "Disabled",
          "dayOfWeek": 0,
          "startHour": 0,
          "startMinute": 0
        },
        "replicationRole": "Primary",
        "replicaCapacity": 5,
        "privateEndpointConnections": []
      },
      "location": "West Europe",
      "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-restored",
      "name": "pg-orders-restored",
      "type": "Microsoft.DBforPostgreSQL/flexibleServers"
    }
    "#);
    let list = format!("{path}/backups");
    assert_eq!(body(&rig.get(&list))["value"], json!([]));
    rig.wait(180);
    let first = body(&rig.get(&list))["value"].clone();
    assert_eq!(
        first[0]["properties"]["completedTime"], "2026-03-01T12:13:00.0000000+00:00",
        "{first}"
    );
    let earliest = body(&rig.get(&path))["properties"]["backup"]["earliestRestoreDate"].clone();
    assert_eq!(earliest, first[0]["properties"]["completedTime"]);
}

#[test]
fn each_listed_backup_can_be_restored_in_another_subscription() {
    let mut rig = Rig::new();
    let backups = body(&rig.get(&format!("{ORDERS}/backups")))["value"].clone();
    let backups = backups.as_array().cloned().unwrap_or_default();
    assert_eq!(backups.len(), 17);
    for (index, backup) in backups.iter().enumerate() {
        let path = format!(
            "{DEVELOPMENT}/resourceGroups/RG-dev/providers/microsoft.dbforpostgresql/FLEXIBLESERVERS/restored-{index}"
        );
        let completed = backup["properties"]["completedTime"].clone();
        let response = put(&mut rig, &path, &with("/properties/pointInTimeUTC", completed));
        assert_eq!(response.status, 202, "{backup}: {}", response.body);
        let id = body(&rig.get(&path))["id"].clone();
        let canonical = path.replace("RG-dev", "rg-dev");
        let canonical = canonical.replace("microsoft.dbforpostgresql/FLEXIBLESERVERS", SERVER_TYPE);
        assert_eq!(id, canonical.as_str());
    }
}

#[test]
fn what_the_command_line_sends_is_taken_over() {
    let mut rig = Rig::new();
    let path = sibling("pg-orders-restored");
    let mut text = minimum();
    text["tags"] = json!({ "team": "tests" });
    text["properties"]["storage"] = json!({});
    text["properties"]["availabilityZone"] = json!("3");
    text["properties"]["network"] = json!({ "publicNetworkAccess": "Enabled" });
    text["properties"]["backup"] = json!({ "geoRedundantBackup": "Enabled" });
    assert_eq!(put(&mut rig, &path, &text.to_string()).status, 202);
    let server = body(&rig.get(&path));
    assert_eq!(server["tags"], json!({ "team": "tests" }), "{server}");
    assert_eq!(server["properties"]["availabilityZone"], "3", "{server}");
    assert_eq!(
        server["properties"]["backup"]["geoRedundantBackup"], "Enabled",
        "{server}"
    );
}

#[test]
fn a_restore_that_fails_leaves_no_server() {
    let mut rig = Rig::new();
    let before = rig.contents()["documents"].clone();
    rig.world.faults().inject(Fault {
        matching: RequestMatcher::default(),
        kind: FaultKind::FailOperation {
            code: "InternalServerError".to_owned(),
            message: "No.".to_owned(),
        },
        times: 1,
    });
    let path = sibling("pg-orders-restored");
    put(&mut rig, &path, &minimum().to_string());
    rig.wait(600);
    assert_eq!(rig.get(&path).status, 404);
    assert_eq!(rig.contents()["documents"], before);
}
