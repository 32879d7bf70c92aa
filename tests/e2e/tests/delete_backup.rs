//! One on-demand backup deleted, as the document does it: *Delete on-demand backups*, steps 1 to 6 and the note.

use e2e::portal::{BACKUPS, BACKUPS_TABLE, JONAS, MIRA, SERVER};
use e2e::{Page, Stage};
use serde_json::json;

const NAME: &str = "before-schema-v42";
const NEXT: &str = "pre-release-2026.03";
const SERVER_ID: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/\
     providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// Sends a DELETE with a token that is not the app's, asks until it is done, and gives the last status.
const DELETE_AS_SOMEBODY_ELSE: &str = "
    const done = arguments[arguments.length - 1];
    const headers = { authorization: 'Bearer somebody-else' };
    const send = (method) => fetch(arguments[0], { method, headers }).then((answer) => answer.status);
    const look = (status) => (status === 404 ? done(status) : send('GET').then(look, done));
    send('DELETE').then(look, done);";

#[tokio::test(flavor = "multi_thread")]
async fn delete_1_to_6_deletes_a_backup_and_says_so_until_the_list_is_without_it() {
    let mut stage = Stage::with_emulator_server().await;
    // Long enough to be looked at: eight seconds.
    stage.with_world(|world| world.switches().operation_time_factor = 2.0);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    for row in page.rows(BACKUPS_TABLE).await {
        let actions = if row["Type"] == "On-demand" {
            format!("Delete {}", row["Name"])
        } else {
            String::new()
        };
        assert_eq!(row["Actions"], actions, "{row:#?}");
    }

    page.click("button", "Backup types : All").await;
    page.click("radio", "On-Demand backup").await;
    page.see_text("3 of ").await;
    let delete = format!("Delete {NAME}");
    page.click("button", &delete).await;
    let dialog = page.see("alertdialog", "Delete on-demand backup").await;
    dialog
        .see_text(&format!(
            "Are you sure you want to delete the backup '{NAME}' in server '{SERVER}'?"
        ))
        .await;
    assert_eq!(focused(&page).await, "Cancel", "Enter alone destroys nothing");
    stage.inspect("delete-backup").await;

    dialog.click_inside("button", "Delete").await;
    page.see_notification_of("On-demand backup is being deleted", NAME)
        .await;
    page.until_gone("alertdialog", "Delete on-demand backup").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", NAME), ("Actions", "Being deleted")])
        .await;
    until_focused(&page, NEXT).await;
    stage.inspect("being-deleted").await;

    page.see_notification_of("On-demand backup deleted", NAME).await;
    page.until("the list without the backup", async || {
        let rows = page.rows(BACKUPS_TABLE).await;
        Ok(rows.iter().all(|row| row["Name"] != NAME).then_some(()))
    })
    .await;
    page.see_text("2 of ").await;
    until_focused(&page, NEXT).await;
    assert_eq!(deletes(&mut stage).await, 1);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn delete_note_a_backup_that_was_already_gone_is_a_fact_and_no_error() {
    let mut stage = Stage::with_emulator_server().await;
    // The last look of somebody else is answered so.
    stage.announce_console_error("status of 404");
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;

    // The list in the page was read before, so the page cannot know.
    let url = format!(
        "{}{SERVER_ID}/backups/{NAME}?api-version=2025-08-01",
        stage.azure_url()
    );
    let status = page
        .asynchronous_script(DELETE_AS_SOMEBODY_ELSE, vec![json!(url)])
        .await;
    assert_eq!(status, 404, "Azure has deleted it for somebody else");
    page.click("button", &format!("Delete {NAME}")).await;
    let dialog = page.see("alertdialog", "Delete on-demand backup").await;
    dialog.click_inside("button", "Delete").await;
    page.see_notification_of(
        "On-demand backup was already gone",
        &format!("'{NAME}' was already gone from server '{SERVER}'."),
    )
    .await;
    page.until("the list without the backup", async || {
        let rows = page.rows(BACKUPS_TABLE).await;
        Ok(rows.iter().all(|row| row["Name"] != NAME).then_some(()))
    })
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_told_in_the_dialog_that_the_deletion_is_refused() {
    let mut stage = Stage::with_emulator_server().await;
    stage.keep_rights_unknown();
    stage.open_as(JONAS, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let delete = format!("Delete {NAME}");
    page.click("button", &delete).await;
    let dialog = page.see("alertdialog", "Delete on-demand backup").await;
    dialog.click_inside("button", "Delete").await;
    dialog
        .see_text("Microsoft.DBforPostgreSQL/flexibleServers/backups/delete")
        .await;
    stage.inspect("refused-deletion").await;

    dialog.click_inside("button", "Cancel").await;
    page.until_gone("alertdialog", "Delete on-demand backup").await;
    until_focused(&page, &delete).await;
    page.expect_row(BACKUPS_TABLE, &[("Name", NAME), ("Actions", &delete)])
        .await;
    assert_eq!(deletes(&mut stage).await, 1, "a refusal is not repeated");
    stage.finish().await;
}

/// The text of what has the focus.
async fn focused(page: &Page) -> String {
    let text = page.script(FOCUSED, vec![]).await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn until_focused(page: &Page, text: &str) {
    page.until(&format!("the focus on '{text}'"), async || {
        Ok((focused(page).await == text).then_some(()))
    })
    .await;
}

const FOCUSED: &str = "return document.activeElement?.textContent?.trim() ?? ''";

async fn deletes(stage: &mut Stage) -> usize {
    let requests = stage.requests().await;
    let deletes = requests.iter().filter(|request| request.method == "DELETE");
    deletes.count()
}
