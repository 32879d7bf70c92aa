//! A container that is picked for a long-term retention backup, and its SAS that is made here.

use arm_core::Method;
use arm_emulator::World;
use pg_backup_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::long_term_retention::{cell, page_of, resource};
use crate::support::{
    all, by_role, choose, click_button, description, focused, press, role, see_no_text, see_text, text,
    type_into, value_of,
};

const MADE: &str = "The backup goes to stcommercebackup.blob.core.windows.net/ltr-orders. \
                    The SAS allows it to read, write, delete and list until 14 Mar 2026, 09:41";

/// The pane of `pg-orders-prod` with the accounts to pick from.
async fn picking(prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", prepare).await;
    click_button("Start long-term backup").await;
    settle().await;
    role("radio", "Pick a container").click();
    settle().await;
    rig
}

fn accounts() -> HtmlElement {
    role("combobox", "Storage account")
}

async fn choose_account(name: &str) {
    choose(&accounts(), name).await;
    settle().await;
}

fn options_of(list: &HtmlElement) -> Vec<String> {
    let options = list.query_selector_all("option").unwrap();
    (0..options.length())
        .map(|index| options.get(index).unwrap().text_content().unwrap())
        .collect()
}

fn see_no_signature() {
    let html = document().document_element().unwrap().outer_html();
    let fields = all("input");
    let typed = fields.iter().map(value_of).collect::<Vec<_>>().join(" ");
    let stored = js_sys::JSON::stringify(&window().local_storage().unwrap().unwrap()).unwrap();
    for (place, text) in [
        ("the document", html),
        ("a field", typed),
        ("the storage", stored.into()),
        ("the address", window().location().href().unwrap()),
    ] {
        assert!(!text.contains("sig="), "a signature is in {place}: {text}");
    }
}

#[wasm_bindgen_test]
async fn t05_a_sas_is_made_here_of_a_container_in_the_servers_region_and_the_backup_runs_with_it() {
    let rig = picking(|_| ()).await;
    let list = accounts();
    assert_eq!(value_of(&list), "stcommercebackup", "in the server's region");
    assert_eq!(
        options_of(&list),
        [
            "stbillingkeyless · West Europe · rg-billing-prod",
            "stcommercebackup · West Europe · rg-commerce-prod",
            "stdevscratch · West Europe · rg-dev",
            "stinsightsarchive · North Europe · rg-insights",
        ]
    );
    assert_eq!(description(&list), "1 account without blobs left out.");
    let start = role("button", "Start");
    assert_eq!(description(&start), "No SAS was created for container 1 yet.");

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
    choose(&containers, "ltr-orders").await;
    assert_eq!(value_of(&role("combobox", "The SAS lasts")), "2 days");
    let posts = rig.sent(Method::Post);
    click_button("Create SAS").await;
    settle().await;
    assert_eq!(rig.sent(Method::Post), posts + 1);
    see_text(MADE);
    assert!(description(&start).is_empty(), "{}", description(&start));
    see_no_signature();

    // The other way is looked at, and what was made is still there.
    role("radio", "Paste a SAS URI").click();
    settle().await;
    assert_eq!(description(&start), "Container 1 has no SAS URI yet.");
    role("radio", "Pick a container").click();
    settle().await;
    see_text(MADE);
    role("button", "Start").click();
    settle().await;
    assert!(
        by_role("dialog", "Start long-term backup").is_empty(),
        "the pane closes"
    );
    assert_eq!(cell(0, "State"), "Running");
    for _ in 0..16 {
        rig.pass(600_000).await;
    }
    assert_eq!(cell(0, "State"), "Succeeded");
    // Its notification says so.
    see_no_text("Long-term retention backup succeeded");
    see_no_signature();
}

#[wasm_bindgen_test]
async fn what_an_account_stands_in_the_way_of_is_said_with_the_way_on() {
    let _rig = picking(|_| ()).await;
    choose_account("stbillingkeyless").await;
    see_text("'stbillingkeyless' takes no SAS that is signed with a key");
    see_text("have storage account key access allowed under Configuration of this one.");
    assert!(
        by_role("combobox", "Container").is_empty(),
        "nothing can be made of it"
    );

    choose_account("stinsightsarchive").await;
    see_text("The network rules of 'stinsightsarchive' keep Azure services out");
    see_text("have trusted Azure services allowed under Networking of this one.");
    see_text("The account is in North Europe, the server in West Europe");
    assert_eq!(
        value_of(&role("combobox", "Container")),
        "archive",
        "the only one is meant"
    );
    role("button", "Create SAS");

    choose_account("stdevscratch").await;
    see_text("A SAS of 'stdevscratch' is to last 8 h 00 min at most");
    see_no_text("The network rules of");
    role("textbox", "Name of the new container");
}

#[wasm_bindgen_test]
async fn a_container_is_created_here_under_a_name_that_is_judged_and_is_then_the_one_that_is_meant() {
    let rig = picking(|_| ()).await;
    click_button("New container").await;
    settle().await;
    let field = role("textbox", "Name of the new container");
    assert_eq!(focused(), "Name of the new container");
    assert_eq!(value_of(&field), "ltr-pg-orders-prod");
    for (name, expected) in [
        (
            "LTR",
            "The name holds 'L'; lower-case letters, digits and hyphens are allowed.",
        ),
        (
            "ltr-orders",
            "The account has a container named 'ltr-orders' already.",
        ),
    ] {
        type_into(&field, name).await;
        rig.pass(300).await;
        assert_eq!(description(&field), expected);
        assert_eq!(description(&role("button", "Create container")), expected);
    }
    click_button("Back to the list").await;
    settle().await;
    click_button("New container").await;
    settle().await;
    let puts = rig.sent(Method::Put);
    // Enter creates it, and does not start the backup.
    press(&role("textbox", "Name of the new container"), "Enter").await;
    settle().await;
    assert_eq!(rig.sent(Method::Put), puts + 1);
    assert_eq!(value_of(&role("combobox", "Container")), "ltr-pg-orders-prod");
    click_button("Create SAS").await;
    settle().await;
    see_text("The backup goes to stcommercebackup.blob.core.windows.net/ltr-pg-orders-prod.");
    assert_eq!(by_role("dialog", "Start long-term backup").len(), 1);
}

#[wasm_bindgen_test]
async fn a_short_sas_is_warned_of_and_another_choice_voids_what_was_made() {
    let rig = picking(|_| ()).await;
    choose_account("stdevscratch").await;
    click_button("Create container").await;
    settle().await;
    let lasts = role("combobox", "The SAS lasts");
    assert_eq!(value_of(&lasts).replace('\u{a0}', " "), "8 h 00 min");
    click_button("Create SAS").await;
    settle().await;
    see_text("in less than a day");
    choose(&role("combobox", "The SAS lasts"), "7 days").await;
    settle().await;
    see_no_text("The backup goes to");
    assert_eq!(
        description(&role("button", "Start")),
        "No SAS was created for container 1 yet."
    );
    click_button("Create SAS").await;
    settle().await;
    see_text("until 19 Mar 2026");
    see_no_text("in less than a day");
    choose_account("stcommercebackup").await;
    see_no_text("The backup goes to");
    choose(&role("combobox", "Container"), "ltr-orders").await;
    click_button("Create SAS").await;
    settle().await;
    press(&role("dialog", "Start long-term backup"), "Escape").await;
    role("alertdialog", "Leave without saving?");
    drop(rig);
}

#[wasm_bindgen_test]
async fn what_may_not_be_read_or_made_names_the_action_and_leaves_the_other_way() {
    let missing = |action: &str| {
        format!(
            "The client 'm' with object id 'o' does not have authorization to perform action '{action}' over scope '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup' or the scope is invalid."
        )
    };
    let denied = |world: &mut World, method, path: &str, action: &str| {
        refuse(world, method, path, 403, "AuthorizationFailed", &missing(action));
    };
    let list = "Microsoft.Storage/storageAccounts/read";
    let rig = picking(|world| denied(world, Method::Get, "Microsoft.Storage/storageAccounts", list)).await;
    see_text("The storage accounts could not be read");
    see_text(list);
    rig.world.borrow_mut().faults().clear();
    let containers = "Microsoft.Storage/storageAccounts/blobServices/containers/read";
    denied(
        &mut rig.world.borrow_mut(),
        Method::Get,
        "blobServices/default/containers",
        containers,
    );
    click_button("Read again").await;
    settle().await;
    see_text("The containers could not be read");
    see_text(containers);
    rig.world.borrow_mut().faults().clear();
    let sas = "Microsoft.Storage/storageAccounts/listServiceSas/action";
    denied(&mut rig.world.borrow_mut(), Method::Post, "listServiceSas", sas);
    click_button("Read again").await;
    settle().await;
    choose(&role("combobox", "Container"), "ltr-orders").await;
    click_button("Create SAS").await;
    settle().await;
    see_text("No SAS was created");
    see_text(sas);
    see_text("Somebody who may can create one; paste it instead.");
    assert_eq!(
        description(&role("button", "Start")),
        "No SAS was created for container 1 yet."
    );
}

#[wasm_bindgen_test]
async fn an_account_that_is_gone_and_a_subscription_that_is_closed_are_said() {
    let rig = picking(|world| {
        refuse(
            world,
            Method::Get,
            "22222222-2222-4222-8222-222222222222/providers/Microsoft.Storage",
            403,
            "AuthorizationFailed",
            "No.",
        );
    })
    .await;
    assert_eq!(
        options_of(&accounts()).len(),
        3,
        "those of the other subscription are there"
    );
    see_text("could not be read.");
    click_button("Read again").await;
    settle().await;
    assert_eq!(value_of(&accounts()), "stcommercebackup", "the choice stays");
    rig.world.borrow_mut().faults().clear();
    click_button("Read again").await;
    settle().await;
    assert_eq!(options_of(&accounts()).len(), 4);

    let gone = "The Resource 'Microsoft.Storage/storageAccounts/stbillingkeyless' was not found.";
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        "stinsightsarchive/blobServices",
        404,
        "ResourceNotFound",
        gone,
    );
    choose_account("stinsightsarchive").await;
    see_text("The containers could not be read");
    see_text(gone);
}

#[wasm_bindgen_test]
async fn among_many_containers_one_is_found_by_typing_its_name() {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", |_| ()).await;
    let kind = "Microsoft.Storage/storageAccounts";
    let account = resource(kind, "stcommercebackup");
    for number in 1..10 {
        let name = format!("monthly-{number}").parse().unwrap();
        let accounts = rig.arm.storage_accounts();
        accounts.create_container(&account, &name).await.unwrap();
    }
    click_button("Start long-term backup").await;
    settle().await;
    role("radio", "Pick a container").click();
    settle().await;
    let field = role("combobox", "Container");
    assert_eq!(field.tag_name(), "INPUT");
    type_into(&field, "monthly-").await;
    rig.pass(300).await;
    assert_eq!(description(&field), "The account has no container of this name.");
    assert!(by_role("button", "Create SAS").is_empty());
    type_into(&field, "monthly-7").await;
    rig.pass(300).await;
    assert_eq!(description(&field), "");
    // Enter in a field starts the backup; without a SAS it leads to what is missing.
    press(&field, "Enter").await;
    assert_eq!(by_role("dialog", "Start long-term backup").len(), 1);
    click_button("Create SAS").await;
    settle().await;
    see_text("The backup goes to stcommercebackup.blob.core.windows.net/monthly-7.");
}

#[wasm_bindgen_test]
async fn each_of_several_containers_is_given_in_its_own_way_and_no_container_twice() {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", |world| {
        world.switches().long_term_containers = 2;
    })
    .await;
    click_button("Start long-term backup").await;
    settle().await;
    let gets = rig.sent(Method::Get);
    for radio in by_role("radio", "Pick a container") {
        radio.click();
        settle().await;
    }
    // Subscriptions, the accounts of three of them, and for each field the containers of one account.
    assert_eq!(
        rig.sent(Method::Get),
        gets + 1 + 3 + 2,
        "the accounts are read once"
    );
    for list in by_role("combobox", "Container") {
        choose(&list, "ltr-orders").await;
        settle().await;
    }
    for button in by_role("button", "Create SAS") {
        button.click();
        settle().await;
    }
    let start = role("button", "Start");
    assert_eq!(
        description(&start),
        "Containers 1 and 2 are the same; each SAS URI needs a container of its own."
    );
    choose(&by_role("combobox", "Container")[1], "ltr-catalog").await;
    settle().await;
    click_button("Create SAS").await;
    settle().await;
    start.click();
    settle().await;
    assert_eq!(cell(0, "State"), "Running");
    assert!(!text(&document().body().unwrap()).contains("sig="));
}
