//! The policies and the jobs of a backup vault, by what a user sees.

use pg_backup_portal::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::settle;
use crate::servers_rig::until;
use crate::support::{
    all, by_role, click_button, description, focused, one, page, press, role, see_text, spoken_text, text,
    type_into,
};
use crate::vault::{BILLING, page_of};
use crate::vaults_rig::{cell, names, rewrite, vault};

#[wasm_bindgen_test]
async fn policies_are_told_in_words_with_who_uses_them_and_in_full_with_their_points() {
    let _rig = page_of("bv-commerce-weu", "?tab=policies", |_| ()).await;
    assert_eq!(text(&one(".tabs [aria-current=page]")), "Policies");
    assert_eq!(names(), ["pgflex-long-term", "pgflex-weekly", "pgsingle-weekly"]);
    see_text("3 policies · read at");
    for (name, label, expected) in [
        ("pgflex-long-term", "Schedule", "Every Sunday at 02:00 UTC"),
        (
            "pgflex-long-term",
            "Retention",
            "Kept for 3 months; the first of a month for 1 year; the first of a year for 10 years",
        ),
        ("pgflex-weekly", "Retention", "Kept for 3 months"),
        ("pgflex-weekly", "Used by", "Nothing"),
        ("pgsingle-weekly", "Used by", "2 instances"),
        ("pgsingle-weekly", "Type", "Database of a single server"),
    ] {
        assert_eq!(cell(name, label), expected, "{name}: {label}");
    }
    role("button", "pgflex-long-term").focus().unwrap();
    click_button("pgflex-long-term").await;
    settle().await;
    let pane = role("dialog", "pgflex-long-term");
    let query = window().location().search().unwrap();
    assert_eq!(query, "?tab=policies&policy=pgflex-long-term");
    for part in [
        "Yearly",
        "Monthly",
        "10 years",
        "Recovery points on a day",
        "/backupPolicies/pgflex-long-term",
    ] {
        assert!(text(&pane).contains(part), "{part:?} is not in {:?}", text(&pane));
    }
    press(&pane, "Escape").await;
    settle().await;
    assert!(by_role("dialog", "pgflex-long-term").is_empty());
    assert_eq!(focused(), "pgflex-long-term");
}

#[wasm_bindgen_test]
async fn a_policy_that_nothing_uses_is_deleted_after_a_question_and_the_next_row_has_the_focus() {
    let rig = page_of("bv-commerce-weu", "?tab=policies", |_| ()).await;
    let used = role("button", "Delete pgsingle-weekly");
    assert_eq!(used.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert_eq!(
        description(&used),
        "2 instances use it. Change their policies first, or delete what they protect."
    );
    used.click();
    settle().await;
    assert!(by_role("alertdialog", "Delete policy").is_empty());

    click_button("Delete pgflex-weekly").await;
    settle().await;
    see_text("Are you sure you want to delete the policy 'pgflex-weekly' of vault 'bv-commerce-weu'?");
    assert_eq!(focused(), "Cancel");
    let dialog = role("alertdialog", "Delete policy");
    let buttons = dialog.query_selector_all("button").unwrap();
    let delete = (0..buttons.length())
        .map(|index| buttons.get(index).unwrap())
        .find(|button| button.text_content().as_deref() == Some("Delete"));
    wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(delete.unwrap()).click();
    settle().await;
    assert!(by_role("alertdialog", "Delete policy").is_empty(), "{}", page());
    assert_eq!(names(), ["pgflex-long-term", "pgsingle-weekly"]);
    until("the focus on the next row", || focused() == "pgsingle-weekly").await;
    let policies = rig
        .arm
        .data_protection()
        .policies(&vault("bv-commerce-weu"))
        .await;
    assert_eq!(policies.unwrap().len(), 2, "Azure has deleted it as well");
}

#[wasm_bindgen_test]
async fn azures_refusal_to_delete_a_policy_stays_in_the_dialog() {
    let rig = page_of("bv-commerce-weu", "?tab=policies", |_| ()).await;
    // Somebody puts something under the policy meanwhile.
    rewrite(&mut rig.world.borrow_mut(), |documents| {
        let (_, instance) = documents
            .iter_mut()
            .find(|(id, _)| id.ends_with(BILLING))
            .unwrap();
        let policy = instance["properties"]["policyInfo"]["policyId"].as_str().unwrap();
        instance["properties"]["policyInfo"]["policyId"] =
            policy.replace("pgflex-long-term", "pgflex-weekly").into();
    });
    click_button("Delete pgflex-weekly").await;
    settle().await;
    all("dialog .button-danger")[0].click();
    settle().await;
    role("alertdialog", "Delete policy");
    see_text("The policy was not deleted");
    let said = text(&one("dialog .message-error"));
    assert!(said.contains(BILLING), "{said}");
    click_button("Cancel").await;
    settle().await;
    assert_eq!(names().len(), 3);
}

#[wasm_bindgen_test]
async fn jobs_are_listed_newest_first_and_each_leads_to_its_page() {
    let _rig = page_of("bv-commerce-weu", "?tab=jobs", |_| ()).await;
    assert_eq!(text(&one(".tabs [aria-current=page]")), "Jobs");
    let started: Vec<_> = all("table [data-label=Started] time")
        .iter()
        .map(|time| time.get_attribute("datetime").unwrap())
        .collect();
    assert!(started.len() > 2, "{started:?}");
    assert!(started.is_sorted_by(|a, b| a >= b), "{started:?}");
    let first = &all("table tbody tr:not(.window-room)")[0];
    assert!(spoken_text(first).contains("Completed"), "{}", spoken_text(first));
    assert!(spoken_text(first).contains("Schedule"), "{}", spoken_text(first));
    let href = all("table .cell-name a")[0].get_attribute("href").unwrap();
    assert!(href.contains("/bv-commerce-weu/jobs/"), "{href}");
    click_button("Duration").await;
    settle().await;
    assert_eq!(window().location().search().unwrap(), "?tab=jobs&sort=-duration");
    click_button("State : All").await;
    role("radio", "Failed").click();
    settle().await;
    role("heading", "No job matches these filters.");
    click_button("Clear filters").await;
    settle().await;
    type_into(&role("searchbox", "Search by datasource"), "invoices").await;
    settle().await;
    assert!(!names().is_empty());
    assert!(
        names()
            .iter()
            .all(|name| name.starts_with("Backup of invoices on ")),
        "{:?}",
        names()
    );
}

#[wasm_bindgen_test]
async fn a_job_that_runs_is_followed_to_its_end_and_a_failed_one_says_why() {
    let rig = page_of("bv-commerce-weu", "?tab=jobs", |_| ()).await;
    let once = rig.asked("/backupJobs?");
    rig.pass(60).await;
    assert_eq!(
        rig.asked("/backupJobs?"),
        once,
        "nothing runs, so nothing is read again"
    );
    let protection = rig.arm.data_protection();
    let instance = vault("bv-commerce-weu")
        .child("backupInstances", BILLING)
        .unwrap();
    let begun = protection
        .begin_backup(&instance, "BackupWeekly", Some("Default"))
        .await;
    assert!(begun.is_ok());
    rig.pass(30).await;
    click_button("Refresh").await;
    settle().await;
    let row = || spoken_text(&all("table tbody tr:not(.window-room)")[0]);
    assert!(row().contains("In progress"), "{}", row());
    assert!(
        row().contains("so far") && row().contains("On demand"),
        "{}",
        row()
    );
    for _ in 0..40 {
        rig.pass(15).await;
    }
    assert!(row().contains("Completed"), "{}", row());
    see_text("Backup of 'pg-billing-prod': completed.");
    let ended = rig.asked("/backupJobs?");
    rig.pass(60).await;
    assert_eq!(rig.asked("/backupJobs?"), ended);

    rewrite(&mut rig.world.borrow_mut(), |documents| {
        let jobs = documents.iter_mut().filter(|(id, _)| id.contains("/backupjobs/"));
        for (_, job) in jobs {
            job["properties"]["status"] = "Failed".into();
            job["properties"]["errorDetails"] = serde_json::json!([{
                "code": "UserErrorServerStopped", "message": "The server is stopped.",
                "recommendedAction": ["Start the server, then try again."],
            }]);
        }
    });
    click_button("Refresh").await;
    settle().await;
    assert!(row().contains("Failed UserErrorServerStopped"), "{}", row());
}

#[wasm_bindgen_test]
async fn a_policy_is_created_from_its_tab_and_comes_into_the_list() {
    let _rig = page_of("bv-commerce-weu", "?tab=policies", |_| ()).await;
    click_button("Create policy").await;
    role("menuitem", "For flexible servers").click();
    settle().await;
    let pane = role("dialog", "Create backup policy");
    let name = all("dialog input[type=text]")[0].clone();
    type_into(&name, "weekly-new").await;
    settle().await;
    all("dialog .pane-footer .button-primary")[0].click();
    settle().await;
    assert!(
        by_role("dialog", "Create backup policy").is_empty(),
        "{}",
        text(&pane)
    );
    assert_eq!(
        names(),
        [
            "pgflex-long-term",
            "pgflex-weekly",
            "pgsingle-weekly",
            "weekly-new"
        ]
    );
    assert_eq!(cell("weekly-new", "Type"), "Flexible server");
    assert_eq!(cell("weekly-new", "Used by"), "Nothing");
}
