//! Taking backups: what is said is what Azure did.

use std::time::Duration;

use arm_core::Method;
use arm_emulator::FaultKind;

use super::{
    Act, Operation,
    drive_rig::{Rig, status},
};

fn taking(name: &str) -> Act {
    Act::TakeBackup {
        name: name.to_owned(),
    }
}

#[test]
fn a_backup_is_followed_to_its_end_with_one_request() {
    let rig = Rig::new();
    assert_eq!(rig.take("v43", None).events, ["accepted", "running", "completed"]);
    assert_eq!(rig.truth("v43", Method::Put), (true, 1));
}

#[test]
fn whatever_becomes_of_the_answer_one_request_leaves_and_the_end_is_the_worlds() {
    let put = |kind| (Method::Put, "/backups/", kind, 1);
    let poll = |kind, times| (Method::Get, "/azureAsyncOperation/", kind, times);
    for (fault, expected, is_there) in [
        // The request arrived, its answer did not: the list says so once the backup is in it.
        (put(FaultKind::NoAnswer), vec!["unknown", "found"], true),
        (put(FaultKind::WithoutCors), vec!["unknown", "found"], true),
        (put(FaultKind::Garbage), vec!["unknown", "found"], true),
        // The request did not arrive, which nobody can know: it is never said to have failed or succeeded.
        (put(status(503, None)), vec!["unknown"], false),
        (put(status(504, None)), vec!["unknown"], false),
        // Nothing has begun.
        (put(status(403, None)), vec!["refused"], false),
        (put(status(409, None)), vec!["refused"], false),
        // Refused with a time to come back: asked again, and taken once.
        (
            put(status(429, Some(5))),
            vec!["accepted", "running", "completed"],
            true,
        ),
        (
            put(status(503, Some(5))),
            vec!["accepted", "running", "completed"],
            true,
        ),
        // A look that gives nothing is not the operation's failure.
        (
            poll(status(503, None), 9),
            vec!["accepted", "running", "not answered", "running", "completed"],
            true,
        ),
        (
            poll(FaultKind::NoAnswer, 9),
            vec!["accepted", "running", "not answered", "running", "completed"],
            true,
        ),
        (
            put(FaultKind::FailOperation {
                code: "Boom".to_owned(),
                message: "Boom.".to_owned(),
            }),
            vec!["accepted", "running", "failed"],
            false,
        ),
    ] {
        let rig = Rig::new();
        let (method, path, kind, times) = fault;
        let words = format!("{method} {kind:?}");
        let is_repeated = matches!(
            kind,
            FaultKind::Status {
                status: 429 | 503,
                retry_after: Some(_),
                ..
            }
        ) && method == Method::Put;
        rig.inject(method, path, kind, times);
        assert_eq!(rig.take("v43", None).events, expected, "{words}");
        assert_eq!(
            rig.truth("v43", Method::Put),
            (is_there, if is_repeated { 2 } else { 1 }),
            "{words}"
        );
    }
}

#[test]
fn hidden_headers_are_no_success_and_no_failure() {
    let rig = Rig::new();
    rig.world.borrow_mut().switches().hide_headers = true;
    assert_eq!(rig.take("v43", None).events, ["accepted", "unknown", "found"]);
    assert_eq!(rig.truth("v43", Method::Put), (true, 1));
}

#[test]
fn a_tab_that_closes_at_any_moment_is_gone_on_with_by_the_next() {
    for closes_at in ["accepted", "running"] {
        let rig = Rig::new();
        let said = rig.take("v43", Some(closes_at));
        assert_eq!(said.events.last(), Some(&closes_at));
        assert_eq!(
            rig.resume(said.entry).events,
            ["running", "completed"],
            "closed at {closes_at}"
        );
        assert_eq!(rig.truth("v43", Method::Put), (true, 1), "closed at {closes_at}");
    }
}

#[test]
fn without_a_token_the_list_is_looked_at() {
    let rig = Rig::new();
    let entry = Operation {
        token: None,
        ..rig.take("v43", Some("accepted")).entry
    };
    assert_eq!(rig.resume(entry).events, ["unknown", "found"]);
    assert_eq!(rig.truth("v43", Method::Put), (true, 1));
}

#[test]
fn looking_ends_and_leaves_the_outcome_open() {
    let rig = Rig::new();
    let said = rig.resume(rig.entry(taking("never-asked-for")));
    assert_eq!(said.events, ["unknown"]);
    assert!(
        rig.clock.elapsed() >= Duration::from_secs(15 * 60),
        "{:?}",
        rig.clock.elapsed()
    );
}
