//! The files of the portal's parts: fetched while nobody waits, and what a user sees when one cannot be fetched.

use e2e::portal::{BACKUPS, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Page, Stage};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn what_opens_later_is_fetched_after_the_data_and_then_opens_without_a_request() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    page.see("table", SERVERS_TABLE).await;
    page.until("all parts to be fetched", async || {
        let all_fetched = page.asynchronous_script(ARE_ALL_FETCHED, vec![]).await;
        Ok((all_fetched == true).then_some(()))
    })
    .await;
    let data = page.script(FIRST_DATA, vec![]).await;
    let after_data = fetched(&page).await;
    let pane = after_data
        .iter()
        .find(|file| file["name"] == "split_backup_panes");
    let pane = pane.expect("the pane of another page is among the parts");
    assert!(pane["at"].as_f64() > data.as_f64(), "{pane} after {data}");
    for file in ["page_backups", "split_operations"] {
        assert!(after_data.iter().any(|known| known["name"] == file), "{file}");
    }
    let is_demo = |file: &Value| file["name"] == "split_demo";
    assert!(
        !after_data.iter().any(is_demo),
        "only the demo needs its transport"
    );
    let mut names: Vec<_> = after_data.iter().map(|file| file["name"].to_string()).collect();
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "none is fetched twice");

    page.click("link", SERVER).await;
    page.see_backups_of(SERVER).await;
    page.open_take_backup().await;
    assert_eq!(fetched(&page).await, after_data, "all came out of the cache");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_first_page_does_not_run_comes_after_its_files_and_nothing_waits_for_it() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let rests = page
        .until("the rest of the files", async || {
            let rests = page.script(RESTS, vec![]).await;
            let rests = rests.as_array().cloned().unwrap_or_default();
            Ok((rests.len() >= 2).then_some(rests))
        })
        .await;
    for rest in rests {
        assert_eq!(rest["by"], "fetch", "the program had to wait: {rest}");
        assert!(rest["at"].as_f64() > rest["page"].as_f64(), "{rest}");
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_cannot_be_fetched_says_so_and_can_be_tried_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("Failed to fetch");
    stage.open("/").await;
    let page = stage.page().clone();
    // That it cannot be fetched in advance either, nobody is told.
    block(&page, &["*page_backups*"]).await;
    page.sign_in_as(MIRA).await;
    page.see("table", SERVERS_TABLE).await;
    page.click("link", SERVER).await;
    page.see("heading", "This part of the portal could not be loaded")
        .await;
    stage.inspect("page-not-loaded").await;

    block(&page, &[]).await;
    page.click("button", "Try again").await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_whose_beginning_cannot_be_fetched_is_tried_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("Failed to fetch");
    let page = stage.page().clone();
    block(&page, &["*split_sign_in_begin*"]).await;
    stage.open(BACKUPS).await;
    page.see_text("A part of the portal could not be loaded.").await;
    stage.inspect("sign-in-not-loaded").await;

    block(&page, &[]).await;
    page.click("button", "Try again").await;
    page.sign_in_as(MIRA).await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

/// Keeps the files of these patterns from the page, and no others.
async fn block(page: &Page, patterns: &[&str]) {
    page.devtools("Network.enable", json!({})).await;
    page.devtools("Network.setBlockedURLs", json!({ "urls": patterns }))
        .await;
}

/// The parts' files that came over the network, by the names they have without their hash, and when.
async fn fetched(page: &Page) -> Vec<Value> {
    let files = page.script(FETCHED, vec![]).await;
    files.as_array().cloned().unwrap_or_default()
}

/// What comes out of the cache transfers nothing.
const FETCHED: &str = r"
    return performance.getEntriesByType('resource')
        .filter(({ name, transferSize }) => name.endsWith('.wasm') && transferSize > 0)
        .map(({ name, startTime }) => ({ name: name.replace(/.*pg-backup-portal-|-[0-9a-f]{16}\.wasm$/g, ''), at: startTime }));
";

/// What comes later of the main module and of the page: how it was asked for, and when; and when the page's file was there.
const RESTS: &str = r"
    const files = performance.getEntriesByType('resource');
    const page = files.find(({ name }) => name.includes('-page_backups-'))?.responseEnd;
    return files.filter(({ name }) => name.includes('-later_'))
        .map(({ initiatorType, startTime }) => ({ by: initiatorType, at: startTime, page }));
";

/// When the first of Azure's servers were there.
const FIRST_DATA: &str = r"
    const servers = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/flexibleServers'));
    return Math.min(...servers.map(({ responseEnd }) => responseEnd));
";

/// Whether the browser has had all files that the build names to be fetched in advance.
const ARE_ALL_FETCHED: &str = r#"
    const done = arguments[arguments.length - 1];
    const { prefetch } = document.querySelector('meta[name="app"]').dataset;
    fetch(new URL(prefetch, document.baseURI)).then((script) => script.text()).then((script) => {
        const files = script.match(/"\.\/[^"]+\.wasm"/g).map((file) => new URL(JSON.parse(file), document.baseURI).href);
        done(files.length > 0 && files.every((file) => performance.getEntriesByName(file).length > 0));
    });
"#;
