//! What may be done on each page: what the limits hide and forbid, and what the user's roles lack.

use arm_core::{Method, ResourceId};
use arm_emulator::World;
use pg_backup_portal::pages::{
    BackupsPage, InstancePage, LongTermRetentionPage, ProtectPage, ProtectionPage, RestorePage, VaultPage,
    VaultsPage,
};
use pg_backup_portal::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::instance::{BILLING, METRICS, id_of};
use crate::support::{
    all, by_role, click_button, description, role, see_no_text, see_text, spoken_text, text, type_into,
};
use crate::vaults_rig::vault;

const JONAS: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2VtdWxhdG9yLmludmFsaWQvdC8iLCJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyIsIm9pZCI6IjBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMiIsImV4cCI6MjAwMDAwMDAwMH0.x";
const READ_ONLY: &str = r#","readOnly":true"#;
const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111";

type PageOf = fn() -> AnyView;

fn server(name: &str) -> ResourceId {
    let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
    ResourceId::in_resource_group(&PRODUCTION[15..], "rg-commerce-prod", kind, name).unwrap()
}

fn backups() -> AnyView {
    with_notice(view! { <BackupsPage server=server("pg-orders-prod") /> }.into_any())
}

fn long_term() -> AnyView {
    with_notice(view! { <LongTermRetentionPage server=server("pg-orders-prod") /> }.into_any())
}

fn protection() -> AnyView {
    with_notice(view! { <ProtectionPage server=server("pg-orders-prod") /> }.into_any())
}

fn vaults() -> AnyView {
    with_notice(view! { <VaultsPage /> }.into_any())
}

fn one_vault() -> AnyView {
    with_notice(view! { <VaultPage vault=vault("bv-commerce-weu") /> }.into_any())
}

fn instance() -> AnyView {
    with_notice(view! { <InstancePage instance=id_of(BILLING) /> }.into_any())
}

fn deleted_instance() -> AnyView {
    with_notice(view! { <InstancePage instance=id_of(METRICS) /> }.into_any())
}

fn restore() -> AnyView {
    with_notice(view! { <RestorePage instance=id_of(BILLING) /> }.into_any())
}

fn wizard() -> AnyView {
    with_notice(view! { <ProtectPage /> }.into_any())
}

/// A page below the place where the frame has its notices.
fn with_notice(page: AnyView) -> AnyView {
    view! { <section id="notice" aria-label="Notices"></section> {page} }.into_any()
}

async fn open(config: &str, token: &'static str, query: &str, page: PageOf) -> BackupsRig {
    BackupsRig::limited(config, token, query, |_| (), page).await
}

/// Why a command cannot be used; empty where it can.
fn why(name: &str) -> String {
    let button = role("button", name);
    let is_disabled = button.get_attribute("aria-disabled").is_some();
    let reason = description(&button);
    assert_eq!(is_disabled, !reason.is_empty(), "{name}: {reason}");
    reason
}

/// Buttons and links whose name begins so.
fn commands(name: &str) -> usize {
    let elements = all("button, a[href]");
    elements
        .iter()
        .filter(|element| spoken_text(element).starts_with(name))
        .count()
}

fn notice() -> String {
    all("#notice").iter().map(|notice| text(notice)).collect()
}

/// What the user has sent that changes something.
fn changes(rig: &BackupsRig) -> usize {
    [Method::Put, Method::Patch, Method::Delete]
        .map(|method| rig.sent(method))
        .iter()
        .sum()
}

/// Each page with what it can change: the query, the page, and its commands.
const PAGES: [(&str, PageOf, &[&str]); 12] = [
    ("", backups, &["Backup now", "Delete before-schema-v42"]),
    ("?pane=take-backup", backups, &["Trigger"]),
    ("", long_term, &["Start long-term backup"]),
    ("?pane=start", long_term, &["Start"]),
    ("", protection, &["Configure backup"]),
    ("", vaults, &["Create vault", "Configure backup"]),
    ("?pane=create-vault", vaults, &["Create"]),
    ("", one_vault, &["Configure backup"]),
    ("?tab=policies&pane=create-policy", one_vault, &["Create"]),
    (
        "",
        instance,
        &[
            "Backup now",
            "Restore",
            "Change policy",
            "Stop backup",
            "Resume backup",
        ],
    ),
    ("", deleted_instance, &["Undelete"]),
    ("", restore, &["Restore"]),
];

#[wasm_bindgen_test]
async fn on_a_portal_that_is_read_only_every_command_is_there_and_says_why_it_cannot_be_used() {
    for (query, page, names) in PAGES {
        let rig = open(READ_ONLY, "emulated", query, page).await;
        for name in names {
            let buttons = by_role("button", name);
            assert!(!buttons.is_empty(), "{name} of {query}");
            for button in buttons {
                assert_eq!(
                    button.get_attribute("aria-disabled").as_deref(),
                    Some("true"),
                    "{name} of {query}"
                );
                assert_eq!(
                    description(&button),
                    "The portal is read-only here.",
                    "{name} of {query}"
                );
                button.click();
            }
            settle().await;
        }
        assert_eq!(changes(&rig), 0, "{names:?}");
        assert_eq!(
            rig.sent_to(Method::Get, "/permissions").len(),
            0,
            "nobody may, whatever their roles"
        );
    }
}

#[wasm_bindgen_test]
async fn an_act_that_is_hidden_is_not_on_any_page() {
    for (hidden, query, page, gone, left) in [
        (
            "take-backup",
            "",
            backups as PageOf,
            "Backup now",
            "Delete before-schema-v42",
        ),
        ("delete-backup", "", backups, "Delete", "Backup now"),
        ("long-term-backup", "", long_term, "Start long-term", "Refresh"),
        ("protect", "", protection, "Configure backup", "Refresh"),
        ("protect", "", vaults, "Configure backup", "Create vault"),
        ("create-vault", "", vaults, "Create vault", "Refresh"),
        ("protect", "", one_vault, "Configure backup", "Refresh"),
        (
            "create-policy",
            "?tab=policies",
            one_vault,
            "Create policy",
            "Refresh",
        ),
        (
            "delete-policy",
            "?tab=policies",
            one_vault,
            "Delete",
            "Create policy",
        ),
        ("backup-now", "", instance, "Backup now", "Change policy"),
        ("restore", "", instance, "Restore", "Backup now"),
        ("change-policy", "", instance, "Change policy", "Backup now"),
        ("resume-backup", "", instance, "Resume backup", "Backup now"),
        ("undelete", "", deleted_instance, "Undelete", "Refresh"),
    ] {
        let _rig = open(&format!(r#","hide":["{hidden}"]"#), "emulated", query, page).await;
        assert_eq!(commands(gone), 0, "{hidden}: {}", crate::support::page());
        assert!(commands(left) > 0, "{hidden} leaves {left}");
    }
}

#[wasm_bindgen_test]
async fn a_link_to_what_is_hidden_says_that_it_is_not_offered_here() {
    for (hidden, query, page, form) in [
        ("take-backup", "?pane=take-backup", backups as PageOf, "Trigger"),
        ("long-term-backup", "?pane=start", long_term, "Start"),
        ("create-vault", "?pane=create-vault", vaults, "Create"),
        (
            "create-policy",
            "?tab=policies&pane=create-policy",
            one_vault,
            "Create",
        ),
        ("backup-now", "?pane=backup-now", instance, "Back up"),
        ("change-policy", "?pane=change-policy", instance, "Change policy"),
        ("resume-backup", "?pane=resume", instance, "Resume"),
        ("undelete", "?pane=undelete", deleted_instance, "Undelete"),
        ("protect", "", wizard, "Next : Policy"),
        ("restore", "", restore, "Validate"),
    ] {
        let _rig = open(&format!(r#","hide":["{hidden}"]"#), "emulated", query, page).await;
        see_text("This is not offered here");
        assert_eq!(by_role("button", form).len(), 0, "{hidden}");
    }
}

#[wasm_bindgen_test]
async fn stopping_backups_offers_the_ways_that_are_left() {
    let rig = open(
        r#","hide":["delete-backup-data"]"#,
        "emulated",
        "?pane=stop-backup",
        instance,
    )
    .await;
    see_text("Retain forever");
    see_no_text("Delete backup data");
    drop(rig);
    let rig = open(
        r#","hide":["stop-backup"]"#,
        "emulated",
        "?pane=stop-backup",
        instance,
    )
    .await;
    see_no_text("Retain forever");
    assert_eq!(
        by_role("button", "Delete backup data").len(),
        2,
        "the command and the form's own"
    );
    drop(rig);
    let both = r#","hide":["stop-backup","delete-backup-data"]"#;
    let _rig = open(both, "emulated", "?pane=stop-backup", instance).await;
    see_text("This is not offered here");
    assert_eq!(commands("Stop backup") + commands("Delete backup data"), 0);
}

#[wasm_bindgen_test]
async fn a_reader_is_told_the_missing_action_before_the_click() {
    let of = "Microsoft.DBforPostgreSQL/flexibleServers";
    let rig = open("", JONAS, "", backups).await;
    assert_eq!(
        why("Backup now"),
        format!("You need {of}/backups/write on pg-orders-prod.")
    );
    assert_eq!(
        why("Delete before-schema-v42"),
        format!("You need {of}/backups/delete on pg-orders-prod.")
    );
    assert_eq!(
        rig.sent_to(Method::Get, "/permissions").len(),
        1,
        "read once for all of them"
    );
    let said = notice();
    assert!(
        said.contains("Your roles on pg-orders-prod do not let you take backups or delete backups."),
        "{said}"
    );
    assert_eq!(by_role("button", "Copy request for an owner").len(), 1);
    drop(rig);
    let _rig = open("", JONAS, "", long_term).await;
    assert_eq!(
        why("Start long-term backup"),
        format!("You need {of}/startLtrBackup/action on pg-orders-prod.")
    );
}

#[wasm_bindgen_test]
async fn a_reader_is_told_so_on_the_pages_of_vaults_too() {
    let of = "Microsoft.DataProtection/backupVaults";
    let rig = open("", JONAS, "", one_vault).await;
    let reason = format!("You need {of}/backupInstances/write on bv-commerce-weu.");
    assert_eq!(why("Configure backup"), reason);
    drop(rig);
    let rig = open("", JONAS, "", instance).await;
    for (name, action) in [
        ("Backup now", "backup/action"),
        ("Restore", "restore/action"),
        ("Change policy", "write"),
        ("Stop backup", "delete"),
        ("Resume backup", "resumeProtection/action"),
    ] {
        let action = format!("You need {of}/backupInstances/{action} on ");
        assert!(why(name).starts_with(&action), "{}", why(name));
    }
    drop(rig);
    let _rig = open("", JONAS, "", restore).await;
    let reason = why("Restore");
    assert!(
        reason.starts_with(&format!("You need {of}/backupInstances/restore/action on ")),
        "{reason}"
    );
}

#[wasm_bindgen_test]
async fn what_is_granted_meanwhile_can_be_used_after_a_refresh() {
    let rig = open("", JONAS, "", backups).await;
    assert!(!why("Backup now").is_empty());
    grant(&rig, "b24988ac-6180-42a0-ab88-20f7382dd24c");
    click_button("Refresh").await;
    settle().await;
    assert_eq!((why("Backup now"), notice()), (String::new(), String::new()));
    click_button("Backup now").await;
    settle().await;
    click_button("Trigger").await;
    settle().await;
    assert_eq!(rig.sent(Method::Put), 1);
}

#[wasm_bindgen_test]
async fn rights_that_cannot_be_read_leave_it_to_azure_whose_refusal_has_them_read_again() {
    let prepare = |world: &mut World| {
        refuse(
            world,
            Method::Get,
            "/permissions",
            403,
            "AuthorizationFailed",
            "No.",
        );
    };
    let rig = BackupsRig::limited("", JONAS, "?pane=take-backup", prepare, backups).await;
    assert_eq!(
        (why("Backup now"), why("Trigger")),
        (String::new(), String::new())
    );
    type_into(
        &crate::support::one("dialog input, aside input, .pane input"),
        "by-a-reader",
    )
    .await;
    rig.pass(1000).await;
    rig.world.borrow_mut().faults().clear();
    click_button("Trigger").await;
    settle().await;
    see_text("The backup was not started");
    see_text("Microsoft.DBforPostgreSQL/flexibleServers/backups/write");
    assert_eq!(
        rig.sent_to(Method::Get, "/permissions").len(),
        2,
        "asked again after the refusal"
    );
    assert!(why("Trigger").starts_with("You need Microsoft.DBforPostgreSQL/flexibleServers/backups/write"));
}

/// Somebody gives Jonas a role on all of production.
fn grant(rig: &BackupsRig, role: &str) {
    let guid = "aaaaaaaa-0000-4000-8000-000000000001";
    let id = format!("{PRODUCTION}/providers/Microsoft.Authorization/roleAssignments/{guid}");
    let mut world = rig.world.borrow_mut();
    crate::vaults_rig::rewrite(&mut world, |documents| {
        let assignment = json!({
            "id": id, "name": guid, "type": "Microsoft.Authorization/roleAssignments",
            "properties": {
                "roleDefinitionId": format!("{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
                "principalId": "0a1b2c3d-0000-4000-8000-000000000002",
                "scope": PRODUCTION,
                "createdOn": "2026-01-01T00:00:00.0000000Z",
            },
        });
        documents.insert(id.to_ascii_lowercase(), assignment);
    });
}
