//! Continuation tokens: an operation goes on after a reload.

use arm_client::{ArmClient, ArmOrigin, ContinuationToken, Poller, Progress};
use arm_core::Response;
use serde_json::{Value, json};

use crate::{
    operations::put,
    support::{Rig, block_on, json as answer, seconds},
};

fn story() -> Vec<Response> {
    let running = || answer(200, r#"{"status":"InProgress"}"#).with_header("Retry-After", "30");
    vec![
        Response::new(202)
            .with_header("Azure-AsyncOperation", "/op/1?s=secret")
            .with_header("Retry-After", "30"),
        running(),
        running(),
        answer(200, r#"{"status":"Succeeded"}"#),
        answer(200, r#"{"made":1}"#),
    ]
}

/// The token as it comes back from storage.
fn stored(token: &ContinuationToken) -> ContinuationToken {
    let text = serde_json::to_string(token).expect("a text");
    serde_json::from_str(&text).expect("a token")
}

fn resume(client: &ArmClient, token: &ContinuationToken) -> Poller<Value> {
    client
        .resume(&stored(token))
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn resumed_at_any_point_an_operation_ends_as_if_it_had_not_been_left() {
    for left_after in 0..=4 {
        let rig = Rig::new(story());
        let mut poller: Poller<Value> = block_on(rig.client.begin(&put())).expect("a begun operation");
        for _ in 0..left_after {
            block_on(poller.next()).expect("progress");
        }
        let token = poller.continuation_token().expect("a token");
        drop(poller);

        let mut poller = resume(&rig.client, &token);
        while block_on(poller.next()).expect("progress") != Progress::Finished {}
        assert_eq!(
            block_on(poller.result()),
            Ok(json!({ "made": 1 })),
            "left after {left_after}"
        );
        assert_eq!(rig.script.unused(), 0, "left after {left_after}");
        let triggers = rig
            .script
            .sent()
            .iter()
            .filter(|line| line.starts_with("PUT"))
            .count();
        assert_eq!(triggers, 1, "left after {left_after}");
        assert_eq!(
            rig.elapsed(),
            seconds(90),
            "left after {left_after}: the same waits"
        );
    }
}

#[test]
fn who_comes_back_late_asks_at_once() {
    let rig = Rig::new(story());
    let poller: Poller<Value> = block_on(rig.client.begin(&put())).expect("a begun operation");
    let token = poller.continuation_token().expect("a token");
    rig.clock.advance(seconds(3600));
    let mut poller = resume(&rig.client, &token);
    assert_eq!(poller.next_poll_in(), Some(seconds(0)));
    block_on(poller.next()).expect("what was known");
    block_on(poller.next()).expect("what is known now");
    assert_eq!(rig.elapsed(), seconds(3600));
}

#[test]
fn a_token_of_another_azure_or_of_nothing_is_refused() {
    let rig = Rig::new(story());
    let poller: Poller<Value> = block_on(rig.client.begin(&put())).expect("a begun operation");
    let token = poller.continuation_token().expect("a token");

    let elsewhere = ArmOrigin::new("https://arm.emulator.invalid").expect("an origin");
    let other = ArmClient::new(
        elsewhere,
        rig.script.clone(),
        rig.clock.clone(),
        rig.tokens.clone(),
    );
    assert!(other.resume::<Value>(&token).is_err(), "another origin");

    for text in ["", "{}", "null", r#"{"format":2}"#] {
        let token: ContinuationToken = serde_json::from_value(json!(text)).expect("any text");
        assert!(rig.client.resume::<Value>(&token).is_err(), "{text}");
    }
    assert_eq!(rig.script.sent().len(), 1, "nothing was asked");
}

#[test]
fn t01_a_token_that_was_tampered_with_sends_nothing_elsewhere() {
    let rig = Rig::new(story());
    let poller: Poller<Value> = block_on(rig.client.begin(&put())).expect("a begun operation");
    let text = serde_json::to_string(&poller.continuation_token().expect("a token")).expect("a text");
    let token: ContinuationToken =
        serde_json::from_str(&text.replace("/op/1", "https://evil.example/op/1")).expect("a token");
    let mut poller = rig.client.resume::<Value>(&token).expect("a poller");
    block_on(poller.next()).expect("what was known");
    let error = block_on(poller.next()).expect_err("a refused URL");
    assert!(!error.to_string().contains("evil"), "{error}");
    assert_eq!(rig.script.sent().len(), 1, "nothing was asked");
}

#[test]
fn a_token_holds_no_access_token_and_shows_nothing() {
    let rig = Rig::new(story());
    let poller: Poller<Value> = block_on(rig.client.begin(&put())).expect("a begun operation");
    let token = poller.continuation_token().expect("a token");
    let text = serde_json::to_string(&token).expect("a text");
    assert!(
        !text.contains("token-1") && !text.to_lowercase().contains("authorization"),
        "{text}"
    );
    assert_eq!(format!("{token:?}"), "ContinuationToken(..)");
}
