//! What stands in the way of a restore, and its mending, by what a user sees.

use arm_client::data_protection::{BackupVault, RestoreRequest, RestoreTarget, VAULT_STORE};
use arm_core::{Method, Request, ResourceId};
use arm_emulator::World;
use pg_backup_portal::{
    components::storage::{Choose, FilesTarget, TargetFindings, Verdict},
    prelude::*,
    services::use_arm,
};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::backups_page::{BackupsRig, inject, refuse, settle};
use crate::protection_parts::{DEVELOPMENT, PRODUCTION, vault};
use crate::support::{all, by_role, click_button, one, role, see_no_text, see_text, spoken_text, text};

/// A target of the default world: subscription, group and name of the account, and the container.
type Target = (&'static str, &'static str, &'static str, &'static str);

/// Lacks nothing.
const OPEN: Target = (
    PRODUCTION,
    "rg-commerce-prod",
    "stcommercebackup",
    "restored-files",
);
/// Behind a firewall, in another region, not across tenants.
const CLOSED: Target = (PRODUCTION, "rg-insights", "stinsightsarchive", "archive");
/// Copies only from its own tenant, and the vault's identity has no role on it.
const SCOPED: Target = (PRODUCTION, "rg-billing-prod", "stbillingkeyless", "ltr-billing");
/// Has no blobs.
const FILES: Target = (PRODUCTION, "rg-hr", "stpeoplefiles", "restored");
/// In another subscription, without a container.
const OTHER: Target = (DEVELOPMENT, "rg-dev", "stdevscratch", "restored");

fn account((subscription, group, name, _): Target) -> ResourceId {
    let kind = "Microsoft.Storage/storageAccounts";
    ResourceId::in_resource_group(subscription, group, kind, name).unwrap()
}

fn billing() -> ResourceId {
    let name = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
    vault("bv-commerce-weu").child("backupInstances", name).unwrap()
}

/// The findings of a target, with what they tell the form.
fn findings_of(vault_id: ResourceId, target: Target, prefix: &'static str) -> AnyView {
    let (read, arm) = (RwSignal::new(None::<BackupVault>), use_arm());
    leptos::task::spawn_local(async move {
        read.set(arm.data_protection().vault(&vault_id).await.ok());
    });
    let verdict = RwSignal::new(Verdict::default());
    let chosen = RwSignal::new(None::<Choose>);
    let files = FilesTarget {
        account: account(target),
        container: target.3.parse().unwrap(),
        prefix: prefix.to_owned(),
    };
    view! {
        <TargetFindings
            instance=billing()
            vault=read
            target=Signal::stored(Some(files))
            on_verdict=Callback::new(move |now| verdict.set(now))
            on_vault=Callback::new(move |vault| read.set(Some(vault)))
            on_choose=Callback::new(move |choose| chosen.set(Some(choose)))
        />
        <p>{move || format!("Verdict: {:?}.", verdict.get())}</p>
        <p>{move || format!("Choose: {:?}.", chosen.get())}</p>
    }
    .into_any()
}

async fn rig(target: Target, prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let view = move || findings_of(vault("bv-commerce-weu"), target, "");
    let rig = BackupsRig::with_view(prepare, view).await;
    settle().await;
    rig
}

/// Changes a resource of the world, as somebody does who may.
fn patch(world: &mut World, id: &ResourceId, version: &str, body: &Value) {
    let url = format!("https://arm.emulator.invalid{id}?api-version={version}");
    let request = Request::new(Method::Patch, url)
        .with_header("Authorization", "Bearer emulated")
        .with_body(body.to_string());
    let now = "2026-03-12T09:41:00Z".parse().unwrap();
    let status = world.handle(&request, now).response.status;
    assert!(matches!(status, 200 | 202), "{status}");
}

fn change(world: &mut World, target: Target, properties: Value) {
    let body = json!({ "properties": properties });
    patch(world, &account(target), "2025-06-01", &body);
}

/// The finding whose title begins so.
fn bar(title: &str) -> Element {
    let bars = all(".message").into_iter().map(Element::from);
    let mut bars = bars.filter(|bar| spoken_text(bar).starts_with(title));
    bars.next()
        .unwrap_or_else(|| panic!("no finding {title:?} in {}", text(&one("body > div:last-child"))))
}

fn is_mended(title: &str) -> bool {
    bar(title).class_name().contains("message-ok")
}

fn dialog() -> String {
    text(&one("dialog[open]"))
}

/// Each setting of the dialog with what it is and what it will be.
fn settings() -> Vec<String> {
    let cells = all("dialog tbody :is(th, td)");
    let rows = cells.chunks(3);
    rows.map(|row| row.iter().map(|cell| text(cell)).collect::<Vec<_>>().join(" "))
        .collect()
}

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
