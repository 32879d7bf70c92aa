//! Whatever the service answers on the way, and whenever the tab is closed, an operation ends as the service ended it.

use arm_client::{ArmError, Poller, Progress};
use arm_core::{Response, TransportError};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    operations::{accepted, put, status},
    support::{ORIGIN, Rig, block_on, json as answer, lost, refusal},
};

type Outcome = Result<Response, TransportError>;

/// An answer that says nothing of the end.
fn any_answer() -> impl Strategy<Value = Outcome> {
    let word = prop_oneof![
        "InProgress",
        "Inprogress",
        "[A-Za-z]{0,3}Updating",
        "Succeeded[A-Z]"
    ];
    let url = prop_oneof![
        "/op/[0-9]",
        "https://evil\\.example/[a-z]",
        "//evil\\.example",
        "\\PC{0,8}"
    ];
    let wait = prop_oneof!["[0-9]{1,4}", "soon", "Fri, 20 Nov 2026 0[67]:30:00 GMT"];
    let running = (word, url, wait).prop_map(|(word, url, wait)| {
        let running = status(&word).with_header("Azure-AsyncOperation", url.clone());
        Ok(running
            .with_header("Location", url)
            .with_header("Retry-After", wait))
    });
    let fault = prop_oneof![
        Just(lost()),
        Just(Ok(refusal(429, "Throttled").with_header("Retry-After", "7"))),
        prop_oneof![Just(400), Just(404), Just(408), Just(500), Just(503), Just(504)]
            .prop_map(|status| Ok(refusal(status, "Fault"))),
    ];
    let broken = prop_oneof![
        Just(""),
        Just("{}"),
        Just("<html>"),
        Just("null"),
        Just(r#"{"status":"Succeeded"#)
    ]
    .prop_map(|body| Ok(answer(200, body)));
    prop_oneof![3 => running, 2 => fault, 1 => broken]
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Succeeded,
    Failed,
}

/// How the operation ended; after each step where `closes` says so, the tab is closed and another goes on.
fn follow(rig: &Rig, closes: &[bool]) -> Result<Result<Value, ArmError>, String> {
    let mut poller: Poller<Value> = block_on(rig.client.begin(&put())).map_err(|error| error.to_string())?;
    // Each step uses at least one answer of the script or is the first of its tab.
    for step in 0..100 {
        if closes.get(step).copied().unwrap_or_default() {
            let token = poller.continuation_token().ok_or("no token while it runs")?;
            let stored = serde_json::to_string(&token).map_err(|error| error.to_string())?;
            let token = serde_json::from_str(&stored).map_err(|error| error.to_string())?;
            poller = rig.client.resume(&token).map_err(|error| error.to_string())?;
        }
        match block_on(poller.next()) {
            Ok(Progress::Finished) => return Ok(block_on(poller.result())),
            Ok(Progress::Running { .. }) => {}
            Ok(Progress::Unknown) => return Err("unknown, although it can be asked".to_owned()),
            Err(error @ ArmError::OperationFailed(_)) => return Ok(Err(error)),
            Err(_) => {}
        }
    }
    Err("it does not end".to_owned())
}

proptest! {
    #[test]
    fn an_operation_ends_as_the_service_ended_it(
        story in proptest::collection::vec(any_answer(), 0..12),
        closes in proptest::collection::vec(any::<bool>(), 0..12),
        end in prop_oneof![Just(End::Succeeded), Just(End::Failed)],
    ) {
        let mut outcomes = vec![Ok(accepted())];
        outcomes.extend(story);
        match end {
            End::Succeeded => outcomes.extend([Ok(status("Succeeded")), Ok(answer(200, r#"{"made":1}"#))]),
            End::Failed => outcomes.push(Ok(status("Failed"))),
        }
        let rig = Rig::with_outcomes(outcomes);
        let outcome = follow(&rig, &closes).map_err(TestCaseError::fail)?;

        match end {
            End::Succeeded => prop_assert_eq!(outcome, Ok(json!({ "made": 1 }))),
            End::Failed => prop_assert!(matches!(outcome, Err(ArmError::OperationFailed(_))), "{:?}", outcome),
        }
        let sent = rig.script.sent();
        prop_assert_eq!(rig.script.unused(), 0, "{:?}", sent);
        prop_assert_eq!(sent.iter().filter(|line| line.starts_with("PUT")).count(), 1, "{:?}", sent);
        let ours = format!(" {ORIGIN}/");
        prop_assert!(sent.iter().all(|line| line.contains(&ours)), "{:?}", sent);
    }
}
