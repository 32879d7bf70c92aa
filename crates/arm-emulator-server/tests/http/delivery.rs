//! Answers that come late, or not at all.

use arm_emulator::FaultKind;
use arm_emulator_server::Options;
use reqwest::Method;
use tokio::task::JoinHandle;

use crate::rig::{Rig, SUBSCRIPTIONS};

/// Sends a request and gives it back, still unanswered, once the world has seen it.
async fn seen_but_unanswered(rig: &Rig, kind: FaultKind) -> JoinHandle<reqwest::Result<reqwest::Response>> {
    rig.fail_next(kind);
    let request = tokio::spawn(rig.request(Method::GET, SUBSCRIPTIONS).send());
    let faults = || {
        let world = rig.server.with_world(|world| serde_json::to_value(world));
        world.expect("JSON")["faults"].as_array().map(Vec::len)
    };
    while faults() != Some(0) {
        tokio::task::yield_now().await;
    }
    let answered = rig.request(Method::GET, SUBSCRIPTIONS).send().await;
    assert_eq!(answered.expect("an answer").status(), 200, "others are served");
    assert!(!request.is_finished(), "it was answered at once");
    request
}

#[tokio::test]
async fn no_answer_closes_the_connection() {
    let rig = Rig::start(Options::default()).await;
    rig.fail_next(FaultKind::NoAnswer);
    let lost = rig.request(Method::GET, SUBSCRIPTIONS).send().await;
    let error = lost.expect_err("no answer");
    assert!(error.is_request(), "{error:?}");
    let next = rig.request(Method::GET, SUBSCRIPTIONS).send().await;
    assert_eq!(next.expect("an answer").status(), 200);
}

#[tokio::test]
async fn a_lost_answer_is_not_asked_for_again_by_the_http_library() {
    let rig = Rig::start(Options::default()).await;
    let first = rig.request(Method::GET, SUBSCRIPTIONS).send().await;
    let first = first.expect("an answer");
    assert_eq!(
        first.headers()["connection"],
        "close",
        "a kept-alive connection that breaks makes clients repeat the request"
    );
}

#[tokio::test]
async fn a_late_answer_holds_nobody_else_up() {
    let rig = Rig::start(Options::default()).await;
    let late = seen_but_unanswered(&rig, FaultKind::Delay { seconds: 1 }).await;
    let answer = late.await.expect("no panic").expect("an answer");
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn an_answer_that_never_comes_ends_with_the_server() {
    let rig = Rig::start(Options::default()).await;
    let waiting = seen_but_unanswered(&rig, FaultKind::Never).await;
    let url = rig.server.url();
    drop(rig);
    waiting.await.expect("no panic").expect_err("no answer");
    let gone = reqwest::get(url).await.expect_err("no server");
    assert!(gone.is_connect(), "{gone:?}");
}
