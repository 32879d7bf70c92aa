use arm_core::{Method, Request};
use insta::assert_snapshot;
use serde_json::Value;

use super::*;
use crate::testing::{DEVELOPMENT, ORDERS, Rig, VERSION, body, shown, sibling, url};

fn put(rig: &mut Rig, name: &str) -> Response {
    rig.send(Method::Put, &format!("{ORDERS}/backups/{name}"), VERSION)
}

/// The state of the operation that an answer began.
fn status(rig: &mut Rig, begun: &Response) -> Value {
    let url = begun
        .headers
        .get("Azure-AsyncOperation")
        .unwrap_or_default()
        .to_owned();
    body(&rig.follow(&url))
}

/// Refused, and nothing is different afterwards.
fn check_refused(mut rig: Rig, path: &str, status: u16, code: &str) {
    let before = rig.contents();
    let response = rig.send(Method::Put, path, VERSION);
    assert_eq!(response.status, status, "{path}: {}", response.body);
    assert_eq!(
        body(&response)["error"]["code"],
        code,
        "{path}: {}",
        response.body
    );
    assert_eq!(rig.contents(), before, "{path}");
}

#[test]
fn what_cannot_be_backed_up_is_refused() {
    let in_development = |group: &str, name: &str| {
        format!(
            "{DEVELOPMENT}/resourceGroups/{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}/backups/b"
        )
    };
    let stopped = sibling("pg-hr-archive").replace("rg-commerce-prod", "rg-hr");
    check_refused(
        Rig::as_reader(),
        &format!("{ORDERS}/backups/b"),
        403,
        "AuthorizationFailed",
    );
    check_refused(
        Rig::as_nobody(),
        &format!("{ORDERS}/backups/b"),
        403,
        "AuthorizationFailed",
    );
    check_refused(
        Rig::new(),
        &format!("{ORDERS}/backups/a%20b"),
        400,
        "InvalidParameterValue",
    );
    let long = "b".repeat(129);
    check_refused(
        Rig::new(),
        &format!("{ORDERS}/backups/{long}"),
        400,
        "InvalidParameterValue",
    );
    check_refused(
        Rig::new(),
        &in_development("rg-dev", "pg-dev-checkout"),
        400,
        "OperationNotSupported",
    );
    check_refused(
        Rig::new(),
        &in_development("rg-platform-dev", "pg-metrics-v2"),
        400,
        "OperationNotSupported",
    );
    check_refused(
        Rig::new(),
        &format!("{stopped}/backups/b"),
        409,
        "ServerIsNotReady",
    );
    check_refused(
        Rig::new(),
        &format!("{}/backups/b", sibling("pg-loyalty-new")),
        409,
        "ServerBusy",
    );
}

#[test]
fn a_reader_is_told_what_is_missing() {
    let mut rig = Rig::as_reader();
    assert_snapshot!(shown(&put(&mut rig, "before-v43")), @r#"
    403
    x-ms-failure-cause: gateway
    {
      "error": {
        "code": "AuthorizationFailed",
        "message": "The client 'jonas.weber@contoso.com' with object id '0a1b2c3d-0000-4000-8000-000000000002' does not have authorization to perform action 'Microsoft.DBforPostgreSQL/flexibleServers/backups/write' over scope '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/before-v43' or the scope is invalid. If access was recently granted, please refresh your credentials."
      }
    }
    "#);
}

#[test]
fn a_body_that_is_no_json_is_refused() {
    let mut rig = Rig::new();
    let request = Request::new(Method::Put, url(&format!("{ORDERS}/backups/b"), VERSION)).with_body("{");
    assert_snapshot!(shown(&rig.request(request).response), @r#"
    400
    x-ms-failure-cause: gateway
    {
      "error": {
        "code": "InvalidRequestContent",
        "message": "The request content was invalid and could not be deserialized: 'EOF while parsing an object at line 1 column 1'."
      }
    }
    "#);
}

#[test]
fn a_server_that_is_not_there_is_not_found() {
    let path = format!("{}/backups/b", sibling("pg-nowhere"));
    check_refused(Rig::new(), &path, 404, "ResourceNotFound");
}

#[test]
fn a_backup_is_accepted_runs_and_is_listed_once_it_is_done() {
    let mut rig = Rig::new();
    let begun = put(&mut rig, "before-v43");
    assert_snapshot!(shown(&begun), @r#"
    202
    Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/azureAsyncOperation/657b445f-1ff8-4bc7-bb4f-0bb6f0258948?api-version=2025-08-01&t=…&c=…&s=…&h=…
    Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/operationResults/657b445f-1ff8-4bc7-bb4f-0bb6f0258948?api-version=2025-08-01&t=…&c=…&s=…&h=…
    Retry-After: 15
    {
      "operation": "SnapshotManagementOperation",
      "startTime": "2026-03-01T12:00:00Z"
    }
    "#);

    let path = format!("{ORDERS}/backups/before-v43");
    rig.wait(60);
    assert_eq!(rig.get(&path).status, 404);
    assert_snapshot!(format!("{:#}", status(&mut rig, &begun)), @r#"
    {
      "name": "657b445f-1ff8-4bc7-bb4f-0bb6f0258948",
      "status": "InProgress",
      "startTime": "2026-03-01T12:00:00Z"
    }
    "#);

    rig.wait(90);
    assert_snapshot!(format!("{:#}", status(&mut rig, &begun)), @r#"
    {
      "name": "657b445f-1ff8-4bc7-bb4f-0bb6f0258948",
      "status": "Succeeded",
      "startTime": "2026-03-01T12:00:00Z"
    }
    "#);
    assert_snapshot!(shown(&rig.get(&path)), @r#"
    200
    {
      "properties": {
        "backupType": "Customer On-Demand",
        "completedTime": "2026-03-01T12:02:13.8138599+00:00",
        "source": "Customer Initiated"
      },
      "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/before-v43",
      "name": "before-v43",
      "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
    }
    "#);
}

#[test]
fn a_taken_name_fails_at_the_end_of_the_operation() {
    let mut rig = Rig::new();
    let before = rig.get(&format!("{ORDERS}/backups/smoke-test")).body;
    let begun = put(&mut rig, "Smoke-Test");
    assert_eq!(begun.status, 202, "{}", begun.body);
    rig.wait(150);
    assert_snapshot!(format!("{:#}", status(&mut rig, &begun)), @r#"
    {
      "name": "9d1f9f54-fe5c-4163-b558-d10cbb86dcf2",
      "status": "Failed",
      "startTime": "2026-03-01T12:00:00Z",
      "error": {
        "code": "InternalServerError",
        "message": "An unexpected error occured while processing the request. Tracking ID: '570641b0-d919-41c3-8bf6-1c3e4e43959c'"
      }
    }
    "#);
    assert_eq!(rig.get(&format!("{ORDERS}/backups/smoke-test")).body, before);
}

#[test]
fn a_second_backup_at_a_time_fails_and_the_first_goes_on() {
    let mut rig = Rig::new();
    let first = put(&mut rig, "first");
    rig.wait(10);
    let second = put(&mut rig, "second");
    rig.wait(150);
    assert_eq!(status(&mut rig, &first)["status"], "Succeeded");
    assert_eq!(status(&mut rig, &second)["error"]["code"], "InternalServerError");
    assert_eq!(rig.get(&format!("{ORDERS}/backups/second")).status, 404);
}

#[test]
fn a_backup_of_another_server_is_not_in_the_way() {
    let mut rig = Rig::new();
    put(&mut rig, "first");
    let other = rig.send(
        Method::Put,
        &format!("{}/backups/other", sibling("pg-catalog-prod")),
        VERSION,
    );
    rig.wait(150);
    assert_eq!(status(&mut rig, &other)["status"], "Succeeded");
}

#[test]
fn a_switch_refuses_a_taken_name_at_once() {
    let mut rig = Rig::new();
    rig.world.switches().refuse_conflicting_backups_at_once = true;
    let response = put(&mut rig, "smoke-test");
    assert_eq!(response.status, 500, "{}", response.body);
    assert_eq!(
        body(&response)["error"]["code"],
        "InternalServerError",
        "{}",
        response.body
    );
}

#[test]
fn an_eighth_on_demand_backup_is_refused() {
    let mut rig = Rig::new();
    for name in ["fourth", "fifth", "sixth", "seventh"] {
        let begun = put(&mut rig, name);
        rig.wait(150);
        assert_eq!(status(&mut rig, &begun)["status"], "Succeeded", "{name}");
    }
    assert_snapshot!(shown(&put(&mut rig, "eighth")), @r#"
    400
    x-ms-failure-cause: service
    {
      "error": {
        "code": "BackupLimitReached",
        "message": "The server 'pg-orders-prod' has 7 on-demand backups already, which is the most it can have. Delete one and try again."
      }
    }
    "#);
}
