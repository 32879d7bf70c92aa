//! What the four protocols have in common: each reaches its result.

use arm_client::FinalStateVia;
use arm_core::{Method, Response};
use serde_json::{Value, json};

use crate::{
    operations::{follow, operation, put, status},
    support::{ORIGIN, Rig, json as answer},
};

#[test]
fn a_service_may_move_the_status_and_the_result() {
    let rig = Rig::new([
        Response::new(202)
            .with_header("azure-asyncoperation", "/op/1")
            .with_header("location", "/made/1"),
        status("InProgress")
            .with_header("AZURE-ASYNCOPERATION", "/op/2")
            .with_header("Location", "/made/2"),
        status("Succeeded"),
        answer(200, r#"{"n":2}"#),
    ]);
    let made = follow(&rig, &operation(Method::Post, FinalStateVia::Location));
    assert_eq!(made, Ok(Some(json!({ "n": 2 }))));
    let sent = rig.script.sent();
    assert_eq!(
        sent[1..],
        [
            format!("GET {ORIGIN}/op/1"),
            format!("GET {ORIGIN}/op/2"),
            format!("GET {ORIGIN}/made/2")
        ]
    );
}

#[test]
fn each_protocol_reaches_its_result() {
    use FinalStateVia::{AzureAsyncOperation, Location, OperationLocation, OriginalUri};
    let made = || answer(200, r#"{"made":1}"#);
    let provisioning = |word: &str| {
        answer(
            200,
            &format!(r#"{{"made":1,"properties":{{"provisioningState":"{word}"}}}}"#),
        )
    };
    let at = |header: &str| Response::new(202).with_header(header, "/op/1");
    for (name, operation, answers) in [
        (
            "operation-location",
            operation(Method::Patch, OperationLocation),
            vec![at("Operation-Location"), status("Succeeded"), made()],
        ),
        (
            "location",
            operation(Method::Post, Location),
            vec![at("Location"), Response::new(202), made()],
        ),
        (
            "location, put",
            operation(Method::Put, Location),
            vec![at("Location"), Response::new(204), made()],
        ),
        (
            "original",
            operation(Method::Post, OriginalUri),
            vec![at("Azure-AsyncOperation"), status("Succeeded"), made()],
        ),
        (
            "body",
            put(),
            vec![
                provisioning("Creating"),
                provisioning("Creating"),
                provisioning("Succeeded"),
            ],
        ),
        (
            "body, empty first",
            put(),
            vec![Response::new(201), provisioning("Succeeded")],
        ),
        ("at once", put(), vec![made()]),
        (
            "at once, action",
            operation(Method::Post, AzureAsyncOperation),
            vec![made()],
        ),
    ] {
        let rig = Rig::new(answers);
        let result = follow(&rig, &operation).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            result.map(|value| value["made"].clone()),
            Some(json!(1)),
            "{name}"
        );
        assert_eq!(rig.script.unused(), 0, "{name}");
    }
}

#[test]
fn a_deletion_has_no_result_to_read() {
    for answers in [
        vec![Response::new(204)],
        vec![
            Response::new(202).with_header("Location", "/op/1"),
            Response::new(202),
            Response::new(204),
        ],
        vec![
            Response::new(202).with_header("Azure-AsyncOperation", "/op/1"),
            status("Succeeded"),
        ],
    ] {
        let shown = format!("{answers:?}");
        let rig = Rig::new(answers);
        assert_eq!(
            follow(&rig, &operation(Method::Delete, FinalStateVia::Location)),
            Ok(Some(Value::Null)),
            "{shown}"
        );
        assert_eq!(rig.script.unused(), 0, "{shown}");
    }
}
