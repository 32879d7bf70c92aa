//! How often a request leaves.

use arm_client::{ArmError, BackupName};
use arm_core::{Method, Response, TransportError};

use crate::support::{Rig, block_on, json, lost, refusal, seconds, server};

type Outcome = Result<Response, TransportError>;

const SERVER: &str = r#"{"id":"/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a","name":"pg-a"}"#;

fn read(outcomes: Vec<Outcome>) -> (Rig, Result<String, ArmError>) {
    let rig = Rig::with_outcomes(outcomes);
    let read = block_on(rig.client.flexible_servers().get(&server())).map(|server| server.name);
    (rig, read)
}

fn trigger(outcomes: Vec<Outcome>) -> (Rig, Result<(), ArmError>) {
    let rig = Rig::with_outcomes(outcomes);
    let name: BackupName = "before-v42".parse().expect("a name");
    let begun = block_on(rig.client.backups(&server()).begin_create(&name)).map(drop);
    (rig, begun)
}

fn accepted() -> Outcome {
    Ok(Response::new(202).with_header("Azure-AsyncOperation", "/op/1"))
}

#[test]
fn a_read_is_repeated_after_a_lost_answer_and_a_bad_gateway() {
    let (rig, name) = read(vec![lost(), Ok(Response::new(502)), Ok(json(200, SERVER))]);
    assert_eq!(name.as_deref(), Ok("pg-a"));
    assert_eq!(rig.script.sent().len(), 3, "{:?}", rig.script.sent());
    assert!(
        (1..=3).contains(&rig.elapsed().as_secs()),
        "0.5 to 1 s, then 1 to 2 s: {:?}",
        rig.elapsed()
    );
}

#[test]
fn a_read_waits_exactly_as_long_as_it_is_told() {
    let throttled = refusal(429, "SubscriptionRequestsThrottled").with_header("Retry-After", "17");
    let (rig, name) = read(vec![Ok(throttled), Ok(json(200, SERVER))]);
    assert_eq!(name.as_deref(), Ok("pg-a"));
    assert_eq!(rig.elapsed(), seconds(17));
}

#[test]
fn a_read_is_given_up_after_four_attempts_and_keeps_the_last_words() {
    let busy = || Ok(refusal(503, "ServerBusy").with_header("x-ms-request-id", "r-4"));
    let (rig, name) = read(vec![busy(), busy(), busy(), busy()]);
    let error = name.expect_err("a failure");
    let ArmError::Exhausted(exhausted) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(exhausted.attempts, 4);
    assert_eq!(
        exhausted.waited,
        rig.elapsed(),
        "all the time that passed was waited"
    );
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("ServerBusy"), Some("r-4")),
        "{error}"
    );
}

#[test]
fn a_wait_nobody_would_sit_through_is_told_at_once() {
    let (rig, name) = read(vec![Ok(
        refusal(429, "Throttled").with_header("Retry-After", "3600")
    )]);
    let error = name.expect_err("a failure");
    let ArmError::Service(service) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(service.retry_after, Some(seconds(3600)), "{error}");
    assert_eq!(rig.elapsed(), seconds(0));
}

#[test]
fn a_refused_read_is_not_repeated() {
    for status in [400, 403, 404, 409, 501] {
        let (rig, name) = read(vec![Ok(refusal(status, "Refused"))]);
        let error = name.expect_err("a failure");
        assert_eq!(error.code(), Some("Refused"), "{status}: {error}");
        assert_eq!(rig.script.sent().len(), 1, "{status}");
    }
}

#[test]
fn a_trigger_is_repeated_only_when_it_was_turned_away() {
    let throttled = || refusal(429, "Throttled");
    let busy = || refusal(503, "ServerBusy");
    for (first, waited) in [
        (throttled().with_header("Retry-After", "10"), Some(10)),
        (throttled(), None),
        (busy().with_header("Retry-After", "20"), Some(20)),
    ] {
        let shown = format!("{first:?}");
        let (rig, begun) = trigger(vec![Ok(first), accepted()]);
        assert_eq!(begun, Ok(()), "{shown}");
        assert_eq!(rig.script.sent().len(), 2, "{shown}");
        if let Some(waited) = waited {
            assert_eq!(rig.elapsed(), seconds(waited), "{shown}");
        }
    }
}

#[test]
fn a_trigger_whose_answer_is_lost_left_once() {
    for first in [
        lost(),
        Ok(refusal(503, "ServerBusy")),
        Ok(refusal(500, "InternalServerError").with_header("Retry-After", "1")),
        Ok(refusal(504, "GatewayTimeout")),
        Ok(refusal(408, "RequestTimeout")),
    ] {
        let shown = format!("{first:?}");
        let (rig, begun) = trigger(vec![first]);
        let error = begun.expect_err("a failure");
        assert!(error.may_have_begun(), "{shown}");
        assert!(!matches!(error, ArmError::Exhausted(_)), "as it is: {error:?}");
        assert_eq!(rig.script.sent().len(), 1, "{shown}");
    }
}

#[test]
fn a_lost_answer_after_a_repetition_is_still_a_lost_answer() {
    let throttled = refusal(429, "Throttled").with_header("Retry-After", "1");
    let (rig, begun) = trigger(vec![Ok(throttled), lost()]);
    let error = begun.expect_err("a failure");
    assert!(matches!(error, ArmError::Transport(_)), "{error:?}");
    assert_eq!(rig.script.sent().len(), 2);
}

#[test]
fn a_refusal_after_a_lost_answer_is_no_proof_that_nothing_began() {
    let name: BackupName = "before-v42".parse().expect("a name");
    let delete = |outcomes: Vec<Outcome>| {
        let rig = Rig::with_outcomes(outcomes);
        let begun = block_on(rig.client.backups(&server()).begin_delete(&name)).map(drop);
        begun.expect_err("a refusal")
    };
    let refused = || Ok(refusal(409, "ServerBusy"));
    let throttled = || Ok(refusal(429, "Throttled").with_header("Retry-After", "1"));
    for (first, expected) in [
        (lost(), true),
        (Ok(refusal(504, "GatewayTimeout")), true),
        (throttled(), false),
    ] {
        let shown = format!("{first:?}");
        let error = delete(vec![first, refused()]);
        assert_eq!(error.code(), Some("ServerBusy"), "{shown}");
        assert_eq!(error.may_have_begun(), expected, "{shown}");
    }
    assert!(!delete(vec![refused()]).may_have_begun());
    // A read begins nothing.
    let (_, name) = read(vec![lost(), Ok(refusal(404, "ResourceNotFound"))]);
    let error = name.expect_err("a refusal");
    assert!(matches!(error, ArmError::Service(_)), "{error:?}");
}

#[test]
fn each_attempt_has_an_id_of_its_own_and_the_trigger_an_empty_body() {
    let throttled = refusal(429, "Throttled").with_header("Retry-After", "1");
    let (rig, _) = trigger(vec![Ok(throttled), accepted()]);
    let requests = rig.script.requests();
    let ids: Vec<_> = requests
        .iter()
        .map(|request| request.headers.get("x-ms-client-request-id"))
        .collect();
    assert!(ids[0].is_some_and(|id| id.len() == 36), "{ids:?}");
    assert_ne!(ids[0], ids[1]);
    for request in &requests {
        assert_eq!(request.method, Method::Put);
        assert_eq!(request.body.as_deref(), Some(""), "Content-Length: 0");
        assert_eq!(
            request.headers.get("content-type"),
            None,
            "nothing is described by it"
        );
        assert_eq!(request.headers.get("authorization"), Some("Bearer token-1"));
        assert_eq!(
            request.url,
            "https://management.azure.com/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL\
             /flexibleServers/pg-a/backups/before-v42?api-version=2025-08-01"
        );
    }
}

#[test]
fn an_answer_that_is_no_json_is_unreadable_and_names_its_request() {
    let html = Response::new(200)
        .with_header("x-ms-request-id", "r-9")
        .with_body("<html>");
    let (_, name) = read(vec![Ok(html)]);
    let error = name.expect_err("a failure");
    assert!(matches!(error, ArmError::Unreadable(_)), "{error:?}");
    assert_eq!(error.request_id(), Some("r-9"));
}
