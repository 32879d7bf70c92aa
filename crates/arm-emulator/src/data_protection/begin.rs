//! Beginning what Azure Backup does, and the URLs by which it is followed (reference B2, G5).

use arm_core::{Response, Timestamp};
use serde_json::Value;

use super::{NAMESPACE, Task, vaults};
use crate::{
    api_versions, base64,
    call::Call,
    operations::{Effect, Kind, Operation, Outcome},
    polling_url::PollingUrl,
    postgres::servers::location_in_paths,
    world::World,
};

/// What is about to begin.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) task: Task,
    pub(crate) ends: Timestamp,
    pub(crate) outcome: Outcome,
    /// What takes its beginning back where it does not succeed.
    pub(crate) undo: Vec<Effect>,
    /// What its state tells once it has succeeded.
    pub(crate) properties: Value,
    pub(crate) headers: Announced,
}

/// Which headers tell of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Announced {
    /// Both.
    InBoth,
    /// Both below the location, whatever the version (a vault's deletion).
    AtLocation,
    /// `Azure-AsyncOperation` alone (writing an instance or a vault).
    InStatus,
    /// `Location` alone (changing a vault, undeleting).
    InResult,
}

/// Begins the work and adds to the answer where to follow it.
pub(crate) fn begin(world: &mut World, call: &Call, vault: &Value, answer: Response, work: Work) -> Response {
    // Two GUIDs, as decoded from the document's URLs (reference B2).
    let name = base64::encode(&format!("{};{}", world.random.guid(), world.random.guid()));
    let (outcome, api_version) = world.fated(call, work.outcome);
    // A version that a switch gives to all operations may be one of another provider's.
    let is_known = api_versions::DATA_PROTECTION.contains(&api_version.as_str());
    let api_version = if is_known {
        api_version
    } else {
        call.api_version().to_owned()
    };
    let polling_url = PollingUrl {
        api_version,
        is_signed: world.switches.signs_polling_urls,
    };
    let location = location_in_paths(vault);
    let subscription = call.parameter("subscriptionId");
    let at_location = format!("/subscriptions/{subscription}/providers/{NAMESPACE}/locations/{location}");
    let is_in_vault = work.headers != Announced::AtLocation && has_status_in_vault(call.api_version());
    let above_status = if is_in_vault {
        vaults::canonical_id(vault)
    } else {
        at_location.clone()
    };
    let url = |above: &str, form: &str| {
        let path = format!("{above}/{form}/{name}");
        let query = polling_url.query(world.seed, &path, call.now);
        format!("{}{path}?{query}", call.target.origin)
    };
    let mut answer = answer;
    if work.headers != Announced::InResult {
        answer = answer.with_header("Azure-AsyncOperation", url(&above_status, "operationStatus"));
    }
    if work.headers != Announced::InStatus {
        answer = answer.with_header("Location", url(&at_location, "operationResults"));
    }
    let kind = Kind::DataProtection(work.task);
    let answer = world.with_retry_after(answer, kind);
    let operation = Operation {
        name: name.clone(),
        target: call.key(),
        kind,
        started: call.now,
        ends: work.ends,
        outcome,
        undo: work.undo,
        properties: work.properties,
        polling_url,
        settled: false,
        transfer: None,
    };
    world.operations.insert(name.to_ascii_lowercase(), operation);
    answer
}

/// From 2022 on the state is told below the vault (reference B2).
fn has_status_in_vault(version: &str) -> bool {
    api_versions::STOPPING_PROTECTION
        .iter()
        .any(|known| known.eq_ignore_ascii_case(version))
}

impl World {
    /// Lets changes come at a moment to come; nobody is told where to ask for them.
    pub(crate) fn schedule(&mut self, at: Timestamp, task: Task, target: String, effects: Vec<Effect>) {
        let name = self.random.guid();
        let operation = Operation {
            name: name.clone(),
            target,
            kind: Kind::DataProtection(task),
            started: at,
            ends: at,
            outcome: Outcome::Success(effects),
            undo: Vec::new(),
            properties: Value::Null,
            polling_url: PollingUrl {
                api_version: String::new(),
                is_signed: true,
            },
            settled: false,
            transfer: None,
        };
        self.operations.insert(name, operation);
    }

    /// Gives up what is still to come for the resource with this lower-case id.
    pub(crate) fn give_up(&mut self, target: &str) {
        self.operations.retain(|_, operation| {
            let is_unseen = matches!(
                operation.kind,
                Kind::DataProtection(Task::FinishConfiguring | Task::RunBackup)
            );
            operation.settled || operation.target != target || !is_unseen
        });
    }
}
