//! Requests that no client should send: the error that the service gives, and a world that stays as it was.

use arm_emulator_server::Options;
use reqwest::Method;
use serde_json::Value;

use crate::rig::{Rig, SERVER, header, json};

const VERSION: &str = "api-version=2025-08-01";

fn resources(rig: &Rig) -> Value {
    let world = rig.server.with_world(|world| serde_json::to_value(world));
    let mut world = world.expect("JSON");
    Value::from(vec![world["documents"].take(), world["operations"].take()])
}

/// Refused with this status and code, and no resource is different.
async fn check(method: &str, path: &str, body: &[u8], status: u16, code: &str) {
    let rig = Rig::start(Options::default()).await;
    let before = resources(&rig);
    let name = Method::from_bytes(method.as_bytes()).expect(method);
    let answer = rig.request(name, path).body(body.to_vec()).send().await;
    let answer = answer.expect("an answer");
    let context = format!("{method} {path}");
    assert_eq!(answer.status().as_u16(), status, "{context}: {answer:?}");
    assert_eq!(
        header(&answer, "Access-Control-Allow-Origin"),
        "*",
        "{context}: {answer:?}"
    );
    let error = json(answer).await["error"].clone();
    assert_eq!(error["code"], code, "{context}: {error}");
    assert!(
        error["message"].as_str().is_some_and(|text| !text.is_empty()),
        "{context}: {error}"
    );
    assert_eq!(resources(&rig), before, "{context}");
}

#[tokio::test]
async fn malformed_ids_are_refused() {
    let other = SERVER.replace("11111111-1111-4111-8111-111111111111", "not-a-guid");
    check(
        "GET",
        &format!("{other}?{VERSION}"),
        b"",
        400,
        "InvalidSubscriptionId",
    )
    .await;
    check("GET", &format!("{SERVER}/%zz?{VERSION}"), b"", 400, "BadRequest").await;
    check("GET", &format!("{SERVER}/%ff?{VERSION}"), b"", 400, "BadRequest").await;
    check(
        "GET",
        &format!("{SERVER}//backups?{VERSION}"),
        b"",
        501,
        "NotImplemented",
    )
    .await;
    check(
        "GET",
        &format!("/subscriptions/{SERVER}?{VERSION}"),
        b"",
        501,
        "NotImplemented",
    )
    .await;
    check(
        "GET",
        &format!("/providers/Contoso.Nothing/a?{VERSION}"),
        b"",
        501,
        "NotImplemented",
    )
    .await;
    // An escaped slash is part of a name, and does not reach what is below the server.
    for method in ["GET", "PATCH"] {
        let path = format!("{SERVER}%2Fbackups%2Fsmoke-test?{VERSION}");
        check(method, &path, b"{}", 404, "ResourceNotFound").await;
    }
    for name in ["a%20b", "a%2Fb", "%00", "a:b", &"b".repeat(129)] {
        let path = format!("{SERVER}/backups/{name}?{VERSION}");
        check("PUT", &path, b"", 400, "InvalidParameterValue").await;
    }
}

#[tokio::test]
async fn malformed_versions_are_refused() {
    for (query, code) in [
        ("", "MissingApiVersionParameter"),
        ("api-version=", "MissingApiVersionParameter"),
        ("api-version", "MissingApiVersionParameter"),
        ("apiversion=2025-08-01", "MissingApiVersionParameter"),
        ("api-version=2025-8-1", "NoRegisteredProviderFound"),
        (
            "api-version=2023-03-01-preview&api-version=2025-08-01",
            "NoRegisteredProviderFound",
        ),
        ("api-version=%27%22%3Cscript%3E", "NoRegisteredProviderFound"),
    ] {
        check("PUT", &format!("{SERVER}/backups/b?{query}"), b"", 400, code).await;
    }
}

#[tokio::test]
async fn malformed_bodies_are_refused() {
    let path = format!("{SERVER}?{VERSION}");
    for body in [
        &b""[..],
        b"{",
        b"[]",
        b"\"text\"",
        b"{\"a\":1}}",
        b"\xff\xfe",
        b"{\"tags\":{\"a\":null}}",
    ] {
        check("PATCH", &path, body, 400, "InvalidRequestContent").await;
    }
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    check("PATCH", &path, &deep, 400, "InvalidRequestContent").await;
    check(
        "PUT",
        &format!("{SERVER}/backups/b?{VERSION}"),
        &deep,
        400,
        "InvalidRequestContent",
    )
    .await;
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    check(
        "PUT",
        &format!("{SERVER}/backups/b?{VERSION}"),
        &large,
        413,
        "RequestContentTooLarge",
    )
    .await;
}

#[tokio::test]
async fn methods_that_azure_does_not_have_are_refused() {
    for method in ["TRACE", "PROPFIND", "put", "POST"] {
        check(
            method,
            &format!("{SERVER}/backups/b?{VERSION}"),
            b"",
            405,
            "MethodNotAllowed",
        )
        .await;
    }
    check(
        "DELETE",
        &format!("{SERVER}/backups?{VERSION}"),
        b"",
        405,
        "MethodNotAllowed",
    )
    .await;
}
