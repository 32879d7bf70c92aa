//! Operations as the tests begin and follow them.

use arm_client::{ArmError, FinalStateVia, Operation, Progress, Repetition};
use arm_core::{Method, Response};
use serde_json::Value;

use crate::support::{Rig, block_on, json as answer};

/// A polling URL as the service signs them.
pub const SIGNED: &str =
    "https://management.azure.com/locations/Canada%20Central/op/1?api-version=1&t=6&c=MII-_&s=a%2Bb&h=x";

/// An operation on `/r`.
pub fn operation(method: Method, final_state_via: FinalStateVia) -> Operation {
    Operation {
        method,
        path: "/r".to_owned(),
        api_version: "1",
        body: Some("{}".to_owned()),
        repetition: Repetition::Triggers,
        final_state_via,
    }
}

/// A PUT whose result is read where it was written.
pub fn put() -> Operation {
    operation(Method::Put, FinalStateVia::AzureAsyncOperation)
}

/// The first answer of an operation that will be asked at [`SIGNED`] every 15 s.
pub fn accepted() -> Response {
    Response::new(202)
        .with_header("Azure-AsyncOperation", SIGNED)
        .with_header("Retry-After", "15")
}

/// The answer of a status URL.
pub fn status(word: &str) -> Response {
    answer(200, &format!(r#"{{"name":"g","status":"{word}"}}"#))
}

/// Follows to the end; `Ok(None)` is unknown.
pub fn follow(rig: &Rig, operation: &Operation) -> Result<Option<Value>, ArmError> {
    block_on(async {
        let mut poller = rig.client.begin::<Value>(operation).await?;
        loop {
            match poller.next().await? {
                Progress::Running { .. } => {}
                Progress::Finished => return poller.result().await.map(Some),
                Progress::Unknown => return Ok(None),
            }
        }
    })
}
