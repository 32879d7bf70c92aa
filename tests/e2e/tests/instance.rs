//! A backup instance from its protection to its deletion and back: the document *Back up Azure Database for PostgreSQL -
//! Flexible servers using REST API*, *Stop protection and delete data*, and what its page does beside that.

use e2e::portal::{JONAS, MIRA};
use e2e::{Name, Page, Stage};

const VAULTS: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod";
const BILLING: &str = "bv-commerce-weu/instances/pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
const ANALYTICS: &str = "bv-insights-neu/instances/pg-analytics-957d23b1-c679-4c94-ade6-c4d34635e104";
const TELEMETRY_SERVER: &str = "/servers/11111111-1111-4111-8111-111111111111/rg-insights/\
     pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char/protection";
const TELEMETRY: &str =
    "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char-957d23b1-c679-4c94-ade6-c4d34635e106";
const POINTS: &str = "Recovery points, newest first";

fn path(instance: &str) -> String {
    format!("{VAULTS}/{instance}")
}

async fn see_instance(page: &Page, state: &str) {
    page.see_text(state).await;
    page.see("heading", "Recovery points").await;
}

/// How often a request of this method has gone to a path that ends so.
async fn sent(stage: &mut Stage, method: &str, end: &str) -> usize {
    let requests = stage.requests().await;
    let is_it = |url: &str| url.split('?').next().is_some_and(|path| path.ends_with(end));
    let sent = requests
        .iter()
        .filter(|request| request.method == method && is_it(&request.url));
    sent.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_protection_and_delete_data_ends_in_the_bell_and_undelete_brings_it_back_stopped() {
    let mut stage = Stage::with_emulator_server().await;
    // What is deleted softly is looked for where it was before.
    stage.announce_console_error("status of 404");
    stage.open_as(MIRA, TELEMETRY_SERVER).await;
    let page = stage.page().clone();
    page.see_text("Backup schedules suspended").await;
    page.click("link", TELEMETRY).await;
    page.see("heading", TELEMETRY).await;
    see_instance(&page, "Backups are suspended.").await;

    page.click("button", "Stop backup").await;
    let pane = page.see("dialog", "Stop backup").await;
    page.click("radio", "Delete backup data").await;
    pane.see_text("the oldest of").await;
    pane.see_text("until then the backup instance can be undeleted")
        .await;
    pane.see("textbox", Name::containing("Name of the backup instance"))
        .await
        .fill_in(TELEMETRY)
        .await;
    stage.inspect("delete-backup-data").await;
    pane.click_inside("button", "Delete backup data").await;
    page.until_gone("dialog", "Stop backup").await;
    page.see_notification("Backup data is being deleted").await;
    page.see_notification("Backup data deleted").await;
    page.see_text("This backup instance is soft-deleted.").await;
    stage.inspect("soft-deleted").await;

    page.reload().await;
    page.see_text("This backup instance is soft-deleted.").await;
    page.click("button", "Undelete").await;
    let question = page.see("dialog", "Undelete backup instance").await;
    question.click_inside("button", "Undelete").await;
    page.see_notification("Backup instance undeleted").await;
    page.see_text("Protection is stopped.").await;
    page.see("table", POINTS).await;

    page.click("button", "Resume backup").await;
    let question = page.see("dialog", "Resume backup").await;
    question.click_inside("button", "Resume").await;
    page.see_notification("Protection resumed").await;
    page.see_text("Protection configured").await;
    for (method, end) in [
        ("DELETE", TELEMETRY),
        ("POST", "/undelete"),
        ("POST", "/resumeProtection"),
    ] {
        assert_eq!(sent(&mut stage, method, end).await, 1, "{method} {end}");
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_now_goes_on_over_a_reload_until_the_bell_says_that_it_is_completed() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = 20.0);
    stage.open_as(MIRA, &path(BILLING)).await;
    let page = stage.page().clone();
    see_instance(&page, "Protection configured").await;
    let before = page.rows(POINTS).await.len();
    page.click("button", "Backup now").await;
    let pane = page.see("dialog", "Backup now").await;
    page.click("radio", "Yearly").await;
    stage.inspect("backup-now").await;
    pane.click_inside("button", "Back up").await;
    page.until_gone("dialog", "Backup now").await;
    page.see_notification("Backup to the vault initiated").await;

    page.reload().await;
    page.see_text("Backup to the vault initiated").await;
    stage.inspect("backup-running").await;
    page.see_notification("Backup to the vault completed").await;
    let row = page.expect_row(POINTS, &[("Retention tag", "Yearly")]).await;
    assert!(row["Data stores"].starts_with("Vault store"), "{row:#?}");
    assert_eq!(page.rows(POINTS).await.len(), before + 1);
    assert_eq!(sent(&mut stage, "POST", "/backup").await, 1);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_that_are_retained_as_per_policy_are_resumed_after_a_reload() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &path(BILLING)).await;
    let page = stage.page().clone();
    see_instance(&page, "Protection configured").await;
    page.click("button", "Stop backup").await;
    let pane = page.see("dialog", "Stop backup").await;
    page.click("radio", "Retain as per policy").await;
    pane.click_inside("button", "Stop backup").await;
    page.see_notification("Backups suspended").await;
    page.see_text("Backup schedules suspended").await;

    page.reload().await;
    page.see_text("Backups are suspended.").await;
    page.click("button", "Resume backup").await;
    let question = page.see("dialog", "Resume backup").await;
    question.see_text("every Sunday at 02:00 UTC").await;
    question.click_inside("button", "Resume").await;
    page.see_notification("Backups resumed").await;
    page.see_text("Protection configured").await;
    assert_eq!(sent(&mut stage, "POST", "/suspendBackups").await, 1);
    assert_eq!(sent(&mut stage, "POST", "/resumeBackups").await, 1);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_policy_is_taken_once_azure_says_that_it_protects_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &path(BILLING)).await;
    let page = stage.page().clone();
    see_instance(&page, "Protection configured").await;
    page.click("button", "Change policy").await;
    let pane = page.see("dialog", "Change policy").await;
    page.click("radio", "pgflex-weekly").await;
    pane.see_text("Retention: Kept for 3 months.").await;
    stage.inspect("change-policy").await;
    pane.click_inside("button", "Change policy").await;
    page.see_notification("Backup policy changed").await;
    page.see("link", "pgflex-weekly").await;
    assert_eq!(
        sent(&mut stage, "PUT", BILLING.rsplit('/').next().unwrap_or_default()).await,
        1
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_told_in_the_pane_what_is_missing() {
    let mut stage = Stage::with_emulator_server().await;
    stage.keep_rights_unknown();
    stage.open_as(JONAS, &path(BILLING)).await;
    let page = stage.page().clone();
    see_instance(&page, "Protection configured").await;
    page.click("button", "Backup now").await;
    let pane = page.see("dialog", "Backup now").await;
    pane.click_inside("button", "Back up").await;
    pane.see_text("The backup was not started").await;
    pane.see_text("Microsoft.DataProtection/backupVaults/backupInstances/backup/action")
        .await;
    assert_eq!(
        sent(&mut stage, "POST", "/backup").await,
        1,
        "a refusal is not repeated"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_its_panes_work_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &path(BILLING)).await;
    let page = stage.page();
    see_instance(page, "Protection configured").await;
    page.see("table", POINTS).await;
    stage.works_in_every_view("instance").await;
    page.click("button", "Stop backup").await;
    page.see("dialog", "Stop backup").await;
    page.click("radio", "Delete backup data").await;
    page.see_text("What this takes away").await;
    stage.works_in_every_view("stop-backup").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_protection_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &path(ANALYTICS)).await;
    let page = stage.page();
    page.see_text("Protection could not be configured.").await;
    page.see_text("The identity of vault bv-insights-neu").await;
    stage.works_in_every_view("instance-failed").await;
    stage.finish().await;
}
