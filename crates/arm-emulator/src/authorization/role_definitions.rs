//! `GET /{scope}/providers/Microsoft.Authorization/roleDefinitions[/{roleDefinitionId}]` (reference G4).

use arm_core::Response;
use serde_json::Value;

use super::{DEFINITION_TYPE, role_assignments, roles};
use crate::{
    call::Call,
    paging,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// One role: a built-in one at any scope, a custom one of the subscription.
pub(crate) fn get_role_definition(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let guid = call.parameter("roleDefinitionId");
    let all = all(world, call);
    let found = all
        .iter()
        .find(|role| text(role, "/name").eq_ignore_ascii_case(guid));
    match found {
        Some(role) => Ok(json_response(200, role)),
        None => Err(refusals::ROLE_DEFINITION_NOT_FOUND.refuse(&[guid])),
    }
}

/// The roles that can be assigned at a scope; the filter tells them by name or type.
pub(crate) fn list_role_definitions(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    role_assignments::scope(world, call)?;
    let mut listed = all(world, call);
    let filter = call.target.parameter("$filter").unwrap_or_default().to_owned();
    for condition in filter
        .split(" and ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let pointer = match condition.split_once(" eq ") {
            _ if condition.to_ascii_lowercase().starts_with("atscope") => continue,
            Some(("roleName", value)) => ("/properties/roleName", value),
            Some(("type", value)) => ("/properties/type", value),
            _ => {
                let message = format!("The filter '{filter}' is not supported.");
                return Err(refusals::BAD_REQUEST.refuse(&[&message]));
            }
        };
        let wanted = pointer.1.trim().trim_matches('\'');
        listed.retain(|role| text(role, pointer.0).eq_ignore_ascii_case(wanted));
    }
    paging::page(world, call, listed.iter())
}

/// All roles below the subscription of the call.
fn all(world: &World, call: &Call) -> Vec<Value> {
    let above = match call.parameter("subscriptionId") {
        "" => String::new(),
        id => format!("/subscriptions/{id}"),
    };
    let built_in = roles::BUILT_IN.iter().map(|role| role.document(&above));
    let custom = world.below(&above.to_ascii_lowercase(), DEFINITION_TYPE).cloned();
    built_in.chain(custom).collect()
}
