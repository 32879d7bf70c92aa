mod ends;
mod limits;

use insta::assert_snapshot;
use serde_json::Value;

use super::*;
use crate::{
    Fault, RequestMatcher,
    testing::{ORDERS, Rig, VERSION, body, service_sas, shown, sibling},
};

/// A SAS as a backup needs one.
const GOOD: &str =
    r#""signedPermission":"rwdl","signedExpiry":"2026-03-02T12:00:00Z","signedProtocol":"https""#;

fn sas(rig: &mut Rig, members: &str) -> String {
    service_sas(rig, "stcommercebackup", "ltr-orders", members)
}

fn request(name: &str, uris: &[&str]) -> String {
    json!({ "backupSettings": { "backupName": name }, "targetDetails": { "sasUriList": uris } }).to_string()
}

fn begin(rig: &mut Rig, text: &str) -> Response {
    rig.post(&format!("{ORDERS}/startLtrBackup"), VERSION, text)
}

fn begin_well(rig: &mut Rig) -> Response {
    let uri = sas(rig, GOOD);
    begin(rig, &request("weekly-2026-03", &[&uri]))
}

fn url<'a>(begun: &'a Response, header: &str) -> &'a str {
    begun.headers.get(header).unwrap_or_default()
}

fn read(rig: &mut Rig, name: &str) -> Value {
    body(&rig.get(&format!("{ORDERS}/ltrBackupOperations/{name}")))["properties"].clone()
}

fn inject(rig: &mut Rig, kind: FaultKind) {
    let matching = RequestMatcher {
        method: None,
        path_contains: "startLtrBackup".to_owned(),
    };
    rig.world.faults().inject(Fault {
        matching,
        kind,
        times: 1,
    });
}

/// Long enough for the backup of `pg-orders-prod`.
const LONG: i64 = 4 * 3600;

#[test]
fn who_may_only_read_is_refused() {
    let mut rig = Rig::as_reader();
    let response = begin(
        &mut rig,
        &request("weekly-2026-03", &["https://a.blob.core.windows.net/c?sig=x"]),
    );
    assert_eq!(response.status, 403, "{}", response.body);
    assert_eq!(
        response.headers.get("x-ms-error-code"),
        Some("AuthorizationFailed")
    );
}

#[test]
fn t05_the_world_keeps_nothing_of_a_sas() {
    let mut rig = Rig::new();
    let uri = sas(&mut rig, GOOD);
    let (_, signature) = uri.split_once("sig=").unwrap_or_default();
    begin(&mut rig, &request("weekly-2026-03", &[&uri]));
    for seconds in [0, 600, LONG] {
        rig.wait(seconds);
        let kept = serde_json::to_string(&rig.world).unwrap_or_default();
        assert!(kept.contains("weekly-2026-03"), "the backup is kept");
        assert!(
            !kept.contains("sig=") && !kept.contains(signature),
            "after {seconds} s: {kept}"
        );
    }
}

#[test]
fn a_server_of_which_there_can_be_none_is_refused() {
    let stopped = sibling("pg-hr-archive").replace("rg-commerce-prod", "rg-hr");
    let text = request("weekly-2026-03", &["https://a.blob.core.windows.net/c?sig=x"]);
    for (server, status, code) in [
        (stopped, 409, "ServerNotReadyForLongTermBackup"),
        (sibling("pg-orders-ro-1"), 400, "OperationNotSupported"),
        (sibling("pg-nowhere"), 404, "ResourceNotFound"),
    ] {
        let mut rig = Rig::new();
        let before = rig.contents();
        let response = rig.post(&format!("{server}/startLtrBackup"), VERSION, &text);
        let answered = body(&response)["error"]["code"].clone();
        assert_eq!((response.status, answered), (status, code.into()), "{server}");
        assert_eq!(rig.contents(), before, "{server}");
    }
}

#[test]
fn a_backup_is_accepted_runs_and_ends_as_recorded() {
    let mut rig = Rig::new();
    let begun = begin_well(&mut rig);
    assert_snapshot!(shown(&begun), @r#"
    202
    Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/azureAsyncOperation/570641b0-d919-41c3-8bf6-1c3e4e43959c?api-version=2025-08-01&t=…&c=…&s=…&h=…
    Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/operationResults/570641b0-d919-41c3-8bf6-1c3e4e43959c?api-version=2025-08-01&t=…&c=…&s=…&h=…
    Retry-After: 15
    {
      "operation": "LongTermRetentionBackupManagementOperation",
      "startTime": "2026-03-01T12:00:00Z"
    }
    "#);
    assert!(
        begun.headers.get("x-ms-request-id").is_some(),
        "{:?}",
        begun.headers
    );
    rig.wait(600);
    assert_snapshot!(format!("{:#}", read(&mut rig, "weekly-2026-03")), @r#"
    {
      "backupName": "weekly-2026-03",
      "datasourceSizeInBytes": 238594022842,
      "dataTransferredInBytes": 13835498598,
      "backupMetadata": "",
      "startTime": "2026-03-01T12:00:00Z",
      "percentComplete": 22.7,
      "status": "Running"
    }
    "#);
    assert_snapshot!(shown(&rig.follow(url(&begun, "Azure-AsyncOperation"))), @r#"
    200
    Retry-After: 15
    {
      "name": "570641b0-d919-41c3-8bf6-1c3e4e43959c",
      "status": "InProgress",
      "startTime": "2026-03-01T12:00:00Z"
    }
    "#);
    assert_eq!(rig.follow(url(&begun, "Location")).status, 202);

    rig.wait(LONG);
    assert_snapshot!(shown(&rig.get(&format!("{ORDERS}/ltrBackupOperations/weekly-2026-03"))), @r#"
    200
    {
      "properties": {
        "backupName": "weekly-2026-03",
        "datasourceSizeInBytes": 238594022842,
        "dataTransferredInBytes": 73964147068,
        "backupMetadata": "",
        "startTime": "2026-03-01T12:00:00Z",
        "endTime": "2026-03-01T12:43:55Z",
        "percentComplete": 100.0,
        "status": "Succeeded"
      },
      "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/ltrBackupOperations/weekly-2026-03",
      "name": "weekly-2026-03",
      "type": "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations"
    }
    "#);
    assert_snapshot!(shown(&rig.follow(url(&begun, "Azure-AsyncOperation"))), @r#"
    200
    {
      "name": "570641b0-d919-41c3-8bf6-1c3e4e43959c",
      "status": "Succeeded",
      "startTime": "2026-03-01T12:00:00Z"
    }
    "#);
    assert_snapshot!(shown(&rig.follow(url(&begun, "Location"))), @r#"
    201
    {
      "properties": {
        "backupName": "weekly-2026-03",
        "datasourceSizeInBytes": 238594022842,
        "dataTransferredInBytes": 73964147068,
        "backupMetadata": "",
        "startTime": "2026-03-01T12:00:00Z",
        "endTime": "2026-03-01T12:43:55Z",
        "percentComplete": 100.0
      }
    }
    "#);
    rig.wait(40 * 24 * 3600);
    assert_eq!(
        read(&mut rig, "weekly-2026-03")["status"],
        "Succeeded",
        "it is kept"
    );
}

#[test]
fn progress_only_grows() {
    let mut rig = Rig::new();
    begin_well(&mut rig);
    let mut before = (0.0, 0);
    for _ in 0..50 {
        let told = read(&mut rig, "weekly-2026-03");
        let reached = (
            told["percentComplete"].as_f64().unwrap_or(-1.0),
            told["dataTransferredInBytes"].as_u64().unwrap_or(0),
        );
        assert!(reached >= before, "{reached:?} after {before:?}");
        let is_over = told["status"] == "Succeeded";
        assert_eq!(is_over, reached.0 == 100.0, "{told}");
        assert_eq!(is_over, told.get("endTime").is_some(), "{told}");
        before = reached;
        rig.wait(60);
    }
    assert_eq!(before.0, 100.0);
}

#[test]
fn by_switch_a_start_is_answered_200_with_the_body_of_the_document() {
    let mut rig = Rig::new();
    rig.world.switches().long_term_backups_answer_200 = true;
    let response = begin_well(&mut rig);
    assert_snapshot!(shown(&response), @r#"
    200
    {
      "properties": {
        "datasourceSizeInBytes": 23,
        "dataTransferredInBytes": 23,
        "backupMetadata": "backupmetadata",
        "status": "Running",
        "startTime": "2026-03-01T12:00:00Z",
        "endTime": "2026-03-01T12:05:00Z",
        "percentComplete": 100
      }
    }
    "#);
    assert!(
        response.headers.get("x-ms-request-id").is_some(),
        "{:?}",
        response.headers
    );
    assert_eq!(read(&mut rig, "weekly-2026-03")["status"], "Running");
    rig.wait(LONG);
    assert_eq!(read(&mut rig, "weekly-2026-03")["status"], "Succeeded");
}

#[test]
fn one_backup_at_a_time_and_a_name_once() {
    let mut rig = Rig::new();
    begin_well(&mut rig);
    let uri = sas(&mut rig, GOOD);
    let second = begin(&mut rig, &request("another", &[&uri]));
    assert_eq!(
        (second.status, body(&second)["error"]["code"].as_str()),
        (409, Some("ServerBusy"))
    );
    let same = begin(&mut rig, &request("WEEKLY-2026-03", &[&uri]));
    assert_eq!(same.status, 400, "{}", same.body);
    rig.wait(LONG);
    let second = begin(&mut rig, &request("another", &[&uri]));
    assert_eq!(second.status, 202, "{}", second.body);
}

#[test]
fn as_many_uris_are_needed_as_the_pre_check_asks_for() {
    let mut rig = Rig::new();
    rig.world.switches().long_term_containers = 2;
    let one = sas(&mut rig, GOOD);
    let other = service_sas(&mut rig, "stcommercebackup", "ltr-catalog", GOOD);
    assert_eq!(begin(&mut rig, &request("weekly-2026-03", &[&one])).status, 400);
    let begun = begin(&mut rig, &request("weekly-2026-03", &[&one, &other]));
    assert_eq!(begun.status, 202, "{}", begun.body);
}

#[test]
fn a_backup_goes_with_its_server() {
    let mut rig = Rig::new();
    let begun = begin_well(&mut rig);
    rig.wait(60);
    assert_eq!(rig.send(arm_core::Method::Delete, ORDERS, VERSION).status, 202);
    rig.wait(LONG);
    assert_eq!(
        rig.get(&format!("{ORDERS}/ltrBackupOperations/weekly-2026-03"))
            .status,
        404
    );
    assert_eq!(
        body(&rig.follow(url(&begun, "Azure-AsyncOperation")))["status"],
        "Failed"
    );
}

#[test]
fn urls_may_have_another_version_than_the_request() {
    let mut rig = Rig::new();
    rig.world.switches().polling_api_version = Some("2025-06-01-preview".to_owned());
    let begun = begin_well(&mut rig);
    for header in ["Azure-AsyncOperation", "Location"] {
        let url = url(&begun, header).to_owned();
        assert!(url.contains("?api-version=2025-06-01-preview&t="), "{url}");
        assert!((200..=202).contains(&rig.follow(&url).status), "{header}");
    }
}
