//! `GET …/backupJobs[/{jobId}]`, and what a job looks like (reference B7).

use arm_core::{Response, Timestamp};
use serde_json::{Value, json};

use super::{JOB_TYPE, instances::states, vaults};
use crate::{
    JobEnd,
    call::Call,
    faults::FaultKind,
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

/// What a job is made of.
#[derive(Debug)]
pub(crate) struct Job<'a> {
    pub(crate) vault: &'a Value,
    pub(crate) instance: &'a Value,
    pub(crate) id: &'a str,
    pub(crate) started: Timestamp,
    pub(crate) is_user_triggered: bool,
    pub(crate) work: Work<'a>,
}

/// What a job does.
#[derive(Debug)]
pub(crate) enum Work<'a> {
    /// Takes a backup with this tag.
    Backup { tag: &'a str },
    /// Restores a recovery point.
    Restore {
        point: &'a Value,
        /// The URL of a container, or the id of a database.
        destination: &'a str,
        /// The prefix of the files, where it restores files.
        prefix: Option<&'a str>,
    },
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stage {
    Running,
    /// It runs and tells how far it is, in percent.
    At(u32),
    /// It ended well.
    Completed(Timestamp),
    /// It ended well and tells of this `UserFacingError`.
    Warned(Timestamp, Value),
    /// It ended with a `UserFacingError`.
    Failed(Timestamp, Value),
    /// It was given up.
    Cancelled(Timestamp, Value),
}

impl Stage {
    /// The end that a fault asks for, or the one that the world has.
    pub(crate) fn fated(self, call: &Call) -> Self {
        let Some(FaultKind::EndJob { end, code, message }) = &call.fault else {
            return self;
        };
        let at = self.ended().unwrap_or(call.now);
        let error = json!({
            "message": message,
            "recommendedAction": [],
            "code": code,
            "target": "",
            "innerError": null,
            "isRetryable": false,
            "isUserError": false,
            "properties": { "ActivityId": call.correlation_id },
        });
        match end {
            JobEnd::Failed => Self::Failed(at, error),
            JobEnd::CompletedWithWarnings => Self::Warned(at, error),
            JobEnd::Cancelled => Self::Cancelled(at, error),
        }
    }

    /// Whether it has done what it was to do.
    pub(crate) fn has_succeeded(&self) -> bool {
        matches!(self, Self::Completed(_) | Self::Warned(..))
    }

    fn status(&self) -> &'static str {
        match self {
            Self::Running | Self::At(_) => "InProgress",
            Self::Completed(_) => "Completed",
            Self::Warned(..) => "CompletedWithWarnings",
            Self::Failed(..) => "Failed",
            Self::Cancelled(..) => "Cancelled",
        }
    }

    fn ended(&self) -> Option<Timestamp> {
        match self {
            Self::Running | Self::At(_) => None,
            Self::Completed(at) | Self::Warned(at, _) | Self::Failed(at, _) | Self::Cancelled(at, _) => {
                Some(*at)
            }
        }
    }

    fn errors(&self) -> Value {
        match self {
            Self::Failed(_, error) | Self::Cancelled(_, error) => json!([error]),
            _ => Value::Null,
        }
    }

    fn progress(&self) -> Option<u32> {
        match self {
            Self::At(percent) => Some(*percent),
            Self::Completed(_) | Self::Warned(..) => Some(100),
            _ => None,
        }
    }
}

impl Work<'_> {
    fn name(&self) -> &'static str {
        match self {
            Self::Backup { .. } => "Backup",
            Self::Restore { .. } => "Restore",
        }
    }
}

impl Job<'_> {
    pub(crate) fn document(&self, stage: &Stage) -> Value {
        let vault = vaults::canonical_id(self.vault);
        let is_restore = matches!(self.work, Work::Restore { .. });
        let source = &self.instance["properties"]["dataSourceInfo"];
        let source_id = text(source, "/resourceID");
        let segment = |index: usize| source_id.split('/').nth(index).unwrap_or_default();
        let (status, ended, errors) = (stage.status(), stage.ended(), stage.errors());
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
                "progressEnabled": is_restore,
                "etag": format!("W/\"datetime'{}'\"", with_z(ended.unwrap_or(self.started)).replace(':', "%3A")),
                "sourceSubscriptionID": segment(2),
                "dataSourceLocation": text(source, "/resourceLocation"),
                "startTime": with_z(self.started),
                "endTime": ended.map(with_z),
                "dataSourceType": text(source, "/datasourceType"),
                "operationCategory": self.work.name(),
                "operation": self.work.name(),
                "status": status,
                "restoreType": null,
                "isUserTriggered": self.is_user_triggered,
                "rehydrationPriority": null,
                "supportedActions": [""],
                "duration": duration,
                "progressUrl": null,
                "isCrossRegionRestore": false,
                "errorDetails": errors,
        });
        merge_members(&mut properties, rest);
        properties["extendedInfo"] = self.extended_info(stage, details.unwrap_or_default());
        json!({
            "properties": properties,
            "id": format!("{vault}/backupJobs/{}", self.id),
            "name": self.id,
            "type": JOB_TYPE,
        })
    }
}

impl Job<'_> {
    fn extended_info(&self, stage: &Stage, details: Value) -> Value {
        // Only of a restore is it told how far it is, as text (the description's type; its values are not known).
        let progress = match self.work {
            Work::Backup { .. } => None,
            Work::Restore { .. } => stage.progress().map(|percent| percent.to_string()),
        };
        let mut info = json!({
            "backupInstanceState": match self.work {
                Work::Backup { .. } => "",
                Work::Restore { .. } => states::of(self.instance),
            },
            "dataTransferredInBytes": null,
            "targetRecoverPoint": null,
            "sourceRecoverPoint": null,
            "recoveryDestination": null,
            "subTasks": [{
                "taskId": 1,
                "taskName": format!("Trigger {}", self.work.name()),
                "taskStatus": stage.status(),
                "taskProgress": progress,
                "additionalDetails": details,
            }],
            "additionalDetails": null,
        });
        match &self.work {
            Work::Backup { tag } => info["additionalDetails"] = json!({ "RetentionTag": tag }),
            Work::Restore {
                point,
                destination,
                prefix,
            } => {
                info["sourceRecoverPoint"] = json!({
                    "recoveryPointID": text(point, "/properties/recoveryPointId"),
                    "recoveryPointTime": text(point, "/properties/recoveryPointTime"),
                });
                info["recoveryDestination"] = json!(destination);
                if let Some(prefix) = prefix {
                    info["additionalDetails"] = json!({ "Restore File Prefix": prefix });
                }
            }
        }
        if let Stage::Warned(_, warning) = stage {
            let resource = text(self.instance, "/properties/dataSourceInfo/resourceName");
            info["warningDetails"] = json!([{ "resourceName": resource, "warning": warning }]);
        }
        info
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
