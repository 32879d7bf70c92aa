//! The jobs of all vaults, by what a user sees.

use arm_core::Method;
use arm_emulator::World;
use std::sync::{Arc, OnceLock};

use pg_backup_portal::{hooks::use_async_operation, pages::JobsPage, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{delay, refuse, settle};
use crate::job::{instance, restore, restore_of};
use crate::support::{
    all, by_role, click_button, one, page, role, see_no_text, see_text, spoken_text, text, type_into,
};
use crate::vaults_rig::{VaultsRig, names, rewrite};

const JOB: &str = "/backupjobs/";

async fn page_with(query: &str, prepare: impl FnOnce(&mut World)) -> VaultsRig {
    VaultsRig::of(query, prepare, || view! { <JobsPage /> }.into_any()).await
}

fn rows() -> Vec<String> {
    let rows = all("table tbody tr:not(.window-room)");
    rows.iter()
        .map(|row| spoken_text(row).replace('\u{a0}', " "))
        .collect()
}

/// Ends or changes all jobs of the world whose id has this in it.
fn change(world: &mut World, part: &str, change: impl Fn(&mut serde_json::Value)) {
    rewrite(world, |documents| {
        let jobs = documents
            .iter_mut()
            .filter(|(id, _)| id.contains(JOB) && id.contains(part));
        for (_, job) in jobs {
            change(&mut job["properties"]);
        }
    });
}

#[wasm_bindgen_test]
async fn the_jobs_of_all_vaults_are_listed_newest_first_and_lead_to_their_pages() {
    let rig = page_with("", |_| ()).await;
    let number = rig.arm.data_protection().all_jobs().await.unwrap().len();
    see_text(&format!("{number} jobs · read at 09:41:00 UTC"));
    see_text(&format!("{number} jobs in 3 subscriptions"));
    let started: Vec<_> = all("table [data-label=Started] time")
        .iter()
        .map(|time| time.get_attribute("datetime").unwrap())
        .collect();
    assert!(started.len() > 10, "{started:?}");
    assert!(started.is_sorted_by(|a, b| a >= b), "{started:?}");
    let vaults = ["bv-commerce-weu", "bv-archive-gwc"];
    for vault in vaults {
        assert!(
            rows().iter().any(|row| row.contains(vault)),
            "{vault}: {:?}",
            rows()
        );
    }
    assert!(
        names().contains(&"Backup of invoices on pgs-legacy".to_owned()),
        "{:?}",
        names()
    );
    let href = all("table .cell-name a")[0].get_attribute("href").unwrap();
    assert!(href.starts_with("/vaults/") && href.contains("/jobs/"), "{href}");
    assert_eq!(text(&one("#menu [aria-current=page]")), "Jobs");
    let asked = rig.asked("/providers/Microsoft.ResourceGraph");
    rig.pass(60).await;
    assert_eq!(
        rig.asked("/providers/Microsoft.ResourceGraph"),
        asked,
        "nothing runs, so nothing is read again"
    );
}

#[wasm_bindgen_test]
async fn filters_search_and_order_are_in_the_address_and_are_said() {
    let rig = page_with("?time=7d&vault=bv-commerce-weu&sort=datasource", |_| ()).await;
    assert_eq!(
        names(),
        ["Backup of invoices on pgs-legacy", "Backup of pg-billing-prod"]
    );
    click_button("Clear Started filter").await;
    settle().await;
    let of_vault = rows().len();
    assert!(of_vault > 2, "{:?}", rows());
    click_button("Clear Vault filter").await;
    settle().await;
    assert!(rows().len() > of_vault, "{:?}", rows());
    click_button("Duration").await;
    settle().await;
    see_text("Sorted by duration, longest first.");
    click_button("State : All").await;
    role("radio", "Failed").click();
    settle().await;
    role("heading", "No job matches these filters.");
    click_button("Clear filters").await;
    settle().await;
    assert_eq!(window().location().search().unwrap(), "?sort=-duration");
    click_button("Operation : All").await;
    role("radio", "Backup").click();
    settle().await;
    let all_jobs = rig.arm.data_protection().all_jobs().await.unwrap();
    see_text(&format!("{} jobs.", all_jobs.len()));
    // What is pasted may be the id that Azure gave, whole or by its name.
    let wanted = &all_jobs[3].id;
    for id in [wanted.as_str().to_uppercase(), wanted.name().to_owned()] {
        type_into(&role("searchbox", "Search by datasource or job ID"), &id).await;
        settle().await;
        assert_eq!(rows().len(), 1, "{id}");
        let href = all("table .cell-name a")[0].get_attribute("href").unwrap();
        assert!(href.ends_with(wanted.name()), "{href}");
    }
}

#[wasm_bindgen_test]
async fn a_job_that_runs_is_followed_by_its_own_vault_while_the_list_cannot_be_read() {
    let rig = page_with("", |_| ()).await;
    restore(&rig, "p").await;
    click_button("Refresh").await;
    settle().await;
    assert!(
        rows()[0].starts_with("Restore of pg-billing-prod") && rows()[0].contains("In progress"),
        "{:?}",
        rows()[0]
    );
    see_text("1 in progress");
    let graph = "/providers/Microsoft.ResourceGraph";
    for _ in 0..70 {
        rig.world.borrow_mut().faults().clear();
        refuse(
            &mut rig.world.borrow_mut(),
            Method::Post,
            graph,
            503,
            "ServiceUnavailable",
            "Busy.",
        );
        rig.pass(15).await;
    }
    see_text("Busy.");
    assert!(rows()[0].contains("Completed"), "{:?}", rows()[0]);
    see_text("Restore of 'pg-billing-prod': completed.");
    see_no_text("1 in progress");
    rig.world.borrow_mut().faults().clear();
    click_button("Refresh").await;
    // A reading that was under way comes to its end.
    rig.pass(60).await;
    rig.pass(60).await;
    let asked = rig.asked(graph);
    rig.pass(60).await;
    assert_eq!(rig.asked(graph), asked, "what has ended is not read again");
}

#[wasm_bindgen_test]
async fn a_refresh_while_the_vaults_are_asked_does_not_end_the_asking_for_ever() {
    let rig = page_with("", |_| ()).await;
    restore(&rig, "p").await;
    delay(&mut rig.world.borrow_mut(), Method::Get, "/backupJobs/");
    click_button("Refresh").await;
    settle().await;
    assert!(rows()[0].contains("In progress"), "{:?}", rows()[0]);
    click_button("Refresh").await;
    settle().await;
    // From now on only the vault can tell.
    rig.world.borrow_mut().faults().clear();
    for _ in 0..70 {
        refuse(
            &mut rig.world.borrow_mut(),
            Method::Post,
            "/providers/Microsoft.ResourceGraph",
            503,
            "ServiceUnavailable",
            "Busy.",
        );
        rig.pass(15).await;
        rig.world.borrow_mut().faults().clear();
    }
    assert!(rows()[0].contains("Completed"), "{:?}", rows()[0]);
}

#[wasm_bindgen_test]
async fn a_job_whose_vault_answers_504_stays_as_it_was_and_is_asked_for_again() {
    let rig = page_with("", |_| ()).await;
    restore(&rig, "p").await;
    let words = "The gateway did not receive a response.";
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        "/backupJobs/",
        504,
        "GatewayTimeout",
        words,
    );
    click_button("Refresh").await;
    for _ in 0..10 {
        rig.pass(15).await;
    }
    assert!(rows()[0].contains("In progress"), "{:?}", rows()[0]);
    rig.world.borrow_mut().faults().clear();
    for _ in 0..70 {
        rig.pass(15).await;
    }
    assert!(rows()[0].contains("Completed"), "{:?}", rows()[0]);
}

#[wasm_bindgen_test]
async fn without_a_job_without_access_and_when_it_fails_the_page_says_what_it_is() {
    let rig = page_with("", |world| {
        rewrite(world, |documents| documents.retain(|id, _| !id.contains(JOB)));
    })
    .await;
    role("heading", "No jobs yet");
    assert!(!by_role("link", "Show backup vaults").is_empty());
    drop(rig);
    let rig = page_with("", |world| {
        let words =
            "The client does not have authorization to perform action 'x' over scope '/subscriptions/s'.";
        refuse(
            world,
            Method::Post,
            "/providers/Microsoft.ResourceGraph",
            403,
            "AuthorizationFailed",
            words,
        );
    })
    .await;
    role("heading", "You may not see the jobs of any subscription");
    see_text("Microsoft.DataProtection/backupVaults/backupJobs/read");
    drop(rig);
    let rig = page_with("", |world| {
        refuse(
            world,
            Method::Post,
            "/providers/Microsoft.ResourceGraph",
            400,
            "BadRequest",
            "Query is invalid.",
        );
    })
    .await;
    see_text("The list of jobs could not be read");
    see_text("Query is invalid.");
    rig.world.borrow_mut().faults().clear();
    click_button("Try again").await;
    settle().await;
    assert!(!rows().is_empty(), "{}", page());
}

#[wasm_bindgen_test]
async fn a_job_of_ones_own_is_there_before_the_list_tells_of_it() {
    let shared = Arc::new(OnceLock::new());
    let given = shared.clone();
    let rig = VaultsRig::of(
        "",
        |_| (),
        move || {
            given.set(use_async_operation().restore).ok().unwrap();
            view! { <JobsPage /> }.into_any()
        },
    )
    .await;
    let number = rows().len();
    let (request, instance) = (restore_of(&rig, "mine").await, instance());
    let graph = "/providers/Microsoft.ResourceGraph";
    let asked = rig.asked(graph);
    shared.get().unwrap().run((instance, request, None));
    settle().await;
    rig.pass(30).await;
    rig.pass(10).await;
    assert_eq!(rows().len(), number + 1, "{}", page());
    assert!(
        rows()[0].starts_with("Restore of pg-billing-prod"),
        "{:?}",
        rows()[0]
    );
    assert!(rig.asked(graph) <= asked + 2, "it is read from its vault");
}

#[wasm_bindgen_test]
async fn states_of_every_kind_are_told_apart() {
    let rig = page_with("?sort=state", |world| {
        let states = [
            "Failed",
            "CompletedWithWarnings",
            "Cancelled",
            "Pondering",
            "Succeeded",
        ];
        let next = std::cell::Cell::new(0);
        change(world, "bv-commerce-weu", |job| {
            job["status"] = states[next.get() % states.len()].into();
            if job["status"] == "Pondering" {
                job["endTime"] = serde_json::Value::Null;
            }
            next.set(next.get() + 1);
        });
    })
    .await;
    let page = page();
    for word in [
        "Failed",
        "Completed with warnings",
        "Cancelled",
        "Pondering",
        "Succeeded",
    ] {
        assert!(page.contains(word), "{word} is not in {page}");
    }
    assert!(rows()[0].contains("Failed"), "{:?}", rows()[0]);
    // A word that is not known may be one of those that run.
    assert!(rig.asked("/backupJobs/") > 0);
}
