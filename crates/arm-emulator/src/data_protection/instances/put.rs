//! `PUT …/backupInstances/{backupInstanceName}`: configures protection (reference B2, B3).

use arm_core::Response;
use serde_json::{Value, json};

use super::{reasons, request::Protection, states};
use crate::{
    call::Call,
    data_protection::{
        INSTANCE_TYPE, Task,
        begin::{Announced, Work, begin},
        timing, user_errors, vaults,
    },
    operations::{Effect, Outcome},
    postgres::servers::text,
    refusals::{Refusal, json_response},
    timestamps::later,
    world::World,
};

/// 201 for a new instance, 200 for a change; the operation ends long before the instance is protected.
pub(crate) fn put_instance(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let protection = Protection::of_instance(call)?;
    let key = super::key(call);
    reasons::at_once(world, &vault, &protection, Some(&key)).map_err(|error| error.refuse(call))?;
    let name = call.parameter("backupInstanceName");
    let present = world.document(&key).cloned();
    if let Some(present) = &present {
        check_change(present, &protection, call)?;
    }
    let (state, error) = match reasons::in_the_end(world, &vault, &protection, call.now) {
        Ok(()) => (states::CONFIGURED, Value::Null),
        Err(error) => (states::CONFIGURING_FAILED, error.info(&call.correlation_id)),
    };
    let mut instance = json!({
        "properties": states::being_configured(name, &protection.properties),
        "id": format!("{}/backupInstances/{name}", vaults::canonical_id(&vault)),
        "name": name,
        "type": INSTANCE_TYPE,
    });
    if let Some(tags) = &protection.tags {
        instance["tags"] = tags.clone();
    }
    world.give_up(&key);
    world.apply(Effect::Put(instance.clone()));
    let ends = world.end_of(timing::CONFIGURE, call.now);
    let rest = world.end_of(timing::PROTECT, call.now) - call.now;
    let done = later(ends, rest);
    let effects = vec![
        Effect::Merge(
            key.clone(),
            json!({ "properties": { "provisioningState": "Succeeded" } }),
        ),
        Effect::Later {
            at: done,
            task: Task::FinishConfiguring,
            target: key.clone(),
            effects: vec![
                Effect::Merge(key.clone(), states::patch(state, "Succeeded", &error)),
                Effect::ProtectedSince(key.clone(), done),
            ],
        },
    ];
    let (status, undo) = match present {
        None => (201, Effect::Remove(key)),
        Some(present) => (200, Effect::Put(present)),
    };
    let work = Work {
        task: Task::ConfigureProtection,
        ends,
        outcome: Outcome::Success(effects),
        undo: vec![undo],
        properties: Value::Null,
        headers: Announced::InStatus,
    };
    Ok(begin(world, call, &vault, json_response(status, &instance), work))
}

/// An instance keeps its datasource, and is not changed while it is stopped or going away.
pub(super) fn check_change(present: &Value, protection: &Protection, call: &Call) -> Result<(), Refusal> {
    if super::source_key(present) != protection.source().to_ascii_lowercase() {
        let advice = "The datasource of a backup instance cannot be changed.";
        return Err(user_errors::INVALID_INPUT.say(&[advice]).refuse(call));
    }
    let state = states::of(present);
    let is_changeable = [
        states::CONFIGURED,
        states::CONFIGURING,
        states::CONFIGURING_FAILED,
    ]
    .contains(&state);
    if is_changeable {
        return Ok(());
    }
    let values = [text(present, "/name"), state];
    Err(user_errors::NOT_IN_THIS_STATE.say(&values).refuse(call))
}

#[cfg(test)]
mod tests;
