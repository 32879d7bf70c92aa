//! The words of each operation as it goes on.

use arm_core::Timestamp;
use uuid::Uuid;

use super::*;
use crate::stores::operations::Cause;

fn operation() -> Operation {
    let name = "before-v42".to_owned();
    operation_of(Act::TakeBackup { name })
}

fn deletion() -> Operation {
    let name = "before-v42".to_owned();
    operation_of(Act::DeleteBackup { name })
}

fn operation_of(act: Act) -> Operation {
    let server = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";
    let target = server.parse().expect("an id");
    Operation::about_to_start(Uuid::nil(), act, target, None, Timestamp::UNIX_EPOCH)
}

#[test]
fn the_documents_notifications_name_backup_and_server() {
    let mut operation = operation();
    assert_eq!(
        operation.initiated().body,
        "'before-v42' of server 'pg-orders-prod' is being taken."
    );
    operation.end(
        OperationState::Completed,
        Timestamp::UNIX_EPOCH + chrono::TimeDelta::seconds(129),
    );
    let completed = operation.completed().body.replace('\u{a0}', " ");
    assert_eq!(completed, "'before-v42' of server 'pg-orders-prod', 2 min 9 s.");
}

#[test]
fn a_failure_keeps_the_services_code_and_words() {
    let failure = Failure {
        code: "InternalServerError".to_owned(),
        message: "An unexpected error occured.".to_owned(),
        request_id: None,
    };
    let words = operation().failed(&failure);
    assert_eq!(words.title, "On-demand backup failed");
    assert!(
        words
            .body
            .ends_with("InternalServerError: An unexpected error occured."),
        "{}",
        words.body
    );
}

#[test]
fn what_a_post_mortem_found_stands_in_place_of_the_services_words() {
    let failure = Failure {
        code: "InternalServerError".to_owned(),
        message: "An unexpected error occured.".to_owned(),
        request_id: None,
    };
    let mut failed = operation();
    failed.cause = Some(Cause::ours("y", Timestamp::UNIX_EPOCH, true));
    let body = failed.failed(&failure).body;
    let spoken = "'before-v42' of server 'pg-orders-prod'. Another one was running. 'y' was triggered";
    assert!(body.starts_with(spoken), "{body}");
    failed.progress = OperationState::Unknown;
    let body = failed.unknown().body;
    assert!(
        body.contains(
            "whether 'before-v42' of server 'pg-orders-prod' is being taken is not known. Another one"
        ),
        "{body}"
    );
}

#[test]
fn a_backup_that_was_found_says_when_azure_completed_it() {
    let mut operation = operation();
    operation.found = Some(Timestamp::UNIX_EPOCH);
    operation.end(OperationState::Completed, Timestamp::UNIX_EPOCH);
    let body = operation.completed().body.replace('\u{a0}', " ");
    let expected = "'before-v42' of server 'pg-orders-prod' was found in the list, completed at 1 Jan 1970, 00:00:00 UTC.";
    assert_eq!(body, expected);
}

#[test]
fn a_long_term_retention_backup_has_its_own_words_and_page() {
    let failure = Failure {
        code: "ContainerNotFound".to_owned(),
        message: "The specified container does not exist.".to_owned(),
        request_id: None,
    };
    let name = "weekly".to_owned();
    let backup = operation_of(Act::LongTermBackup { name });
    for (words, title, part) in [
        (
            backup.initiated(),
            "Long-term retention backup initiated",
            "'weekly' of server 'pg-orders-prod' is being taken.",
        ),
        (
            backup.completed(),
            "Long-term retention backup completed",
            "'weekly' of server",
        ),
        (
            backup.failed(&failure),
            "Long-term retention backup failed",
            "was not completed. ContainerNotFound: The specified container does not exist.",
        ),
        (
            backup.unknown(),
            "Long-term retention backup: outcome not known",
            "do not start it again before that. You may close this tab.",
        ),
    ] {
        assert_eq!(words.title, title);
        assert!(words.body.contains(part), "{title}: {}", words.body);
    }
    assert_eq!(backup.page(), "/servers/s/rg/pg-orders-prod/long-term-retention");
}

#[test]
fn a_deletion_has_its_own_words() {
    let failure = Failure {
        code: "OperationNotAllowed".to_owned(),
        message: "It is in use.".to_owned(),
        request_id: None,
    };
    let deletion = deletion();
    for (words, title, part) in [
        (
            deletion.initiated(),
            "On-demand backup is being deleted",
            "'before-v42' of server",
        ),
        (
            deletion.completed(),
            "On-demand backup deleted",
            "server 'pg-orders-prod'.",
        ),
        (
            deletion.already_gone(),
            "On-demand backup was already gone",
            "'before-v42' was already gone from server 'pg-orders-prod'.",
        ),
        (
            deletion.failed(&failure),
            "On-demand backup could not be deleted",
            "was not deleted. OperationNotAllowed: It is in use.",
        ),
        (
            deletion.unknown(),
            "Deletion of an on-demand backup: outcome not known",
            "looked at until it is gone. You may close this tab.",
        ),
    ] {
        assert_eq!(words.title, title);
        assert!(words.body.contains(part), "{title}: {}", words.body);
    }
}
