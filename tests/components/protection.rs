//! *Protection* of a server, by what a user sees.

use arm_core::{Method, ResourceId};
use arm_emulator::World;
use pg_backup_portal::{pages::ProtectionPage, prelude::*};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::instance::{BILLING, METRICS, id_of};
use crate::support::{all, by_role, click_button, description, one, page, role, see_no_text, see_text, text};

async fn page_with(group: &str, server: &str, prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let page_of = |server| view! { <ProtectionPage server /> }.into_any();
    BackupsRig::with_page(group, server, prepare, page_of).await
}

async fn page_of(group: &str, server: &str) -> BackupsRig {
    page_with(group, server, |_| ()).await
}

fn fact(key: &str) -> String {
    let facts = all(".fact");
    let fact = facts
        .iter()
        .find(|fact| text(&fact.query_selector("dt").unwrap().unwrap()) == key)
        .unwrap_or_else(|| panic!("no fact {key}: {}", page()));
    text(&fact.query_selector("dd").unwrap().unwrap()).replace('\u{a0}', " ")
}

fn href(name: &str) -> String {
    role("link", name).get_attribute("href").unwrap()
}

#[wasm_bindgen_test]
async fn a_protected_server_tells_where_by_what_and_since_when() {
    let _rig = page_of("rg-billing-prod", "pg-billing-prod").await;
    role("heading", "pg-billing-prod | Protection");
    role("heading", BILLING.1);
    for (key, expected) in [
        ("Protection", "Protection configured"),
        ("Backup vault", "bv-commerce-weu"),
        ("Backup policy", "pgflex-long-term Every Sunday at 02:00 UTC"),
        ("Last backup", "8 Mar 2026, 02:00 UTC 4 days ago"),
        ("Next backup", "15 Mar 2026, 02:00 UTC in 2 days"),
    ] {
        assert_eq!(fact(key), expected, "{key}");
    }
    assert!(
        fact("Recovery points since").contains("2025"),
        "{}",
        fact("Recovery points since")
    );
    assert!(href(BILLING.1).ends_with(&format!(
        "/rg-backup-prod/bv-commerce-weu/instances/{}",
        BILLING.1
    )));
    assert!(href("bv-commerce-weu").ends_with("/rg-backup-prod/bv-commerce-weu"));
    assert_eq!(text(&one("#menu [aria-current=page]")), "Protection");
    let why = "A backup instance of this server is there already; Azure takes one.";
    assert_eq!(description(&role("button", "Configure backup")), why);
    assert_eq!(
        document().title(),
        "Protection · pg-billing-prod · PG Backup Portal"
    );
}

#[wasm_bindgen_test]
async fn a_server_that_no_vault_protects_leads_to_the_wizard_and_tells_the_limits() {
    let _rig = page_of("rg-commerce-prod", "pg-orders-prod").await;
    see_text("No backup vault protects this server");
    let links = by_role("link", "Configure backup");
    assert_eq!(links.len(), 2, "a command and the empty state's own");
    for link in links {
        let href = link.get_attribute("href").unwrap();
        assert!(href.contains("/protect?server=%2Fsubscriptions%2F"), "{href}");
    }
    see_text("One backup a week is taken.");
    see_text("Up to 1 TiB of data");
}

#[wasm_bindgen_test]
async fn what_stands_in_the_way_of_a_server_is_said_before_the_wizard() {
    let _rig = page_of("rg-commerce-prod", "pg-orders-ro-1").await;
    see_text("The server is a read replica");
}

#[wasm_bindgen_test]
async fn a_server_whose_protection_failed_shows_azures_reason() {
    let _rig = page_of("rg-insights", "pg-analytics").await;
    assert_eq!(fact("Protection"), "Configuring protection failed");
    see_text("The identity of vault bv-insights-neu");
    see_text("Appropriate permissions to perform the operation is missing.");
    assert!(
        fact("Last backup").starts_with("None yet"),
        "{}",
        fact("Last backup")
    );
    assert!(fact("Next backup").starts_with("None"), "{}", fact("Next backup"));
}

#[wasm_bindgen_test]
async fn several_instances_each_have_their_card() {
    let _rig = page_with("rg-billing-prod", "pg-billing-prod", |world| {
        // A second vault that was protecting it before, which Azure does not let happen again.
        let mut all = serde_json::to_value(&*world).unwrap();
        let documents = all["documents"].as_object_mut().unwrap();
        let key = |id: &ResourceId| id.as_str().to_ascii_lowercase();
        let mut second = documents[&key(&id_of(BILLING))].clone();
        let id = id_of(("bv-insights-neu", "pg-billing-prod-old"));
        second["id"] = json!(id);
        second["name"] = json!("pg-billing-prod-old");
        second["properties"]["currentProtectionState"] = json!("ProtectionStopped");
        documents.insert(key(&id), second);
        *world = serde_json::from_value(all).unwrap();
    })
    .await;
    see_text("2 backup instances");
    assert_eq!(all(".instance-card").len(), 2);
    see_text("Protection stopped");
    see_text("Protection configured");
}

#[wasm_bindgen_test]
async fn a_missing_right_a_server_that_is_gone_and_a_failure_each_have_their_view() {
    let denied = "The client 'x' with object id 'x' does not have authorization to perform action \
                  'Microsoft.DataProtection/backupInstances/read' over scope '/subscriptions/s/resourceGroups/rg-billing-prod'.";
    let path = "/providers/Microsoft.DataProtection/backupInstances";
    let rig = page_with("rg-billing-prod", "pg-billing-prod", |world| {
        refuse(world, Method::Get, path, 403, "AuthorizationFailed", denied);
    })
    .await;
    see_text("You may not see the protection of this server");
    see_text("Microsoft.DataProtection/backupInstances/read");
    drop(rig);
    let rig = page_of("rg-billing-prod", "pg-nobody").await;
    see_text("It is not there");
    drop(rig);
    let rig = page_with("rg-billing-prod", "pg-billing-prod", |world| {
        refuse(world, Method::Get, path, 400, "BadRequest", "Not so.");
    })
    .await;
    see_text("The protection of this server could not be read");
    see_text("Not so.");
    let before = rig.sent(Method::Get);
    click_button("Try again").await;
    settle().await;
    assert!(rig.sent(Method::Get) > before);
}

#[wasm_bindgen_test]
async fn a_soft_deleted_instance_is_told_with_its_vault_and_until_when_it_is_in_the_way() {
    let id = "22222222-2222-4222-8222-222222222222";
    let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
    let server = ResourceId::in_resource_group(id, "rg-platform-dev", kind, "pg-metrics-v2").unwrap();
    let view = move || view! { <ProtectionPage server /> }.into_any();
    let _rig = BackupsRig::with_view(|_| (), view).await;
    see_text("No backup vault protects this server");
    see_text("There is a soft-deleted backup instance of this server.");
    see_text("Vault 'bv-insights-neu' keeps the backups of this server after its protection was deleted.");
    see_text("It is kept until 22 Mar 2026, 09:41");
    let page = href("Show the deleted instance");
    assert!(
        page.ends_with(&format!("/bv-insights-neu/instances/{}", METRICS.1)),
        "{page}"
    );
}

#[wasm_bindgen_test]
async fn vaults_that_cannot_be_looked_into_for_deleted_instances_are_named() {
    let _rig = page_with("rg-billing-prod", "pg-billing-prod", |world| {
        refuse(
            world,
            Method::Get,
            "/deletedBackupInstances",
            403,
            "AuthorizationFailed",
            "No.",
        );
    })
    .await;
    see_text(
        "Whether a soft-deleted backup instance of this server is still kept by 'bv-commerce-weu' is not known.",
    );
    see_no_text("bv-insights-neu");
    assert_eq!(fact("Protection"), "Protection configured", "the rest is there");
}
