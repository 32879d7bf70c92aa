//! What a user sees where there is no app, or no page.

use e2e::portal::MIRA;
use e2e::{Page, Stage};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn each_mistake_in_the_configuration_has_a_sentence_and_a_way_on() {
    for (config, words) in [
        (json!({}), "missing field `cloud`"),
        (json!({ "cloud": "mars" }), "unknown variant `mars`"),
        (json!({ "cloud": "public" }), "clientId"),
        (json!({ "cloud": "emulator" }), "needs \"login\" and \"arm\""),
        (
            json!({ "cloud": "emulator", "login": "https://login.example", "arm": "https://arm.example" }),
            "only while it and this page are on 127.0.0.1",
        ),
        (json!("cloud"), "cannot be read"),
        (
            json!({ "cloud": "emulator", "transport": "worker", "colour": "red" }),
            "unknown field `colour`",
        ),
    ] {
        let stage = Stage::with_config(config).await;
        stage.open("/").await;
        sees_no_start(stage.page(), words).await;
        stage.inspect("bad-configuration").await;
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_configuration_is_told_from_one_that_cannot_be_fetched() {
    // Hosts that answer their index for every path do so for a file that is missing, too.
    for (answer, words) in [
        (
            "new Response('<!doctype html><title>Portal</title>')",
            "it is missing",
        ),
        (
            "new Response('', { status: 403 })",
            "the host answered 403 for it",
        ),
    ] {
        let stage = Stage::with_emulator_worker("").await;
        let script = format!(
            "const real = window.fetch;
             const isIt = (request) => (request.url ?? String(request)).endsWith('/config.json');
             window.fetch = (request, ...more) => isIt(request) ? Promise.resolve({answer}) : real(request, ...more);"
        );
        stage.page().before_each_page(&script).await;
        stage.open("/").await;
        sees_no_start(stage.page(), words).await;
        stage.finish().await;
    }
    let stage = Stage::with_emulator_worker("").await;
    block(stage.page(), "*config.json").await;
    stage.open("/").await;
    sees_no_start(stage.page(), "it could not be fetched").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_a_page_leads_to_the_servers() {
    let stage = Stage::with_emulator_server().await;
    // The gallery is a page of development builds alone.
    stage.open_as(MIRA, "/gallery").await;
    let page = stage.page();
    page.see("heading", "There is no page at this address").await;
    stage.inspect("no-page").await;
    page.click("link", "Show all servers").await;
    page.see("heading", "Servers").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_ends_in_a_page_that_says_so() {
    // What cannot start is shown at once, without a sign-in before it.
    let mut stage = Stage::with_config(json!({})).await;
    let page = stage.page().clone();
    // A page without a body is what the app holds for impossible; no user can bring it about.
    page.before_each_page(
        "const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'body');
         const body = () => (document.querySelector('.boot-failure') ? get.call(document) : null);
         Object.defineProperty(Document.prototype, 'body', { get: body });",
    )
    .await;
    stage.announce_console_error("unreachable");
    stage.open("/").await;
    page.see("heading", "The portal has stopped").await;
    page.see_text("a page has a body once its scripts run").await;
    page.see_text("src/app.rs").await;
    page.see_text("Version ").await;
    page.see("button", "Reload").await;
    page.see("button", "Copy details").await;
    stage.inspect("panic").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_what_the_app_needs_is_told_which_ones_will_do() {
    for script in [
        "delete window.WebAssembly;",
        "WebAssembly.validate = () => false;",
        "delete HTMLElement.prototype.popover;",
        "CSS.supports = () => false;",
    ] {
        let stage = Stage::with_emulator_worker("").await;
        stage.page().before_each_page(script).await;
        stage.open("/").await;
        stage
            .page()
            .see("heading", "This browser cannot run the portal")
            .await;
        stage
            .page()
            .see_text("Edge or Chrome 123, Firefox 125, Safari 17.5")
            .await;
        stage.inspect("old-browser").await;
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_whose_files_are_gone_says_that_there_may_be_a_new_version() {
    let stage = Stage::with_emulator_worker("").await;
    block(stage.page(), "*_bg.wasm").await;
    stage.open("/").await;
    let page = stage.page();
    page.see("heading", "The portal could not be loaded").await;
    page.see_text("there may be a new version").await;
    stage.inspect("not-loaded").await;
    block(page, "").await;
    page.click("button", "Reload").await;
    page.see("button", e2e::Name::containing(MIRA)).await;
    stage.finish().await;
}

async fn sees_no_start(page: &Page, words: &str) {
    page.see("heading", "The portal cannot start").await;
    page.see_text(words).await;
    page.see_text("Correct the file on the portal's host, then try again.")
        .await;
    page.see("button", "Try again").await;
}

/// Keeps the files of this pattern from the page, and no others.
async fn block(page: &Page, pattern: &str) {
    let patterns: Vec<Value> = (!pattern.is_empty())
        .then(|| pattern.into())
        .into_iter()
        .collect();
    page.devtools("Network.enable", json!({})).await;
    page.devtools("Network.setBlockedURLs", json!({ "urls": patterns }))
        .await;
}
