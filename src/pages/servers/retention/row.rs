//! A row of the list of long-term retention backups; pure.

use std::time::Duration;

use arm_client::postgres::long_term_retention::{ExecutionStatus, LongTermBackup};
use arm_core::Timestamp;

use crate::ui::status::StatusKind;

/// What the list shows of a backup. Everything but its state is as Azure tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What tells it from the others: its name, where it has one of its own.
    pub key: String,
    /// The backup's name.
    pub name: String,
    /// What has become of it.
    pub state: State,
    /// Azure's word for that; `Unknown` where there is none.
    pub word: String,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// How long it took, once it has ended.
    pub duration: Option<Duration>,
    /// The size of the data on the server, in bytes.
    pub size: Option<u64>,
    /// How much has arrived in the container, in bytes.
    pub transferred: Option<u64>,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// What a restore needs to know.
    pub metadata: Option<String>,
    /// Why it failed: the code.
    pub error_code: Option<String>,
    /// Why it failed, in the service's words.
    pub error_message: Option<String>,
}

/// What has become of a backup, as far as the list tells states apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It goes on.
    Running,
    /// It is done.
    Succeeded,
    /// It failed.
    Failed,
    /// It was given up.
    Cancelled,
    /// Azure's word is of a later version, or there is none: nobody can say whether it goes on.
    Other,
}

impl State {
    /// The state of a backup.
    pub fn of(backup: &LongTermBackup) -> Self {
        match &backup.status {
            Some(ExecutionStatus::Running) => Self::Running,
            Some(ExecutionStatus::Succeeded) => Self::Succeeded,
            Some(ExecutionStatus::Failed) => Self::Failed,
            // The only word beyond the document's with which a backup has ended is its other spelling.
            Some(status) if status.has_ended() => Self::Cancelled,
            _ => Self::Other,
        }
    }

    /// How it is drawn.
    pub const fn kind(self) -> StatusKind {
        match self {
            Self::Running => StatusKind::Running,
            Self::Succeeded => StatusKind::Ok,
            Self::Failed => StatusKind::Error,
            Self::Cancelled => StatusKind::Stopped,
            Self::Other => StatusKind::Neutral,
        }
    }

    /// Whether something may still happen, so that it is worth looking again.
    pub const fn may_go_on(self) -> bool {
        matches!(self, Self::Running | Self::Other)
    }
}

/// The rows of what was read, each with a key of its own.
pub fn rows(backups: &[LongTermBackup]) -> Vec<Row> {
    let mut rows = Vec::<Row>::with_capacity(backups.len());
    for backup in backups {
        let row = row(backup);
        let alike = rows.iter().filter(|other| other.name == row.name).count();
        let key = match alike {
            0 => row.name.clone(),
            number => format!("{} #{}", row.name, number + 1),
        };
        rows.push(Row { key, ..row });
    }
    rows
}

fn row(backup: &LongTermBackup) -> Row {
    let word = backup.status.as_ref().map(ToString::to_string);
    Row {
        key: String::new(),
        name: backup.name.clone().unwrap_or_else(|| "Unknown".to_owned()),
        state: State::of(backup),
        word: word.unwrap_or_else(|| "Unknown".to_owned()),
        started: backup.start_time,
        ended: backup.end_time,
        duration: backup.duration(),
        size: backup.datasource_size_in_bytes,
        transferred: backup.data_transferred_in_bytes,
        percent: backup.percent_complete,
        metadata: backup.backup_metadata.clone(),
        error_code: backup.error_code.clone(),
        error_message: backup.error_message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backup(name: Option<&str>, status: Option<&str>) -> LongTermBackup {
        LongTermBackup {
            name: name.map(str::to_owned),
            status: status.map(|status| status.to_owned().into()),
            ..LongTermBackup::default()
        }
    }

    #[test]
    fn each_state_of_the_document_and_any_other_is_kept_and_drawn() {
        use StatusKind::{Error, Neutral, Ok, Running, Stopped};
        for (status, word, kind, may_go_on) in [
            (Some("Running"), "Running", Running, true),
            (Some("Succeeded"), "Succeeded", Ok, false),
            (Some("Failed"), "Failed", Error, false),
            (Some("Cancelled"), "Cancelled", Stopped, false),
            (Some("Canceled"), "Canceled", Stopped, false),
            (Some("Warming"), "Warming", Neutral, true),
            (None, "Unknown", Neutral, true),
        ] {
            let row = row(&backup(Some("b"), status));
            assert_eq!(
                (row.word.as_str(), row.state.kind(), row.state.may_go_on()),
                (word, kind, may_go_on),
                "{status:?}"
            );
        }
    }

    #[test]
    fn every_row_has_a_key_of_its_own() {
        let backups = [Some("a"), None, Some("b"), None, Some("a"), Some("a")];
        let keys: Vec<String> = rows(&backups.map(|name| backup(name, None)))
            .into_iter()
            .map(|row| row.key)
            .collect();
        assert_eq!(keys, ["a", "Unknown", "b", "Unknown #2", "a #2", "a #3"]);
    }
}
