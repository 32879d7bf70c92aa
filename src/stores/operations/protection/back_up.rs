//! Backing an instance up now: the operation ends in a job, and the job in a recovery point.

use std::time::Duration;

use arm_client::{
    ArmError,
    data_protection::{BackupJob, JobStatus, StartedJob},
};
use arm_core::{ResourceId, Timestamp};

use crate::stores::operations::{Drive, Event, Failure, look::BETWEEN_LOOKS};

impl Drive {
    /// The jobs are read before: after a lost answer a later one is this request's.
    pub(super) async fn back_up_instance(mut self, rule: &str, tag: Option<&str>) {
        if let Ok(jobs) = self.jobs().await {
            let newest = jobs.iter().filter_map(|job| job.started).max();
            let newest = newest.unwrap_or(Timestamp::UNIX_EPOCH);
            self.operation.newest_job = Some(newest);
            if self.tell(Event::JobsBefore(newest)).is_break() {
                return;
            }
        }
        let (service, instance) = (self.data_protection(), self.operation.target.clone());
        let begun = service.begin_backup(&instance, rule, tag).await;
        if let Some(poller) = self.accepted(begun).await
            && let Some(poller) = self.follow_until_done(poller).await
        {
            self.follow_started(poller.result().await).await;
        }
    }

    pub(super) async fn go_on_backing_up(&mut self) {
        if let Some(job) = self.operation.job.clone() {
            if self.pace.turn(Duration::ZERO).await.is_continue() {
                self.follow_job(job).await;
            }
        } else if let Some(poller) = self.go_on::<StartedJob>().await {
            self.follow_started(poller.result().await).await;
        }
    }

    /// Looks for a job that is newer than those of before, and follows it.
    pub(super) async fn look_for_job(&mut self) {
        let mut found = None;
        self.look_until_it_ends(async |drive| {
            let jobs = drive.jobs().await?;
            found = drive.newest_of(&jobs).map(|job| job.id.clone());
            Ok(match &found {
                Some(job) => Event::JobStarted(job.clone()),
                None => Event::Unknown(None),
            })
        })
        .await;
        if let Some(job) = found {
            self.follow_job(job).await;
        }
    }

    async fn follow_started(&mut self, started: Result<StartedJob, ArmError>) {
        let id = started.ok().and_then(|started| started.id(&self.vault()).ok());
        let Some(job) = id else {
            return self.look_for_job().await;
        };
        if self.tell(Event::JobStarted(job.clone())).is_continue() {
            self.follow_job(job).await;
        }
    }

    async fn follow_job(&mut self, id: ResourceId) {
        self.look_until_it_ends(async |drive| Ok(read(&drive.data_protection().job(&id).await?)))
            .await;
    }

    /// The on-demand backups of the instance among the vault's jobs.
    async fn jobs(&self) -> Result<Vec<BackupJob>, ArmError> {
        let mut jobs = self.data_protection().jobs(&self.vault())?.collect().await?;
        jobs.retain(|job| {
            job.instance.as_ref() == Some(&self.operation.target) && job.is_user_triggered != Some(false)
        });
        Ok(jobs)
    }

    /// The newest one, if it began after those that were there before the request.
    fn newest_of<'a>(&self, jobs: &'a [BackupJob]) -> Option<&'a BackupJob> {
        let before = self.operation.newest_job?;
        let newest = jobs.iter().max_by_key(|job| job.started)?;
        (newest.started? > before).then_some(newest)
    }
}

/// What a job says of itself.
fn read(job: &BackupJob) -> Event {
    let told = || job.errors.first().map(Failure::from);
    match &job.status {
        Some(JobStatus::Completed | JobStatus::Succeeded) => Event::Completed,
        Some(JobStatus::CompletedWithWarnings) => Event::Warned(told().unwrap_or_default()),
        Some(status) if status.has_ended() == Some(true) => {
            let failure = told().unwrap_or_else(|| Failure {
                code: status.to_string(),
                message: "Azure gives no reason.".to_owned(),
                request_id: None,
            });
            Event::Failed(failure, None)
        }
        status => Event::Running {
            status: status.as_ref().map(ToString::to_string).unwrap_or_default(),
            percent: None,
            next_look_in: Some(BETWEEN_LOOKS),
            token: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: &str, errors: &str) -> (&'static str, String) {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupJobs/j";
        let json = format!(r#"{{"id":"{id}","properties":{{"status":{status},"errorDetails":{errors}}}}}"#);
        let job: BackupJob = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
        match read(&job) {
            Event::Completed => ("completed", String::new()),
            Event::Warned(warning) => ("warned", format!("{}: {}", warning.code, warning.message)),
            Event::Failed(failure, None) => ("failed", format!("{}: {}", failure.code, failure.message)),
            Event::Running { status, .. } => ("running", status),
            _ => panic!("{json}"),
        }
    }

    #[test]
    fn a_job_ends_well_with_warnings_badly_or_cancelled() {
        let error = r#"[{"code":"UserErrorMSIMissingPermissions","message":"It lacks a role."},null]"#;
        for (status, errors, expected, words) in [
            (r#""Completed""#, "null", "completed", ""),
            (r#""Succeeded""#, "null", "completed", ""),
            (r#""InProgress""#, "null", "running", "InProgress"),
            (r#""Cancelling""#, "null", "running", "Cancelling"),
            (r#""Pondering""#, "null", "running", "Pondering"),
            ("null", "null", "running", ""),
            (
                r#""CompletedWithWarnings""#,
                error,
                "warned",
                "UserErrorMSIMissingPermissions: It lacks a role.",
            ),
            (r#""CompletedWithWarnings""#, "null", "warned", ": "),
            (
                r#""Failed""#,
                error,
                "failed",
                "UserErrorMSIMissingPermissions: It lacks a role.",
            ),
            (r#""Failed""#, "[]", "failed", "Failed: Azure gives no reason."),
            (
                r#""Cancelled""#,
                "null",
                "failed",
                "Cancelled: Azure gives no reason.",
            ),
        ] {
            assert_eq!(
                told(status, errors),
                (expected, words.to_owned()),
                "{status} {errors}"
            );
        }
    }
}
