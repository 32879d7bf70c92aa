//! One backup taken, as the document does it: *Perform on-demand backups*, steps 1 to 7 and the note.

use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Name, Page, Row, SentRequest, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn perform_1_to_7_takes_a_backup_against_the_server_emulator() {
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
async fn perform_1_to_7_takes_a_backup_in_the_worker_demo() {
    let stage = Stage::with_emulator_worker("").await;
    let name = takes_a_backup(&stage).await;

    // What was written outlives the page: the emulator keeps its world.
    stage.page().reload().await;
    see_completed(stage.page(), &name).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn perform_note_another_backup_that_is_being_taken_is_shown_before_the_second_fails() {
    let stage = Stage::with_emulator_server().await;
    // Long enough for the first to be in the way: a quarter of a minute.
    stage.with_world(|world| world.switches().operation_time_factor = 8.0);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    field.fill_in("pre-migration-v43").await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup initiated").await;
    page.until_gone("dialog", "Take backup").await;

    let pane = page.open_take_backup().await;
    pane.see_text("Another on-demand backup is running").await;
    pane.see_text("Evidence: 'pre-migration-v43', triggered in this browser at")
        .await;
    pane.see_text("5 of 7, with this and the running one").await;
    stage.inspect("another-is-running").await;
    pane.click_inside("button", "Show it in the list").await;
    page.until_gone("dialog", "Take backup").await;

    // It probably fails, so it can be triggered all the same.
    let pane = page.open_take_backup().await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification_of("On-demand backup failed", "running. 'pre-migration-v43'")
        .await;
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn perform_4_the_name_is_prefilled_judged_while_it_is_typed_and_taken_by_enter() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    pane.see_text("No backup of this server has this name.").await;
    // Nothing is selected and the caret stands behind the name: what is typed is added.
    page.type_keys("-v43").await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    let name = field.value().await;
    assert!(
        name.starts_with("ondemandbackup-") && name.ends_with("-v43"),
        "{name}"
    );

    field.fill_in("before v43").await;
    pane.see_text("The name holds a space; letters, digits, hyphen, underscore and full stop are allowed.")
        .await;
    stage.inspect("refused-name").await;
    field.fill_in("before-v43").await;
    pane.see_text("No backup of this server has this name.").await;
    page.type_keys("\u{e007}").await;
    page.see_notification_of("On-demand backup initiated", "before-v43")
        .await;
    page.until_gone("dialog", "Take backup").await;
    let requests = stage.requests().await;
    let puts: Vec<_> = requests
        .iter()
        .filter(|request| request.method == "PUT")
        .collect();
    assert_eq!(puts.len(), 1, "{puts:#?}");
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

/// Signs in, finds the server, takes a backup with the name that is offered and waits for its end.
/// Takes a backup as a user does, from the list of servers on, and gives its name.
pub async fn takes_a_backup(stage: &Stage) -> String {
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

    page.see_notification_of("On-demand backup initiated", &name)
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
