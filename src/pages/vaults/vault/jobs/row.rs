//! A row of the list of jobs, and which rows are shown; pure.

use std::time::Duration;

use arm_client::data_protection::{BackupJob, JobStatus};
use arm_core::Timestamp;

use crate::{pages::vaults::vault::instances::source_name, text, ui::status::StatusKind};

/// What the list shows of a job.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The GUID that names it.
    pub name: String,
    /// `Backup`, `Restore`; as Azure writes it.
    pub operation: String,
    /// What it is about: a server, or `invoices on pgs-legacy`.
    pub source: String,
    /// Its instance, by its id.
    pub instance: Option<String>,
    /// How it goes.
    pub state: State,
    /// Azure's word for that, with spaces.
    pub word: String,
    /// When it began.
    pub started: Option<Timestamp>,
    /// How long it took, once it has ended.
    pub took: Option<Duration>,
    /// Why it failed: the code.
    pub code: Option<String>,
    /// Whether somebody asked for it.
    pub asked_for: Option<bool>,
    /// The tag of the backup.
    pub tag: Option<String>,
}

/// How a job goes, as far as the list tells states apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It runs.
    Running,
    /// It ended well.
    Completed,
    /// It ended well, with something to tell.
    Warned,
    /// It ended badly.
    Failed,
    /// It was given up.
    Cancelled,
    /// Azure's word is of a later version, or there is none.
    Other,
}

/// The *State* filter: the word in the query, and its label. The first one shows all.
pub const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("running", "In progress"),
    ("completed", "Completed"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
];

impl State {
    /// The state and its words.
    pub fn of(status: Option<&JobStatus>) -> (Self, String) {
        let (state, words) = match status {
            Some(JobStatus::InProgress) => (Self::Running, "In progress"),
            Some(JobStatus::Started) => (Self::Running, "Started"),
            Some(JobStatus::Cancelling) => (Self::Running, "Cancelling"),
            Some(JobStatus::Completed) => (Self::Completed, "Completed"),
            Some(JobStatus::Succeeded) => (Self::Completed, "Succeeded"),
            Some(JobStatus::CompletedWithWarnings) => (Self::Warned, "Completed with warnings"),
            Some(JobStatus::Failed) => (Self::Failed, "Failed"),
            Some(JobStatus::Cancelled) => (Self::Cancelled, "Cancelled"),
            Some(JobStatus::Other(word)) => (Self::Other, word.as_str()),
            None => (Self::Other, "Unknown"),
        };
        (state, words.to_owned())
    }

    /// How it is drawn.
    pub const fn kind(self) -> StatusKind {
        match self {
            Self::Running => StatusKind::Running,
            Self::Completed => StatusKind::Ok,
            Self::Warned => StatusKind::Warning,
            Self::Failed => StatusKind::Error,
            Self::Cancelled => StatusKind::Stopped,
            Self::Other => StatusKind::Neutral,
        }
    }

    /// The word of the *State* filter.
    const fn group(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Completed | Self::Warned => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Other => "other",
        }
    }
}

/// The rows of jobs, the newest first; what began at a time that is not known comes last.
pub fn rows(jobs: &[BackupJob]) -> Vec<Row> {
    let mut rows: Vec<Row> = jobs.iter().map(row).collect();
    rows.sort_by(|a, b| b.started.cmp(&a.started).then_with(|| a.name.cmp(&b.name)));
    rows
}

fn row(job: &BackupJob) -> Row {
    let (state, word) = State::of(job.status.as_ref());
    let source = job.source.as_ref().map(source_name);
    let source = source.or_else(|| job.source_name.clone().or_else(|| job.instance_name.clone()));
    Row {
        name: job.name.clone(),
        operation: job.operation.clone().unwrap_or_else(|| "Unknown".to_owned()),
        source: source.unwrap_or_else(|| "Unknown".to_owned()),
        instance: job.instance.as_ref().map(|instance| instance.as_str().to_owned()),
        state,
        word,
        started: job.started,
        took: job.took,
        code: job
            .errors
            .first()
            .map(|error| error.code.clone())
            .filter(|code| !code.is_empty()),
        asked_for: job.is_user_triggered,
        tag: job.tag.clone(),
    }
}

/// The indices of the rows whose datasource or operation has this in it and that are in this group.
pub fn shown(rows: &[Row], search: &str, group: &str) -> Vec<usize> {
    let search = search.trim().to_ascii_lowercase();
    let has = |text: &str| text.to_ascii_lowercase().contains(&search);
    let is_wanted = |index: &usize| {
        let row = &rows[*index];
        (group.is_empty() || row.state.group() == group) && (has(&row.source) || has(&row.operation))
    };
    (0..rows.len()).filter(is_wanted).collect()
}

/// *3 of 17 jobs*, *17 jobs*.
pub fn count(shown: usize, all: usize) -> String {
    match text::count(all, "job") {
        all_of_them if shown == all => all_of_them,
        of_all => format!("{shown} of {of_all}"),
    }
}

/// What has ended since the last reading, in sentences.
pub fn ends(before: &[Row], now: &[Row]) -> Vec<String> {
    let ran = |row: &&Row| {
        before
            .iter()
            .any(|earlier| earlier.name == row.name && earlier.state == State::Running)
    };
    now.iter()
        .filter(|row| row.state != State::Running)
        .filter(ran)
        .map(|row| {
            format!(
                "{} of '{}': {}.",
                row.operation,
                row.source,
                row.word.to_ascii_lowercase()
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const GROUP: &str = "/subscriptions/s/resourceGroups/rg/providers";

    fn job(name: &str, properties: Value) -> BackupJob {
        let id = format!("{GROUP}/Microsoft.DataProtection/backupVaults/bv/backupJobs/{name}");
        serde_json::from_value(json!({ "id": id, "name": name, "properties": properties })).expect("a job")
    }

    fn jobs() -> Vec<BackupJob> {
        let database = format!("{GROUP}/Microsoft.DBforPostgreSQL/servers/old/databases/invoices");
        let server = format!("{GROUP}/Microsoft.DBforPostgreSQL/flexibleServers/pg-a");
        vec![
            job(
                "1",
                json!({ "operation": "Backup", "status": "Completed", "dataSourceId": server,
                    "startTime": "2026-03-01T02:00:00Z", "endTime": "2026-03-01T02:03:10Z" }),
            ),
            job(
                "2",
                json!({ "operation": "Backup", "status": "Failed", "dataSourceId": database, "startTime": "2026-03-08T02:00:00Z",
                    "errorDetails": [{ "code": "UserErrorX", "message": "No." }] }),
            ),
            job(
                "3",
                json!({ "status": "Paused", "backupInstanceFriendlyName": "pg-b" }),
            ),
            job(
                "4",
                json!({ "operation": "Restore", "status": "InProgress", "dataSourceName": "pg-c", "startTime": "2026-03-09T02:00:00Z" }),
            ),
        ]
    }

    #[test]
    fn the_newest_comes_first_and_each_says_what_it_was_about() {
        let rows = rows(&jobs());
        let shown: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.name.as_str(),
                    row.source.as_str(),
                    row.state,
                    row.word.as_str(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("4", "pg-c", State::Running, "In progress"),
                ("2", "invoices on old", State::Failed, "Failed"),
                ("1", "pg-a", State::Completed, "Completed"),
                ("3", "pg-b", State::Other, "Paused"),
            ]
        );
        assert_eq!(rows[1].code.as_deref(), Some("UserErrorX"));
        assert_eq!(rows[2].took, Some(Duration::from_secs(190)));
        assert_eq!(rows[0].took, None);
    }

    #[test]
    fn jobs_are_found_by_datasource_and_operation_and_filtered_by_state() {
        let rows = rows(&jobs());
        for (search, group, expected) in [
            ("", "", vec!["4", "2", "1", "3"]),
            ("OLD", "", vec!["2"]),
            ("restore", "", vec!["4"]),
            ("", "failed", vec!["2"]),
            ("", "completed", vec!["1"]),
            ("", "running", vec!["4"]),
            ("pg-a", "running", vec![]),
        ] {
            let shown = shown(&rows, search, group);
            let names: Vec<_> = shown.iter().map(|index| rows[*index].name.as_str()).collect();
            assert_eq!(names, expected, "{search:?} {group:?}");
        }
    }

    #[test]
    fn an_end_is_told_once() {
        let mut running = rows(&jobs());
        let ended = running.clone();
        running[1].state = State::Running;
        assert_eq!(ends(&running, &ended), ["Backup of 'invoices on old': failed."]);
        assert!(ends(&ended, &ended).is_empty());
        assert!(
            ends(&[], &ended).is_empty(),
            "what was never seen running is no news"
        );
    }
}
