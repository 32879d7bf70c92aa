//! What is begun, and followed: nothing doubled, nothing lost, nothing claimed that is not so.

use std::time::Duration;

use arm_client::ArmError;
use arm_core::Method;

use super::{
    Fault, Section,
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

const NEW: &str = "v43";
const KNOWN: &str = "before-schema-v42";

/// A request of a flow that changes something.
pub struct Write {
    title: &'static str,
    method: Method,
    path: &'static str,
    is_deletion: bool,
    /// Whether the answer to the request that begins it is lost first.
    is_answer_lost: bool,
}

/// All of them.
pub const WRITES: &[Write] = &[
    Write {
        title: "Backup now: the request",
        method: Method::Put,
        path: "/backups/",
        is_deletion: false,
        is_answer_lost: false,
    },
    Write {
        title: "Backup now: asking how far it is",
        method: Method::Get,
        path: "/azureAsyncOperation/",
        is_deletion: false,
        is_answer_lost: false,
    },
    Write {
        title: "Backup now: looking for the backup after its answer was lost",
        method: Method::Get,
        path: "/backups/",
        is_deletion: false,
        is_answer_lost: true,
    },
    Write {
        title: "Delete: the request",
        method: Method::Delete,
        path: "/backups/",
        is_deletion: true,
        is_answer_lost: false,
    },
    Write {
        title: "Delete: asking how far it is",
        method: Method::Get,
        path: "/azureAsyncOperation/",
        is_deletion: true,
        is_answer_lost: false,
    },
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
    if write.is_answer_lost {
        rig.inject(Method::Put, "/backups/", arm_emulator::FaultKind::NoAnswer, 1);
    }
    fault.meet(&rig, write.method, write.path, times);
    let (name, begins) = if write.is_deletion {
        (KNOWN, Method::Delete)
    } else {
        (NEW, Method::Put)
    };
    let said = if write.is_deletion {
        rig.delete(name, None)
    } else {
        rig.take(name, None)
    };
    let sent = rig.sent(begins, "/backups/");
    // Whatever was begun has ended by then.
    rig.clock.advance(Duration::from_secs(600));
    rig.world.borrow_mut().faults().clear();
    let (is_there, _) = rig.truth(name, begins);

    let is_completed = said.entry.progress == OperationState::Completed;
    assert!(
        !is_completed || is_there != write.is_deletion,
        "{context}: said to be done, and is not"
    );
    if !write.is_deletion {
        let is_turned_away = write.method == Method::Put && fault.turns_away();
        assert!(
            sent == 1 || is_turned_away,
            "{context}: {sent} triggering requests"
        );
        let has_begun = write.method != Method::Put || fault.carries_out();
        assert_eq!(is_there, has_begun || (is_turned_away && is_there), "{context}");
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
