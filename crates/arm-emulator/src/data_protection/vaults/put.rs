//! `PUT …/backupVaults/{vaultName}`: makes or changes a vault (reference G5).

use arm_core::Response;
use serde_json::{Value, json};

use super::{Vault, settings};
use crate::{
    call::Call,
    data_protection::{
        Task,
        begin::{Announced, Work, begin},
        timing, user_errors,
    },
    default_world::LOCATIONS,
    operations::{Effect, Outcome},
    postgres::servers::{normalized_location, text},
    refusals::{self, Refusal, json_response},
    world::World,
};

/// Answers 201 with the vault; 200 for one that is so already, without an operation.
pub(crate) fn put_vault(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = match call.json()? {
        Some(body) if body.is_object() => body,
        _ => return Err(refusals::INVALID_CONTENT.refuse(&["the body is no object"])),
    };
    let name = call.parameter("vaultName");
    if !super::read::is_vault_name(name) {
        let advice = "Specify a name of 2 to 50 letters, digits or dashes that begins with a letter.";
        return Err(user_errors::INVALID_INPUT.say(&[advice]).refuse(call));
    }
    let location = normalized_location(text(&body, "/location"));
    if location.is_empty() {
        return Err(refusals::LOCATION_REQUIRED.refuse(&[]));
    }
    if !LOCATIONS
        .iter()
        .any(|known| normalized_location(known) == location)
    {
        let advice = format!("The location '{location}' does not exist.");
        return Err(user_errors::INVALID_INPUT.say(&[&advice]).refuse(call));
    }
    let present = world.document(&super::key(call)).cloned();
    let wants_identity = text(&body, "/identity/type").contains("SystemAssigned");
    let principal = match present.as_ref().map(super::principal) {
        _ if !wants_identity => String::new(),
        Some(known) if !known.is_empty() => known.to_owned(),
        _ => world.random.guid(),
    };
    let group = world.document(&call.key_above(4));
    let vault = Vault {
        subscription: call.parameter("subscriptionId"),
        group: group.map_or("", |group| text(group, "/name")),
        name,
        location: &location,
        principal: &principal,
        tags: body.get("tags").filter(|tags| tags.is_object()).cloned(),
        properties: body["properties"].clone(),
    };
    let vault = vault.document();
    settings::check(&vault).map_err(|error| error.refuse(call))?;
    let Some(present) = present else {
        return Ok(write(world, call, None, &vault));
    };
    if present == vault {
        return Ok(json_response(200, &vault));
    }
    if text(&present, "/location") != location {
        let advice = "The location of a vault cannot be changed.";
        return Err(user_errors::INVALID_INPUT.say(&[advice]).refuse(call));
    }
    settings::check_change(&present, &vault).map_err(|error| error.refuse(call))?;
    Ok(write(world, call, Some(present), &vault))
}

/// The vault is there at once and done when the operation ends.
fn write(world: &mut World, call: &Call, present: Option<Value>, vault: &Value) -> Response {
    let (task, state) = match present {
        None => (Task::CreateVault, "Provisioning"),
        Some(_) => (Task::UpdateVault, "Updating"),
    };
    let mut under_way = vault.clone();
    under_way["properties"]["provisioningState"] = json!(state);
    let undo = match present {
        None => Effect::Remove(super::key(call)),
        Some(present) => Effect::Put(present),
    };
    let answer = json_response(201, &under_way);
    world.put(under_way);
    let work = Work {
        task,
        ends: world.end_of(timing::WRITE_VAULT, call.now),
        outcome: Outcome::Success(vec![Effect::Put(vault.clone())]),
        undo: vec![undo],
        properties: Value::Null,
        headers: Announced::InStatus,
    };
    begin(world, call, vault, answer, work)
}

#[cfg(test)]
mod tests;
