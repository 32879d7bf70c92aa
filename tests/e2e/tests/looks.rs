//! Each page in light and dark, on a desktop and at 320 pixels: pictures for people, axe for the rest.

use e2e::portal::{BACKUPS, JONAS, MIRA, NOOR, RETENTION, RETENTION_TABLE, SERVER, SERVERS_TABLE};
use e2e::{Name, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_in_page_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open("/").await;
    stage.page().see("button", Name::containing(MIRA)).await;
    stage.works_in_every_view("sign-in").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_page_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    stage.page().see("table", SERVERS_TABLE).await;
    stage.works_in_every_view("servers").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_backups_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    stage.page().see_backups_of(SERVER).await;
    stage.works_in_every_view("backups").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_long_term_retention_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    let billing = RETENTION.replace("rg-commerce-prod", "rg-billing-prod");
    stage
        .open_as(MIRA, &billing.replace(SERVER, "pg-billing-prod"))
        .await;
    let page = stage.page();
    page.see("table", RETENTION_TABLE).await;
    stage.works_in_every_view("retention").await;
    page.click("button", "for-the-audit-b").await;
    page.see("dialog", "for-the-audit-b").await;
    stage.works_in_every_view("retention-details").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_take_backup_pane_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    stage.page().see_backups_of(SERVER).await;
    stage.page().open_take_backup().await;
    stage.works_in_every_view("take-backup").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_delete_dialog_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.click("button", "Delete before-schema-v42").await;
    page.see("alertdialog", "Delete on-demand backup").await;
    stage.works_in_every_view("delete-backup").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_findings_and_the_code_work_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    // A stopped server.
    let path = "/servers/11111111-1111-4111-8111-111111111111/rg-hr/pg-hr-archive/backups?pane=take-backup";
    stage.open_as(MIRA, path).await;
    let page = stage.page();
    page.see_text("The server is stopped").await;
    stage.works_in_every_view("findings").await;
    page.click("DisclosureTriangle", Name::containing("Show as code"))
        .await;
    stage.works_in_every_view("code-in-the-pane").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_access_works_in_every_view() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage.open_as(NOOR, BACKUPS).await;
    stage
        .page()
        .see("heading", "You may not see the list of backups")
        .await;
    stage.works_in_every_view("no-access").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_backup_works_in_every_view() {
    let mut stage = Stage::with_emulator_server().await;
    stage.keep_rights_unknown();
    stage.open_as(JONAS, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    page.open_take_backup()
        .await
        .click_inside("button", "Trigger")
        .await;
    page.click("DisclosureTriangle", "Details").await;
    stage.works_in_every_view("refused-backup").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notifications_work_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.open_take_backup()
        .await
        .click_inside("button", "Trigger")
        .await;
    page.see_notification("On-demand backup completed").await;
    page.click("button", Name::containing("Notifications")).await;
    page.see("dialog", "Notifications").await;
    stage.works_in_every_view("notifications").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_help_sheet_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.click("button", "Help").await;
    page.see("dialog", "Help").await;
    stage.works_in_every_view("help").await;
    stage.finish().await;
}
