//! Restores whose answers are lost, and whose tabs are closed.

use super::*;
use crate::stores::operations::{Operation, drive_rig::status};

#[test]
fn a_restore_whose_answer_is_lost_is_found_among_the_jobs_and_never_sent_again() {
    let start = |kind| (Method::Post, "/restore", kind, 1);
    let poll = |kind, times| (Method::Get, "/operationStatus/", kind, times);
    let job = |kind, times| (Method::Get, "/backupJobs/", kind, times);
    let found = ["looked before", "unknown", "job started", "running", "completed"].as_slice();
    let never = ["looked before", "unknown"].as_slice();
    let with_a_pause = [
        "looked before",
        "accepted",
        "running",
        "job started",
        "not answered",
        "running",
        "completed",
    ]
    .as_slice();
    for (fault, expected, is_restored, sent) in [
        (start(FaultKind::NoAnswer), found, true, 1),
        (start(FaultKind::WithoutCors), found, true, 1),
        (start(FaultKind::Garbage), found, true, 1),
        (
            start(FaultKind::CarriedOutBut {
                status: 504,
                code: "GatewayTimeout".to_owned(),
                message: "No answer.".to_owned(),
            }),
            found,
            true,
            1,
        ),
        // It did not arrive, which nobody can know; no earlier job is taken for it.
        (start(status(500, None)), never, false, 1),
        (start(status(503, None)), never, false, 1),
        (start(status(429, Some(5))), FOLLOWED.as_slice(), true, 2),
        (start(status(503, Some(5))), FOLLOWED.as_slice(), true, 2),
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
        (job(status(504, None), 9), with_a_pause, true, 1),
        (job(status(500, None), 9), with_a_pause, true, 1),
        (job(FaultKind::Garbage, 3), with_a_pause, true, 1),
        (job(FaultKind::NoAnswer, 9), with_a_pause, true, 1),
    ] {
        let rig = Rig::new();
        let id = commerce(BILLING);
        // An earlier one of the same recovery point, by somebody else.
        rig.restore(&id, files(&rig, "earlier"), None);
        let sent_before = rig.sent(Method::Post, "/restore");
        let (method, path, kind, times) = fault;
        let words = format!("{method} {path} {kind:?}, {times} times");
        rig.inject(method, path, kind, times);
        let said = rig.restore(&id, files(&rig, "p"), None);
        assert_eq!(said.events, expected, "{words}");
        rig.world.borrow_mut().faults().clear();
        assert_eq!(
            restores(&rig, "p"),
            vec![true; usize::from(is_restored)],
            "{words}"
        );
        assert_eq!(rig.sent(Method::Post, "/restore") - sent_before, sent, "{words}");
        assert_eq!(said.entry.job.is_some(), is_restored, "{words}");
    }
}

#[test]
fn another_ones_restore_is_not_taken_for_one_that_did_not_arrive() {
    let rig = Rig::new();
    let id = commerce(BILLING);
    rig.inject(Method::Post, "/restore", status(500, None), 1);
    let said = rig.restore(&id, files(&rig, "p"), Some("unknown"));
    block_on(
        rig.client
            .data_protection()
            .begin_restore(&id, &files(&rig, "theirs")),
    )
    .expect("a poller");
    rig.clock.advance(std::time::Duration::from_secs(60));
    let said = rig.resume(said.entry);
    assert_eq!(said.events, ["unknown"]);
    assert_eq!(said.entry.job, None);
}

#[test]
fn where_the_jobs_could_not_be_read_before_only_a_job_that_names_it_all_is_taken() {
    let rig = Rig::new();
    let id = commerce(BILLING);
    rig.inject(Method::Get, "/backupJobs", status(403, None), 1);
    rig.inject(Method::Post, "/restore", FaultKind::NoAnswer, 1);
    let said = rig.restore(&id, files(&rig, "p"), None);
    assert_eq!(said.events, ["unknown", "job started", "running", "completed"]);
    assert_eq!(rig.sent(Method::Post, "/restore"), 1);
}

#[test]
fn a_job_that_may_not_be_read_leaves_the_outcome_open_and_is_said_to() {
    let rig = Rig::new();
    rig.inject(Method::Get, "/backupJobs/", status(403, None), 1000);
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), None);
    assert_eq!(said.entry.progress, OperationState::Unknown);
    assert!(
        said.last_words().contains("Its job could not be read"),
        "{}",
        said.last_words()
    );
    rig.world.borrow_mut().faults().clear();
    assert_eq!(rig.resume(said.entry).events, ["completed"]);
}

#[test]
fn a_closed_tab_leaves_a_restore_to_the_next_by_token_by_job_or_by_the_jobs() {
    for closes_at in ["looked before", "accepted", "running", "job started"] {
        let rig = Rig::new();
        let said = rig.restore(&commerce(BILLING), files(&rig, "p"), Some(closes_at));
        let keeps_a_token = said.entry.token.is_some();
        assert_eq!(
            keeps_a_token,
            matches!(closes_at, "accepted" | "running"),
            "closed at {closes_at}"
        );
        let last = rig.resume(said.entry);
        let has_left = closes_at != "looked before";
        let expected = if has_left {
            OperationState::Completed
        } else {
            OperationState::Unknown
        };
        assert_eq!(last.entry.progress, expected, "closed at {closes_at}");
        assert_eq!(
            rig.sent(Method::Post, "/restore"),
            usize::from(has_left),
            "closed at {closes_at}"
        );
    }
    let rig = Rig::new();
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), Some("accepted"));
    let entry = Operation {
        token: None,
        ..said.entry
    };
    assert_eq!(
        rig.resume(entry).events,
        ["unknown", "job started", "running", "completed"]
    );
}

#[test]
fn hidden_headers_leave_the_job_to_be_found() {
    let rig = Rig::new();
    rig.world.borrow_mut().switches().hide_headers = true;
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), None);
    assert_eq!(
        said.entry.progress,
        OperationState::Completed,
        "{:?}",
        said.events
    );
    assert_eq!(rig.sent(Method::Post, "/restore"), 1);
}
