//! Backup vaults: the list of all, and one with what it protects, its policies and its jobs.

use e2e::portal::{MIRA, NOOR, SERVERS_TABLE, TOMAS};
use e2e::{Name, Scheme, Size, Stage};
use thirtyfour::Key;

const VAULTS: &str = "Backup vaults";
const INSTANCES: &str = "Backup instances";
const POLICIES: &str = "Backup policies";
const JOBS: &str = "Jobs";

/// The vault with a server, two databases and three policies.
const COMMERCE: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu";
/// The vault with an instance that failed and one that is soft-deleted.
const INSIGHTS: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-insights-neu";
/// The vault without an identity.
const DEV: &str = "/vaults/22222222-2222-4222-8222-222222222222/rg-platform-dev/bv-dev-neu";

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_leads_to_the_list_and_the_list_to_a_vault_and_back_to_its_row() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.see("table", SERVERS_TABLE).await;
    page.click("link", "Backup vaults").await;
    page.see("heading", "Backup vaults").await;
    page.expect_row(
        VAULTS,
        &[
            ("Name", "bv-commerce-weu"),
            ("Instances", "3"),
            ("Region", "West Europe"),
            ("Redundancy", "Locally redundant"),
            ("Soft delete", "Off"),
        ],
    )
    .await;
    page.expect_row(VAULTS, &[("Name", "bv-dev-neu"), ("Identity", "None")])
        .await;
    page.click("button", "Region : All").await;
    page.click("radio", "North Europe").await;
    page.see_text("2 of 4 vaults").await;
    page.reload().await;
    page.see_text("2 of 4 vaults").await;
    page.click("link", "bv-insights-neu").await;
    page.see("heading", "bv-insights-neu").await;
    page.expect_row(
        INSTANCES,
        &[
            ("Datasource", "pg-analytics"),
            (
                "Protection",
                "Configuring protection failed UserErrorMissingRequiredPermissions",
            ),
            ("Policy", "pgflex-weekly"),
        ],
    )
    .await;
    page.expect_row(
        INSTANCES,
        &[
            ("Datasource", "pg-metrics-v2"),
            ("Protection", "Soft deleted data gone in"),
        ],
    )
    .await;
    page.back().await;
    page.see_text("2 of 4 vaults").await;
    page.until_focused("bv-insights-neu").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tab_is_a_link_that_survives_a_reload_and_works_by_keyboard() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.see("table", SERVERS_TABLE).await;
    page.until_keys_work().await;
    page.press("gv").await;
    page.see("table", VAULTS).await;
    page.tab_to("bv-commerce-weu").await;
    page.press(Key::Enter).await;
    page.see("table", INSTANCES).await;
    page.tab_to("Policies").await;
    page.press(Key::Enter).await;
    page.expect_row(
        POLICIES,
        &[
            ("Name", "pgsingle-weekly"),
            ("Datasource type", "Database of a single server"),
            ("Schedule", "Every Sunday at 02:00 UTC"),
            ("Used by", "2 instances"),
        ],
    )
    .await;
    page.tab_to("pgflex-long-term").await;
    page.press(Key::Enter).await;
    let pane = page.see("dialog", "pgflex-long-term").await;
    pane.see_text("10 years").await;
    page.reload().await;
    let pane = page.see("dialog", "pgflex-long-term").await;
    pane.see_text("Recovery points on a day").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", "pgflex-long-term").await;
    page.until_address("has no pane", |address| address.ends_with("?tab=policies"))
        .await;

    // The menu has a link of this name, too.
    page.tab_to("Policies").await;
    page.press(Key::Tab).await;
    page.until_focused("Jobs").await;
    page.press(Key::Enter).await;
    page.expect_row(
        JOBS,
        &[
            ("Datasource", "pg-billing-prod"),
            ("State", "Completed"),
            ("Triggered by", "Schedule"),
        ],
    )
    .await;
    page.reload().await;
    page.see("table", JOBS).await;
    page.tab_to("Backup of pg-billing-prod").await;
    page.press(Key::Enter).await;
    page.see_text("Trigger Backup").await;
    page.back().await;
    page.until_focused("Backup of pg-billing-prod").await;
    page.tab_to("Backup instances").await;
    page.press(Key::Enter).await;
    page.see("table", INSTANCES).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_made_and_deleted_and_one_in_use_says_why_it_stays() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &format!("{COMMERCE}?tab=policies")).await;
    let page = stage.page();
    page.see("table", POLICIES).await;
    page.click("button", "Create policy").await;
    page.click("menuitem", "For flexible servers").await;
    let pane = page.see("dialog", "Create backup policy").await;
    pane.see("textbox", Name::containing("Policy name"))
        .await
        .fill_in("weekly-of-ours")
        .await;
    pane.click_inside("button", "Create").await;
    page.see_notification("Backup policy created").await;
    page.expect_row(POLICIES, &[("Name", "weekly-of-ours"), ("Used by", "Nothing")])
        .await;
    page.click("button", "Delete weekly-of-ours").await;
    let dialog = page.see("alertdialog", "Delete policy").await;
    stage.inspect("vault-delete-policy").await;
    dialog.click_inside("button", "Delete").await;
    page.see_notification("Backup policy deleted").await;
    page.until_gone("button", "weekly-of-ours").await;
    page.click_unusable("button", "Delete pgsingle-weekly").await;
    page.see_text("2 instances use it. Change their policies first, or delete what they protect.")
        .await;
    assert!(!page.has("alertdialog", "Delete policy").await);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_is_turned_on_where_it_is_missing() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, DEV).await;
    let page = stage.page();
    page.see("heading", "This vault protects nothing yet").await;
    page.see_text("without one it cannot back up").await;
    stage.works_in_every_view("vault-without-identity").await;
    page.click("button", Name::containing("Turn on")).await;
    page.see_notification("Identity of backup vault turned on").await;
    page.see_text("System-assigned").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_vaults_or_one_is_told_what_is_missing() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage.open_as(NOOR, "/vaults").await;
    let page = stage.page().clone();
    page.see("heading", "You may not see the backup vaults of any subscription")
        .await;
    page.see_text("Microsoft.DataProtection/backupVaults/read").await;
    stage.inspect("vaults-no-access").await;
    stage.open(COMMERCE).await;
    page.see("heading", "You may not see the backup vault").await;
    page.see_text("an owner of rg-backup-prod can assign it").await;
    stage.inspect("vault-no-access").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_whose_vaults_may_not_be_read_is_named() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage.open_as(TOMAS, "/vaults").await;
    let page = stage.page().clone();
    page.see_text("1 of 3 subscriptions could not be read. Contoso Sandbox needs the role Reader.")
        .await;
    page.expect_row(VAULTS, &[("Name", "bv-commerce-weu")]).await;
    stage.inspect("vaults-partly-failed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_is_not_there_leads_to_those_that_are() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 404");
    stage
        .open_as(MIRA, &COMMERCE.replace("bv-commerce-weu", "bv-nowhere"))
        .await;
    let page = stage.page().clone();
    page.see("heading", "There is no such backup vault").await;
    stage.works_in_every_view("vault-gone").await;
    page.click("link", "All backup vaults").await;
    page.see("table", VAULTS).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_vaults_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/vaults").await;
    let page = stage.page();
    page.expect_row(
        VAULTS,
        &[("Name", "bv-insights-neu"), ("Instances", "1 1 failed")],
    )
    .await;
    stage.works_in_every_view("vaults").await;
    for (size, picture) in [(Size(1100, 800), "vaults-1100"), (Size(700, 900), "vaults-700")] {
        page.set_view(size, Scheme::Light).await;
        stage.inspect(picture).await;
    }
    page.set_view(Size::PHONE, Scheme::Light).await;
    page.click("button", "Filter").await;
    page.see("dialog", "Filter and sort").await;
    stage.inspect("vaults-filter-320").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, INSIGHTS).await;
    let page = stage.page();
    page.see("table", INSTANCES).await;
    page.see_text("Soft deleted").await;
    stage.works_in_every_view("vault-instances").await;
    page.set_view(Size(700, 900), Scheme::Light).await;
    stage.inspect("vault-instances-700").await;
    page.set_view(Size::DESKTOP, Scheme::Light).await;
    stage.open(&format!("{COMMERCE}?tab=policies")).await;
    page.see("table", POLICIES).await;
    stage.works_in_every_view("vault-policies").await;
    page.set_view(Size(700, 900), Scheme::Light).await;
    stage.inspect("vault-policies-700").await;
    page.set_view(Size::DESKTOP, Scheme::Light).await;
    page.click("button", "pgflex-long-term").await;
    page.see("dialog", "pgflex-long-term").await;
    stage.works_in_every_view("vault-policy").await;
    stage.open(&format!("{COMMERCE}?tab=jobs")).await;
    page.see("table", JOBS).await;
    stage.works_in_every_view("vault-jobs").await;
    page.set_view(Size(700, 900), Scheme::Light).await;
    stage.inspect("vault-jobs-700").await;
    stage.finish().await;
}
