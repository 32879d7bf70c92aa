//! What may be done here: a portal that is read-only, acts that are hidden, rights that are missing.

use e2e::portal::{BACKUPS, BACKUPS_TABLE, JONAS, MIRA, RETENTION, SERVER, VAULT};
use e2e::{Name, Page, Stage};
use serde_json::json;

const WRITE: &str = "Microsoft.DBforPostgreSQL/flexibleServers/backups/write";
const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const JONAS_ID: &str = "0a1b2c3d-0000-4000-8000-000000000002";
const INSTANCE: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu/instances/\
     pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
const NOT_NOW: &str = "The portal is read-only here.";

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_is_read_only_says_so_and_sends_nothing_that_changes_anything() {
    let mut stage = Stage::with_more_config(json!({ "readOnly": true })).await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    page.see_text("Read-only: this portal is configured to change nothing in Azure.")
        .await;
    page.click_unusable("button", "Backup now").await;
    page.see_text(NOT_NOW).await;
    page.click_unusable("button", "Delete before-schema-v42").await;
    page.until_keys_work().await;
    page.press("b").await;
    stage.works_in_every_view("read-only").await;
    assert!(!page.has("dialog", "Take backup").await);

    // A form can be opened by its link, and says the same.
    stage.open(&format!("{BACKUPS}?pane=take-backup")).await;
    let pane = page.see("dialog", "Take backup").await;
    page.click_unusable("button", "Trigger").await;
    pane.see_text(NOT_NOW).await;
    for (path, command) in [
        (RETENTION, "Start long-term backup"),
        (VAULT, "Configure backup"),
        ("/vaults", "Create vault"),
        (INSTANCE, "Stop backup"),
    ] {
        stage.open(path).await;
        page.click_unusable("button", command).await;
        page.see_text(NOT_NOW).await;
    }
    assert_eq!(changes(&mut stage).await, Vec::<String>::new());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_is_on_no_page_and_a_link_to_it_says_that_it_is_not_offered() {
    let hide = json!({ "hide": ["take-backup", "backup-now", "protect"] });
    let mut stage = Stage::with_more_config(hide).await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    assert!(!page.has("button", "Backup now").await);
    assert!(
        page.has("button", "Delete before-schema-v42").await,
        "that is not hidden"
    );
    page.press("b").await;
    page.press("?").await;
    let help = page.see("dialog", "Help").await;
    help.see_text("Search the list").await;
    assert!(!page.text().await.contains("Backup now"));

    stage.open(&format!("{BACKUPS}?pane=take-backup")).await;
    page.see("dialog", "Take backup").await;
    page.see_text("This is not offered here.").await;
    stage.inspect("not-offered-pane").await;
    stage.open("/protect").await;
    page.see("heading", "This is not offered here").await;
    stage.inspect("not-offered-page").await;
    assert_eq!(changes(&mut stage).await, Vec::<String>::new());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_told_what_is_missing_before_the_click_and_goes_on_once_it_is_granted() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(JONAS, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.see_text("Your roles on pg-orders-prod do not let you take backups or delete backups.")
        .await;
    page.click_unusable("button", "Backup now").await;
    page.see_text(&format!("You need {WRITE} on {SERVER}.")).await;
    stage.works_in_every_view("reader").await;
    page.click("button", "Copy request for an owner").await;
    page.see("button", "Copied").await;
    let request = page.clipboard().await;
    for part in [
        WRITE,
        "flexibleServers/backups/delete",
        "--assignee jonas.weber@contoso.com --role Contributor",
    ] {
        assert!(request.contains(part), "{part}\nis not in\n{request}");
    }

    stage.assign_as_somebody_else(CONTRIBUTOR, JONAS_ID).await;
    page.click("button", "Refresh").await;
    let name = take(page).await;
    page.see_notification("On-demand backup completed").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", &name), ("Type", "On-demand")])
        .await;
    assert!(!page.text().await.contains("Your roles on"));
    stage.finish().await;
}

/// Takes a backup as soon as that can be done, and gives its name.
async fn take(page: &Page) -> String {
    let pane = page.open_take_backup().await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    let name = field.value().await;
    pane.click_inside("button", "Trigger").await;
    name
}

/// What has left that may change something.
async fn changes(stage: &mut Stage) -> Vec<String> {
    let requests = stage.requests().await.into_iter();
    let is_reading = |method: &str, url: &str| {
        matches!(method, "GET" | "HEAD" | "OPTIONS")
            || (method == "POST" && (url.contains("Microsoft.ResourceGraph") || url.contains("/validate")))
            || (method == "POST" && url.contains("ltrPreBackup"))
    };
    requests
        .filter(|request| !is_reading(&request.method, &request.url))
        .map(|request| format!("{} {}", request.method, request.url))
        .collect()
}
