//! What is said about an operation in notifications (the document's four notifications, and *failed*); pure.

use super::{Act, Failure, Operation};
use crate::text;

/// A title and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The notification's title.
    pub title: &'static str,
    /// One sentence or two.
    pub body: String,
}

impl Operation {
    /// *On-demand backup initiated*.
    pub fn initiated(&self) -> Words {
        let Act::TakeBackup { name } = &self.act;
        Words {
            title: "On-demand backup initiated",
            body: format!("'{name}' of server '{}' is being taken.", self.target.name()),
        }
    }

    /// *On-demand backup completed*.
    pub fn completed(&self) -> Words {
        let Act::TakeBackup { name } = &self.act;
        let took = self.ended.and_then(|ended| (ended - self.started).to_std().ok());
        let took = took
            .map(|took| format!(", {}", text::duration(took)))
            .unwrap_or_default();
        Words {
            title: "On-demand backup completed",
            body: format!("'{name}' of server '{}'{took}.", self.target.name()),
        }
    }

    /// *On-demand backup failed*, with the service's own words and what is known about the cause.
    pub fn failed(&self, failure: &Failure) -> Words {
        let Act::TakeBackup { name } = &self.act;
        Words {
            title: "On-demand backup failed",
            body: format!(
                "'{name}' of server '{}' was not taken. {}: {}",
                self.target.name(),
                failure.code,
                failure.message
            ),
        }
    }

    /// Neither completed nor failed is known.
    pub fn unknown(&self) -> Words {
        let Act::TakeBackup { name } = &self.act;
        Words {
            title: "On-demand backup: outcome not known",
            body: format!(
                "Azure's answer about '{name}' of server '{}' was lost. The list of backups is looked at until it appears; \
                 do not trigger it again before that.",
                self.target.name()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::stores::operations::OperationState;

    fn operation() -> Operation {
        let server = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";
        let act = Act::TakeBackup {
            name: "before-v42".to_owned(),
        };
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
}
