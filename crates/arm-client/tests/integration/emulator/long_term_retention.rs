//! A long-term retention backup from the pre-check to its end, and what can come between.

mod refusals;

use std::time::Duration;

use arm_client::{
    ArmError, Poller, Progress,
    postgres::long_term_retention::{
        ExecutionStatus, LongTermBackup, LongTermBackupName, LongTermRetention, ProgressReading,
        TransferProgress,
    },
    storage::{Cloud, SasRule, SasSeverity, SasUri, ServiceSasRequest, StorageAccount, judge},
};
use arm_core::{Clock as _, Method, ResourceId};
use arm_emulator::{FaultKind, Switches};

use super::{Azure, PRODUCTION, orders, refusal, server};
use crate::support::{block_on, seconds};

const DEVELOPMENT: &str = "22222222-2222-4222-8222-222222222222";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What the tests of long-term retention do with an emulated Azure.
impl Azure {
    fn retention(&self) -> LongTermRetention {
        self.client.long_term_retention(&orders())
    }

    pub(super) fn account(&self, group: &str, name: &str) -> StorageAccount {
        let id = ResourceId::in_resource_group(PRODUCTION, group, "Microsoft.Storage/storageAccounts", name);
        block_on(self.client.storage_accounts().get(&id.expect("an id"))).expect("an account")
    }

    /// A SAS of a container that lasts so long, as the resource manager makes it.
    pub(super) fn sas(&self, account: &StorageAccount, container: &str, lasts: Duration) -> SasUri {
        let request = ServiceSasRequest {
            container: container.parse().expect("a name"),
            start: None,
            expiry: self.clock.now() + lasts,
        };
        block_on(self.client.storage_accounts().list_service_sas(account, &request)).expect("a SAS")
    }

    pub(super) fn good_sas(&self) -> SasUri {
        let account = self.account("rg-commerce-prod", "stcommercebackup");
        self.sas(&account, "ltr-orders", 2 * DAY)
    }

    pub(super) fn start(&self, sas: &SasUri) -> Result<Poller<LongTermBackup>, ArmError> {
        block_on(self.retention().begin(&name(), std::slice::from_ref(sas)))
    }

    pub(super) fn read(&self) -> LongTermBackup {
        block_on(self.retention().operation(&name())).expect("a backup")
    }

    /// Follows to the result; the poller must have had a readable URL.
    pub(super) fn follow_long_term(
        &self,
        mut poller: Poller<LongTermBackup>,
    ) -> Result<LongTermBackup, ArmError> {
        block_on(async {
            loop {
                match poller.next().await? {
                    Progress::Running { .. } => {}
                    Progress::Finished => return poller.result().await,
                    Progress::Unknown => panic!("the polling URL was readable"),
                }
            }
        })
    }

    /// Reads the backup every half minute until its own status says that it has ended.
    fn watch(&self) -> LongTermBackup {
        for _ in 0..2000 {
            let backup = self.read();
            if backup.has_ended() == Some(true) {
                return backup;
            }
            self.clock.advance(seconds(30));
        }
        panic!("it never ends: {:?}", self.read());
    }
}

fn name() -> LongTermBackupName {
    "weekly-2026-47".parse().expect("a name")
}

#[test]
fn a_backup_goes_from_the_pre_check_to_its_end() {
    let azure = Azure::new();
    let checked = block_on(azure.retention().pre_check(&name())).expect("a pre-check");
    assert_eq!(checked.number_of_containers, 1);
    assert!(checked.request_id.is_some(), "{checked:?}");

    let sas = azure.good_sas();
    assert_eq!(sas.place(), "stcommercebackup.blob.core.windows.net/ltr-orders");
    let found = judge(&sas, azure.clock.now(), Duration::from_secs(3600), Cloud::Public);
    assert_eq!(found, [], "what is made here is as it should be");

    let began = azure.clock.now();
    let poller = azure.start(&sas).expect("a begun backup");
    let running = azure.read();
    assert_eq!(running.status, Some(ExecutionStatus::Running));
    assert_eq!((running.has_ended(), running.end_time), (Some(false), None));
    assert_eq!(running.data_transferred_in_bytes, Some(0));

    let result = azure.follow_long_term(poller).expect("a finished backup");
    assert_eq!(
        result.status, None,
        "the Location's last answer is a 201 without a status"
    );
    assert_eq!((result.id.as_ref(), result.has_ended()), (None, None));
    assert_eq!(result.name.as_deref(), Some(name().as_str()));

    let ended = azure.read();
    assert_eq!(ended.status, Some(ExecutionStatus::Succeeded));
    assert_eq!(ended.id.as_ref().and_then(ResourceId::parent), Some(orders()));
    assert_eq!(ended.percent_complete, Some(100.0));
    assert_eq!(ended.start_time, Some(began));
    assert!(ended.duration() > Some(seconds(360)), "{ended:?}");
    assert!(
        ended.data_transferred_in_bytes < ended.datasource_size_in_bytes,
        "a dump is smaller than its source: {ended:?}"
    );
    assert_eq!(
        (ended.error_code.as_ref(), ended.error_message.as_ref()),
        (None, None)
    );
    assert_eq!(azure.count(Method::Post), 3, "pre-check, SAS and one start");

    let listed = block_on(azure.retention().operations()).expect("backups");
    let mine = listed
        .iter()
        .find(|backup| backup.name == ended.name)
        .expect("listed");
    let differs = (mine.start_time.expect("a start") - began).num_milliseconds();
    assert!(
        (1..1000).contains(&differs),
        "the start differs by milliseconds: {differs}"
    );
    assert_eq!(mine.status, ended.status);
}

#[test]
fn progress_is_told_as_it_goes_and_the_estimate_holds_the_truth() {
    let azure = Azure::new();
    azure.start(&azure.good_sas()).expect("a begun backup");
    let mut progress = TransferProgress::default();
    let mut estimates = Vec::new();
    let ended = loop {
        let (backup, now) = (azure.read(), azure.clock.now());
        if backup.has_ended() == Some(true) {
            break backup;
        }
        progress.take(ProgressReading::of(&backup, now));
        estimates.extend(progress.estimate(now).map(|estimate| (now, estimate)));
        azure.clock.advance(seconds(60));
    };
    let end = ended.end_time.expect("an end");
    assert!(estimates.len() > 20, "{}", estimates.len());
    for (at, estimate) in estimates {
        let truth = (end - at).to_std().expect("before the end");
        // One digit of percent is all there is to go by.
        let slack = Duration::from_secs(90);
        assert!(estimate.shortest <= truth + slack, "{estimate:?} {truth:?}");
        assert!(estimate.longest + slack >= truth, "{estimate:?} {truth:?}");
    }
    assert!(progress.bytes_per_second(end).is_some(), "{progress:?}");
}

#[test]
fn a_backup_that_stands_still_is_told_and_has_no_estimate() {
    let azure = Azure::new();
    let kind = FaultKind::StallOperation {
        percent: 40,
        seconds: 1800,
    };
    azure.inject(Method::Post, "startLtrBackup", kind, 1);
    azure.start(&azure.good_sas()).expect("a begun backup");
    let mut progress = TransferProgress::default();
    let mut still = Duration::ZERO;
    loop {
        let (backup, now) = (azure.read(), azure.clock.now());
        if backup.has_ended() == Some(true) {
            break;
        }
        progress.take(ProgressReading::of(&backup, now));
        if let Some(stalled) = progress.stalled_for(now) {
            assert_eq!(
                (progress.estimate(now), backup.percent_complete),
                (None, Some(40.0))
            );
            still = still.max(stalled);
        }
        azure.clock.advance(seconds(60));
    }
    assert!((seconds(1700)..seconds(1860)).contains(&still), "{still:?}");
}

#[test]
fn a_start_that_is_answered_200_has_ended_when_its_status_says_so() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().long_term_backups_answer_200 = true;
    let mut poller = azure.start(&azure.good_sas()).expect("a begun backup");
    assert_eq!(
        block_on(poller.next()),
        Ok(Progress::Unknown),
        "Running at 100 percent with an end is no end"
    );
    assert_eq!(azure.read().status, Some(ExecutionStatus::Running));
    assert_eq!(azure.watch().status, Some(ExecutionStatus::Succeeded));
}

#[test]
fn hidden_headers_leave_the_backup_itself_to_be_read() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().hide_headers = true;
    let mut poller = azure.start(&azure.good_sas()).expect("a begun backup");
    assert_eq!(block_on(poller.next()), Ok(Progress::Unknown));
    assert_eq!(azure.watch().status, Some(ExecutionStatus::Succeeded));
}

#[test]
fn a_start_whose_answer_was_lost_is_found_and_left_alone() {
    for kind in [FaultKind::NoAnswer, FaultKind::WithoutCors, FaultKind::Garbage] {
        let azure = Azure::new();
        let sas = azure.good_sas();
        azure.inject(Method::Post, "startLtrBackup", kind.clone(), 1);
        let error = azure.start(&sas).err().expect("no answer");
        assert!(error.may_have_begun(), "{kind:?}: {error:?}");
        assert_eq!(azure.read().status, Some(ExecutionStatus::Running), "{kind:?}");
        assert_eq!(azure.watch().status, Some(ExecutionStatus::Succeeded), "{kind:?}");
        assert_eq!(azure.count(Method::Post), 2, "the SAS and one start: {kind:?}");
    }
}

#[test]
fn a_start_is_sent_again_only_where_it_was_turned_away() {
    for (kind, starts, is_begun) in [
        (refusal(429, "SubscriptionRequestsThrottled", Some(10)), 2, true),
        (refusal(503, "ServerBusy", Some(10)), 2, true),
        (refusal(503, "ServerBusy", None), 1, false),
        (refusal(500, "InternalServerError", None), 1, false),
        (refusal(504, "GatewayTimeout", None), 1, false),
    ] {
        let azure = Azure::new();
        let sas = azure.good_sas();
        azure.inject(Method::Post, "startLtrBackup", kind.clone(), 1);
        assert_eq!(azure.start(&sas).is_ok(), is_begun, "{kind:?}");
        assert_eq!(azure.count(Method::Post), 1 + starts, "{kind:?}");
    }
}

#[test]
fn a_backup_is_followed_from_another_tab() {
    let azure = Azure::new();
    let mut poller = azure.start(&azure.good_sas()).expect("a begun backup");
    block_on(poller.next()).expect("the first state");
    let token = poller.continuation_token().expect("a token");
    let text = serde_json::to_string(&token).expect("a text");
    drop(poller);
    azure.clock.advance(DAY);
    let token = serde_json::from_str(&text).expect("a token");
    let poller = azure.client.resume(&token).expect("a poller");
    let backup = azure.follow_long_term(poller).expect("a finished backup");
    assert_eq!(backup.name.as_deref(), Some(name().as_str()));
    assert_eq!(azure.count(Method::Post), 2);
}

#[test]
fn a_backup_that_cannot_write_fails_with_the_words_of_the_storage() {
    for (group, account, container, lasts, code) in [
        (
            "rg-commerce-prod",
            "stcommercebackup",
            "ltr-orders",
            Duration::ZERO,
            "AuthenticationFailed",
        ),
        (
            "rg-commerce-prod",
            "stcommercebackup",
            "ltr-orders",
            seconds(300),
            "AuthenticationFailed",
        ),
        (
            "rg-commerce-prod",
            "stcommercebackup",
            "gone",
            2 * DAY,
            "ContainerNotFound",
        ),
        (
            "rg-billing-prod",
            "stbillingkeyless",
            "ltr-billing",
            2 * DAY,
            "KeyBasedAuthenticationNotPermitted",
        ),
        (
            "rg-insights",
            "stinsightsarchive",
            "archive",
            2 * DAY,
            "AuthorizationFailure",
        ),
    ] {
        let azure = Azure::new();
        let sas = azure.sas(&azure.account(group, account), container, lasts);
        let poller = azure.start(&sas).expect("a begun backup");
        let error = azure.follow_long_term(poller).expect_err("a failed backup");
        assert!(matches!(error, ArmError::OperationFailed(_)), "{error:?}");
        assert_eq!(error.code(), Some(code), "{error}");
        let backup = azure.read();
        assert_eq!(backup.status, Some(ExecutionStatus::Failed), "{code}");
        assert_eq!(backup.error_code.as_deref(), Some(code));
        assert!(
            backup.error_message.is_some() && backup.end_time.is_some(),
            "{backup:?}"
        );
        assert!(backup.percent_complete < Some(100.0), "{backup:?}");
    }
}

/// What the judge says of a SAS before, and what the service says of it after.
#[test]
fn the_judge_and_the_service_agree() {
    for (lasts, severity, ends_well) in [
        (Duration::ZERO, Some(SasSeverity::Blocks), false),
        (seconds(600), Some(SasSeverity::Warns), false),
        (2 * DAY, None, true),
    ] {
        let azure = Azure::new();
        let sas = azure.sas(
            &azure.account("rg-commerce-prod", "stcommercebackup"),
            "ltr-orders",
            lasts,
        );
        let found = judge(&sas, azure.clock.now(), Duration::from_secs(3600), Cloud::Public);
        let told = found
            .iter()
            .map(|found| (found.rule, found.severity))
            .collect::<Vec<_>>();
        let expected: Vec<_> = severity
            .map(|severity| (SasRule::Expiry, severity))
            .into_iter()
            .collect();
        assert_eq!(told, expected, "{lasts:?}");
        let poller = azure.start(&sas).expect("a begun backup");
        assert_eq!(azure.follow_long_term(poller).is_ok(), ends_well, "{lasts:?}");
    }
}

#[test]
fn a_cancelled_and_a_failed_backup_are_told_apart() {
    let failing = FaultKind::FailOperation {
        code: "DumpFailed".to_owned(),
        message: "A row holds more than 500 MB.".to_owned(),
    };
    for (kind, status, code) in [
        (FaultKind::CancelOperation, ExecutionStatus::Cancelled, None),
        (failing, ExecutionStatus::Failed, Some("DumpFailed")),
    ] {
        let azure = Azure::new();
        let sas = azure.good_sas();
        azure.inject(Method::Post, "startLtrBackup", kind, 1);
        let poller = azure.start(&sas).expect("a begun backup");
        let error = azure.follow_long_term(poller).expect_err("no good end");
        assert!(matches!(error, ArmError::OperationFailed(_)), "{error:?}");
        let backup = azure.read();
        assert_eq!(
            (backup.status, backup.error_code.as_deref()),
            (Some(status), code)
        );
    }
}

#[test]
fn backups_of_earlier_days_are_listed_with_every_end() {
    let azure = Azure::new();
    let billing = server("rg-billing-prod", "pg-billing-prod");
    let mut whole = Vec::new();
    for page_size in [1000, 1] {
        azure.world.borrow_mut().switches().page_size = page_size;
        let listed = block_on(azure.client.long_term_retention(&billing).operations()).expect("backups");
        assert!(
            listed.iter().all(|backup| backup.has_ended() == Some(true)),
            "{listed:?}"
        );
        whole.push(listed);
    }
    assert_eq!(whole[0], whole[1]);
    for status in [
        ExecutionStatus::Succeeded,
        ExecutionStatus::Cancelled,
        ExecutionStatus::Failed,
    ] {
        let is_there = whole[0]
            .iter()
            .any(|backup| backup.status.as_ref() == Some(&status));
        assert!(is_there, "{status}");
    }
}

/// What the contract leaves open, in many combinations, another version in the polling URLs among them.
#[test]
fn no_freedom_of_the_service_changes_what_becomes_of_a_backup() {
    for seed in 1..=40 {
        let azure = Azure::new();
        *azure.world.borrow_mut().switches() = Switches::default().with_freedoms_of(seed);
        let poller = azure
            .start(&azure.good_sas())
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let backup = azure
            .follow_long_term(poller)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(backup.name.as_deref(), Some(name().as_str()), "seed {seed}");
        assert_eq!(
            azure.read().status,
            Some(ExecutionStatus::Succeeded),
            "seed {seed}"
        );
        let listed =
            block_on(azure.retention().operations()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(listed.len(), 2, "seed {seed}: {listed:?}");
    }
}

#[test]
fn polling_urls_of_another_version_are_followed_as_they_stand() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().polling_api_version = Some("2025-06-01-preview".to_owned());
    let poller = azure.start(&azure.good_sas()).expect("a begun backup");
    azure.follow_long_term(poller).expect("a finished backup");
    let requests = azure.transport.requests();
    let polls: Vec<_> = requests
        .iter()
        .filter(|request| request.url.contains("/locations/"))
        .collect();
    assert!(!polls.is_empty());
    assert!(
        polls
            .iter()
            .all(|poll| poll.url.contains("api-version=2025-06-01-preview"))
    );
}
