//! What somebody may do: by roles assigned directly, to a group, at the scope or above it (reference C1, G4).

use super::{actions, role_assignments, roles};
use crate::{directory, postgres::servers::text, timestamps::later, world::World};
use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::Value;

/// Whether the roles of a principal cover an action at a scope (its lower-case id).
pub(crate) fn may(world: &World, principal: &str, action: &str, scope: &str, now: Timestamp) -> bool {
    is_covered(world, principal, action, scope, now, false)
}

/// The same of an action on data.
pub(crate) fn may_with_data(
    world: &World,
    principal: &str,
    action: &str,
    scope: &str,
    now: Timestamp,
) -> bool {
    is_covered(world, principal, action, scope, now, true)
}

fn is_covered(
    world: &World,
    principal: &str,
    action: &str,
    scope: &str,
    now: Timestamp,
    is_data: bool,
) -> bool {
    let roles = roles_of(world, principal, scope, now);
    roles.into_iter().any(|role| allows(world, role, action, is_data))
}

/// The ids of the roles that a principal has at a scope (its lower-case id) by now.
pub(crate) fn roles_of<'a>(world: &'a World, principal: &str, scope: &str, now: Timestamp) -> Vec<&'a str> {
    let delay = TimeDelta::seconds(i64::from(world.switches.role_delay));
    let assignments = role_assignments::at_and_above(world, scope).into_iter();
    let effective = assignments.filter(|assignment| {
        let created = text(assignment, "/properties/createdOn").parse::<Timestamp>();
        let is_effective = created.is_ok_and(|created| later(created, delay) <= now);
        is_effective && is_for(principal, text(assignment, "/properties/principalId"))
    });
    effective
        .map(|assignment| text(assignment, "/properties/roleDefinitionId"))
        .collect()
}

/// What a role allows, as it is answered.
pub(crate) fn permissions_of(world: &World, role: &str) -> Vec<Value> {
    let built_in = roles::built_in(role.rsplit('/').next().unwrap_or_default());
    let role = match built_in {
        Some(role) => Some(role.document("")),
        None => world.document(&role.to_ascii_lowercase()).cloned(),
    };
    let permissions = role.and_then(|role| role["properties"]["permissions"].as_array().cloned());
    permissions.unwrap_or_default()
}

/// Whether an assignment to `holder` is one for the principal: its own, or that of a group it is in.
pub(crate) fn is_for(principal: &str, holder: &str) -> bool {
    let is_in = |group: &directory::Group| {
        let mut members = group.members.iter();
        group.object_id.eq_ignore_ascii_case(holder)
            && members.any(|member| member.eq_ignore_ascii_case(principal))
    };
    holder.eq_ignore_ascii_case(principal) || directory::GROUPS.iter().any(is_in)
}

/// Whether a role covers an action; the last segment of its id tells which it is (reference C2).
fn allows(world: &World, role: &str, action: &str, is_data: bool) -> bool {
    if let Some(role) = roles::built_in(role.rsplit('/').next().unwrap_or_default()) {
        return role.allows(action, is_data);
    }
    let custom = world.document(&role.to_ascii_lowercase());
    let permissions = custom.and_then(|role| role["properties"]["permissions"].as_array());
    permissions.is_some_and(|permissions| actions::are_allowed(permissions, action, is_data))
}
