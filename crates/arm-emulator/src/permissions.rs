//! Who may do what.

use serde_json::Value;

use crate::{
    directory::Access,
    refusals::{self, Refusal},
    tokens::Caller,
    world::World,
};

/// Refuses an action that the caller may not take.
///
/// The same 403 for every name, so that nothing tells what exists (reference G8).
pub(crate) fn check(caller: &Caller, action: &str, scope: &str) -> Result<(), Refusal> {
    let is_allowed = match caller.access {
        Access::All => true,
        Access::Read => action.ends_with("/read"),
        Access::None => false,
    };
    if is_allowed {
        return Ok(());
    }
    Err(refusals::AUTHORIZATION_FAILED.refuse(&[&caller.client, &caller.object_id, action, scope]))
}

/// The subscriptions in which the caller may read.
pub(crate) fn visible_subscriptions<'a>(world: &'a World, caller: &Caller) -> Vec<&'a Value> {
    if caller.access == Access::None {
        return Vec::new();
    }
    let prefix = "/subscriptions/";
    let ids = world
        .documents
        .range(prefix.to_owned()..)
        .take_while(|(id, _)| id.starts_with(prefix));
    ids.filter(|(id, _)| !id[prefix.len()..].contains('/'))
        .map(|(_, document)| document)
        .collect()
}
