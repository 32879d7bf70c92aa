//! What the wizard, a vault and an instance show of protection, by what a user sees.

use arm_client::data_protection::{BackupPolicy, Datasource, DatasourceKind, NewInstance, PolicyRules};
use arm_core::ResourceId;
use pg_backup_portal::{
    components::protection::{PolicyDetails, ProtectionProblem},
    hooks::{Validation, use_validation},
    prelude::*,
    services::use_arm,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, settle};
use crate::support::{all, by_role, one, role, see_no_text, see_text, spoken_text, text, type_into};

pub const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";
pub const DEVELOPMENT: &str = "22222222-2222-4222-8222-222222222222";
/// The identities of `bv-commerce-weu` and `bv-archive-gwc`.
pub const COMMERCE: &str = "5e1f0001-0000-4000-8000-0000000000a1";
pub const ARCHIVE: &str = "5e1f0001-0000-4000-8000-0000000000a3";
pub fn flexible(subscription: &str, group: &str, name: &str) -> Datasource {
    let kind = DatasourceKind::FlexibleServer;
    Datasource {
        kind,
        id: ResourceId::in_resource_group(subscription, group, kind.as_str(), name).unwrap(),
        location: "West Europe".to_owned(),
    }
}

/// Parts over the emulator.
pub async fn parts(view: fn() -> AnyView) -> BackupsRig {
    BackupsRig::with_view(|_| (), view).await
}

pub fn vault(name: &str) -> ResourceId {
    let id = "11111111-1111-4111-8111-111111111111";
    let kind = "Microsoft.DataProtection/backupVaults";
    ResourceId::in_resource_group(id, "rg-backup-prod", kind, name).unwrap()
}

/// A policy of the default world, once it has been read.
pub fn policy_of(name: &'static str) -> AnyView {
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
pub fn rows(table: usize) -> Vec<String> {
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

/// What a validation in `bv-commerce-weu` comes to.
pub fn validation_of(datasource: Datasource) -> AnyView {
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
