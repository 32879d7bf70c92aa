//! *Protection* of a server: whether a vault protects it, and the ways on from there.

use e2e::Stage;
use e2e::portal::{BACKUPS, MIRA, NOOR, SERVER};

const SERVERS: &str = "/servers/11111111-1111-4111-8111-111111111111";

#[tokio::test(flavor = "multi_thread")]
async fn an_unprotected_server_leads_to_the_wizard() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    page.click("link", "Protection").await;
    page.see("heading", &format!("{SERVER} | Protection")).await;
    page.see("heading", "No backup vault protects this server").await;
    stage.works_in_every_view("not-protected").await;
    let main = page.see("main", "").await;
    main.click_inside("link", "Configure backup").await;
    page.until_address("the wizard for this server", |address| {
        address.contains("/protect?server=") && address.contains(SERVER)
    })
    .await;
    page.back().await;
    page.see("heading", "No backup vault protects this server").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_server_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage
        .open_as(
            MIRA,
            &format!("{SERVERS}/rg-billing-prod/pg-billing-prod/protection"),
        )
        .await;
    let page = stage.page().clone();
    page.see_text("Protection configured").await;
    page.see_text("Every Sunday at 02:00 UTC").await;
    stage.works_in_every_view("protected").await;
    page.click("link", "bv-commerce-weu").await;
    page.until_address("the vault", |address| {
        address.ends_with("/rg-backup-prod/bv-commerce-weu")
    })
    .await;
    page.back().await;
    page.see_text("Protection configured").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_protection_failed_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage
        .open_as(MIRA, &format!("{SERVERS}/rg-insights/pg-analytics/protection"))
        .await;
    stage.page().see_text("Configuring protection failed").await;
    stage.works_in_every_view("protection-failed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_it_is_told_what_is_missing() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage
        .open_as(
            NOOR,
            &format!("{SERVERS}/rg-billing-prod/pg-billing-prod/protection"),
        )
        .await;
    let page = stage.page().clone();
    page.see("heading", "You may not see the protection of this server")
        .await;
    stage.inspect("protection-no-access").await;
    stage.finish().await;
}
