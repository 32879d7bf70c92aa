//! What a user sees when Azure fails or refuses.

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{BACKUPS, BACKUPS_TABLE, JONAS, MIRA, SERVER};
use e2e::{Name, SentRequest, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_read_says_so_and_can_be_tried_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.inject(unavailable());
    stage.announce_console_error("status of 503");
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see("heading", "The list of backups could not be read").await;
    page.see_text("503 Service Unavailable").await;
    assert!(
        !page.has("table", BACKUPS_TABLE).await,
        "there is nothing to show"
    );
    stage.inspect("failed-list").await;

    stage.with_world(|world| world.faults().clear());
    page.click("button", "Try again").await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_told_in_the_pane_that_the_backup_is_refused() {
    let mut stage = Stage::with_emulator_server().await;
    stage.keep_rights_unknown();
    stage.open_as(JONAS, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;

    let pane = page.open_take_backup().await;
    pane.click_inside("button", "Trigger").await;
    pane.see_text("Microsoft.DBforPostgreSQL/flexibleServers/backups/write")
        .await;
    stage.inspect("refused-backup").await;
    assert!(
        !page.text().await.contains("On-demand backup initiated"),
        "nothing was begun"
    );

    let requests = stage.requests().await;
    let puts: Vec<&SentRequest> = requests
        .iter()
        .filter(|request| request.method == "PUT")
        .collect();
    assert_eq!(puts.len(), 1, "a refusal is not repeated: {puts:#?}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_read_again_stays_with_a_word_about_its_age() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;

    stage.inject(unavailable());
    stage.announce_console_error("status of 503");
    page.click("button", "Refresh").await;
    page.see_text("The list of backups could not be read again.")
        .await;
    page.expect_row(BACKUPS_TABLE, &[("Name", "before-schema-v42")])
        .await;
    stage.inspect("failed-refresh").await;

    stage.with_world(|world| world.faults().clear());
    page.click("button", "Try now").await;
    page.until("the end of the error", async || {
        Ok((!page.text().await.contains("could not be read again")).then_some(()))
    })
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_known_to_be_taken_is_not_sent() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;

    let pane = page.open_take_backup().await;
    pane.see("textbox", Name::containing("Backup name"))
        .await
        .fill_in("Before-Schema-V42")
        .await;
    pane.see_text("This server already has a backup named 'before-schema-v42'.")
        .await;
    pane.click_unusable_inside("button", "Trigger").await;
    stage.inspect("taken-name").await;
    assert!(page.has("dialog", "Take backup").await, "the pane stays");
    let puts = stage
        .requests()
        .await
        .into_iter()
        .filter(|request| request.method == "PUT");
    assert_eq!(puts.count(), 0);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_somebody_else_has_just_taken_ends_in_a_failed_notification() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    let name = pane
        .see("textbox", Name::containing("Backup name"))
        .await
        .value()
        .await;

    // The list in the page was read before, so the page cannot know.
    stage.take_backup_as_somebody_else(&name).await;
    pane.click_inside("button", "Trigger").await;
    let failed = page.see_toasts("On-demand backup failed").await;
    failed.see_text(&name).await;
    failed
        .see_text(&format!("A backup named '{name}' has existed since"))
        .await;
    stage.inspect("failed-backup").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_fails_at_its_end_is_told_with_the_services_words() {
    let stage = Stage::with_emulator_server().await;
    stage.inject(Fault {
        matching: RequestMatcher {
            method: None,
            path_contains: "/backups/ondemandbackup-".to_owned(),
        },
        kind: FaultKind::FailOperation {
            code: "ServerIsBusy".to_owned(),
            message: "The server is being scaled.".to_owned(),
        },
        times: 1,
    });
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    let rows = page.rows(BACKUPS_TABLE).await.len();

    page.open_take_backup()
        .await
        .click_inside("button", "Trigger")
        .await;
    page.see_notification("On-demand backup initiated").await;
    page.see_notification_of("On-demand backup failed", "The server is being scaled.")
        .await;
    page.until("the list without the live row", async || {
        Ok((page.rows(BACKUPS_TABLE).await.len() == rows).then_some(()))
    })
    .await;
    stage.finish().await;
}

/// The list of backups answers 503 until the faults are cleared.
fn unavailable() -> Fault {
    Fault {
        matching: RequestMatcher {
            method: None,
            path_contains: format!("{SERVER}/backups"),
        },
        kind: FaultKind::Status {
            status: 503,
            code: "ServiceUnavailable".to_owned(),
            message: "The service is busy.".to_owned(),
            retry_after: None,
        },
        times: 1000,
    }
}
