//! What is begun, and followed: nothing doubled, nothing lost, nothing claimed that is not so.

use std::time::Duration;

use arm_client::ArmError;
use arm_core::Method;

use super::{
    Fault, Section,
    acts::Act,
    reads::{check_words, words},
    rows,
};
use crate::{
    problem::Problem,
    stores::operations::{
        OperationState,
        drive_rig::{Rig, Said},
    },
};

/// A request of a flow that changes something.
pub struct Write {
    title: &'static str,
    /// What is begun.
    act: Act,
    /// The request that meets the weather.
    method: Method,
    path: &'static str,
    /// Whether the answer to the request that begins it is lost first.
    is_answer_lost: bool,
}

const fn write(title: &'static str, act: Act, method: Method, path: &'static str) -> Write {
    Write {
        title,
        act,
        method,
        path,
        is_answer_lost: false,
    }
}

const fn after_a_lost_answer(title: &'static str, act: Act, method: Method, path: &'static str) -> Write {
    Write {
        is_answer_lost: true,
        ..write(title, act, method, path)
    }
}

const STATE: &str = "/azureAsyncOperation/";
const STATE_IN_VAULT: &str = "/operationStatus/";

/// All of them.
pub const WRITES: &[Write] = &[
    write("Backup now: the request", Act::Take, Method::Put, "/backups/"),
    write("Backup now: asking how far it is", Act::Take, Method::Get, STATE),
    after_a_lost_answer(
        "Backup now: looking for the backup after its answer was lost",
        Act::Take,
        Method::Get,
        "/backups/",
    ),
    write("Delete: the request", Act::Delete, Method::Delete, "/backups/"),
    write("Delete: asking how far it is", Act::Delete, Method::Get, STATE),
    write(
        "Long-term retention backup: the request",
        Act::BackUpLongTerm,
        Method::Post,
        "/startLtrBackup",
    ),
    write(
        "Long-term retention backup: asking how far it is",
        Act::BackUpLongTerm,
        Method::Get,
        STATE,
    ),
    after_a_lost_answer(
        "Long-term retention backup: reading it after its answer was lost",
        Act::BackUpLongTerm,
        Method::Get,
        "/ltrBackupOperations/",
    ),
    write(
        "Configure protection: the request",
        Act::Protect,
        Method::Put,
        "/backupInstances/",
    ),
    write(
        "Configure protection: asking how far the operation is",
        Act::Protect,
        Method::Get,
        STATE_IN_VAULT,
    ),
    write(
        "Configure protection: reading the backup instance",
        Act::Protect,
        Method::Get,
        "/backupInstances/",
    ),
    write(
        "Delete backup data: the request",
        Act::DeleteProtected,
        Method::Delete,
        "/backupInstances/",
    ),
    write(
        "Delete backup data: asking how far it is",
        Act::DeleteProtected,
        Method::Get,
        STATE_IN_VAULT,
    ),
    write(
        "Backup to the vault: the request",
        Act::BackUpToVault,
        Method::Post,
        "/backup",
    ),
    write(
        "Backup to the vault: asking how far the operation is",
        Act::BackUpToVault,
        Method::Get,
        STATE_IN_VAULT,
    ),
    write(
        "Backup to the vault: reading its job",
        Act::BackUpToVault,
        Method::Get,
        "/backupJobs/",
    ),
    after_a_lost_answer(
        "Backup to the vault: looking for its job after its answer was lost",
        Act::BackUpToVault,
        Method::Get,
        "/backupJobs",
    ),
    write("Restore: the request", Act::Restore, Method::Post, "/restore"),
    write(
        "Restore: asking how far the operation is",
        Act::Restore,
        Method::Get,
        STATE_IN_VAULT,
    ),
    write(
        "Restore: reading its job",
        Act::Restore,
        Method::Get,
        "/backupJobs/",
    ),
    after_a_lost_answer(
        "Restore: looking for its job after its answer was lost",
        Act::Restore,
        Method::Get,
        "/backupJobs",
    ),
];

/// What each fault does to it.
pub fn section(write: &Write) -> Section {
    Section {
        title: format!("{}: `{} …{}…`", write.title, write.method, write.path),
        rows: rows(|fault, times| meet(write, fault, times)),
    }
}

fn meet(write: &Write, fault: &Fault, times: u32) -> String {
    let rig = Rig::new();
    let context = format!("{} {times} times at {}", fault.name, write.title);
    let (method, path) = write.act.trigger();
    let containers = write.act.prepare(&rig);
    if write.is_answer_lost {
        rig.inject(method, path, arm_emulator::FaultKind::NoAnswer, 1);
    }
    fault.meet(&rig, write.method, write.path, times);
    let said = write.act.begin(&rig, containers);
    let sent = rig.sent(method, path);
    // Whatever was begun has ended by then.
    rig.clock.advance(Duration::from_secs(1200));
    rig.world.borrow_mut().faults().clear();
    let is_done = write.act.is_done(&rig);

    let is_completed = said.entry.progress == OperationState::Completed;
    assert!(!is_completed || is_done, "{context}: said to be done, and is not");
    if write.act.converges() {
        assert!(sent <= 4, "{context}: {sent} requests");
    } else {
        let is_turned_away = write.method == method && fault.turns_away();
        assert!(
            sent == 1 || is_turned_away,
            "{context}: {sent} triggering requests"
        );
        let has_begun = write.method != method || fault.carries_out();
        assert_eq!(is_done, has_begun || (is_turned_away && is_done), "{context}");
    }
    outcome(&said, fault, sent, &context)
}

fn outcome(said: &Said, fault: &Fault, sent: usize, context: &str) -> String {
    if let Some(error) = &said.refused_with {
        let problem = Problem::in_full(error);
        check_words(&problem, fault, context);
        return format!(
            "refused in the form, nothing has begun: {}",
            words(&problem, sent)
        );
    }
    let mut titles: Vec<_> = said
        .words
        .iter()
        .map(|words| format!("*{}*", words.title))
        .collect();
    // Better words for what was said are in its place.
    titles.dedup();
    assert!(!titles.is_empty(), "{context}: nothing was said");
    let mut parts = vec![format!("{}.", titles.join(", "))];
    let is_signed_out = matches!(said.entry.problem, Some(ArmError::SignInNeeded(_)));
    let still = match &said.entry.progress {
        OperationState::Completed | OperationState::Failed(_) => None,
        OperationState::Unknown => Some(said.last_words()),
        _ if is_signed_out => Some("goes on with the next sign-in.".to_owned()),
        OperationState::Sent | OperationState::Running { .. } => {
            Some("is asked about again and again.".to_owned())
        }
    };
    parts.extend(still);
    if let Some(error) = &said.entry.problem {
        let problem = Problem::in_full(error);
        check_words(&problem, fault, context);
        parts.push(problem.reason);
    }
    if sent > 1 {
        parts.push(format!("({sent} requests)"));
    }
    parts.join(" ")
}
