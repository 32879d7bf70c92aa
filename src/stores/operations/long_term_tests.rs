//! Long-term retention backups: what is said is what Azure did, and no signature is in it.

use std::time::Duration;

use arm_client::storage::{SasUri, ServiceSasRequest};
use arm_core::{Method, ResourceId};
use arm_emulator::FaultKind;

use super::{
    OperationState,
    drive_rig::{Rig, Said, block_on},
};

const NAME: &str = "weekly";
const START: &str = "/startLtrBackup";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// A SAS of a container of the world's, valid for so long.
pub fn sas(rig: &Rig, lasts: Duration) -> SasUri {
    let kind = "Microsoft.Storage/storageAccounts";
    let subscription = "11111111-1111-4111-8111-111111111111";
    let account = ResourceId::in_resource_group(subscription, "rg-commerce-prod", kind, "stcommercebackup");
    let accounts = rig.client.storage_accounts();
    let account = block_on(accounts.get(&account.expect("an id"))).expect("an account");
    let request = ServiceSasRequest {
        container: "ltr-orders".parse().expect("a name"),
        start: None,
        expiry: rig.now() + lasts,
    };
    block_on(accounts.list_service_sas(&account, &request)).expect("a SAS")
}

fn begin(rig: &Rig, lasts: Duration) -> Said {
    let sas = sas(rig, lasts);
    rig.back_up_long_term(NAME, vec![sas], None)
}

/// Tabs that follow each other until the end is seen; each is open for 20 minutes.
fn to_its_end(rig: &Rig, first: Said) -> Said {
    let mut said = first;
    for _ in 0..6 {
        if said.entry.has_ended() {
            return said;
        }
        said = rig.resume(said.entry);
    }
    panic!("no end: {:?}", said.events);
}

#[test]
fn a_backup_is_begun_once_and_followed_by_later_tabs_to_its_end() {
    let rig = Rig::new();
    let first = begin(&rig, DAY);
    assert_eq!(first.events, ["accepted", "running"]);
    assert_eq!(first.words[0].title, "Long-term retention backup initiated");
    let last = to_its_end(&rig, first);
    assert_eq!(last.entry.progress, OperationState::Completed);
    assert!(
        last.last_words()
            .starts_with("'weekly' of server 'pg-orders-prod', "),
        "{}",
        last.last_words()
    );
    assert_eq!(rig.sent(Method::Post, START), 1);
    assert!(last.entry.token.is_none(), "a signed URL is kept");
}

#[test]
fn a_start_that_is_answered_at_once_is_no_end() {
    let rig = Rig::new();
    rig.world.borrow_mut().switches().long_term_backups_answer_200 = true;
    let first = begin(&rig, DAY);
    assert_eq!(
        first.events,
        ["accepted", "running"],
        "the document's 200 is at 100 percent and has an end"
    );
    let last = to_its_end(&rig, first);
    assert_eq!(last.entry.progress, OperationState::Completed);
    assert_eq!(rig.sent(Method::Post, START), 1);
}

#[test]
fn a_lost_answer_is_looked_for_and_never_sent_again() {
    let rig = Rig::new();
    let lost = FaultKind::CarriedOutBut {
        status: 502,
        code: "BadGateway".to_owned(),
        message: String::new(),
    };
    rig.inject(Method::Post, START, lost, 1);
    let first = begin(&rig, DAY);
    assert_eq!(first.events, ["unknown", "running"]);
    assert_eq!(to_its_end(&rig, first).entry.progress, OperationState::Completed);
    assert_eq!(rig.sent(Method::Post, START), 1);
}

#[test]
fn what_was_lost_and_never_arrived_stays_unknown() {
    let rig = Rig::new();
    let status = FaultKind::Status {
        status: 502,
        code: "BadGateway".to_owned(),
        message: String::new(),
        retry_after: None,
    };
    rig.inject(Method::Post, START, status, 1);
    let said = begin(&rig, DAY);
    assert_eq!(said.events, ["unknown"]);
    assert_eq!(said.entry.progress, OperationState::Unknown);
    assert_eq!(rig.sent(Method::Post, START), 1);
}

#[test]
fn an_earlier_backup_of_the_name_is_not_taken_for_this_one() {
    let rig = Rig::new();
    let status = FaultKind::Status {
        status: 502,
        code: "BadGateway".to_owned(),
        message: String::new(),
        retry_after: None,
    };
    rig.inject(Method::Post, START, status, 1);
    let sas = sas(&rig, DAY);
    let said = rig.back_up_long_term("end-of-quarter", vec![sas], None);
    assert_eq!(
        said.entry.progress,
        OperationState::Unknown,
        "it succeeded two months ago"
    );
}

#[test]
fn a_refusal_is_no_entry() {
    let rig = Rig::new();
    let sas = sas(&rig, DAY);
    let said = rig.back_up_long_term("end-of-quarter", vec![sas], None);
    assert_eq!(said.events, ["refused"]);
}

#[test]
fn a_failure_is_told_with_azures_code_whether_it_is_polled_or_read() {
    for answers_200 in [false, true] {
        let rig = Rig::new();
        rig.world.borrow_mut().switches().long_term_backups_answer_200 = answers_200;
        let said = to_its_end(&rig, begin(&rig, Duration::from_secs(90)));
        let OperationState::Failed(failure) = &said.entry.progress else {
            panic!("{:?}", said.entry.progress)
        };
        assert_eq!(failure.code, "AuthenticationFailed", "200: {answers_200}");
        assert!(
            said.last_words().contains("AuthenticationFailed: "),
            "{}",
            said.last_words()
        );
    }
}

#[test]
fn a_cancelled_backup_is_told_as_such_whether_it_is_polled_or_read() {
    for answers_200 in [false, true] {
        let rig = Rig::new();
        rig.world.borrow_mut().switches().long_term_backups_answer_200 = answers_200;
        rig.inject(Method::Post, START, FaultKind::CancelOperation, 1);
        let said = to_its_end(&rig, begin(&rig, DAY));
        let last = said.words.last().expect("words");
        assert_eq!(
            last.title, "Long-term retention backup cancelled",
            "200: {answers_200}"
        );
        assert_eq!(
            last.body,
            "'weekly' of server 'pg-orders-prod' was cancelled; the copy in the container is not complete."
        );
    }
}

#[test]
fn t05_no_signature_is_in_the_journal_or_in_what_is_said() {
    for (lasts, answers_200) in [(DAY, false), (DAY, true), (Duration::from_secs(90), false)] {
        let rig = Rig::new();
        rig.world.borrow_mut().switches().long_term_backups_answer_200 = answers_200;
        let sas = sas(&rig, lasts);
        let (_, signature) = sas.expose().split_once("sig=").expect("a signature");
        let signature = signature.split('&').next().expect("its value").to_owned();
        let said = to_its_end(&rig, rig.back_up_long_term(NAME, vec![sas], None));
        let kept = serde_json::to_string(&said.entry).expect("JSON");
        let words: Vec<&str> = said.words.iter().map(|words| words.body.as_str()).collect();
        for text in [kept.as_str(), &words.join(" ")] {
            assert!(!text.contains("sig="), "{text}");
            assert!(!text.contains(&signature), "{text}");
        }
    }
}
