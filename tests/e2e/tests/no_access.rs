//! What a user sees whose roles do not allow something: what is missing, who can give it, a text to send them.

use e2e::Stage;
use e2e::portal::{BACKUPS, JONAS, NOOR, SERVER};

const ACTIONS: &str = "Microsoft.DBforPostgreSQL/flexibleServers/backups";
const SERVER_ID: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/\
     providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_may_not_be_seen_names_the_missing_action_and_what_to_ask_for() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage.open_as(NOOR, BACKUPS).await;
    let page = stage.page().clone();
    page.see("heading", "You may not see the list of backups").await;
    page.see_text(&format!(
        "The action {ACTIONS}/read is missing on {SERVER}. The role Reader holds it; an owner of rg-commerce-prod can \
         assign it."
    ))
    .await;
    page.see_text("Signed in as noor.haddad@contoso.com. Use another account")
        .await;
    stage.inspect("no-access").await;

    page.click("button", "Copy request for an owner").await;
    page.see("button", "Copied").await;
    let request = page.clipboard().await;
    for part in [
        format!("I need the action {ACTIONS}/read\non {SERVER_ID}\n"),
        format!(
            "az role assignment create --assignee noor.haddad@contoso.com --role Reader --scope {SERVER_ID}\n"
        ),
        "Azure's request id: ".to_owned(),
    ] {
        assert!(request.contains(&part), "{part}\nis not in\n{request}");
    }

    page.click("button", "Check again").await;
    page.see("heading", "You may not see the list of backups").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_backup_names_the_missing_action_and_what_to_ask_for() {
    let mut stage = Stage::with_emulator_server().await;
    stage.keep_rights_unknown();
    stage.open_as(JONAS, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    pane.click_inside("button", "Trigger").await;
    pane.see_text("The backup was not started").await;
    pane.see_text(&format!(
        "The action {ACTIONS}/write is missing on {SERVER}. The role Contributor holds it; an owner of \
         rg-commerce-prod can assign it."
    ))
    .await;
    page.click("DisclosureTriangle", "Details").await;
    pane.see_text("AuthorizationFailed").await;
    stage.inspect("refused-backup-details").await;
    pane.click_inside("button", "Copy request for an owner").await;
    pane.see("button", "Copied").await;
    let request = page.clipboard().await;
    let assignment = format!("--role Contributor --scope {SERVER_ID}\n");
    assert!(
        request.contains(&assignment),
        "not on the backup, which is not there: {request}"
    );
    pane.click_inside("button", "Copy request id").await;
    pane.see_text("Copied.").await;
    stage.finish().await;
}
