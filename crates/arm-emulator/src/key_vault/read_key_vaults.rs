//! `GET …/providers/Microsoft.KeyVault/vaults[/{keyVaultName}]` (reference G3).

use arm_core::Response;
use serde_json::Value;

use super::KEY_VAULT_TYPE;
use crate::{
    call::Call,
    paging,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// The key vaults of a subscription or a resource group.
pub(crate) fn list_key_vaults(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let is_in_group = call.parameters.contains_key("resourceGroupName");
    let scope = call.key_above(if is_in_group { 4 } else { 2 });
    paging::page(world, call, world.below(&scope, KEY_VAULT_TYPE))
}

/// One key vault.
pub(crate) fn get_key_vault(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    Ok(json_response(200, find(world, call)?))
}

/// The key vault that the call is about.
pub(super) fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    world.document(&call.key_above(8)).ok_or_else(|| {
        let resource = format!("{KEY_VAULT_TYPE}/{}", call.parameter("keyVaultName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })
}
