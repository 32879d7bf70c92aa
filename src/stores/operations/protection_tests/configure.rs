//! Putting something under a vault, and under another policy.

use arm_client::data_protection::ProtectionState;
use arm_core::Method;
use arm_emulator::FaultKind;

use super::*;
use crate::stores::operations::{Operation, drive_rig::status};

#[test]
fn something_is_protected_once_the_instance_says_so_and_not_with_the_operation() {
    let rig = Rig::new();
    let (id, new) = new_database();
    let said = rig.protect(&id, ProtectionRequest::Configure(new), None);
    assert_eq!(said.events, ["accepted", "running", "completed"]);
    assert!(
        rig.clock.elapsed().as_secs() >= 42,
        "the operation ends after 2 s, the protection 40 s later: {:?}",
        rig.clock.elapsed()
    );
    assert_eq!(rig.state(&id), Some(ProtectionState::Protected));
    assert_eq!(rig.sent(Method::Put, "/backupInstances/"), 1);
    let titles: Vec<_> = said.words.iter().map(|words| words.title).collect();
    assert_eq!(
        titles,
        ["Protection is being configured", "Protection configured"]
    );
    assert!(said.entry.token.is_none(), "a signed URL is kept");
}

#[test]
fn the_services_own_word_is_kept_on_the_way() {
    let rig = Rig::new();
    let (id, new) = new_database();
    let said = rig.protect(&id, ProtectionRequest::Configure(new), Some("running"));
    let OperationState::Running { status, .. } = &said.entry.progress else {
        panic!("{:?}", said.entry.progress)
    };
    assert_eq!(status, "Accepted");
    assert!(said.entry.next_look.is_some());
    let later = rig.resume_hearing(said.entry, "Inprogress", "ConfiguringProtection");
    assert_eq!(later.entry.progress, OperationState::Completed);
}

impl Rig {
    /// Goes on, and expects one of these words on the way.
    fn resume_hearing(&self, entry: Operation, one: &str, other: &str) -> Said {
        let said = self.resume(entry);
        let told = said
            .statuses
            .iter()
            .any(|status| status == one || status == other);
        assert!(told, "{:?}", said.statuses);
        said
    }
}

#[test]
fn a_server_that_cannot_be_protected_ends_with_azures_reason_though_the_operation_succeeds() {
    let rig = Rig::new();
    let new = flexible("rg-commerce-prod", "pg-orders-prod", "pgflex-weekly");
    let id = commerce(&format!("pg-orders-prod-{GUID}"));
    let said = rig.protect(&id, ProtectionRequest::Configure(new), None);
    assert_eq!(said.events, ["accepted", "running", "failed"]);
    assert_eq!(code(&said), "UserErrorMissingRequiredPermissions");
    let words = said.last_words();
    assert!(
        words.contains("does not have authorization to perform action"),
        "who, what and where: {words}"
    );
}

#[test]
fn what_is_refused_at_once_is_no_entry() {
    let rig = Rig::new();
    let new = flexible("rg-billing-prod", "pg-billing-prod", "pgflex-weekly");
    let id = commerce(&format!("pg-billing-prod-{GUID}"));
    let said = rig.protect(&id, ProtectionRequest::Configure(new), None);
    assert_eq!(said.events, ["refused"]);
    let refused = said.refused_with.expect("an error");
    assert_eq!(refused.code(), Some("UserErrorDppDatasourceAlreadyProtected"));
    let said = rig.protect(&commerce(PAYROLL), backup(), None);
    assert_eq!(said.events, ["looked before", "refused"], "it is stopped");
}

#[test]
fn whatever_becomes_of_the_answers_the_instance_tells_the_end() {
    let put = |kind, times| (Method::Put, "/backupInstances/", kind, times);
    let poll = |kind, times| (Method::Get, "/operationStatus/", kind, times);
    let read = |kind, times| (Method::Get, "/backupInstances/", kind, times);
    let ordinary = ["accepted", "running", "completed"].as_slice();
    for (fault, expected, is_protected, sent) in [
        // It converges, so it is sent again.
        (put(FaultKind::NoAnswer, 1), ordinary, true, 2),
        (
            put(FaultKind::Garbage, 1),
            ["unknown", "running", "completed"].as_slice(),
            true,
            1,
        ),
        (put(status(500, None), 1), ordinary, true, 2),
        (put(status(429, Some(5)), 1), ordinary, true, 2),
        // Every answer is lost: the instance tells.
        (
            put(FaultKind::NoAnswer, 9),
            ["unknown", "running", "completed"].as_slice(),
            true,
            4,
        ),
        // No request arrives, which nobody can know.
        (put(status(500, None), 9), ["unknown"].as_slice(), false, 4),
        (put(status(403, None), 1), ["refused"].as_slice(), false, 1),
        // A look that gives nothing is no failure.
        (
            poll(status(503, None), 9),
            ["accepted", "running", "not answered", "completed"].as_slice(),
            true,
            1,
        ),
        // Where the operation cannot be asked for any more, the instance can.
        (
            poll(status(404, None), 9),
            ["accepted", "running", "unknown", "running", "completed"].as_slice(),
            true,
            1,
        ),
        (
            read(status(503, None), 9),
            ["accepted", "running", "not answered", "completed"].as_slice(),
            true,
            1,
        ),
        (
            put(
                FaultKind::FailOperation {
                    code: "Boom".to_owned(),
                    message: "Boom.".to_owned(),
                },
                1,
            ),
            ["accepted", "running", "failed"].as_slice(),
            false,
            1,
        ),
        (
            put(FaultKind::CancelOperation, 1),
            ["accepted", "running", "failed"].as_slice(),
            false,
            1,
        ),
    ] {
        let rig = Rig::new();
        let (id, new) = new_database();
        let (method, path, kind, times) = fault;
        let words = format!("{method} {path} {kind:?}, {times} times");
        rig.inject(method, path, kind, times);
        let said = rig.protect(&id, ProtectionRequest::Configure(new), None);
        assert_eq!(said.events, expected, "{words}");
        rig.world.borrow_mut().faults().clear();
        assert_eq!(
            rig.state(&id) == Some(ProtectionState::Protected),
            is_protected,
            "{words}"
        );
        assert_eq!(rig.sent(Method::Put, "/backupInstances/"), sent, "{words}");
    }
}

#[test]
fn hidden_headers_leave_the_instance_to_be_read() {
    let rig = Rig::new();
    rig.world.borrow_mut().switches().hide_headers = true;
    let (id, new) = new_database();
    let said = rig.protect(&id, ProtectionRequest::Configure(new), None);
    assert_eq!(said.events, ["accepted", "running", "completed"]);
    assert_eq!(rig.state(&id), Some(ProtectionState::Protected));
}

#[test]
fn a_tab_that_closes_is_gone_on_with_by_token_or_by_the_instance_alone() {
    for closes_at in ["accepted", "running"] {
        for keeps_token in [true, false] {
            let rig = Rig::new();
            let (id, new) = new_database();
            let said = rig.protect(&id, ProtectionRequest::Configure(new), Some(closes_at));
            let mut entry = said.entry;
            entry.token = entry.token.filter(|_| keeps_token);
            let context = format!("closed at {closes_at}, token {keeps_token}");
            assert_eq!(rig.resume(entry).events, ["running", "completed"], "{context}");
            assert_eq!(rig.state(&id), Some(ProtectionState::Protected), "{context}");
            assert_eq!(rig.sent(Method::Put, "/backupInstances/"), 1, "{context}");
        }
    }
}

#[test]
fn another_policy_has_been_taken_once_the_instance_names_it() {
    let to_weekly =
        || ProtectionRequest::ChangePolicy(flexible("rg-billing-prod", "pg-billing-prod", "pgflex-weekly"));
    let id = commerce(BILLING);
    for (fault, expected, policy) in [
        (
            None,
            ["accepted", "running", "completed"].as_slice(),
            "pgflex-weekly",
        ),
        (
            Some(FaultKind::NoAnswer),
            ["unknown", "running", "completed"].as_slice(),
            "pgflex-weekly",
        ),
        // It is protected all the while, by the policy of before.
        (
            Some(status(500, None)),
            ["unknown"].as_slice(),
            "pgflex-long-term",
        ),
    ] {
        let rig = Rig::new();
        let words = format!("{fault:?}");
        if let Some(kind) = fault {
            rig.inject(Method::Put, "/backupInstances/", kind, 9);
        }
        assert_eq!(rig.protect(&id, to_weekly(), None).events, expected, "{words}");
        let instance = rig.instance(&id).expect("an instance");
        assert_eq!(instance.policy.expect("a policy").name(), policy, "{words}");
    }
}

#[test]
fn neither_secrets_nor_tokens_are_in_the_journal() {
    let rig = Rig::new();
    let (id, new) = new_database();
    let said = rig.protect(&id, ProtectionRequest::Configure(new), None);
    let kept = serde_json::to_string(&said.entry).expect("JSON");
    for part in ["vault.azure.net", "emulated", "operationStatus"] {
        assert!(!kept.contains(part), "{part} is in {kept}");
    }
}
