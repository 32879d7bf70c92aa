//! The wizard that puts servers or databases under a backup vault, after the documents on flexible servers (001) and
//! databases of single servers (004).

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::MIRA;
use e2e::{Name, Scheme, SentRequest, Size, Stage};

const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";
const DEVELOPMENT: &str = "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups";
const FLEXIBLE: &str = "providers/Microsoft.DBforPostgreSQL/flexibleServers";
const VAULT: &str = "rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu";

fn catalog() -> String {
    format!("{PRODUCTION}/rg-commerce-prod/{FLEXIBLE}/pg-catalog-prod")
}

fn orders() -> String {
    format!("{PRODUCTION}/rg-commerce-prod/{FLEXIBLE}/pg-orders-prod")
}

fn billing() -> String {
    format!("{PRODUCTION}/rg-billing-prod/{FLEXIBLE}/pg-billing-prod")
}

/// Its roles are all there.
fn checkout() -> String {
    format!("{DEVELOPMENT}/rg-dev/{FLEXIBLE}/pg-dev-checkout")
}

/// The address of a step, with vault, policy and these datasources.
fn at(step: &str, policy: &str, sources: &[String]) -> String {
    let sources: String = sources.iter().map(|id| format!("&server={id}")).collect();
    format!("/protect?vault={PRODUCTION}/{VAULT}&policy={policy}{sources}&step={step}")
}

fn sent<'a>(requests: &'a [SentRequest], method: &str, part: &str) -> Vec<&'a str> {
    let is_it = |request: &&SentRequest| request.method == method && request.url.contains(part);
    requests
        .iter()
        .filter(is_it)
        .map(|request| request.url.as_str())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s001_a_flexible_server_is_protected_from_its_missing_role_on() {
    let mut stage = Stage::with_emulator_server().await;
    // As the server's own page links it.
    stage
        .open_as(MIRA, &format!("/protect?server={}", catalog()))
        .await;
    let page = stage.page().clone();
    page.see("heading", "Configure protection").await;
    // The vaults of the server's region come first.
    page.see("button", "Clear Region filter").await;
    page.see("radio", "bv-commerce-weu").await;
    assert!(!page.has("radio", "bv-insights-neu").await, "another region");
    stage.works_in_every_view("protect-basics").await;
    page.click("radio", "bv-commerce-weu").await;
    page.click("button", "Next : Backup policy").await;

    page.until_focused("Backup policy").await;
    page.click("radio", "pgflex-weekly").await;
    page.see("region", "Recovery points on a day").await;
    stage.works_in_every_view("protect-policy").await;
    page.click("button", "Next : Datasources").await;

    page.see_text("Role assignment not done").await;
    page.see_text("Next opens when every server in the list shows Success.")
        .await;
    page.click("button", "pg-catalog-prod").await;
    page.see_text("needs 1 role before it can back up").await;
    stage.works_in_every_view("protect-datasources").await;
    page.click("button", "Assign missing roles").await;
    page.see_text("Nothing stands in the way").await;
    page.click("button", "Next : Review + configure").await;

    page.see_text("Validate first").await;
    page.click("button", "Validate").await;
    page.see_text("It can be configured").await;
    stage.works_in_every_view("protect-review").await;
    page.click("button", "Configure backup").await;
    page.see_notification("Protection is being configured").await;
    // The store goes on with it, whatever becomes of the page.
    page.reload().await;
    page.see_text("1 server is protected.").await;
    stage.works_in_every_view("protect-done").await;
    let link = page.see("link", "View instance pg-catalog-prod").await;
    link.click().await;
    page.until_address("is the instance's", |address| {
        address.contains("/rg-backup-prod/bv-commerce-weu/instances/pg-catalog-prod-")
    })
    .await;

    let requests = stage.requests().await;
    assert_eq!(sent(&requests, "POST", "/validateForBackup").len(), 1);
    assert_eq!(sent(&requests, "PUT", "/backupInstances/").len(), 1);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s001_what_azure_answers_to_a_validation_is_told_at_once_and_at_the_end() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 400");
    stage
        .open_as(MIRA, &at("review", "pgflex-weekly", &[billing(), orders()]))
        .await;
    let page = stage.page().clone();
    page.see_text("Validate first").await;
    page.click("button", "Validate").await;
    // 400 at once, with the vault and the instance that it names.
    page.see("link", "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101")
        .await;
    page.see_text("UserErrorDppDatasourceAlreadyProtected").await;
    // 202, and then Failed inside of 200: who lacks what, where.
    page.see_text("UserErrorMissingRequiredPermissions").await;
    page.see_text("Microsoft.Authorization/roleAssignments/read")
        .await;
    page.see_text("Not valid: 2 of 2.").await;
    stage.works_in_every_view("protect-not-valid").await;
    let requests = stage.requests().await;
    assert_eq!(sent(&requests, "PUT", "/backupInstances/").len(), 0);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s001_of_three_servers_one_fails_and_is_sent_again_alone() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 400");
    let three = [orders(), catalog(), checkout()];
    stage
        .open_as(MIRA, &at("datasources", "pgflex-long-term", &three))
        .await;
    let page = stage.page().clone();
    // The role at their resource group serves both servers of it.
    page.click("button", "pg-orders-prod").await;
    page.click("button", "Assign missing roles").await;
    page.see_text("has what it needs").await;
    page.click("button", "Revalidate all").await;
    page.see_text("3 ready").await;
    page.click("button", "Next : Review + configure").await;
    page.click("button", "Validate").await;
    page.until("all three are validated", async || {
        let text = page.text().await;
        Ok((text.matches("It can be configured").count() == 3).then_some(()))
    })
    .await;
    stage.inject(Fault {
        matching: RequestMatcher {
            method: Some(Method::Put),
            path_contains: "backupInstances/pg-catalog-prod".to_owned(),
        },
        kind: FaultKind::Status {
            status: 400,
            code: "UserErrorMaxConcurrentOperationLimitReached".to_owned(),
            message:
                "Unable to start the operation as maximum number of allowed concurrent backups has reached."
                    .to_owned(),
            retry_after: None,
        },
        times: 1,
    });
    page.click("button", "Configure backup").await;
    page.see_text("UserErrorMaxConcurrentOperationLimitReached").await;
    page.see("button", "Retry 1 failed").await;
    stage.works_in_every_view("protect-one-failed").await;
    page.click("button", "Retry 1 failed").await;
    page.see_text("3 servers are protected.").await;

    let requests = stage.requests().await;
    for (name, times) in [
        ("pg-orders-prod", 1),
        ("pg-catalog-prod", 2),
        ("pg-dev-checkout", 1),
    ] {
        let mut sent = sent(&requests, "PUT", &format!("/backupInstances/{name}"));
        assert_eq!(sent.len(), times, "{name}");
        sent.dedup();
        assert_eq!(sent.len(), 1, "{name}: the same name each time");
    }
    stage.finish().await;
}

/// Deletes an instance of the vault with a token that is not the app's and gives the status.
const DELETE_AS_SOMEBODY_ELSE: &str = "
    const done = arguments[arguments.length - 1];
    const headers = { authorization: 'Bearer somebody-else' };
    fetch(arguments[0], { method: 'DELETE', headers }).then((answer) => done(answer.status), done);";

#[tokio::test(flavor = "multi_thread")]
async fn s004_two_databases_are_protected_with_the_secrets_of_their_credentials() {
    let mut stage = Stage::with_emulator_server().await;
    stage
        .open_as(MIRA, &at("datasources", "pgsingle-weekly", &[]))
        .await;
    let page = stage.page().clone();
    page.see("heading", "Configure protection").await;
    let payroll = "pgs-legacy-payroll-957d23b1-c679-4c94-ade6-c4d34635e103";
    let url = format!(
        "{}{PRODUCTION}/{VAULT}/backupInstances/{payroll}?api-version=2024-04-01",
        stage.azure_url()
    );
    let delete = vec![url.into()];
    let status = page
        .asynchronous_script(DELETE_AS_SOMEBODY_ELSE, delete.clone())
        .await;
    assert_eq!(status, 202, "Azure takes the deletion of somebody else");
    page.until("the end of the deletion", async || {
        let status = page
            .asynchronous_script(DELETE_AS_SOMEBODY_ELSE, delete.clone())
            .await;
        Ok((status == 204).then_some(()))
    })
    .await;
    page.reload().await;

    // The type is what the link does not say: it is chosen.
    page.click("link", Name::containing("Basics")).await;
    page.click("radio", "Azure Database for PostgreSQL servers").await;
    page.click("button", "Next : Backup policy").await;
    page.click("radio", "pgsingle-weekly").await;
    page.click("button", "Next : Datasources").await;
    page.click("button", "Add databases").await;
    let pane = page.see("dialog", "Select resources to back up").await;
    pane.see_text("pgs-legacy").await;
    pane.click_inside("checkbox", "crm").await;
    pane.click_inside("checkbox", "payroll").await;
    stage.works_in_every_view("protect-pick-databases").await;
    pane.click_inside("button", "Add 2 databases").await;

    page.see_text("Secret identifier missing").await;
    page.click("button", "payroll").await;
    let field = page
        .see("textbox", Name::containing("Key Vault secret identifier"))
        .await;
    field
        .fill_in("https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup")
        .await;
    page.see_text("The secret 'pgs-legacy-backup' of the key vault 'kv-commerce-prod'.")
        .await;
    page.see_text("1 ready").await;
    // What was typed is not in the address, and is there after a reload.
    page.reload().await;
    page.see_text("1 ready").await;

    page.click("button", "crm").await;
    page.click("DisclosureTriangle", Name::containing("Choose from a key vault"))
        .await;
    for (label, name) in [("Key vault", "kv-platform-prod"), ("Secret", "pgs-legacy-crm")] {
        page.see("combobox", label).await;
        page.tab_to(label).await;
        page.type_keys(name).await;
    }
    page.see_text("The secret 'pgs-legacy-crm' of the key vault 'kv-platform-prod'.")
        .await;
    page.see_text("Key Vault Secrets User").await;
    stage.works_in_every_view("protect-databases").await;
    page.click("button", "Assign missing roles").await;
    page.see_text("2 ready").await;
    page.click("button", "Next : Review + configure").await;
    page.click("button", "Validate").await;
    page.see("button", "Validate again").await;
    page.click("button", "crm").await;
    page.see_text("Show as code").await;
    page.click("button", "Configure backup").await;
    page.see_text("2 databases are protected.").await;
    let requests = stage.requests().await;
    let names = sent(&requests, "PUT", "/backupInstances/pgs-legacy-");
    assert_eq!(names.len(), 2, "{names:?}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_asks_where_something_was_chosen_and_a_reload_keeps_it() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/vaults").await;
    let page = stage.page().clone();
    page.see("heading", "Backup vaults").await;
    page.click("link", "Configure backup").await;
    page.click("radio", "bv-commerce-weu").await;
    page.click("button", "Next : Backup policy").await;
    page.click("radio", "pgflex-long-term").await;
    page.see("region", "Recovery points on a day").await;
    for (role, name) in [("link", "PG Backup"), ("button", "Cancel"), ("button", "Close")] {
        page.click(role, Name::containing(name)).await;
        let dialog = page.see("alertdialog", "Leave without saving?").await;
        dialog.click_inside("button", "Stay").await;
        page.see_text("Vault: bv-commerce-weu").await;
    }
    // *Back* goes through the steps without a question, and asks where it leads out.
    page.back().await;
    page.see("radio", "bv-commerce-weu").await;
    page.back().await;
    let dialog = page.see("alertdialog", "Leave without saving?").await;
    dialog.click_inside("button", "Stay").await;
    page.see_text("Vault: bv-commerce-weu").await;
    page.click("button", "Next : Backup policy").await;
    page.click("button", "Create policy").await;
    page.see("textbox", "Policy name")
        .await
        .fill_in("half-written")
        .await;
    page.reload().await;
    let pane = page.see("dialog", "Create backup policy").await;
    assert_eq!(
        pane.see("textbox", "Policy name").await.value().await,
        "half-written"
    );
    pane.click_inside("button", "Cancel").await;
    let dialog = page.see("alertdialog", "Leave without saving?").await;
    dialog.click_inside("button", "Leave").await;
    page.until_gone("dialog", "Create backup policy").await;
    page.reload().await;
    page.see_text("Vault: bv-commerce-weu").await;
    page.click("button", "Cancel").await;
    let dialog = page.see("alertdialog", "Leave without saving?").await;
    stage.inspect("protect-leave").await;
    dialog.click_inside("button", "Leave").await;
    page.see("heading", "Backup vaults").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_the_last_step_goes_on_by_the_keyboard_alone() {
    let stage = Stage::with_emulator_server().await;
    stage
        .open_as(MIRA, &at("review", "pgflex-weekly", &[checkout()]))
        .await;
    let page = stage.page().clone();
    page.see_text("Validate first").await;
    page.tab_to("Validate").await;
    page.press(e2e::Key::Enter).await;
    page.see_text("It can be configured").await;
    page.tab_to("Configure backup").await;
    page.press(e2e::Key::Enter).await;
    page.see_text("1 server is protected.").await;
    page.set_view(Size(1100, 800), Scheme::Light).await;
    stage.inspect("protect-done-1100").await;
    stage.finish().await;
}
