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

/// `startDate eq '…' and endDate eq '…'`, either part alone and each once (reference B1); nothing else is understood.
fn times(call: &Call) -> Result<(Option<Timestamp>, Option<Timestamp>), Refusal> {
    let filter = call.target.parameter("$filter").unwrap_or_default();
    let refuse = || {
        let message = format!("The filter '{filter}' is not supported.");
        refusals::BAD_REQUEST.refuse(&[&message])
    };
    let (mut start, mut end) = (None, None);
    if filter.trim().is_empty() {
        return Ok((start, end));
    }
    for condition in filter.split(" and ").map(str::trim) {
        let (name, value) = condition.split_once(" eq ").ok_or_else(refuse)?;
        let quoted = value.trim().strip_prefix('\'');
        let quoted = quoted
            .and_then(|value| value.strip_suffix('\''))
            .ok_or_else(refuse)?;
        let bound = match name.trim().to_ascii_lowercase().as_str() {
            "startdate" => &mut start,
            "enddate" => &mut end,
            _ => return Err(refuse()),
        };
        if bound.replace(quoted.parse().map_err(|_| refuse())?).is_some() {
            return Err(refuse());
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

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use super::*;
    use crate::{
        data_protection::testing::billing,
        testing::{Rig, body},
    };

    fn filtered(rig: &mut Rig, filter: &str) -> Response {
        let escaped = filter.replace(' ', "%20");
        let path = format!("{}/recoveryPoints?$filter={escaped}", billing());
        rig.send(Method::Get, &path, "2026-06-01")
    }

    fn times(answer: &Response) -> Vec<String> {
        let points = body(answer)["value"].as_array().cloned().unwrap_or_default();
        let times = points
            .iter()
            .map(|point| text(point, "/properties/recoveryPointTime").to_owned());
        times.collect()
    }

    #[test]
    fn a_filter_keeps_the_points_between_its_times_both_included() {
        let mut rig = Rig::new();
        let all = times(&filtered(&mut rig, ""));
        assert!(all.len() > 5, "{all:?}");
        let (newer, older) = (&all[1], &all[3]);
        for (filter, expected) in [
            (
                format!("startDate eq '{older}' and endDate eq '{newer}'"),
                &all[1..=3],
            ),
            (
                format!("endDate eq '{newer}' and startDate eq '{older}'"),
                &all[1..=3],
            ),
            (format!("startDate eq '{newer}'"), &all[..=1]),
            (format!("endDate eq '{older}'"), &all[3..]),
            (format!("startDate eq '{newer}' and endDate eq '{older}'"), &[]),
        ] {
            assert_eq!(times(&filtered(&mut rig, &filter)), expected, "{filter}");
        }
    }

    #[test]
    fn what_is_no_time_filter_is_refused() {
        let time = "2026-03-01T00:00:00.0000000Z";
        for filter in [
            "startDate".to_owned(),
            format!("startDate ge '{time}'"),
            format!("startDate eq {time}"),
            format!("startDate eq '{time}"),
            "startDate eq 'yesterday'".to_owned(),
            format!("recoveryPointTime eq '{time}'"),
            format!("startDate eq '{time}' or endDate eq '{time}'"),
            format!("startDate eq '{time}' and startDate eq '{time}'"),
            format!("startDate eq '{time}' and "),
        ] {
            let answer = filtered(&mut Rig::new(), &filter);
            assert_eq!(answer.status, 400, "{filter}: {}", answer.body);
        }
    }
}
