//! Validating and restoring out of the form, by what a user sees.

use arm_core::Method;
use pg_backup_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::backups_page::{refuse, settle};
use crate::restore_rig::{account, click, complete, field, form, pick_newest, query, reason, status, wait};
use crate::support::{all, by_role, focused, role, see_text, text, type_into, value_of};

#[wasm_bindgen_test]
async fn it_is_validated_restored_once_and_leads_to_its_job() {
    let rig = complete(|_| ()).await;
    click("Validate").await;
    assert_eq!(status(), "Validating. Azure looks into it; nothing is changed.");
    wait(&rig, 30).await;
    assert!(status().starts_with("Validated. At 09:41:"), "{}", status());
    assert_eq!(reason("Restore"), "");
    let restore = role("button", "Restore");
    restore.click();
    restore.click();
    settle().await;
    assert_eq!(
        rig.sent_to(Method::Post, "/restore?").len(),
        1,
        "one request for two clicks"
    );
    assert_eq!(reason("Validate"), "The restore has begun.");
    see_text("Restore initiated.");
    assert!(
        by_role("button", "Cancel").is_empty(),
        "it is closed, not cancelled"
    );
    wait(&rig, 60).await;
    let path = window().location().pathname().unwrap();
    assert!(
        path.starts_with("/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu/jobs/"),
        "{path}"
    );
    assert_eq!(rig.sent_to(Method::Post, "/restore?").len(), 1);
    assert_eq!(rig.sent_to(Method::Post, "/validateRestore?").len(), 1);
}

#[wasm_bindgen_test]
async fn whoever_waits_at_validate_goes_on_with_restore() {
    let rig = complete(|_| ()).await;
    role("button", "Validate").focus().unwrap();
    click("Validate").await;
    wait(&rig, 30).await;
    assert_eq!(focused(), "Restore");
    drop(rig);
    let rig = complete(|_| ()).await;
    click("Validate").await;
    field("File prefix").focus().unwrap();
    wait(&rig, 30).await;
    assert!(status().starts_with("Validated."), "{}", status());
    assert_eq!(focused(), "File prefix", "whoever went elsewhere stays there");
}

#[wasm_bindgen_test]
async fn both_requests_are_the_documents_field_by_field() {
    let rig = complete(|_| ()).await;
    let prefix = value_of(&field("File prefix"));
    click("Validate").await;
    wait(&rig, 30).await;
    click("Restore").await;
    let point = query();
    let point = point.strip_prefix("?point=").unwrap().split('&').next().unwrap();
    let inner = serde_json::json!({
        "objectType": "AzureBackupRecoveryPointBasedRestoreRequest",
        "sourceDataStoreType": "VaultStore",
        "restoreTargetInfo": {
            "targetDetails": {
                "url": "https://stcommercebackup.blob.core.windows.net/restored-files",
                "filePrefix": prefix,
                "restoreTargetLocationType": "AzureBlobs",
            },
            "restoreLocation": "westeurope",
            "recoveryOption": "FailIfExists",
            "objectType": "RestoreFilesTargetInfo",
        },
        "recoveryPointId": point,
    });
    assert_eq!(
        rig.bodies_to(Method::Post, "/restore?"),
        std::slice::from_ref(&inner)
    );
    let wrapped = serde_json::json!({
        "objectType": "ValidateRestoreRequestObject",
        "restoreRequestObject": inner,
    });
    assert_eq!(rig.bodies_to(Method::Post, "/validateRestore?"), [wrapped]);
}

#[wasm_bindgen_test]
async fn a_check_leads_to_the_account_that_is_to_be_another_one() {
    let account = account("rg-insights", "stinsightsarchive");
    let rig = form(&format!("?account={account}&container=archive")).await;
    rig.pass(300).await;
    role("heading", "Checks");
    click("Choose another storage account").await;
    assert!(focused().starts_with("Storage account"), "{}", focused());
}

#[wasm_bindgen_test]
async fn a_change_after_the_validation_makes_it_void() {
    let rig = complete(|_| ()).await;
    click("Validate").await;
    wait(&rig, 30).await;
    assert!(status().starts_with("Validated."), "{}", status());
    let prefix = field("File prefix");
    let suggested = value_of(&prefix);
    type_into(&prefix, &format!("{suggested}-2")).await;
    settle().await;
    assert!(status().starts_with("Not validated."), "{}", status());
    assert_eq!(reason("Restore"), "Validate first.");
    role("button", "Restore").click();
    settle().await;
    assert!(rig.sent_to(Method::Post, "/restore?").is_empty());
    type_into(&prefix, "a b").await;
    rig.pass(300).await;
    see_text("The prefix holds a space;");
    assert!(status().starts_with("The prefix holds a space;"), "{}", status());
}

#[wasm_bindgen_test]
async fn a_change_while_the_request_leaves_is_not_sent_unvalidated_when_azure_refuses() {
    let rig = complete(|_| ()).await;
    click("Validate").await;
    wait(&rig, 30).await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Post,
        "/restore",
        403,
        "AuthorizationFailed",
        "You may not restore it.",
    );
    let prefix = field("File prefix");
    let suggested = value_of(&prefix);
    role("button", "Restore").click();
    type_into(&prefix, &format!("{suggested}-2")).await;
    wait(&rig, 10).await;
    see_text("Azure did not take the request to restore");
    assert!(status().starts_with("Not validated."), "{}", status());
    assert_eq!(reason("Restore"), "Validate first.");
    rig.world.borrow_mut().faults().clear();
    role("button", "Restore").click();
    wait(&rig, 10).await;
    assert_eq!(rig.sent_to(Method::Post, "/restore?").len(), 1);
    // What was validated is still as it was.
    type_into(&prefix, &suggested).await;
    settle().await;
    assert!(status().starts_with("Not restored."), "{}", status());
}

#[wasm_bindgen_test]
async fn whoever_has_looked_for_a_restore_whose_answer_was_lost_validates_and_restores_again() {
    let rig = complete(|_| ()).await;
    click("Validate").await;
    wait(&rig, 30).await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Post,
        "/restore",
        500,
        "InternalServerError",
        "An unexpected error occured.",
    );
    click("Restore").await;
    wait(&rig, 60).await;
    assert!(status().starts_with("Outcome not known."), "{}", status());
    let alerts: Vec<_> = all("[role=alert]").iter().map(|alert| text(alert)).collect();
    let words = "Whether the restore has begun is not known";
    assert!(alerts.iter().any(|alert| alert.contains(words)), "{alerts:?}");
    assert_eq!(
        reason("Restore"),
        "Look at the jobs of the vault first, then validate again."
    );
    rig.world.borrow_mut().faults().clear();
    click("Validate again").await;
    wait(&rig, 30).await;
    assert!(status().starts_with("Validated."), "{}", status());
    let sent = rig.sent_to(Method::Post, "/restore?").len();
    click("Restore").await;
    see_text("Restore initiated.");
    assert_eq!(rig.sent_to(Method::Post, "/restore?").len(), sent + 1);
}

#[wasm_bindgen_test]
async fn what_azure_refuses_at_once_and_at_the_end_is_taken_apart_in_the_form() {
    let rig = complete(|world| {
        let message = "The container is not accessible.";
        refuse(
            world,
            Method::Post,
            "/validateRestore",
            400,
            "UserErrorContainerNotAccessible",
            message,
        );
    })
    .await;
    click("Validate").await;
    see_text("It cannot be restored so");
    see_text("The container is not accessible.");
    assert_eq!(reason("Restore"), "Mend what Azure says, then validate again.");
    rig.world.borrow_mut().faults().clear();
    click("Validate again").await;
    wait(&rig, 30).await;
    assert!(status().starts_with("Validated."), "{}", status());

    let message = "You may not restore it.";
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Post,
        "/restore",
        403,
        "AuthorizationFailed",
        message,
    );
    click("Restore").await;
    wait(&rig, 10).await;
    see_text("Azure did not take the request to restore");
    assert!(status().starts_with("Not restored."), "{}", status());
    rig.world.borrow_mut().faults().clear();
    // The same again, without asking Azure twice.
    click("Restore").await;
    see_text("Restore initiated.");
}

#[wasm_bindgen_test]
async fn an_account_that_the_vault_may_not_write_to_is_found_by_azure_at_the_end() {
    let account = account("rg-insights", "stinsightsarchive");
    let rig = form(&format!("?account={account}&container=archive")).await;
    pick_newest().await;
    click("Validate").await;
    wait(&rig, 60).await;
    see_text("It cannot be restored so");
    assert!(status().starts_with("Not valid."), "{}", status());
    assert!(rig.sent_to(Method::Post, "/restore?").is_empty());
}

#[wasm_bindgen_test]
async fn a_lost_validation_is_gone_on_with_only_after_a_question() {
    let rig = complete(|world| {
        let message = "An unexpected error occured.";
        refuse(
            world,
            Method::Post,
            "/validateRestore",
            500,
            "InternalServerError",
            message,
        );
    })
    .await;
    click("Validate").await;
    wait(&rig, 180).await;
    assert!(status().starts_with("Validation not known."), "{}", status());
    click("Restore").await;
    let dialog = role("dialog", "Restore without a validation?");
    assert!(rig.sent_to(Method::Post, "/restore?").is_empty());
    let buttons = dialog.query_selector_all("button").unwrap();
    let first: HtmlElement = wasm_bindgen::JsCast::unchecked_into(buttons.get(0).unwrap());
    assert_eq!(text(&first), "Restore");
    first.click();
    settle().await;
    assert_eq!(rig.sent_to(Method::Post, "/restore?").len(), 1);
}

#[wasm_bindgen_test]
async fn what_happens_and_the_code_of_both_requests_are_said_before() {
    let rig = complete(|_| ()).await;
    see_text("Azure Backup writes one file for each database into the container");
    see_text("Getting the files into a server is left to you.");
    see_text("The files cost what the storage account charges for them, until you delete them.");
    see_text("Microsoft recommends one restore of an instance a day at most");
    let shown: Vec<_> = all(".review-code").iter().map(|code| text(code)).collect();
    let restored = "https://stcommercebackup.blob.core.windows.net/restored-files";
    assert!(
        shown[0].contains("az dataprotection backup-instance validate-for-restore")
            && shown[0].contains(restored),
        "{shown:?}"
    );
    assert!(
        shown[1].contains("az dataprotection backup-instance restore trigger"),
        "{shown:?}"
    );
    drop(rig);
}
