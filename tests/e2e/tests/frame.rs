//! What stands around every page: the bell, toasts, the network, the sign-out.

use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER};
use e2e::{Key, Name, Page, Scheme, Size, Stage};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_bell_remembers_what_has_ended_until_it_is_dismissed() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.open_take_backup()
        .await
        .click_inside("button", "Trigger")
        .await;
    page.see_notification("On-demand backup completed").await;

    let bell = open_bell(page).await;
    page.until_focused("Close").await;
    bell.see("heading", "Today").await;
    bell.see_text("On-demand backup completed").await;
    let shown = page
        .script("return document.querySelector('.bell-panel').innerText", vec![])
        .await;
    let shown = shown.as_str().unwrap_or_default();
    assert!(
        !shown.contains("initiated"),
        "the beginning of what has ended is no news: {shown}"
    );
    stage.inspect("bell-unread").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", "Notifications").await;

    page.reload().await;
    page.see_backups_of(SERVER).await;
    let bell = open_bell(page).await;
    bell.see_text("On-demand backup completed").await;
    bell.see_text("Kept in this browser for 30 days.").await;
    bell.click_inside("button", "Dismiss On-demand backup completed")
        .await;
    bell.see_text("Nothing has happened yet.").await;
    page.until_focused("Close").await;
    page.press(Key::Escape).await;

    page.reload().await;
    page.see_backups_of(SERVER).await;
    open_bell(page).await.see_text("Nothing has happened yet.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bell_whose_content_cannot_be_fetched_says_so_and_esc_closes_it() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("Failed to fetch");
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    page.see("heading", "Servers").await;
    page.until_keys_work().await;
    page.devtools("Network.enable", json!({})).await;
    let operations = json!({ "urls": ["*split_operations*"] });
    page.devtools("Network.setBlockedURLs", operations).await;
    page.click("button", "Notifications").await;
    page.see("heading", "This part of the portal could not be loaded")
        .await;
    stage.inspect("bell-not-loaded").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", "Notifications").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_dialog_news_are_said_and_shown_inside_it() {
    const SAID: &str = "return document.querySelector('dialog:modal [role=status]')?.textContent ?? ''";
    let stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = 20.0);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    page.open_take_backup()
        .await
        .click_inside("button", "Trigger")
        .await;
    page.see_notification("On-demand backup initiated").await;
    page.until_gone("dialog", "Take backup").await;
    page.click("button", "Delete before-schema-v42").await;
    let dialog = page.see("alertdialog", "Delete on-demand backup").await;

    dialog.see_text("On-demand backup completed").await;
    let said = page.script(SAID, vec![]).await;
    let said = said.as_str().unwrap_or_default();
    assert!(said.starts_with("On-demand backup completed: '"), "{said}");
    stage.inspect("news-in-dialog").await;
    dialog.click_inside("button", "Dismiss notification").await;
    dialog.click_inside("button", "Cancel").await;
    page.until_gone("alertdialog", "Delete on-demand backup").await;
    // The region is back in its own place, where the next news stand.
    page.click("button", "Delete before-schema-v42").await;
    let dialog = page.see("alertdialog", "Delete on-demand backup").await;
    dialog.click_inside("button", "Delete").await;
    page.see_notification("On-demand backup deleted").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_a_bar_says_so_and_afterwards_everything_catches_up() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("ERR_INTERNET_DISCONNECTED");
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    go_offline(&page, true).await;
    page.see_text("You are offline. What you see was read before")
        .await;
    page.click("button", "Refresh").await;
    page.see_text("The list of backups could not be read again.")
        .await;
    page.expect_row(BACKUPS_TABLE, &[("Name", "before-schema-v42")])
        .await;
    stage.inspect("offline").await;

    go_offline(&page, false).await;
    page.until("the end of the bar and of the error", async || {
        let text = page.text().await;
        Ok((!text.contains("You are offline") && !text.contains("could not be read")).then_some(()))
    })
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_stays_signed_out_until_they_sign_in() {
    for stage in [
        Stage::with_emulator_server().await,
        Stage::with_emulator_worker("/portal").await,
    ] {
        let page = stage.page();
        stage.open_as(MIRA, BACKUPS).await;
        page.see_backups_of(SERVER).await;
        page.click("button", Name::containing("Account:")).await;
        page.click("button", "Sign out").await;
        page.until_address("is the app's", |address| address == stage.url("/"))
            .await;
        page.see("heading", "You are signed out").await;
        stage.inspect("signed-out").await;
        page.reload().await;
        page.see("heading", "You are signed out").await;

        page.click("button", "Sign in").await;
        page.sign_in_again_as(MIRA).await;
        page.see("heading", "Servers").await;
        page.reload().await;
        page.see("heading", "Servers").await;
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_in_the_query_is_taken_out_of_the_address() {
    let stage = Stage::with_emulator_server().await;
    stage
        .open("/?error=server_error&error_description=AADSTS90033%3A+A+transient+error&state=none")
        .await;
    let page = stage.page();
    page.see("heading", "The sign-in did not succeed").await;
    assert_eq!(page.address().await, stage.url("/"));
    stage.finish().await;
}

async fn open_bell(page: &Page) -> e2e::Element {
    page.click("button", Name::containing("Notifications")).await;
    page.see("dialog", "Notifications").await
}

async fn go_offline(page: &Page, offline: bool) {
    page.devtools("Network.enable", json!({})).await;
    let conditions =
        json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.devtools("Network.emulateNetworkConditions", conditions)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_the_theme_is_in_the_menu_of_the_account() {
    const GROUND: &str = "return getComputedStyle(document.body).backgroundColor";
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.see("heading", "Servers").await;
    assert!(page.has("button", "Dark theme").await, "in the bar");
    page.set_view(Size::PHONE, Scheme::Light).await;
    page.until_gone("button", "Dark theme").await;
    let light = page.script(GROUND, vec![]).await;
    page.click("button", Name::containing("Account")).await;
    page.see("button", "Sign out").await;
    stage.inspect("account-menu-320").await;
    page.click("button", "Dark theme").await;
    page.until_gone("button", "Sign out").await;
    assert_ne!(page.script(GROUND, vec![]).await, light);
    stage.finish().await;
}
