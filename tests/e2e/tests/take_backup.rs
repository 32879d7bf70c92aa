//! One backup taken, from the sign-in to the *completed* notification.

use e2e::portal::{BACKUPS_TABLE, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Name, Page, Row, SentRequest, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn takes_a_backup_against_the_server_emulator() {
    let mut stage = Stage::with_emulator_server().await;
    let name = takes_a_backup(&stage).await;

    let requests = stage.requests().await;
    let puts: Vec<&SentRequest> = requests
        .iter()
        .filter(|request| request.method == "PUT")
        .collect();
    assert_eq!(
        puts.len(),
        1,
        "a triggering request leaves once per click: {puts:#?}"
    );
    assert!(puts[0].url.contains(&format!("/backups/{name}?")), "{puts:#?}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn takes_a_backup_in_the_worker_demo() {
    let stage = Stage::with_emulator_worker("").await;
    let name = takes_a_backup(&stage).await;

    // What was written outlives the page: the emulator keeps its world.
    stage.page().reload().await;
    see_completed(stage.page(), &name).await;
    stage.finish().await;
}

/// Signs in, finds the server, takes a backup with the name that is offered and waits for its end.
async fn takes_a_backup(stage: &Stage) -> String {
    let page = stage.page();
    stage.open_as(MIRA, "/").await;
    page.see("heading", "Servers").await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER), ("State", "Ready")])
        .await;
    page.click("link", SERVER).await;
    page.see_backups_of(SERVER).await;
    page.expect_row(
        BACKUPS_TABLE,
        &[("Name", "before-schema-v42"), ("Type", "On-demand")],
    )
    .await;

    let rows = page.rows(BACKUPS_TABLE).await;

    let pane = page.open_take_backup().await;
    let name = pane
        .see("textbox", Name::containing("Backup name"))
        .await
        .value()
        .await;
    assert!(!name.is_empty(), "the name is prefilled");
    assert!(
        rows.iter().all(|row| row["Name"] != name),
        "{name} is new: {rows:#?}"
    );
    pane.click_inside("button", "Trigger").await;

    page.see_notification("On-demand backup initiated")
        .await
        .see_text(&name)
        .await;
    page.until_gone("dialog", "Take backup").await;
    page.see_notification("On-demand backup completed").await;
    see_completed(page, &name).await;
    name
}

/// Waits until the list holds the backup as an on-demand one with the moment of its completion.
async fn see_completed(page: &Page, name: &str) {
    let is_completed = |row: &Row| {
        let begins_with_a_year = row["Completed (UTC)"].starts_with(|first: char| first.is_ascii_digit());
        row["Name"] == name && row["Type"] == "On-demand" && begins_with_a_year
    };
    page.expect_row_that(BACKUPS_TABLE, &format!("is of {name}, completed"), is_completed)
        .await;
}
