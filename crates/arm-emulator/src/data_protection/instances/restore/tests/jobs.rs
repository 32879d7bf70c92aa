//! The job of a restore: how far it is, how it ends, and what it leaves.

use arm_core::Method;
use serde_json::{Value, json};

use super::{URL, files, names, point, start, validate};
use crate::{
    Fault, FaultKind, JobEnd, RequestMatcher,
    data_protection::testing::{billing, commerce, get, send, state},
    testing::Rig,
};

#[test]
fn a_restore_is_a_job_that_tells_how_far_it_is_and_writes_the_files() {
    let mut rig = Rig::new();
    let id = point(&mut rig);
    let request = files(&id, URL, "testprefix");
    let job = start(&mut rig, &request);
    assert!(job.starts_with(&format!("{}/backupJobs/", commerce())), "{job}");
    let mut told = Vec::new();
    for _ in 0..12 {
        let properties = get(&mut rig, &job)["properties"].clone();
        let task = properties["extendedInfo"]["subTasks"][0].clone();
        assert_eq!(
            (&properties["status"], &task["taskStatus"]),
            (&json!("InProgress"), &json!("InProgress"))
        );
        assert_eq!(properties["endTime"], Value::Null);
        told.extend(task["taskProgress"].as_str().map(str::to_owned));
        assert_eq!(names(&rig), Vec::<&str>::new(), "nothing is there before the end");
        rig.wait(60);
    }
    assert_eq!(told.join(" "), "0 0 10 20 30 40 50 50 60 70 80 90");
    let properties = get(&mut rig, &job)["properties"].clone();
    for (pointer, expected) in [
        ("/status", json!("Completed")),
        ("/operation", json!("Restore")),
        ("/operationCategory", json!("Restore")),
        ("/duration", json!("PT12M0S")),
        ("/errorDetails", Value::Null),
        ("/isUserTriggered", json!(true)),
        ("/extendedInfo/recoveryDestination", json!(URL)),
        (
            "/extendedInfo/additionalDetails",
            json!({ "Restore File Prefix": "testprefix" }),
        ),
        ("/extendedInfo/sourceRecoverPoint/recoveryPointID", json!(id)),
        ("/extendedInfo/subTasks/0/taskName", json!("Trigger Restore")),
        ("/extendedInfo/subTasks/0/taskProgress", json!("100")),
    ] {
        assert_eq!(
            properties.pointer(pointer),
            Some(&expected),
            "{pointer}: {properties}"
        );
    }
    assert_eq!(
        names(&rig),
        [
            "testprefix_database_billing & audit.sql",
            "testprefix_database_billing.sql",
            "testprefix_roles.sql",
            "testprefix_schema.sql",
            "testprefix_tablespace.sql",
        ]
    );
    // `FailIfExists`.
    assert_eq!(
        validate(&mut rig, &request).as_deref(),
        Some("UserErrorTargetFilesAlreadyExist")
    );
    let again = start(&mut rig, &request);
    rig.wait(720);
    let failed = get(&mut rig, &again)["properties"].clone();
    assert_eq!(failed["status"], "Failed");
    assert_eq!(
        failed["errorDetails"][0]["code"],
        "UserErrorTargetFilesAlreadyExist"
    );
    assert_eq!(validate(&mut rig, &files(&id, URL, "other")), None);
}

#[test]
fn a_restore_beside_another_one_does_not_begin() {
    let mut rig = Rig::new();
    let id = point(&mut rig);
    start(&mut rig, &files(&id, URL, "one"));
    let begun = send(
        &mut rig,
        Method::Post,
        &format!("{}/restore", billing()),
        &files(&id, URL, "two"),
    );
    rig.wait(4);
    assert_eq!(
        state(&mut rig, &begun)["error"]["code"],
        "UserErrorMaxConcurrentOperationLimitReached"
    );
}

#[test]
fn a_second_restore_of_a_day_fails_where_the_switch_says_so() {
    for (fails, seconds, expected) in [
        (false, 720, "Completed"),
        (true, 720, "Failed"),
        (true, 86_400, "Completed"),
    ] {
        let mut rig = Rig::new();
        rig.world.switches().fails_second_restore_of_a_day = fails;
        let id = point(&mut rig);
        start(&mut rig, &files(&id, URL, "one"));
        rig.wait(seconds);
        let id = point(&mut rig);
        let second = start(&mut rig, &files(&id, URL, "two"));
        rig.wait(720);
        let status = get(&mut rig, &second)["properties"]["status"].clone();
        assert_eq!(status, expected, "{fails} {seconds}");
    }
}

#[test]
fn a_job_ends_as_a_fault_says() {
    for (end, status, files_there) in [
        (JobEnd::Failed, "Failed", false),
        (JobEnd::Cancelled, "Cancelled", false),
        (JobEnd::CompletedWithWarnings, "CompletedWithWarnings", true),
    ] {
        let mut rig = Rig::new();
        let id = point(&mut rig);
        rig.world.faults().inject(Fault {
            matching: RequestMatcher {
                method: Some(Method::Post),
                path_contains: "/restore".to_owned(),
            },
            kind: FaultKind::EndJob {
                end,
                code: "Code".to_owned(),
                message: "Words.".to_owned(),
            },
            times: 1,
        });
        let job = start(&mut rig, &files(&id, URL, "p"));
        rig.wait(720);
        let properties = get(&mut rig, &job)["properties"].clone();
        assert_eq!(properties["status"], status, "{properties}");
        assert_eq!(!names(&rig).is_empty(), files_there, "{status}");
        let told = if files_there {
            properties["extendedInfo"]["warningDetails"][0]["warning"].clone()
        } else {
            properties["errorDetails"][0].clone()
        };
        assert_eq!(
            (&told["code"], &told["message"]),
            (&json!("Code"), &json!("Words.")),
            "{properties}"
        );
    }
}

#[test]
fn a_world_in_mid_restore_goes_on_where_it_was() {
    let mut rig = Rig::new();
    let id = point(&mut rig);
    let job = start(&mut rig, &files(&id, URL, "p"));
    rig.wait(300);
    let text = serde_json::to_string(&rig.world).unwrap_or_else(|error| panic!("{error}"));
    rig.world = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    rig.wait(420);
    assert_eq!(get(&mut rig, &job)["properties"]["status"], "Completed");
    assert_eq!(names(&rig).len(), 5);
}
