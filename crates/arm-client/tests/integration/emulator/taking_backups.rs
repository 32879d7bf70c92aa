//! A backup is taken, and what can come between.

use std::time::Duration;

use arm_client::{ArmError, BackupName, BackupType, Progress};
use arm_core::Method;
use arm_emulator::FaultKind;

use super::{Azure, PRODUCTION, orders, refusal, server};
use crate::support::{block_on, seconds};

#[test]
fn a_backup_is_taken_and_read() {
    let azure = Azure::new();
    let poller = azure.begin(&orders(), "before-v43").expect("a begun backup");
    assert_eq!(poller.next_poll_in(), Some(seconds(15)), "the service's own pace");
    let (backup, told) = azure.follow(poller);
    let backup = backup.expect("a backup");
    assert_eq!(backup.name, "before-v43");
    assert_eq!(backup.backup_type, Some(BackupType::CustomerOnDemand));
    assert_eq!(backup.id.parent(), Some(orders()));

    let took = azure.clock.elapsed();
    assert!(
        (Duration::from_secs(120)..Duration::from_secs(156)).contains(&took),
        "{took:?}"
    );
    assert_eq!(
        took.as_secs() % 15,
        0,
        "one poll per Retry-After, none after the end: {took:?}"
    );
    assert_eq!(told as u64, took.as_secs() / 15, "each state but the last");
    assert_eq!(azure.count(Method::Put), 1);
    let listed = block_on(azure.client.backups(&orders()).list()).expect("backups");
    assert!(listed.contains(&backup), "{listed:?}");
}

#[test]
fn a_name_that_is_taken_fails_at_the_end_with_the_services_words() {
    let azure = Azure::new();
    let poller = azure
        .begin(&orders(), "smoke-test")
        .expect("the request is taken");
    let (outcome, told) = azure.follow(poller);
    let error = outcome.expect_err("a failed operation");
    let ArmError::OperationFailed(service) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(service.code, "InternalServerError");
    assert!(
        service
            .message
            .starts_with("An unexpected error occured while processing the request."),
        "{service}"
    );
    assert!(told >= 1, "it ran before it failed");
    assert_eq!(azure.count(Method::Put), 1);
}

#[test]
fn two_backups_at_a_time_end_as_one() {
    let azure = Azure::new();
    let first = azure.begin(&orders(), "first").expect("a begun backup");
    let second = azure.begin(&orders(), "second").expect("the request is taken");
    assert_eq!(
        azure.follow(second).0.expect_err("a failed operation").code(),
        Some("InternalServerError")
    );
    assert_eq!(
        azure.follow(first).0.map(|backup| backup.name).as_deref(),
        Ok("first")
    );
}

#[test]
fn what_the_service_refuses_at_once_is_an_error_of_the_request() {
    let azure = Azure::new();
    let development = "22222222-2222-4222-8222-222222222222";
    let burstable = orders().to_string().replace(PRODUCTION, development);
    let burstable = burstable
        .replace("rg-commerce-prod", "rg-dev")
        .replace("pg-orders-prod", "pg-dev-checkout");
    for id in [
        burstable.parse().expect("an id"),
        server("rg-hr", "pg-hr-archive"),
    ] {
        let error = azure.begin(&id, "x").err().expect("a refusal");
        let ArmError::Service(service) = &error else {
            panic!("{id}: {error:?}")
        };
        assert!(
            (400..500).contains(&service.status) && !service.message.is_empty(),
            "{id}: {service:?}"
        );
        assert!(!error.may_have_begun(), "{id}: {error:?}");
    }
}

#[test]
fn a_throttled_trigger_waits_as_told_and_is_sent_again() {
    let azure = Azure::new();
    azure.inject(
        Method::Put,
        "/backups/",
        refusal(429, "SubscriptionRequestsThrottled", Some(10)),
        2,
    );
    azure.begin(&orders(), "before-v43").expect("a begun backup");
    assert_eq!(azure.clock.elapsed(), seconds(20));
    assert_eq!(azure.count(Method::Put), 3);
}

#[test]
fn a_trigger_answered_503_without_a_time_leaves_once() {
    let azure = Azure::new();
    azure.inject(Method::Put, "/backups/", refusal(503, "ServerBusy", None), 1);
    let error = azure.begin(&orders(), "before-v43").err().expect("a refusal");
    assert_eq!(error.code(), Some("ServerBusy"), "{error}");
    assert!(error.may_have_begun(), "{error:?}");
    assert_eq!(azure.count(Method::Put), 1);
}

#[test]
fn a_backup_whose_answer_was_lost_is_found_and_adopted() {
    for kind in [
        FaultKind::NoAnswer,
        FaultKind::Never,
        FaultKind::WithoutCors,
        FaultKind::Garbage,
    ] {
        let azure = Azure::new();
        azure.inject(Method::Put, "/backups/", kind.clone(), 1);
        let error = azure.begin(&orders(), "before-v43").err().expect("no answer");
        assert!(error.may_have_begun(), "{kind:?}: {error:?}");

        let name: BackupName = "before-v43".parse().expect("a name");
        let look = || block_on(azure.client.backups(&orders()).look_for(&name)).expect("an answer");
        let is_quick = kind != FaultKind::Never;
        if is_quick {
            assert_eq!(look(), None, "{kind:?}: not yet");
        }
        azure.clock.advance(Duration::from_secs(150));
        assert_eq!(
            look().map(|backup| backup.name).as_deref(),
            Some("before-v43"),
            "{kind:?}"
        );
        assert_eq!(azure.count(Method::Put), 1, "{kind:?}");
    }
}

#[test]
fn hidden_headers_make_a_backup_unknown_and_not_a_success() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().hide_headers = true;
    let mut poller = azure
        .begin(&orders(), "before-v43")
        .expect("the request is taken");
    assert_eq!(block_on(poller.next()), Ok(Progress::Unknown));
    assert_eq!(block_on(poller.next()), Ok(Progress::Unknown));
    assert!(block_on(poller.result()).is_err(), "there is no result");

    azure.clock.advance(Duration::from_secs(150));
    let name: BackupName = "before-v43".parse().expect("a name");
    let found = block_on(azure.client.backups(&orders()).look_for(&name)).expect("an answer");
    assert!(found.is_some(), "the list knows");
}

#[test]
fn faults_while_polling_pass() {
    for kind in [
        refusal(429, "SubscriptionRequestsThrottled", Some(30)),
        refusal(503, "ServerBusy", None),
        refusal(504, "GatewayTimeout", None),
        FaultKind::NoAnswer,
        FaultKind::WithoutCors,
        FaultKind::Delay { seconds: 20 },
    ] {
        let azure = Azure::new();
        azure.inject(Method::Get, "azureAsyncOperation", kind.clone(), 2);
        let poller = azure.begin(&orders(), "before-v43").expect("a begun backup");
        let (backup, _) = azure.follow(poller);
        assert_eq!(
            backup.map(|backup| backup.name).as_deref(),
            Ok("before-v43"),
            "{kind:?}"
        );
        assert_eq!(azure.count(Method::Put), 1, "{kind:?}");
    }
}

#[test]
fn an_operation_the_service_fails_keeps_its_words() {
    let azure = Azure::new();
    let kind = FaultKind::FailOperation {
        code: "InsufficientCapacity".into(),
        message: "No capacity.".into(),
    };
    azure.inject(Method::Put, "/backups/", kind, 1);
    let poller = azure.begin(&orders(), "before-v43").expect("a begun backup");
    let error = azure.follow(poller).0.expect_err("a failed operation");
    assert_eq!(error.code(), Some("InsufficientCapacity"), "{error}");
    assert!(error.to_string().contains("No capacity."), "{error}");
}

#[test]
fn a_backup_is_followed_from_another_tab() {
    let azure = Azure::new();
    let mut poller = azure.begin(&orders(), "before-v43").expect("a begun backup");
    block_on(poller.next()).expect("the first state");
    block_on(poller.next()).expect("the second state");
    let token = poller.continuation_token().expect("a token");
    drop(poller);

    azure.clock.advance(Duration::from_secs(3600));
    let token = serde_json::from_str(&serde_json::to_string(&token).expect("a text")).expect("a token");
    let poller = azure.client.resume(&token).expect("a poller");
    let (backup, _) = azure.follow(poller);
    assert_eq!(backup.map(|backup| backup.name).as_deref(), Ok("before-v43"));
    assert_eq!(azure.count(Method::Put), 1);
}

#[test]
fn a_reader_may_look_and_not_take() {
    // Jonas Weber of the emulated directory, who may only read.
    const JONAS: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2VtdWxhdG9yLmludmFsaWQvdC8iLCJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyIsIm9pZCI6IjBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMiIsImV4cCI6MjAwMDAwMDAwMH0.x";
    let azure = Azure::as_seen_by(JONAS);
    assert!(
        !block_on(azure.client.backups(&orders()).list())
            .expect("backups")
            .is_empty()
    );
    let error = azure.begin(&orders(), "before-v43").err().expect("a refusal");
    assert_eq!(error.code(), Some("AuthorizationFailed"), "{error}");
    assert!(
        error.to_string().contains("flexibleServers/backups/write"),
        "{error}"
    );
}
