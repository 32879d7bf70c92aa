//! *Long-term retention* of a server: the list, its details, and what runs.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{MIRA, NOOR, RETENTION, RETENTION_TABLE, SERVER};
use e2e::{Name, Scheme, Size, Stage};

const HEADING: &str = "pg-orders-prod | Long-term retention";

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_leads_to_the_list_and_the_details_are_a_link() {
    let stage = Stage::with_emulator_server().await;
    let billing = RETENTION
        .replace("rg-commerce-prod", "rg-billing-prod")
        .replace(SERVER, "pg-billing-prod")
        .replace("long-term-retention", "backups");
    stage.open_as(MIRA, &billing).await;
    let page = stage.page();
    page.click("link", "Long-term retention").await;
    page.see("heading", "pg-billing-prod | Long-term retention").await;
    let failed = [
        ("Name", "for-the-audit-b KeyBasedAuthenticationNotPermitted"),
        ("State", "Failed"),
        ("Data size", "123.0 GiB"),
        ("Done", "0 %"),
    ];
    page.expect_row(RETENTION_TABLE, &failed).await;
    page.expect_row(
        RETENTION_TABLE,
        &[("Name", "yearly-b"), ("State", "Succeeded"), ("Done", "100 %")],
    )
    .await;
    stage.inspect("long-term-retention").await;
    page.set_view(Size(1100, 800), Scheme::Light).await;
    stage.inspect("long-term-retention-1100").await;
    page.set_view(Size(700, 900), Scheme::Light).await;
    stage.inspect("long-term-retention-700").await;
    page.set_view(Size::DESKTOP, Scheme::Light).await;

    page.click("button", "for-the-audit-b").await;
    let sentence = "Key based authentication is not permitted on this storage account.";
    page.see("dialog", "for-the-audit-b")
        .await
        .see_text(sentence)
        .await;
    stage.inspect("long-term-retention-details").await;
    page.reload().await;
    page.see("dialog", "for-the-audit-b")
        .await
        .see_text(sentence)
        .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_began_is_followed_to_its_end_without_a_click() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, RETENTION).await;
    let page = stage.page();
    page.see("heading", HEADING).await;
    page.see("table", RETENTION_TABLE).await;
    stage.begin_long_term_backup_as_somebody_else("weekly", 12).await;
    page.click("button", "Refresh").await;
    page.expect_row(RETENTION_TABLE, &[("Name", "weekly"), ("State", "Running")])
        .await;
    page.click("button", "weekly").await;
    let pane = page.see("dialog", "weekly").await;
    pane.see_text("The rest takes ").await;
    stage.inspect("long-term-retention-running").await;
    page.set_view(Size::DESKTOP, Scheme::Dark).await;
    stage.look("long-term-retention-running-dark").await;

    // Its SAS ends before it does.
    pane.see_text("The backup failed.").await;
    pane.see_text("AuthenticationFailed").await;
    page.click("button", "Close").await;
    page.expect_row(RETENTION_TABLE, &[("Name", "weekly"), ("State", "Failed")])
        .await;
    page.see_text("Long-term retention backup failed: 'weekly'.")
        .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_may_not_be_seen_names_the_missing_action() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage.open_as(NOOR, RETENTION).await;
    let page = stage.page().clone();
    page.see(
        "heading",
        "You may not see the list of long-term retention backups",
    )
    .await;
    page.see_text(&format!(
        "The action Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations/read is missing on {SERVER}. The role \
         Reader holds it; an owner of rg-commerce-prod can assign it."
    ))
    .await;
    stage.inspect("long-term-retention-no-access").await;
    stage.finish().await;
}

const DAYS: i32 = 3 * 24 * 3600;

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_backup_is_started_here_survives_a_reload_and_completes_without_leaving_its_sas_anywhere() {
    let mut stage = Stage::with_emulator_server().await;
    // Three quarters of an hour are a quarter of a minute.
    stage.with_world(|world| world.switches().operation_time_factor = 180.0);
    stage.open_as(MIRA, RETENTION).await;
    let page = stage.page().clone();
    page.see("table", RETENTION_TABLE).await;
    let sas = stage.sas_of_a_container(DAYS).await;
    page.click("button", "Start long-term backup").await;
    let pane = page.see("dialog", "Start long-term backup").await;
    let name = pane
        .see("textbox", Name::containing("Backup name"))
        .await
        .value()
        .await;
    stage.inspect("start-long-term-backup").await;

    // What cannot work is said before anything is sent.
    let field = pane
        .see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    field.fill_in(&sas.replace("sp=rwdl", "sp=r")).await;
    pane.see_text("Create").await;
    stage.inspect("start-long-term-backup-finding").await;
    page.set_view(Size::PHONE, Scheme::Dark).await;
    stage.inspect("start-long-term-backup-finding-320").await;
    page.set_view(Size::DESKTOP, Scheme::Light).await;
    field.fill_in(&sas).await;
    pane.see_text("The backup goes to stcommercebackup.blob.core.windows.net/ltr-orders.")
        .await;
    page.click("DisclosureTriangle", Name::containing("Show as code"))
        .await;
    stage.inspect("start-long-term-backup-ready").await;
    pane.click_inside("button", "Start").await;
    page.see_notification("Long-term retention backup initiated")
        .await;
    page.expect_row(RETENTION_TABLE, &[("State", "Running")]).await;
    page.reload().await;
    page.expect_row(RETENTION_TABLE, &[("State", "Running")]).await;
    page.see_notification("Long-term retention backup completed")
        .await;
    page.expect_row(
        RETENTION_TABLE,
        &[("Name", &name), ("State", "Succeeded"), ("Done", "100 %")],
    )
    .await;
    stage.inspect("long-term-retention-completed").await;

    let started = stage.requests().await;
    let started = started
        .iter()
        .filter(|request| request.url.contains("startLtrBackup"));
    assert_eq!(started.filter(|request| request.method == "POST").count(), 1);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_refused_start_keeps_the_pane_and_forgets_the_sas() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 400");
    stage.open_as(MIRA, &format!("{RETENTION}?pane=start")).await;
    let page = stage.page().clone();
    let pane = page.see("dialog", "Start long-term backup").await;
    let sas = stage.sas_of_a_container(DAYS).await;
    let field = pane
        .see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    field.fill_in(&sas).await;
    stage.inject(Fault {
        matching: RequestMatcher {
            method: Some(Method::Post),
            path_contains: "startLtrBackup".to_owned(),
        },
        kind: FaultKind::Status {
            status: 400,
            code: "InvalidParameterValue".to_owned(),
            message: format!("The URI {sas} cannot be used."),
            retry_after: None,
        },
        times: 1,
    });
    pane.click_inside("button", "Start").await;
    pane.see_text("The backup was not started").await;
    pane.see_text("Paste them again").await;
    assert_eq!(field.value().await, "", "the SAS is kept");
    stage.inspect("start-long-term-backup-refused").await;
    stage.finish().await;
}
