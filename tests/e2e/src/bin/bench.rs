//! Measures lists of 50,000 backups and 5,000 servers in Chromium: `cargo xtask bench`.
//!
//! It prints a table and puts it into `docs/benchmarks.md`, between the two marks there.

#![allow(
    clippy::print_stdout,
    reason = "a command speaks to its user on standard output"
)]

use std::{fmt::Write as _, fs, path::Path};

use arm_emulator_server::Options;
use e2e::{
    Page, Stage,
    portal::{BACKUPS_TABLE, MANY_BACKUPS, MIRA},
};
use serde_json::{Value, json};

const BACKUPS: usize = 50_000;
const SERVERS: usize = 5_000;
/// How often each act is measured; the middle one counts.
const TIMES: usize = 3;

/// Keeps the memory of the app's main module, to be measured.
const KEEP_MEMORY: &str = "
    const keep = (made) => { const memory = (made.instance ?? made).exports?.memory; if (memory) window.appMemory ??= memory; return made; };
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name].bind(WebAssembly);
        WebAssembly[name] = async (...given) => keep(await make(...given));
    }";

/// From an act to the frame that shows its result, and the longest task until then.
const MEASURE: &str = "
    const done = arguments[arguments.length - 1];
    let longest = 0;
    const note = (list) => { for (const task of list.getEntries()) longest = Math.max(longest, task.duration); };
    const observer = new PerformanceObserver(note);
    observer.observe({ type: 'longtask' });
    const main = () => document.querySelector('main');
    const first = () => document.querySelector('tbody tr:not([aria-hidden]) .cell-name')?.textContent;
    const count = () => document.querySelector('.list-count')?.textContent ?? '';
    const before = first();
    const start = performance.now();
    ACT;
    const look = () => {
        if (!(RESULT)) return requestAnimationFrame(look);
        // The frame that holds the result has been painted when the next task begins.
        requestAnimationFrame(() => setTimeout(() => {
            const time = performance.now() - start;
            setTimeout(() => { observer.disconnect(); done({ time, longest }); }, 500);
        }));
    };
    requestAnimationFrame(look);";

/// Scrolls by three rows a frame and notes how long each frame takes.
const SCROLL: &str = "
    const done = arguments[arguments.length - 1];
    const main = document.querySelector('main');
    const frames = [];
    let last;
    const frame = (now) => {
        if (last !== undefined) frames.push(now - last);
        last = now;
        main.scrollTop += 120;
        if (frames.length < 300) requestAnimationFrame(frame);
        else done({ slow: frames.filter((length) => length > 25).length, all: frames.length, longest: Math.max(...frames) });
    };
    requestAnimationFrame(frame);";

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let stage = Stage::with_options(Options {
        load: BACKUPS,
        servers: SERVERS,
        ..Options::default()
    })
    .await;
    let page = stage.page();
    page.devtools("Page.enable", json!({})).await;
    page.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": KEEP_MEMORY }),
    )
    .await;
    // The list of servers shows what is in sight only.
    stage.open_as(MIRA, &format!("/?search={MANY_BACKUPS}")).await;
    page.see("link", MANY_BACKUPS).await;

    let mut table =
        String::from("| 50,000 backups | until it is painted | longest task |\n|---|---:|---:|\n");
    let open = format!(
        "[...document.querySelectorAll('a')].find((link) => link.textContent === '{MANY_BACKUPS}').click()"
    );
    let opened = measure(page, &open, "first()").await;
    row(&mut table, "open the page, until the first rows", &opened);
    let read = measure(page, "", "/^\\d+ backups · read at/.test(count())").await;
    row(
        &mut table,
        "the rest of the 50 pages of 1,000, from then on",
        &read,
    );
    page.see("table", BACKUPS_TABLE).await;

    let sort = |head: &str| {
        format!(
            "[...document.querySelectorAll('.sort-button')].find((head) => head.textContent === '{head}').click()"
        )
    };
    let other_first = "first() !== before";
    let mut sorts = Vec::new();
    for _ in 0..TIMES {
        sorts.push(measure(page, &sort("Name"), other_first).await);
        sorts.push(measure(page, &sort("Completed (UTC)"), "true").await);
    }
    row(&mut table, "sort by a column", &middle(sorts));

    let mut filters = Vec::new();
    for _ in 0..TIMES {
        let choose = |label: &str| {
            format!(
                "[...document.querySelectorAll('.filter-option')].find((option) => option.textContent === '{label}').querySelector('input').click()"
            )
        };
        filters.push(measure(page, &choose("Last 24 hours"), "/ of /.test(count())").await);
        measure(page, &choose("Any time"), "!/ of /.test(count())").await;
    }
    row(&mut table, "filter by time", &middle(filters));

    let mut searches = Vec::new();
    for _ in 0..TIMES {
        let search = |text: &str| {
            format!(
                "const field = document.querySelector('input[type=search]'); field.value = '{text}'; field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
            )
        };
        searches.push(measure(page, &search("77"), "/ of /.test(count())").await);
        measure(page, &search(""), "!/ of /.test(count())").await;
    }
    row(&mut table, "search by name", &middle(searches));
    let end = measure(page, "main().scrollTop = 1e9", "first() !== before").await;
    row(&mut table, "jump to the end of the list", &end);

    page.script("document.querySelector('main').scrollTop = 0", vec![])
        .await;
    let frames = page.asynchronous_script(SCROLL, vec![]).await;
    let memory = page
        .script(
            "return { js: performance.memory.usedJSHeapSize, app: window.appMemory?.buffer.byteLength }",
            vec![],
        )
        .await;
    let rows = page
        .script("return document.querySelectorAll('tbody tr').length", vec![])
        .await;
    let megabytes = |value: &Value| {
        value
            .as_f64()
            .map_or_else(|| "unknown".to_owned(), |bytes| format!("{:.1} MB", bytes / 1e6))
    };
    write!(
        table,
        "\nOf the backups: {} of {} frames took more than 25 ms while scrolling by three rows a frame; the longest {:.0} ms. The page has \
         {rows} rows mounted; the JavaScript heap holds {}, the memory of the app {}.\n",
        frames["slow"],
        frames["all"],
        frames["longest"].as_f64().unwrap_or_default(),
        megabytes(&memory["js"]),
        megabytes(&memory["app"]),
    )
    .expect("a string takes all");
    let mut servers =
        String::from("\n| 5,000 servers | until it is painted | longest task |\n|---|---:|---:|\n");
    let back = "[...document.querySelectorAll('.breadcrumb a')].find((link) => link.textContent === 'Servers').click()";
    let list = measure(page, back, "/ servers · read at/.test(count()) && first()").await;
    row(&mut servers, "back to the list of servers, read again", &list);
    let search = |text: &str| {
        let set =
            format!("const field = document.querySelector('input[type=search]'); field.value = '{text}'");
        format!("{set}; field.dispatchEvent(new Event('input', {{ bubbles: true }}))")
    };
    let found = measure(page, &search("04999"), "/^1 of /.test(count())").await;
    row(&mut servers, "search by name", &found);
    measure(page, &search(""), "!/ of /.test(count())").await;
    let sorted = measure(page, &sort("Name"), other_first).await;
    row(&mut servers, "sort by name", &sorted);
    table.push_str(&servers);
    println!("{table}");
    keep(&table);
    let faults = page.driver().clone().quit().await;
    faults.expect("the browser ends");
}

/// Does something in the page and gives its time and its longest task, in milliseconds.
async fn measure(page: &Page, act: &str, result: &str) -> (f64, f64) {
    let script = MEASURE.replace("ACT", act).replace("RESULT", result);
    let measured = page.asynchronous_script(&script, vec![]).await;
    let number = |name: &str| measured[name].as_f64().unwrap_or(f64::NAN);
    (number("time"), number("longest"))
}

fn middle(mut measured: Vec<(f64, f64)>) -> (f64, f64) {
    measured.sort_by(|a, b| a.0.total_cmp(&b.0));
    measured[measured.len() / 2]
}

fn row(table: &mut String, what: &str, (time, longest): &(f64, f64)) {
    let longest = if *longest > 0.0 {
        format!("{longest:.0} ms")
    } else {
        "below 50 ms".to_owned()
    };
    writeln!(table, "| {what} | {time:.0} ms | {longest} |").expect("a string takes all");
}

/// Puts the table between the marks of the document.
fn keep(table: &str) {
    let document = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/benchmarks.md"));
    let text = fs::read_to_string(document).expect("docs/benchmarks.md");
    let (head, rest) = text
        .split_once("<!-- measured -->")
        .expect("the mark <!-- measured -->");
    let (_, tail) = rest.split_once("<!-- end -->").expect("the mark <!-- end -->");
    let text = format!("{head}<!-- measured -->\n{table}<!-- end -->{tail}");
    fs::write(document, text).expect("docs/benchmarks.md can be written");
}
