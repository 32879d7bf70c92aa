//! What stands in the way of an on-demand backup.
//!
//! Reference E (*on-demand*, *cadence*) says what Azure does not offer; reference A7 says that how it refuses is not
//! documented. So none of these is certain, except that a server that is not there has no backups.

use arm_client::{FlexibleServer, ServerState};
use arm_core::Timestamp;

use super::{Finding, Fix, FixAct, Severity, gravest_first};
use crate::{
    problem::{Problem, ProblemKind},
    text,
};

/// How many on-demand backups Azure keeps of a server (reference E).
pub const MOST_ON_DEMAND: usize = 7;

/// An on-demand backup that this browser has triggered and whose end it has not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Its name.
    pub name: String,
    /// When it was triggered.
    pub since: Timestamp,
    /// Whether Azure has said that it runs; else its answer was lost.
    pub is_certain: bool,
}

/// What is known before the act.
pub struct TakeBackupFacts<'a> {
    /// The server, once it has been read.
    pub server: Option<&'a FlexibleServer>,
    /// When it was read.
    pub server_read_at: Option<Timestamp>,
    /// Why it could not be read the last time, if so.
    pub server_problem: Option<&'a Problem>,
    /// How many on-demand backups it has, once all backups have been read.
    pub on_demand: Option<usize>,
    /// Why they could not be read the last time, if so.
    pub backups_problem: Option<&'a Problem>,
    /// What this browser's journal knows to be running on the server.
    pub running: &'a [Running],
    /// Where the list shows the on-demand backups only: a path.
    pub on_demand_list: String,
    /// The present moment.
    pub now: Timestamp,
}

/// All findings, the gravest first.
pub fn take_backup(facts: &TakeBackupFacts) -> Vec<Finding> {
    let rules: [fn(&TakeBackupFacts) -> Option<Finding>; 8] = [
        missing_server,
        another_is_running,
        not_ready,
        burstable,
        premium_v2,
        replica,
        as_many_as_are_kept,
        not_known,
    ];
    gravest_first(rules.iter().filter_map(|rule| rule(facts)).collect())
}

/// A backup below a server that is not there is answered 404 (reference A7, `ResourceNotFound`).
fn missing_server(facts: &TakeBackupFacts) -> Option<Finding> {
    let problem = facts
        .server_problem
        .filter(|problem| problem.kind == ProblemKind::NotFound)?;
    Some(Finding {
        id: "missing-server",
        severity: Severity::Blocks,
        title: "The server is not there".to_owned(),
        consequence: "It may have been deleted, moved or renamed.".to_owned(),
        evidence: Some(problem.reason.clone()),
        fix: check_again(),
        mended: "The server is there",
    })
}

/// One at a time; the second ends with InternalServerError (the document, *Perform on-demand backups*, note).
fn another_is_running(facts: &TakeBackupFacts) -> Option<Finding> {
    let Running {
        name,
        since,
        is_certain,
    } = facts.running.first()?;
    let at = moment(*since, facts.now);
    let (title, end) = if *is_certain {
        ("Another on-demand backup is running", "has not completed")
    } else {
        ("Another on-demand backup may be running", "has no known outcome")
    };
    Some(Finding {
        id: "another-is-running",
        severity: Severity::Warns,
        title: title.to_owned(),
        consequence:
            "Azure takes one at a time per server. Triggered now, this one will most likely end with \
                      InternalServerError."
                .to_owned(),
        evidence: Some(format!("'{name}', triggered in this browser {at}, {end}.")),
        fix: Some(Fix::Button {
            label: "Show it in the list",
            act: FixAct::ShowInList,
        }),
        mended: "The other on-demand backup has ended",
    })
}

/// No new backups of a stopped server (reference E, *cadence*); of other states only that a server may be *busy with
/// another operation* is known (reference A7, `ServerBusy`).
fn not_ready(facts: &TakeBackupFacts) -> Option<Finding> {
    let state = facts.server?.state.as_ref()?;
    let (title, consequence) = match state {
        ServerState::Ready => return None,
        ServerState::Stopped => (
            "The server is stopped",
            "Azure takes no backups of a stopped server and keeps those there are. Start the server first.",
        ),
        ServerState::Dropping => (
            "The server is being deleted",
            "A backup of it will most likely not be taken.",
        ),
        ServerState::Disabled | ServerState::Inaccessible => (
            "The server is not available",
            "A backup will most likely be refused or fail until its state is Ready.",
        ),
        _ => (
            "The server is not ready",
            "A backup will most likely be refused or fail. Wait until its state is Ready.",
        ),
    };
    Some(Finding {
        id: "not-ready",
        severity: Severity::Warns,
        title: title.to_owned(),
        consequence: consequence.to_owned(),
        evidence: Some(given(facts, "state", state.as_str())),
        fix: check_again(),
        mended: "The server is ready",
    })
}

/// Not on Burstable (reference E, *on-demand*).
fn burstable(facts: &TakeBackupFacts) -> Option<Finding> {
    let tier = facts.server?.sku.as_ref()?.tier.as_deref()?;
    tier.eq_ignore_ascii_case("Burstable").then(|| Finding {
        id: "burstable",
        severity: Severity::Warns,
        title: "The server is in the Burstable tier".to_owned(),
        consequence:
            "Azure does not offer on-demand backups in this tier, so this one will most likely be refused. \
                      The automatic backups go on."
                .to_owned(),
        evidence: Some(given(facts, "compute tier", tier)),
        fix: check_again(),
        mended: "The server is in a tier with on-demand backups",
    })
}

/// Not on Premium SSD v2 (reference E, *on-demand*).
fn premium_v2(facts: &TakeBackupFacts) -> Option<Finding> {
    let storage = facts.server?.storage_type.as_deref()?;
    storage.eq_ignore_ascii_case("PremiumV2_LRS").then(|| Finding {
        id: "premium-v2",
        severity: Severity::Warns,
        title: "The server's storage is Premium SSD v2".to_owned(),
        consequence:
            "Azure does not offer on-demand backups with this storage, so this one will most likely be \
                      refused. The automatic backups go on."
                .to_owned(),
        evidence: Some(given(facts, "storage type", storage)),
        fix: None,
        mended: "The server has a storage type with on-demand backups",
    })
}

/// Of replicas only that long-term retention leaves them out is documented (reference A4 and E, *LTR*).
fn replica(facts: &TakeBackupFacts) -> Option<Finding> {
    let role = facts.server?.replication_role.as_deref()?;
    let is_replica = ["AsyncReplica", "GeoAsyncReplica"]
        .iter()
        .any(|replica| role.eq_ignore_ascii_case(replica));
    is_replica.then(|| Finding {
        id: "replica",
        severity: Severity::Warns,
        title: "The server is a read replica".to_owned(),
        consequence:
            "Whether Azure takes on-demand backups of replicas is not documented; long-term retention leaves \
                      them out. A backup of the primary server is the sure way."
                .to_owned(),
        evidence: Some(given(facts, "replication role", role)),
        fix: None,
        mended: "The server is no replica any more",
    })
}

/// At most seven per server (reference E, *on-demand*); what comes of one more is not documented (reference A7).
fn as_many_as_are_kept(facts: &TakeBackupFacts) -> Option<Finding> {
    let count = facts.on_demand?;
    (count >= MOST_ON_DEMAND).then(|| Finding {
        id: "as-many-as-are-kept",
        severity: Severity::Warns,
        title: format!("This server has {count} on-demand backups"),
        consequence: format!(
            "Azure keeps at most {MOST_ON_DEMAND} of a server. What it does with one more is not documented; it will \
             most likely be refused. Delete one that is not needed any more."
        ),
        evidence: Some(format!("The list of backups has {count} of the type Customer On-Demand.")),
        fix: Some(Fix::Link {
            label: "Show the on-demand backups",
            path: facts.on_demand_list.clone(),
        }),
        mended: "There is room for one more on-demand backup",
    })
}

/// Nothing is claimed of what could not be read.
fn not_known(facts: &TakeBackupFacts) -> Option<Finding> {
    let server = facts
        .server_problem
        .filter(|problem| facts.server.is_none() && problem.kind != ProblemKind::NotFound);
    let backups = facts.backups_problem.filter(|_| facts.on_demand.is_none());
    let (title, what) = match (server, backups) {
        (None, None) => return None,
        (Some(_), None) => (
            "The server's details are not known",
            "its state, tier and storage allow a backup",
        ),
        (None, Some(_)) => (
            "The list of backups is not known",
            "the name is taken and how many there are",
        ),
        (Some(_), Some(_)) => (
            "Neither the server's details nor its backups are known",
            "the server allows a backup and the name is taken",
        ),
    };
    let why = server.or(backups)?;
    Some(Finding {
        id: "not-known",
        severity: Severity::Info,
        title: title.to_owned(),
        consequence: format!(
            "Whether {what} could not be checked. Azure checks it when the backup is triggered."
        ),
        evidence: Some(why.reason.clone()),
        fix: check_again(),
        mended: "The server and its backups are known",
    })
}

fn check_again() -> Option<Fix> {
    Some(Fix::Button {
        label: "Check again",
        act: FixAct::CheckAgain,
    })
}

/// `Azure gave its state as 'Stopped', read at 09:41:22 UTC.`
fn given(facts: &TakeBackupFacts, what: &str, value: &str) -> String {
    let read = facts
        .server_read_at
        .map(|at| format!(", read {}", moment(at, facts.now)));
    format!("Azure gave its {what} as '{value}'{}.", read.unwrap_or_default())
}

/// `at 09:41:08 UTC`, and with the date when that is not today.
fn moment(at: Timestamp, now: Timestamp) -> String {
    if text::date(at) == text::date(now) {
        format!("at {}\u{a0}UTC", text::time_of_day(at))
    } else {
        format!("on {}", text::sentence_moment(at))
    }
}

#[cfg(test)]
mod tests;
