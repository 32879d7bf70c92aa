//! What Azure Backup does by itself as time passes: backups by schedule, expiry, purging (reference B4, B9, E).

use std::collections::BTreeMap;

use arm_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    DELETED_INSTANCE_TYPE, JOB_TYPE, POINT_TYPE,
    instances::{self, reasons, request, states},
    jobs::{Job, Stage, Work},
    policies::rules,
    recovery_points, timing,
};
use crate::{
    postgres::servers::text,
    random::{Random, mix},
    timestamps::later,
    world::World,
};

/// How far the schedules have been carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Protection {
    /// Everything that was due until then has been done.
    seen: Timestamp,
    /// When something is due next; `None` means that it must be looked up.
    pub(crate) due: Option<Timestamp>,
    /// When each instance (lower-case id) had its last scheduled backup that succeeded: it tells which one is the
    /// first of its month.
    last_scheduled: BTreeMap<String, Timestamp>,
    /// Since when each instance (lower-case id) is backed up by schedule.
    since: BTreeMap<String, Timestamp>,
}

impl Protection {
    pub(crate) fn starting_at(now: Timestamp) -> Self {
        Self {
            seen: now,
            due: None,
            last_scheduled: BTreeMap::new(),
            since: BTreeMap::new(),
        }
    }

    /// Keeps since when an instance is backed up.
    pub(crate) fn protect(&mut self, instance: String, at: Timestamp) {
        self.since.insert(instance, at);
    }

    /// Forgets an instance that is gone, and all below an id.
    pub(crate) fn forget(&mut self, key: &str) {
        let prefix = format!("{key}/");
        let is_other = |instance: &str| instance != key && !instance.starts_with(&prefix);
        self.last_scheduled.retain(|instance, _| is_other(instance));
        self.since.retain(|instance, _| is_other(instance));
    }
}

/// Does what was due until `until`.
pub(crate) fn advance(world: &mut World, until: Timestamp) {
    let from = world.protection.seen;
    if until < from {
        return;
    }
    world.protection.seen = until;
    if world.protection.due.is_some_and(|due| until < due) {
        return;
    }
    let all: Vec<Value> = instances::all(world).cloned().collect();
    let mut due = Vec::new();
    for instance in &all {
        due.extend(carry_out(world, instance, from, until));
        if states::of(instance) != states::STOPPED {
            due.extend(expire(world, instance, until));
        }
    }
    due.extend(purge(world, until));
    due.extend(forget_jobs(world, until));
    // A day at most: what nobody foresaw is found then.
    due.push(later(until, chrono::TimeDelta::days(1)));
    world.protection.due = due.into_iter().min();
}

/// Carries out the scheduled backups that ended after `from` and until `until`; gives the end of the next one.
fn carry_out(world: &mut World, instance: &Value, from: Timestamp, until: Timestamp) -> Option<Timestamp> {
    if states::of(instance) != states::CONFIGURED {
        return None;
    }
    let policy = text(instance, "/properties/policyInfo/policyId").to_ascii_lowercase();
    let policy = world.document(&policy)?.clone();
    let vault = world.document(&instances::vault_key(instance))?.clone();
    let key = text(instance, "/id").to_ascii_lowercase();
    // A backup is there when its job has ended; it began by as much earlier.
    let [mut begun_after, begun_until] = [from, until].map(|moment| moment - timing::BACKUP);
    if let Some(since) = world.protection.since.get(&key) {
        begun_after = begun_after.max(*since);
    }
    for at in rules::due_between(&policy, begun_after, begun_until) {
        let ended = later(at, timing::BACKUP);
        let last = world.protection.last_scheduled.get(&key).copied();
        let tag = rules::tag(&policy, at, last);
        let mut random = Random::new(mix(world.seed, &format!("job of {key} at {at}")));
        let job = Job {
            vault: &vault,
            instance,
            id: &random.guid(),
            started: at,
            is_user_triggered: false,
            work: Work::Backup { tag: &tag },
        };
        let protection = request::Protection {
            properties: instance["properties"].clone(),
            tags: None,
        };
        let stage = match reasons::in_the_end(world, &vault, &protection, ended) {
            Ok(()) => {
                let point = recovery_points::recovery_point(world.seed, instance, &policy, &tag, at);
                let is_kept = |point: &Value| recovery_points::expiry(point) > Some(until);
                if let Some(point) = point.filter(is_kept) {
                    world.put(point);
                }
                world.protection.last_scheduled.insert(key.clone(), at);
                Stage::Completed(ended)
            }
            Err(error) => Stage::Failed(ended, error.info(&random.guid())),
        };
        if later(ended, timing::JOB_KEPT) > until {
            world.put(job.document(&stage));
        }
    }
    rules::next_due(&policy, begun_until.max(begun_after)).map(|next| later(next, timing::BACKUP))
}

/// Lets go of the points that have expired; gives when the next one will.
fn expire(world: &mut World, instance: &Value, until: Timestamp) -> Option<Timestamp> {
    let key = text(instance, "/id").to_ascii_lowercase();
    let points = world.below(&key, POINT_TYPE);
    let (gone, kept): (Vec<_>, Vec<_>) = points
        .filter_map(|point| {
            let expiry = recovery_points::expiry(point)?;
            Some((expiry, text(point, "/id").to_ascii_lowercase()))
        })
        .partition(|(expiry, _)| *expiry <= until);
    for (_, key) in gone {
        world.documents.remove(&key);
    }
    kept.into_iter().map(|(expiry, _)| expiry).min()
}

/// Purges soft-deleted instances whose time has come, with their points; gives when the next one's comes.
fn purge(world: &mut World, until: Timestamp) -> Option<Timestamp> {
    let documents = world.documents.values();
    let deleted = documents.filter(|document| text(document, "/type") == DELETED_INSTANCE_TYPE);
    let (gone, kept): (Vec<_>, Vec<_>) = deleted
        .filter_map(|deleted| {
            let purge = text(deleted, "/properties/deletionInfo/scheduledPurgeTime");
            let key = text(deleted, "/id").to_ascii_lowercase();
            Some((purge.parse::<Timestamp>().ok()?, key))
        })
        .partition(|(purge, _)| *purge <= until);
    for (_, key) in gone {
        world.documents.remove(&key);
        let instance = key.replace("/deletedbackupinstances/", "/backupinstances/");
        let prefix = format!("{instance}/");
        world.documents.retain(|id, _| !id.starts_with(&prefix));
        world.protection.forget(&instance);
    }
    kept.into_iter().map(|(purge, _)| purge).min()
}

/// Takes old jobs off the list; gives when the next one goes.
fn forget_jobs(world: &mut World, until: Timestamp) -> Option<Timestamp> {
    let documents = world.documents.iter();
    let jobs = documents.filter(|(_, document)| text(document, "/type") == JOB_TYPE);
    let (gone, kept): (Vec<_>, Vec<_>) = jobs
        .filter_map(|(key, job)| {
            let ended = text(job, "/properties/endTime").parse::<Timestamp>().ok()?;
            Some((later(ended, timing::JOB_KEPT), key.clone()))
        })
        .partition(|(end, _)| *end <= until);
    for (_, key) in gone {
        world.documents.remove(&key);
    }
    kept.into_iter().map(|(end, _)| end).min()
}

#[cfg(test)]
mod tests;
