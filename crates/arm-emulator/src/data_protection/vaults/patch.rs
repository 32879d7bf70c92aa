//! `PATCH …/backupVaults/{vaultName}` (reference G5).

use arm_core::Response;
use serde_json::{Value, json};

use super::settings;
use crate::{
    call::Call,
    data_protection::{
        Task,
        begin::{Announced, Work, begin},
        timing, user_errors,
    },
    merge::merge,
    operations::{Effect, Outcome},
    postgres::servers::text,
    refusals::{self, Refusal},
    world::World,
};

/// Answers 202 with a `Location`; redundancy and location cannot be changed so.
pub(crate) fn patch_vault(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = match call.json()? {
        Some(body) if body.is_object() => body,
        _ => return Err(refusals::INVALID_CONTENT.refuse(&["the body is no object"])),
    };
    let mut present = super::find(world, call)?.clone();
    // Also where another change is under way it comes to rest in the end.
    present["properties"]["provisioningState"] = json!("Succeeded");
    if body.get("location").is_some() || body.pointer("/properties/storageSettings").is_some() {
        let advice = "Location and storage settings of a vault cannot be changed.";
        return Err(user_errors::INVALID_INPUT.say(&[advice]).refuse(call));
    }
    let mut vault = present.clone();
    merge(&mut vault["properties"], &body["properties"]);
    if let Some(tags) = body.get("tags") {
        vault["tags"] = tags.clone();
    }
    match text(&body, "/identity/type") {
        "" => {}
        kind if kind.contains("SystemAssigned") && super::principal(&present).is_empty() => {
            vault["identity"] = super::identity(&world.random.guid());
        }
        kind if kind.contains("SystemAssigned") => {}
        _ => {
            vault
                .as_object_mut()
                .map(|members| members.shift_remove("identity"));
        }
    }
    settings::check(&vault).map_err(|error| error.refuse(call))?;
    settings::check_change(&present, &vault).map_err(|error| error.refuse(call))?;
    settings::score(&mut vault);
    let mut under_way = vault.clone();
    under_way["properties"]["provisioningState"] = json!("Updating");
    world.put(under_way);
    let work = Work {
        task: Task::UpdateVault,
        ends: world.end_of(timing::WRITE_VAULT, call.now),
        outcome: Outcome::Success(vec![Effect::Put(vault.clone())]),
        undo: vec![Effect::Put(present)],
        properties: Value::Null,
        headers: Announced::InResult,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}
