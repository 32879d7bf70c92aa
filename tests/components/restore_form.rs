//! The form of a restore, field by field, by what a user sees.

use arm_core::Method;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{refuse, settle};
use crate::instance::{BILLING, METRICS};
use crate::restore_rig::{
    INVOICES, account, click, complete, draft, field, form, form_with, keep, one_of, options_of, pick_newest,
    query, reason, see_no_signature, status, wait,
};
use crate::support::{
    all, by_role, choose, description, focused, one, press, role, see_no_text, see_text, text, type_into,
    value_of,
};

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
    assert_eq!(
        reason("Select"),
        "Choose a recovery point.",
        "until the service has said which one"
    );
    rig.pass(300).await;
    let filter = "$filter=endDate%20eq%20%272026-03-07T12%3A00%3A00.0000000Z%27";
    let asked = rig.sent_to(Method::Get, "/recoveryPoints?").pop().unwrap();
    assert!(asked.contains(filter), "{asked}");
    let picked: Vec<_> = all("dialog .pick-row").iter().map(|row| text(row)).collect();
    assert!(picked[0].starts_with("1 Mar 2026,"), "{picked:?}");
    type_into(&until, "2020-01-01T00:00").await;
    rig.pass(300).await;
    see_text("None was taken at or before that time.");
    assert_eq!(reason("Select"), "Choose a recovery point.");
    type_into(&until, "2026-03-07T12:00").await;
    rig.pass(300).await;
    click("Select").await;
    see_text("1 Mar 2026, 02:00 UTC");
    let chosen = query();
    drop(rig);
    let _rig = form(&chosen).await;
    see_text("1 Mar 2026, 02:00 UTC");
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
