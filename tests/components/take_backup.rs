//! The *Take backup* pane, by what a user sees.

use arm_core::Method;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::backups_page::{BackupsRig, delay, refuse, settle};
use crate::support::{
    by_role, click_button, description, focused, press, role, see_no_text, see_text, type_into,
};

const HINT: &str = "Letters, digits, hyphen, underscore and full stop.";
const FREE: &str = "No backup of this server has this name.";
const TAKEN: &str = "This server already has a backup named 'before-schema-v42'.";

async fn open(group: &str, server: &str) -> BackupsRig {
    let rig = BackupsRig::of(group, server, |_| ()).await;
    // A list without backups offers it as well.
    by_role("button", "Backup now")[0].click();
    settle().await;
    rig
}

async fn open_orders() -> BackupsRig {
    open("rg-commerce-prod", "pg-orders-prod").await
}

fn name() -> HtmlInputElement {
    role("textbox", "Backup name").unchecked_into()
}

#[wasm_bindgen_test]
async fn the_pane_comes_with_a_free_name_and_the_facts_before_the_act() {
    let _rig = open_orders().await;
    assert_eq!(name().value(), "ondemandbackup-20260312T094100");
    assert_eq!(description(&name()), format!("{FREE} {HINT}"));
    assert_eq!(focused(), "Backup name");
    see_text("30 of 128 characters");
    see_text("26 Mar 2026 14 days, as set on the server");
    see_text("4 of 7, with this one");
    see_text("Esc closes");
    assert_eq!(
        by_role("group", "Checks before the backup").len(),
        0,
        "nothing stands in the way"
    );
}

#[wasm_bindgen_test]
async fn a_name_is_judged_once_the_typing_rests_and_the_error_takes_the_place_of_the_hint() {
    let rig = open_orders().await;
    type_into(&name(), "Before-Schema-V42").await;
    rig.pass(200).await;
    assert_eq!(
        description(&name()),
        format!("{FREE} {HINT}"),
        "still in mid-word"
    );
    type_into(&name(), "before-schema-v42").await;
    rig.pass(200).await;
    assert_eq!(
        description(&name()),
        format!("{FREE} {HINT}"),
        "each letter begins the rest anew"
    );
    rig.pass(100).await;
    assert_eq!(description(&name()), TAKEN);
    see_no_text(HINT);
    see_no_text(FREE);
    assert_eq!(name().get_attribute("aria-invalid").as_deref(), Some("true"));

    type_into(&name(), "before-schema-v43").await;
    rig.pass(300).await;
    assert_eq!(description(&name()), format!("{FREE} {HINT}"));
}

#[wasm_bindgen_test]
async fn enter_judges_at_once_and_sends_nothing_that_is_certain_to_fail() {
    let rig = open_orders().await;
    type_into(&name(), "before-schema-v42").await;
    press(&name(), "Enter").await;
    assert_eq!(description(&name()), TAKEN, "without waiting for the rest");
    assert_eq!(rig.sent(Method::Put), 0);

    type_into(&name(), "before-schema-v43").await;
    press(&name(), "Enter").await;
    settle().await;
    assert_eq!(rig.sent(Method::Put), 1);
    assert_eq!(by_role("dialog", "Take backup").len(), 0, "Azure has taken it");
}

#[wasm_bindgen_test]
async fn a_backup_that_runs_is_shown_with_its_evidence_and_trigger_stays_usable() {
    let rig = open_orders().await;
    type_into(&name(), "pre-migration-v43").await;
    click_button("Trigger").await;
    settle().await;
    rig.pass(14_000).await;
    click_button("Backup now").await;
    settle().await;
    see_text("Another on-demand backup is running");
    see_text("Evidence: 'pre-migration-v43', triggered in this browser at 09:41:00 UTC, has not completed.");
    see_text("5 of 7, with this and the running one");
    assert_eq!(role("button", "Trigger").get_attribute("aria-disabled"), None);

    type_into(&name(), "PRE-migration-v43").await;
    rig.pass(300).await;
    assert_eq!(
        description(&name()),
        "A backup named 'pre-migration-v43' is being taken of this server."
    );
    assert_eq!(
        role("button", "Trigger")
            .get_attribute("aria-disabled")
            .as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn what_the_server_is_warns_with_azures_own_word() {
    for (group, server, title, evidence) in SERVERS_IN_THE_WAY {
        let _rig = open(group, server).await;
        see_text(title);
        see_text(evidence);
        assert_eq!(
            role("button", "Trigger").get_attribute("aria-disabled"),
            None,
            "{server}"
        );
        click_button("Cancel").await;
        settle().await;
    }
}

/// Servers of the default world, and what is found on each.
const SERVERS_IN_THE_WAY: [(&str, &str, &str, &str); 3] = [
    (
        "rg-commerce-prod",
        "pg-orders-ro-1",
        "The server is a read replica",
        "Evidence: Azure gave its replication role as 'AsyncReplica', read at 09:41:00 UTC.",
    ),
    (
        "rg-hr",
        "pg-hr-archive",
        "The server is stopped",
        "Evidence: Azure gave its state as 'Stopped', read at 09:41:00 UTC.",
    ),
    (
        "rg-commerce-prod",
        "pg-loyalty-new",
        "The server is not ready",
        "Evidence: Azure gave its state as 'Updating', read at 09:41:00 UTC.",
    ),
];

#[wasm_bindgen_test]
async fn what_could_not_be_read_is_said_and_once_it_is_read_that_is_said_too() {
    let rig = BackupsRig::of("rg-commerce-prod", "pg-orders-prod", |world| {
        refuse(
            world,
            Method::Get,
            "pg-orders-prod",
            403,
            "AuthorizationFailed",
            "No.",
        );
    })
    .await;
    click_button("Backup now").await;
    settle().await;
    see_text("Neither the server's details nor its backups are known");
    see_text("Evidence: No.");
    see_no_text(FREE);
    assert_eq!(role("button", "Trigger").get_attribute("aria-disabled"), None);

    rig.world.borrow_mut().faults().clear();
    let group = role("group", "Checks before the backup");
    let check: web_sys::HtmlElement = group.query_selector("button").unwrap().unwrap().unchecked_into();
    check.focus().unwrap();
    check.click();
    settle().await;
    see_text("The server and its backups are known");
    see_text(FREE);
    assert_eq!(
        focused(),
        "Backup name",
        "the button went, and Esc must reach the pane"
    );
}

#[wasm_bindgen_test]
async fn a_server_that_is_not_there_blocks_the_trigger() {
    let rig = BackupsRig::of("rg-commerce-prod", "pg-nowhere", |_| ()).await;
    click_button("Backup now").await;
    settle().await;
    see_text("The server is not there");
    let trigger = role("button", "Trigger");
    assert_eq!(trigger.get_attribute("aria-disabled").as_deref(), Some("true"));
    press(&name(), "Enter").await;
    settle().await;
    assert_eq!(rig.sent(Method::Put), 0);
}

#[wasm_bindgen_test]
async fn a_missing_role_is_named_with_who_can_give_it_and_a_text_to_send() {
    let denied = "The client 'j' with object id 'o' does not have authorization to perform action \
                  'Microsoft.DBforPostgreSQL/flexibleServers/backups/write' over scope \
                  '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/\
                  Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/b' or the scope is invalid.";
    let rig = BackupsRig::of("rg-commerce-prod", "pg-orders-prod", |world| {
        refuse(
            world,
            Method::Put,
            "/backups/",
            403,
            "AuthorizationFailed",
            denied,
        );
    })
    .await;
    click_button("Backup now").await;
    settle().await;
    click_button("Trigger").await;
    settle().await;
    assert_eq!(rig.sent(Method::Put), 1, "a refusal is not repeated");
    see_text("The backup was not started");
    see_text(
        "The action Microsoft.DBforPostgreSQL/flexibleServers/backups/write is missing on pg-orders-prod. The role \
         Contributor holds it; an owner of rg-commerce-prod can assign it.",
    );
    assert_eq!(by_role("button", "Copy request for an owner").len(), 1);
    assert_eq!(by_role("button", "Copy code").len(), 1);
    assert_eq!(by_role("button", "Copy request id").len(), 1);
    assert_eq!(
        by_role("dialog", "Take backup").len(),
        1,
        "the pane stays as it is"
    );
}

#[wasm_bindgen_test]
async fn the_code_follows_the_name_and_waits_for_one_that_azure_takes() {
    let rig = open_orders().await;
    see_text(
        "--resource-group rg-commerce-prod --name pg-orders-prod --backup-name ondemandbackup-20260312T094100",
    );
    type_into(&name(), "v43").await;
    see_text("--backup-name v43 --subscription 11111111-1111-4111-8111-111111111111");
    type_into(&name(), "v 43").await;
    see_text("The code follows once there is a name that Azure takes.");
    drop(rig);
}

#[wasm_bindgen_test]
async fn the_pane_cannot_be_left_while_its_request_is_on_its_way_and_asks_when_something_was_typed() {
    let rig = open_orders().await;
    type_into(&name(), "v43").await;
    press(&name(), "Escape").await;
    settle().await;
    assert_eq!(by_role("dialog", "Take backup").len(), 1);
    see_text("Leave without saving?");
    click_button("Stay").await;
    settle().await;
    assert_eq!(name().value(), "v43", "nothing is lost");

    delay(&mut rig.world.borrow_mut(), Method::Put, "/backups/");
    click_button("Trigger").await;
    settle().await;
    click_button("Cancel").await;
    press(&name(), "Escape").await;
    press(&name(), "Enter").await;
    see_no_text("Leave without saving?");
    assert_eq!(
        by_role("dialog", "Take backup").len(),
        1,
        "a refusal has to be told somewhere"
    );
    assert_eq!(
        description(&role("button", "Cancel")),
        "The request is on its way."
    );
    rig.pass(5000).await;
    assert_eq!(by_role("dialog", "Take backup").len(), 0);
    assert_eq!(rig.sent(Method::Put), 1);
}
