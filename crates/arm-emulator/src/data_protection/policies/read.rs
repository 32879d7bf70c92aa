//! `GET …/backupPolicies[/{backupPolicyName}]` (reference B4).

use arm_core::Response;

use crate::{
    call::Call,
    data_protection::{POLICY_TYPE, vaults},
    paging,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// The policies of a vault.
pub(crate) fn list_policies(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    paging::page(world, call, world.below(&vaults::key(call), POLICY_TYPE))
}

/// One policy.
pub(crate) fn get_policy(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    let policy = world.document(&call.key()).ok_or_else(|| {
        let resource = format!("{POLICY_TYPE}/{}", call.parameter("backupPolicyName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    Ok(json_response(200, policy))
}
