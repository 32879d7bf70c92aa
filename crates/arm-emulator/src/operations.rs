//! Long-running operations (reference A2, A6): begun now, ended by time.

use arm_core::{Response, Timestamp};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    call::Call,
    postgres,
    refusals::{Refusal, json_response},
    signed_url,
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
    /// Whether its effects have been applied.
    pub(crate) settled: bool,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// Takes an on-demand backup.
    TakeBackup,
    /// Deletes an on-demand backup.
    DeleteBackup,
}

/// How an operation ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// It brings these changes.
    Success(Vec<Effect>),
    /// It changes nothing.
    Failure(Failure),
}

/// A change of the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Effect {
    /// The resource is there as this document says.
    Put(Value),
    /// The resource with this lower-case id is gone.
    Remove(String),
}

/// Why an operation fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self {
            code: refusal.code,
            message: refusal.message,
        }
    }
}

impl Operation {
    pub(crate) fn is_running(&self, now: Timestamp) -> bool {
        now < self.ends
    }

    /// The state as the service writes it.
    pub(crate) fn status(&self, now: Timestamp) -> &'static str {
        match self.outcome {
            _ if self.is_running(now) => "InProgress",
            Outcome::Success(_) => "Succeeded",
            Outcome::Failure(_) => "Failed",
        }
    }
}

impl World {
    /// Applies what was due until `now`, in the order in which it was due.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        let mut due: Vec<_> = self
            .operations
            .iter()
            .filter(|(_, operation)| !operation.settled && operation.ends <= now)
            .map(|(key, operation)| (operation.ends, key.clone()))
            .collect();
        due.sort();
        for (_, key) in due {
            let Some(operation) = self.operations.get_mut(&key) else {
                continue;
            };
            operation.settled = true;
            if let Outcome::Success(effects) = operation.outcome.clone() {
                effects.into_iter().for_each(|effect| self.apply(effect));
            }
        }
        self.operations
            .retain(|_, operation| now < later(operation.ends, KEPT));
        postgres::backup_schedule::advance(self, now);
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

    /// Begins an operation and answers 202 with its body and the URLs to poll.
    pub(crate) fn begin(
        &mut self,
        call: &Call,
        kind: Kind,
        location: &str,
        ends: Timestamp,
        outcome: Outcome,
    ) -> Response {
        let name = self.random.guid();
        let outcome = call.injected_failure.clone().map_or(outcome, Outcome::Failure);
        self.operations.insert(
            name.clone(),
            Operation {
                name: name.clone(),
                target: call.key(),
                kind,
                started: call.now,
                ends,
                outcome,
                settled: false,
            },
        );
        let subscription = call.parameter("subscriptionId");
        let url = |form: &str| {
            let path = format!(
                "/subscriptions/{subscription}/providers/{}/locations/{location}/{form}/{name}",
                postgres::NAMESPACE
            );
            let query = signed_url::query(self.seed, &path, call.api_version(), call.now);
            format!("{}{path}?{query}", call.target.origin)
        };
        let body = json!({
            "operation": match kind {
                Kind::TakeBackup => "SnapshotManagementOperation",
                Kind::DeleteBackup => "DeleteSnapshotManagementOperation",
            },
            "startTime": in_milliseconds(call.now),
        });
        json_response(202, &body)
            .with_header("Azure-AsyncOperation", url("azureAsyncOperation"))
            .with_header("Location", url("operationResults"))
            .with_header("Retry-After", self.retry_after().to_string())
    }

    /// How many seconds to wait before asking for an operation again.
    pub(crate) fn retry_after(&self) -> u32 {
        self.switches.retry_after.unwrap_or(timing::RETRY_AFTER)
    }

    fn apply(&mut self, effect: Effect) {
        // A backup that comes or goes changes when the next one is due.
        self.backups_due = None;
        match effect {
            Effect::Put(document) => self.put(document),
            Effect::Remove(key) => {
                self.documents.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use super::*;
    use crate::testing::{ORDERS, Rig, VERSION, body};

    fn begin(rig: &mut Rig) -> Response {
        rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION)
    }

    fn url(begun: &Response) -> &str {
        begun.headers.get("Azure-AsyncOperation").unwrap_or_default()
    }

    #[test]
    fn a_time_factor_divides_the_length() {
        for (factor, seconds) in [(0.0, 140), (f64::NAN, 140), (10.0, 14), (1e300, 0)] {
            let mut rig = Rig::new();
            rig.world.switches().operation_time_factor = factor;
            let begun = begin(&mut rig);
            rig.wait(seconds);
            assert_eq!(body(&rig.follow(url(&begun)))["status"], "Succeeded", "{factor}");
        }
    }

    #[test]
    fn retry_after_is_what_the_switch_says() {
        let mut rig = Rig::new();
        rig.world.switches().retry_after = Some(3);
        let begun = begin(&mut rig);
        assert_eq!(begun.headers.get("retry-after"), Some("3"));
        assert_eq!(rig.follow(url(&begun)).headers.get("retry-after"), Some("3"));
    }

    #[test]
    fn what_was_due_is_applied_in_its_order_however_late() {
        let mut rig = Rig::new();
        let begun = begin(&mut rig);
        rig.wait(150);
        let deleted = rig.send(Method::Delete, &format!("{ORDERS}/backups/b"), VERSION);
        assert_eq!(deleted.status, 202, "{}", deleted.body);
        rig.wait(3600);
        assert_eq!(rig.get(&format!("{ORDERS}/backups/b")).status, 404);
        assert_eq!(body(&rig.follow(url(&begun)))["status"], "Succeeded");
    }

    #[test]
    fn what_has_been_applied_is_not_applied_again() {
        let mut rig = Rig::new();
        begin(&mut rig);
        rig.wait(150);
        let path = format!("{ORDERS}/backups/b");
        assert_eq!(rig.get(&path).status, 200);
        rig.world.documents.remove(&path.to_ascii_lowercase());
        assert_eq!(rig.get(&path).status, 404);
    }

    #[test]
    fn an_operation_is_forgotten_after_a_month() {
        let mut rig = Rig::new();
        let begun = begin(&mut rig);
        rig.wait(30 * 24 * 3600);
        assert_eq!(rig.follow(url(&begun)).status, 200);
        rig.wait(150);
        assert_eq!(rig.follow(url(&begun)).status, 404);
    }
}
