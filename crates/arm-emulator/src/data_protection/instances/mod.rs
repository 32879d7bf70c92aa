//! Backup instances: what a vault protects (reference B3).

pub(crate) mod backup;
pub(crate) mod change_state;
pub(crate) mod delete;
pub(crate) mod deleted;
pub(crate) mod put;
pub(crate) mod read;
pub(crate) mod reasons;
pub(crate) mod request;
pub(crate) mod restore;
pub(crate) mod states;
pub(crate) mod sync;
pub(crate) mod validate;

use serde_json::Value;

use super::INSTANCE_TYPE;
use crate::{
    call::Call,
    postgres::servers::text,
    refusals::{self, Refusal},
    world::World,
};

/// How many segments the id of an instance has.
const SEGMENTS: usize = 10;

/// The lower-case id of the instance that the call is about.
pub(crate) fn key(call: &Call) -> String {
    call.key_above(SEGMENTS)
}

/// The instance that the call is about.
pub(crate) fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    let instance = world
        .document(&key(call))
        .filter(|found| text(found, "/type") == INSTANCE_TYPE);
    instance.ok_or_else(|| {
        let resource = format!("{INSTANCE_TYPE}/{}", call.parameter("backupInstanceName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })
}

/// All instances of all vaults, by id; told by their ids, as a world may have many more backups than instances.
pub(crate) fn all(world: &World) -> impl Iterator<Item = &Value> {
    let documents = world.documents.iter();
    let instances = documents.filter(|(id, _)| id.rsplit('/').nth(1) == Some("backupinstances"));
    instances
        .map(|(_, document)| document)
        .filter(|document| text(document, "/type") == INSTANCE_TYPE)
}

/// The lower-case id of what an instance protects.
pub(crate) fn source_key(instance: &Value) -> String {
    text(instance, "/properties/dataSourceInfo/resourceID").to_ascii_lowercase()
}

/// The lower-case id of an instance's vault.
pub(crate) fn vault_key(instance: &Value) -> String {
    let id = text(instance, "/id").to_ascii_lowercase();
    id.rsplitn(3, '/').nth(2).unwrap_or_default().to_owned()
}
