//! The list of servers taken along: as code and as a file; and its filters on a phone.

use e2e::portal::{MIRA, SERVERS_TABLE};
use e2e::{Scheme, Size, Stage};
use serde_json::json;

use crate::list_more::{FILE, KEEP_FILE, text_of};
use crate::list_servers::{LAST_BACKUP, names, query, see_last_backup};

#[tokio::test(flavor = "multi_thread")]
async fn the_query_is_shown_as_the_page_is_filtered() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/?location=North%20Europe").await;
    let page = stage.page();
    page.see_text("2 of 10 servers").await;
    page.click("button", "Show query").await;
    let pane = page.see("dialog", "Show query").await;
    pane.see_text("az graph query --graph-query").await;
    pane.see_text("and location =~").await;
    stage.inspect("servers-query").await;
    page.reload().await;
    let pane = page.see("dialog", "Show query").await;
    pane.click_inside("button", "Close").await;
    page.until_gone("dialog", "Show query").await;
    assert_eq!(query(page).await, "?location=North%20Europe");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_shown_are_exported_in_their_order() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/?location=West%20Europe&sort=-name").await;
    let page = stage.page();
    page.see_text("6 of 10 servers").await;
    see_last_backup(page, "pg-orders-prod").await;
    see_last_backup(page, "pg-billing-prod").await;
    page.devtools("Browser.setDownloadBehavior", json!({ "behavior": "deny" }))
        .await;
    page.script(KEEP_FILE, vec![]).await;
    let rows = page.rows(SERVERS_TABLE).await;

    page.click("button", "Export").await;
    page.click("menuitem", "CSV, for spreadsheets").await;
    page.see_text("Exported 6 servers.").await;
    let file = page.asynchronous_script(FILE, vec![]).await;
    let name = file["name"].as_str().unwrap_or_default();
    assert!(
        name.starts_with("servers-20") && name.ends_with("Z.csv"),
        "{name}"
    );
    let text = text_of(&file);
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].contains("Name,State,Last backup (UTC),Resource group"),
        "{text}"
    );
    assert_eq!(lines.len(), 7, "{text}");
    for (line, row) in lines[1..].iter().zip(&rows) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(
            (cells[0], cells[1]),
            (row["Name"].as_str(), row["State"].as_str()),
            "{line}"
        );
        let shown: String = cells[2].replace('T', " ").chars().take(16).collect();
        assert!(row[LAST_BACKUP].starts_with(&shown), "{line}: {row:?}");
        assert!(cells[8].ends_with(&format!("/{}", row["Name"])), "{line}");
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_the_filters_of_the_servers_are_in_a_sheet_and_commands_in_a_menu() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.see_text("10 servers").await;
    page.set_view(Size::PHONE, Scheme::Light).await;
    page.click("button", "Filter").await;
    let sheet = page.see("dialog", "Filter and sort").await;
    sheet.click_inside("radio", "North Europe").await;
    sheet.click_inside("radio", "Name, Z to A").await;
    sheet.see_text("Show 2 of 10 servers").await;
    stage.inspect("servers-sheet-320").await;
    sheet.click_inside("button", "Show 2 of 10 servers").await;
    page.see("button", "Filter (1)").await;
    assert_eq!(names(page).await, ["pg-metrics-v2", "pg-analytics"]);
    page.until_address("has filter and order", |address| {
        address.contains("location=North%20Europe") && address.contains("sort=-name")
    })
    .await;
    page.click("button", "More commands").await;
    page.see("menuitem", "Export as JSON").await;
    stage.inspect("servers-more-320").await;
    page.click("menuitem", "Show query").await;
    page.see("dialog", "Show query").await;
    stage.finish().await;
}
