//! `POST …/backupInstances/{backupInstanceName}/validateRestore` and `…/restore` (reference B2, B6, B7, S3).

mod files;
mod reasons;
mod request;

use arm_core::{Response, Timestamp};
use serde_json::{Value, json};

use self::request::{RestoreRequest, Target};
use crate::{
    call::Call,
    data_protection::{
        JOB_TYPE, Task,
        begin::{Announced, Work, begin},
        jobs::{self, Job, Stage},
        timing,
        user_errors::{self, UserError},
        vaults,
    },
    operations::{Effect, Kind, Outcome},
    postgres::{servers::text, single_servers::DATABASE_TYPE},
    refusals::Refusal,
    timestamps::later,
    world::World,
};

/// In how many steps a restore tells how far it is (not known).
const STEPS: u8 = 10;

/// 400 for what cannot be restored at all, else 202; what is missing at the target is told at the end.
pub(crate) fn validate_restore(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let instance = super::find(world, call)?.clone();
    let request = RestoreRequest::of_validation(call)?;
    reasons::at_once(world, &instance, &request).map_err(|error| error.refuse(call))?;
    let (length, outcome) = match reasons::in_the_end(world, &vault, &request, call.now) {
        Ok(()) => (timing::VALIDATE, Outcome::Success(Vec::new())),
        Err(error) => {
            let failure = error.fail(&call.correlation_id);
            (timing::VALIDATE_IN_VAIN, Outcome::Failure(failure))
        }
    };
    let work = Work {
        task: Task::ValidateForRestore,
        ends: world.end_of(length, call.now),
        outcome,
        undo: Vec::new(),
        properties: Value::Null,
        headers: Announced::InBoth,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}

/// Answers 202; the operation ends in the id of a job, which runs on and writes the files, or the database.
pub(crate) fn restore(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let instance = super::find(world, call)?.clone();
    let request = RestoreRequest::of_restore(call)?;
    let point = reasons::at_once(world, &instance, &request).map_err(|error| error.refuse(call))?;
    let ends = world.end_of(timing::START_RESTORE, call.now);
    let (outcome, properties) = if is_running(world, &super::key(call)) {
        let failure = user_errors::TOO_MANY_RESTORES.say(&[]).fail(&call.correlation_id);
        (Outcome::Failure(failure), Value::Null)
    } else {
        let id = world.random.guid();
        let prefix = match &request.target {
            Target::Files { prefix, .. } => Some(prefix.as_str()),
            Target::Database { .. } => None,
        };
        let job = Job {
            vault: &vault,
            instance: &instance,
            id: &id,
            started: ends,
            is_user_triggered: true,
            work: jobs::Work::Restore {
                point: &point,
                destination: request.target.destination(),
                prefix,
            },
        };
        let effects = effects(world, call, &job, &request);
        let job_id = format!("{}/backupJobs/{id}", vaults::canonical_id(&vault));
        let properties = json!({ "jobId": job_id, "objectType": "OperationJobExtendedInfo" });
        (Outcome::Success(effects), properties)
    };
    let work = Work {
        task: Task::StartRestore,
        ends,
        outcome,
        undo: Vec::new(),
        properties,
        headers: Announced::InBoth,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}

/// The job as it begins, as it goes on, and as it ends with what it brings.
fn effects(world: &mut World, call: &Call, job: &Job, request: &RestoreRequest) -> Vec<Effect> {
    let length = world.end_of(timing::RESTORE, call.now) - call.now;
    let ends = later(job.started, length);
    let found = reasons::in_the_end(world, job.vault, request, call.now)
        .and_then(|()| check_the_day(world, job, call.now));
    let stage = match found {
        Ok(()) => Stage::Completed(ends),
        Err(error) => Stage::Failed(ends, error.info(&call.correlation_id)),
    };
    let stage = stage.fated(call);
    let mut brought = vec![Effect::Put(job.document(&stage))];
    if stage.has_succeeded() {
        brought.extend(restored(world, job.instance, request, ends));
    }
    let target = text(job.instance, "/id").to_ascii_lowercase();
    let step = |at: Timestamp, effects| Effect::Later {
        at,
        task: Task::RunRestore,
        target: target.clone(),
        effects,
    };
    let mut effects = vec![Effect::Put(job.document(&Stage::At(0)))];
    for number in 1..STEPS {
        let at = later(job.started, length * i32::from(number) / i32::from(STEPS));
        let percent = u32::from(number) * 100 / u32::from(STEPS);
        effects.push(step(at, vec![Effect::Put(job.document(&Stage::At(percent)))]));
    }
    effects.push(step(ends, brought));
    effects
}

/// What a restore writes.
fn restored(world: &World, instance: &Value, request: &RestoreRequest, at: Timestamp) -> Vec<Effect> {
    match &request.target {
        Target::Files { url, prefix, .. } => {
            let Some(container) = reasons::container_of(world, url) else {
                return Vec::new();
            };
            let files = files::of(instance, prefix, at);
            let write = |(name, blob)| Effect::WriteBlob(container.clone(), name, blob);
            files.into_iter().map(write).collect()
        }
        Target::Database { id, .. } => vec![Effect::Put(json!({
            "properties": { "charset": "UTF8", "collation": "English_United States.1252" },
            "id": id,
            "name": id.rsplit('/').next(),
            "type": DATABASE_TYPE,
        }))],
    }
}

/// A second restore of an instance within 24 hours can fail; with the switch it does (portal, *Limits*).
fn check_the_day(world: &World, job: &Job, now: Timestamp) -> Result<(), UserError> {
    if !world.switches.fails_second_restore_of_a_day {
        return Ok(());
    }
    let vault = vaults::canonical_id(job.vault).to_ascii_lowercase();
    let instance = text(job.instance, "/id");
    let is_of_today = |found: &&Value| {
        let started = text(found, "/properties/startTime").parse::<Timestamp>();
        text(found, "/properties/operation") == "Restore"
            && text(found, "/properties/backupInstanceId").eq_ignore_ascii_case(instance)
            && started.is_ok_and(|started| now < later(started, chrono::TimeDelta::days(1)))
    };
    match world.below(&vault, JOB_TYPE).find(is_of_today) {
        Some(_) => Err(user_errors::RESTORED_TODAY.say(&[text(job.instance, "/name")])),
        None => Ok(()),
    }
}

/// Whether a restore of the instance is being started or runs.
fn is_running(world: &World, instance: &str) -> bool {
    world.operations.values().any(|operation| {
        let is_restore = matches!(
            operation.kind,
            Kind::DataProtection(Task::StartRestore | Task::RunRestore)
        );
        is_restore && !operation.settled && operation.target.starts_with(instance)
    })
}

#[cfg(test)]
mod tests;
