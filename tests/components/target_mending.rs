//! Changing a storage account and creating a container on the way to a restore, by what a user sees.

use arm_core::Method;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{inject, refuse, settle};
use crate::support::{all, by_role, click_button, see_text, spoken_text};
use crate::target_rig::{CLOSED, OPEN, SCOPED, account, bar, change, dialog, is_mended, rig, settings};

#[wasm_bindgen_test]
async fn a_setting_of_the_account_is_named_asked_for_changed_and_read_back() {
    let closed = json!({ "allowCrossTenantReplication": false });
    let rig = rig(OPEN, |world| change(world, OPEN, closed)).await;
    let title = "The storage account stcommercebackup does not allow cross-tenant replication";
    assert!(spoken_text(&bar(title)).contains("Evidence: allowCrossTenantReplication is false."));

    click_button("Allow cross-tenant replication").await;
    settle().await;
    assert!(
        dialog().contains("Change the settings of the storage account 'stcommercebackup' in resource group 'rg-commerce-prod'?"),
        "{}",
        dialog()
    );
    assert_eq!(settings(), ["allowCrossTenantReplication false true"]);
    click_button("Cancel").await;
    settle().await;
    assert_eq!(
        rig.sent(Method::Patch),
        0,
        "a question that is cancelled changes nothing"
    );
    assert!(by_role("dialog", "Change storage account").is_empty());

    click_button("Allow cross-tenant replication").await;
    click_button("Change").await;
    settle().await;
    assert_eq!(rig.sent(Method::Patch), 1);
    assert!(all("dialog").is_empty());
    assert!(is_mended("The storage account allows cross-tenant replication"));
    let now = rig.arm.storage_accounts().get(&account(OPEN)).await.unwrap();
    assert_eq!(now.allow_cross_tenant_replication, Some(true));
}

#[wasm_bindgen_test]
async fn the_firewall_lets_the_vault_in_and_nobody_else() {
    let rig = rig(CLOSED, |_| ()).await;
    see_text("The storage account is in North Europe, the Backup vault in West Europe");
    let title = "The storage account stinsightsarchive lets in selected networks only";
    let evidence = "defaultAction of its network rules is Deny, bypass is None.";
    assert!(spoken_text(&bar(title)).contains(evidence));
    click_button("Let the vault in").await;
    assert_eq!(
        settings(),
        [
            "networkAcls.bypass None AzureServices",
            "networkAcls.resourceAccessRules no resource instance and the Backup vault bv-commerce-weu",
        ]
    );
    click_button("Change").await;
    settle().await;
    assert!(is_mended("The storage account lets the Backup vault in"));
    let now = rig.arm.storage_accounts().get(&account(CLOSED)).await.unwrap();
    assert_eq!(now.default_action.as_deref(), Some("Deny"));
    assert_eq!(
        now.network_acls["resourceAccessRules"].as_array().unwrap().len(),
        1
    );
    see_text("Verdict: Blocks.");
    click_button("Choose another storage account").await;
    see_text("Choose: Some(Account).");
}

#[wasm_bindgen_test]
async fn copies_are_permitted_from_any_account() {
    let rig = rig(SCOPED, |_| ()).await;
    see_text("permits copies only from the scope AAD");
    click_button("Permit copies from any storage account").await;
    assert_eq!(settings(), ["allowedCopyScope AAD All"]);
    click_button("Change").await;
    settle().await;
    assert_eq!(rig.sent(Method::Patch), 1);
    assert!(is_mended(
        "The storage account permits copies from any storage account"
    ));
}

#[wasm_bindgen_test]
async fn a_refused_change_stays_in_the_dialog_and_can_be_tried_again() {
    let rig = rig(SCOPED, |world| {
        let message = "The client 'jonas' with object id 'o' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/write' over scope '/subscriptions/s/resourceGroups/rg-billing-prod/providers/Microsoft.Storage/storageAccounts/stbillingkeyless' or the scope is invalid.";
        refuse(world, Method::Patch, "storageAccounts", 403, "AuthorizationFailed", message);
    })
    .await;
    click_button("Permit copies from any storage account").await;
    click_button("Change").await;
    settle().await;
    assert!(
        dialog().contains("The storage account was not changed"),
        "{}",
        dialog()
    );
    assert!(
        dialog().contains("Microsoft.Storage/storageAccounts/write"),
        "{}",
        dialog()
    );
    assert!(dialog().contains("AuthorizationFailed"), "{}", dialog());
    rig.world.borrow_mut().faults().clear();
    click_button("Change").await;
    settle().await;
    assert!(is_mended(
        "The storage account permits copies from any storage account"
    ));
}

#[wasm_bindgen_test]
async fn a_change_that_somebody_else_has_made_meanwhile_is_not_sent_again() {
    let rig = rig(SCOPED, |_| ()).await;
    click_button("Permit copies from any storage account").await;
    change(
        &mut rig.world.borrow_mut(),
        SCOPED,
        json!({ "allowedCopyScope": "All" }),
    );
    click_button("Change").await;
    settle().await;
    assert_eq!(rig.sent(Method::Patch), 0);
    assert!(by_role("dialog", "Change storage account").is_empty());
    assert!(is_mended(
        "The storage account permits copies from any storage account"
    ));
}

#[wasm_bindgen_test]
async fn an_account_that_somebody_changed_meanwhile_is_asked_for_anew() {
    let rig = rig(CLOSED, |_| ()).await;
    click_button("Let the vault in").await;
    let rules = json!({ "networkAcls": {
        "defaultAction": "Deny", "bypass": "Logging", "ipRules": [{ "value": "198.51.100.7", "action": "Allow" }],
    } });
    change(&mut rig.world.borrow_mut(), CLOSED, rules);
    click_button("Change").await;
    settle().await;
    assert_eq!(rig.sent(Method::Patch), 0);
    assert!(
        dialog().contains("The storage account is not as it was"),
        "{}",
        dialog()
    );
    assert_eq!(settings()[0], "networkAcls.bypass Logging Logging, AzureServices");
    click_button("Change").await;
    settle().await;
    assert!(is_mended("The storage account lets the Backup vault in"));
    let now = rig.arm.storage_accounts().get(&account(CLOSED)).await.unwrap();
    assert_eq!(
        now.network_acls["ipRules"][0]["value"], "198.51.100.7",
        "nobody is shut out"
    );
}

#[wasm_bindgen_test]
async fn a_change_that_the_account_does_not_show_is_not_called_done() {
    let rig = rig(SCOPED, |_| ()).await;
    click_button("Permit copies from any storage account").await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Patch,
        "storageAccounts",
        503,
        "ServerBusy",
        "The server is busy.",
    );
    click_button("Change").await;
    for _ in 0..40 {
        rig.pass(10_000).await;
    }
    assert!(
        dialog().contains("Whether the storage account was changed is not known"),
        "{}",
        dialog()
    );
    rig.world.borrow_mut().faults().clear();
    click_button("Change").await;
    settle().await;
    assert!(is_mended(
        "The storage account permits copies from any storage account"
    ));
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_made_up_for_by_looking_at_the_account() {
    let rig = rig(SCOPED, |_| ()).await;
    click_button("Permit copies from any storage account").await;
    let lost = arm_emulator::FaultKind::NoAnswer;
    inject(
        &mut rig.world.borrow_mut(),
        Method::Patch,
        "storageAccounts",
        lost,
    );
    click_button("Change").await;
    for _ in 0..20 {
        rig.pass(10_000).await;
    }
    assert!(is_mended(
        "The storage account permits copies from any storage account"
    ));
}

#[wasm_bindgen_test]
async fn the_container_is_created_in_place() {
    let missing = (OPEN.0, OPEN.1, OPEN.2, "restored-now");
    let rig = rig(missing, |_| ()).await;
    let title = "The container restored-now is not there";
    assert!(spoken_text(&bar(title)).contains("Azure does not find it in 'stcommercebackup'."));
    click_button("Create container").await;
    assert!(
        dialog().contains("Create the container 'restored-now' in the storage account 'stcommercebackup'?"),
        "{}",
        dialog()
    );
    click_button("Cancel").await;
    assert_eq!(rig.sent(Method::Put), 0);
    click_button("Create container").await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Put,
        "containers",
        409,
        "ContainerBeingDeleted",
        "The specified container is being deleted.",
    );
    click_button("Create").await;
    settle().await;
    assert!(dialog().contains("The container was not created"), "{}", dialog());
    assert!(dialog().contains("ContainerBeingDeleted"), "{}", dialog());
    rig.world.borrow_mut().faults().clear();
    click_button("Create").await;
    settle().await;
    assert!(is_mended("The container is there"));
}
