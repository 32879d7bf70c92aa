//! `/_emulator/…` and who may use it.

use arm_emulator_server::Options;
use reqwest::Method;
use serde_json::json;

use crate::rig::{Rig, SUBSCRIPTIONS, header, json};

async fn status(rig: &Rig, method: Method, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = rig.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer").status().as_u16()
}

async fn post(rig: &Rig, path: &str, body: &str) -> reqwest::Response {
    let request = rig.request(Method::POST, path).body(body.to_owned());
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn a_fault_is_injected_over_http() {
    let rig = Rig::start(Options::default()).await;
    let fault = json!({
        "matching": { "method": "GET", "pathContains": "/SUBSCRIPTIONS" },
        "kind": { "type": "status", "status": 503, "code": "ServiceUnavailable", "message": "Later." },
        "times": 2,
    });
    let injected = post(&rig, "/_emulator/faults", &json!([fault]).to_string()).await;
    assert_eq!(injected.status(), 204, "{injected:?}");
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(status(&rig, Method::GET, SUBSCRIPTIONS, &[]).await);
    }
    assert_eq!(statuses, [503, 503, 200]);

    let refused = post(&rig, "/_emulator/faults", r#"{"times":1}"#).await;
    assert_eq!(refused.status(), 400, "{refused:?}");
}

#[tokio::test]
async fn a_switch_is_turned_over_http() {
    let rig = Rig::start(Options::default()).await;
    let turned = post(&rig, "/_emulator/switches", r#"{"strictTokens":true}"#).await;
    assert_eq!(json(turned).await["strictTokens"], true);
    assert_eq!(status(&rig, Method::GET, SUBSCRIPTIONS, &[]).await, 401);
    let refused = post(&rig, "/_emulator/switches", r#"{"strictToken":true}"#).await;
    assert_eq!(refused.status(), 400, "{refused:?}");
}

#[tokio::test]
async fn an_unknown_route_is_listed() {
    let rig = Rig::start(Options::default()).await;
    let path = "/providers/Microsoft.Nothing/operations?api-version=1";
    assert_eq!(status(&rig, Method::GET, path, &[]).await, 501);
    let listed = rig.request(Method::GET, "/_emulator/unknown-routes").send().await;
    let listed = json(listed.expect("an answer")).await;
    assert_eq!(listed, json!(["GET /providers/Microsoft.Nothing/operations"]));
    assert_eq!(
        rig.server.with_world(|world| world.unknown_routes().len()),
        1,
        "the method shows the same"
    );
}

#[tokio::test]
async fn a_reset_brings_the_world_of_the_start_back() {
    let rig = Rig::start(Options {
        time_factor: 60.0,
        ..Options::default()
    })
    .await;
    assert_eq!(rig.put_backup("before-v42").await.status(), 202);
    rig.server
        .with_world(|world| world.switches().strict_tokens = true);
    assert_eq!(post(&rig, "/_emulator/reset", "").await.status(), 204);
    assert_eq!(rig.put_backup("before-v42").await.status(), 202);
    let switches = rig.server.with_world(|world| world.switches().clone());
    assert!(!switches.strict_tokens, "{switches:?}");
    assert_eq!(switches.operation_time_factor, 60.0, "{switches:?}");
}

#[tokio::test]
async fn the_whole_world_is_shown_to_its_own_origin_only() {
    let rig = Rig::start(Options::default()).await;
    let world = rig.request(Method::GET, "/_emulator/world").send().await;
    let world = world.expect("an answer");
    assert_eq!(header(&world, "Access-Control-Allow-Origin"), "");
    let shown = json(world).await;
    let expected = rig.server.with_world(|world| serde_json::to_value(world));
    assert_eq!(shown, expected.expect("JSON"));
}

#[tokio::test]
async fn the_log_tells_the_latest_requests_and_what_is_in_the_world() {
    let rig = Rig::start(Options::default()).await;
    rig.put_backup("before-v42").await;
    rig.fail_next(arm_emulator::FaultKind::NoAnswer);
    rig.request(Method::GET, SUBSCRIPTIONS)
        .send()
        .await
        .expect_err("no answer");
    let log = rig
        .request(Method::GET, "/_emulator/log")
        .send()
        .await
        .expect("an answer");
    assert_eq!(header(&log, "Access-Control-Allow-Origin"), "");
    let log = json(log).await;
    let (latest, first) = (&log["requests"][0], &log["requests"][1]);
    assert_eq!(
        (&latest["path"], &latest["status"]),
        (&json!("/subscriptions"), &json!(null)),
        "{latest}"
    );
    assert_eq!(
        first["path"],
        format!("{}/backups/before-v42", crate::rig::SERVER),
        "{first}"
    );
    assert_eq!(
        (&first["method"], &first["status"]),
        (&json!("PUT"), &json!(202)),
        "{first}"
    );
    assert!(first["milliseconds"].is_number(), "{first}");
    assert_eq!(
        log["requests"].as_array().map(Vec::len),
        Some(2),
        "it does not tell of itself"
    );
    assert_eq!(log["world"]["operations"][0]["status"], "InProgress", "{log}");
    assert_eq!(
        log["world"]["servers"].as_array().map(Vec::len),
        Some(13),
        "{log}"
    );
}

#[tokio::test]
async fn only_loopback_may_ask_and_only_the_own_origin_may_control() {
    let rig = Rig::start(Options::default()).await;
    let own = rig.server.url();
    for (method, path, headers, expected) in [
        (Method::POST, "/_emulator/reset", [("Origin", own.as_str())], 204),
        (
            Method::POST,
            "/_emulator/reset",
            [("Origin", "https://example.com")],
            403,
        ),
        (
            Method::POST,
            "/_emulator/reset",
            [("Origin", "http://127.0.0.1:1")],
            403,
        ),
        (Method::POST, "/_emulator/reset", [("Origin", "null")], 403),
        (
            Method::GET,
            "/_emulator/world",
            [("Origin", "https://example.com")],
            403,
        ),
        (Method::GET, "/_emulator/world", [("Host", "example.com")], 421),
        (Method::GET, "/_emulator/log", [("Host", "example.com")], 421),
        (
            Method::GET,
            "/_emulator/log",
            [("Origin", "https://example.com")],
            403,
        ),
        (Method::GET, "/", [("Host", "example.com")], 421),
        (Method::GET, SUBSCRIPTIONS, [("Host", "example.com:80")], 421),
        (
            Method::GET,
            SUBSCRIPTIONS,
            [("Host", "management.azure.com")],
            421,
        ),
        (Method::GET, SUBSCRIPTIONS, [("Host", "localhost:1")], 200),
        (
            Method::GET,
            SUBSCRIPTIONS,
            [("Origin", "https://example.com")],
            200,
        ),
        (Method::GET, "/_emulator/nothing", [("Accept", "*/*")], 404),
        (Method::GET, "/_emulator/reset", [("Accept", "*/*")], 405),
    ] {
        let answered = status(&rig, method.clone(), path, &headers).await;
        assert_eq!(answered, expected, "{method} {path} {headers:?}");
    }
}
