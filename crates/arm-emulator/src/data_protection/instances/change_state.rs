//! `POST …/stopProtection`, `suspendBackups`, `resumeProtection`, `resumeBackups` (reference B1).

use arm_core::Response;
use serde_json::{Value, json};

use super::states;
use crate::{
    call::Call,
    data_protection::{
        Task,
        begin::{Announced, Work, begin},
        timing, user_errors, vaults,
    },
    operations::{Effect, Outcome},
    postgres::servers::text,
    refusals::Refusal,
    world::World,
};

/// No more backups; what is there stays for good.
pub(crate) fn stop_protection(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let from = [states::CONFIGURED, states::SUSPENDED];
    change(world, call, Task::StopProtection, &from, states::STOPPED)
}

/// No more backups; what is there expires as the policy says.
pub(crate) fn suspend_backups(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    change(
        world,
        call,
        Task::SuspendBackups,
        &[states::CONFIGURED],
        states::SUSPENDED,
    )
}

/// Undoes stopping.
pub(crate) fn resume_protection(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    change(
        world,
        call,
        Task::ResumeProtection,
        &[states::STOPPED],
        states::CONFIGURED,
    )
}

/// Undoes suspending.
pub(crate) fn resume_backups(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    change(
        world,
        call,
        Task::ResumeBackups,
        &[states::SUSPENDED],
        states::CONFIGURED,
    )
}

fn change(world: &mut World, call: &Call, task: Task, from: &[&str], to: &str) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let instance = super::find(world, call)?.clone();
    let state = states::of(&instance);
    let is_idle = text(&instance, "/properties/provisioningState") == "Succeeded";
    if !from.contains(&state) || !is_idle {
        let values = [text(&instance, "/name"), state];
        return Err(user_errors::NOT_IN_THIS_STATE.say(&values).refuse(call));
    }
    let key = super::key(call);
    let updating = json!({ "properties": { "provisioningState": "Updating" } });
    world.apply(Effect::Merge(key.clone(), updating));
    let idle = json!({ "properties": { "provisioningState": "Succeeded" } });
    let ends = world.end_of(timing::CHANGE_STATE, call.now);
    let work = Work {
        task,
        ends,
        outcome: Outcome::Success(vec![
            Effect::Merge(key.clone(), states::patch(to, "Succeeded", &Value::Null)),
            Effect::ProtectedSince(key.clone(), ends),
        ]),
        undo: vec![Effect::Merge(key, idle)],
        properties: Value::Null,
        headers: Announced::InBoth,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}

#[cfg(test)]
mod tests;
