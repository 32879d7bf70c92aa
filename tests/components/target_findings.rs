//! What stands in the way of a restore, by what a user sees.

use arm_client::data_protection::{RestoreRequest, RestoreTarget, VAULT_STORE};
use arm_core::{Method, Request, ResourceId};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::protection_parts::{DEVELOPMENT, PRODUCTION, vault};
use crate::support::{by_role, click_button, one, role, see_no_text, see_text, spoken_text, text};
use crate::target_rig::{
    FILES, OPEN, OTHER, SCOPED, bar, billing, change, findings_of, is_mended, patch, rig,
};

#[wasm_bindgen_test]
async fn the_role_is_assigned_and_then_nothing_stands_in_the_way() {
    let open = json!({ "allowedCopyScope": "All" });
    let rig = rig(SCOPED, |world| change(world, SCOPED, open)).await;
    see_text("The identity of vault 'bv-commerce-weu' needs 1 role before it can restore to 'ltr-billing'.");
    see_text("Storage Blob Data Contributor");
    see_text("Storage account stbillingkeyless");
    see_text("Verdict: Blocks.");
    click_button("Assign missing roles").await;
    settle().await;
    assert_eq!(rig.sent(Method::Put), 1);
    let sent = rig.urls(Method::Put).remove(0);
    assert!(
        sent.contains("/storageAccounts/stbillingkeyless/providers/Microsoft.Authorization/roleAssignments/"),
        "{sent}"
    );
    see_text("The identity of vault 'bv-commerce-weu' has what it needs");
    see_text("it is checked again in 1 min 0 s.");
    see_text("Nothing known stands in the way");
    see_text("Verdict: Clear.");
    let reads = rig.sent(Method::Get);
    rig.pass(60_000).await;
    assert!(rig.sent(Method::Get) > reads, "it was looked at again");
    see_no_text("checked again in");
}

#[wasm_bindgen_test]
async fn an_account_without_blobs_is_no_target() {
    let _rig = rig(FILES, |_| ()).await;
    let bar = spoken_text(&bar("The storage account stpeoplefiles holds no blobs"));
    assert!(
        bar.contains("Its kind is FileStorage, and Azure gave no endpoint for blobs."),
        "{bar}"
    );
}

#[wasm_bindgen_test]
async fn a_vault_without_an_identity_gets_one_and_then_its_role() {
    let neu = ResourceId::in_resource_group(
        DEVELOPMENT,
        "rg-platform-dev",
        "Microsoft.DataProtection/backupVaults",
        "bv-dev-neu",
    );
    let neu = neu.unwrap();
    let rig = BackupsRig::with_view(|_| (), move || findings_of(neu, OPEN, "")).await;
    settle().await;
    see_text("Vault 'bv-dev-neu' has no identity");
    see_text("Verdict: Blocks.");
    assert!(by_role("button", "Assign missing roles").is_empty());
    click_button("Turn identity on").await;
    for _ in 0..4 {
        rig.pass(10_000).await;
    }
    see_text("The vault has an identity");
    see_text("The identity of vault 'bv-dev-neu' needs 1 role before it can restore to 'restored-files'.");
}

#[wasm_bindgen_test]
async fn a_vault_is_let_restore_to_other_subscriptions() {
    let rig = rig(OTHER, |world| {
        let settings = json!({ "crossSubscriptionRestoreSettings": { "state": "Disabled" } });
        let body = json!({ "properties": { "featureSettings": settings } });
        patch(world, &vault("bv-commerce-weu"), "2025-07-01", &body);
        // The change takes a second.
        let later = Request::new(
            Method::Get,
            "https://arm.emulator.invalid/subscriptions?api-version=2022-12-01",
        );
        world.handle(
            &later.with_header("Authorization", "Bearer emulated"),
            "2026-03-12T09:42:00Z".parse().unwrap(),
        );
    })
    .await;
    let title = "The Backup vault bv-commerce-weu does not restore to other subscriptions";
    assert!(
        spoken_text(&bar(title)).contains("crossSubscriptionRestoreSettings.state of the vault is Disabled."),
        "{}",
        spoken_text(&bar(title))
    );
    click_button("Allow other subscriptions").await;
    click_button("Cancel").await;
    assert_eq!(rig.sent(Method::Patch), 0);
    click_button("Allow other subscriptions").await;
    click_button("Allow").await;
    for _ in 0..12 {
        rig.pass(10_000).await;
    }
    assert_eq!(rig.sent(Method::Patch), 1);
    assert!(is_mended("The Backup vault restores to other subscriptions"));
}

#[wasm_bindgen_test]
async fn a_restore_that_runs_or_ended_today_is_warned_of_with_its_job() {
    let rig = rig(OPEN, |_| ()).await;
    see_text("Verdict: Clear.");
    let service = rig.arm.data_protection();
    let points = service
        .recovery_points(&billing(), None, None)
        .unwrap()
        .collect()
        .await;
    let request = RestoreRequest {
        recovery_point_id: points.unwrap()[0].recovery_point_id.clone(),
        store: VAULT_STORE.to_owned(),
        location: "westeurope".to_owned(),
        target: RestoreTarget::Files {
            url: "https://stcommercebackup.blob.core.windows.net/restored-files".to_owned(),
            prefix: "first".to_owned(),
            container: None,
        },
    };
    drop(service.begin_restore(&billing(), &request).await.unwrap());
    rig.pass(30_000).await;
    click_button("Check the target again").await;
    settle().await;
    let running = bar("A restore of this instance is running");
    assert!(
        spoken_text(&running).contains("its status is InProgress."),
        "{}",
        spoken_text(&running)
    );
    see_text("Verdict: Warns.");
    let link = role("link", "Show job").get_attribute("href").unwrap();
    assert!(
        link.starts_with(&format!(
            "/vaults/{PRODUCTION}/rg-backup-prod/bv-commerce-weu/jobs/"
        )),
        "{link}"
    );
    rig.pass(3_600_000).await;
    click_button("Check the target again").await;
    settle().await;
    assert!(is_mended("No restore of this instance is running"));
    see_text("This instance was restored in the last 24 hours");
    rig.pass(24 * 3_600_000).await;
    click_button("Check the target again").await;
    settle().await;
    assert!(is_mended("This instance was not restored in the last 24 hours"));
    see_text("Verdict: Clear.");
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_unknown_with_the_commands_to_look_by_hand() {
    let view = || findings_of(vault("bv-commerce-weu"), OPEN, "it's mine");
    let rig = BackupsRig::with_view(
        |world| {
            for path in [
                "storageAccounts/stcommercebackup",
                "backupJobs",
                "roleAssignments",
            ] {
                refuse(world, Method::Get, path, 403, "AuthorizationFailed", "No.");
            }
        },
        view,
    )
    .await;
    settle().await;
    see_text("The settings of the storage account stcommercebackup could not be read");
    see_text("Whether this instance was restored in the last 24 hours could not be checked");
    see_text("The roles of the vault\u{2019}s identity are not known");
    see_text("Verdict: Unknown.");
    let code = text(&one("pre[aria-label='Look at the target'], .disclosure pre"));
    assert!(
        code.contains("az storage account show --name stcommercebackup"),
        "{code}"
    );
    assert!(code.contains("az dataprotection job list"), "{code}");
    rig.world.borrow_mut().faults().clear();
    click_button("Check the target again").await;
    settle().await;
    assert!(is_mended("The settings of the storage account are known"));
    // Nobody but the data plane knows of the prefix.
    see_text("Whether blobs begin with it's mine already could not be checked");
    see_text("--prefix 'it'\\''s mine'");
}

#[wasm_bindgen_test]
async fn an_account_that_is_not_there_is_no_target() {
    let gone = (PRODUCTION, "rg-commerce-prod", "stnowhere", "restored");
    let _rig = rig(gone, |_| ()).await;
    see_text("The storage account stnowhere is not there");
    see_text("Verdict: Blocks.");
}
