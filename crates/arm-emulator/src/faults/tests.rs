use super::*;
use crate::testing::{ORDERS, Rig, VERSION, body, url};

fn put(rig: &mut Rig) -> Reply {
    rig.request(Request::new(
        Method::Put,
        url(&format!("{ORDERS}/backups/b"), VERSION),
    ))
}

fn inject(rig: &mut Rig, kind: FaultKind) {
    let matching = RequestMatcher {
        method: Some(Method::Put),
        path_contains: "/BACKUPS/".to_owned(),
    };
    rig.world.faults().inject(Fault {
        matching,
        kind,
        times: 1,
    });
}

/// Meets the fault once; whether the backup was begun all the same.
fn meet(kind: FaultKind) -> (Reply, bool) {
    let mut rig = Rig::new();
    inject(&mut rig, kind);
    let reply = put(&mut rig);
    rig.wait(150);
    let is_there = rig.get(&format!("{ORDERS}/backups/b")).status == 200;
    (reply, is_there)
}

#[test]
fn a_status_comes_instead_of_the_answer() {
    let (reply, is_there) = meet(FaultKind::Status {
        status: 503,
        code: "ServerUnavailable".to_owned(),
        message: "Try later.".to_owned(),
        retry_after: Some(7),
    });
    assert_eq!(reply.response.status, 503);
    assert_eq!(reply.response.headers.get("Retry-After"), Some("7"));
    assert_eq!(body(&reply.response)["error"]["code"], "ServerUnavailable");
    assert!(
        reply.response.headers.get("x-ms-request-id").is_some(),
        "{:?}",
        reply.response.headers
    );
    assert!(!is_there);
}

#[test]
fn a_request_may_be_carried_out_although_its_answer_is_an_error() {
    let (reply, is_there) = meet(FaultKind::CarriedOutBut {
        status: 500,
        code: "InternalServerError".to_owned(),
        message: "An unexpected error occured.".to_owned(),
    });
    assert_eq!(reply.response.status, 500);
    assert_eq!(body(&reply.response)["error"]["code"], "InternalServerError");
    assert!(is_there);
}

#[test]
fn a_status_without_cors_is_one_that_a_browser_cannot_read() {
    let (reply, is_there) = meet(FaultKind::StatusWithoutCors {
        status: 429,
        code: "TooManyRequests".to_owned(),
        message: "Slow down.".to_owned(),
        retry_after: Some(5),
    });
    assert_eq!(reply.over_http().status, 429);
    assert_eq!(reply.over_http().headers.get("Access-Control-Allow-Origin"), None);
    assert_eq!((reply.as_seen_by_a_browser(), is_there), (None, false));
}

#[test]
fn a_challenge_asks_for_claims() {
    let claims = r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#;
    let (reply, is_there) = meet(FaultKind::InsufficientClaims {
        claims: claims.to_owned(),
    });
    insta::assert_snapshot!(crate::testing::shown(&reply.response), @r#"
    401
    x-ms-failure-cause: gateway
    WWW-Authenticate: Bearer authorization_uri="https://login.windows.net/72f988bf-0000-4000-8000-00000000c0de", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoicDEifX19"
    {
      "error": {
        "code": "InvalidAuthenticationToken",
        "message": "The access token lacks claims that are required for this request. Sign in again with the claims in 'WWW-Authenticate'."
      }
    }
    "#);
    assert!(!is_there);
    let exposed = reply.over_http();
    let exposed = exposed
        .headers
        .get("Access-Control-Expose-Headers")
        .unwrap_or_default();
    assert!(exposed.contains("WWW-Authenticate"), "{exposed}");
}

#[test]
fn all_other_faults_come_after_the_request_was_carried_out() {
    let (garbage, is_there) = meet(FaultKind::Garbage);
    assert_eq!(
        (garbage.response.headers.get("Content-Type"), is_there),
        (Some("text/html"), true)
    );

    let (reset, is_there) = meet(FaultKind::NoAnswer);
    assert_eq!(
        (reset.delivery, reset.as_seen_by_a_browser(), is_there),
        (Delivery::Reset, None, true)
    );

    let (never, is_there) = meet(FaultKind::Never);
    assert_eq!(
        (never.delivery, never.as_seen_by_a_browser(), is_there),
        (Delivery::Never, None, true)
    );

    let (hidden, is_there) = meet(FaultKind::WithoutCors);
    assert_eq!(hidden.over_http(), hidden.response);
    assert_eq!((hidden.as_seen_by_a_browser(), is_there), (None, true));

    let (late, is_there) = meet(FaultKind::Delay { seconds: 9 });
    assert_eq!(
        (late.delivery, late.response.status),
        (Delivery::After(Duration::from_secs(9)), 202)
    );
    assert!(late.as_seen_by_a_browser().is_some() && is_there);
}

#[test]
fn an_operation_fails_at_its_end() {
    let mut rig = Rig::new();
    let (code, message) = ("Throttled".to_owned(), "Too much at once.".to_owned());
    inject(&mut rig, FaultKind::FailOperation { code, message });
    let begun = put(&mut rig).response;
    assert_eq!(begun.status, 202);
    rig.wait(150);
    let state = body(&rig.follow(begun.headers.get("Azure-AsyncOperation").unwrap_or_default()));
    assert_eq!(state["status"], "Failed", "{state}");
    assert_eq!(
        state["error"],
        json!({ "code": "Throttled", "message": "Too much at once." })
    );
    assert_eq!(rig.get(&format!("{ORDERS}/backups/b")).status, 404);
}

#[test]
fn a_fault_meets_only_its_requests_and_only_so_often() {
    let mut rig = Rig::new();
    inject(&mut rig, FaultKind::NoAnswer);
    let read = |rig: &mut Rig| {
        rig.request(Request::new(
            Method::Get,
            url(&format!("{ORDERS}/backups/b"), VERSION),
        ))
    };
    assert_eq!(read(&mut rig).delivery, Delivery::Normal, "another method");
    assert_eq!(put(&mut rig).delivery, Delivery::Reset);
    assert_eq!(put(&mut rig).delivery, Delivery::Normal, "the second time");
    inject(&mut rig, FaultKind::NoAnswer);
    rig.world.faults().clear();
    assert_eq!(put(&mut rig).delivery, Delivery::Normal, "taken away");
}

#[test]
fn a_fault_can_be_sent_as_json() {
    let text = r#"{"matching":{"method":"PUT","pathContains":"/backups/"},"kind":{"type":"status","status":429,"code":"TooManyRequests","message":"Slow down.","retryAfter":5},"times":2}"#;
    let fault: Fault = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(serde_json::to_string(&fault).unwrap_or_default(), text);
    let least: Fault = serde_json::from_str(r#"{"matching":{},"kind":{"type":"garbage"},"times":1}"#)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(least.kind, FaultKind::Garbage);
}
