//! What is said about an operation in notifications (the document's four notifications, and *failed*); pure.

use super::{Act, Failure, Operation, OperationState};
use crate::{routes, stores::notifications::Intent, text};

/// A title and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The notification's title.
    pub title: &'static str,
    /// One sentence or two.
    pub body: String,
}

impl Operation {
    /// What is to be said about it as it stands; nothing while its request is on its way.
    pub fn said(&self) -> Option<(Intent, Words)> {
        let is_deletion = matches!(self.act, Act::DeleteBackup { .. });
        let said = match &self.progress {
            OperationState::Sent => return None,
            OperationState::Running { .. } => (Intent::Info, self.initiated()),
            OperationState::Completed if is_deletion && self.was_there == Some(false) => {
                (Intent::Info, self.already_gone())
            }
            OperationState::Completed => (Intent::Success, self.completed()),
            OperationState::Failed(failure) => (Intent::Error, self.failed(failure)),
            OperationState::Unknown => (Intent::Warning, self.unknown()),
        };
        Some(said)
    }

    /// The page that shows it: a path of the app.
    pub fn page(&self) -> String {
        match self.act {
            Act::TakeBackup { .. } | Act::DeleteBackup { .. } => routes::backups(&self.target),
            Act::LongTermBackup { .. } => routes::long_term_retention(&self.target),
        }
    }

    /// *On-demand backup initiated*, *On-demand backup is being deleted*.
    pub fn initiated(&self) -> Words {
        let it = self.it();
        match self.act {
            Act::TakeBackup { .. } => Words {
                title: "On-demand backup initiated",
                body: format!("{it} is being taken."),
            },
            Act::DeleteBackup { .. } => Words {
                title: "On-demand backup is being deleted",
                body: format!("{it}."),
            },
            Act::LongTermBackup { .. } => Words {
                title: "Long-term retention backup initiated",
                body: format!("{it} is being taken. You may close this tab."),
            },
        }
    }

    /// *On-demand backup completed*, *On-demand backup deleted*.
    pub fn completed(&self) -> Words {
        let took = self.ended.and_then(|ended| (ended - self.started).to_std().ok());
        let took = took
            .map(|took| format!(", {}", text::duration(took)))
            .unwrap_or_default();
        Words {
            title: match self.act {
                Act::TakeBackup { .. } => "On-demand backup completed",
                Act::DeleteBackup { .. } => "On-demand backup deleted",
                Act::LongTermBackup { .. } => "Long-term retention backup completed",
            },
            body: match self.found {
                Some(found) => format!(
                    "{} was found in the list, completed at {}.",
                    self.it(),
                    text::exact_moment(found)
                ),
                None => format!("{}{took}.", self.it()),
            },
        }
    }

    /// There was nothing to delete, which is no error (the document, *Delete on-demand backups*).
    pub fn already_gone(&self) -> Words {
        let (name, server) = (self.act.backup_name(), self.target.name());
        Words {
            title: "On-demand backup was already gone",
            body: format!("'{name}' was already gone from server '{server}'."),
        }
    }

    /// *On-demand backup failed*, *could not be deleted*, with what was found out or else with the service's words.
    pub fn failed(&self, failure: &Failure) -> Words {
        let (title, what) = match self.act {
            Act::TakeBackup { .. } => ("On-demand backup failed", "was not taken"),
            Act::DeleteBackup { .. } => ("On-demand backup could not be deleted", "was not deleted"),
            Act::LongTermBackup { .. } => ("Long-term retention backup failed", "was not completed"),
        };
        let Failure { code, message, .. } = failure;
        let body = match &self.cause {
            Some(cause) => format!(
                "{}. {}",
                self.it(),
                cause.sentence(self.act.backup_name(), Some(failure))
            ),
            None => format!("{} {what}. {code}: {message}", self.it()),
        };
        Words { title, body }
    }

    /// Neither completed nor failed is known.
    pub fn unknown(&self) -> Words {
        let it = self.it();
        match (&self.act, &self.cause) {
            (Act::TakeBackup { name }, Some(cause)) => Words {
                title: "On-demand backup: outcome not known",
                body: format!(
                    "Azure answered InternalServerError, so whether {it} is being taken is not known. {}",
                    cause.sentence(name, self.answer.as_ref())
                ),
            },
            (Act::TakeBackup { .. }, None) => Words {
                title: "On-demand backup: outcome not known",
                body: format!(
                    "Azure's answer about {it} was lost or says nothing. The list of backups is looked at until it \
                     appears; do not trigger it again before that. You may close this tab."
                ),
            },
            (Act::LongTermBackup { .. }, _) => Words {
                title: "Long-term retention backup: outcome not known",
                body: format!(
                    "Azure's answer about {it} was lost or says nothing. The list of long-term retention backups is \
                     looked at until it appears; do not start it again before that. You may close this tab."
                ),
            },
            (Act::DeleteBackup { .. }, _) => Words {
                title: "Deletion of an on-demand backup: outcome not known",
                body: format!(
                    "Azure's answer about {it} was lost or says nothing. The list of backups is looked at until it \
                     is gone. You may close this tab."
                ),
            },
        }
    }

    /// `'before-v42' of server 'pg-orders-prod'`.
    fn it(&self) -> String {
        format!("'{}' of server '{}'", self.act.backup_name(), self.target.name())
    }
}

#[cfg(test)]
mod tests {
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
        Operation::about_to_start(Uuid::nil(), act, target, vec![], Timestamp::UNIX_EPOCH)
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
}
