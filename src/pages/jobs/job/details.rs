//! What is known of a job as a text, for a ticket or a colleague; pure.

use arm_client::data_protection::BackupJob;
use arm_core::Timestamp;

use super::target::{Target, operation};
use crate::{
    pages::jobs::row::{Row, UNKNOWN},
    text,
};

/// The text: a fact a line.
pub fn details(job: &BackupJob) -> String {
    let row = Row::from(job);
    let moment = |at: Option<Timestamp>| {
        at.map_or_else(
            || UNKNOWN.to_owned(),
            |at| format!("{} UTC", text::date_and_time(at)),
        )
    };
    let mut lines = vec![
        ("Operation", operation(job)),
        ("State", row.word.clone()),
        ("Datasource", row.source.clone()),
        ("Vault", row.vault.clone()),
        ("Started", moment(job.started)),
    ];
    let ended = job.ended.map(|at| ("Ended", moment(Some(at))));
    lines.extend(ended);
    lines.extend(row.took().map(|took| ("Duration", text::duration(took))));
    let mut known = |key, value: Option<String>| lines.extend(value.map(|value| (key, value)));
    known(
        "Recovery point",
        job.recovery_point_time.map(|at| moment(Some(at))),
    );
    known("Recovery point id", job.recovery_point_id.clone());
    match Target::of(job) {
        Some(Target::Files { container, prefix }) => {
            known("Container", Some(container.to_string()));
            known("File prefix", Some(prefix));
        }
        Some(Target::Database(database)) => known("Database", Some(database.to_string())),
        Some(Target::Other(other)) => known("Destination", Some(other)),
        None => {}
    }
    known("Activity id", job.activity_id.clone());
    known("Job", Some(job.id.to_string()));
    known("Backup instance", job.instance.as_ref().map(ToString::to_string));
    let problems = job.errors.iter().map(|error| ("Error", error));
    let problems = problems.chain(job.warnings.iter().map(|warning| ("Warning", warning)));
    for (key, problem) in problems {
        known(key, Some(format!("{}: {}", problem.code, problem.message)));
    }
    for task in &job.tasks {
        let (_, word) = crate::pages::jobs::state::State::of(task.status.as_ref());
        known("Part", Some(format!("{}: {word}", task.name)));
    }
    // Durations keep their numbers and units together; a ticket needs plain spaces.
    let lines = lines.into_iter().map(|(key, value)| format!("{key}: {value}\n"));
    lines.collect::<String>().replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pages::jobs::row::samples::job;

    #[test]
    fn everything_that_is_known_is_in_it_and_nothing_that_is_not() {
        let failed = job(
            "j-1",
            json!({ "operation": "Restore", "status": "Failed", "dataSourceName": "pg-a", "activityID": "a-1",
                "startTime": "2026-03-01T02:00:00Z", "endTime": "2026-03-01T02:03:10Z",
                "errorDetails": [{ "code": "UserErrorX", "message": "No." }],
                "extendedInfo": { "recoveryDestination": "https://sta.blob.core.windows.net/restored",
                    "sourceRecoverPoint": { "recoveryPointID": "p", "recoveryPointTime": "2026-02-22T02:00:00Z" },
                    "additionalDetails": { "Restore File Prefix": "x" },
                    "subTasks": [{ "taskName": "Trigger Restore", "taskStatus": "Failed" }] } }),
        );
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupJobs/";
        assert_eq!(
            details(&failed),
            format!(
                "Operation: Restore as files\nState: Failed\nDatasource: pg-a\nVault: bv\nStarted: 2026-03-01 02:00:00 UTC\n\
                 Ended: 2026-03-01 02:03:10 UTC\nDuration: 3 min 10 s\nRecovery point: 2026-02-22 02:00:00 UTC\n\
                 Recovery point id: p\nContainer: https://sta.blob.core.windows.net/restored\nFile prefix: x\nActivity id: a-1\n\
                 Job: {id}j-1\nError: UserErrorX: No.\nPart: Trigger Restore: Failed\n"
            )
        );
        let bare = details(&job("j-2", json!({})));
        assert_eq!(
            bare,
            format!(
                "Operation: Unknown\nState: Unknown\nDatasource: Unknown\nVault: bv\nStarted: Unknown\nJob: {id}j-2\n"
            )
        );
    }
}
