//! The form of a restore, by what a user sees.

use arm_core::Method;
use arm_emulator::World;
use pg_backup_portal::{pages::RestorePage, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::instance::{BILLING, METRICS, id_of};
use crate::support::{
    all, by_role, choose, click_button, description, focused, one, press, role, see_no_text, see_text,
    spoken_text, text, type_into, value_of,
};

const INVOICES: (&str, &str) = (
    "bv-commerce-weu",
    "pgs-legacy-invoices-957d23b1-c679-4c94-ade6-c4d34635e102",
);
const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";

fn account(group: &str, name: &str) -> String {
    format!("{PRODUCTION}/{group}/providers/Microsoft.Storage/storageAccounts/{name}")
}

/// The default world's account that takes restored files, with its container.
fn target() -> String {
    let account = account("rg-commerce-prod", "stcommercebackup");
    format!("account={account}&container=restored-files")
}

/// The form of an instance; the address is the one with which all tests begin, whatever the one before left.
async fn form_with(instance: (&str, &str), query: &str, prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let history = window().history().unwrap();
    history
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/"))
        .unwrap();
    let instance = id_of(instance);
    let page = move || {
        let is_shown = RwSignal::new(true);
        let instance = StoredValue::new(instance);
        view! {
            <button on:click=move |_| is_shown.set(false)>"Elsewhere"</button>
            {move || is_shown.get().then(|| view! { <RestorePage instance=instance.get_value() /> })}
        }
        .into_any()
    };
    let rig = BackupsRig::with_query(query, prepare, page).await;
    settle().await;
    rig
}

async fn form(query: &str) -> BackupsRig {
    form_with(BILLING, query, |_| ()).await
}

/// The form with the newest recovery point, and all that is needed.
async fn complete(prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let rig = form_with(BILLING, &format!("?{}", target()), prepare).await;
    pick_newest().await;
    rig.pass(300).await;
    rig
}

async fn pick_newest() {
    click_button("Choose recovery point").await;
    settle().await;
    one_of("radio", 0).click();
    settle().await;
    click_button("Select").await;
    settle().await;
}

/// One of the points in the pane.
fn one_of(kind: &str, index: usize) -> HtmlElement {
    all(&format!("dialog input[type={kind}]")).swap_remove(index)
}

fn query() -> String {
    let query = window().location().search().unwrap();
    js_sys::decode_uri_component(&query).unwrap().into()
}

fn status() -> String {
    spoken_text(&one(".restore-status")).replace('\u{a0}', " ")
}

/// Why a button cannot be used; empty where it can.
fn reason(button: &str) -> String {
    let button = role("button", button);
    match button.get_attribute("aria-disabled") {
        Some(_) => description(&button),
        None => String::new(),
    }
}

async fn wait(rig: &BackupsRig, seconds: u64) {
    for _ in 0..seconds.div_ceil(5) {
        rig.pass(5000).await;
    }
}

async fn click(name: &str) {
    click_button(name).await;
    settle().await;
}

fn options_of(list: &HtmlElement) -> Vec<String> {
    let options = list.query_selector_all("option").unwrap();
    (0..options.length())
        .map(|index| options.get(index).unwrap().text_content().unwrap())
        .collect()
}

fn field(label: &str) -> HtmlElement {
    role("textbox", label)
}

/// Nothing of a signature is anywhere that outlives a moment.
fn see_no_signature() {
    let html = document().document_element().unwrap().outer_html();
    let typed = all("input").iter().map(value_of).collect::<Vec<_>>().join(" ");
    let stored = |storage: Option<web_sys::Storage>| -> String {
        js_sys::JSON::stringify(&storage.unwrap()).unwrap().into()
    };
    for (place, text) in [
        ("the document", html),
        ("a field", typed),
        ("the storage", stored(window().local_storage().unwrap())),
        ("the tab's storage", stored(window().session_storage().unwrap())),
        ("the address", window().location().href().unwrap()),
    ] {
        assert!(!text.contains("sig="), "a signature is in {place}: {text}");
    }
}

#[wasm_bindgen_test]
async fn each_choice_is_asked_for_in_turn_and_is_in_the_address() {
    let rig = form("").await;
    assert_eq!(text(&one("h1")), "Restore");
    assert_eq!(
        text(&one(".page-subtitle")),
        "Backup instance pg-billing-prod · Vault: bv-commerce-weu · West Europe"
    );
    assert_eq!(status(), "Choose a recovery point.");
    assert_eq!(reason("Restore"), "Choose a recovery point.");
    assert_eq!(reason("Validate"), "Choose a recovery point.");
    assert!(
        by_role("radio", "Restore to a database").is_empty(),
        "as files only"
    );

    click("Choose recovery point").await;
    role("dialog", "Choose a recovery point");
    assert_eq!(reason("Select"), "Choose a recovery point.");
    let first = one_of("radio", 0);
    assert_eq!(
        description(&first).replace('\u{a0}', " "),
        "Full · tag Default · vault store · expires 8 Jun 2026"
    );
    first.click();
    settle().await;
    click("Select").await;
    see_text("8 Mar 2026, 02:00 UTC");
    role("button", "Change recovery point");
    assert_eq!(status(), "Choose a storage account.");

    let subscriptions = role("combobox", "Subscription");
    assert_eq!(value_of(&subscriptions), "Contoso Production", "the vault's own");
    let accounts = role("combobox", "Storage account");
    assert_eq!(
        options_of(&accounts),
        [
            "Choose a storage account",
            "stbillingkeyless · West Europe · rg-billing-prod",
            "stcommercebackup · West Europe · rg-commerce-prod",
            "stinsightsarchive · North Europe · rg-insights · another region",
        ]
    );
    choose(&accounts, "stinsightsarchive").await;
    rig.pass(300).await;
    see_text("North Europe, another region than the vault\u{2019}s");
    choose(&role("combobox", "Storage account"), "stcommercebackup").await;
    rig.pass(300).await;
    see_text("West Europe, same region as the vault");
    assert_eq!(status(), "Choose a container.");
    let containers = role("combobox", "Container");
    assert_eq!(
        options_of(&containers),
        [
            "Choose a container",
            "ltr-catalog",
            "ltr-orders",
            "restored-files"
        ]
    );
    choose(&containers, "restored-files").await;
    rig.pass(300).await;
    assert!(value_of(&field("File prefix")).starts_with("pg-billing-prod-20260312T0941"));
    assert_eq!(
        status(),
        "Not validated. Validate asks Azure and changes nothing."
    );
    assert_eq!(reason("Restore"), "Validate first.");
    assert_eq!(reason("Validate"), "");
    let id = account("rg-commerce-prod", "stcommercebackup");
    let address = query();
    assert!(address.starts_with("?point="), "{address}");
    assert!(
        address.ends_with(&format!("&account={id}&container=restored-files")),
        "{address}"
    );
    // What follows the account is void with it.
    choose(&role("combobox", "Subscription"), "Contoso Development").await;
    settle().await;
    assert_eq!(status(), "Choose a storage account.");
    assert!(!query().contains("account="), "{}", query());
}

#[wasm_bindgen_test]
async fn the_latest_point_at_or_before_a_moment_is_found_and_a_link_names_one() {
    let rig = form("?point=00000000000000000000000000000000").await;
    see_text("The recovery point is not there");
    assert_eq!(
        status(),
        "The recovery point is not there any more. Choose another one."
    );
    click("Change recovery point").await;
    let until = one("dialog input[type=datetime-local]");
    type_into(&until, "2026-03-07T12:00").await;
    settle().await;
    let picked: Vec<_> = all("dialog .pick-row").iter().map(|row| text(row)).collect();
    assert!(picked[0].starts_with("1 Mar 2026,"), "{picked:?}");
    type_into(&until, "2020-01-01T00:00").await;
    settle().await;
    see_text("None was taken at or before that time.");
    assert_eq!(reason("Select"), "Choose a recovery point.");
    type_into(&until, "2026-03-07T12:00").await;
    settle().await;
    click("Select").await;
    see_text("1 Mar 2026, 02:00 UTC");
    let chosen = query();
    drop(rig);
    let _rig = form(&chosen).await;
    see_text("1 Mar 2026, 02:00 UTC");
}

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
async fn a_point_is_chosen_by_the_keyboard_and_the_focus_comes_back() {
    let rig = form("").await;
    let button = role("button", "Choose recovery point");
    button.focus().unwrap();
    button.click();
    settle().await;
    let pane = role("dialog", "Choose a recovery point");
    press(&pane, "Escape").await;
    settle().await;
    assert!(by_role("dialog", "Choose a recovery point").is_empty());
    assert_eq!(focused(), "Choose recovery point");
    assert_eq!(status(), "Choose a recovery point.");
    drop(rig);
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
    click("Choose another account").await;
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
async fn a_pasted_sas_is_taken_off_and_is_nowhere() {
    let rig = form("?container-by=address").await;
    pick_newest().await;
    assert_eq!(status(), "Paste the address of a container.");
    let address = field("Address of the container");
    let url = "https://stcommercebackup.blob.core.windows.net/restored-files";
    type_into(
        &address,
        &format!("{url}?sv=2024-11-04&sr=c&sp=rwdl&sig=c2VjcmV0"),
    )
    .await;
    rig.pass(300).await;
    assert_eq!(value_of(&address), url);
    see_text("The SAS was taken off.");
    see_text("The container 'restored-files' of the storage account 'stcommercebackup'.");
    see_no_signature();
    assert!(status().starts_with("Not validated."), "{}", status());

    for (typed, expected) in [
        (
            "sta/restored",
            "it does not begin with https:// and the host of a storage account",
        ),
        (
            "https://sta.blob.core.windows.net/",
            "it does not end with the name of a container",
        ),
    ] {
        type_into(&address, typed).await;
        rig.pass(300).await;
        see_text(expected);
    }
    type_into(&address, "https://somebodyelses.blob.core.windows.net/restored").await;
    rig.pass(300).await;
    see_text("You do not see this storage account.");
    assert!(
        status().starts_with("Not validated."),
        "Azure may be asked: {}",
        status()
    );
}

#[wasm_bindgen_test]
async fn a_container_is_created_in_its_place() {
    let rig = form(&format!(
        "?account={}",
        account("rg-commerce-prod", "stcommercebackup")
    ))
    .await;
    pick_newest().await;
    click("New container").await;
    let name = field("Name of the new container");
    assert_eq!(value_of(&name), "restore-pg-billing-prod");
    press(&name, "Enter").await;
    settle().await;
    rig.pass(300).await;
    assert_eq!(
        value_of(&role("combobox", "Container")),
        "restore-pg-billing-prod"
    );
    assert!(status().starts_with("Not validated."), "{}", status());
    assert_eq!(
        rig.sent_to(Method::Put, "/containers/restore-pg-billing-prod")
            .len(),
        1
    );
}

#[wasm_bindgen_test]
async fn subscriptions_whose_accounts_are_denied_are_named_and_the_others_stay() {
    let rig = form_with(BILLING, "", |world| {
        let path = "22222222-2222-4222-8222-222222222222/providers/Microsoft.Storage";
        refuse(
            world,
            Method::Get,
            path,
            403,
            "AuthorizationFailed",
            "You may not read it.",
        );
    })
    .await;
    rig.pass(300).await;
    see_text("The storage accounts of 'Contoso Development' could not be read.");
    assert_eq!(options_of(&role("combobox", "Storage account")).len(), 4);
}

#[wasm_bindgen_test]
async fn accounts_that_cannot_be_read_at_all_leave_the_address_to_be_pasted() {
    let _rig = form_with(BILLING, "", |world| {
        let path = "/providers/Microsoft.Storage/storageAccounts";
        refuse(
            world,
            Method::Get,
            path,
            403,
            "AuthorizationFailed",
            "You may not read it.",
        );
    })
    .await;
    see_text("The storage accounts could not be read");
    role("radio", "Paste its address").click();
    settle().await;
    field("Address of the container");
}

#[wasm_bindgen_test]
async fn a_legacy_database_goes_into_files_or_into_a_new_database() {
    let rig = form_with(INVOICES, "", |_| ()).await;
    role("radio", "Restore as files");
    assert!(value_of(&field("File prefix")).starts_with("pgs-legacy-invoices-2026"));
    pick_newest().await;
    role("radio", "Restore to a database").click();
    settle().await;
    assert!(query().contains("to=database"), "{}", query());
    assert_eq!(value_of(&role("combobox", "Server")), "pgs-legacy", "its own");
    assert_eq!(
        value_of(&field("Key Vault secret identifier")),
        "https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup",
        "the instance's own"
    );
    assert_eq!(status(), "The new database needs a name.");
    let name = field("Name of the new database");
    type_into(&name, "crm").await;
    rig.pass(300).await;
    see_text("The server has a database named 'crm' already");
    type_into(&name, "invoices_restored").await;
    rig.pass(300).await;
    click("Validate").await;
    wait(&rig, 60).await;
    assert!(status().starts_with("Validated."), "{}", status());
    click("Restore").await;
    assert_eq!(rig.sent_to(Method::Post, "/restore?").len(), 1);
}

#[wasm_bindgen_test]
async fn a_reload_keeps_what_was_typed_and_leaving_does_not() {
    let rig = complete(|_| ()).await;
    type_into(&field("File prefix"), "mine-1").await;
    settle().await;
    let (opened, kept) = (query(), draft());
    drop(rig);
    keep(&kept);
    let _rig = form(&opened).await;
    assert_eq!(value_of(&field("File prefix")), "mine-1");
    assert!(!draft().is_empty());
    // Whoever leaves it by the app leaves it behind.
    click("Elsewhere").await;
    assert_eq!(draft(), []);
}

/// Where the draft is kept, and the draft.
fn draft() -> Vec<(String, String)> {
    let storage = window().session_storage().unwrap().unwrap();
    let keys = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap());
    let drafts = keys.filter(|key| key.starts_with("pgbp.restore."));
    drafts
        .map(|key| (key.clone(), storage.get_item(&key).unwrap().unwrap()))
        .collect()
}

/// As a reload leaves it.
fn keep(draft: &[(String, String)]) {
    let storage = window().session_storage().unwrap().unwrap();
    assert!(!draft.is_empty());
    draft
        .iter()
        .for_each(|(key, value)| storage.set_item(key, value).unwrap());
}

#[wasm_bindgen_test]
async fn leaving_asks_only_where_something_is_lost() {
    let rig = form("").await;
    click("Cancel").await;
    assert!(by_role("dialog", "Leave without saving?").is_empty());
    drop(rig);
    let _rig = complete(|_| ()).await;
    click("Cancel").await;
    assert_eq!(all("dialog[open]").len(), 1);
    see_text("Leave without saving?");
    click("Stay").await;
    see_no_text("Leave without saving?");
}

#[wasm_bindgen_test]
async fn what_is_soft_deleted_is_not_restored_and_what_cannot_be_read_says_so() {
    let rig = form_with(METRICS, "", |_| ()).await;
    see_text("This backup instance is soft-deleted.");
    assert_eq!(
        reason("Restore"),
        "The backup instance is soft-deleted. Undelete it first."
    );
    drop(rig);
    let rig = form_with(BILLING, "?point=x", |world| {
        refuse(world, Method::Get, "/recoveryPoints", 503, "ServerBusy", "Later.");
    })
    .await;
    wait(&rig, 60).await;
    see_text("The recovery points could not be read");
    rig.world.borrow_mut().faults().clear();
    click("Read again").await;
    see_text("The recovery point is not there");
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
