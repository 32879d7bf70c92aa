//! `GET …/operationStatus/{operationId}`, below a location and below a vault (reference B2).

use arm_core::Response;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    operations::{Operation, Outcome},
    postgres,
    refusals::{Refusal, json_response},
    timestamps::with_z,
    world::World,
};

/// The state of an operation, always with HTTP 200: a failed operation is no failed question.
pub(crate) fn operation_status(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let operation = postgres::operation_status::find(world, call)?;
    let is_running = operation.is_running(call.now);
    let mut body = Map::new();
    body.insert("id".to_owned(), json!(call.path()));
    body.insert("name".to_owned(), json!(operation.name));
    body.insert("status".to_owned(), json!(status(world, operation, call)));
    if let (false, Outcome::Failure(failure)) = (is_running, &operation.outcome) {
        let mut error = Map::new();
        if !failure.user_facing.is_null() {
            let info = json!([{ "type": "UserFacingError", "info": failure.user_facing }]);
            error.insert("additionalInfo".to_owned(), info);
        }
        error.insert("code".to_owned(), json!(failure.code));
        error.insert("message".to_owned(), json!(failure.message));
        body.insert("error".to_owned(), Value::Object(error));
    }
    body.insert("startTime".to_owned(), json!(with_z(operation.started)));
    body.insert("endTime".to_owned(), json!(end_time(operation, call)));
    let has_succeeded = !is_running && matches!(operation.outcome, Outcome::Success(_));
    if has_succeeded && !operation.properties.is_null() {
        body.insert("properties".to_owned(), operation.properties.clone());
    }
    let response = json_response(200, &body.into());
    Ok(if is_running {
        world.with_retry_after(response, operation.kind)
    } else {
        response
    })
}

/// A running operation is `Inprogress` here, with a small p (reference B2).
fn status(world: &World, operation: &Operation, call: &Call) -> &'static str {
    match operation.status(call.now, world.switches.canceled_has_two_ls) {
        "InProgress" => "Inprogress",
        other => other,
    }
}

/// The year 1 while it runs, without an offset in the documents' version; whole seconds at its end (reference B2).
fn end_time(operation: &Operation, call: &Call) -> String {
    if !operation.is_running(call.now) {
        return operation.ends.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    }
    let offset = if call.api_version().starts_with("2021-") {
        ""
    } else {
        "Z"
    };
    format!("0001-01-01T00:00:00{offset}")
}
