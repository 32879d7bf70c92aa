//! What ends in a job of the vault, a backup of an instance or its restore: the operation only starts it, and it decides.

use std::time::Duration;

use arm_client::{
    ArmError, Poller, ServiceError,
    data_protection::{BackupJob, JobStatus, JobTask, StartedJob},
};
use arm_core::{ResourceId, Timestamp};
use chrono::TimeDelta;

use super::{Act, Drive, Event, Failure, Operation, look::BETWEEN_LOOKS};

/// How long after its request a job may begin, by clocks that may differ; a later one is somebody else's.
const BEGINS_WITHIN: TimeDelta = TimeDelta::minutes(20);

impl Drive {
    /// Reads the jobs before the request leaves: after a lost answer a later one is this request's. Whether anybody
    /// still listens.
    pub(super) async fn look_at_jobs_before(&mut self) -> bool {
        let Ok(jobs) = self.jobs().await else { return true };
        let newest = jobs.iter().filter_map(|job| job.started).max();
        let newest = newest.unwrap_or(Timestamp::UNIX_EPOCH);
        self.operation.newest_job = Some(newest);
        self.tell(Event::JobsBefore(newest)).is_continue()
    }

    /// Follows a request to its job, and the job to its end.
    pub(super) async fn follow_to_job(&mut self, begun: Result<Poller<StartedJob>, ArmError>) {
        if let Some(poller) = self.accepted(begun).await
            && let Some(poller) = self.follow_until_done(poller).await
        {
            self.follow_started(poller.result().await).await;
        }
    }

    /// Goes on where an earlier tab stopped.
    pub(super) async fn go_on_to_job(&mut self) {
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

    /// The jobs of the instance that somebody asked for and that do what this operation does, among the vault's.
    async fn jobs(&self) -> Result<Vec<BackupJob>, ArmError> {
        let is_restore = matches!(self.operation.act, Act::Restore { .. });
        let word = if is_restore { "Restore" } else { "Backup" };
        let mut jobs = self.data_protection().jobs(&self.vault())?.collect().await?;
        jobs.retain(|job| {
            let does_it = match &job.operation {
                Some(operation) => operation.eq_ignore_ascii_case(word),
                None => !is_restore,
            };
            does_it
                && job.instance.as_ref() == Some(&self.operation.target)
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
        first_of(jobs, &self.operation, &taken)
    }
}

/// The first that began after those that were there before, and soon enough after it was asked for; one that another
/// request has begun, or that says itself that it does something else, is not.
///
/// Where nobody could read the jobs before, only a job is its own that names what was asked for: the newest of them. One
/// that does is its own whenever it began, since the browser's clock may be wrong.
fn first_of<'a>(jobs: &'a [BackupJob], of: &Operation, taken: &[ResourceId]) -> Option<&'a BackupJob> {
    let is_it = |job: &&BackupJob| {
        let (Some(at), is_named) = (job.started, of.act.is_named_by(job)) else {
            return false;
        };
        let is_new = of.newest_job.is_none_or(|before| at > before);
        let is_asked_for = match is_named {
            Some(is_named) => is_named,
            None => of.newest_job.is_some() && at < of.started + BEGINS_WITHIN,
        };
        is_new && is_asked_for && !taken.contains(&job.id)
    };
    let own = jobs.iter().filter(is_it);
    match of.newest_job {
        Some(_) => own.min_by_key(|job| job.started),
        None => own.max_by_key(|job| job.started),
    }
}

impl Act {
    /// Whether a job names what was asked for: all of it, or something else; `None` where it does not say.
    fn is_named_by(&self, job: &BackupJob) -> Option<bool> {
        let Self::Restore {
            recovery_point_id,
            target,
            ..
        } = self
        else {
            return None;
        };
        let point = job.recovery_point_id.as_ref();
        let is_point = point.map(|point| point.eq_ignore_ascii_case(recovery_point_id));
        let is_there = target.is_named_by(job);
        match (is_point, is_there) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }
}

/// What a job says of itself.
fn read(job: &BackupJob) -> Event {
    let told = || told(&job.errors);
    match &job.status {
        Some(JobStatus::Completed | JobStatus::Succeeded) => Event::Completed,
        Some(JobStatus::CompletedWithWarnings) => {
            Event::Warned(self::told(&job.warnings).or_else(told).unwrap_or_default())
        }
        Some(JobStatus::Cancelled) => Event::Cancelled(told().unwrap_or_default()),
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
            percent: percent(&job.tasks),
            next_look_in: Some(BETWEEN_LOOKS),
            token: None,
        },
    }
}

/// All that a job has to tell, in one; nothing where it tells nothing.
fn told(errors: &[ServiceError]) -> Option<Failure> {
    let mut all = errors.iter().map(Failure::from);
    let mut first = all.next()?;
    for other in all {
        let Failure { code, message, .. } = other;
        first.message.push_str(&format!(" {code}: {message}"));
    }
    Some(first)
}

/// How much of all parts of a job is done, where each of them tells a number; in percent.
pub fn percent(tasks: &[JobTask]) -> Option<f64> {
    let done = |task: &JobTask| match &task.status {
        Some(JobStatus::Completed | JobStatus::Succeeded | JobStatus::CompletedWithWarnings) => Some(100.0),
        _ => percent_told(task.progress.as_deref()?),
    };
    let done: Vec<f64> = tasks.iter().map(done).collect::<Option<_>>()?;
    (!done.is_empty()).then(|| done.iter().sum::<f64>() / done.len() as f64)
}

/// A number of percent, from `40`, `40.5` or `40 %`.
pub fn percent_told(progress: &str) -> Option<f64> {
    let digits = progress.trim().trim_end_matches('%').trim_end();
    let number: f64 = digits.parse().ok()?;
    (0.0..=100.0).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests;
