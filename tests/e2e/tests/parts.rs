//! What a user sees when a part of the portal cannot be fetched.

use e2e::portal::{BACKUPS, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Page, Stage};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_cannot_be_fetched_says_so_and_can_be_tried_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("Failed to fetch");
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    page.see("table", SERVERS_TABLE).await;

    // Its own file, and the one that it shares with parts that come later.
    block(&page, &["*split_backups*", "*shared_backups-*"]).await;
    page.click("link", SERVER).await;
    page.see("heading", "This part of the portal could not be loaded")
        .await;
    stage.inspect("page-not-loaded").await;

    block(&page, &[]).await;
    page.click("button", "Try again").await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_whose_end_cannot_be_fetched_is_not_lost() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("Failed to fetch");
    stage.open(BACKUPS).await;
    let page = stage.page().clone();
    block(&page, &["*split_sign_in_finish*"]).await;
    page.sign_in_as(MIRA).await;
    page.see_text("A part of the portal could not be loaded.").await;
    stage.inspect("sign-in-not-loaded").await;

    block(&page, &[]).await;
    page.click("button", "Try again").await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

/// Keeps the files of these patterns from the page, and no others.
async fn block(page: &Page, patterns: &[&str]) {
    page.devtools("Network.enable", json!({})).await;
    page.devtools("Network.setBlockedURLs", json!({ "urls": patterns }))
        .await;
}
