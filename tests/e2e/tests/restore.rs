//! Restoring a recovery point, after the document on restoring flexible servers (003): from the list of vaults to the job,
//! and what a legacy database has beside that.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::MIRA;
use e2e::{Name, SentRequest, Stage};
use serde_json::{Value, json};

const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";
const VAULTS: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu";
const BILLING: &str = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
const INVOICES: &str = "pgs-legacy-invoices-957d23b1-c679-4c94-ade6-c4d34635e102";

/// The form with the account and the container that take restored files.
fn form(instance: &str, more: &str) -> String {
    let account =
        format!("{PRODUCTION}/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup");
    format!("{VAULTS}/instances/{instance}/restore?account={account}&container=restored-files{more}")
}

fn bodies(requests: &[SentRequest], end: &str) -> Vec<Value> {
    let is_it = |request: &&SentRequest| {
        let path = request.url.split('?').next().unwrap_or_default();
        request.method == "POST" && path.ends_with(end)
    };
    let bodies = requests.iter().filter(is_it);
    bodies
        .filter_map(|request| serde_json::from_str(request.body.as_deref()?).ok())
        .collect()
}

/// The newest recovery point, out of the pane.
async fn choose_newest(stage: &Stage) {
    let page = stage.page();
    page.click("button", "Choose recovery point").await;
    let pane = page.see("dialog", "Choose a recovery point").await;
    pane.click_inside("radio", Name::containing("UTC")).await;
    pane.click_inside("button", "Select").await;
    page.until_gone("dialog", "Choose a recovery point").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s003_a_recovery_point_is_restored_as_files_from_the_list_of_vaults_to_its_job() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/vaults").await;
    let page = stage.page().clone();
    page.click("link", "bv-commerce-weu").await;
    page.click("link", BILLING).await;
    page.see("table", "Recovery points, newest first").await;
    page.click("link", Name::containing("Restore ")).await;
    page.see("heading", "Recovery point").await;
    page.see("button", "Change recovery point").await;
    page.see_text("Choose a storage account.").await;
    stage.works_in_every_view("restore-begun").await;

    for (label, value) in [
        ("Storage account", "stcommercebackup"),
        ("Container", "restored-files"),
    ] {
        page.see("combobox", label).await;
        // Its star is part of what the label says to the eye.
        page.tab_to(&format!("{label} *")).await;
        page.type_keys(value).await;
    }
    page.see_text("Not validated.").await;
    page.click("button", "Validate").await;
    page.see_text("Changing anything above makes the validation void.")
        .await;
    stage.works_in_every_view("restore-validated").await;
    let prefix = page
        .see("textbox", Name::containing("File prefix"))
        .await
        .value()
        .await;
    page.click("button", "Restore").await;
    page.see_notification("Restore initiated").await;
    page.until_address("is the job's", |address| {
        address.contains("/rg-backup-prod/bv-commerce-weu/jobs/")
    })
    .await;
    page.see_notification("Restore completed").await;
    page.see_text("Completed").await;

    let requests = stage.requests().await;
    let restored = bodies(&requests, "/restore");
    let point = restored[0]["recoveryPointId"].clone();
    let inner = json!({
        "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
        "sourceDataStoreType": "VaultStore",
        "restoreTargetInfo": {
            "targetDetails": {
                "url": restored[0]["restoreTargetInfo"]["targetDetails"]["url"],
                "filePrefix": prefix,
                "restoreTargetLocationType": "AzureBlobs",
            },
            "restoreLocation": "westeurope",
            "recoveryOption": "FailIfExists",
            "objectType": "RestoreFilesTargetInfo",
        },
        "recoveryPointId": point,
    });
    assert!(point.as_str().is_some_and(|id| id.len() == 32), "{point}");
    let url = inner["restoreTargetInfo"]["targetDetails"]["url"].as_str();
    assert!(url.is_some_and(|url| url.ends_with("/restored-files")), "{url:?}");
    assert_eq!(
        restored,
        std::slice::from_ref(&inner),
        "sent once, as the document has it"
    );
    let wrapped = json!({ "objectType": "ValidateRestoreRequestObject", "restoreRequestObject": inner });
    assert_eq!(bodies(&requests, "/validateRestore"), [wrapped]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s003_what_azure_refuses_stays_in_the_form_and_a_reload_keeps_what_was_typed() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 400");
    stage.open_as(MIRA, &form(BILLING, "")).await;
    let page = stage.page().clone();
    choose_newest(&stage).await;
    let field = page.see("textbox", Name::containing("File prefix")).await;
    field.fill_in("drill-2026-03").await;
    page.reload().await;
    let field = page.see("textbox", Name::containing("File prefix")).await;
    assert_eq!(field.value().await, "drill-2026-03");
    stage.inject(Fault {
        matching: RequestMatcher {
            method: Some(Method::Post),
            path_contains: "/validateRestore".to_owned(),
        },
        kind: FaultKind::Status {
            status: 400,
            code: "UserErrorContainerNotAccessible".to_owned(),
            message: "The container is not accessible.".to_owned(),
            retry_after: None,
        },
        times: 1,
    });
    page.see_text("Not validated.").await;
    page.click("button", "Validate").await;
    page.see_text("The container is not accessible.").await;
    stage.works_in_every_view("restore-not-valid").await;
    page.click("button", "Validate again").await;
    page.see_text("Changing anything above makes the validation void.")
        .await;
    page.click("button", "Close").await;
    let question = page.see("alertdialog", "Leave without saving?").await;
    question.click_inside("button", "Leave").await;
    page.see("table", "Recovery points, newest first").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s003_a_legacy_database_is_restored_to_a_new_database() {
    let mut stage = Stage::with_emulator_server().await;
    stage
        .open_as(
            MIRA,
            &format!("{VAULTS}/instances/{INVOICES}/restore?to=database"),
        )
        .await;
    let page = stage.page().clone();
    choose_newest(&stage).await;
    let field = page
        .see("textbox", Name::containing("Name of the new database"))
        .await;
    field.fill_in("invoices_restored").await;
    page.see_text("Not validated.").await;
    page.click("button", "Validate").await;
    page.see_text("Changing anything above makes the validation void.")
        .await;
    stage.works_in_every_view("restore-database").await;
    page.click("button", "Restore").await;
    page.until_address("is the job's", |address| address.contains("/jobs/"))
        .await;
    page.see_notification("Restore completed").await;
    let requests = stage.requests().await;
    let restored = bodies(&requests, "/restore");
    assert_eq!(restored.len(), 1);
    let info = &restored[0]["restoreTargetInfo"];
    assert_eq!(info["objectType"], "RestoreTargetInfo");
    let id = info["datasourceInfo"]["resourceID"].as_str().unwrap_or_default();
    assert!(
        id.ends_with("/servers/pgs-legacy/databases/invoices_restored"),
        "{id}"
    );
    stage.finish().await;
}
