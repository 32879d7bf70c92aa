//! A row of a list of jobs; pure.

use std::time::Duration;

use arm_client::data_protection::{BackupJob, JobStatus, JobSummary};
use arm_core::{ResourceId, Timestamp};

use super::state::State;
use crate::pages::vaults::source_name;

/// What is not known.
pub const UNKNOWN: &str = "Unknown";

/// What a list shows of a job.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The job.
    pub id: ResourceId,
    /// Its id in lower case: the same job whatever the spelling.
    pub key: String,
    /// `Backup`, `Restore`; as Azure writes it.
    pub operation: String,
    /// What it is about: a server, or `invoices on pgs-legacy`.
    pub source: String,
    /// The name of its vault.
    pub vault: String,
    /// What its subscription is called, or the subscription's id where that is not known.
    pub subscription: String,
    /// How it goes.
    pub state: State,
    /// Azure's word for that, with spaces.
    pub word: String,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Why it failed: the code, where the list tells it.
    pub code: Option<String>,
    /// Whether somebody asked for it, where the list tells that.
    pub asked_for: Option<bool>,
    /// The tag of the backup, where the list tells it.
    pub tag: Option<String>,
}

impl Row {
    /// How long it took, once it has ended.
    pub fn took(&self) -> Option<Duration> {
        let (started, ended) = self.started.zip(self.ended)?;
        (ended - started).to_std().ok()
    }
}

impl Row {
    /// Whether it is worth another look: it runs, or nobody knows.
    pub fn is_to_be_followed(&self) -> bool {
        match self.state {
            State::Running => true,
            State::Other => self.ended.is_none(),
            _ => false,
        }
    }
}

impl From<&BackupJob> for Row {
    fn from(job: &BackupJob) -> Self {
        let source = job.source.as_ref().map(source_name);
        let source = source.or_else(|| job.source_name.clone().or_else(|| job.instance_name.clone()));
        let row = new(
            job.id.clone(),
            job.operation.as_deref(),
            job.status.as_ref(),
            source,
        );
        let code = job.errors.first().map(|error| error.code.clone());
        Self {
            started: job.started,
            ended: job.ended,
            code: code.filter(|code| !code.is_empty()),
            asked_for: job.is_user_triggered,
            tag: job.tag.clone(),
            ..row
        }
    }
}

impl From<&JobSummary> for Row {
    fn from(job: &JobSummary) -> Self {
        let id: Option<ResourceId> = job.source.as_deref().and_then(|id| id.parse().ok());
        let source = id.as_ref().map(source_name).or_else(|| job.source_name.clone());
        let row = new(
            job.id.clone(),
            job.operation.as_deref(),
            job.status.as_ref(),
            source,
        );
        Self {
            started: job.started,
            ended: job.ended,
            ..row
        }
    }
}

fn new(id: ResourceId, operation: Option<&str>, status: Option<&JobStatus>, source: Option<String>) -> Row {
    let (state, word) = State::of(status);
    let unknown = || UNKNOWN.to_owned();
    Row {
        key: id.as_str().to_ascii_lowercase(),
        vault: id.parent().map_or_else(unknown, |vault| vault.name().to_owned()),
        subscription: id.subscription_id().to_owned(),
        operation: operation.map_or_else(unknown, str::to_owned),
        source: source.unwrap_or_else(unknown),
        state,
        word,
        started: None,
        ended: None,
        code: None,
        asked_for: None,
        tag: None,
        id,
    }
}

/// What has ended since the last reading, in sentences.
pub fn ends(before: &[Row], now: &[Row]) -> Vec<String> {
    let ran = |row: &&Row| {
        let is_it = |earlier: &&Row| earlier.key == row.key;
        before
            .iter()
            .find(is_it)
            .is_some_and(|earlier| earlier.state == State::Running)
    };
    let ended = now.iter().filter(|row| row.state != State::Running);
    ended.filter(ran).map(end).collect()
}

/// *Backup of 'pg-a': completed.*
pub fn end(row: &Row) -> String {
    format!(
        "{} of '{}': {}.",
        row.operation,
        row.source,
        row.word.to_ascii_lowercase()
    )
}

/// Jobs for tests.
#[cfg(test)]
pub mod samples {
    use serde_json::{Value, json};

    use super::*;

    const GROUP: &str = "/subscriptions/s/resourceGroups/rg/providers";

    /// A job of the vault *bv*.
    pub fn job(name: &str, properties: Value) -> BackupJob {
        let id = format!("{GROUP}/Microsoft.DataProtection/backupVaults/bv/backupJobs/{name}");
        serde_json::from_value(json!({ "id": id, "name": name, "properties": properties })).expect("a job")
    }

    /// One of each kind.
    pub fn rows() -> Vec<Row> {
        let database = format!("{GROUP}/Microsoft.DBforPostgreSQL/servers/old/databases/invoices");
        let server = format!("{GROUP}/Microsoft.DBforPostgreSQL/flexibleServers/pg-a");
        let jobs = [
            job(
                "1",
                json!({ "operation": "Backup", "status": "Completed", "dataSourceId": server,
                    "startTime": "2026-03-01T02:00:00Z", "endTime": "2026-03-01T02:03:10Z" }),
            ),
            job(
                "2",
                json!({ "operation": "Backup", "status": "Failed", "dataSourceId": database, "startTime": "2026-03-08T02:00:00Z",
                    "endTime": "2026-03-08T02:00:30Z", "errorDetails": [{ "code": "UserErrorX", "message": "No." }] }),
            ),
            job(
                "3",
                json!({ "status": "Paused", "backupInstanceFriendlyName": "pg-b" }),
            ),
            job(
                "4",
                json!({ "operation": "Restore", "status": "InProgress", "dataSourceName": "pg-c", "startTime": "2026-03-09T02:00:00Z" }),
            ),
        ];
        jobs.iter().map(Row::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_job_says_what_it_was_about_and_how_it_goes() {
        let rows = samples::rows();
        let shown: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.operation.as_str(),
                    row.source.as_str(),
                    row.state,
                    row.word.as_str(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("Backup", "pg-a", State::Completed, "Completed"),
                ("Backup", "invoices on old", State::Failed, "Failed"),
                ("Unknown", "pg-b", State::Other, "Paused"),
                ("Restore", "pg-c", State::Running, "In progress"),
            ]
        );
        assert_eq!(rows[0].took(), Some(Duration::from_secs(190)));
        assert_eq!(rows[3].took(), None);
        assert_eq!(rows[1].code.as_deref(), Some("UserErrorX"));
        assert_eq!(
            (rows[0].vault.as_str(), rows[0].subscription.as_str()),
            ("bv", "s")
        );
    }

    #[test]
    fn what_resource_graph_tells_makes_the_same_row() {
        let of_vault = &samples::rows()[1];
        let told = json!({
            "id": of_vault.id.as_str().replace("/backupJobs/", "/BACKUPJOBS/"), "name": "2", "operation": "Backup", "status": "Failed",
            "started": "2026-03-08T02:00:00Z", "ended": "2026-03-08T02:00:30Z", "sourceName": "invoices",
            "source": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/old/databases/invoices",
        });
        let summary: JobSummary = serde_json::from_value(told).expect("a summary");
        let expected = Row {
            code: None,
            ..of_vault.clone()
        };
        assert_eq!(Row::from(&summary), expected);
        let bare: JobSummary = serde_json::from_value(
            json!({ "id": of_vault.id, "name": "2", "operation": "", "sourceName": "invoices" }),
        )
        .expect("a summary");
        let row = Row::from(&bare);
        assert_eq!((row.source.as_str(), row.word.as_str()), ("invoices", UNKNOWN));
        assert_eq!(row.operation, UNKNOWN);
    }

    #[test]
    fn an_end_is_told_once() {
        let mut running = samples::rows();
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
