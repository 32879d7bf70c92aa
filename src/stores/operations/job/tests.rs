//! Which job is a request's own, and what it says of itself.

use uuid::Uuid;

use super::*;
use crate::stores::operations::{ProtectionKind, RestoredTo};

const VAULT: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";

fn id(name: &str) -> ResourceId {
    format!("{VAULT}/backupJobs/{name}").parse().expect("an id")
}

fn at(minute: u32) -> Timestamp {
    format!("2026-03-12T09:{minute:02}:00Z")
        .parse()
        .expect("a moment")
}

/// A job that begins then and says this of itself.
fn job_saying(name: &str, minute: u32, says: &str) -> BackupJob {
    let json = format!(
        r#"{{"id":"{}","properties":{{"startTime":"2026-03-12T09:{minute:02}:00Z","extendedInfo":{says}}}}}"#,
        id(name)
    );
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn job(name: &str, minute: u32) -> BackupJob {
    job_saying(name, minute, "null")
}

fn operation(act: Act, before: Option<Timestamp>, asked: Timestamp) -> Operation {
    let target = format!("{VAULT}/backupInstances/i").parse().expect("an id");
    let mut operation = Operation::about_to_start(Uuid::nil(), act, target, None, asked);
    operation.newest_job = before;
    operation
}

fn backup(before: Option<Timestamp>, asked: Timestamp) -> Operation {
    let kind = ProtectionKind::BackUp;
    operation(Act::Protection { kind, policy: None }, before, asked)
}

fn restore(before: Option<Timestamp>) -> Operation {
    let target = RestoredTo::Files {
        account: "sta".to_owned(),
        container: "restored".to_owned(),
        prefix: "p".to_owned(),
    };
    let act = Act::Restore {
        recovery_point_id: "r1".to_owned(),
        point_time: None,
        target,
    };
    operation(act, before, at(11))
}

fn told(status: &str, errors: &str) -> (&'static str, String) {
    told_of(status, errors, "null")
}

fn told_of(status: &str, errors: &str, warnings: &str) -> (&'static str, String) {
    let id =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupJobs/j";
    let json = format!(
        r#"{{"id":"{id}","properties":{{"status":{status},"errorDetails":{errors},"extendedInfo":{{"warningDetails":{warnings}}}}}}}"#
    );
    let job: BackupJob = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
    match read(&job) {
        Event::Completed => ("completed", String::new()),
        Event::Warned(warning) => ("warned", format!("{}: {}", warning.code, warning.message)),
        Event::Failed(failure, None) => ("failed", format!("{}: {}", failure.code, failure.message)),
        Event::Cancelled(failure) => ("cancelled", format!("{}: {}", failure.code, failure.message)),
        Event::Running { status, .. } => ("running", status),
        _ => panic!("{json}"),
    }
}

#[test]
fn of_later_jobs_the_first_that_nobody_else_began_is_its_own() {
    for (jobs, taken, expected) in [
        (vec![job("before", 10)], vec![], None),
        (vec![job("late", 45)], vec![], None),
        (
            vec![job("second", 18), job("first", 12), job("before", 10)],
            vec![],
            Some("first"),
        ),
        (
            vec![job("second", 18), job("first", 12)],
            vec![id("first")],
            Some("second"),
        ),
        (vec![job("first", 12)], vec![id("first")], None),
    ] {
        let found = first_of(&jobs, &backup(Some(at(10)), at(11)), &taken).map(|job| job.id.name());
        assert_eq!(found, expected, "{jobs:?}, taken {taken:?}");
    }
}

#[test]
fn a_warning_is_told_wherever_azure_puts_it() {
    let warning = r#"[{"warning":{"code":"UserWarning","message":"Some rows were left out."}}]"#;
    let (end, words) = told_of(r#""CompletedWithWarnings""#, "null", warning);
    assert_eq!(
        (end, words.as_str()),
        ("warned", "UserWarning: Some rows were left out.")
    );
}

#[test]
fn a_job_ends_well_with_warnings_badly_or_cancelled() {
    let error = r#"[{"code":"UserErrorMSIMissingPermissions","message":"It lacks a role."},null]"#;
    for (status, errors, expected, words) in [
        (r#""Completed""#, "null", "completed", ""),
        (r#""Succeeded""#, "null", "completed", ""),
        (r#""InProgress""#, "null", "running", "InProgress"),
        (r#""Cancelling""#, "null", "running", "Cancelling"),
        (r#""Pondering""#, "null", "running", "Pondering"),
        ("null", "null", "running", ""),
        (
            r#""CompletedWithWarnings""#,
            error,
            "warned",
            "UserErrorMSIMissingPermissions: It lacks a role.",
        ),
        (r#""CompletedWithWarnings""#, "null", "warned", ": "),
        (
            r#""Failed""#,
            error,
            "failed",
            "UserErrorMSIMissingPermissions: It lacks a role.",
        ),
        (r#""Failed""#, "[]", "failed", "Failed: Azure gives no reason."),
        (r#""Cancelled""#, "null", "cancelled", ": "),
        (
            r#""Cancelled""#,
            error,
            "cancelled",
            "UserErrorMSIMissingPermissions: It lacks a role.",
        ),
    ] {
        assert_eq!(
            told(status, errors),
            (expected, words.to_owned()),
            "{status} {errors}"
        );
    }
}

#[test]
fn of_restores_only_one_that_says_nothing_else_is_its_own_and_without_a_look_before_one_that_says_all() {
    let says = |point: &str, prefix: &str| {
        format!(
            r#"{{"recoveryDestination":"https://sta.blob.core.windows.net/restored","additionalDetails":
            {{"Restore File Prefix":"{prefix}"}},"sourceRecoverPoint":{{"recoveryPointID":"{point}"}}}}"#
        )
    };
    let (all, some) = (
        says("R1", "p"),
        r#"{"sourceRecoverPoint":{"recoveryPointID":"r1"}}"#,
    );
    let looked = Some(at(10));
    for (minute, says, before, is_own) in [
        (12, all.as_str(), looked, true),
        (12, some, looked, true),
        (12, "null", looked, true),
        (12, &says("r2", "p"), looked, false),
        (12, &says("r1", "q"), looked, false),
        (10, &all, looked, false),
        (45, some, looked, false),
        (45, "null", looked, false),
        (12, &all, None, true),
        (12, some, None, false),
        (12, "null", None, false),
        // The browser's clock may be wrong, by whatever it is.
        (45, &all, looked, true),
        (45, &all, None, true),
        (10, &all, None, true),
    ] {
        let jobs = [job_saying("j", minute, says)];
        let found = first_of(&jobs, &restore(before), &[]);
        assert_eq!(
            found.is_some(),
            is_own,
            "began at {minute}, looked {before:?}: {says}"
        );
    }
    // Of several with the same words it is the newest: it was asked for last.
    let jobs = [job_saying("old", 2, &all), job_saying("new", 9, &all)];
    let found = first_of(&jobs, &restore(None), &[]).map(|job| job.id.name());
    assert_eq!(found, Some("new"));
    let taken = [id("j")];
    assert!(first_of(&[job_saying("j", 12, &all)], &restore(looked), &taken).is_none());
}

#[test]
fn all_warnings_are_told() {
    let warnings =
        r#"[{"warning":{"code":"W1","message":"One."}},{"warning":{"code":"W2","message":"Two."}}]"#;
    let (end, words) = told_of(r#""CompletedWithWarnings""#, "null", warnings);
    assert_eq!((end, words.as_str()), ("warned", "W1: One. W2: Two."));
}

fn task(status: &str, progress: Option<&str>) -> JobTask {
    JobTask {
        name: "T".to_owned(),
        status: Some(status.to_owned().into()),
        progress: progress.map(str::to_owned),
    }
}

#[test]
fn a_figure_is_told_only_where_each_part_tells_one() {
    for (tasks, expected) in [
        (vec![], None),
        (vec![task("InProgress", None)], None),
        (vec![task("InProgress", Some("half"))], None),
        (vec![task("InProgress", Some("400"))], None),
        (vec![task("InProgress", Some("40"))], Some(40.0)),
        (vec![task("InProgress", Some("40.5"))], Some(40.5)),
        (vec![task("InProgress", Some("40.5 %"))], Some(40.5)),
        (
            vec![task("Completed", None), task("InProgress", Some("20"))],
            Some(60.0),
        ),
        (
            vec![
                task("CompletedWithWarnings", None),
                task("InProgress", Some("20")),
            ],
            Some(60.0),
        ),
        (
            vec![task("Completed", Some("100")), task("InProgress", None)],
            None,
        ),
    ] {
        assert_eq!(percent(&tasks), expected, "{tasks:?}");
    }
}

#[test]
fn what_follows_a_job_hears_the_figure_that_its_page_shows() {
    let says =
        r#"{"subTasks":[{"taskStatus":"Completed"},{"taskStatus":"InProgress","taskProgress":"40 %"}]}"#;
    let Event::Running { percent, .. } = read(&job_saying("j", 12, says)) else {
        panic!("it runs");
    };
    assert_eq!(percent, Some(70.0));
}
