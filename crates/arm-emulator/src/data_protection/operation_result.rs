//! `GET …/locations/{location}/operationResults/{operationId}` (reference B2).

use arm_core::Response;
use serde_json::{Value, json};

use super::Task;
use crate::{
    call::Call,
    operations::{Effect, Kind, Outcome},
    postgres,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// 202 while the operation runs, afterwards what a synchronous answer would have been.
pub(crate) fn operation_result(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let operation = postgres::operation_status::find(world, call)?;
    if operation.is_running(call.now) {
        let target = &call.target;
        let url = format!("{}{}?{}", target.origin, target.path, target.query);
        let response = Response::new(202).with_header("Location", url);
        return Ok(world.with_retry_after(response, operation.kind));
    }
    match &operation.outcome {
        Outcome::Success(effects) => Ok(match operation.kind {
            Kind::DataProtection(Task::ValidateForBackup | Task::ValidateForRestore) => {
                json_response(200, &json!({ "objectType": "OperationJobExtendedInfo" }))
            }
            Kind::DataProtection(Task::UpdateVault) => json_response(200, &written(effects)),
            _ if !operation.properties.is_null() => json_response(200, &operation.properties),
            _ => Response::new(200),
        }),
        Outcome::Failure(failure) if !failure.user_facing.is_null() => Err(Refusal::of_backup(
            &failure.code,
            failure.message.clone(),
            failure.user_facing.clone(),
        )),
        Outcome::Failure(failure) => Err(refusals::failed_operation(&failure.code, &failure.message)),
        Outcome::Cancellation => Err(refusals::OPERATION_CANCELED.refuse(&[])),
    }
}

fn written(effects: &[Effect]) -> Value {
    let mut documents = effects.iter().filter_map(|effect| match effect {
        Effect::Put(document) => Some(document.clone()),
        _ => None,
    });
    documents.next().unwrap_or_default()
}
