//! Everything by keyboard alone.

use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Key, Name, Page, Stage};
use serde_json::json;

/// What has the focus after a change to the page of backups, and what has it again once a pane is closed.
const HEADING: &str = "pg-orders-prod | Backup and restore";

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_taken_followed_found_and_deleted_by_keyboard_alone() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    page.until_keys_work().await;

    page.tab_to(SERVER).await;
    page.press(Key::Enter).await;
    page.see_backups_of(SERVER).await;
    page.until_focused(HEADING).await;

    // The name is changed where the caret stands: at the end of what is offered.
    page.press("b").await;
    let pane = page.see("dialog", "Take backup").await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    let offered = field.value().await;
    page.press("-by-hand").await;
    let name = format!("{offered}-by-hand");
    assert_eq!(field.value().await, name, "typing adds to it");
    page.press(Key::Enter).await;
    page.see_notification_of("On-demand backup initiated", &name)
        .await;
    page.until_gone("dialog", "Take backup").await;
    page.until_focused(HEADING).await;
    page.see_notification("On-demand backup completed").await;

    page.press("n").await;
    page.until_focused("Close").await;
    let bell = page.see("dialog", "Notifications").await;
    bell.see_text(&name).await;
    stage.inspect("bell-by-keyboard").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", "Notifications").await;
    page.until_focused(HEADING).await;

    page.tab_to("Backup types : All").await;
    page.press(Key::Enter).await;
    page.see("radio", "On-Demand backup").await;
    page.press(Key::Down).await;
    page.see_text("4 of ").await;
    page.press(Key::Escape).await;

    let delete = format!("Delete {name}");
    page.tab_to(&delete).await;
    page.press(Key::Enter).await;
    page.see("alertdialog", "Delete on-demand backup").await;
    page.until_focused("Cancel").await;
    page.press_with_shift(Key::Tab).await;
    assert_eq!(page.focused().await, "Delete");
    page.press(Key::Enter).await;
    page.until_gone("alertdialog", "Delete on-demand backup").await;
    page.see_notification_of("On-demand backup deleted", &name).await;
    page.until("the list without it", async || {
        let rows = page.rows(BACKUPS_TABLE).await;
        Ok(rows.iter().all(|row| row["Name"] != name).then_some(()))
    })
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_begins_with_the_way_to_the_content() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.press(Key::Tab).await;
    assert_eq!(page.focused().await, "Skip to content");
    page.press(Key::Enter).await;
    let main = page.script("return document.activeElement.id", vec![]).await;
    assert_eq!(main, "main");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_help_sheet_switches_single_keys_off_for_good() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    page.press("?").await;
    let sheet = page.see("dialog", "Help").await;
    page.until_focused("Close").await;
    page.press("b").await;
    assert!(
        !page.has("dialog", "Take backup").await,
        "nothing acts under a dialog"
    );
    sheet.see("switch", "Single keys").await;
    page.tab_to("Single keys").await;
    page.press(" ").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", "Help").await;

    for key in ["b", "n", "?", "/"] {
        page.press(key).await;
    }
    assert_eq!(dialogs(page).await, json!(0), "they are off");
    page.reload().await;
    page.see_backups_of(SERVER).await;
    // The regions are reached all the same, which also shows that keys are listened to.
    page.until("the regions by F6", async || {
        page.press(Key::F6).await;
        Ok((!page.focused().await.is_empty()).then_some(()))
    })
    .await;
    page.press("b").await;
    assert_eq!(dialogs(page).await, json!(0), "they stay off");

    page.click("button", "Help").await;
    page.click("switch", "Single keys").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", "Help").await;
    page.until_focused("Help").await;
    page.press("b").await;
    page.see("dialog", "Take backup").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f6_goes_round_the_regions_and_g_s_leads_to_the_servers() {
    let stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = 10.0);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    page.press("b").await;
    page.see("dialog", "Take backup").await;
    page.press(Key::Enter).await;
    page.see_notification("On-demand backup initiated").await;
    page.until_gone("dialog", "Take backup").await;

    for region in ["top-bar", "menu", "main", "toast-region", "top-bar"] {
        page.press(Key::F6).await;
        assert_eq!(region_of_focus(page).await, region);
    }
    page.press_with_shift(Key::F6).await;
    assert_eq!(region_of_focus(page).await, "toast-region");
    page.press(Key::Escape).await;
    assert_eq!(region_of_focus(page).await, "top-bar", "back to where it was");

    page.press("/").await;
    page.until_focused("Search by name").await;
    page.press("gs").await;
    let search = page.see("searchbox", "Search by name").await;
    assert_eq!(search.value().await, "gs", "a field takes its letters");
    page.press(Key::Escape).await;
    page.press(Key::F6).await;
    page.press("gs").await;
    page.see("heading", "Servers").await;
    page.until_focused("Servers").await;
    // What runs holds the way to ask for it; at its end nothing of that is left.
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_returns_to_the_row_that_was_left() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    page.until_keys_work().await;
    page.tab_to(SERVER).await;
    page.press(Key::Enter).await;
    page.see_backups_of(SERVER).await;
    page.until_focused(HEADING).await;
    page.back().await;
    page.see("heading", "Servers").await;
    page.until_focused(SERVER).await;
    stage.finish().await;
}

async fn dialogs(page: &Page) -> serde_json::Value {
    page.script("return document.querySelectorAll('dialog[open]').length", vec![])
        .await
}

/// The class or id of the region that has the focus.
async fn region_of_focus(page: &Page) -> String {
    let script = "
        const region = document.activeElement.closest('.top-bar, #menu, #main, dialog, .toast-region');
        return region?.id || region?.className || '';";
    page.script(script, vec![])
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}
