//! How restores end.

use super::*;
use crate::stores::{notifications::Intent, operations::drive_rig::status};

#[test]
fn a_restore_is_followed_through_its_job_and_names_instance_point_and_place() {
    let rig = Rig::new();
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), None);
    assert_eq!(said.events, FOLLOWED);
    assert_eq!(rig.sent(Method::Post, "/restore"), 1);
    assert_eq!(restores(&rig, "p"), [true]);
    let titles: Vec<_> = said.words.iter().map(|words| words.title).collect();
    assert_eq!(titles, ["Restore initiated", "Restore completed"]);
    let body = said.last_words();
    assert!(
        body.starts_with(
            "'pg-billing-prod' in backup vault 'bv-commerce-weu', recovery point of 12 Mar 2026, 09:41 UTC, as files \
             to container 'restored-files' of storage account 'stcommercebackup', prefix 'p', 12 min"
        ),
        "{body}"
    );
    let job = said.entry.job.clone().expect("a job");
    let (label, path) = (said.entry.link().label, said.entry.page());
    assert_eq!(label, "Show job");
    assert!(
        path.ends_with(&format!("/bv-commerce-weu/jobs/{}", job.name())),
        "{path}"
    );
}

#[test]
fn how_much_is_done_is_kept_on_the_way() {
    let rig = Rig::new();
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), Some("job started"));
    let entry = rig.restore_until_percent(said.entry);
    assert!((10.0..=90.0).contains(&entry), "{entry}");
}

impl Rig {
    fn restore_until_percent(&self, entry: crate::stores::operations::Operation) -> f64 {
        self.clock.advance(std::time::Duration::from_secs(300));
        let said = self.resume_until(entry, "running");
        match said.entry.progress {
            OperationState::Running { percent, .. } => percent.expect("a number"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_job_decides_whether_it_ends_well_with_warnings_badly_or_is_cancelled() {
    for (fault, end, title, intent, is_restored) in [
        (None, "completed", "Restore completed", Intent::Success, true),
        (
            Some(JobEnd::CompletedWithWarnings),
            "warned",
            "Restore completed with warnings",
            Intent::Warning,
            true,
        ),
        (
            Some(JobEnd::Failed),
            "failed",
            "Restore failed",
            Intent::Error,
            false,
        ),
        (
            Some(JobEnd::Cancelled),
            "cancelled",
            "Restore cancelled",
            Intent::Error,
            false,
        ),
    ] {
        let rig = Rig::new();
        if let Some(end) = fault {
            rig.inject(Method::Post, "/restore", end_job(end), 1);
        }
        let said = rig.restore(&commerce(BILLING), files(&rig, "p"), None);
        assert_eq!(said.events.last(), Some(&end), "{:?}", said.events);
        let (told, words) = said.entry.said().expect("words");
        assert_eq!((words.title, told), (title, intent));
        if fault.is_some() {
            assert!(words.body.contains("UserErrorX: It cannot be."), "{}", words.body);
        }
        assert_eq!(restores(&rig, "p"), [is_restored], "{title}");
        assert!(said.entry.job.is_some(), "{title}");
        assert!(said.entry.token.is_none(), "a signed URL is kept");
    }
}

#[test]
fn what_the_service_finds_at_the_target_is_told_by_the_job() {
    let rig = Rig::new();
    let mut request = files(&rig, "p");
    if let RestoreTarget::Files { url, .. } = &mut request.target {
        *url = url.replace("restored-files", "not-there");
    }
    let said = rig.restore(&commerce(BILLING), request, None);
    assert_eq!(said.events.last(), Some(&"failed"), "{:?}", said.events);
    let body = said.last_words();
    assert!(
        body.contains("'not-there'") && body.contains("UserError"),
        "{body}"
    );
}

#[test]
fn what_is_refused_at_once_is_no_entry() {
    let rig = Rig::new();
    let mut request = files(&rig, "p");
    request.recovery_point_id = "00000000000000000000000000000000".to_owned();
    let said = rig.restore(&commerce(BILLING), request, None);
    assert_eq!(said.events, ["looked before", "refused"]);
    rig.inject(Method::Post, "/restore", status(403, None), 1);
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), None);
    assert_eq!(said.events, ["looked before", "refused"]);
    assert!(restores(&rig, "p").is_empty());
}

#[test]
fn a_second_restore_at_a_time_fails_with_azures_reason() {
    let rig = Rig::new();
    let id = commerce(BILLING);
    rig.restore(&id, files(&rig, "p"), Some("accepted"));
    let said = rig.restore(&id, files(&rig, "q"), None);
    assert_eq!(said.events.last(), Some(&"failed"), "{:?}", said.events);
    assert!(
        said.last_words()
            .contains("UserErrorMaxConcurrentOperationLimitReached"),
        "{}",
        said.last_words()
    );
}

#[test]
fn an_operation_that_is_given_up_is_cancelled_too() {
    let rig = Rig::new();
    rig.inject(Method::Post, "/restore", FaultKind::CancelOperation, 1);
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), None);
    assert_eq!(
        said.words.last().map(|words| words.title),
        Some("Restore cancelled")
    );
    assert!(restores(&rig, "p").is_empty());
}

#[test]
fn neither_addresses_nor_tokens_are_in_the_journal() {
    let rig = Rig::new();
    let said = rig.restore(&commerce(BILLING), files(&rig, "p"), None);
    let kept = serde_json::to_string(&said.entry).expect("JSON");
    for part in ["https:", "emulated", "operationStatus", "blob.core"] {
        assert!(!kept.contains(part), "{part} is in {kept}");
    }
}
