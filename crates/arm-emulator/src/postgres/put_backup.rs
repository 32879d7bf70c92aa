//! `PUT …/flexibleServers/{serverName}/backups/{backupName}`: takes an on-demand backup (reference A2, A7, E).

use arm_core::{Response, Timestamp};
use chrono::TimeDelta;
use serde_json::Value;

use super::{
    BACKUP_TYPE, backups,
    servers::{self, text},
};
use crate::{
    call::Call,
    operations::{Effect, Kind, Outcome, Undertaking},
    refusals::{self, Refusal},
    timing,
    world::World,
};

/// The most on-demand backups that a server can have (reference E).
const MOST_ON_DEMAND_BACKUPS: usize = 7;

/// Answers 202; the backup is listed once the operation has ended.
pub(crate) fn put_backup(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let name = call.parameter("backupName");
    if !is_backup_name(name) {
        return Err(refusals::INVALID_BACKUP_NAME.refuse(&[]));
    }
    call.json()?;
    let server = servers::find(world, call)?;
    check_server(server)?;
    let id = text(server, "/id").to_owned();
    let location = servers::location_in_paths(server);

    // The documented answer to a taken name and to a second backup at a time tells neither apart (reference A7).
    if is_in_the_way(world, call) {
        let refusal = refusals::INTERNAL_SERVER_ERROR.refuse(&[&world.random.guid()]);
        if world.switches.refuse_conflicting_backups_at_once {
            return Err(refusal);
        }
        let ends = world.end_of(timing::CONFLICTING_BACKUP, call.now);
        return Ok(world.begin(
            call,
            Undertaking {
                kind: Kind::TakeBackup,
                location,
                ends,
                outcome: Outcome::Failure(refusal.into()),
                undo: Vec::new(),
            },
        ));
    }
    let on_demand = world
        .below(&servers::key(call), BACKUP_TYPE)
        .filter(|backup| backups::is_on_demand(backup));
    let count = on_demand.count();
    if count >= MOST_ON_DEMAND_BACKUPS {
        let server_name = call.parameter("serverName");
        return Err(refusals::TOO_MANY_BACKUPS.refuse(&[server_name, &count.to_string()]));
    }
    let ends = end(world, call.now);
    let backup = backups::on_demand(&id, name, ends);
    Ok(world.begin(
        call,
        Undertaking {
            kind: Kind::TakeBackup,
            location,
            ends,
            outcome: Outcome::Success(vec![Effect::Put(backup)]),
            undo: Vec::new(),
        },
    ))
}

/// `^[-\w\._]+$`, 1 to 128 characters (reference A1); `\w` is any letter or digit as in .NET.
fn is_backup_name(name: &str) -> bool {
    let is_allowed = |character: char| character.is_alphanumeric() || "-_.".contains(character);
    (1..=128).contains(&name.chars().count()) && name.chars().all(is_allowed)
}

/// Refuses servers of which no on-demand backup can be taken.
///
/// That they are refused is documented (reference E), how is not.
fn check_server(server: &Value) -> Result<(), Refusal> {
    let name = text(server, "/name");
    if text(server, "/sku/tier") == "Burstable" {
        return Err(refusals::BURSTABLE_NOT_SUPPORTED.refuse(&[name]));
    }
    if text(server, "/properties/storage/type") == "PremiumV2_LRS" {
        return Err(refusals::PREMIUM_V2_NOT_SUPPORTED.refuse(&[name]));
    }
    servers::check_ready(server)
}

fn is_in_the_way(world: &World, call: &Call) -> bool {
    world.document(&call.key()).is_some()
        || world.is_running_below(&servers::key(call), Kind::TakeBackup, call.now)
}

/// Two minutes and a bit, and a fraction of a second as live times have one.
fn end(world: &mut World, now: Timestamp) -> Timestamp {
    let extra = world.random.below(timing::ON_DEMAND_BACKUP_SPREAD * 10_000_000);
    let extra = TimeDelta::nanoseconds(i64::try_from(extra * 100).unwrap_or(0));
    world.end_of(timing::ON_DEMAND_BACKUP + extra, now)
}

#[cfg(test)]
mod tests;
