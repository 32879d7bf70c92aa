//! *Long-term retention*, by what a user sees.

use std::time::Duration;

use arm_client::storage::{SasUri, ServiceSasRequest};
use arm_core::{Clock as _, Method, ResourceId};
use arm_emulator::FaultKind;
use pg_backup_portal::ui::live_region::LiveRegion;
use pg_backup_portal::{pages::LongTermRetentionPage, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, inject, refuse, settle};
use crate::support::{
    all, by_role, click_button, description, one, page, press, role, see_no_text, see_text, spoken_text,
    text, type_into,
};

const LIST: &str = "/ltrBackupOperations";

pub async fn page_of(
    group: &str,
    server: &str,
    prepare: impl FnOnce(&mut arm_emulator::World),
) -> BackupsRig {
    // The frame's region, in which the page says what is new.
    let page_of = |server| view! { <LiveRegion /> <LongTermRetentionPage server /> }.into_any();
    BackupsRig::with_page(group, server, prepare, page_of).await
}

async fn billing() -> BackupsRig {
    page_of("rg-billing-prod", "pg-billing-prod", |_| ()).await
}

/// The cells of the rows, by name.
fn names() -> Vec<String> {
    let names = all("table td.cell-name button");
    names.iter().map(|name| text(name)).collect()
}

/// The spoken text of a row's cell.
pub fn cell(row: usize, label: &str) -> String {
    let rows = all("table tbody tr");
    let cell = rows[row].query_selector(&format!("[data-label='{label}']"));
    spoken_text(&cell.unwrap().unwrap())
}

/// What the frame's region says.
fn news() -> String {
    text(&one("[data-news=status]"))
}

/// A resource of the group of the server most tests work on.
pub fn resource(kind: &str, name: &str) -> ResourceId {
    let id = "11111111-1111-4111-8111-111111111111";
    ResourceId::in_resource_group(id, "rg-commerce-prod", kind, name).unwrap()
}

/// The SAS of a container that lasts so long.
async fn sas_of(rig: &BackupsRig, lasts: Duration) -> SasUri {
    let accounts = rig.arm.storage_accounts();
    let account = resource("Microsoft.Storage/storageAccounts", "stcommercebackup");
    let account = accounts.get(&account).await.unwrap();
    let request = ServiceSasRequest {
        container: "ltr-orders".parse().unwrap(),
        start: None,
        expiry: rig.clock.now() + lasts,
    };
    accounts.list_service_sas(&account, &request).await.unwrap()
}

/// Somebody begins a backup of `pg-orders-prod` without the page's knowledge; its SAS lasts so long.
async fn begin_elsewhere(rig: &BackupsRig, name: &str, lasts: Duration) {
    let sas = sas_of(rig, lasts).await;
    let server = resource("Microsoft.DBforPostgreSQL/flexibleServers", "pg-orders-prod");
    let retention = rig.arm.long_term_retention(&server);
    let started = retention.begin(&name.parse().unwrap(), &[sas]).await;
    assert!(started.is_ok(), "Azure takes the backup of somebody else");
}

const DAY: Duration = Duration::from_secs(24 * 3600);

#[wasm_bindgen_test]
async fn backups_of_every_end_are_listed_newest_first_with_the_code_of_what_failed() {
    let _rig = billing().await;
    role("heading", "pg-billing-prod | Long-term retention");
    assert_eq!(
        names(),
        ["for-the-audit-b", "for-the-audit", "yearly-b", "yearly-a"]
    );
    see_text("KeyBasedAuthenticationNotPermitted");
    let states: Vec<_> = (0..4).map(|row| cell(row, "State")).collect();
    assert_eq!(states, ["Failed", "Cancelled", "Succeeded", "Succeeded"]);
    for (label, expected) in [
        ("Done", "100\u{a0}%"),
        ("Data size", "121.0\u{a0}GiB"),
        ("Transferred", "30.2\u{a0}GiB"),
    ] {
        assert_eq!(cell(2, label), expected.replace('\u{a0}', " "), "{label}");
    }
    see_text("4 backups · read at 09:41:00 UTC");
    assert_eq!(
        document().title(),
        "Long-term retention · pg-billing-prod · PG Backup Portal"
    );
    let current = one("#menu [aria-current=page]");
    assert_eq!(text(&current), "Long-term retention");
}

#[wasm_bindgen_test]
async fn the_details_give_the_services_own_words_and_everything_else_that_is_known() {
    let _rig = billing().await;
    click_button("for-the-audit-b").await;
    settle().await;
    let pane = role("dialog", "for-the-audit-b");
    for part in [
        "The backup failed. Key based authentication is not permitted on this storage account. KeyBasedAuthenticationNotPermitted",
        "State Failed",
        "Data size on the server 123.0 GiB",
        "Backup metadata None",
        "/flexibleServers/pg-billing-prod/ltrBackupOperations/for-the-audit-b",
    ] {
        // Terms and values have no space between them.
        let squeezed = |text: &str| text.replace([' ', '\u{a0}'], "");
        assert!(
            squeezed(&text(&pane)).contains(&squeezed(part)),
            "{part:?} is not in {:?}",
            text(&pane)
        );
    }
    press(&pane, "Escape").await;
    settle().await;
    assert!(by_role("dialog", "for-the-audit-b").is_empty());
}

#[wasm_bindgen_test]
async fn the_list_is_sorted_and_filtered_and_both_are_said() {
    let _rig = billing().await;
    click_button("Name").await;
    settle().await;
    assert_eq!(
        names(),
        ["for-the-audit", "for-the-audit-b", "yearly-a", "yearly-b"]
    );
    see_text("Sorted by name, A to Z.");
    click_button("State : All").await;
    role("radio", "Failed").click();
    settle().await;
    assert_eq!(names(), ["for-the-audit-b"]);
    see_text("1 of 4 backups");
    role("radio", "Running").click();
    settle().await;
    see_text("No long-term retention backup is in this state.");
    click_button("Clear filters").await;
    settle().await;
    assert_eq!(names().len(), 4);
    // The order is in the address, which the next test finds as it is left.
    click_button("Started (UTC)").await;
    settle().await;
    see_text("Sorted by started, newest first.");
}

#[wasm_bindgen_test]
async fn what_runs_is_read_again_until_it_has_ended_and_then_no_more() {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", |_| ()).await;
    rig.pass(60_000).await;
    let once = rig.sent(Method::Get);
    rig.pass(60_000).await;
    assert_eq!(
        rig.sent(Method::Get),
        once,
        "nothing runs, so nothing is read again"
    );

    begin_elsewhere(&rig, "weekly", DAY).await;
    click_button("Refresh").await;
    settle().await;
    assert_eq!(names(), ["weekly", "end-of-quarter"]);
    assert_eq!(
        (cell(0, "State"), cell(0, "Done")),
        ("Running".to_owned(), "0 %".to_owned())
    );
    assert_eq!(cell(0, "Duration"), "Not yet");
    click_button("weekly").await;
    for _ in 0..20 {
        rig.pass(15_000).await;
    }
    assert_eq!(news(), "", "less than a quarter is done");
    let bars = by_role("progressbar", "Long-term retention backup weekly");
    assert_eq!(bars.len(), 2, "one in the row, one in the pane");
    let bar = &bars[1];
    let said = bar.get_attribute("aria-valuetext").unwrap();
    let said = said.replace('\u{a0}', " ");
    assert!(
        said.contains(" percent, ") && said.ends_with(" GiB transferred"),
        "{said}"
    );
    assert_ne!(cell(0, "Done"), "0 %");
    see_text(" arrive in a second. The rest takes ");

    // Each quarter is said once, the pane being open.
    let mut said = Vec::new();
    while cell(0, "State") == "Running" {
        rig.pass(15_000).await;
        if said.last() != Some(&news()) && !news().is_empty() {
            said.push(news());
        }
    }
    assert_eq!(
        said,
        [
            "Long-term retention backup 'weekly': 25 percent.",
            "Long-term retention backup 'weekly': 50 percent.",
            "Long-term retention backup 'weekly': 75 percent.",
            "Long-term retention backup succeeded: 'weekly'.",
        ]
    );
    press(&role("dialog", "weekly"), "Escape").await;
    settle().await;
    assert_eq!(
        (cell(0, "State"), cell(0, "Done")),
        ("Succeeded".to_owned(), "100 %".to_owned())
    );
    let ended = rig.sent(Method::Get);
    rig.pass(60_000).await;
    assert_eq!(
        rig.sent(Method::Get),
        ended,
        "it has ended, so nothing is read again"
    );
}

#[wasm_bindgen_test]
async fn that_nothing_moves_is_seen_in_the_row_and_said_once() {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", |world| {
        let kind = FaultKind::StallOperation {
            percent: 10,
            seconds: 3600,
        };
        inject(world, Method::Post, "startLtrBackup", kind);
    })
    .await;
    begin_elsewhere(&rig, "weekly", DAY).await;
    click_button("Refresh").await;
    settle().await;
    let (mut passed, mut said) = (0, Vec::new());
    // The clock of the page ticks; the row goes on counting, and the region does not.
    while passed < 1500 {
        rig.pass(15_000).await;
        passed += 15;
        if !news().is_empty() && said.last() != Some(&news()) {
            said.push(news());
        }
    }
    assert_eq!(
        said,
        ["Long-term retention backup 'weekly': no progress for 5 minutes."]
    );
    let row = text(&all("table tbody tr")[0]);
    assert!(row.contains("No progress for"), "{row}");
    click_button("weekly").await;
    settle().await;
    see_text("Azure still calls it running.");
    see_no_text("The rest takes");
}

#[wasm_bindgen_test]
async fn a_backup_that_ends_badly_says_why() {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", |_| ()).await;
    begin_elsewhere(&rig, "weekly", Duration::from_secs(60)).await;
    click_button("Refresh").await;
    settle().await;
    assert_eq!(cell(0, "State"), "Running");
    rig.pass(90_000).await;
    assert_eq!(cell(0, "State"), "Failed");
    see_text("AuthenticationFailed");
    assert_eq!(news(), "Long-term retention backup failed: 'weekly'.");
    assert!(!page().contains("sig="), "{}", page());
}

#[wasm_bindgen_test]
async fn a_server_without_any_and_a_list_that_cannot_be_read_say_so() {
    let rig = page_of("rg-commerce-prod", "pg-loyalty-new", |_| ()).await;
    role("heading", "No long-term retention backups yet");
    see_text("0 backups");
    refuse(&mut rig.world.borrow_mut(), Method::Get, LIST, 503, "Busy", "");
    click_button("Refresh").await;
    for _ in 0..6 {
        rig.pass(60_000).await;
    }
    see_text("The list of long-term retention backups could not be read again.");
    drop(rig);

    let prepare =
        |world: &mut arm_emulator::World| refuse(world, Method::Get, LIST, 500, "InternalServerError", "");
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", prepare).await;
    for _ in 0..6 {
        rig.pass(60_000).await;
    }
    role(
        "heading",
        "The list of long-term retention backups could not be read",
    );
    see_no_text("No long-term retention backups yet");
}

#[wasm_bindgen_test]
async fn t05_a_sas_is_judged_before_it_is_sent_and_gone_from_the_page_after() {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", |_| ()).await;
    click_button("Start long-term backup").await;
    settle().await;
    let field = one("input[type=password]");
    let start = role("button", "Start");
    assert!(
        description(&start).contains("Container 1 has no SAS URI yet."),
        "{}",
        description(&start)
    );
    let sas = sas_of(&rig, 3 * DAY).await.expose().to_owned();
    for (text, expected) in [
        (sas.replace("sr=c", "sr=b"), "The SAS is of one blob"),
        ("sv=1&sig=x".to_owned(), "This is the SAS token alone"),
        (
            sas.clone(),
            "The backup goes to stcommercebackup.blob.core.windows.net/ltr-orders.",
        ),
    ] {
        type_into(&field, &text).await;
        rig.pass(300).await;
        see_text(expected);
    }
    let posts = rig.sent(Method::Post);
    start.click();
    settle().await;
    assert_eq!(rig.sent(Method::Post), posts + 1);
    assert!(
        by_role("dialog", "Start long-term backup").is_empty(),
        "the pane closes"
    );
    assert_eq!(cell(0, "State"), "Running");
    for _ in 0..16 {
        rig.pass(600_000).await;
    }
    assert_eq!(cell(0, "State"), "Succeeded");
    let html = document().document_element().unwrap().outer_html();
    assert!(!html.contains("sig="), "{html}");
}

#[wasm_bindgen_test]
async fn what_stands_in_the_way_is_said_before_the_start() {
    let rig = page_of("rg-commerce-prod", "pg-orders-prod", |world| {
        let message = "The server is not ready.";
        refuse(
            world,
            Method::Post,
            "ltrPreBackup",
            409,
            "ServerNotReadyForLongTermBackup",
            message,
        );
    })
    .await;
    click_button("Start long-term backup").await;
    settle().await;
    see_text("The pre-check was not passed");
    see_text("ServerNotReadyForLongTermBackup");
    type_into(&role("textbox", "Backup name"), "a--b").await;
    rig.pass(300).await;
    see_text("A hyphen stands alone, between letters or digits.");
    rig.world.borrow_mut().faults().clear();
    click_button("Check again").await;
    settle().await;
    one("input[type=password]");
    press(&role("dialog", "Start long-term backup"), "Escape").await;
    role("alertdialog", "Leave without saving?");
    click_button("Leave").await;
    settle().await;
    assert!(by_role("dialog", "Start long-term backup").is_empty());
}
