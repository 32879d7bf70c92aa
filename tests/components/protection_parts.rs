//! What the wizard, a vault and an instance share, by what a user sees.

use arm_client::data_protection::{BackupPolicy, Datasource, DatasourceKind, NewInstance, PolicyRules};
use arm_core::{Method, ResourceId};
use leptos::prelude::*;
use pg_backup_portal::{
    components::protection::{Patient, PermissionDoctor, PolicyDetails, ProtectionProblem, use_doctor},
    hooks::{Validation, use_validation},
    services::use_arm,
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use crate::backups_page::{BackupsRig, provide_azure_of, refuse, settle};
use crate::support::{
    all, by_role, click_button, description, one, role, see_no_text, see_text, spoken_text, text, type_into,
};

/// Parts over the emulator.
async fn parts(view: fn() -> AnyView) -> BackupsRig {
    BackupsRig::with_view(|_| (), view).await
}

fn vault(name: &str) -> ResourceId {
    let id = "11111111-1111-4111-8111-111111111111";
    let kind = "Microsoft.DataProtection/backupVaults";
    ResourceId::in_resource_group(id, "rg-backup-prod", kind, name).unwrap()
}

/// A policy of the default world, once it has been read.
fn policy_of(name: &'static str) -> AnyView {
    let (read, arm) = (RwSignal::new(None::<BackupPolicy>), use_arm());
    let id = vault("bv-commerce-weu").child("backupPolicies", name).unwrap();
    leptos::task::spawn_local(async move {
        read.set(arm.data_protection().policy(&id).await.ok());
    });
    let rules = move || {
        read.with(|read| {
            read.as_ref()
                .map_or_else(PolicyRules::default, |read| read.rules.clone())
        })
    };
    view! { <PolicyDetails rules=Signal::derive(rules) /> }.into_any()
}

/// The cells of each row of a table.
fn rows(table: usize) -> Vec<String> {
    let tables = all("table");
    let rows = tables[table].query_selector_all("tbody tr").unwrap();
    let row = |index| spoken_text(&wasm_bindgen::JsCast::unchecked_into(rows.get(index).unwrap()));
    (0..rows.length()).map(row).collect()
}

#[wasm_bindgen_test]
async fn a_policy_is_told_in_words_and_by_what_exists_on_a_day() {
    let rig = parts(|| policy_of("pgflex-long-term")).await;
    assert_eq!(text(&all("dd")[0]), "Every Sunday at 02:00 UTC");
    let squeezed = |text: &str| text.replace([' ', '\u{a0}'], "");
    let retention: Vec<_> = rows(0).iter().map(|row| squeezed(row)).collect();
    assert_eq!(
        retention,
        [
            "YearlyThefirstbackupofeachyear10yearsafteritwastaken",
            "MonthlyThefirstbackupofeachmonth1yearafteritwastaken",
            "DefaultAllotherbackups3monthsafteritwastaken",
        ]
    );
    // From 12 March 2026 on: the first one of all is the first of its year and month.
    see_text("23 recovery points at the end of 12 Mar 2027 (UTC): 11 Monthly, 10 Default, 2 Yearly.");
    assert_eq!(rows(1).len(), 23);
    assert_eq!(rows(1)[22], "2026-03-15 02:00Yearly2036-03-15 02:00");
    let region = role("region", "Recovery points on a day");
    assert_eq!(region.tab_index(), 0, "what scrolls takes the focus");

    let day = one("input[type=date]");
    assert_eq!(day.get_attribute("min").as_deref(), Some("2026-03-12"));
    type_into(&day, "2026-03-22").await;
    rig.pass(300).await;
    see_text("2 recovery points at the end of 22 Mar 2026 (UTC): 1 Default, 1 Yearly.");
    type_into(&day, "2025-03-22").await;
    rig.pass(300).await;
    see_text("Protection begins on 2026-03-12. Choose that day or a later one.");
    assert!(by_role("region", "Recovery points on a day").is_empty());
    see_no_text("The policy has");
}

const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";
const DEVELOPMENT: &str = "22222222-2222-4222-8222-222222222222";
/// The identities of `bv-commerce-weu` and `bv-archive-gwc`.
const COMMERCE: &str = "5e1f0001-0000-4000-8000-0000000000a1";
const ARCHIVE: &str = "5e1f0001-0000-4000-8000-0000000000a3";
/// Amara Okafor of the emulated directory, who may do everything but give and take roles.
const AMARA: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2VtdWxhdG9yLmludmFsaWQvdC8iLCJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyIsIm9pZCI6IjBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwNSIsImV4cCI6MjAwMDAwMDAwMH0.x";

fn flexible(subscription: &str, group: &str, name: &str) -> Datasource {
    let kind = DatasourceKind::FlexibleServer;
    Datasource {
        kind,
        id: ResourceId::in_resource_group(subscription, group, kind.as_str(), name).unwrap(),
        location: "West Europe".to_owned(),
    }
}

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

/// What a validation in `bv-commerce-weu` comes to.
fn validation_of(datasource: Datasource) -> AnyView {
    let validating = use_validation();
    let vault = vault("bv-commerce-weu");
    let policy = vault.child("backupPolicies", "pgflex-weekly").unwrap();
    let instance = NewInstance {
        datasource,
        policy,
        secret: None,
    };
    validating.validate.run((vault, instance));
    let problem = move || match validating.state.get() {
        Validation::Failed(error) => {
            let identity = Some((COMMERCE.to_owned(), "bv-commerce-weu".to_owned()));
            view! { <ProtectionProblem title="It cannot be protected" error=*error identity /> }.into_any()
        }
        _ => ().into_any(),
    };
    view! { {problem} }.into_any()
}

#[wasm_bindgen_test]
async fn what_is_protected_already_leads_to_its_vault_and_its_instance() {
    let _rig = parts(|| validation_of(flexible(PRODUCTION, "rg-billing-prod", "pg-billing-prod"))).await;
    settle().await;
    see_text("It cannot be protected It is protected already.");
    let vault = format!("/vaults/{PRODUCTION}/rg-backup-prod/bv-commerce-weu");
    let instance = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
    let link = |name: &str| by_role("link", name)[0].get_attribute("href").unwrap();
    assert_eq!(link(instance), format!("{vault}/instances/{instance}"));
    assert_eq!(link("bv-commerce-weu"), vault);
    see_text("Azure recommends:");
    see_text("from the Backup vault bv-commerce-weu to re-protect the datasource in any other vault.");
    see_text("UserErrorDppDatasourceAlreadyProtected");
    see_text("Activity id");
}

#[wasm_bindgen_test]
async fn who_lacks_what_where_is_told_in_words() {
    let rig = parts(|| validation_of(flexible(PRODUCTION, "rg-commerce-prod", "pg-orders-prod"))).await;
    for _ in 0..6 {
        rig.pass(10_000).await;
    }
    see_text(
        "It cannot be protected The vault's identity lacks a permission. Appropriate permissions to perform the operation is missing.",
    );
    let facts: Vec<_> = all("dl.lack dd").iter().map(|fact| spoken_text(fact)).collect();
    assert_eq!(
        facts,
        [
            "The identity of vault bv-commerce-weu",
            "Microsoft.Authorization/roleAssignments/read",
            "Server pg-orders-prod",
        ]
    );
    let page = role("link", "https://aka.ms/UserErrorMissingRequiredPermissions");
    assert_eq!(page.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
    assert_eq!(
        page.get_attribute("href").as_deref(),
        Some("https://aka.ms/UserErrorMissingRequiredPermissions")
    );
    for copied in [
        "Copy object id",
        "Copy action",
        "Copy scope",
        "Copy activity id",
        "Copy code",
    ] {
        role("button", copied);
    }
}
