//! `GET …/backupVaults[/{vaultName}]` and the check of a name (reference B8, G5).

use arm_core::Response;
use serde_json::json;

use super::VAULT_TYPE;
use crate::{
    call::Call,
    paging,
    postgres::servers::{text, with_id},
    refusals::{Refusal, json_response},
    world::World,
};

/// The vaults of a subscription or a resource group.
pub(crate) fn list_vaults(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let is_in_group = call.parameters.contains_key("resourceGroupName");
    let scope = call.key_above(if is_in_group { 4 } else { 2 });
    paging::page(world, call, world.below(&scope, VAULT_TYPE))
}

/// One vault.
pub(crate) fn get_vault(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = super::find(world, call)?;
    Ok(json_response(200, &with_id(world, call, vault)))
}

/// Whether a vault of this name can be made in the group.
pub(crate) fn check_name_availability(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = call.json()?.unwrap_or_default();
    let name = text(&body, "/name");
    let (reason, message) = if !is_vault_name(name) {
        (
            "Invalid",
            "The name must have 2 to 50 letters, digits or dashes and begin with a letter.",
        )
    } else if world
        .below(&call.key_above(4), VAULT_TYPE)
        .any(|vault| text(vault, "/name").eq_ignore_ascii_case(name))
    {
        (
            "AlreadyExists",
            "The resource group has a Backup vault of this name.",
        )
    } else {
        return Ok(json_response(
            200,
            &json!({ "nameAvailable": true, "reason": null, "message": null }),
        ));
    };
    Ok(json_response(
        200,
        &json!({ "nameAvailable": false, "reason": reason, "message": message }),
    ))
}

/// Whether a vault can be called so.
pub(crate) fn is_vault_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (2..=50).contains(&name.len())
        && name.bytes().all(is_allowed)
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
}
