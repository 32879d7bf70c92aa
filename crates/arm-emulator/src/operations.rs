//! Long-running operations (reference A2, A6): begun now, ended by time.

use arm_core::{Response, Timestamp};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    call::Call,
    data_protection,
    faults::FaultKind,
    merge::merge,
    polling_url::{self, PollingUrl},
    postgres::{
        self,
        long_term_retention::transfer::{self, Transfer},
    },
    refusals::{Refusal, json_response},
    storage::blobs::Blob,
    timestamps::{in_milliseconds, later},
    timing,
    world::World,
};

/// How long an ended operation can be asked for (not known; long enough for whoever comes back after a holiday).
const KEPT: TimeDelta = TimeDelta::days(30);

/// What was begun, when it ends and what its end brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Operation {
    /// The GUID in its URLs.
    pub(crate) name: String,
    /// The lower-case id of the resource it changes.
    pub(crate) target: String,
    pub(crate) kind: Kind,
    pub(crate) started: Timestamp,
    pub(crate) ends: Timestamp,
    pub(crate) outcome: Outcome,
    /// What takes its beginning back where it does not succeed.
    pub(crate) undo: Vec<Effect>,
    /// What its state tells once it has succeeded; null where it tells no more than that.
    #[serde(default)]
    pub(crate) properties: Value,
    /// Which URLs were handed out.
    pub(crate) polling_url: PollingUrl,
    /// Whether its effects have been applied.
    pub(crate) settled: bool,
    /// What it moves, where it tells how far it is.
    pub(crate) transfer: Option<Transfer>,
}

/// What is about to begin.
#[derive(Debug)]
pub(crate) struct Undertaking {
    pub(crate) kind: Kind,
    /// The location in its URLs, percent-encoded.
    pub(crate) location: String,
    pub(crate) ends: Timestamp,
    pub(crate) outcome: Outcome,
    /// What takes its beginning back where it does not succeed.
    pub(crate) undo: Vec<Effect>,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// Takes an on-demand backup.
    TakeBackup,
    /// Deletes an on-demand backup.
    DeleteBackup,
    /// Makes a server out of another one's backups.
    RestoreServer,
    /// Changes a server.
    UpdateServer,
    /// Deletes a server.
    DeleteServer,
    /// Backs a server up to a container of the customer's.
    BackUpLongTerm,
    /// What Azure Backup does.
    DataProtection(data_protection::Task),
}

/// How an operation ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// It brings these changes.
    Success(Vec<Effect>),
    /// It changes nothing.
    Failure(Failure),
    /// It was given up and changes nothing.
    Cancellation,
}

/// A change of the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Effect {
    /// The resource is there as this document says.
    Put(Value),
    /// The resource with this lower-case id is gone, and all below it.
    Remove(String),
    /// The resource with this lower-case id is gone, and what is below it stays.
    Forget(String),
    /// If the resource with this lower-case id is still there, it has these members (a JSON merge patch, RFC 7396).
    Merge(String, Value),
    /// The instance with this lower-case id is backed up by schedule from this moment on.
    ProtectedSince(String, Timestamp),
    /// The container with this lower-case id holds this blob.
    WriteBlob(String, String, Blob),
    /// These changes come later, unless what they are about is abandoned before.
    Later {
        at: Timestamp,
        task: data_protection::Task,
        target: String,
        effects: Vec<Effect>,
    },
}

/// Why an operation fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) message: String,
    /// What Azure Backup says below `additionalInfo` (reference B10); null for everybody else.
    #[serde(default)]
    pub(crate) user_facing: Value,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self {
            code: refusal.code,
            message: refusal.message,
            user_facing: Value::Null,
        }
    }
}

impl Kind {
    /// What the body of the 202 calls it (recorded; an update's and a backup's deletion as the field calls them).
    fn name(self) -> &'static str {
        match self {
            Self::TakeBackup => "SnapshotManagementOperation",
            Self::DeleteBackup => "DeleteSnapshotManagementOperation",
            Self::RestoreServer => "RestoreSnapshotManagementOperation",
            Self::UpdateServer => "UpsertServerManagementOperationV2",
            Self::DeleteServer => "DropServerManagementOperation",
            Self::BackUpLongTerm => "LongTermRetentionBackupManagementOperation",
            // Its answers have no such body (reference B2).
            Self::DataProtection(_) => "",
        }
    }
}

impl Operation {
    pub(crate) fn is_running(&self, now: Timestamp) -> bool {
        now < self.ends
    }

    /// What it tells of itself at a moment.
    fn record(&self, at: Timestamp) -> Option<Value> {
        Some(transfer::document(self, self.transfer.as_ref()?, at))
    }

    /// The state as the service writes it.
    pub(crate) fn status(&self, now: Timestamp, canceled_has_two_ls: bool) -> &'static str {
        match self.outcome {
            _ if self.is_running(now) => "InProgress",
            Outcome::Success(_) => "Succeeded",
            Outcome::Failure(_) => "Failed",
            Outcome::Cancellation if canceled_has_two_ls => "Cancelled",
            Outcome::Cancellation => "Canceled",
        }
    }
}

impl World {
    /// Applies what was due until `now`, in the order in which it was due.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        while let Some(key) = self.next_due(now) {
            let Some(operation) = self.operations.get(&key) else {
                break;
            };
            // A schedule goes by what the world was like until then.
            data_protection::schedule::advance(self, operation.ends);
            let Some(operation) = self.operations.get_mut(&key) else {
                break;
            };
            operation.settled = true;
            let record = operation.record(operation.ends);
            let target = operation.target.clone();
            let effects = match &operation.outcome {
                Outcome::Success(effects) => effects.clone(),
                Outcome::Failure(_) | Outcome::Cancellation => operation.undo.clone(),
            };
            effects.into_iter().for_each(|effect| self.apply(effect));
            // What went with its server stays gone.
            if let Some(record) = record
                && self.documents.contains_key(&target)
            {
                self.put(record);
            }
        }
        self.operations
            .retain(|_, operation| now < later(operation.ends, KEPT));
        postgres::backup_schedule::advance(self, now);
        data_protection::schedule::advance(self, now);
    }

    /// The operation that ends first among those that have ended and brought nothing yet.
    fn next_due(&self, now: Timestamp) -> Option<String> {
        let due = self
            .operations
            .iter()
            .filter(|(_, operation)| !operation.settled && operation.ends <= now);
        due.min_by_key(|(key, operation)| (operation.ends, *key))
            .map(|(key, _)| key.clone())
    }

    /// When an operation of this kind that is begun now ends.
    pub(crate) fn end_of(&mut self, length: TimeDelta, now: Timestamp) -> Timestamp {
        later(now, timing::divided(length, self.switches.operation_time_factor))
    }

    /// Whether an operation of this kind runs on something below `target`.
    pub(crate) fn is_running_below(&self, target: &str, kind: Kind, now: Timestamp) -> bool {
        let prefix = format!("{target}/");
        self.operations.values().any(|operation| {
            operation.kind == kind && operation.is_running(now) && operation.target.starts_with(&prefix)
        })
    }

    /// Lets whatever runs below a lower-case id fail, because that is going away.
    pub(crate) fn abandon_below(&mut self, key: &str, failure: &Failure) {
        let prefix = format!("{key}/");
        let below = self
            .operations
            .values_mut()
            .filter(|operation| !operation.settled && operation.target.starts_with(&prefix));
        below.for_each(|operation| operation.outcome = Outcome::Failure(failure.clone()));
    }

    /// How an operation ends and which version its URLs have, as the fault that it meets has it.
    pub(crate) fn fated(&self, call: &Call, outcome: Outcome) -> (Outcome, String) {
        let own_version = self.switches.polling_api_version.as_deref();
        let own_version = own_version.unwrap_or(call.api_version()).to_owned();
        match &call.fault {
            Some(FaultKind::FailOperation { code, message }) => {
                let failure = Failure {
                    code: code.clone(),
                    message: message.clone(),
                    user_facing: Value::Null,
                };
                (Outcome::Failure(failure), own_version)
            }
            Some(FaultKind::CancelOperation) => (Outcome::Cancellation, own_version),
            Some(FaultKind::AnotherApiVersion { api_version }) => (outcome, api_version.clone()),
            _ => (outcome, own_version),
        }
    }

    /// Begins an operation and answers 202 with its body and the URLs to poll.
    pub(crate) fn begin(&mut self, call: &Call, undertaking: Undertaking) -> Response {
        let (_, response) = self.begin_on(call, undertaking, call.key(), None);
        response
    }

    /// The same with an operation that keeps a record of itself at the lower-case id `target`.
    pub(crate) fn begin_transfer(
        &mut self,
        call: &Call,
        undertaking: Undertaking,
        target: String,
        transfer: Transfer,
    ) -> Response {
        let (name, response) = self.begin_on(call, undertaking, target, Some(transfer));
        let begun = self.operations.get(&name);
        if let Some(record) = begun.and_then(|operation| operation.record(call.now)) {
            self.put(record);
        }
        response
    }

    fn begin_on(
        &mut self,
        call: &Call,
        undertaking: Undertaking,
        target: String,
        transfer: Option<Transfer>,
    ) -> (String, Response) {
        let name = self.random.guid();
        let (outcome, api_version) = self.fated(call, undertaking.outcome);
        let polling_url = PollingUrl {
            api_version,
            is_signed: self.switches.signs_polling_urls,
        };
        let url = |form: &str| {
            let subscription = call.parameter("subscriptionId");
            let path = polling_url::path(subscription, &undertaking.location, form, &name);
            let query = polling_url.query(self.seed, &path, call.now);
            format!("{}{path}?{query}", call.target.origin)
        };
        let kind = undertaking.kind;
        let body = json!({ "operation": kind.name(), "startTime": in_milliseconds(call.now) });
        let response = json_response(202, &body)
            .with_header("Azure-AsyncOperation", url("azureAsyncOperation"))
            .with_header("Location", url("operationResults"));
        let response = self.with_retry_after(response, kind);
        let operation = Operation {
            name: name.clone(),
            target,
            kind,
            started: call.now,
            ends: undertaking.ends,
            outcome,
            undo: undertaking.undo,
            properties: Value::Null,
            polling_url,
            settled: false,
            transfer,
        };
        self.operations.insert(name.clone(), operation);
        (name, response)
    }

    /// The answer with the seconds to wait before asking for an operation again.
    pub(crate) fn with_retry_after(&self, response: Response, kind: Kind) -> Response {
        if self.switches.omits_retry_after {
            return response;
        }
        let seconds = self.switches.retry_after.unwrap_or(match kind {
            Kind::RestoreServer => timing::RETRY_AFTER_RESTORE,
            Kind::DataProtection(task) => task.retry_after(),
            _ => timing::RETRY_AFTER,
        });
        response.with_header("Retry-After", seconds.to_string())
    }

    pub(crate) fn apply(&mut self, effect: Effect) {
        // A backup that comes or goes changes when the next one is due.
        self.backups_due = None;
        self.protection.due = None;
        match effect {
            Effect::Put(document) => self.put(document),
            Effect::Remove(key) => {
                self.documents.remove(&key);
                let prefix = format!("{key}/");
                self.documents.retain(|id, _| !id.starts_with(&prefix));
                self.protection.forget(&key);
            }
            Effect::Forget(key) => {
                self.documents.remove(&key);
            }
            Effect::Merge(key, patch) => {
                if let Some(document) = self.documents.get_mut(&key) {
                    merge(document, &patch);
                }
            }
            Effect::WriteBlob(container, name, blob) => self.write_blob(&container, name, blob),
            Effect::ProtectedSince(key, at) => self.protection.protect(key, at),
            Effect::Later {
                at,
                task,
                target,
                effects,
            } => self.schedule(at, task, target, effects),
        }
    }
}

#[cfg(test)]
mod tests;
