//! Backing an instance up now: the operation ends in a job, and the job in a recovery point.

use std::time::Duration;

use arm_client::{
    ArmError,
    data_protection::{BackupJob, JobStatus, StartedJob},
};
use arm_core::{ResourceId, Timestamp};
use chrono::TimeDelta;

use crate::stores::operations::{Drive, Event, Failure, look::BETWEEN_LOOKS};

/// How long after its request a job may begin, by clocks that may differ; a later one is somebody else's.
const BEGINS_WITHIN: TimeDelta = TimeDelta::minutes(20);

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
            found = drive.own(&jobs).map(|job| job.id.clone());
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
            let is_backup = |operation: &String| operation.eq_ignore_ascii_case("Backup");
            job.instance.as_ref() == Some(&self.operation.target)
                && job.operation.as_ref().is_none_or(is_backup)
                && job.is_user_triggered != Some(false)
        });
        Ok(jobs)
    }

    /// The job that the request began, if it is among these.
    fn own<'a>(&self, jobs: &'a [BackupJob]) -> Option<&'a BackupJob> {
        let others = (self.journal)()
            .into_iter()
            .filter(|other| other.id != self.operation.id);
        let taken: Vec<_> = others.filter_map(|other| other.job).collect();
        first_of(jobs, self.operation.newest_job?, self.operation.started, &taken)
    }
}

/// The first that began after those that were there before, and soon enough after it was asked for; one that another
/// request has begun is not.
fn first_of<'a>(
    jobs: &'a [BackupJob],
    before: Timestamp,
    asked: Timestamp,
    taken: &[ResourceId],
) -> Option<&'a BackupJob> {
    let is_it = |job: &&BackupJob| {
        let in_time = job
            .started
            .is_some_and(|at| at > before && at < asked + BEGINS_WITHIN);
        in_time && !taken.contains(&job.id)
    };
    jobs.iter().filter(is_it).min_by_key(|job| job.started)
}

/// What a job says of itself.
fn read(job: &BackupJob) -> Event {
    let told = || job.errors.first().map(Failure::from);
    match &job.status {
        Some(JobStatus::Completed | JobStatus::Succeeded) => Event::Completed,
        Some(JobStatus::CompletedWithWarnings) => {
            let warning = job.warnings.first().map(Failure::from);
            Event::Warned(warning.or_else(told).unwrap_or_default())
        }
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
        told_of(status, errors, "null")
    }

    fn told_of(status: &str, errors: &str, warnings: &str) -> (&'static str, String) {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupJobs/j";
        let json = format!(
            r#"{{"id":"{id}","properties":{{"status":{status},"errorDetails":{errors},"extendedInfo":{{"warningDetails":{warnings}}}}}}}"#
        );
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
    fn of_later_jobs_the_first_that_nobody_else_began_is_its_own() {
        let id = |name: &str| -> ResourceId {
            let of = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
            format!("{of}/backupJobs/{name}").parse().expect("an id")
        };
        let job = |name: &str, minute: u32| -> BackupJob {
            let json = format!(
                r#"{{"id":"{}","properties":{{"startTime":"2026-03-12T09:{minute:02}:00Z"}}}}"#,
                id(name)
            );
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
        };
        let at = |minute: u32| -> Timestamp {
            format!("2026-03-12T09:{minute:02}:00Z")
                .parse()
                .expect("a moment")
        };
        for (jobs, taken, expected) in [
            (vec![job("before", 10)], vec![], None),
            (vec![job("late", 45)], vec![], None),
            (
                vec![job("second", 18), job("first", 12), job("before", 10)],
                vec![],
                Some("first"),
            ),
            (
                vec![job("second", 18), job("first", 12)],
                vec![id("first")],
                Some("second"),
            ),
            (vec![job("first", 12)], vec![id("first")], None),
        ] {
            let found = first_of(&jobs, at(10), at(11), &taken).map(|job| job.id.name());
            assert_eq!(found, expected, "{jobs:?}, taken {taken:?}");
        }
    }

    #[test]
    fn a_warning_is_told_wherever_azure_puts_it() {
        let warning = r#"[{"warning":{"code":"UserWarning","message":"Some rows were left out."}}]"#;
        let (end, words) = told_of(r#""CompletedWithWarnings""#, "null", warning);
        assert_eq!(
            (end, words.as_str()),
            ("warned", "UserWarning: Some rows were left out.")
        );
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
