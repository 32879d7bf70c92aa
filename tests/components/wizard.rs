//! The wizard that puts servers or databases under a backup vault, by what a user sees.

use arm_core::Method;
use arm_emulator::World;
use pg_backup_portal::{pages::ProtectPage, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::support::{
    all, by_role, click_button, description, one, role, see_no_text, see_text, spoken_text, text, type_into,
};

const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";

fn vault(name: &str) -> String {
    format!("{PRODUCTION}/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/{name}")
}

fn server(group: &str, name: &str) -> String {
    format!("{PRODUCTION}/{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}")
}

/// The server of another subscription whose roles are all there.
fn checkout() -> String {
    server("rg-dev", "pg-dev-checkout").replace('1', "2")
}

fn database(name: &str) -> String {
    format!(
        "{PRODUCTION}/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy/databases/{name}"
    )
}

async fn wizard(query: &str, prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let page = || view! { <ProtectPage /> }.into_any();
    let rig = BackupsRig::with_query(query, prepare, page).await;
    settle().await;
    rig
}

/// The query at a step, with a vault, its policy and these datasources.
fn at(step: &str, policy: &str, sources: &[String]) -> String {
    let sources: String = sources.iter().map(|id| format!("&server={id}")).collect();
    format!(
        "?vault={}&policy={policy}{sources}&step={step}",
        vault("bv-commerce-weu")
    )
}

fn query() -> String {
    let query = window().location().search().unwrap();
    js_sys::decode_uri_component(&query).unwrap().into()
}

/// The readiness of a row, by its name.
fn readiness(name: &str) -> String {
    let rows = all("tr.row-expandable");
    let row = rows
        .iter()
        .find(|row| text(&row.query_selector(".row-toggle-name").unwrap().unwrap()) == name);
    let row = row.unwrap_or_else(|| panic!("no row {name}"));
    let cell = row.query_selector(".readiness").unwrap().unwrap();
    spoken_text(&cell)
}

fn reason() -> String {
    text(&one(".wizard-reason"))
}

async fn go_on(label: &str) {
    click_button(label).await;
    settle().await;
}

#[wasm_bindgen_test]
async fn the_steps_follow_each_other_and_each_choice_is_in_the_address() {
    let rig = wizard("", |_| ()).await;
    role("heading", "Configure protection");
    see_text("Datasource type: Azure Database for PostgreSQL flexible servers");
    assert_eq!(text(&one("[aria-current=step]")), "1Basics");
    assert_eq!(reason(), "Choose a backup vault.");
    let next = role("button", "Next : Backup policy");
    assert_eq!(next.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert_eq!(description(&next), "Choose a backup vault.");

    role("radio", "bv-commerce-weu").click();
    settle().await;
    assert_eq!(query(), format!("?vault={}", vault("bv-commerce-weu")));
    see_text("Vault: bv-commerce-weu · West Europe");
    go_on("Next : Backup policy").await;

    // Only those for flexible servers.
    assert!(by_role("radio", "pgsingle-weekly").is_empty());
    see_text("Every Sunday at 02:00 UTC, kept 3 months");
    assert_eq!(reason(), "Choose a backup policy.");
    role("radio", "pgflex-long-term").click();
    settle().await;
    see_text("Recovery points on a day");
    go_on("Next : Datasources").await;

    see_text("Policy: pgflex-long-term, every Sunday at 02:00 UTC, kept 3 months.");
    assert_eq!(reason(), "Add at least one server.");
    assert_eq!(all("[aria-current=step]").len(), 1);
    let wanted = format!(
        "?vault={}&policy=pgflex-long-term&step=datasources",
        vault("bv-commerce-weu")
    );
    assert_eq!(query(), wanted);
    go_on("Previous").await;
    assert_eq!(text(&one("[aria-current=step]")), "2Backup policy");
    drop(rig);
}

#[wasm_bindgen_test]
async fn another_vault_makes_the_policy_void_and_a_later_step_of_a_link_waits_for_it() {
    let query_of = format!("?vault={}&policy=pgflex-weekly", vault("bv-commerce-weu"));
    let _rig = wizard(&query_of, |_| ()).await;
    role("radio", "bv-archive-gwc").click();
    settle().await;
    assert_eq!(query(), format!("?vault={}", vault("bv-archive-gwc")));
    drop(_rig);
    let _rig = wizard(&format!("{}&step=review", query()), |_| ()).await;
    role("heading", "Backup policy");
    assert!(by_role("link", "Datasources").is_empty(), "not reachable");
    role("link", "Basics, done");
}

#[wasm_bindgen_test]
async fn a_vault_without_identity_and_policy_gets_both_in_its_place() {
    let rig = wizard("", |_| ()).await;
    role("radio", "bv-dev-neu").click();
    settle().await;
    assert_eq!(
        reason(),
        "The vault has no identity. Turn it on, or choose another vault."
    );
    go_on("Turn identity on").await;
    wait(&rig, 1).await;
    // What is lacking now is no identity any more.
    assert_eq!(reason(), "");
    go_on("Next : Backup policy").await;
    see_text("No policy of this vault fits.");

    go_on("Create policy").await;
    rig.pass(300).await;
    role("dialog", "Create backup policy");
    go_on("Create").await;
    rig.pass(1000).await;
    assert!(by_role("dialog", "Create backup policy").is_empty());
    assert!(query().contains("&policy="), "the new one is chosen: {}", query());
    assert_eq!(reason(), "");
    see_text("Recovery points on a day");
}

#[wasm_bindgen_test]
async fn the_picker_says_of_each_server_why_it_cannot_be_picked() {
    let _rig = wizard(&at("datasources", "pgflex-weekly", &[]), |_| ()).await;
    role("heading", "Servers to protect");
    go_on("Add servers").await;
    let pane = role("dialog", "Select resources to back up");
    let add = role("button", "Add");
    assert_eq!(description(&add), "Pick at least one server.");
    let off = role("checkbox", "pg-billing-prod");
    assert_eq!(off.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(
        description(&off).contains("Protected already, in the vault 'bv-commerce-weu'."),
        "{}",
        description(&off)
    );
    off.click();
    settle().await;
    assert_eq!(description(&role("button", "Add")), "Pick at least one server.");
    for (name, part) in [
        ("pg-orders-ro-1", "A read replica."),
        ("pg-hr-archive", "In Germany West Central."),
    ] {
        let described = description(&role("checkbox", name));
        assert!(described.contains(part), "{name}: {described}");
    }
    let search = pane.query_selector("input[type=search]").unwrap().unwrap();
    type_into(&wasm_bindgen::JsCast::unchecked_into(search), "prod").await;
    settle().await;
    assert!(by_role("checkbox", "pg-dev-checkout").is_empty());
    role("checkbox", "pg-orders-prod").click();
    role("checkbox", "pg-catalog-prod").click();
    settle().await;
    go_on("Add 2 servers").await;
    assert!(by_role("dialog", "Select resources to back up").is_empty());
    assert!(query().contains("/pg-orders-prod&server="), "{}", query());
    assert_eq!(all("tr.row-expandable").len(), 2);
}

#[wasm_bindgen_test]
async fn each_server_of_the_list_shows_its_readiness_in_azures_words() {
    let sources = [
        server("rg-billing-prod", "pg-billing-prod"),
        server("rg-commerce-prod", "pg-catalog-prod"),
        server("rg-commerce-prod", "pg-nowhere"),
    ];
    let rig = wizard(&at("datasources", "pgflex-weekly", &sources), |_| ()).await;
    rig.pass(1000).await;
    assert!(
        readiness("pg-billing-prod").starts_with("Already protected"),
        "{}",
        readiness("pg-billing-prod")
    );
    assert!(
        readiness("pg-catalog-prod").starts_with("Role assignment not done"),
        "{}",
        readiness("pg-catalog-prod")
    );
    assert!(readiness("pg-nowhere").starts_with("Could not be read"));
    see_text("2 to mend");
    see_text("1 already protected");
    assert_eq!(
        reason(),
        "Next opens when every server in the list shows Success. Remove the others or mend them."
    );
    role("button", "pg-billing-prod").click();
    settle().await;
    role("link", "View instance");
    for name in ["pg-billing-prod", "pg-nowhere", "pg-catalog-prod"] {
        go_on(&format!("Remove {name}")).await;
    }
    see_text("No server added yet");
    assert!(!query().contains("server="), "{}", query());
}

#[wasm_bindgen_test]
async fn a_database_needs_the_identifier_of_its_secret() {
    let query_of = at("datasources", "pgsingle-weekly", &[database("crm")]);
    let rig = wizard(&query_of, |_| ()).await;
    role("heading", "Databases to protect");
    assert!(
        readiness("crm").starts_with("Secret identifier missing"),
        "{}",
        readiness("crm")
    );
    role("button", "crm").click();
    settle().await;
    let field = role("textbox", "Key Vault secret identifier");
    type_into(&field, "https://example.com/secrets/x").await;
    rig.pass(300).await;
    see_text("The host is not a key vault\u{2019}s, such as kv-name.vault.azure.net.");
    type_into(
        &field,
        "https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup/6f1e7d0c4b3a42d59e8f7061524334aa",
    )
    .await;
    rig.pass(300).await;
    settle().await;
    see_text("The secret 'pgs-legacy-backup' of the key vault 'kv-commerce-prod'.");
    assert!(
        !readiness("crm").starts_with("Secret identifier missing"),
        "{}",
        readiness("crm")
    );
    drop(rig);
    // What was typed is there after a reload, and is not in the address.
    assert!(!query().contains("kv-commerce-prod"), "{}", query());
}

#[wasm_bindgen_test]
async fn what_azure_refuses_at_once_is_told_in_its_row_and_nothing_is_configured() {
    let sources = [server("rg-billing-prod", "pg-billing-prod")];
    let rig = wizard(&at("review", "pgflex-weekly", &sources), |_| ()).await;
    rig.pass(1000).await;
    see_text("Not validated");
    assert!(reason().starts_with("Validate first"), "{}", reason());
    go_on("Validate").await;
    assert!(readiness("pg-billing-prod").contains("UserErrorDppDatasourceAlreadyProtected"));
    assert!(reason().starts_with("Not valid: 1 of 1."), "{}", reason());
    see_text("It is in vault bv-commerce-weu as pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101.");
    role("button", "Configure backup").click();
    settle().await;
    assert!(rig.sent_to(Method::Put, "/backupInstances/").is_empty());
    see_no_text("Sending");
}

#[wasm_bindgen_test]
async fn a_vault_that_cannot_be_read_is_said_and_nobody_goes_on_by_what_another_one_is_like() {
    let sources = [server("rg-commerce-prod", "pg-orders-prod")];
    let _rig = wizard(&at("review", "pgflex-weekly", &sources), |world| {
        let vault = "/backupVaults/bv-commerce-weu";
        refuse(
            world,
            Method::Get,
            vault,
            403,
            "AuthorizationFailed",
            "You may not read it.",
        );
    })
    .await;
    assert!(
        reason().starts_with("The vault could not be read."),
        "{}",
        reason()
    );
}

/// Lets minutes pass in steps, so that everything that waits takes its turns.
async fn wait(rig: &BackupsRig, minutes: u64) {
    for _ in 0..minutes * 6 {
        rig.pass(10_000).await;
    }
}

#[wasm_bindgen_test]
async fn missing_roles_are_assigned_and_the_server_is_validated_configured_and_protected() {
    let sources = [server("rg-commerce-prod", "pg-catalog-prod")];
    let rig = wizard(&at("datasources", "pgflex-weekly", &sources), |_| ()).await;
    rig.pass(1000).await;
    role("button", "pg-catalog-prod").click();
    settle().await;
    see_text("needs 1 role before it can back up 'pg-catalog-prod'.");
    go_on("Assign missing roles").await;
    // The countdown goes on without the row's details.
    role("button", "pg-catalog-prod").click();
    settle().await;
    wait(&rig, 2).await;
    assert_eq!(readiness("pg-catalog-prod"), "Success Nothing stands in the way");
    go_on("Next : Review + configure").await;
    role("heading", "Review + configure");
    see_text("Every Sunday at 02:00 UTC, kept 3 months");

    go_on("Validate").await;
    wait(&rig, 1).await;
    assert!(
        readiness("pg-catalog-prod").starts_with("Validated"),
        "{}",
        readiness("pg-catalog-prod")
    );
    let configure = role("button", "Configure backup");
    configure.click();
    configure.click();
    settle().await;
    assert!(
        readiness("pg-catalog-prod").starts_with("Configuring protection"),
        "{}",
        readiness("pg-catalog-prod")
    );
    assert!(reason().contains("The tab may be closed"), "{}", reason());
    wait(&rig, 3).await;
    see_text("1 server is protected.");
    assert!(readiness("pg-catalog-prod").starts_with("Protected"));
    let link = role("link", "View instance pg-catalog-prod");
    let href = link.get_attribute("href").unwrap();
    assert!(
        href.contains("/rg-backup-prod/bv-commerce-weu/instances/pg-catalog-prod-"),
        "{href}"
    );
    let sent = rig.sent_to(Method::Put, "/backupInstances/");
    assert_eq!(sent.len(), 1, "one request for two clicks: {sent:?}");
}

#[wasm_bindgen_test]
async fn of_several_only_the_one_that_failed_is_sent_again_under_the_same_name() {
    let sources = [checkout(), server("rg-commerce-prod", "pg-catalog-prod")];
    let rig = wizard(&at("review", "pgflex-weekly", &sources), |_| ()).await;
    rig.pass(1000).await;
    go_on("Validate").await;
    wait(&rig, 1).await;
    assert!(
        readiness("pg-dev-checkout").starts_with("Validated"),
        "{}",
        readiness("pg-dev-checkout")
    );
    assert!(readiness("pg-catalog-prod").contains("UserErrorMissingRequiredPermissions"));
    see_text("The identity of vault bv-commerce-weu");
    assert!(reason().starts_with("Not valid: 1 of 2."), "{}", reason());
    go_on("Assign missing roles").await;
    wait(&rig, 3).await;
    assert!(
        readiness("pg-catalog-prod").starts_with("Validated"),
        "{}",
        readiness("pg-catalog-prod")
    );

    refuse(
        &mut rig.world.borrow_mut(),
        Method::Put,
        "backupInstances/pg-catalog-prod",
        400,
        "BadRequest",
        "Not today.",
    );
    go_on("Configure backup").await;
    wait(&rig, 3).await;
    assert!(
        readiness("pg-dev-checkout").starts_with("Protected"),
        "{}",
        readiness("pg-dev-checkout")
    );
    assert!(
        readiness("pg-catalog-prod").starts_with("Not configured"),
        "{}",
        readiness("pg-catalog-prod")
    );
    see_text("Not today.");
    rig.world.borrow_mut().faults().clear();
    go_on("Retry 1 failed").await;
    wait(&rig, 3).await;
    see_text("2 servers are protected.");
    assert_eq!(
        rig.sent_to(Method::Put, "backupInstances/pg-dev-checkout").len(),
        1
    );
    let sent = rig.sent_to(Method::Put, "backupInstances/pg-catalog-prod");
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1], "the same name both times");
}

#[wasm_bindgen_test]
async fn a_lost_validation_is_gone_on_with_only_after_a_question() {
    let rig = wizard(&at("review", "pgflex-weekly", &[checkout()]), |_| ()).await;
    rig.pass(1000).await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Post,
        "validateForBackup",
        500,
        "InternalServerError",
        "An unexpected error occured.",
    );
    go_on("Validate").await;
    wait(&rig, 3).await;
    assert!(
        readiness("pg-dev-checkout").starts_with("Validation not known"),
        "{}",
        readiness("pg-dev-checkout")
    );
    go_on("Configure backup").await;
    role("dialog", "Configure without a validation?");
    assert!(rig.sent_to(Method::Put, "/backupInstances/").is_empty());
}
