//! The list of backup vaults, by what a user sees.

use arm_core::Method;
use arm_emulator::World;
use pg_backup_portal::{pages::VaultsPage, prelude::*};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{refuse, settle};
use crate::support::{
    all, by_role, choose, click_button, one, page, role, see_no_text, see_text, spoken_text, text, type_into,
};
use crate::vaults_rig::{VaultsRig, cell, names, rewrite};

const VAULT_TYPE: &str = "/microsoft.dataprotection/backupvaults/";

async fn page_with(query: &str, prepare: impl FnOnce(&mut World)) -> VaultsRig {
    VaultsRig::of(query, prepare, || view! { <VaultsPage /> }.into_any()).await
}

/// The world without what is below this part of an id.
fn without(world: &mut World, part: &str) {
    rewrite(world, |documents| documents.retain(|id, _| !id.contains(part)));
}

#[wasm_bindgen_test]
async fn every_vault_is_listed_with_its_settings_and_the_number_of_its_instances() {
    let _rig = page_with("", |_| ()).await;
    assert_eq!(
        names(),
        [
            "bv-archive-gwc",
            "bv-commerce-weu",
            "bv-dev-neu",
            "bv-insights-neu"
        ]
    );
    see_text("4 backup vaults in 3 subscriptions");
    see_text("4 vaults · read at 09:41:00 UTC");
    for (name, label, expected) in [
        ("bv-commerce-weu", "Region", "West Europe"),
        ("bv-commerce-weu", "Instances", "3"),
        ("bv-commerce-weu", "Redundancy", "Locally redundant"),
        ("bv-commerce-weu", "Soft delete", "Off"),
        ("bv-commerce-weu", "Identity", "On"),
        ("bv-commerce-weu", "Subscription", "Contoso Production"),
        ("bv-insights-neu", "Instances", "1 1 failed"),
        ("bv-insights-neu", "Redundancy", "Geo-redundant"),
        ("bv-insights-neu", "Immutability", "Unlocked"),
        ("bv-archive-gwc", "Soft delete", "Always on"),
        ("bv-archive-gwc", "Redundancy", "Zone-redundant"),
        ("bv-dev-neu", "Identity", "None"),
        ("bv-dev-neu", "Instances", "0"),
        ("bv-dev-neu", "Group", "rg-platform-dev"),
    ] {
        assert_eq!(cell(name, label), expected, "{name}: {label}");
    }
    assert_eq!(one("table").get_attribute("aria-rowcount").as_deref(), Some("5"));
    let link = role("link", "bv-commerce-weu").get_attribute("href").unwrap();
    assert!(
        link.ends_with("/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu"),
        "{link}"
    );
    let configure = role("link", "Configure backup").get_attribute("href").unwrap();
    assert!(configure.ends_with("/protect"), "{configure}");
    assert_eq!(text(&one("#menu [aria-current=page]")), "Backup vaults");
}

#[wasm_bindgen_test]
async fn search_region_and_order_are_in_the_address_and_are_said() {
    let _rig = page_with("?region=North%20Europe&sort=-name", |_| ()).await;
    assert_eq!(names(), ["bv-insights-neu", "bv-dev-neu"]);
    see_text("2 of 4 vaults");
    click_button("Clear Region filter").await;
    settle().await;
    assert_eq!(names().len(), 4);
    click_button("Instances").await;
    settle().await;
    click_button("Instances").await;
    settle().await;
    assert_eq!(
        names(),
        [
            "bv-commerce-weu",
            "bv-archive-gwc",
            "bv-insights-neu",
            "bv-dev-neu"
        ]
    );
    see_text("Sorted by instances, most first.");
    type_into(&role("searchbox", "Search by name"), "ARCHIVE").await;
    settle().await;
    assert_eq!(names(), ["bv-archive-gwc"]);
    see_text("1 of 4 vaults.");
    let query = window().location().search().unwrap();
    assert_eq!(query, "?sort=-instances&search=ARCHIVE");
    type_into(&role("searchbox", "Search by name"), "nowhere").await;
    settle().await;
    role("heading", "No vault matches these filters.");
    click_button("Clear filters").await;
    settle().await;
    assert_eq!(names().len(), 4);
}

#[wasm_bindgen_test]
async fn without_a_vault_the_page_says_what_vaults_are_for_and_where_it_looked() {
    let rig = page_with("", |world| without(world, VAULT_TYPE)).await;
    role("heading", "No backup vault");
    see_text("3 subscriptions you may read, without a vault.");
    assert_eq!(
        by_role("button", "Create vault").len(),
        2,
        "a command, and the way on"
    );
    *rig.world.borrow_mut() = World::new(7, arm_core::Clock::now(&*rig.clock));
    all(".empty-state button")[1].click();
    settle().await;
    assert_eq!(names().len(), 4);
}

#[wasm_bindgen_test]
async fn a_vault_that_is_made_here_is_listed_at_once() {
    let rig = page_with("", |_| ()).await;
    click_button("Create vault").await;
    settle().await;
    role("dialog", "Create backup vault");
    choose(&role("combobox", "Subscription"), "Contoso Production").await;
    settle().await;
    choose(&role("combobox", "Resource group"), "rg-backup-prod").await;
    type_into(&role("textbox", "Vault name"), "bv-new-weu").await;
    type_into(&role("combobox", "Region"), "West Europe").await;
    settle().await;
    click_button("Create").await;
    settle().await;
    for _ in 0..8 {
        rig.pass(15).await;
    }
    assert!(names().contains(&"bv-new-weu".to_owned()), "{}", page());
    assert_eq!(cell("bv-new-weu", "Region"), "West Europe");
    assert_eq!(cell("bv-new-weu", "Identity"), "On");
    assert_eq!(cell("bv-new-weu", "Subscription"), "Contoso Production");
}

#[wasm_bindgen_test]
async fn who_may_not_read_is_told_the_action_and_the_role() {
    let rig = page_with("", |world| {
        refuse(world, Method::Post, "ResourceGraph", 403, "AccessDenied", "No.");
        refuse(
            world,
            Method::Get,
            "backupVaults",
            403,
            "AuthorizationFailed",
            "The client does not have authorization to perform action 'Microsoft.DataProtection/backupVaults/read' over scope '/subscriptions/s'.",
        );
    })
    .await;
    role("heading", "You may not see the backup vaults of any subscription");
    assert_eq!(
        spoken_text(&one(".empty-state code")),
        "Microsoft.DataProtection/backupVaults/read"
    );
    see_text("Contoso Production");
    role("button", "Copy request for an owner");
    rig.world.borrow_mut().faults().clear();
    click_button("Check again").await;
    settle().await;
    assert_eq!(names().len(), 4);
}

#[wasm_bindgen_test]
async fn a_list_that_cannot_be_read_says_so_and_keeps_what_was_read() {
    let rig = page_with("", |world| {
        refuse(world, Method::Post, "ResourceGraph", 400, "Words", "Words.")
    })
    .await;
    role("heading", "The list of backup vaults could not be read");
    rig.world.borrow_mut().faults().clear();
    click_button("Try again").await;
    settle().await;
    assert_eq!(names().len(), 4);
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Post,
        "ResourceGraph",
        400,
        "Words",
        "Words.",
    );
    click_button("Refresh").await;
    settle().await;
    see_text("The list of backup vaults could not be read again.");
    assert_eq!(names().len(), 4);
    assert_eq!(cell("bv-commerce-weu", "Instances"), "3", "as it was read before");
}

#[wasm_bindgen_test]
async fn of_five_thousand_vaults_only_those_in_sight_are_in_the_page() {
    let many = |world: &mut World| {
        rewrite(world, |documents| {
            let (_, pattern) = documents
                .iter()
                .find(|(id, _)| id.ends_with("/bv-dev-neu"))
                .unwrap();
            let pattern = pattern.to_string();
            for number in 0..5000 {
                let copy = pattern.replace("bv-dev-neu", &format!("bv-many-{number:04}"));
                let copy: serde_json::Value = serde_json::from_str(&copy).unwrap();
                let id = copy["id"].as_str().unwrap().to_ascii_lowercase();
                documents.insert(id, copy);
            }
        });
    };
    let _rig = page_with("?sort=-name", many).await;
    see_text("5004 vaults");
    assert_eq!(
        one("table").get_attribute("aria-rowcount").as_deref(),
        Some("5005")
    );
    assert_eq!(names()[0], "bv-many-4999");
    let rows = names().len();
    assert!((5..150).contains(&rows), "{rows} rows are in the page");
    see_no_text("bv-many-0000");
    assert_eq!(json!(cell("bv-many-4999", "Identity")), json!("None"));
}
