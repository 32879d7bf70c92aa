//! The page of one job, by what a user sees.

use std::sync::{Arc, OnceLock};

use arm_client::data_protection::{RestoreRequest, RestoreTarget, VAULT_STORE};
use arm_core::{Clock as _, Method, ResourceId};
use arm_emulator::{FaultKind, JobEnd, World};
use pg_backup_portal::{pages::JobPage, prelude::*, ui::changing::view_of};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{inject, refuse, settle};
use crate::support::{all, by_role, click_button, one, page, role, see_no_text, see_text, spoken_text, text};
use crate::vault::BILLING;
use crate::vaults_rig::{VaultsRig, rewrite, vault};

/// The container of the default world into which the vault may restore.
pub const CONTAINER: &str = "https://stcommercebackup.blob.core.windows.net/restored-files";

/// The instance that is restored.
pub fn instance() -> ResourceId {
    vault("bv-commerce-weu")
        .child("backupInstances", BILLING)
        .unwrap()
}

/// A restore of the newest recovery point as files that begin so.
pub async fn restore_of(rig: &VaultsRig, prefix: &str) -> RestoreRequest {
    let protection = rig.arm.data_protection();
    let points = protection.recovery_points(&instance(), None, None).unwrap();
    let points = points.collect().await.unwrap();
    let newest = points.into_iter().max_by_key(|point| point.time).unwrap();
    RestoreRequest {
        recovery_point_id: newest.recovery_point_id,
        store: VAULT_STORE.to_owned(),
        location: "westeurope".to_owned(),
        target: RestoreTarget::Files {
            url: CONTAINER.to_owned(),
            prefix: prefix.to_owned(),
            container: None,
        },
    }
}

/// Restores as somebody else; gives the job, which runs.
pub async fn restore(rig: &VaultsRig, prefix: &str) -> ResourceId {
    let protection = rig.arm.data_protection();
    let request = restore_of(rig, prefix).await;
    let since = rig.clock.now();
    let begun = protection.begin_restore(&instance(), &request).await;
    assert!(begun.is_ok());
    rig.pass(10).await;
    let jobs = protection.jobs(&vault("bv-commerce-weu")).unwrap();
    let jobs = jobs.collect().await.unwrap();
    let job = jobs
        .iter()
        .find(|job| job.is_for(&instance(), "Restore", since))
        .expect("the job");
    job.id.clone()
}

/// The page of a restore that somebody else has begun.
async fn page_of_restore(prepare: impl FnOnce(&mut World)) -> VaultsRig {
    let (rig, show) = page_of_some_job(prepare).await;
    let job = restore(&rig, "pg-billing-prod-1").await;
    show.set(Some(job));
    settle().await;
    rig
}

/// A page that shows a job once there is one.
pub async fn page_of_some_job(prepare: impl FnOnce(&mut World)) -> (VaultsRig, RwSignal<Option<ResourceId>>) {
    let shared = Arc::new(OnceLock::new());
    let given = shared.clone();
    let rig = VaultsRig::of("", prepare, move || {
        let shown = RwSignal::new(None::<ResourceId>);
        given.set(shown).unwrap();
        view_of(move || match shown.get() {
            Some(job) => view! { <JobPage job /> }.into_any(),
            None => ().into_any(),
        })
    })
    .await;
    (rig, *shared.get().unwrap())
}

/// The value of a fact.
fn fact(key: &str) -> String {
    let facts = all(".instance-about > div");
    let fact = facts
        .iter()
        .find(|fact| text(&fact.query_selector("dt").unwrap().unwrap()) == key)
        .unwrap_or_else(|| panic!("no fact {key}: {}", page()));
    spoken_text(&fact.query_selector("dd").unwrap().unwrap()).replace('\u{a0}', " ")
}

fn state() -> String {
    text(&one(".job-state"))
}

#[wasm_bindgen_test]
async fn a_restore_is_told_in_full_and_followed_to_its_end() {
    let rig = page_of_restore(|_| ()).await;
    assert_eq!(state(), "In progress");
    assert_eq!(text(&one(".job-what")), "Restore as files of pg-billing-prod");
    assert_eq!(
        text(&one(".page-subtitle")),
        "Restore of pg-billing-prod · Vault bv-commerce-weu · West Europe"
    );
    for (key, expected) in [
        ("Datasource", "pg-billing-prod"),
        ("Backup instance", BILLING),
        ("Backup vault", "bv-commerce-weu"),
        ("Started (UTC)", "2026-03-12 09:41:04 just now"),
        ("Ended (UTC)", "Not yet"),
        ("Triggered by", "On demand"),
        ("Recovery point", "2026-03-08 02:00:00 4 days ago"),
        ("Target container", "stcommercebackup / restored-files"),
        ("File prefix", "pg-billing-prod-1"),
        ("Policy", "pgflex-long-term"),
    ] {
        assert_eq!(fact(key), expected, "{key}");
    }
    let task = || text(&one(".table-tasks tbody tr")).replace('\u{a0}', " ");
    assert_eq!(task(), "Trigger RestoreIn progress0 %");
    let href = role("link", BILLING).get_attribute("href").unwrap();
    assert!(
        href.ends_with(&format!("/bv-commerce-weu/instances/{BILLING}")),
        "{href}"
    );
    for _ in 0..24 {
        rig.pass(15).await;
    }
    assert_eq!(state(), "In progress");
    let percent = text(&one(".job-card .caption"));
    assert!(
        percent.replace('\u{a0}', " ").ends_with(" %") && !percent.starts_with('0'),
        "{percent}"
    );
    assert_eq!(role("progressbar", "Progress of the job").tag_name(), "PROGRESS");
    for _ in 0..30 {
        rig.pass(15).await;
    }
    assert_eq!(state(), "Completed");
    assert!(by_role("progressbar", "Progress of the job").is_empty());
    see_text("Restore of 'pg-billing-prod': completed.");
    let asked = rig.asked("/backupJobs/");
    rig.pass(60).await;
    assert_eq!(
        rig.asked("/backupJobs/"),
        asked,
        "what has ended is not read again"
    );
    assert_eq!(text(&one(".job-time")).replace('\u{a0}', " "), "12 min 0 s");
}

#[wasm_bindgen_test]
async fn a_job_read_that_answers_504_keeps_what_is_known_and_goes_on() {
    let rig = page_of_restore(|_| ()).await;
    let gateway = |world: &mut World| {
        let words = "The gateway did not receive a response from 'Microsoft.DataProtection'.";
        refuse(world, Method::Get, "/backupJobs/", 504, "GatewayTimeout", words);
    };
    gateway(&mut rig.world.borrow_mut());
    for _ in 0..8 {
        rig.pass(60).await;
    }
    see_text("The gateway did not receive a response");
    assert_eq!(state(), "In progress", "{}", page());
    rig.world.borrow_mut().faults().clear();
    for _ in 0..20 {
        rig.pass(60).await;
    }
    assert_eq!(state(), "Completed");
    see_no_text("The gateway did not receive a response");
}

#[wasm_bindgen_test]
async fn a_job_that_cannot_be_read_at_first_is_asked_for_again_by_itself() {
    let (rig, show) = page_of_some_job(|_| ()).await;
    let job = restore(&rig, "p").await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        "/backupJobs/",
        504,
        "GatewayTimeout",
        "No response.",
    );
    show.set(Some(job));
    for _ in 0..8 {
        rig.pass(60).await;
    }
    see_text("The job could not be read");
    rig.world.borrow_mut().faults().clear();
    for _ in 0..8 {
        rig.pass(60).await;
    }
    assert_eq!(text(&one(".job-what")), "Restore as files of pg-billing-prod");
}

#[wasm_bindgen_test]
async fn a_job_that_is_not_there_or_may_not_be_seen_says_so() {
    let (rig, show) = page_of_some_job(|_| ()).await;
    let nobody = vault("bv-commerce-weu").child("backupJobs", "nobody").unwrap();
    show.set(Some(nobody.clone()));
    settle().await;
    see_text("It is not there");
    let asked = rig.asked("/backupJobs/");
    rig.pass(60).await;
    assert_eq!(rig.asked("/backupJobs/"), asked);
    let denied = "The client 'x' with object id 'x' does not have authorization to perform action \
                  'Microsoft.DataProtection/backupVaults/backupJobs/read' over scope '/subscriptions/s/resourceGroups/rg-backup-prod'.";
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        "/backupJobs/",
        403,
        "AuthorizationFailed",
        denied,
    );
    show.set(None);
    settle().await;
    show.set(Some(nobody));
    settle().await;
    see_text("You may not see the job");
    see_text("Microsoft.DataProtection/backupVaults/backupJobs/read");
}

#[wasm_bindgen_test]
async fn each_end_says_what_azure_says_of_it() {
    for (end, expected, title) in [
        (JobEnd::Failed, "Failed", "The restore failed"),
        (JobEnd::Cancelled, "Cancelled", "The restore was cancelled"),
        (
            JobEnd::CompletedWithWarnings,
            "Completed with warnings",
            "The restore completed with a warning",
        ),
    ] {
        let rig = page_of_restore(|world| {
            let kind = FaultKind::EndJob {
                end,
                code: "UserErrorContainerNotAccessible".to_owned(),
                message: "The container cannot be reached.".to_owned(),
            };
            inject(world, Method::Post, "/restore", kind);
        })
        .await;
        for _ in 0..60 {
            rig.pass(15).await;
        }
        assert_eq!(state(), expected);
        see_text(title);
        see_text("The container cannot be reached.");
        see_text("UserErrorContainerNotAccessible");
    }
}

#[wasm_bindgen_test]
async fn a_failed_job_names_who_lacks_what_and_one_without_a_word_says_that() {
    let rig = page_of_restore(|_| ()).await;
    let principal = rig
        .arm
        .data_protection()
        .vault(&vault("bv-commerce-weu"))
        .await
        .unwrap()
        .principal_id
        .unwrap();
    let end = |rig: &VaultsRig, errors: serde_json::Value| {
        rewrite(&mut rig.world.borrow_mut(), |documents| {
            let jobs = documents.iter_mut().filter(|(id, _)| id.contains("/backupjobs/"));
            for (_, job) in jobs {
                job["properties"]["status"] = "Failed".into();
                job["properties"]["endTime"] = "2026-03-12T09:42:00Z".into();
                job["properties"]["errorDetails"] = errors.clone();
            }
        });
    };
    let lacking = serde_json::json!([{
        "code": "UserErrorMissingRequiredPermissions", "message": "Appropriate permissions to perform the operation is missing.",
        "recommendedAction": ["Grant the role, then try again. See https://aka.ms/UserErrorMissingRequiredPermissions"],
        "properties": { "ActivityId": "activity-1" },
        "innerError": { "code": "AuthorizationFailed", "additionalInfo": { "DetailedNonLocalisedMessage":
            format!("The client '{principal}' with object id '{principal}' does not have authorization to perform action \
             'Microsoft.Storage/storageAccounts/read' over scope '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta'.") } },
    }]);
    end(&rig, lacking);
    click_button("Refresh").await;
    settle().await;
    assert_eq!(state(), "Failed");
    for words in [
        "The restore failed",
        "The identity of vault bv-commerce-weu",
        "Microsoft.Storage/storageAccounts/read",
        "Azure recommends:",
        "activity-1",
    ] {
        see_text(words);
    }
    end(&rig, serde_json::Value::Null);
    click_button("Refresh").await;
    settle().await;
    see_text("Azure gives no reason. The activity id below is what its support asks for.");
    rewrite(&mut rig.world.borrow_mut(), |documents| {
        let jobs = documents.iter_mut().filter(|(id, _)| id.contains("/backupjobs/"));
        jobs.for_each(|(_, job)| job["properties"]["activityID"] = serde_json::Value::Null);
    });
    click_button("Refresh").await;
    settle().await;
    see_text("Azure gives no reason, and no activity id that its support would ask for.");
}
