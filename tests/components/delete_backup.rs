//! The question before a deletion, by what a user sees.

use arm_core::{Method, Request};
use pg_backup_portal::ui::focus::focus;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, delay, refuse, settle};
use crate::clipboard::FakeClipboard;
use crate::support::{
    by_role, click_button, description, focused, one, press, role, see_no_text, see_text, text,
};

const NAME: &str = "before-schema-v42";

async fn ask(prepare: impl FnOnce(&mut arm_emulator::World)) -> BackupsRig {
    let rig = BackupsRig::of("rg-commerce-prod", "pg-orders-prod", prepare).await;
    focus(&role("button", &format!("Delete {NAME}")));
    click_button(&format!("Delete {NAME}")).await;
    settle().await;
    rig
}

fn is_asking() -> bool {
    by_role("alertdialog", "Delete on-demand backup").len() == 1
}

/// Somebody else deletes a backup, without the page's knowledge.
fn delete_elsewhere(rig: &BackupsRig, name: &str) {
    let url = format!(
        "https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/\
         rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/{name}\
         ?api-version=2025-08-01"
    );
    let request = Request::new(Method::Delete, url).with_header("Authorization", "Bearer somebody-else");
    let now = "2026-03-12T09:41:00Z".parse().unwrap();
    let reply = rig.world.borrow_mut().handle(&request, now);
    assert_eq!(reply.over_http().status, 202);
}

#[wasm_bindgen_test]
async fn the_documents_question_says_what_is_lost_and_what_stays() {
    let rig = ask(|_| ()).await;
    let dialog = role("alertdialog", "Delete on-demand backup");
    let question =
        "Are you sure you want to delete the backup 'before-schema-v42' in server 'pg-orders-prod'?";
    assert!(
        description(&dialog).starts_with(question),
        "{}",
        description(&dialog)
    );
    see_text("Fast restore from this full backup, completed 11 Mar 2026, 07:40:54");
    see_text("It would otherwise be kept until 25 Mar 2026 and then be deleted automatically.");
    see_text("2 other on-demand and 14 automatic backups of this server.");
    see_no_text("last on-demand backup");
    assert_eq!(focused(), "Cancel");
    press(&dialog, "Escape").await;
    settle().await;
    assert!(!is_asking());
    assert_eq!(rig.sent(Method::Delete), 0);
    assert_eq!(
        focused(),
        format!("Delete {NAME}"),
        "back where the question was asked"
    );
}

#[wasm_bindgen_test]
async fn the_code_of_the_deletion_is_shown_and_copied_inside_the_dialog() {
    let clipboard = FakeClipboard::install(false);
    let _rig = ask(|_| ()).await;
    see_no_text("backup delete");
    let toggle = one(".dialog [aria-controls]");
    assert_eq!(text(&toggle), "Show as code");
    assert_eq!(toggle.get_attribute("aria-expanded").as_deref(), Some("false"));
    toggle.click();
    settle().await;
    assert_eq!(toggle.get_attribute("aria-expanded").as_deref(), Some("true"));
    role("tab", "Azure CLI").click();
    settle().await;
    click_button("Copy").await;
    settle().await;
    let copied = clipboard.copied().join("");
    assert!(
        copied.starts_with(
            "az postgres flexible-server backup delete --resource-group rg-commerce-prod --name pg-orders-prod \
             --backup-name before-schema-v42"
        ),
        "{copied}"
    );
    assert!(
        !description(&role("alertdialog", "Delete on-demand backup")).contains("az postgres"),
        "not read out"
    );
}

#[wasm_bindgen_test]
async fn a_request_on_its_way_cannot_be_left_and_leaves_once() {
    let rig = ask(|world| delay(world, Method::Delete, "/backups/")).await;
    click_button("Delete").await;
    settle().await;
    click_button("Delete").await;
    click_button("Cancel").await;
    press(&role("alertdialog", "Delete on-demand backup"), "Escape").await;
    settle().await;
    assert!(is_asking(), "or the list would offer the deletion again");
    assert_eq!(
        description(&role("button", "Cancel")),
        "The request is on its way."
    );

    rig.pass(5000).await;
    assert!(!is_asking(), "Azure has taken it");
    assert_eq!(rig.sent(Method::Delete), 1);
    see_text("Being deleted");
}

#[wasm_bindgen_test]
async fn a_backup_that_is_gone_is_a_fact_and_there_is_nothing_to_delete() {
    let rig = ask(|_| ()).await;
    delete_elsewhere(&rig, NAME);
    // Long enough for its end; the list is read again while the question stands.
    rig.pass(600_000).await;
    click_button("Refresh").await;
    settle().await;
    see_text("It is not there any more");
    see_text("'before-schema-v42' is not in the list that was read at 09:51:00 UTC");
    assert_eq!(
        role("button", "Delete").get_attribute("aria-disabled").as_deref(),
        Some("true")
    );
    click_button("Delete").await;
    settle().await;
    assert_eq!(rig.sent(Method::Delete), 0);
    click_button("Cancel").await;
    settle().await;
    assert!(!is_asking());
}

#[wasm_bindgen_test]
async fn the_last_on_demand_backup_is_said_to_be_the_last() {
    let rig = ask(|_| ()).await;
    for other in ["pre-release-2026.03", "smoke-test"] {
        delete_elsewhere(&rig, other);
    }
    rig.pass(600_000).await;
    click_button("Refresh").await;
    settle().await;
    see_text("It is the last on-demand backup of this server.");
    see_text("14 automatic backups of this server.");
}

#[wasm_bindgen_test]
async fn a_refusal_stands_in_the_dialog_with_what_support_asks_for() {
    let clipboard = FakeClipboard::install(false);
    let rig = ask(|world| {
        refuse(
            world,
            Method::Delete,
            "/backups/",
            409,
            "ServerBusy",
            "Server 'pg-orders-prod' is busy.",
        );
    })
    .await;
    click_button("Delete").await;
    settle().await;
    see_text("The backup was not deleted");
    see_text("Server 'pg-orders-prod' is busy. Try again once what is being done to it has ended.");
    assert!(is_asking());
    click_button("Copy code").await;
    settle().await;
    assert_eq!(clipboard.copied(), ["ServerBusy"]);
    assert_eq!(rig.sent(Method::Delete), 1);
}
