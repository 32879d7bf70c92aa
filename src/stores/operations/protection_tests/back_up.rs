//! Backing an instance up now.

use arm_core::Method;
use arm_emulator::FaultKind;

use super::*;
use crate::stores::operations::{Operation, drive_rig::status};

#[test]
fn a_backup_is_followed_through_its_job_to_its_recovery_point() {
    let rig = Rig::new();
    let id = commerce(BILLING);
    let before = rig.points(&id);
    let said = rig.protect(&id, backup(), None);
    assert_eq!(
        said.events,
        [
            "looked before",
            "accepted",
            "running",
            "job started",
            "running",
            "completed"
        ]
    );
    assert_eq!(rig.points(&id), before + 1);
    assert_eq!(rig.sent(Method::Post, "/backup"), 1);
    let job = said.entry.job.expect("a job");
    assert_eq!(
        job.resource_type().as_deref(),
        Some("Microsoft.DataProtection/backupVaults/backupJobs")
    );
    assert!(
        said.words
            .last()
            .is_some_and(|words| words.title == "Backup to the vault completed"),
        "{:?}",
        said.words
    );
}

#[test]
fn a_backup_whose_answer_is_lost_is_found_among_the_jobs_and_never_asked_for_again() {
    let start = |kind| (Method::Post, "/backup", kind, 1);
    let poll = |kind, times| (Method::Get, "/operationStatus/", kind, times);
    let job = |kind, times| (Method::Get, "/backupJobs/", kind, times);
    let found = ["looked before", "unknown", "job started", "running", "completed"].as_slice();
    let ordinary = [
        "looked before",
        "accepted",
        "running",
        "job started",
        "running",
        "completed",
    ]
    .as_slice();
    for (fault, expected, is_taken, sent) in [
        (start(FaultKind::NoAnswer), found, true, 1),
        (start(FaultKind::WithoutCors), found, true, 1),
        (start(FaultKind::Garbage), found, true, 1),
        // It did not arrive, which nobody can know; no earlier job is taken for it.
        (
            start(status(500, None)),
            ["looked before", "unknown"].as_slice(),
            false,
            1,
        ),
        (
            start(status(403, None)),
            ["looked before", "refused"].as_slice(),
            false,
            1,
        ),
        (start(status(429, Some(5))), ordinary, true, 2),
        (start(status(503, Some(5))), ordinary, true, 2),
        (
            poll(status(404, None), 9),
            [
                "looked before",
                "accepted",
                "running",
                "unknown",
                "job started",
                "running",
                "completed",
            ]
            .as_slice(),
            true,
            1,
        ),
        (
            job(status(503, None), 9),
            [
                "looked before",
                "accepted",
                "running",
                "job started",
                "not answered",
                "running",
                "completed",
            ]
            .as_slice(),
            true,
            1,
        ),
        (
            start(FaultKind::FailOperation {
                code: "Boom".to_owned(),
                message: "Boom.".to_owned(),
            }),
            ["looked before", "accepted", "running", "failed"].as_slice(),
            false,
            1,
        ),
    ] {
        let rig = Rig::new();
        let id = commerce(BILLING);
        // An earlier one, by somebody else.
        rig.protect(&id, backup(), None);
        let (before, sent_before) = (rig.points(&id), rig.sent(Method::Post, "/backup"));
        let (method, path, kind, times) = fault;
        let words = format!("{method} {path} {kind:?}, {times} times");
        rig.inject(method, path, kind, times);
        let said = rig.protect(&id, backup(), None);
        assert_eq!(said.events, expected, "{words}");
        rig.world.borrow_mut().faults().clear();
        assert_eq!(rig.points(&id) > before, is_taken, "{words}");
        assert_eq!(rig.sent(Method::Post, "/backup") - sent_before, sent, "{words}");
    }
}

#[test]
fn where_the_jobs_could_not_be_read_before_no_job_is_taken_for_this_ones() {
    let rig = Rig::new();
    let id = commerce(BILLING);
    rig.inject(Method::Get, "/backupJobs", status(403, None), 1);
    rig.inject(Method::Post, "/backup", FaultKind::NoAnswer, 1);
    let said = rig.protect(&id, backup(), None);
    assert_eq!(said.events, ["unknown"]);
    assert_eq!(said.entry.job, None);
}

#[test]
fn a_second_backup_at_a_time_fails_with_azures_reason() {
    let rig = Rig::new();
    let id = commerce(BILLING);
    rig.protect(&id, backup(), Some("accepted"));
    let said = rig.protect(&id, backup(), None);
    assert_eq!(said.events.last(), Some(&"failed"));
    assert_eq!(code(&said), "UserErrorMaxConcurrentOperationLimitReached");
}

#[test]
fn a_closed_tab_leaves_a_backup_to_the_next_by_token_by_job_or_by_the_jobs() {
    for closes_at in ["accepted", "running", "job started"] {
        let rig = Rig::new();
        let id = commerce(BILLING);
        let said = rig.protect(&id, backup(), Some(closes_at));
        let last = rig.resume(said.entry);
        assert_eq!(
            last.entry.progress,
            OperationState::Completed,
            "closed at {closes_at}"
        );
        assert_eq!(rig.sent(Method::Post, "/backup"), 1, "closed at {closes_at}");
    }
    let rig = Rig::new();
    let said = rig.protect(&commerce(BILLING), backup(), Some("accepted"));
    let entry = Operation {
        token: None,
        ..said.entry
    };
    assert_eq!(
        rig.resume(entry).events,
        ["unknown", "job started", "running", "completed"]
    );
}
