//! `GET /{scope}/providers/Microsoft.Authorization/permissions`: what the caller may do there (reference G4).

use arm_core::Response;
use serde_json::Value;

use super::{effective, role_assignments, roles};
use crate::{call::Call, directory::Access, paging, refusals::Refusal, world::World};

/// One entry per role of the caller: the one that people of the directory have everywhere, and those assigned to them.
pub(crate) fn list_permissions(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    role_assignments::scope(world, call)?;
    let scope = role_assignments::scope_key(call);
    let assigned = effective::roles_of(world, &call.caller.object_id, &scope, call.now);
    let role = match call.caller.access {
        Access::All => Some("Owner"),
        Access::Contribute => Some("Contributor"),
        Access::Read | Access::ReadBut(_) => Some("Reader"),
        Access::None => None,
    };
    let held = roles::BUILT_IN.iter().filter(|known| Some(known.name) == role);
    let entries: Vec<Value> = held
        .map(|role| role.guid)
        .chain(assigned)
        .flat_map(|role| effective::permissions_of(world, role))
        .collect();
    paging::page(world, call, entries.iter())
}
