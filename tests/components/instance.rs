//! A backup instance, by what a user sees.

use arm_core::{Method, ResourceId};
use arm_emulator::World;
use pg_backup_portal::{pages::InstancePage, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::support::{
    all, by_role, click_button, description, one, page, press, role, see_no_text, see_text, text, type_into,
};

pub const BILLING: (&str, &str) = (
    "bv-commerce-weu",
    "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101",
);
const PAYROLL: (&str, &str) = (
    "bv-commerce-weu",
    "pgs-legacy-payroll-957d23b1-c679-4c94-ade6-c4d34635e103",
);
const ANALYTICS: (&str, &str) = (
    "bv-insights-neu",
    "pg-analytics-957d23b1-c679-4c94-ade6-c4d34635e104",
);
pub const METRICS: (&str, &str) = (
    "bv-insights-neu",
    "pg-metrics-v2-957d23b1-c679-4c94-ade6-c4d34635e105",
);
const TELEMETRY: (&str, &str) = (
    "bv-archive-gwc",
    "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char-957d23b1-c679-4c94-ade6-c4d34635e106",
);

pub fn id_of((vault, name): (&str, &str)) -> ResourceId {
    let subscription = "11111111-1111-4111-8111-111111111111";
    let kind = "Microsoft.DataProtection/backupVaults";
    let vault = ResourceId::in_resource_group(subscription, "rg-backup-prod", kind, vault).unwrap();
    vault.child("backupInstances", name).unwrap()
}

async fn page_with(instance: (&str, &str), prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let instance = id_of(instance);
    BackupsRig::with_view(prepare, move || view! { <InstancePage instance /> }.into_any()).await
}

pub async fn page_of(instance: (&str, &str)) -> BackupsRig {
    page_with(instance, |_| ()).await
}

/// The page with this query in its address.
pub async fn page_at(instance: (&str, &str), query: &str) -> BackupsRig {
    let instance = id_of(instance);
    BackupsRig::with_query(
        query,
        |_| (),
        move || view! { <InstancePage instance /> }.into_any(),
    )
    .await
}

/// The value of a fact.
fn fact(key: &str) -> String {
    let facts = all(".fact, .instance-about > div");
    let fact = facts
        .iter()
        .find(|fact| text(&fact.query_selector("dt").unwrap().unwrap()) == key)
        .unwrap_or_else(|| panic!("no fact {key}: {}", page()));
    text(&fact.query_selector("dd").unwrap().unwrap()).replace('\u{a0}', " ")
}

/// Why a command of the page cannot be used; empty where it can.
fn reason(command: &str) -> String {
    let button = role("button", command);
    match button.get_attribute("aria-disabled") {
        Some(_) => description(&button),
        None => String::new(),
    }
}

#[wasm_bindgen_test]
async fn a_protected_instance_tells_how_by_what_until_when_and_what_there_is_to_restore() {
    let _rig = page_of(BILLING).await;
    role("heading", BILLING.1);
    assert_eq!(
        text(&one(".page-subtitle")),
        "Backup instance · Vault bv-commerce-weu · West Europe"
    );
    for (key, expected) in [
        ("Protection", "Protection configured"),
        ("Backup policy", "pgflex-long-term"),
        ("Last backup", "8 Mar 2026, 02:00 UTC 4 days ago"),
        ("Next backup", "15 Mar 2026, 02:00 UTC in 2 days"),
        ("Datasource", "pg-billing-prod"),
        ("Datasource type", "Azure Database for PostgreSQL flexible server"),
        ("Region of the datasource", "West Europe"),
        ("Schedule", "Every Sunday at 02:00 UTC"),
        (
            "Retention",
            "Kept for 3 months; the first of a month for 1 year; the first of a year for 10 years",
        ),
        ("Soft delete of the vault", "Off"),
    ] {
        assert_eq!(fact(key), expected, "{key}");
    }
    let server = role("link", "pg-billing-prod").get_attribute("href").unwrap();
    assert!(
        server.ends_with("/rg-billing-prod/pg-billing-prod/backups"),
        "{server}"
    );
    let rows = all(".table-points tbody tr");
    let first = text(&rows[0]).replace('\u{a0}', " ");
    let known =
        "2026-03-08 02:00:00 4 days agoDefaultFull2026-06-08 02:00:00 in 87 daysVault store, committed";
    assert!(first.starts_with(known), "{first}");
    assert!(first.ends_with("Restore 8 Mar 2026, 02:00 UTC"), "{first}");
    assert!(rows.len() > 12, "{}", rows.len());
    see_text(&format!("{} recovery points", rows.len()));
    assert!(rows.iter().any(|row| text(row).contains("Monthly")));
}

#[wasm_bindgen_test]
async fn an_id_is_copied_whole_and_is_not_the_friendly_name() {
    let rig = page_of(BILLING).await;
    let instance = id_of(BILLING);
    let points = rig.arm.data_protection().recovery_points(&instance, None, None);
    let points = points.unwrap().collect().await.unwrap();
    let code = |line: usize| {
        let cells = all(".table-points tbody tr:first-child .point-id code");
        (text(&cells[line]), cells[line].get_attribute("title").unwrap())
    };
    let newest = points.iter().max_by_key(|point| point.time).unwrap();
    let (id, name) = (&newest.recovery_point_id, newest.friendly_name.as_ref().unwrap());
    assert_ne!(id, name);
    let short = format!("{}\u{2026}{}", &id[..8], &id[28..]);
    assert_eq!(code(0), (short, format!("Recovery point {id}")));
    assert_eq!(code(1).1, format!("Friendly name {name}"));
    assert_eq!(by_role("button", "Copy recovery point id").len(), points.len());
    assert_eq!(by_role("button", "Copy friendly name").len(), points.len());
}

#[wasm_bindgen_test]
async fn an_instance_that_could_not_be_configured_tells_azures_reason_in_full() {
    let _rig = page_of(ANALYTICS).await;
    assert_eq!(fact("Protection"), "Configuring protection failed");
    see_text("Protection could not be configured.");
    see_text("Appropriate permissions to perform the operation is missing.");
    see_text("aka.ms/UserErrorMissingRequiredPermissions");
    see_text("Microsoft.Authorization/roleAssignments/read");
    see_text("UserErrorMissingRequiredPermissions");
    see_text("No recovery points yet");
    assert!(fact("Next backup").starts_with("None"), "{}", fact("Next backup"));
}

#[wasm_bindgen_test]
async fn what_is_stopped_or_suspended_says_what_becomes_of_its_data() {
    let rig = page_of(PAYROLL).await;
    assert_eq!(fact("Protection"), "Protection stopped");
    assert_eq!(fact("Datasource"), "pgs-legacy / payroll");
    see_text("kept for good");
    see_text("https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup");
    drop(rig);
    let _rig = page_of(TELEMETRY).await;
    assert_eq!(fact("Protection"), "Backup schedules suspended");
    see_text("expire by the policy; the last one stays");
    assert_eq!(reason("Backup now"), "Backups are suspended. Resume them first.");
}

#[wasm_bindgen_test]
async fn a_soft_deleted_instance_is_found_where_the_vault_keeps_it() {
    let _rig = page_of(METRICS).await;
    assert_eq!(fact("Protection"), "Soft deleted");
    see_text("This backup instance is soft-deleted.");
    see_text("Deleted on 8 Mar 2026, 09:41 UTC.");
    see_text("kept until 22 Mar 2026, 09:41 UTC and then deleted for good");
    see_text("once it is undeleted");
    assert_eq!(
        reason("Backup now"),
        "The backup instance is soft-deleted. Undelete it first."
    );
}

#[wasm_bindgen_test]
async fn an_instance_that_is_not_there_may_not_be_seen_or_cannot_be_read_each_says_so() {
    let rig = page_of(("bv-commerce-weu", "pg-nobody")).await;
    see_text("It is not there");
    drop(rig);
    let denied = "The client 'x' with object id 'x' does not have authorization to perform action \
                  'Microsoft.DataProtection/backupVaults/backupInstances/read' over scope '/subscriptions/s/resourceGroups/rg-backup-prod'.";
    let rig = page_with(BILLING, |world| {
        refuse(
            world,
            Method::Get,
            "/backupInstances/",
            403,
            "AuthorizationFailed",
            denied,
        );
    })
    .await;
    see_text("You may not see the backup instance");
    see_text("Microsoft.DataProtection/backupVaults/backupInstances/read");
    drop(rig);
    let rig = page_with(BILLING, |world| {
        refuse(
            world,
            Method::Get,
            "/recoveryPoints",
            503,
            "ServiceUnavailable",
            "Busy.",
        );
    })
    .await;
    rig.pass(60_000).await;
    rig.pass(60_000).await;
    rig.pass(60_000).await;
    assert_eq!(fact("Protection"), "Protection configured");
    assert!(
        fact("Last backup").starts_with("Unknown"),
        "{}",
        fact("Last backup")
    );
    see_text("The list of recovery points could not be read");
    see_no_text("You may not see");
}

#[wasm_bindgen_test]
async fn refresh_reads_all_of_it_again() {
    let rig = page_of(BILLING).await;
    let before = rig.sent(Method::Get);
    click_button("Refresh").await;
    settle().await;
    assert_eq!(
        rig.sent(Method::Get),
        before + 5,
        "instance, vault, policies, recovery points, and what the user may do"
    );
}

/// Opens a pane or a question by its command.
async fn open(command: &str) {
    click_button(command).await;
    settle().await;
}

async fn choose(name: &str) {
    role("radio", name).click();
    settle().await;
}

/// Lets so many seconds pass, in steps in which whoever waits can look.
async fn seconds(rig: &BackupsRig, seconds: u64) {
    for _ in 0..seconds / 5 {
        rig.pass(5000).await;
    }
}

#[wasm_bindgen_test]
async fn a_backup_now_gets_the_chosen_tag_and_becomes_a_recovery_point() {
    let rig = page_of(BILLING).await;
    let before = all(".table-points tbody tr").len();
    open("Backup now").await;
    let pane = role("dialog", "Backup now");
    let more = |name: &str| description(&role("radio", name)).replace('\u{a0}', " ");
    assert_eq!(more("Default"), "Kept for 3 months, until 12 Jun 2026");
    assert_eq!(more("Yearly"), "Kept for 10 years, until 12 Mar 2036");
    assert!(text(&pane).contains("BackupWeekly"), "{}", text(&pane));
    choose("Monthly").await;
    click_button("Back up").await;
    click_button("Back up").await;
    settle().await;
    rig.pass(1000).await;
    assert_eq!(rig.sent(Method::Post), 1, "one request for two clicks");
    assert!(by_role("dialog", "Backup now").is_empty(), "Azure has taken it");
    see_text("Backup to the vault initiated");
    open("Backup now").await;
    let taken = "A backup of this instance is being taken. Azure takes one at a time.";
    assert_eq!(reason("Back up"), taken);
    press(&role("dialog", "Backup now"), "Escape").await;
    seconds(&rig, 200).await;
    see_no_text("Backup to the vault initiated");
    let rows = all(".table-points tbody tr");
    assert_eq!(rows.len(), before + 1);
    let newest = text(&rows[0]);
    assert!(
        newest.starts_with("2026-03-12 09:41") && newest.contains("Monthly"),
        "{newest}"
    );
    assert!(
        fact("Last backup").starts_with("12 Mar 2026, 09:41 UTC"),
        "{}",
        fact("Last backup")
    );
}

#[wasm_bindgen_test]
async fn a_policy_is_changed_once_it_is_clear_what_changes() {
    let rig = page_of(BILLING).await;
    open("Change policy").await;
    let act = "It has this policy. Choose another one.";
    let in_pane = || one(".pane-footer .button-primary");
    assert_eq!(description(&in_pane()), act);
    assert!(
        by_role("radio", "pgsingle-weekly").is_empty(),
        "it is for another kind of datasource"
    );
    choose("pgflex-weekly").await;
    let said = page().replace('\u{a0}', " ");
    let change = "Retention: Kept for 3 months. Before: Kept for 3 months; the first of a month for 1 year; the first of a year for 10 years.";
    assert!(said.contains(change), "{said}");
    in_pane().click();
    settle().await;
    rig.pass(1000).await;
    assert_eq!(rig.sent(Method::Put), 1);
    see_text("Backup policy is being changed");
    assert_eq!(reason("Backup now"), "Protection is being configured.");
    seconds(&rig, 120).await;
    assert_eq!(fact("Backup policy"), "pgflex-weekly");
    assert_eq!(fact("Retention"), "Kept for 3 months");
    assert_eq!(fact("Protection"), "Protection configured");
    see_no_text("Backup policy is being changed");
}

#[wasm_bindgen_test]
async fn stopping_keeps_the_data_in_one_of_two_ways_and_each_is_undone_by_its_own_resume() {
    for (way, state, resumed) in [
        ("Retain forever", "Protection stopped", "/resumeProtection"),
        (
            "Retain as per policy",
            "Backup schedules suspended",
            "/resumeBackups",
        ),
    ] {
        let rig = page_of(BILLING).await;
        open("Stop backup").await;
        let act = || one(".pane-footer .button-primary");
        assert_eq!(description(&act()), "Choose one of the three ways.");
        choose(way).await;
        act().click();
        settle().await;
        seconds(&rig, 30).await;
        assert_eq!(fact("Protection"), state);
        assert!(fact("Next backup").starts_with("None"));
        open("Resume backup").await;
        see_text("Backups are taken again by policy 'pgflex-long-term'");
        click_button("Resume").await;
        settle().await;
        seconds(&rig, 30).await;
        assert_eq!(fact("Protection"), "Protection configured", "{way}");
        let urls = rig.urls(Method::Post);
        assert!(urls.last().unwrap().contains(resumed), "{urls:?}");
        assert_eq!(urls.len(), 2, "{urls:?}");
    }
}

#[wasm_bindgen_test]
async fn backup_data_are_deleted_only_after_their_name_is_typed_and_their_loss_is_told() {
    let rig = page_of(BILLING).await;
    let number = all(".table-points tbody tr").len();
    open("Stop backup").await;
    choose("Delete backup data").await;
    see_text(&format!("All {number} recovery points: the oldest of"));
    see_text("Soft delete of the vault is off: they are gone at once and for good.");
    let act = || one(".pane-footer .button-danger");
    assert_eq!(description(&act()), "Type the name of the backup instance first.");
    act().click();
    let field = role("textbox", "Name of the backup instance");
    type_into(&field, "pg-billing-prod").await;
    act().click();
    settle().await;
    assert_eq!(rig.sent(Method::Delete), 0);
    press(&role("dialog", "Stop backup"), "Escape").await;
    settle().await;
    see_text("What you typed here is lost.");
    click_button("Stay").await;
    type_into(&role("textbox", "Name of the backup instance"), BILLING.1).await;
    act().click();
    act().click();
    settle().await;
    rig.pass(1000).await;
    assert_eq!(rig.sent(Method::Delete), 1, "one request for two clicks");
    see_text("Backup data is being deleted");
    assert_eq!(reason("Backup now"), "It is being deleted.");
    seconds(&rig, 60).await;
    see_text("The backup instance is gone");
    role("link", "Show backup vault");
    assert_eq!(reason("Backup now"), "The backup instance is gone.");
}

#[wasm_bindgen_test]
async fn what_is_deleted_softly_stays_on_its_page_and_comes_back_stopped() {
    let rig = page_of(ANALYTICS).await;
    open("Delete backup data").await;
    see_text("There are no recovery points.");
    see_text("until 26 Mar 2026: until then the backup instance can be undeleted");
    type_into(&role("textbox", "Name of the backup instance"), ANALYTICS.1).await;
    one(".pane-footer .button-danger").click();
    settle().await;
    seconds(&rig, 60).await;
    see_text("This backup instance is soft-deleted.");
    assert_eq!(fact("Protection"), "Soft deleted");
    open("Undelete").await;
    see_text("as an instance whose protection is stopped");
    one("dialog .button-primary").click();
    settle().await;
    seconds(&rig, 60).await;
    assert_eq!(fact("Protection"), "Protection stopped");
    assert_eq!(reason("Resume backup"), "");
}

#[wasm_bindgen_test]
async fn a_refusal_stands_in_the_pane_and_nothing_has_changed() {
    let rig = page_with(BILLING, |world| {
        let denied = "The client 'x' with object id 'x' does not have authorization to perform action \
                      'Microsoft.DataProtection/backupVaults/backupInstances/backup/action' over scope \
                      '/subscriptions/s/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu'.";
        refuse(world, Method::Post, "/backup", 403, "AuthorizationFailed", denied);
    })
    .await;
    open("Backup now").await;
    click_button("Back up").await;
    settle().await;
    see_text("The backup was not started");
    see_text("Microsoft.DataProtection/backupVaults/backupInstances/backup/action");
    assert_eq!(by_role("dialog", "Backup now").len(), 1);
    assert_eq!(rig.sent(Method::Post), 1);
}

#[wasm_bindgen_test]
async fn what_is_stopped_already_can_only_lose_its_data() {
    let _rig = page_of(PAYROLL).await;
    open("Delete backup data").await;
    role("dialog", "Delete backup data");
    assert!(by_role("radio", "Retain forever").is_empty());
    see_text("Soft delete of the vault is off");
    assert_eq!(reason("Resume backup"), "");
    assert_eq!(reason("Change policy"), "Protection is stopped. Resume it first.");
}
