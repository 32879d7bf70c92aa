//! `GET …/backupJobs[/{jobId}]`, and what a job looks like (reference B7).

use arm_core::{Response, Timestamp};
use serde_json::{Value, json};

use super::{JOB_TYPE, vaults};
use crate::{
    call::Call,
    paging,
    postgres::servers::text,
    refusals::{self, Refusal, json_response},
    timestamps::with_z,
    world::World,
};

/// The jobs of a vault, the newest first; there is no filter.
pub(crate) fn list_jobs(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    let mut jobs: Vec<_> = world.below(&vaults::key(call), JOB_TYPE).collect();
    jobs.sort_by(|one, other| text(other, "/properties/startTime").cmp(text(one, "/properties/startTime")));
    paging::page(world, call, jobs.into_iter())
}

/// One job.
pub(crate) fn get_job(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    let job = world.document(&call.key()).ok_or_else(|| {
        let resource = format!("{JOB_TYPE}/{}", call.parameter("jobId"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    Ok(json_response(200, job))
}

/// What a backup's job is made of.
#[derive(Debug)]
pub(crate) struct BackupJob<'a> {
    pub(crate) vault: &'a Value,
    pub(crate) instance: &'a Value,
    pub(crate) id: &'a str,
    pub(crate) tag: &'a str,
    pub(crate) started: Timestamp,
    pub(crate) is_user_triggered: bool,
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stage {
    Running,
    /// It ended well.
    Completed(Timestamp),
    /// It ended with a `UserFacingError`.
    Failed(Timestamp, Value),
}

impl BackupJob<'_> {
    pub(crate) fn document(&self, stage: &Stage) -> Value {
        let vault = vaults::canonical_id(self.vault);
        let source = &self.instance["properties"]["dataSourceInfo"];
        let source_id = text(source, "/resourceID");
        let segment = |index: usize| source_id.split('/').nth(index).unwrap_or_default();
        let (status, ended, errors) = match stage {
            Stage::Running => ("InProgress", None, Value::Null),
            Stage::Completed(at) => ("Completed", Some(*at), Value::Null),
            Stage::Failed(at, error) => ("Failed", Some(*at), json!([error])),
        };
        let duration = ended.map_or("PT0S".to_owned(), |ended| duration(self.started, ended));
        let details = ended.map(|_| {
            json!({
                "DataTransferredInBytes": "0",
                "TaskId": self.id,
                "DatasourceType": text(source, "/datasourceType"),
            })
        });
        let policy = text(self.instance, "/properties/policyInfo/policyId");
        let mut properties = json!({
                "activityID": self.id,
                "subscriptionId": vault.split('/').nth(2).unwrap_or_default(),
                "backupInstanceId": text(self.instance, "/id"),
                "policyId": policy,
                "dataSourceId": source_id,
                "vaultName": text(self.vault, "/name"),
                "backupInstanceFriendlyName": text(self.instance, "/properties/friendlyName"),
                "policyName": policy.rsplit('/').next().unwrap_or_default(),
                "sourceResourceGroup": segment(4),
        });
        // In two parts: one is too long for the macro.
        let rest = json!({
                "dataSourceSetName": self.instance["properties"]["dataSourceSetInfo"]["resourceName"],
                "dataSourceName": text(source, "/resourceName"),
                "sourceDataStoreName": null,
                "sourceDataStoreType": null,
                "destinationDataStoreName": null,
                "progressEnabled": false,
                "etag": format!("W/\"datetime'{}'\"", with_z(ended.unwrap_or(self.started)).replace(':', "%3A")),
                "sourceSubscriptionID": segment(2),
                "dataSourceLocation": text(source, "/resourceLocation"),
                "startTime": with_z(self.started),
                "endTime": ended.map(with_z),
                "dataSourceType": text(source, "/datasourceType"),
                "operationCategory": "Backup",
                "operation": "Backup",
                "status": status,
                "restoreType": null,
                "isUserTriggered": self.is_user_triggered,
                "rehydrationPriority": null,
                "supportedActions": [""],
                "duration": duration,
                "progressUrl": null,
                "isCrossRegionRestore": false,
                "errorDetails": errors,
                "extendedInfo": {
                    "backupInstanceState": "",
                    "dataTransferredInBytes": null,
                    "targetRecoverPoint": null,
                    "sourceRecoverPoint": null,
                    "recoveryDestination": null,
                    "subTasks": [{
                        "taskId": 1,
                        "taskName": "Trigger Backup",
                        "taskStatus": status,
                        "taskProgress": null,
                        "additionalDetails": details,
                    }],
                    "additionalDetails": { "RetentionTag": self.tag },
                },
        });
        merge_members(&mut properties, rest);
        json!({
            "properties": properties,
            "id": format!("{vault}/backupJobs/{}", self.id),
            "name": self.id,
            "type": JOB_TYPE,
        })
    }
}

/// Adds members as they are, nulls included.
fn merge_members(target: &mut Value, members: Value) {
    if let (Some(target), Value::Object(members)) = (target.as_object_mut(), members) {
        target.extend(members);
    }
}

/// `PT1M47.5638712S`.
fn duration(started: Timestamp, ended: Timestamp) -> String {
    let nanoseconds = (ended - started).num_nanoseconds().unwrap_or(0).max(0);
    let (minutes, rest) = (nanoseconds / 60_000_000_000, nanoseconds % 60_000_000_000);
    let (seconds, ticks) = (rest / 1_000_000_000, rest % 1_000_000_000 / 100);
    let fraction = if ticks == 0 {
        String::new()
    } else {
        format!(".{ticks:07}")
    };
    let minutes = if minutes == 0 {
        String::new()
    } else {
        format!("{minutes}M")
    };
    format!("PT{minutes}{seconds}{fraction}S")
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn durations_are_written_as_recorded() {
        for (nanoseconds, expected) in [
            (107_563_871_200, "PT1M47.5638712S"),
            (0, "PT0S"),
            (59_000_000_000, "PT59S"),
            (3_600_000_000_000, "PT60M0S"),
        ] {
            let started = crate::testing::noon();
            let ended = started + TimeDelta::nanoseconds(nanoseconds);
            assert_eq!(duration(started, ended), expected);
        }
    }
}
