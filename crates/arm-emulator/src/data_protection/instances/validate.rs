//! `POST …/backupVaults/{vaultName}/validateForBackup`, and `…/backupInstances/{backupInstanceName}/validateForModifyBackup`
//! (reference B1, B2, B10).

use arm_core::Response;
use serde_json::Value;

use super::{put::check_change, reasons, request::Protection};
use crate::{
    call::Call,
    data_protection::{
        Task,
        begin::{Announced, Work, begin},
        timing, vaults,
    },
    operations::Outcome,
    refusals::Refusal,
    world::World,
};

/// 400 where the datasource is protected already, else 202; what is missing is told at the end.
pub(crate) fn validate_for_backup(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let protection = Protection::of_validation(call)?;
    reasons::at_once(world, &vault, &protection, None).map_err(|error| error.refuse(call))?;
    Ok(validate(
        world,
        call,
        &vault,
        &protection,
        Task::ValidateForBackup,
    ))
}

/// The same of another policy for an instance that is there, as a `PUT` of it would be judged.
pub(crate) fn validate_for_modify_backup(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let present = super::find(world, call)?.clone();
    let protection = Protection::of_validation(call)?;
    let key = super::key(call);
    reasons::at_once(world, &vault, &protection, Some(&key)).map_err(|error| error.refuse(call))?;
    check_change(&present, &protection, call)?;
    Ok(validate(
        world,
        call,
        &vault,
        &protection,
        Task::ValidateForModifyBackup,
    ))
}

fn validate(world: &mut World, call: &Call, vault: &Value, protection: &Protection, task: Task) -> Response {
    let (length, outcome) = match reasons::in_the_end(world, vault, protection, call.now) {
        Ok(()) => (timing::VALIDATE, Outcome::Success(Vec::new())),
        Err(error) => {
            let failure = error.fail(&call.correlation_id);
            (timing::VALIDATE_IN_VAIN, Outcome::Failure(failure))
        }
    };
    let work = Work {
        task,
        ends: world.end_of(length, call.now),
        outcome,
        undo: Vec::new(),
        properties: Value::Null,
        headers: Announced::InBoth,
    };
    begin(world, call, vault, Response::new(202), work)
}

#[cfg(test)]
mod change_tests;
#[cfg(test)]
mod tests;
