//! The list filtered, searched and sorted, as the document does it (*List on-demand backups*, step 3) and beyond.

use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER};
use e2e::{Name, Page, Stage};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn important_on_demand_backups_are_said_to_go_by_retention() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.see_text(
        "On-demand backups are automatically deleted, according to your configured backup retention period.",
    )
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn list_1_to_3_shows_only_on_demand_backups_and_a_reload_keeps_the_filter() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.click("link", SERVER).await;
    page.click("link", "Backup and restore").await;
    page.see_backups_of(SERVER).await;
    let all = page.rows(BACKUPS_TABLE).await.len();

    page.click("button", "Backup types : All").await;
    page.click("radio", "On-Demand backup").await;
    let count = format!("3 of {all} backups");
    page.see_text(&count).await;
    assert_eq!(types(page).await, ["On-demand"; 3]);
    assert_eq!(query(page).await, "?type=on-demand");
    stage.inspect("on-demand-backups").await;

    page.reload().await;
    page.see_backups_of(SERVER).await;
    page.see_text(&count).await;
    assert_eq!(types(page).await, ["On-demand"; 3]);

    page.click("button", "Clear Backup types filter").await;
    page.see_text(&format!("{all} backups")).await;
    assert_eq!(query(page).await, "");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_without_a_match_says_so_and_can_be_cleared() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &format!("{BACKUPS}?type=on-demand")).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    page.see("searchbox", "Search by name")
        .await
        .fill_in("PRE-")
        .await;
    page.see_text("1 of ").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", "pre-release-2026.03")])
        .await;

    page.see("searchbox", "Search by name")
        .await
        .fill_in("50 % & more")
        .await;
    page.see("heading", "No backup matches these filters.").await;
    assert!(
        !page.has("table", BACKUPS_TABLE).await,
        "there is nothing to show"
    );
    page.see_text("0 of ").await;
    stage.inspect("no-match").await;
    page.reload().await;
    page.see("heading", "No backup matches these filters.").await;
    let search = page.see("searchbox", "Search by name").await;
    assert_eq!(
        search.value().await,
        "50 % & more",
        "the link holds what was typed"
    );

    page.click("button", "Clear filters").await;
    page.see("table", BACKUPS_TABLE).await;
    assert_eq!(query(page).await, "");
    assert_eq!(search.value().await, "");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_column_sorts_and_the_link_keeps_the_order() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &format!("{BACKUPS}?sort=-name")).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    assert_eq!(sorted_by(page).await, json!([["Name", "descending"]]));
    let names = names(page).await;
    let mut expected = names.clone();
    expected.sort_by_key(|name| std::cmp::Reverse(name.to_lowercase()));
    assert_eq!(names, expected);

    for (head, first, word) in [
        ("Name", "ascending", "?sort=name"),
        ("Type", "ascending", "?sort=type"),
        ("Source", "ascending", "?sort=source"),
        ("Retained until", "descending", "?sort=-retained"),
        ("Completed (UTC)", "descending", ""),
        ("Completed (UTC)", "ascending", "?sort=completed"),
    ] {
        let table = page.see("table", BACKUPS_TABLE).await;
        table.click_inside("button", head).await;
        page.until(&format!("the order by {head}, {first}"), async || {
            Ok((sorted_by(page).await == json!([[head, first]])).then_some(()))
        })
        .await;
        assert_eq!(query(page).await, word, "{head}");
    }
    page.see("status", Name::Any).await;
    let said = page.script(SAID, vec![]).await;
    assert!(
        said.to_string().contains("Sorted by completed, oldest first."),
        "{said}"
    );
    stage.inspect("sorted").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_backups_offers_to_take_the_first() {
    let stage = Stage::with_emulator_server().await;
    stage
        .open_as(MIRA, &BACKUPS.replace(SERVER, "pg-loyalty-new"))
        .await;
    let page = stage.page();
    page.see("heading", "No backups yet").await;
    page.see_text("0 backups").await;
    stage.inspect("no-backups").await;
    page.click("button", "Backup now").await;
    page.see("dialog", "Take backup").await;
    stage.finish().await;
}

/// What the live regions say.
const SAID: &str =
    "return [...document.querySelectorAll('[role=status]')].map((region) => region.textContent)";

/// The heads of the columns by which the table says it is sorted, and how.
async fn sorted_by(page: &Page) -> serde_json::Value {
    let script = "
        const heads = [...document.querySelectorAll('th[aria-sort]')];
        return heads.map((head) => [head.textContent.trim(), head.getAttribute('aria-sort')]);";
    page.script(script, vec![]).await
}

async fn query(page: &Page) -> String {
    let query = page.script("return location.search", vec![]).await;
    query.as_str().unwrap_or_default().to_owned()
}

async fn types(page: &Page) -> Vec<String> {
    let rows = page.rows(BACKUPS_TABLE).await;
    rows.into_iter().map(|row| row["Type"].clone()).collect()
}

async fn names(page: &Page) -> Vec<String> {
    let rows = page.rows(BACKUPS_TABLE).await;
    rows.into_iter().map(|row| row["Name"].clone()).collect()
}
