//! Writes down which functions first pages do without: `cargo xtask first-page`.
//!
//! The build that `E2E_DIST` names notes which of its functions have run. What runs in none of these scenes until the
//! first rows stand is written to the file that is given, by its label, for `xtask/src/dist/first_page.rs`.

#![allow(
    clippy::print_stdout,
    reason = "a command speaks to its user on standard output"
)]

use std::{collections::BTreeMap, fs};

use e2e::{
    Page, Stage,
    portal::{BACKUPS, MIRA, SERVER, SERVERS_TABLE},
};
use serde_json::{Value, json};

/// Keeps what the app's files say of their functions: when the page is left, and 300 ms after the first rows, when the rest may
/// still be on its way.
/// What runs before the sign-in is known to the page after it, by the storage of the tab.
const KEEP: &str = "
    const files = [];
    const keep = (made) => { files.push((made.instance ?? made).exports ?? {}); return made; };
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name].bind(WebAssembly);
        WebAssembly[name] = async (...given) => keep(await make(...given));
    }
    const before = JSON.parse(sessionStorage.getItem('ran') ?? '{}');
    const ran = () => {
        for (const [name, value] of files.flatMap((exports) => Object.entries(exports))) {
            const [mark, label] = name.split(' ');
            if (mark === 'ran') before[label] = Boolean(before[label] || value.value);
        }
        return before;
    };
    let first;
    window.whatRan = () => first ?? ran();
    addEventListener('pagehide', () => sessionStorage.setItem('ran', JSON.stringify(window.whatRan())));
    const look = () => requestAnimationFrame(() => {
        if (document.querySelector('tbody tr:not([aria-hidden]) .cell-name')) setTimeout(() => (first = ran()), 300);
        else look();
    });
    look();";

/// Whether each function has run, by its label; several may have one.
type Ran = BTreeMap<String, bool>;

#[tokio::main]
async fn main() {
    let file = std::env::args().nth(1).expect("the file to write");
    let mut ran = Ran::new();
    for stage in [
        Stage::with_emulator_server().await,
        Stage::with_emulator_server_by_code().await,
        Stage::with_emulator_worker("").await,
    ] {
        keep(stage.page()).await;
        stage.open_as(MIRA, BACKUPS).await;
        stage.page().see_backups_of(SERVER).await;
        add(&mut ran, stage.page()).await;
        stage.open("/").await;
        stage.page().see("table", SERVERS_TABLE).await;
        add(&mut ran, stage.page()).await;
    }
    in_a_frame(&mut ran).await;
    without_azure(&mut ran).await;

    let later: String = ran
        .iter()
        .filter(|(_, has_run)| !**has_run)
        .flat_map(|(label, _)| [label, "\n"])
        .collect();
    println!(
        "{} of {} functions do not run before the data.",
        later.lines().count(),
        ran.len()
    );
    fs::write(&file, later).expect("the list is written");
}

/// In the page of another portal, which hands over the tokens.
async fn in_a_frame(ran: &mut Ran) {
    let stage = Stage::with_host_page().await;
    let page = stage.page();
    keep(page).await;
    stage.open_host_page("index.html").await;
    page.look_into_frame(0).await;
    page.see_backups_of(SERVER).await;
    add(ran, page).await;
}

/// Whoever loses the network in the first second cannot fetch the words for it.
async fn without_azure(ran: &mut Ran) {
    let stage = Stage::with_emulator_server().await;
    let page = stage.page();
    keep(page).await;
    stage.open(BACKUPS).await;
    page.devtools("Network.enable", json!({})).await;
    page.devtools(
        "Network.setBlockedURLs",
        json!({ "urls": ["*/subscriptions/*", "*/subscriptions?*", "*/providers/*"] }),
    )
    .await;
    page.sign_in_as(MIRA).await;
    page.see("heading", "The list of backups could not be read").await;
    add(ran, page).await;
}

async fn keep(page: &Page) {
    page.before_each_page(KEEP).await;
}

async fn add(ran: &mut Ran, page: &Page) {
    let told = page.script("return window.whatRan()", vec![]).await;
    let Value::Object(told) = told else {
        panic!("the page tells {told}");
    };
    assert!(!told.is_empty(), "the build notes what runs");
    for (label, has_run) in told {
        *ran.entry(label).or_default() |= has_run == true;
    }
}
