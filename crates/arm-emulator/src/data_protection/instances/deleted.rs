//! Soft-deleted instances (reference B9).

use arm_core::{Response, Timestamp};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::states;
use crate::{
    call::Call,
    data_protection::{
        DELETED_INSTANCE_TYPE, INSTANCE_TYPE, Task,
        begin::{Announced, Work, begin},
        timing, vaults,
        vaults::settings,
    },
    merge::merge,
    operations::{Effect, Outcome},
    paging,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    timestamps::{later, with_z},
    world::World,
};

/// For how many days soft-deleted data cost nothing (reference E).
const FREE: f64 = 14.0;

/// The soft-deleted instances of a vault.
pub(crate) fn list_deleted_instances(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    paging::page(
        world,
        call,
        world.below(&vaults::key(call), DELETED_INSTANCE_TYPE),
    )
}

/// One soft-deleted instance.
pub(crate) fn get_deleted_instance(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    Ok(json_response(200, find(world, call)?))
}

/// Brings an instance back as one whose protection is stopped.
pub(crate) fn undelete(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let deleted = find(world, call)?.clone();
    let name = text(&deleted, "/name");
    let mut instance = deleted.clone();
    instance["id"] = json!(format!("{}/backupInstances/{name}", vaults::canonical_id(&vault)));
    instance["type"] = json!(INSTANCE_TYPE);
    instance["properties"]["objectType"] = json!("BackupInstance");
    if let Some(properties) = instance["properties"].as_object_mut() {
        properties.shift_remove("deletionInfo");
    }
    merge(
        &mut instance,
        &states::patch(states::STOPPED, "Succeeded", &Value::Null),
    );
    let key = text(&deleted, "/id").to_ascii_lowercase();
    let work = Work {
        task: Task::Undelete,
        ends: world.end_of(timing::CHANGE_STATE, call.now),
        outcome: Outcome::Success(vec![Effect::Forget(key), Effect::Put(instance)]),
        undo: Vec::new(),
        properties: Value::Null,
        headers: Announced::InResult,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}

fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    world.document(&call.key_above(10)).ok_or_else(|| {
        let resource = format!("{DELETED_INSTANCE_TYPE}/{}", call.parameter("backupInstanceName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })
}

/// What is left of an instance that was deleted at a moment.
pub(crate) fn document(vault: &Value, instance: &Value, deleted: Timestamp, activity: &str) -> Value {
    let days = |days: f64| TimeDelta::seconds((days * 86_400.0) as i64);
    let purge = later(deleted, days(settings::soft_delete_days(vault)));
    let name = text(instance, "/name");
    let mut remains = instance.clone();
    remains["id"] = json!(format!(
        "{}/deletedBackupInstances/{name}",
        vaults::canonical_id(vault)
    ));
    remains["type"] = json!(DELETED_INSTANCE_TYPE);
    remains["properties"]["objectType"] = json!("DeletedBackupInstance");
    merge(
        &mut remains,
        &states::patch(states::SOFT_DELETED, "Succeeded", &Value::Null),
    );
    remains["properties"]["deletionInfo"] = json!({
        "deletionTime": with_z(deleted),
        "billingEndDate": with_z(purge - days(FREE)),
        "scheduledPurgeTime": with_z(purge),
        "deleteActivityID": activity,
    });
    remains
}
