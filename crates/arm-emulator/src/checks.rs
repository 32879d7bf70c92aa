//! What is checked of a call before its handler sees it; the router gives the order.

use crate::{
    call::Call,
    default_world::LOCATIONS,
    directory::DIRECTORIES,
    postgres::servers::normalized_location,
    refusals::{self, Refusal},
    router::Route,
    tokens,
    world::World,
};

/// The most characters in the name of a resource group (reference, *Path parameters*).
const LONGEST_GROUP_NAME: usize = 90;

/// The subscription's id is a GUID.
pub(crate) fn subscription_id(call: &Call) -> Result<(), Refusal> {
    match call.parameters.get("subscriptionId") {
        Some(id) if !is_guid(id) => Err(refusals::INVALID_SUBSCRIPTION_ID.refuse(&[id])),
        _ => Ok(()),
    }
}

/// The subscription is there.
pub(crate) fn subscription(world: &World, call: &Call) -> Result<(), Refusal> {
    match call.parameters.get("subscriptionId") {
        Some(id) if world.document(&call.key_above(2)).is_none() => {
            Err(refusals::SUBSCRIPTION_NOT_FOUND.refuse(&[id]))
        }
        _ => Ok(()),
    }
}

/// The subscription is of the caller's directory.
pub(crate) fn tenant(world: &World, call: &Call) -> Result<(), Refusal> {
    let subscription = call
        .parameters
        .get("subscriptionId")
        .and_then(|_| world.document(&call.key_above(2)));
    match subscription.and_then(|subscription| subscription["tenantId"].as_str()) {
        Some(tenant) if DIRECTORIES.iter().any(|known| known.id == tenant) => {
            tokens::check_tenant(&call.caller, tenant)
        }
        _ => Ok(()),
    }
}

/// The route answers to the caller's version, and in the location that its path names.
pub(crate) fn version(route: &Route, call: &Call) -> Result<(), Refusal> {
    let version = call.api_version();
    let location = call.parameters.get("location").map_or("", String::as_str);
    let is_known = |known: &&str| normalized_location(known) == normalized_location(location);
    let is_location = location.is_empty() || LOCATIONS.iter().any(is_known);
    let mut versions = route.versions.iter();
    if is_location && versions.any(|known| known.eq_ignore_ascii_case(version)) {
        return Ok(());
    }
    let Some(resource_type) = provider_type(route.path) else {
        let newest_first: Vec<_> = route.versions.iter().rev().copied().collect();
        return Err(refusals::INVALID_API_VERSION.refuse(&[version, &newest_first.join(",")]));
    };
    Err(refusals::NO_PROVIDER_FOUND.refuse(&[
        location,
        version,
        &resource_type,
        &route.versions.join(", "),
        &LOCATIONS.map(normalized_location).join(", "),
    ]))
}

/// The type in a route's path without its namespace; `None` for the types of Azure Resource Manager itself.
fn provider_type(path: &str) -> Option<String> {
    let (_, provider) = path.rsplit_once("/providers/")?;
    let types: Vec<_> = provider
        .split('/')
        .skip(1)
        .filter(|segment| !segment.starts_with('{'))
        .collect();
    Some(types.join("/"))
}

/// The resource group is there; a name that no group can have is refused as such.
pub(crate) fn resource_group(world: &World, call: &Call) -> Result<(), Refusal> {
    match call.parameters.get("resourceGroupName") {
        Some(name) if name.chars().count() > LONGEST_GROUP_NAME => {
            Err(refusals::RESOURCE_GROUP_NAME_TOO_LONG.refuse(&[name]))
        }
        Some(name) if world.document(&call.key_above(4)).is_none() => {
            Err(refusals::RESOURCE_GROUP_NOT_FOUND.refuse(&[name]))
        }
        _ => Ok(()),
    }
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, hexadecimal.
pub(crate) fn is_guid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}
