//! `DELETE …/backupInstances/{backupInstanceName}`: stops protection and deletes the data (reference B1, B9).

use arm_core::Response;
use serde_json::{Value, json};

use super::{deleted, states};
use crate::{
    call::Call,
    data_protection::{
        JOB_TYPE, POINT_TYPE, Task,
        begin::{Announced, Work, begin},
        recovery_points, timing, user_errors, vaults,
        vaults::settings,
    },
    operations::{Effect, Outcome},
    postgres::servers::text,
    refusals::Refusal,
    world::World,
};

/// Answers 202, or 204 where there is none; where soft delete is on the data stay for a while.
pub(crate) fn delete_instance(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let Ok(instance) = super::find(world, call).cloned() else {
        return Ok(Response::new(204));
    };
    let key = super::key(call);
    let name = text(&instance, "/name");
    let is_kept = |point: &Value| recovery_points::expiry(point).is_none_or(|expiry| expiry > call.now);
    if settings::is_immutable(&vault) && world.below(&key, POINT_TYPE).any(is_kept) {
        return Err(user_errors::IMMUTABLE.say(&[name]).refuse(call));
    }
    if states::of(&instance) == states::SOFT_DELETING {
        let values = [name, states::SOFT_DELETING];
        return Err(user_errors::NOT_IN_THIS_STATE.say(&values).refuse(call));
    }
    world.give_up(&key);
    cancel_jobs(world, &vault, &instance);
    let ends = world.end_of(timing::DELETE_INSTANCE, call.now);
    let effects = if settings::has_soft_delete(&vault) {
        let patch = states::patch(states::SOFT_DELETING, "Deleting", &Value::Null);
        world.apply(Effect::Merge(key.clone(), patch));
        let remains = deleted::document(&vault, &instance, ends, &call.correlation_id);
        vec![Effect::Forget(key), Effect::Put(remains)]
    } else {
        let patch = json!({ "properties": { "provisioningState": "Deleting" } });
        world.apply(Effect::Merge(key.clone(), patch));
        vec![Effect::Remove(key)]
    };
    let work = Work {
        task: Task::DeleteInstance,
        ends,
        outcome: Outcome::Success(effects),
        undo: vec![Effect::Put(instance)],
        properties: Value::Null,
        headers: Announced::InBoth,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}

/// What still runs for the instance does not go on.
fn cancel_jobs(world: &mut World, vault: &Value, instance: &Value) {
    let id = text(instance, "/id");
    let key = text(vault, "/id").to_ascii_lowercase();
    let running = world.below(&key, JOB_TYPE).filter(|job| {
        text(job, "/properties/backupInstanceId").eq_ignore_ascii_case(id)
            && text(job, "/properties/status") == "InProgress"
    });
    let running: Vec<_> = running.map(|job| text(job, "/id").to_ascii_lowercase()).collect();
    for job in running {
        world.apply(Effect::Merge(
            job,
            json!({ "properties": { "status": "Cancelled" } }),
        ));
    }
}

#[cfg(test)]
mod tests;
