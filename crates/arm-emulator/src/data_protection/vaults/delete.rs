//! `DELETE …/backupVaults/{vaultName}` (reference G5).

use arm_core::Response;
use serde_json::Value;

use crate::{
    call::Call,
    data_protection::{
        DELETED_INSTANCE_TYPE, INSTANCE_TYPE, Task,
        begin::{Announced, Work, begin},
        timing, user_errors,
    },
    operations::{Effect, Outcome},
    refusals::Refusal,
    world::World,
};

/// Answers 202, or 204 where there is none; a vault that protects something stays.
pub(crate) fn delete_vault(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let key = super::key(call);
    let Some(vault) = world.document(&key).cloned() else {
        return Ok(Response::new(204));
    };
    let held = world.below(&key, INSTANCE_TYPE).count() + world.below(&key, DELETED_INSTANCE_TYPE).count();
    if held > 0 {
        let name = call.parameter("vaultName");
        return Err(user_errors::VAULT_IN_USE.say(&[name]).refuse(call));
    }
    let work = Work {
        task: Task::DeleteVault,
        ends: world.end_of(timing::DELETE_VAULT, call.now),
        outcome: Outcome::Success(vec![Effect::Remove(key)]),
        undo: Vec::new(),
        properties: Value::Null,
        headers: Announced::AtLocation,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}
