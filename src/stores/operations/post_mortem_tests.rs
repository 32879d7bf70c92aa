//! The document's note: an InternalServerError is never the last word.

use arm_core::Method;
use arm_emulator::FaultKind;

use super::{Act, CauseKind, Operation, OperationState, drive_rig::Rig};

const TAKEN: &str = "before-schema-v42";

fn internal_server_error() -> FaultKind {
    FaultKind::Status {
        status: 500,
        code: "InternalServerError".to_owned(),
        message: "An unexpected error occured while processing the request. Tracking ID: '0a1b-2c'"
            .to_owned(),
        retry_after: None,
    }
}

fn refusing_at_once() -> Rig {
    let rig = Rig::new();
    rig.world
        .borrow_mut()
        .switches()
        .refuse_conflicting_backups_at_once = true;
    rig
}

/// An entry of this browser for a backup that is being taken.
fn running_in_this_browser(rig: &Rig, name: &str) -> Operation {
    let entry = rig.take(name, Some("accepted")).entry;
    rig.journal.borrow_mut().push(entry.clone());
    entry
}

#[test]
fn a_name_that_exists_is_named_with_its_date_at_the_end_of_the_operation() {
    let rig = Rig::new();
    let said = rig.take(TAKEN, None);
    assert_eq!(said.events, ["accepted", "running", "failed"]);
    let expected =
        format!("'{TAKEN}' of server 'pg-orders-prod'. A backup named '{TAKEN}' has existed since ");
    assert!(said.last_words().starts_with(&expected), "{}", said.last_words());
    assert!(said.last_words().ends_with(" UTC."), "{}", said.last_words());
}

#[test]
fn a_name_that_exists_is_refused_with_its_date_at_once() {
    let rig = refusing_at_once();
    let said = rig.take(TAKEN, None);
    assert_eq!(said.events, ["refused"], "nothing has begun");
    let cause = said.refused_because.expect("a cause");
    assert_eq!((cause.kind, cause.is_certain), (CauseKind::NameTaken, true));
    assert_eq!(rig.truth(TAKEN, Method::Put), (true, 1));
}

#[test]
fn another_one_of_this_browser_is_named_with_certainty_once_azure_says_that_it_runs() {
    for at_once in [true, false] {
        let rig = Rig::new();
        rig.world
            .borrow_mut()
            .switches()
            .refuse_conflicting_backups_at_once = at_once;
        running_in_this_browser(&rig, "v43");
        let said = rig.take("v44", None);
        let cause = said
            .refused_because
            .clone()
            .or(said.entry.cause.clone())
            .expect("a cause");
        assert_eq!(
            (cause.kind, cause.is_certain, cause.other.as_deref()),
            (CauseKind::OtherRunning, true, Some("v43")),
            "{:?}",
            said.events
        );
        if !at_once {
            let expected = "'v44' of server 'pg-orders-prod'. Another one was running. 'v43' was triggered in this \
                            browser at 12 Mar 2026, 09:41:00 UTC.";
            assert_eq!(said.last_words(), expected);
        }
        assert_eq!(rig.truth("v44", Method::Put), (false, 2));
    }
}

#[test]
fn another_one_of_this_browser_that_does_not_run_any_more_is_only_likely() {
    let rig = Rig::new();
    let mut other = running_in_this_browser(&rig, "v43");
    other.token = None;
    other.progress = OperationState::Unknown;
    *rig.journal.borrow_mut() = vec![other];
    let said = rig.take("v44", None);
    let words = said.last_words();
    assert!(
        words.contains("Another one was probably running. 'v43' was triggered"),
        "{words}"
    );
}

#[test]
fn one_begun_elsewhere_is_likely_and_named_when_it_appears() {
    let rig = Rig::new();
    rig.take_elsewhere("nightly");
    let said = rig.take("v44", None);
    assert_eq!(said.events, ["accepted", "running", "failed", "explained"]);
    let first = &said.words[1].body;
    assert!(
        first.contains("Another one was probably running, begun elsewhere."),
        "{first}"
    );
    let words = said.last_words();
    let expected =
        "Another one was probably running. 'nightly' was completed elsewhere at 12 Mar 2026, 09:43:";
    assert!(words.contains(expected), "{words}");
    assert!(said.entry.has_ended(), "it has failed all the same");
}

#[test]
fn one_of_the_same_name_that_was_being_taken_elsewhere_is_told_when_it_appears() {
    let rig = Rig::new();
    let entry = rig.entry(Act::TakeBackup {
        name: "v44".to_owned(),
    });
    rig.take_elsewhere("v44");
    let said = rig.begin(entry);
    assert_eq!(said.events, ["accepted", "running", "failed", "explained"]);
    let words = said.last_words();
    let expected = "A backup named 'v44' has existed since 12 Mar 2026, 09:43:";
    assert!(words.contains(expected), "{words}");
}

#[test]
fn a_tab_that_closes_while_the_other_one_is_looked_for_is_gone_on_with() {
    let rig = Rig::new();
    rig.take_elsewhere("nightly");
    let said = rig.take("v44", Some("failed"));
    assert!(said.entry.is_explained_later(rig.now()));
    let text = serde_json::to_string(&said.entry).expect("JSON");
    let said = rig.resume(serde_json::from_str(&text).expect("an entry"));
    assert_eq!(said.events, ["explained"]);
    assert!(said.last_words().contains("'nightly'"), "{}", said.last_words());
}

#[test]
fn an_error_at_once_without_a_reason_is_watched_until_the_other_one_is_named() {
    let rig = refusing_at_once();
    rig.take_elsewhere("nightly");
    let said = rig.take("v44", None);
    assert_eq!(said.events, ["open", "failed"]);
    assert!(
        said.words[0]
            .body
            .contains("whether 'v44' of server 'pg-orders-prod' is being taken is not known")
    );
    assert!(
        said.last_words().contains("'nightly' was completed elsewhere"),
        "{}",
        said.last_words()
    );
    let OperationState::Failed(failure) = &said.entry.progress else {
        panic!("{:?}", said.entry.progress)
    };
    assert_eq!(failure.code, "InternalServerError");
}

#[test]
fn an_error_that_came_although_the_backup_was_begun_loses_nothing() {
    let rig = Rig::new();
    let kind = FaultKind::CarriedOutBut {
        status: 500,
        code: "InternalServerError".to_owned(),
        message: "An unexpected error occured.".to_owned(),
    };
    rig.inject(Method::Put, "/backups/", kind, 1);
    let said = rig.take("v44", None);
    assert_eq!(said.events, ["open", "found"]);
    let words = said.last_words();
    assert!(
        words.contains("was found in the list, completed at 12 Mar 2026, 09:43:"),
        "{words}"
    );
    assert_eq!(rig.truth("v44", Method::Put), (true, 1));
}

#[test]
fn where_nothing_is_found_the_tracking_id_is_what_is_left() {
    let rig = Rig::new();
    rig.inject(Method::Put, "/backups/", internal_server_error(), 1);
    let said = rig.take("v44", None);
    assert_eq!(said.events, ["open", "explained"], "not known, and never an end");
    assert!(!said.entry.has_ended());
    let words = said.last_words();
    assert!(
        words.contains("The cause is not known") && words.contains("'0a1b-2c'"),
        "{words}"
    );
    assert_eq!(rig.truth("v44", Method::Put), (false, 1));
}

#[test]
fn where_the_list_cannot_be_read_nothing_is_claimed() {
    let rig = Rig::new();
    let entry = rig.entry(Act::TakeBackup {
        name: "v44".to_owned(),
    });
    rig.inject(Method::Put, "/backups/", internal_server_error(), 1);
    let unavailable = super::drive_rig::status(503, None);
    rig.inject(Method::Get, "/pg-orders-prod/backups", unavailable, 4);
    let said = rig.begin(entry);
    assert_eq!(said.events.first(), Some(&"open"));
    assert!(
        said.words[0].body.contains("The cause is not known"),
        "{:?}",
        said.words
    );
}
