//! Hosts, paths and releases.

use e2e::portal::{BACKUPS, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Key, Name, Stage};
use serde_json::json;

use crate::take_backup::takes_a_backup;

/// The status of each file that *About* leads to.
const BESIDE: &str = "
    const done = arguments[arguments.length - 1];
    const links = [...document.querySelectorAll('.about-links a')];
    const ask = async ({ href }) => [new URL(href).pathname, (await fetch(href)).status];
    Promise.all(links.map(ask)).then(done);";

/// The host has the next release: from its first answer on, or from its second.
pub fn next_release(first: u32) -> String {
    format!(
        "const real = window.fetch;
         let looks = 0;
         const isIt = (request) => (request.url ?? String(request)).endsWith('/release.json');
         const next = () => Promise.resolve(new Response('{{\"version\":\"9.9.9\",\"commit\":\"next\"}}'));
         window.fetch = (request, ...more) =>
             isIt(request) && ++looks >= {first} ? next() : real(request, ...more);"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_served_by_python_is_a_demo_that_takes_a_backup() {
    let mut stage = Stage::with_plain_host().await;
    takes_a_backup(&stage).await;

    // It knows files only: the address of a page is none, and the start page is.
    stage.announce_console_error("status of 404");
    let page = stage.page().clone();
    page.reload().await;
    page.see_text("File not found").await;
    stage.open("/").await;
    page.see("heading", "Servers").await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn below_a_path_of_two_folders_everything_is_there() {
    let stage = Stage::with_emulator_worker("/tools/backup").await;
    let page = stage.page();
    // A deep link, the sign-in and the way back, with the demo's worker.
    stage.open_as(MIRA, BACKUPS).await;
    page.see_backups_of(SERVER).await;
    assert_eq!(page.address().await, stage.url(BACKUPS));
    // A part that comes when it is needed.
    page.open_take_backup().await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", "Take backup").await;
    page.reload().await;
    page.see_backups_of(SERVER).await;

    page.until_keys_work().await;
    page.click("button", "Help").await;
    let help = page.see("dialog", "Help").await;
    help.see_text(env!("CARGO_PKG_VERSION")).await;
    help.see("link", "Licences of all that is inside").await;
    let beside = page.asynchronous_script(BESIDE, vec![]).await;
    let expected = [
        "licences.txt",
        "sbom.cdx.json",
        "docs/hosting.txt",
        "docs/configuration.txt",
        "docs/first-sign-in.txt",
        "docs/threat-model.txt",
    ];
    let expected = expected.map(|file| json!([format!("/tools/backup/{file}"), 200]));
    assert_eq!(beside, json!(expected));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_release_is_offered_and_comes_when_the_user_reloads() {
    let stage = Stage::with_emulator_server().await;
    let page = stage.page();
    page.before_each_page(&next_release(1)).await;
    stage.open_as(MIRA, BACKUPS).await;
    page.see_backups_of(SERVER).await;
    let notices = page.see("region", "Notices").await;
    notices.see_text("A new version of the portal is there.").await;
    stage.works_in_every_view("new-release").await;

    let pane = page.open_take_backup().await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    field.fill_in("kept-until-i-reload").await;
    notices.see_text("what you are typing stays").await;
    assert_eq!(field.value().await, "kept-until-i-reload");
    pane.click_inside("button", "Trigger").await;
    page.until_gone("dialog", "Take backup").await;

    page.click("button", "Reload").await;
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    assert!(
        !page.has("button", "Reload").await,
        "a host that gives the old files again is not asked for ever"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_the_new_release_took_away_brings_the_offer() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("Failed to fetch");
    let page = stage.page().clone();
    page.before_each_page(&next_release(2)).await;
    page.devtools("Network.enable", json!({})).await;
    page.devtools("Network.setBlockedURLs", json!({ "urls": ["*split_vaults-*"] }))
        .await;
    stage.open_as(MIRA, "/").await;
    page.see("table", SERVERS_TABLE).await;
    page.until_keys_work().await;
    assert!(
        !page.has("button", "Reload").await,
        "the host still has this release"
    );
    page.click("link", "Backup vaults").await;
    page.see("heading", "This part of the portal could not be loaded")
        .await;
    let notices = page.see("region", "Notices").await;
    notices.see_text("A new version of the portal is there.").await;
    stage.finish().await;
}
