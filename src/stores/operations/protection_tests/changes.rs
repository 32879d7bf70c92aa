//! Stopping, suspending, resuming, deleting, undeleting.

use arm_core::Method;
use arm_emulator::FaultKind;

use super::*;
use crate::stores::operations::drive_rig::status;

/// Each change of state, the instance it is made to, and the state that it leads to.
fn changes() -> Vec<(ProtectionRequest, ResourceId, Option<ProtectionState>)> {
    let stopped = Some(ProtectionState::Stopped);
    vec![
        (
            ProtectionRequest::StopProtection,
            commerce(BILLING),
            stopped.clone(),
        ),
        (
            ProtectionRequest::SuspendBackups,
            commerce(BILLING),
            Some(ProtectionState::Suspended),
        ),
        (
            ProtectionRequest::ResumeProtection,
            commerce(PAYROLL),
            Some(ProtectionState::Protected),
        ),
        (
            ProtectionRequest::ResumeBackups,
            telemetry(),
            Some(ProtectionState::Protected),
        ),
        (ProtectionRequest::Delete, commerce(BILLING), None),
        (ProtectionRequest::Delete, telemetry(), None),
        (
            ProtectionRequest::Undelete,
            in_vault("bv-insights-neu", "deletedBackupInstances", METRICS),
            stopped,
        ),
    ]
}

fn instance_of(target: &ResourceId) -> ResourceId {
    let vault = target.parent().expect("a vault");
    vault.child("backupInstances", target.name()).expect("an id")
}

#[test]
fn each_change_of_state_is_followed_to_its_end_with_one_request() {
    for (request, target, state) in changes() {
        let rig = Rig::new();
        let words = format!("{request:?} {target}");
        let said = rig.protect(&target, request, None);
        assert_eq!(said.events.first(), Some(&"accepted"), "{words}");
        assert_eq!(said.events.last(), Some(&"completed"), "{words}");
        assert!(!said.events.contains(&"unknown"), "{words}");
        assert_eq!(rig.state(&instance_of(&target)), state, "{words}");
        let sent = rig.sent(Method::Post, "") + rig.sent(Method::Delete, "");
        assert_eq!(sent, 1, "{words}");
    }
}

#[test]
fn a_change_whose_answer_is_lost_is_seen_in_the_instance_and_only_a_deletion_is_sent_again() {
    for (request, target, state) in changes() {
        let is_deletion = request == ProtectionRequest::Delete;
        let method = if is_deletion { Method::Delete } else { Method::Post };
        let rig = Rig::new();
        let words = format!("{request:?} {target}");
        rig.inject(method, "/", FaultKind::NoAnswer, 1);
        let said = rig.protect(&target, request.clone(), None);
        assert_eq!(
            said.entry.progress,
            OperationState::Completed,
            "{words}: {:?}",
            said.events
        );
        assert_eq!(rig.state(&instance_of(&target)), state, "{words}");
        assert_eq!(rig.sent(method, ""), if is_deletion { 2 } else { 1 }, "{words}");

        // It never arrives, and the instance stays as it was.
        let rig = Rig::new();
        let before = rig.state(&instance_of(&target));
        rig.inject(method, "/", status(500, None), 9);
        let said = rig.protect(&target, request, None);
        assert_eq!(said.events, ["unknown"], "{words}");
        assert_eq!(rig.state(&instance_of(&target)), before, "{words}");
    }
}

#[test]
fn a_change_that_a_closed_tab_began_is_gone_on_with_and_not_asked_for_again() {
    for (request, target, state) in changes() {
        for keeps_token in [true, false] {
            let rig = Rig::new();
            let words = format!("{request:?} {target}, token {keeps_token}");
            let said = rig.protect(&target, request.clone(), Some("accepted"));
            let mut entry = said.entry;
            entry.token = entry.token.filter(|_| keeps_token);
            let last = rig.resume(entry);
            assert_eq!(last.entry.progress, OperationState::Completed, "{words}");
            assert_eq!(rig.state(&instance_of(&target)), state, "{words}");
            let sent = rig.sent(Method::Post, "") + rig.sent(Method::Delete, "");
            assert_eq!(sent, 1, "{words}");
        }
    }
}

#[test]
fn a_deletion_that_the_first_lost_request_began_is_not_said_to_be_refused() {
    let rig = Rig::new();
    let id = telemetry();
    rig.inject(Method::Delete, "/backupInstances/", FaultKind::NoAnswer, 1);
    let said = rig.protect(&id, ProtectionRequest::Delete, None);
    assert_eq!(
        said.events,
        ["unknown", "completed"],
        "the second request met what the first one had begun"
    );
    assert_eq!(rig.state(&id), None);
}

#[test]
fn what_is_gone_already_is_said_to_be() {
    let rig = Rig::new();
    let said = rig.protect(&commerce("never-there"), ProtectionRequest::Delete, None);
    assert_eq!(said.events, ["already gone"]);
    assert!(
        said.last_words().contains("was not there any more"),
        "{}",
        said.last_words()
    );
}
