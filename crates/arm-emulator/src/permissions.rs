//! Who may do what.

use arm_core::Timestamp;
use serde_json::Value;

use crate::{
    authorization::effective,
    directory::{self, Access},
    refusals::{self, Refusal},
    tokens::Caller,
    world::World,
};

/// Refuses an action that the caller may not take.
///
/// The same 403 for every name, so that nothing tells what exists (reference G8).
pub(crate) fn check(
    world: &World,
    caller: &Caller,
    action: &str,
    scope: &str,
    now: Timestamp,
) -> Result<(), Refusal> {
    let is_allowed = match caller.access {
        Access::All => true,
        Access::Contribute => !is_about_roles(action),
        Access::Read => action.ends_with("/read"),
        Access::ReadBut(subscription) => action.ends_with("/read") && !is_in(scope, subscription),
        Access::None => false,
    };
    let is_granted = || effective::may(world, &caller.object_id, action, &scope.to_ascii_lowercase(), now);
    if is_allowed || is_granted() {
        return Ok(());
    }
    Err(refusals::AUTHORIZATION_FAILED.refuse(&[&caller.client, &caller.object_id, action, scope]))
}

/// Whether a scope lies in a subscription or is that.
fn is_in(scope: &str, subscription: &str) -> bool {
    let id = scope.split('/').nth(2);
    id.is_some_and(|id| id.eq_ignore_ascii_case(subscription))
}

/// The subscriptions in which the caller may read, as lower-case ids.
pub(crate) fn readable_subscriptions(world: &World, caller: &Caller) -> Vec<String> {
    let is_hidden =
        |id: &str| matches!(caller.access, Access::ReadBut(hidden) if hidden.eq_ignore_ascii_case(id));
    visible_subscriptions(world, caller)
        .into_iter()
        .filter_map(|subscription| Some(subscription["subscriptionId"].as_str()?.to_ascii_lowercase()))
        .filter(|id| !is_hidden(id))
        .collect()
}

/// Giving and taking roles, which a contributor may not do (reference G4).
fn is_about_roles(action: &str) -> bool {
    action.starts_with("Microsoft.Authorization/") && !action.ends_with("/read")
}

/// The subscriptions of the caller's directory in which they have any role, and which are therefore listed.
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
        .filter(|document| {
            let tenant = document["tenantId"].as_str().unwrap_or_default();
            tenant == caller.tenant.unwrap_or(directory::TENANT_ID)
        })
        .collect()
}
