//! A job of a vault: one backup or one restore.

use std::time::Duration;

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::vault::text;
use crate::{ServiceError, lenient, lenient::open_enum};

/// What is read of a job (reference B7).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub struct BackupJob {
    /// The resource id.
    pub id: ResourceId,
    /// The GUID that names it.
    pub name: String,
    /// `Backup`, `Restore`, …
    pub operation: Option<String>,
    /// How it goes.
    pub status: Option<JobStatus>,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended; `None` while it runs.
    pub ended: Option<Timestamp>,
    /// How long it took; `None` while it runs.
    pub took: Option<Duration>,
    /// The instance it is for.
    pub instance: Option<ResourceId>,
    /// What the instance is called.
    pub instance_name: Option<String>,
    /// What the instance protects.
    pub source: Option<ResourceId>,
    /// Its name.
    pub source_name: Option<String>,
    /// Its `datasourceType`.
    pub source_type: Option<String>,
    /// The policy of the instance, by its name.
    pub policy_name: Option<String>,
    /// The id that Azure Backup's support asks for.
    pub activity_id: Option<String>,
    /// Whether somebody asked for it, or the schedule did.
    pub is_user_triggered: Option<bool>,
    /// The tag of the backup.
    pub tag: Option<String>,
    /// Where a restore goes: the URL of a container, or the id of a database.
    pub destination: Option<String>,
    /// What the names of restored files begin with.
    pub file_prefix: Option<String>,
    /// The recovery point that is restored.
    pub recovery_point_id: Option<String>,
    /// When that was taken.
    pub recovery_point_time: Option<Timestamp>,
    /// How many bytes have been moved.
    pub transferred: Option<u64>,
    /// What it has to tell though it ended well.
    pub warnings: Vec<ServiceError>,
    /// Why it failed.
    pub errors: Vec<ServiceError>,
    /// Its parts.
    pub tasks: Vec<JobTask>,
}

/// A part of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobTask {
    /// `Trigger Backup`, `Trigger Restore`, …
    pub name: String,
    /// How it goes.
    pub status: Option<JobStatus>,
    /// How much is done, in the service's words: percent, where it tells a number.
    pub progress: Option<String>,
}

open_enum! {
    /// How a job goes; an open set (reference B7).
    JobStatus {
        /// It runs.
        InProgress = "InProgress",
        /// It ended well.
        Completed = "Completed",
        /// It ended well, with something to tell.
        CompletedWithWarnings = "CompletedWithWarnings",
        /// It ended badly.
        Failed = "Failed",
        /// It was given up.
        Cancelled = "Cancelled",
        /// It is being given up.
        Cancelling = "Cancelling",
        /// It has begun, as the published examples write it.
        Started = "Started",
        /// It ended well, as the published examples write it.
        Succeeded = "Succeeded",
    }
}

impl JobStatus {
    /// Whether it has ended; `None` for a word that is not known.
    pub fn has_ended(&self) -> Option<bool> {
        match self {
            Self::InProgress | Self::Started | Self::Cancelling => Some(false),
            Self::Completed
            | Self::CompletedWithWarnings
            | Self::Failed
            | Self::Cancelled
            | Self::Succeeded => Some(true),
            Self::Other(_) => None,
        }
    }
}

impl BackupJob {
    /// Whether it does this for this instance and began no earlier: how the job of an operation is found whose polling
    /// URL nobody could read (reference D1).
    pub fn is_for(&self, instance: &ResourceId, operation: &str, since: Timestamp) -> bool {
        let is_operation = self
            .operation
            .as_deref()
            .is_some_and(|known| known.eq_ignore_ascii_case(operation));
        is_operation && self.instance.as_ref() == Some(instance) && self.started.is_some_and(|at| at >= since)
    }
}

/// The job that an operation has started.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct StartedJob {
    /// The job's id as the service wrote it: a whole resource id, or a bare GUID (reference B2).
    pub job_id: String,
}

impl StartedJob {
    /// The job's resource id in its vault.
    ///
    /// # Errors
    /// When what the service wrote is neither an id nor a name.
    pub fn id(&self, vault: &ResourceId) -> Result<ResourceId, arm_core::ParseResourceIdError> {
        if self.job_id.starts_with('/') {
            self.job_id.parse()
        } else {
            vault.child("backupJobs", &self.job_id)
        }
    }
}

impl TryFrom<Value> for StartedJob {
    type Error = String;

    fn try_from(answer: Value) -> Result<Self, Self::Error> {
        // Below `properties` of the operation's state, or at the top of its result.
        let job_id = text(&answer, "/properties/jobId").or_else(|| text(&answer, "/jobId"));
        let job_id = job_id.ok_or("an operation that started no job")?;
        Ok(Self { job_id })
    }
}

impl TryFrom<Value> for BackupJob {
    type Error = String;

    fn try_from(job: Value) -> Result<Self, Self::Error> {
        let id: ResourceId = text(&job, "/id")
            .and_then(|id| id.parse().ok())
            .ok_or("a job without an id")?;
        let property = |name: &str| text(&job, &format!("/properties/{name}"));
        let moment = |name: &str| property(name).and_then(|text| lenient::parse_timestamp(&text));
        let id_of = |name: &str| property(name).and_then(|text| text.parse().ok());
        let list = |pointer: &str| {
            job.pointer(pointer)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let (started, ended) = (moment("startTime"), moment("endTime"));
        Ok(Self {
            name: text(&job, "/name").unwrap_or_else(|| id.name().to_owned()),
            operation: property("operation"),
            status: property("status").map(JobStatus::from),
            started,
            ended,
            // The duration comes in two forms (reference B7); the times say the same.
            took: started
                .zip(ended)
                .and_then(|(started, ended)| (ended - started).to_std().ok()),
            instance: id_of("backupInstanceId"),
            instance_name: property("backupInstanceFriendlyName"),
            source: id_of("dataSourceId"),
            source_name: property("dataSourceName"),
            source_type: property("dataSourceType"),
            policy_name: property("policyName"),
            activity_id: property("activityID"),
            is_user_triggered: job
                .pointer("/properties/isUserTriggered")
                .and_then(Value::as_bool),
            tag: text(&job, "/properties/extendedInfo/additionalDetails/RetentionTag"),
            destination: text(&job, "/properties/extendedInfo/recoveryDestination"),
            file_prefix: text(
                &job,
                "/properties/extendedInfo/additionalDetails/Restore File Prefix",
            ),
            // With a capital ID (reference B7).
            recovery_point_id: text(
                &job,
                "/properties/extendedInfo/sourceRecoverPoint/recoveryPointID",
            ),
            recovery_point_time: text(
                &job,
                "/properties/extendedInfo/sourceRecoverPoint/recoveryPointTime",
            )
            .and_then(|text| lenient::parse_timestamp(&text)),
            transferred: number(job.pointer("/properties/extendedInfo/dataTransferredInBytes"))
                .and_then(|digits| digits.parse().ok()),
            warnings: list("/properties/extendedInfo/warningDetails")
                .map(|warning| &warning["warning"])
                .filter(|warning| warning.is_object())
                .map(ServiceError::in_resource)
                .collect(),
            errors: list("/properties/errorDetails")
                .filter(|error| error.is_object())
                .map(ServiceError::in_resource)
                .collect(),
            tasks: list("/properties/extendedInfo/subTasks")
                .map(|task| JobTask {
                    name: text(task, "/taskName").unwrap_or_default(),
                    status: text(task, "/taskStatus").map(JobStatus::from),
                    progress: number(task.get("taskProgress")),
                })
                .collect(),
            id,
        })
    }
}

/// A number, or a text, as text.
fn number(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VAULT: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";

    fn read(properties: &str) -> BackupJob {
        let json = format!(r#"{{"id":"{VAULT}/backupJobs/j","properties":{properties}}}"#);
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn a_running_job_has_no_end() {
        let job = read(
            r#"{"activityID":"a-1","policyName":"weekly","dataSourceType":"T","status":"InProgress","startTime":"2023-05-01T10:00:00.1234567Z","endTime":null,"duration":"PT0S","errorDetails":null,
            "extendedInfo":{"subTasks":[{"taskId":1,"taskName":"Trigger Backup","taskStatus":"InProgress","taskProgress":null}],
            "additionalDetails":{"RetentionTag":"default"}},"isUserTriggered":true}"#,
        );
        assert_eq!(
            (
                job.status.as_ref().and_then(JobStatus::has_ended),
                job.ended,
                job.took
            ),
            (Some(false), None, None)
        );
        assert_eq!(
            (job.tag.as_deref(), job.is_user_triggered),
            (Some("default"), Some(true))
        );
        assert_eq!(job.tasks[0].name, "Trigger Backup");
        let more = [&job.activity_id, &job.policy_name, &job.source_type];
        assert_eq!(
            more.map(Option::as_deref),
            [Some("a-1"), Some("weekly"), Some("T")]
        );
    }

    #[test]
    fn an_ended_job_tells_how_long_it_took_and_why_it_failed() {
        let job = read(
            r#"{"status":"Failed","startTime":"2023-05-01T10:00:00Z","endTime":"2023-05-01T10:01:47.5Z","duration":"00:01:47.5",
            "errorDetails":[{"code":"UserErrorMSIMissingPermissions","message":"M"},null]}"#,
        );
        assert_eq!(job.took, Some(Duration::from_millis(107_500)));
        assert_eq!(job.errors.len(), 1);
        assert_eq!(job.errors[0].code, "UserErrorMSIMissingPermissions");
        let odd = read(r#"{"status":"Pondering","extendedInfo":null}"#);
        assert_eq!(odd.status.as_ref().and_then(JobStatus::has_ended), None);
        assert_eq!(odd.status, Some(JobStatus::Other("Pondering".to_owned())));
    }

    #[test]
    fn a_restore_tells_its_point_its_destination_its_progress_and_its_warnings() {
        let job = read(
            r#"{"operation":"Restore","status":"CompletedWithWarnings","extendedInfo":{"dataTransferredInBytes":"17","recoveryDestination":"https://sta.blob.core.windows.net/c",
            "sourceRecoverPoint":{"recoveryPointID":"eb006fde78cb47198be5a320fbe45e9b","recoveryPointTime":"2021-10-21T16:31:16.8316716Z"},
            "additionalDetails":{"Restore File Prefix":"testprefix"},"warningDetails":[{"resourceName":"pg","warning":{"code":"W","message":"M"}},{}],
            "subTasks":[{"taskId":1,"taskName":"Trigger Restore","taskStatus":"InProgress","taskProgress":40},{"taskProgress":"half"},{"taskProgress":null}]}}"#,
        );
        assert_eq!(
            (job.file_prefix.as_deref(), job.destination.as_deref()),
            (Some("testprefix"), Some("https://sta.blob.core.windows.net/c"))
        );
        assert_eq!(
            job.recovery_point_id.as_deref(),
            Some("eb006fde78cb47198be5a320fbe45e9b")
        );
        assert!(job.recovery_point_time.is_some());
        assert_eq!(job.transferred, Some(17));
        let progress: Vec<_> = job.tasks.iter().map(|task| task.progress.as_deref()).collect();
        assert_eq!(progress, [Some("40"), Some("half"), None]);
        assert_eq!(job.warnings.len(), 1);
        assert_eq!(job.warnings[0].code, "W");
    }

    #[test]
    fn the_id_of_a_started_job_comes_whole_or_as_a_name() {
        let vault: ResourceId = VAULT.parse().expect("an id");
        let whole = format!("{VAULT}/backupJobs/j");
        for (answer, expected) in [
            (
                format!(r#"{{"properties":{{"jobId":"{whole}"}}}}"#),
                Some(whole.as_str()),
            ),
            (
                r#"{"jobId":"j","objectType":"OperationJobExtendedInfo"}"#.to_owned(),
                Some(whole.as_str()),
            ),
            (r#"{"properties":{}}"#.to_owned(), None),
            ("null".to_owned(), None),
        ] {
            let started = serde_json::from_str::<StartedJob>(&answer).ok();
            let id = started
                .and_then(|started| started.id(&vault).ok())
                .map(|id| id.to_string());
            assert_eq!(id.as_deref(), expected, "{answer}");
        }
    }
}
