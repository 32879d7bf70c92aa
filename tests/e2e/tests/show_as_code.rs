//! *Show as code* in all three places: the list, the pane and the question before a deletion.

use e2e::portal::{BACKUPS, MIRA, SERVER};
use e2e::{Element, Name, Page, Stage};

const IN_GROUP: &str = "--resource-group rg-commerce-prod --name pg-orders-prod";
const SUBSCRIPTION: &str = "--subscription 11111111-1111-4111-8111-111111111111";
const NAME: &str = "before-schema-v42";

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_shown_as_the_documents_command_and_follows_the_filter() {
    let stage = opened().await;
    let page = stage.page();
    page.click("button", "Show as code").await;
    let pane = page.see("dialog", "Show as code").await;
    let all = format!("az postgres flexible-server backup list {IN_GROUP} --output table {SUBSCRIPTION}");
    assert_eq!(copied(page, &pane).await.lines().next(), Some(all.as_str()));
    pane.click_inside("button", "Close").await;
    page.until_gone("dialog", "Show as code").await;

    page.click("button", "Backup types : All").await;
    page.click("radio", "On-Demand backup").await;
    page.see_text("3 of ").await;
    page.click("button", "Show as code").await;
    let pane = page.see("dialog", "Show as code").await;
    let on_demand = format!(
        "az postgres flexible-server backup list {IN_GROUP} --query \"[?backupType=='Customer On-Demand']\" \
         --output table {SUBSCRIPTION}"
    );
    assert_eq!(copied(page, &pane).await.lines().next(), Some(on_demand.as_str()));
    stage.inspect("code-of-the-list").await;

    // The pane is a link of its own.
    page.reload().await;
    page.see("dialog", "Show as code")
        .await
        .see_text("Customer On-Demand")
        .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pane_shows_the_backup_that_is_typed_and_remembers_the_language() {
    let mut stage = opened().await;
    let page = stage.page().clone();
    let pane = page.open_take_backup().await;
    pane.see("textbox", Name::containing("Backup name"))
        .await
        .fill_in("v43")
        .await;
    open_details(&page).await;
    let create =
        format!("az postgres flexible-server backup create {IN_GROUP} --backup-name v43 {SUBSCRIPTION}");
    assert_eq!(copied(&page, &pane).await.lines().next(), Some(create.as_str()));
    pane.click_inside("tab", "REST").await;
    let rest = copied(&page, &pane).await;
    stage.inspect("code-of-the-pane").await;

    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup initiated").await;
    let requests = stage.requests().await;
    let put = requests
        .iter()
        .find(|request| request.method == "PUT")
        .expect("the PUT of the backup");
    assert_eq!(
        rest.lines().next(),
        Some(format!("PUT {}", put.url).as_str()),
        "what was sent"
    );
    let token = put.bearer.as_deref().expect("a token");
    assert!(rest.contains("Bearer $TOKEN") && !rest.contains(token), "{rest}");

    page.until_gone("dialog", "Take backup").await;
    let pane = page.open_take_backup().await;
    open_details(&page).await;
    pane.see_text("PUT http").await;
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_before_a_deletion_shows_what_would_be_sent() {
    let stage = opened().await;
    let page = stage.page();
    page.click("button", &format!("Delete {NAME}")).await;
    let dialog = page.see("alertdialog", "Delete on-demand backup").await;
    dialog.click_inside("button", "Show as code").await;
    let delete =
        format!("az postgres flexible-server backup delete {IN_GROUP} --backup-name {NAME} {SUBSCRIPTION}");
    let code = copied(page, &dialog).await;
    assert_eq!(code.lines().next(), Some(delete.as_str()));
    assert!(
        code.contains("add --yes to run it without the question"),
        "{code}"
    );
    stage.inspect("code-of-the-deletion").await;
    dialog.click_inside("tab", "curl").await;
    assert!(
        copied(page, &dialog)
            .await
            .contains("curl --include --request DELETE")
    );
    stage.finish().await;
}

async fn opened() -> Stage {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    stage.page().see_backups_of(SERVER).await;
    stage
}

/// Opens what a `<details>` holds, as a click on its summary does.
async fn open_details(page: &Page) {
    page.click("DisclosureTriangle", Name::containing("Show as code"))
        .await;
}

/// Copies the code in view and gives what the clipboard holds then.
async fn copied(page: &Page, inside: &Element) -> String {
    inside.click_inside("button", "Copy").await;
    inside.see("button", "Copied").await;
    let text = page.clipboard().await;
    // The next text is copied by a button of this name again.
    inside.see("button", "Copy").await;
    text
}
