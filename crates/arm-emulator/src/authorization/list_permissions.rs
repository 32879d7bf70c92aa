//! `GET /{scope}/providers/Microsoft.Authorization/permissions`: what the caller may do there (reference G4).

use arm_core::Response;
use serde_json::{Value, json};

use super::{role_assignments, roles};
use crate::{call::Call, directory::Access, paging, refusals::Refusal, world::World};

/// One entry per role of the caller; the people of the directory have the same role everywhere.
pub(crate) fn list_permissions(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    role_assignments::scope(world, call)?;
    let role = match call.caller.access {
        Access::All => Some("Owner"),
        Access::Contribute => Some("Contributor"),
        Access::Read | Access::ReadBut(_) => Some("Reader"),
        Access::None => None,
    };
    let held = roles::BUILT_IN.iter().filter(|known| Some(known.name) == role);
    let entries: Vec<Value> = held
        .flat_map(|role| match &role.document("")["properties"]["permissions"] {
            Value::Array(entries) => entries.clone(),
            _ => vec![json!({})],
        })
        .collect();
    paging::page(world, call, entries.iter())
}
