//! What is said about an operation in notifications (the document's four notifications, and *failed*); pure.

mod protection;
mod restore;

use super::{Act, Failure, Operation, OperationState, ProtectionKind};
use crate::{
    routes,
    stores::notifications::{Intent, Link},
    text,
};

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
        let is_deletion = matches!(
            self.act,
            Act::DeleteBackup { .. }
                | Act::Protection {
                    kind: ProtectionKind::Delete,
                    ..
                }
        );
        let said = match &self.progress {
            OperationState::Sent => return None,
            OperationState::Running { .. } => (Intent::Info, self.initiated()),
            OperationState::Completed if is_deletion && self.was_there == Some(false) => {
                (Intent::Info, self.already_gone())
            }
            OperationState::Completed if self.warning.is_some() => (Intent::Warning, self.completed()),
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
            Act::Protection { .. } | Act::Restore { .. } => {
                let job = self.job.as_ref().and_then(routes::job);
                job.unwrap_or_else(|| self.protection_page())
            }
        }
    }

    /// The way to that page from what is said about it.
    pub fn link(&self) -> Link {
        let label = match self.act {
            Act::Protection { .. } | Act::Restore { .. } if self.job.is_some() => "Show job",
            Act::Protection { .. } | Act::Restore { .. } => self.protection_link(),
            _ => "Show in list",
        };
        Link {
            label,
            path: self.page(),
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
            Act::Protection { kind, .. } => self.protection_begun(kind),
            Act::Restore { .. } => self.restore_begun(),
        }
    }

    /// *On-demand backup completed*, *On-demand backup deleted*.
    pub fn completed(&self) -> Words {
        let took = self.took();
        Words {
            title: match self.act {
                Act::TakeBackup { .. } => "On-demand backup completed",
                Act::DeleteBackup { .. } => "On-demand backup deleted",
                Act::LongTermBackup { .. } => "Long-term retention backup completed",
                Act::Protection { kind, .. } => return self.protection_done(kind),
                Act::Restore { .. } => return self.restore_done(),
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
        let Some(name) = self.act.backup_name() else {
            return self.protection_gone();
        };
        let server = self.target.name();
        Words {
            title: "On-demand backup was already gone",
            body: format!("'{name}' was already gone from server '{server}'."),
        }
    }

    /// *On-demand backup failed*, *could not be deleted*, with what was found out or else with the service's words.
    pub fn failed(&self, failure: &Failure) -> Words {
        // Azure Resource Manager and the document spell it differently.
        let is_cancelled = ["Canceled", "Cancelled"].contains(&failure.code.as_str());
        if is_cancelled && matches!(self.act, Act::LongTermBackup { .. }) {
            return Words {
                title: "Long-term retention backup cancelled",
                body: format!(
                    "{} was cancelled; the copy in the container is not complete.",
                    self.it()
                ),
            };
        }
        let (title, what) = match self.act {
            Act::TakeBackup { .. } => ("On-demand backup failed", "was not taken"),
            Act::DeleteBackup { .. } => ("On-demand backup could not be deleted", "was not deleted"),
            Act::LongTermBackup { .. } => ("Long-term retention backup failed", "was not completed"),
            Act::Protection { kind, .. } => return self.protection_failed(kind, failure),
            Act::Restore { .. } => return self.restore_failed(failure),
        };
        let Failure { code, message, .. } = failure;
        let body = match &self.cause {
            Some(cause) => format!(
                "{}. {}",
                self.it(),
                cause.sentence(self.act.backup_name().unwrap_or_default(), Some(failure))
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
            (Act::Protection { kind, .. }, _) => self.protection_unknown(*kind),
            (Act::Restore { .. }, _) => self.restore_unknown(),
        }
    }

    /// `, 2 min 9 s`, once it has ended.
    fn took(&self) -> String {
        let took = self.ended.and_then(|ended| (ended - self.started).to_std().ok());
        took.map(|took| format!(", {}", text::duration(took)))
            .unwrap_or_default()
    }

    /// `'before-v42' of server 'pg-orders-prod'`.
    fn it(&self) -> String {
        let name = self.act.backup_name().unwrap_or_default();
        format!("'{name}' of server '{}'", self.target.name())
    }
}

#[cfg(test)]
mod tests;
