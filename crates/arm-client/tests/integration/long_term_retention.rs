//! Answers about long-term retention backups that the emulator does not give, and the requests byte for byte.

use arm_client::{
    ArmError, Progress,
    postgres::long_term_retention::{ExecutionStatus, LongTermBackupName},
    storage::SasUri,
};
use arm_core::{Method, Response};
use serde_json::{Value, json};

use crate::support::{Rig, block_on, json as answer, server};

const BASE: &str =
    "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";

fn name() -> LongTermBackupName {
    "exampleltrbackup".parse().expect("a name")
}

fn sas() -> SasUri {
    "https://sta.blob.core.windows.net/ltr?sv=2025-11-05&sr=c&sp=rwdl&sig=c2VjcmV0"
        .parse()
        .expect("a URI")
}

fn accepted() -> Response {
    answer(
        202,
        r#"{"operation":"LongTermRetentionBackupManagementOperation"}"#,
    )
    .with_header(
        "Azure-AsyncOperation",
        "https://management.azure.com/op/1?api-version=2025-06-01-preview&t=1",
    )
    .with_header(
        "Location",
        "https://management.azure.com/result/1?api-version=2025-06-01-preview&t=1",
    )
}

#[test]
fn the_requests_are_those_of_the_document() {
    let rig = Rig::new([
        answer(200, r#"{"properties":{"numberOfContainers":1}}"#),
        accepted(),
    ]);
    let retention = rig.client.long_term_retention(&server());
    let checked = block_on(retention.pre_check(&name())).expect("a pre-check");
    assert_eq!(checked.number_of_containers, 1);
    block_on(retention.begin(&name(), &[sas()]))
        .map(|_| ())
        .expect("a begun backup");
    let origin = "https://management.azure.com";
    assert_eq!(
        rig.script.sent(),
        [
            format!("POST {origin}{BASE}/ltrPreBackup?api-version=2025-08-01"),
            format!("POST {origin}{BASE}/startLtrBackup?api-version=2025-08-01"),
        ]
    );
    let bodies: Vec<Value> = rig
        .script
        .requests()
        .iter()
        .map(|request| serde_json::from_str(request.body.as_deref().unwrap_or_default()).expect("JSON"))
        .collect();
    assert_eq!(
        bodies[0],
        json!({ "backupSettings": { "backupName": "exampleltrbackup" } })
    );
    assert_eq!(
        bodies[1],
        json!({
            "backupSettings": { "backupName": "exampleltrbackup" },
            "targetDetails": { "sasUriList": [sas().expose()] },
        })
    );
    assert!(
        rig.script
            .requests()
            .iter()
            .all(|request| request.method == Method::Post)
    );
}

#[test]
fn code_and_request_id_come_from_the_headers_where_the_body_lacks_them() {
    for body in [
        "",
        "{}",
        "<html>",
        r#"{"error":{}}"#,
        r#"{"error":{"message":"No."}}"#,
    ] {
        let refused = Response::new(400)
            .with_header("x-ms-error-code", "SasUriExpired")
            .with_header("x-ms-request-id", "r-7")
            .with_body(body);
        let rig = Rig::new([refused.clone(), refused]);
        let retention = rig.client.long_term_retention(&server());
        let errors = [
            block_on(retention.pre_check(&name())).map(|_| ()),
            block_on(retention.begin(&name(), &[sas()])).map(|_| ()),
        ];
        for error in errors {
            let error = error.expect_err("a refusal");
            assert_eq!(error.code(), Some("SasUriExpired"), "{body}: {error:?}");
            assert_eq!(error.request_id(), Some("r-7"), "{body}: {error:?}");
        }
    }
}

#[test]
fn a_pre_check_that_says_nothing_is_unreadable() {
    for body in [
        "{}",
        r#"{"properties":{}}"#,
        r#"{"properties":{"numberOfContainers":"one"}}"#,
        "[]",
    ] {
        let rig = Rig::new([answer(200, body).with_header("x-ms-request-id", "r-7")]);
        let error = block_on(rig.client.long_term_retention(&server()).pre_check(&name()));
        let error = error.expect_err("no number");
        assert!(matches!(error, ArmError::Unreadable(_)), "{body}: {error:?}");
        assert_eq!(error.request_id(), Some("r-7"), "{body}");
    }
}

#[test]
fn the_location_ends_in_a_201_without_a_status() {
    let end = r#"{"properties":{"backupName":"exampleltrbackup","datasourceSizeInBytes":39766487,
        "dataTransferredInBytes":69184,"backupMetadata":"","percentComplete":100.0}}"#;
    let running = || answer(200, r#"{"name":"1","status":"InProgress"}"#);
    let rig = Rig::new([
        accepted(),
        running(),
        answer(200, r#"{"status":"Succeeded"}"#),
        answer(201, end),
    ]);
    let retention = rig.client.long_term_retention(&server());
    let mut poller = block_on(retention.begin(&name(), &[sas()])).expect("a begun backup");
    while block_on(poller.next()).expect("a state") != Progress::Finished {}
    let backup = block_on(poller.result()).expect("a backup");
    assert_eq!(
        (backup.status, backup.data_transferred_in_bytes),
        (None, Some(69_184))
    );
    let last = rig.script.sent().pop().expect("a request");
    assert_eq!(
        last, "GET https://management.azure.com/result/1?api-version=2025-06-01-preview&t=1",
        "followed as it stands"
    );
}

#[test]
fn a_start_that_was_done_at_once_has_ended() {
    let rig = Rig::new([answer(
        200,
        r#"{"properties":{"status":"Succeeded","percentComplete":100}}"#,
    )]);
    let retention = rig.client.long_term_retention(&server());
    let mut poller = block_on(retention.begin(&name(), &[sas()])).expect("a backup");
    assert_eq!(block_on(poller.next()), Ok(Progress::Finished));
    let backup = block_on(poller.result()).expect("a backup");
    assert_eq!(backup.status, Some(ExecutionStatus::Succeeded));
    assert_eq!(rig.script.unused(), 0);
}

#[test]
fn the_ids_of_the_official_examples_are_read() {
    let listed = json!({ "value": [{
        "id": BASE,
        "type": "Microsoft.DBforPostgreSQL/flexibleServers/ltrbackupOperations",
        "properties": { "backupName": "backup1", "status": "Running", "percentComplete": 45 },
    }] });
    let rig = Rig::new([answer(200, &listed.to_string())]);
    let listed = block_on(rig.client.long_term_retention(&server()).operations()).expect("a list");
    assert_eq!(
        listed[0].name.as_deref(),
        Some("backup1"),
        "not the server's name"
    );
    assert_eq!(listed[0].has_ended(), Some(false));
}
