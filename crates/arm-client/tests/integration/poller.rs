//! Following an operation.

use arm_client::{ArmError, Operation, Poller, Progress};
use arm_core::Response;
use serde_json::{Value, json};

use crate::{
    operations::{SIGNED, accepted, follow, put, status},
    support::{ORIGIN, Rig, block_on, json as answer, lost, refusal, seconds},
};

fn begin(rig: &Rig, operation: &Operation) -> Poller<Value> {
    block_on(rig.client.begin(operation)).expect("a begun operation")
}

fn running(word: &str) -> Result<Progress, ArmError> {
    Ok(Progress::Running {
        status: word.to_owned(),
        percent: None,
    })
}

#[test]
fn the_state_is_told_before_the_wait() {
    let rig = Rig::new([
        accepted(),
        status("InProgress"),
        status("Succeeded"),
        answer(200, r#"{"id":"x"}"#),
    ]);
    let mut poller = begin(&rig, &put());
    assert_eq!(poller.next_poll_in(), Some(seconds(15)));
    assert_eq!(block_on(poller.next()), running("Accepted"));
    assert_eq!(
        (rig.elapsed(), rig.script.sent().len()),
        (seconds(0), 1),
        "at once, without asking"
    );

    assert_eq!(block_on(poller.next()), running("InProgress"));
    assert_eq!(
        (rig.elapsed(), rig.script.sent().len()),
        (seconds(15), 2),
        "after the time the service asked for"
    );

    let own = poller.next_poll_in().expect("a next poll");
    assert!(
        (seconds(6)..seconds(9)).contains(&own),
        "no Retry-After on the poll: our own pace, {own:?}"
    );
    assert_eq!(block_on(poller.next()), Ok(Progress::Finished));
    assert_eq!(rig.elapsed(), seconds(15) + own);
    assert_eq!(poller.next_poll_in(), None);

    assert_eq!(
        block_on(poller.next()),
        Ok(Progress::Finished),
        "told again without asking"
    );
    assert_eq!(block_on(poller.result()), Ok(json!({ "id": "x" })));
    assert_eq!(
        rig.script.sent(),
        [
            format!("PUT {ORIGIN}/r?api-version=1"),
            format!("GET {SIGNED}"),
            format!("GET {SIGNED}"),
            format!("GET {ORIGIN}/r?api-version=1"),
        ],
        "polling URLs leave as they came"
    );
}

#[test]
fn who_asks_at_once_waits_for_nothing_and_the_next_poll_is_due_again() {
    let rig = Rig::new([
        accepted(),
        status("InProgress").with_header("Retry-After", "40"),
        status("Succeeded"),
    ]);
    let mut poller = begin(&rig, &put());
    assert_eq!(block_on(poller.look()), running("InProgress"));
    assert_eq!((rig.elapsed(), rig.script.sent().len()), (seconds(0), 2));
    assert_eq!(poller.next_poll_in(), Some(seconds(40)));
    assert_eq!(block_on(poller.next()), Ok(Progress::Finished));
    assert_eq!(rig.elapsed(), seconds(40));
}

#[test]
fn a_poller_knows_how_its_request_was_answered_unless_another_tab_sent_it() {
    let rig = Rig::new([accepted()]);
    let poller = begin(&rig, &put());
    assert_eq!(poller.began_with(), Some(202));
    let token = poller.continuation_token().expect("it runs");
    let resumed: Poller<Value> = rig.client.resume(&token).expect("a token of this client");
    assert_eq!(resumed.began_with(), None);
}

#[test]
fn a_failed_operation_keeps_the_services_words() {
    let body = r#"{"status":"Failed","error":{"code":"InternalServerError","message":"An unexpected error occured."}}"#;
    let rig = Rig::new([
        accepted(),
        answer(200, body).with_header("x-ms-request-id", "r-7"),
    ]);
    let error = follow(&rig, &put()).expect_err("a failure");
    let ArmError::OperationFailed(service) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (service.status, error.code()),
        (200, Some("InternalServerError")),
        "{error}"
    );
    assert_eq!(service.message, "An unexpected error occured.");
    assert_eq!(error.request_id(), Some("r-7"));
}

#[test]
fn canceled_ends_an_operation_in_both_spellings() {
    for word in ["Canceled", "Cancelled", "canceled", "Failed"] {
        let rig = Rig::new([accepted(), status(word)]);
        let mut poller = begin(&rig, &put());
        block_on(poller.next()).expect("the first state");
        for _ in 0..2 {
            let error = block_on(poller.next()).expect_err("an end");
            assert!(matches!(error, ArmError::OperationFailed(_)), "{word}: {error:?}");
            assert_eq!(error.code(), Some(word), "all there is to say");
        }
        assert!(poller.continuation_token().is_none(), "{word}");
        assert_eq!(rig.script.sent().len(), 2, "{word}: it is not asked again");
    }
}

#[test]
fn failing_to_ask_is_not_failure_of_the_operation() {
    for broken in [
        refusal(404, "NotFound"),
        refusal(403, "AuthorizationFailed"),
        Response::new(400),
        answer(200, "{}"),
        answer(200, "<html>"),
        Response::new(200),
        Response::new(204),
    ] {
        let shown = format!("{broken:?}");
        let rig = Rig::new([accepted(), broken, status("Succeeded"), answer(200, "{}")]);
        let mut poller = begin(&rig, &put());
        block_on(poller.next()).expect("the first state");
        let error = block_on(poller.next()).expect_err("a failed poll");
        assert!(
            matches!(error, ArmError::Service(_) | ArmError::Unreadable(_)),
            "{shown}: {error:?}"
        );
        assert!(poller.continuation_token().is_some(), "{shown}");
        let wait = poller.next_poll_in().expect("it will be asked again");
        assert!(wait > seconds(4), "{shown}: not at once, {wait:?}");
        assert_eq!(block_on(poller.next()), Ok(Progress::Finished), "{shown}");
    }
}

#[test]
fn passing_faults_of_a_poll_are_not_even_seen() {
    let rig = Rig::with_outcomes([
        Ok(accepted()),
        lost(),
        Ok(refusal(504, "GatewayTimeout")),
        Ok(refusal(429, "Throttled").with_header("Retry-After", "30")),
        Ok(status("Succeeded")),
        Ok(answer(200, "{}")),
    ]);
    assert_eq!(follow(&rig, &put()), Ok(Some(json!({}))));
}

#[test]
fn a_page_of_a_proxy_leaves_open_what_became_of_the_request() {
    let rig = Rig::new([answer(200, "<html>sign in to the network</html>")]);
    let error = follow(&rig, &put()).expect_err("no operation");
    assert!(matches!(error, ArmError::Unreadable(_)), "{error:?}");
    assert!(error.may_have_begun(), "{error:?}");
}

#[test]
fn waits_follow_the_service_and_are_never_a_storm() {
    for (value, expected) in [
        ("20", 20..=20),
        ("0", 1..=1),
        ("Fri, 20 Nov 2026 06:30:40 GMT", 40..=40),
        ("Fri, 20 Nov 2026 06:00:00 GMT", 1..=1),
        ("soon", 4..=5),
        ("-5", 4..=5),
        ("999999", 600..=600),
    ] {
        let first = Response::new(202)
            .with_header("Azure-AsyncOperation", "/op/1")
            .with_header("Retry-After", value);
        let rig = Rig::new([first, status("InProgress")]);
        let mut poller = begin(&rig, &put());
        block_on(poller.next()).expect("the first state");
        block_on(poller.next()).expect("the second state");
        assert!(
            expected.contains(&rig.elapsed().as_secs()),
            "{value}: {:?}",
            rig.elapsed()
        );
    }
}

#[test]
fn the_callers_headers_go_with_every_poll_and_the_final_read() {
    let mut rig = Rig::new([accepted(), status("Succeeded"), answer(200, "{}")]);
    rig.client = rig.client.with_header("Accept-Language", "de").for_tenant("t-2");
    assert_eq!(follow(&rig, &put()), Ok(Some(json!({}))));
    for request in rig.script.requests() {
        assert_eq!(request.headers.get("accept-language"), Some("de"), "{request:?}");
        assert!(
            request.headers.get("x-ms-client-request-id").is_some(),
            "{request:?}"
        );
    }
    let asked = rig.tokens.asked.borrow();
    assert!(
        asked
            .iter()
            .all(|request| request.tenant.as_deref() == Some("t-2")),
        "{asked:?}"
    );
}

#[test]
fn a_result_before_the_end_is_refused() {
    let rig = Rig::new([accepted()]);
    let error = block_on(begin(&rig, &put()).result()).expect_err("no result");
    assert!(matches!(error, ArmError::Unreadable(_)), "{error:?}");
    assert_eq!(rig.script.sent().len(), 1);
}

#[test]
fn percent_is_told_where_the_service_says_it() {
    let rig = Rig::new([
        accepted(),
        answer(200, r#"{"status":"Running","percentComplete":40}"#),
    ]);
    let mut poller = begin(&rig, &put());
    block_on(poller.next()).expect("the first state");
    let expected = Progress::Running {
        status: "Running".to_owned(),
        percent: Some(40.0),
    };
    assert_eq!(block_on(poller.next()), Ok(expected));
}
