//! `POST …/flexibleServers/{serverName}/startLtrBackup` (the document, reference A3).

use arm_core::{Response, Timestamp};
use chrono::TimeDelta;
use serde_json::json;

use super::{check_server, request, transfer};
use crate::{
    call::Call,
    faults::FaultKind,
    operations::{Kind, Outcome, Undertaking},
    postgres::servers::{self, text},
    refusals::{self, Refusal, json_response},
    storage::sas,
    target::Target,
    timestamps::{in_milliseconds, later},
    timing,
    world::World,
};

/// Answers 202, or by switch 200 with the body of the document's example; the backup goes on either way.
pub(crate) fn start(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    request::check_server_name(call)?;
    let body = call.json()?.unwrap_or_default();
    let name = request::backup_name(&body)?;
    let uris = request::sas_uris(&body, world.switches.long_term_containers)?;
    let server = servers::find(world, call)?.clone();
    check_server::check_server(&server)?;
    let server_key = servers::key(call);
    let target = format!("{server_key}/ltrbackupoperations/{}", name.to_ascii_lowercase());
    if world.document(&target).is_some() {
        let rule = "a name that no long-term retention backup of the server has";
        return Err(refusals::INVALID_VALUE
            .refuse(&["backupSettings.backupName", rule])
            .with_target("backupSettings.backupName"));
    }
    // One at a time (reference E).
    if world.is_running_below(&server_key, Kind::BackUpLongTerm, call.now) {
        return Err(refusals::SERVER_BUSY.refuse(&[text(&server, "/name")]));
    }

    let source_bytes = transfer::data_size(&server);
    let finishes = world.end_of(transfer::length(source_bytes), call.now);
    let (finishes, pause) = paused(world, call, finishes);
    let (ends, outcome) = outcome(world, &uris, call.now, finishes);
    let moved = transfer::Transfer {
        server: text(&server, "/id").to_owned(),
        name,
        source_bytes,
        bytes: transfer::dump_size(&server),
        finishes,
        pause,
    };
    let undertaking = Undertaking {
        kind: Kind::BackUpLongTerm,
        location: servers::location_in_paths(&server),
        ends,
        outcome,
        undo: Vec::new(),
    };
    let accepted = world.begin_transfer(call, undertaking, target, moved);
    Ok(if world.switches.long_term_backups_answer_200 {
        at_once(call.now)
    } else {
        accepted
    })
}

/// The later end and the pause of a backup that meets the fault of standing still.
fn paused(
    world: &mut World,
    call: &Call,
    finishes: Timestamp,
) -> (Timestamp, Option<(Timestamp, Timestamp)>) {
    let Some(FaultKind::StallOperation { percent, seconds }) = &call.fault else {
        return (finishes, None);
    };
    let work = finishes - call.now;
    let from = later(call.now, work * i32::from((*percent).min(100)) / 100);
    let until = world.end_of(TimeDelta::seconds(i64::from(*seconds)), from);
    (later(until, finishes - from), Some((from, until)))
}

/// What the storage says to each URI: a backup that cannot write fails early, one whose SAS expires with it.
fn outcome(world: &mut World, uris: &[Target], now: Timestamp, finishes: Timestamp) -> (Timestamp, Outcome) {
    let uses: Result<Vec<_>, _> = uris.iter().map(|uri| sas::check_use(world, uri, now)).collect();
    match uses.map(|expiries| expiries.into_iter().min()) {
        Err(refusal) => {
            let ends = world.end_of(timing::REFUSED_LONG_TERM_BACKUP, now);
            (ends.min(finishes), Outcome::Failure(refusal.into()))
        }
        Ok(Some(expiry)) if expiry < finishes => {
            (expiry, Outcome::Failure(sas::expired(expiry, expiry).into()))
        }
        Ok(_) => (finishes, Outcome::Success(Vec::new())),
    }
}

/// The document's example of a 200: running, yet at 100 percent and with an end.
fn at_once(now: Timestamp) -> Response {
    let body = json!({
        "properties": {
            "datasourceSizeInBytes": 23,
            "dataTransferredInBytes": 23,
            "backupMetadata": "backupmetadata",
            "status": "Running",
            "startTime": in_milliseconds(now),
            "endTime": in_milliseconds(later(now, TimeDelta::minutes(5))),
            "percentComplete": 100,
        },
    });
    json_response(200, &body)
}

#[cfg(test)]
mod tests;
