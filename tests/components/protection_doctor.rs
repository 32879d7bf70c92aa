//! The permission doctor, by what a user sees.

use arm_client::data_protection::{Datasource, DatasourceKind};
use arm_core::{Method, ResourceId};
use pg_backup_portal::{
    components::protection::{Patient, PermissionDoctor, use_doctor},
    prelude::*,
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use crate::backups_page::{BackupsRig, provide_azure_of, refuse, settle};
use crate::protection_parts::{ARCHIVE, COMMERCE, DEVELOPMENT, PRODUCTION, flexible, parts, rows, vault};
use crate::support::{click_button, description, one, role, see_no_text, see_text, text};

/// Amara Okafor of the emulated directory, who may do everything but give and take roles.
const AMARA: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2VtdWxhdG9yLmludmFsaWQvdC8iLCJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyIsIm9pZCI6IjBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwNSIsImV4cCI6MjAwMDAwMDAwMH0.x";

/// The doctor for an identity, and how often it asked for another validation.
fn doctor_of(principal: &str, datasource: Datasource, key_vaults: &[&str]) -> AnyView {
    let key_vault = |name: &&str| {
        let kind = "Microsoft.KeyVault/vaults";
        ResourceId::in_resource_group(PRODUCTION, "rg-backup-prod", kind, name).unwrap()
    };
    let patient = Patient {
        vault: vault("bv-commerce-weu"),
        principal: principal.to_owned(),
        datasources: vec![datasource],
        key_vaults: key_vaults.iter().map(key_vault).collect(),
        restores_to: None,
    };
    let validated = RwSignal::new(0);
    let on_revalidate = Callback::new(move |()| validated.update(|count| *count += 1));
    let doctor = use_doctor(patient, on_revalidate);
    view! {
        <PermissionDoctor doctor />
        <p>{move || format!("Validated {} times.", validated.get())}</p>
    }
    .into_any()
}

fn orders() -> AnyView {
    doctor_of(
        COMMERCE,
        flexible(PRODUCTION, "rg-commerce-prod", "pg-orders-prod"),
        &[],
    )
}

const RETENTION: &str = "PostgreSQL Flexible Server Long Term Retention Backup Role";

/// Role, scope and state of each row.
fn roles() -> Vec<String> {
    let row = |row: String| row.replace("Resource group ", "group ").replace(' ', "");
    rows(0).into_iter().map(row).collect()
}

/// A row with its words as close as [`roles`] gives them.
fn role_row(role: &str, place: &str, state: &str) -> String {
    format!("{role}{place}{state}").replace(' ', "")
}

#[wasm_bindgen_test]
async fn missing_roles_are_assigned_waited_for_and_validated_again_once() {
    let rig = parts(orders).await;
    see_text("The identity of vault 'bv-commerce-weu' needs 2 roles before it can back up 'pg-orders-prod'.");
    let expected = |state: &str| {
        [
            role_row("Reader", "group rg-commerce-prod", state),
            role_row(RETENTION, "Server pg-orders-prod", state),
        ]
    };
    assert_eq!(roles(), expected("Missing"));
    see_text("Conditions of assignments and deny assignments cannot be looked into from here");
    let puts = rig.sent(Method::Put);
    let button = role("button", "Assign missing roles");
    button.focus().unwrap();
    button.click();
    settle().await;
    assert_eq!(rig.sent(Method::Put) - puts, 2);
    assert_eq!(roles(), expected("Assigned"));
    see_text("The identity of vault 'bv-commerce-weu' has what it needs");
    see_text(&format!(
        "Assigned here: 'Reader' on resource group 'rg-commerce-prod', '{RETENTION}' on server 'pg-orders-prod'."
    ));
    see_text("it is validated again in 1 min 0 s.");
    see_text("Validated 0 times.");
    rig.pass(59_000).await;
    see_text("Validated 0 times.");
    rig.pass(1000).await;
    see_text("Validated 1 times.");
    rig.pass(120_000).await;
    see_text("Validated 1 times.");
    see_no_text("it is validated again in");
    click_button("Revalidate").await;
    see_text("Validated 2 times.");
}

#[wasm_bindgen_test]
async fn who_does_not_want_to_wait_validates_at_once_and_the_clock_does_not_again() {
    let rig = parts(orders).await;
    click_button("Assign missing roles").await;
    settle().await;
    click_button("Revalidate now").await;
    rig.pass(120_000).await;
    see_text("Validated 1 times.");
}

#[wasm_bindgen_test]
async fn a_role_counts_when_it_is_inherited() {
    let _rig = parts(|| doctor_of(COMMERCE, flexible(DEVELOPMENT, "rg-dev", "pg-dev-checkout"), &[])).await;
    see_text("has what it needs");
}

#[wasm_bindgen_test]
async fn a_role_counts_when_it_is_a_custom_one() {
    let _rig = parts(|| {
        let name = "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char";
        doctor_of(ARCHIVE, flexible(PRODUCTION, "rg-insights", name), &[])
    })
    .await;
    see_text("has what it needs");
}

#[wasm_bindgen_test]
async fn a_role_counts_when_a_group_has_it() {
    let _rig = parts(|| {
        let catalog = flexible(PRODUCTION, "rg-commerce-prod", "pg-catalog-prod");
        doctor_of(COMMERCE, catalog, &[])
    })
    .await;
    see_text("needs 1 role before");
    assert_eq!(
        roles(),
        [
            role_row("Reader", "group rg-commerce-prod", "Missing"),
            role_row(RETENTION, "Server pg-catalog-prod", "Assigned"),
        ]
    );
}

#[wasm_bindgen_test]
async fn the_scope_is_chosen_and_the_commands_follow() {
    let rig = parts(orders).await;
    let select = one("select");
    let code = || text(&one("pre"));
    assert!(code().contains("flexibleServers/pg-orders-prod"), "{}", code());
    wasm_bindgen::JsCast::unchecked_ref::<HtmlSelectElement>(&*select).set_value("Subscription");
    select
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    settle().await;
    see_text("Holds for everything in the subscription.");
    let scope = format!("--scope /subscriptions/{PRODUCTION} #");
    assert!(code().contains(&scope), "{}", code());
    assert!(!code().contains("flexibleServers"), "{}", code());
    click_button("Assign missing roles").await;
    settle().await;
    see_text(&format!("'Reader' on subscription '{PRODUCTION}'"));
    let grants = rig.arm.authorization();
    let scope = ResourceId::subscription(PRODUCTION).unwrap();
    let held = grants.assigned_to(&scope, COMMERCE).await.unwrap();
    let held = held.iter().filter(|held| held.scope == scope.as_str());
    assert_eq!(held.count(), 2);
}

#[wasm_bindgen_test]
async fn who_may_not_assign_gets_the_commands_and_a_template_for_a_colleague() {
    let _rig = parts(|| {
        provide_azure_of(AMARA);
        orders()
    })
    .await;
    let button = role("button", "Assign missing roles");
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(
        description(&button)
            .contains("Your roles lack the action 'Microsoft.Authorization/roleAssignments/write' on"),
        "{}",
        description(&button)
    );
    see_text("You may not assign this.");
    see_text(&format!(
        "az role assignment create --assignee-object-id {COMMERCE}"
    ));
    role("tab", "ARM template").click();
    settle().await;
    see_text("subscriptionDeploymentTemplate.json");
    role("tab", "Azure CLI").click();
    settle().await;
}

#[wasm_bindgen_test]
async fn where_roles_cannot_be_read_nothing_is_claimed_and_everything_is_offered() {
    let rig = BackupsRig::with_view(
        |world| {
            let message = "The client does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope '/subscriptions/s'.";
            refuse(world, Method::Get, "roleAssignments", 403, "AuthorizationFailed", message);
        },
        orders,
    )
    .await;
    see_text("The roles of the vault\u{2019}s identity are not known");
    see_text("Microsoft.Authorization/roleAssignments/read");
    see_no_text("Missing");
    assert!(text(&one("pre")).contains("# Reader"), "all that it takes");
    rig.world.borrow_mut().faults().clear();
    click_button("Check again").await;
    settle().await;
    see_text("needs 2 roles");
}

#[wasm_bindgen_test]
async fn what_azure_refuses_to_assign_is_told_in_place_and_what_is_there_already_is_fine() {
    let rig = parts(orders).await;
    let path = "flexibleServers/pg-orders-prod/providers/Microsoft.Authorization/roleAssignments";
    let message = "The client does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '/subscriptions/s'.";
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Put,
        path,
        403,
        "AuthorizationFailed",
        message,
    );
    click_button("Assign missing roles").await;
    settle().await;
    see_text(&format!(
        "Not assigned: '{RETENTION}' on server 'pg-orders-prod'."
    ));
    assert_eq!(
        roles()[0],
        role_row("Reader", "group rg-commerce-prod", "Assigned")
    );
    see_no_text("it is validated again in");
    rig.world.borrow_mut().faults().clear();
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Put,
        path,
        409,
        "RoleAssignmentExists",
        "It exists.",
    );
    click_button("Assign missing roles").await;
    settle().await;
    see_no_text("Not assigned");
}

fn crm(principal: &str, key_vault: &str) -> AnyView {
    let database = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-billing-prod/providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy/databases/crm";
    let database = Datasource {
        kind: DatasourceKind::SingleServerDatabase,
        id: database.parse().unwrap(),
        location: "westeurope".to_owned(),
    };
    doctor_of(principal, database, &[key_vault])
}

#[wasm_bindgen_test]
async fn the_secret_of_a_database_takes_a_role_where_its_key_vault_goes_by_roles() {
    let _rig = parts(|| crm(COMMERCE, "kv-platform-prod")).await;
    assert_eq!(
        roles(),
        [
            // The whole group was given for another server in it.
            role_row("Reader", "Server pgs-legacy", "Assigned"),
            role_row("Key Vault Secrets User", "Key vault kv-platform-prod", "Missing"),
        ]
    );
    click_button("Assign missing roles").await;
    settle().await;
    see_text("has what it needs");
}

#[wasm_bindgen_test]
async fn the_secret_of_a_database_takes_an_access_policy_where_its_key_vault_goes_by_those() {
    let _rig = parts(|| crm(ARCHIVE, "kv-commerce-prod")).await;
    see_text("needs 1 role and an access policy before it can back up 'crm'.");
    click_button("Assign missing roles").await;
    settle().await;
    see_text("Get and List on secrets on key vault 'kv-commerce-prod'");
    see_text("has what it needs");
}
