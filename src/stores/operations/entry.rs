//! One operation as it is remembered; pure.

use arm_client::{ArmError, ContinuationToken, ServiceError};
use arm_core::{ResourceId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Cause, ProtectionKind, RestoredTo};

/// How many finished operations are remembered, and for how long.
const KEPT: usize = 200;
const KEPT_FOR_DAYS: i64 = 30;
/// How long the list is watched for the backup that was in the way: longer than backups usually take.
pub(super) const WATCHED_FOR: chrono::TimeDelta = chrono::TimeDelta::minutes(15);

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// An on-demand backup of a flexible server is taken.
    TakeBackup {
        /// The backup's name.
        name: String,
    },
    /// An on-demand backup of a flexible server is deleted.
    DeleteBackup {
        /// The backup's name.
        name: String,
    },
    /// A long-term retention backup of a flexible server goes into containers of the user's own. Their URIs are
    /// secrets and are nowhere but in the request.
    LongTermBackup {
        /// The backup's name.
        name: String,
    },
    /// A backup instance of a vault is made, changed, backed up or deleted; it is the target.
    Protection {
        /// What is done with it.
        kind: ProtectionKind,
        /// The policy that it is to have, where it gets one.
        #[serde(default)]
        policy: Option<ResourceId>,
    },
    /// A recovery point of a backup instance is restored; the instance is the target.
    Restore {
        /// The `recoveryPointId`.
        recovery_point_id: String,
        /// When the recovery point was taken, where whoever asked knew it.
        #[serde(default)]
        point_time: Option<Timestamp>,
        /// Where to.
        target: RestoredTo,
    },
}

impl Act {
    /// The name of the backup that is taken or deleted; what is done with a backup instance has none.
    pub fn backup_name(&self) -> Option<&str> {
        match self {
            Self::TakeBackup { name } | Self::DeleteBackup { name } | Self::LongTermBackup { name } => {
                Some(name)
            }
            Self::Protection { .. } | Self::Restore { .. } => None,
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OperationState {
    /// The request is leaving or has left; no answer has come yet.
    Sent,
    /// The service works on it.
    Running {
        /// The service's own word for its state.
        status: String,
        /// How much is done, where the service says so.
        percent: Option<f64>,
    },
    /// The service says that it succeeded, or shows its result.
    Completed,
    /// The service says that it failed or was cancelled.
    Failed(Failure),
    /// Nobody can say: no answer, or none that names a way to ask. Never success (auth #64).
    Unknown,
}

/// Why an operation failed, as far as it may be kept and shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The service's error code.
    pub code: String,
    /// The service's words.
    pub message: String,
    /// The id to give to Azure support.
    pub request_id: Option<String>,
}

/// An operation.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    /// Its own id, made here.
    pub id: Uuid,
    /// What is done.
    pub act: Act,
    /// The resource it is done to.
    pub target: ResourceId,
    /// When the user asked for it.
    pub started: Timestamp,
    /// When its end was seen.
    pub ended: Option<Timestamp>,
    /// How far it is.
    pub progress: OperationState,
    /// Whether a backup of this name was in the list just before, to tell what is new after a lost answer; `None`
    /// where nobody had read it.
    #[serde(default)]
    pub was_there: Option<bool>,
    /// When the service completed a backup that was found in the list after its answer had been lost.
    #[serde(default)]
    pub found: Option<Timestamp>,
    /// Why an on-demand backup was answered with InternalServerError, as far as it is known.
    #[serde(default)]
    pub cause: Option<Cause>,
    /// What the service answered to the request, where that leaves open whether something has begun.
    #[serde(default)]
    pub answer: Option<Failure>,
    /// When the newest job of the instance had begun before its backup or restore was asked for; `None` where nobody had
    /// read the jobs.
    #[serde(default)]
    pub newest_job: Option<Timestamp>,
    /// The job that the backup of an instance, or its restore, has become.
    #[serde(default)]
    pub job: Option<ResourceId>,
    /// What the service had to say about a backup or restore that it completed.
    #[serde(default)]
    pub warning: Option<Failure>,
    /// Whether it has failed because somebody gave its job up.
    #[serde(default)]
    pub is_cancelled: bool,
    /// How to go on asking; dropped at the end, since it holds a signed URL.
    pub token: Option<ContinuationToken>,
    /// Whether the user has put it away in the bell.
    #[serde(default)]
    pub is_dismissed: bool,
    /// When the service is asked next.
    #[serde(default)]
    pub next_look: Option<Timestamp>,
    /// Which task of this tab follows it; what an earlier one still says is not heard.
    #[serde(skip)]
    pub follower: u32,
    /// Whether another tab has gone on with it since it was followed here.
    #[serde(skip)]
    pub is_stale: bool,
    /// Why the last look gave nothing.
    #[serde(skip)]
    pub problem: Option<ArmError>,
}

impl Operation {
    /// An operation that is about to be asked for; `known_before` is the list of backups, `None` where nobody has read
    /// it.
    pub fn about_to_start(
        id: Uuid,
        act: Act,
        target: ResourceId,
        known_before: Option<Vec<String>>,
        now: Timestamp,
    ) -> Self {
        let name = act.backup_name().unwrap_or_default();
        let was_there = known_before.map(|all| all.iter().any(|known| known.eq_ignore_ascii_case(name)));
        Self {
            id,
            act,
            target,
            started: now,
            ended: None,
            progress: OperationState::Sent,
            was_there,
            found: None,
            cause: None,
            answer: None,
            newest_job: None,
            job: None,
            warning: None,
            is_cancelled: false,
            token: None,
            is_dismissed: false,
            next_look: None,
            follower: 0,
            is_stale: false,
            problem: None,
        }
    }

    /// Whether the end has been seen.
    pub fn has_ended(&self) -> bool {
        matches!(
            self.progress,
            OperationState::Completed | OperationState::Failed(_)
        )
    }

    /// Records the end; the continuation token has no use any more and goes.
    pub fn end(&mut self, progress: OperationState, now: Timestamp) {
        self.progress = progress;
        self.ended = Some(now);
        self.token = None;
        self.answer = None;
        self.next_look = None;
        self.problem = None;
    }

    /// Whether the list is watched to name the backup that was in the way of this one, which has failed.
    pub fn is_explained_later(&self, now: Timestamp) -> bool {
        let is_open = self.cause.as_ref().is_some_and(Cause::is_watched);
        let is_recent = self.ended.is_some_and(|ended| now - ended < WATCHED_FOR);
        matches!(self.progress, OperationState::Failed(_)) && is_open && is_recent
    }
}

impl Failure {
    /// The id by which Azure support finds the request: the tracking id of its words, or else the request's.
    pub fn tracking_id(&self) -> Option<&str> {
        let (_, rest) = self.message.split_once("Tracking ID: '").unzip();
        let id = rest.and_then(|rest| rest.split('\'').next());
        id.filter(|id| !id.is_empty()).or(self.request_id.as_deref())
    }
}

impl From<&ArmError> for Failure {
    fn from(error: &ArmError) -> Self {
        let message = match error {
            ArmError::OperationFailed(service) | ArmError::Service(service) => words_of(service),
            other => other.to_string(),
        };
        Self {
            code: error.code().unwrap_or_default().to_owned(),
            message,
            request_id: error.request_id().map(str::to_owned),
        }
    }
}

impl From<&ServiceError> for Failure {
    fn from(error: &ServiceError) -> Self {
        Self {
            code: error.code.clone(),
            message: words_of(error),
            request_id: error.request_id.clone(),
        }
    }
}

/// What an error says, and what its first detail says beyond that: which right is missing, and where.
fn words_of(error: &ServiceError) -> String {
    let detail = error.details.first().map_or("", |detail| detail.message.as_str());
    if detail.is_empty() || error.message.contains(detail) {
        return error.message.clone();
    }
    format!("{} {detail}", error.message)
}

/// Which of the remembered operations have had their time: ended 30 days ago, or beyond the newest 200.
pub fn outdated(operations: &[Operation], now: Timestamp) -> Vec<Uuid> {
    let mut ended: Vec<_> = operations.iter().filter_map(|o| Some((o.ended?, o.id))).collect();
    ended.sort_by_key(|(ended, _)| std::cmp::Reverse(*ended));
    let too_old = |ended: Timestamp| now - ended > chrono::TimeDelta::days(KEPT_FOR_DAYS);
    let outdated = ended
        .into_iter()
        .enumerate()
        .filter(|(rank, (ended, _))| *rank >= KEPT || too_old(*ended));
    outdated.map(|(_, (_, id))| id).collect()
}

#[cfg(test)]
mod tests;
