//! `GET …/recoveryPoints[/{recoveryPointId}]`, and what a recovery point looks like (reference B5).

use arm_core::{Response, Timestamp};
use serde_json::{Value, json};

use super::{POINT_TYPE, instances, policies::rules, user_errors};
use crate::{
    call::Call,
    paging,
    postgres::servers::text,
    random::{Random, mix},
    refusals::{self, Refusal, json_response},
    timestamps::with_z,
    world::World,
};

/// The recovery points of an instance within the filter's times, the newest first.
pub(crate) fn list_recovery_points(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let instance = instances::find(world, call)?;
    let key = text(instance, "/id").to_ascii_lowercase();
    let (start, end) = times(call)?;
    let mut points: Vec<_> = world.below(&key, POINT_TYPE).collect();
    points.retain(|point| {
        time(point)
            .is_some_and(|time| start.is_none_or(|start| start <= time) && end.is_none_or(|end| time <= end))
    });
    points.sort_by_key(|point| std::cmp::Reverse(time(point)));
    paging::page(world, call, points.into_iter())
}

/// One recovery point, by its `recoveryPointId`.
pub(crate) fn get_recovery_point(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    instances::find(world, call)?;
    let point = world.document(&call.key()).ok_or_else(|| {
        let resource = format!("{POINT_TYPE}/{}", call.parameter("recoveryPointId"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    Ok(json_response(200, point))
}

/// What continuous restores an instance has: none of a database, whose restores go by recovery points (reference B5).
pub(crate) fn find_restorable_time_ranges(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let instance = instances::find(world, call)?;
    let body = call.json()?.unwrap_or_default();
    let store = text(&body, "/sourceDataStoreType");
    let is_known = ["OperationalStore", "VaultStore", "ArchiveStore"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(store));
    if !is_known {
        let advice = "Specify 'sourceDataStoreType'.";
        return Err(user_errors::INVALID_INPUT.say(&[advice]).refuse(call));
    }
    let answer = json!({
        "id": text(instance, "/name"),
        "type": "Microsoft.DataProtection/backupVaults/backupInstances/findRestorableTimeRanges",
        "properties": {
            "objectType": "AzureBackupFindRestorableTimeRangesResponse",
            "restorableTimeRanges": [],
        },
    });
    Ok(json_response(200, &answer))
}

/// When a recovery point was taken.
pub(crate) fn time(point: &Value) -> Option<Timestamp> {
    text(point, "/properties/recoveryPointTime").parse().ok()
}

/// When a recovery point expires.
pub(crate) fn expiry(point: &Value) -> Option<Timestamp> {
    text(point, "/properties/expiryTime").parse().ok()
}

/// `startDate eq '…' and endDate eq '…'`, either part alone (reference B1).
fn times(call: &Call) -> Result<(Option<Timestamp>, Option<Timestamp>), Refusal> {
    let filter = call.target.parameter("$filter").unwrap_or_default();
    let (mut start, mut end) = (None, None);
    for condition in filter
        .split(" and ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let refuse = || {
            let message = format!("The filter '{filter}' is not supported.");
            refusals::BAD_REQUEST.refuse(&[&message])
        };
        let (name, value) = condition.split_once(" eq ").ok_or_else(refuse)?;
        let moment = value.trim().trim_matches('\'').parse().map_err(|_| refuse())?;
        match name.trim().to_ascii_lowercase().as_str() {
            "startdate" => start = Some(moment),
            "enddate" => end = Some(moment),
            _ => return Err(refuse()),
        }
    }
    Ok((start, end))
}

/// A full recovery point of an instance in the vault store.
pub(crate) fn recovery_point(
    seed: u64,
    instance: &Value,
    policy: &Value,
    tag: &str,
    at: Timestamp,
) -> Option<Value> {
    let id = text(instance, "/id");
    let expiry = with_z(rules::expiry(policy, tag, at)?);
    let time = with_z(at);
    let guids = |what: &str| {
        let mut random = Random::new(mix(
            seed,
            &format!("{what} of {} at {time}", id.to_ascii_lowercase()),
        ));
        random.guid()
    };
    // Without dashes; the friendly name is another id (reference B5).
    let point = guids("point").replace('-', "");
    Some(json!({
        "properties": {
            "objectType": "AzureBackupDiscreteRecoveryPoint",
            "recoveryPointId": point,
            "recoveryPointTime": time,
            "recoveryPointType": "Full",
            "friendlyName": guids("friendly name").replace('-', ""),
            "recoveryPointDataStoresDetails": [{
                "id": guids("data store"),
                "type": "VaultStore",
                "creationTime": time,
                "expiryTime": expiry,
                "metaData": null,
                "visible": true,
                "state": "COMMITTED",
                "rehydrationExpiryTime": null,
                "rehydrationStatus": null,
            }],
            "retentionTagName": tag,
            "retentionTagVersion": guids(tag),
            "policyName": text(policy, "/name"),
            "policyVersion": null,
            "expiryTime": expiry,
            "recoveryPointState": "Completed",
        },
        "id": format!("{id}/recoveryPoints/{point}"),
        "name": point,
        "type": POINT_TYPE,
    }))
}
