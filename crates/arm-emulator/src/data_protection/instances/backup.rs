//! `POST …/backupInstances/{backupInstanceName}/backup`: an on-demand backup (reference B1, B7).

use arm_core::Response;
use serde_json::{Value, json};

use super::{reasons, request::Protection, states};
use crate::{
    call::Call,
    data_protection::{
        Task,
        begin::{Announced, Work, begin},
        jobs::{self, Job, Stage},
        policies::rules,
        recovery_points, timing,
        user_errors::{self, UserError},
        vaults,
    },
    operations::{Effect, Kind, Outcome},
    postgres::servers::text,
    refusals::Refusal,
    timestamps::later,
    world::World,
};

/// Answers 202; the operation ends in the id of a job, which runs on and brings the recovery point.
pub(crate) fn backup(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let vault = vaults::find(world, call)?.clone();
    let instance = super::find(world, call)?.clone();
    let body = call.json()?.unwrap_or_default();
    let policy = text(&instance, "/properties/policyInfo/policyId").to_ascii_lowercase();
    let policy = world.document(&policy).cloned().unwrap_or_default();
    let tag = check(&instance, &policy, &body).map_err(|error| error.refuse(call))?;
    let ends = world.end_of(timing::START_BACKUP, call.now);
    let (outcome, properties) = if is_running(world, &super::key(call)) {
        let failure = user_errors::TOO_MANY_BACKUPS.say(&[]).fail(&call.correlation_id);
        (Outcome::Failure(failure), Value::Null)
    } else {
        let id = world.random.guid();
        let job = Job {
            vault: &vault,
            instance: &instance,
            id: &id,
            started: ends,
            is_user_triggered: true,
            work: jobs::Work::Backup { tag: &tag },
        };
        let effects = effects(world, call, &policy, &job, &tag);
        let job_id = format!("{}/backupJobs/{id}", vaults::canonical_id(&vault));
        let properties = json!({ "jobId": job_id, "objectType": "OperationJobExtendedInfo" });
        (Outcome::Success(effects), properties)
    };
    let work = Work {
        task: Task::StartBackup,
        ends,
        outcome,
        undo: Vec::new(),
        properties,
        headers: Announced::InBoth,
    };
    Ok(begin(world, call, &vault, Response::new(202), work))
}

/// The tag of the backup; rule and tag must be those of the policy (reference B4).
fn check(instance: &Value, policy: &Value, body: &Value) -> Result<String, UserError> {
    let state = states::of(instance);
    if state != states::CONFIGURED {
        let values = [text(instance, "/name"), state];
        return Err(user_errors::NOT_IN_THIS_STATE.say(&values));
    }
    let rule = rules::backup_rule(policy).map_or("", |rule| text(rule, "/name"));
    let named = text(body, "/backupRuleOptions/ruleName");
    if named.is_empty() || !named.eq_ignore_ascii_case(rule) {
        let advice = format!("Specify '{rule}' as 'ruleName'.");
        return Err(user_errors::INVALID_INPUT.say(&[&advice]));
    }
    if !body
        .pointer("/backupRuleOptions/triggerOption")
        .is_some_and(Value::is_object)
    {
        return Err(user_errors::INVALID_INPUT.say(&["Specify 'triggerOption'."]));
    }
    let tag = match text(body, "/backupRuleOptions/triggerOption/retentionTagOverride") {
        "" => rules::default_tag(policy),
        tag => tag,
    };
    match rules::retention_rule(policy, tag) {
        Some(rule) => Ok(text(rule, "/name").to_owned()),
        None => {
            let advice = format!("The backup policy has no retention rule '{tag}'.");
            Err(user_errors::INVALID_INPUT.say(&[&advice]))
        }
    }
}

/// The job now, and later its end with what it brings.
fn effects(world: &mut World, call: &Call, policy: &Value, job: &Job, tag: &str) -> Vec<Effect> {
    let length = world.end_of(timing::BACKUP, call.now) - call.now;
    let ends = later(job.started, length);
    let protection = Protection {
        properties: job.instance["properties"].clone(),
        tags: None,
    };
    let stage = match reasons::in_the_end(world, job.vault, &protection, call.now) {
        Ok(()) => Stage::Completed(ends),
        Err(error) => Stage::Failed(ends, error.info(&call.correlation_id)),
    };
    let stage = stage.fated(call);
    let point = recovery_points::recovery_point(world.seed, job.instance, policy, tag, job.started);
    let point = point.filter(|_| stage.has_succeeded()).map(Effect::Put);
    let brought = point.into_iter().chain([Effect::Put(job.document(&stage))]);
    vec![
        Effect::Put(job.document(&Stage::Running)),
        Effect::Later {
            at: ends,
            task: Task::RunBackup,
            target: text(job.instance, "/id").to_ascii_lowercase(),
            effects: brought.collect(),
        },
    ]
}

/// Whether a backup of the instance is being started or runs.
fn is_running(world: &World, instance: &str) -> bool {
    world.operations.values().any(|operation| {
        let is_backup = matches!(
            operation.kind,
            Kind::DataProtection(Task::StartBackup | Task::RunBackup)
        );
        is_backup && !operation.settled && operation.target.starts_with(instance)
    })
}

#[cfg(test)]
mod tests;
