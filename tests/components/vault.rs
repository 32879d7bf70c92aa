//! One backup vault: its settings and its three tabs, by what a user sees.

use arm_core::Method;
use arm_emulator::World;
use pg_backup_portal::{pages::VaultPage, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{refuse, settle};
use crate::support::{
    all, click_button, one, page, role, see_no_text, see_text, spoken_text, text, type_into,
};
use crate::vaults_rig::{VaultsRig, cell, names, rewrite, vault};

/// The instance of a server.
pub const BILLING: &str = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
const ANALYTICS: &str = "pg-analytics-957d23b1-c679-4c94-ade6-c4d34635e104";
const METRICS: &str = "pg-metrics-v2-957d23b1-c679-4c94-ade6-c4d34635e105";

/// The page of a vault of the production subscription.
pub async fn page_of(name: &'static str, query: &str, prepare: impl FnOnce(&mut World)) -> VaultsRig {
    let vault = vault(name);
    VaultsRig::of(query, prepare, move || view! { <VaultPage vault /> }.into_any()).await
}

fn fact(key: &str) -> String {
    let fact = all(".fact").into_iter().find(|fact| {
        let dt = fact.query_selector("dt").unwrap().unwrap();
        text(&dt) == key
    });
    let fact = fact.unwrap_or_else(|| panic!("no fact {key}: {}", page()));
    spoken_text(&fact.query_selector("dd").unwrap().unwrap())
}

fn path_of(link: &str) -> String {
    let href = role("link", link).get_attribute("href").unwrap();
    href.split_once("/vaults/")
        .map(|(_, path)| path.to_owned())
        .unwrap_or(href)
}

#[wasm_bindgen_test]
async fn the_settings_of_a_vault_stand_above_what_it_protects() {
    let rig = page_of("bv-insights-neu", "", |_| ()).await;
    role("heading", "bv-insights-neu");
    see_text("Backup vault · rg-backup-prod · North Europe");
    for (key, expected) in [
        ("Identity", "System-assigned"),
        ("Redundancy", "Geo-redundant cannot be changed"),
        ("Soft delete", "On 14 days"),
        ("Immutability", "Unlocked can be switched off"),
        ("Region", "North Europe"),
    ] {
        assert_eq!(fact(key), expected, "{key}");
    }
    assert_eq!(names(), [ANALYTICS, METRICS]);
    see_text("2 instances · read at 09:41:00 UTC");
    assert_eq!(
        cell(ANALYTICS, "Protection"),
        "Configuring protection failed UserErrorMissingRequiredPermissions"
    );
    assert_eq!(cell(METRICS, "Protection"), "Soft deleted data gone in 10 days");
    assert_eq!(cell(ANALYTICS, "Datasource"), "pg-analytics");
    assert_eq!(cell(ANALYTICS, "Type"), "Flexible server");
    assert_eq!(cell(ANALYTICS, "Policy"), "pgflex-weekly");
    let here = "11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-insights-neu";
    assert_eq!(path_of(ANALYTICS), format!("{here}/instances/{ANALYTICS}"));
    assert_eq!(path_of(METRICS), format!("{here}/instances/{METRICS}"));
    let configure = role("link", "Configure backup").get_attribute("href").unwrap();
    assert!(
        configure.contains("/protect?vault=%2Fsubscriptions%2F") && configure.ends_with("bv-insights-neu"),
        "{configure}"
    );
    let crumb = one(".breadcrumb a").get_attribute("href").unwrap();
    assert!(crumb.ends_with("/vaults"), "{crumb}");
    assert_eq!(text(&one(".tabs [aria-current=page]")), "Backup instances");

    // Rows that are taken away are told no more of the time that passes.
    let search = role("searchbox", "Search by name");
    type_into(&search, "nowhere").await;
    settle().await;
    rig.pass(2).await;
    role("heading", "No backup instance matches these filters.");
    type_into(&search, "").await;
    rig.pass(2).await;
    assert_eq!(names(), [ANALYTICS, METRICS]);
}

#[wasm_bindgen_test]
async fn databases_are_named_with_their_server_and_instances_are_found_filtered_and_sorted() {
    let rig = page_of("bv-commerce-weu", "?state=protected&sort=-name", |_| ()).await;
    assert_eq!(names().len(), 2);
    assert_eq!(names()[1], BILLING);
    see_text("2 of 3 instances");
    assert_eq!(fact("Soft delete"), "Off what is deleted is gone at once");
    let database = names()[0].clone();
    assert!(
        cell(&database, "Datasource").starts_with("invoices on "),
        "{}",
        page()
    );
    assert_eq!(cell(&database, "Type"), "Database of a single server");

    click_button("Clear Protection filter").await;
    settle().await;
    click_button("Protection").await;
    settle().await;
    see_text("Sorted by protection, A to Z.");
    assert!(cell(&names()[2], "Protection").contains("Protection stopped"));
    type_into(&role("searchbox", "Search by name"), "PAYROLL").await;
    settle().await;
    assert_eq!(names().len(), 1);
    see_text("1 of 3 instances.");
    type_into(&role("searchbox", "Search by name"), "nowhere").await;
    settle().await;
    role("heading", "No backup instance matches these filters.");
    click_button("Clear filters").await;
    settle().await;
    assert_eq!(names().len(), 3);
    drop(rig);
}

/// The vault that is not made ready yet.
async fn dev(prepare: impl FnOnce(&mut World)) -> VaultsRig {
    let vault = arm_core::ResourceId::in_resource_group(
        "22222222-2222-4222-8222-222222222222",
        "rg-platform-dev",
        "Microsoft.DataProtection/backupVaults",
        "bv-dev-neu",
    )
    .unwrap();
    VaultsRig::of("", prepare, move || view! { <VaultPage vault /> }.into_any()).await
}

#[wasm_bindgen_test]
async fn a_vault_without_identity_gets_one_and_without_instances_says_so() {
    let rig = dev(|_| ()).await;
    role("heading", "This vault protects nothing yet");
    assert_eq!(
        fact("Identity"),
        "NoneTurn on the vault’s identity without one it cannot back up"
    );
    click_button("Turn on the vault’s identity").await;
    settle().await;
    let button = role("button", "Turn on the vault’s identity");
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
    for _ in 0..6 {
        rig.pass(15).await;
    }
    assert_eq!(fact("Identity"), "System-assigned");
}

#[wasm_bindgen_test]
async fn an_identity_that_may_not_be_turned_on_says_which_action_is_missing() {
    let rig = dev(|world| {
        let no_write = NO_READ.replace("/read", "/write");
        refuse(
            world,
            Method::Patch,
            "bv-dev-neu",
            403,
            "AuthorizationFailed",
            &no_write,
        );
    })
    .await;
    click_button("Turn on the vault’s identity").await;
    settle().await;
    see_text("The identity was not turned on");
    see_text("Microsoft.DataProtection/backupVaults/write");
    role("button", "Copy request for an owner");
    drop(rig);
}

#[wasm_bindgen_test]
async fn a_vault_that_is_gone_says_so_and_leads_to_the_others() {
    let rig = page_of("bv-nowhere", "", |_| ()).await;
    role("heading", "There is no such backup vault");
    see_text("The resource group rg-backup-prod has no backup vault bv-nowhere");
    let all = role("link", "All backup vaults").get_attribute("href").unwrap();
    assert!(all.ends_with("/vaults"), "{all}");
    drop(rig);

    // One that goes while it is looked at.
    let rig = page_of("bv-commerce-weu", "", |_| ()).await;
    assert_eq!(names().len(), 3);
    rewrite(&mut rig.world.borrow_mut(), |documents| {
        documents.retain(|id, _| !id.contains("bv-commerce-weu"));
    });
    click_button("Refresh").await;
    settle().await;
    role("heading", "There is no such backup vault");
    *rig.world.borrow_mut() = World::new(7, arm_core::Clock::now(&*rig.clock));
    click_button("Check again").await;
    settle().await;
    assert_eq!(fact("Region"), "West Europe");
}

const NO_READ: &str = "The client does not have authorization to perform action 'Microsoft.DataProtection/backupVaults/read' over scope '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu' or the scope is invalid.";

#[wasm_bindgen_test]
async fn who_may_not_see_the_vault_or_a_list_is_told_what_is_missing() {
    let rig = page_of("bv-commerce-weu", "", |world| {
        refuse(
            world,
            Method::Get,
            "bv-commerce-weu",
            403,
            "AuthorizationFailed",
            NO_READ,
        )
    })
    .await;
    role("heading", "You may not see the backup vault");
    see_text("Microsoft.DataProtection/backupVaults/read");
    see_text("an owner of rg-backup-prod can assign it");
    rig.world.borrow_mut().faults().clear();
    let no_list = NO_READ.replace("backupVaults/read", "backupVaults/backupInstances/read");
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        "/backupInstances",
        403,
        "AuthorizationFailed",
        &no_list,
    );
    click_button("Check again").await;
    settle().await;
    click_button("Refresh").await;
    settle().await;
    assert_eq!(fact("Region"), "West Europe");
    role("heading", "You may not see the list of backup instances");
    see_text("Microsoft.DataProtection/backupVaults/backupInstances/read");
}

#[wasm_bindgen_test]
async fn that_soft_deleted_instances_are_missing_is_said() {
    let rig = page_of("bv-insights-neu", "", |world| {
        refuse(
            world,
            Method::Get,
            "/deletedBackupInstances",
            400,
            "Words",
            "Words.",
        )
    })
    .await;
    see_text("The soft-deleted instances could not be read. Words.");
    assert_eq!(names(), [ANALYTICS]);
    rig.world.borrow_mut().faults().clear();
    click_button("Try again").await;
    settle().await;
    assert_eq!(names(), [ANALYTICS, METRICS]);
    see_no_text("could not be read");
}

#[wasm_bindgen_test]
async fn an_instance_that_is_being_configured_is_read_again_until_it_is_protected() {
    let set = |world: &mut World, state: &str| {
        rewrite(world, |documents| {
            let (_, instance) = documents
                .iter_mut()
                .find(|(id, _)| id.ends_with(BILLING))
                .unwrap();
            instance["properties"]["currentProtectionState"] = state.into();
        });
    };
    let rig = page_of("bv-commerce-weu", "", |world| set(world, "ConfiguringProtection")).await;
    assert_eq!(cell(BILLING, "Protection"), "Configuring protection");
    let before = rig.asked("/backupInstances?");
    set(&mut rig.world.borrow_mut(), "ProtectionConfigured");
    rig.pass(20).await;
    assert_eq!(cell(BILLING, "Protection"), "Protection configured");
    assert_eq!(rig.asked("/backupInstances?"), before + 1);
    rig.pass(120).await;
    assert_eq!(
        rig.asked("/backupInstances?"),
        before + 1,
        "nothing changes, so nothing is read again"
    );
}
