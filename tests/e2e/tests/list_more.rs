//! What else the list of backups offers: times, details, files, and the same on a phone.

use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER};
use e2e::{Page, Scheme, Size, Stage};
use serde_json::{Value, json};

/// Keeps the file that the page makes next, and tells what became of its address.
pub const KEEP_FILE: &str = "
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { window.madeFile = blob; return make(blob); };
    window.addEventListener('click', (event) => {
        const link = event.target.closest?.('a[download]');
        if (link) window.madeName = link.download;
    }, true);
    const click = HTMLElement.prototype.click;
    HTMLElement.prototype.click = function () { if (this.download) window.madeName = this.download; return click.call(this); };";

/// The file as bytes, and its name.
pub const FILE: &str = "
    const done = arguments[arguments.length - 1];
    window.madeFile.arrayBuffer().then((bytes) =>
        done({ name: window.madeName, type: window.madeFile.type, bytes: [...new Uint8Array(bytes)] }));";

#[tokio::test(flavor = "multi_thread")]
async fn the_completed_filter_is_in_the_link_and_survives_reload_and_back() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.click("button", "Completed : Any time").await;
    page.click("radio", "Last 24 hours").await;
    page.see("button", "Completed : Last 24 hours").await;
    page.until_address("asks for a day", |address| address.ends_with("?completed=24h"))
        .await;
    let day = page.rows(BACKUPS_TABLE).await.len();
    assert!((1..=3).contains(&day), "{day} backups of a day");
    page.see_text(&format!("{day} of 17 backups")).await;
    stage.inspect("last-24-hours").await;

    page.reload().await;
    page.see_backups_of(SERVER).await;
    page.see_text(&format!("{day} of 17 backups")).await;

    // Another page, and back to this one as it was.
    page.click("link", "Servers").await;
    page.see("heading", "Servers").await;
    page.back().await;
    page.see_backups_of(SERVER).await;
    page.see_text(&format!("{day} of 17 backups")).await;

    page.click("button", "Clear Completed filter").await;
    page.see_text("17 backups").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_details_of_a_backup_are_a_link_and_give_the_focus_back() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.click("button", "before-schema-v42").await;
    let pane = page.see("dialog", "before-schema-v42").await;
    pane.see_text("Customer Initiated").await;
    pane.see_text("/backups/before-schema-v42").await;
    page.until_address("names the backup", |address| {
        address.ends_with("?backup=before-schema-v42")
    })
    .await;
    stage.inspect("backup-details").await;

    page.reload().await;
    let pane = page.see("dialog", "before-schema-v42").await;
    pane.see_text("Customer Initiated").await;
    pane.click_inside("button", "Close").await;
    page.until_gone("dialog", "before-schema-v42").await;

    page.click("button", "More actions for before-schema-v42").await;
    page.see("menuitem", "Copy resource ID").await;
    stage.inspect("row-menu").await;
    page.click("menuitem", "Details").await;
    page.see("dialog", "before-schema-v42").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_as_a_file_holds_exactly_the_rows_shown_in_their_order() {
    let stage = Stage::with_emulator_server().await;
    stage
        .open_as(MIRA, &format!("{BACKUPS}?type=on-demand&sort=name"))
        .await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.devtools("Browser.setDownloadBehavior", json!({ "behavior": "deny" }))
        .await;
    page.script(KEEP_FILE, vec![]).await;
    let rows = page.rows(BACKUPS_TABLE).await;

    page.click("button", "Export").await;
    stage.inspect("export-menu").await;
    page.click("menuitem", "CSV, for spreadsheets").await;
    page.see_text("Exported 3 backups.").await;
    let file = page.asynchronous_script(FILE, vec![]).await;
    let text = text_of(&file);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}Name,Type,Completed (UTC),Source,Retained until (UTC)"
    );
    assert_eq!(
        (lines.len(), lines[4]),
        (5, ""),
        "three rows and the end of the last: {text}"
    );
    for (line, row) in lines[1..4].iter().zip(&rows) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[0], row["Name"], "{line}");
        assert_eq!(cells[1], "On-demand", "{line}");
        let completed = cells[2].replace('T', " ");
        assert!(
            row["Completed (UTC)"].starts_with(&completed[..19]),
            "{line}: {row:?}"
        );
        assert!(cells[2].ends_with('Z'), "{line}");
        assert!(
            row["Retained until"].starts_with(&cells[4][..10]),
            "{line}: {row:?}"
        );
    }
    let name = file["name"].as_str().unwrap_or_default();
    assert!(
        name.starts_with(&format!("backups-of-{SERVER}-")) && name.ends_with("Z.csv"),
        "{name}"
    );

    page.click("button", "Export").await;
    page.click("menuitem", "JSON, for programs").await;
    page.until("a file of JSON", async || {
        let file = page.asynchronous_script(FILE, vec![]).await;
        Ok((file["type"] == "application/json").then_some(()))
    })
    .await;
    let file = page.asynchronous_script(FILE, vec![]).await;
    let written: Vec<Value> = serde_json::from_str(&text_of(&file)).expect("JSON");
    let names: Vec<_> = written
        .iter()
        .map(|row| row["name"].as_str().unwrap_or_default())
        .collect();
    let expected: Vec<_> = rows.iter().map(|row| row["Name"].as_str()).collect();
    assert_eq!(names, expected);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_filters_and_order_are_in_a_sheet_and_commands_in_a_menu() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.set_view(Size::PHONE, Scheme::Light).await;
    page.click("button", "Filter").await;
    let sheet = page.see("dialog", "Filter and sort").await;
    sheet.click_inside("radio", "On-Demand backup").await;
    sheet.click_inside("radio", "Name").await;
    sheet.click_inside("radio", "Z to A").await;
    sheet.see_text("Show 3 of 17 backups").await;
    stage.inspect("filter-sheet-320").await;
    sheet.click_inside("button", "Show 3 of 17 backups").await;
    page.see("button", "Filter (1)").await;
    let names = names(page).await;
    let mut expected = names.clone();
    expected.sort_by_key(|name| std::cmp::Reverse(name.to_lowercase()));
    assert_eq!((names.len(), &names), (3, &expected));
    page.until_address("has filter and order", |address| {
        address.contains("type=on-demand") && address.contains("sort=-name")
    })
    .await;

    page.click("button", "More commands").await;
    page.see("menuitem", "Export as CSV").await;
    page.see("menuitem", "Show as code").await;
    assert!(
        !page.has("menuitem", "Open in Azure portal").await,
        "the emulator is in no portal"
    );
    stage.inspect("more-commands-320").await;
    stage.finish().await;
}

pub fn text_of(file: &Value) -> String {
    let bytes = file["bytes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let bytes = bytes.iter().filter_map(|byte| u8::try_from(byte.as_u64()?).ok());
    String::from_utf8(bytes.collect()).expect("UTF-8")
}

async fn names(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-backup]')].map((name) => name.dataset.backup)";
    let names = page.script(script, vec![]).await;
    serde_json::from_value(names).expect("names")
}
