//! A list of 50,000 backups, and one that breaks off.

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{BACKUPS, BACKUPS_TABLE, MANY_BACKUPS, MIRA, SERVER};
use e2e::{Page, Stage};
use serde_json::Value;

/// How many backups there are.
const MANY: usize = 50_000;

/// The longest that the page may be busy at a stretch, in milliseconds. How long it is on a machine of its own is in
/// `docs/benchmarks.md`; tests share theirs, and rows that are all in the page took 20,000.
const PATIENCE: f64 = 1_000.0;

/// Notes how long the longest task of the page takes, while it is observed.
const OBSERVE: &str = "
    window.longest = 0;
    window.observedFrom = performance.now();
    const note = (list) => {
        for (const task of list.getEntries())
            if (task.startTime >= window.observedFrom) window.longest = Math.max(window.longest, task.duration);
    };
    new PerformanceObserver(note).observe({ type: 'longtask' });";
/// The tests' own work in the page is not the page's.
const LOOK_AWAY: &str = "window.observedFrom = Infinity";
const LOOK_AGAIN: &str = "window.observedFrom = performance.now()";

/// The names of the rows in sight, and how many rows are in the page.
const ROWS: &str = "
    const view = document.querySelector('main').getBoundingClientRect();
    const head = document.querySelector('thead th').getBoundingClientRect();
    const rows = [...document.querySelectorAll('tbody tr:not([aria-hidden])')];
    const seen = rows.filter((row) => {
        const box = row.getBoundingClientRect();
        return box.top >= head.bottom - 1 && box.top < view.bottom;
    });
    const cells = seen.map((row) => [row.getAttribute('aria-rowindex'), row.querySelector('[data-backup]').textContent]);
    return { seen: cells, mounted: rows.length, all: document.querySelector('table').getAttribute('aria-rowcount') };";

#[tokio::test(flavor = "multi_thread")]
async fn fifty_thousand_backups_are_usable() {
    let stage = Stage::with_many_backups(MANY).await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.click("link", MANY_BACKUPS).await;
    page.script(OBSERVE, vec![]).await;
    page.see_backups_of(MANY_BACKUPS).await;
    let rows = page.script(ROWS, vec![]).await;
    assert!(
        rows["mounted"].as_u64().is_some_and(|mounted| mounted < 150),
        "{rows}"
    );
    until_all_are_read(page).await;
    page.script(LOOK_AWAY, vec![]).await;
    stage.inspect("many-backups").await;
    page.script(LOOK_AGAIN, vec![]).await;

    page.script("document.querySelector('main').scrollTop = 1e9", vec![])
        .await;
    let end = until_rows(page, "the end of the list", |rows| {
        rows["seen"]
            .as_array()
            .is_some_and(|seen| seen.last().is_some_and(|last| last[0] == rows["all"]))
    })
    .await;
    assert!(
        end["mounted"].as_u64().is_some_and(|mounted| mounted < 150),
        "{end}"
    );
    page.script(LOOK_AWAY, vec![]).await;
    stage.inspect("many-backups-end").await;
    page.script(LOOK_AGAIN, vec![]).await;

    // Another order begins at its start.
    page.click("button", "Name").await;
    until_rows(page, "the first of all names", |rows| rows["seen"][0][0] == "2").await;
    let first = first_name(page).await;
    page.click("button", "Name").await;
    until_rows(page, "the last of all names", |rows| {
        rows["seen"][0][1].as_str() > Some(&first)
    })
    .await;

    // What is searched for is there at once, and alone.
    page.see("searchbox", "Search by name")
        .await
        .fill_in(&first.to_uppercase())
        .await;
    page.see_text("1 of ").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", &first)]).await;

    let longest = page.script("return window.longest", vec![]).await;
    assert!(
        longest.as_f64().is_some_and(|longest| longest < PATIENCE),
        "busy for {longest} ms"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_leads_through_the_rows_of_a_long_list_and_the_focus_survives_scrolling() {
    let stage = Stage::with_many_backups(2_000).await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.click("link", MANY_BACKUPS).await;
    page.see_backups_of(MANY_BACKUPS).await;
    until_all_are_read(page).await;
    page.script("document.querySelector('[data-backup]').focus()", vec![])
        .await;
    // Two stops in a row: its name and its menu.
    for _ in 0..120 {
        press(page, "Tab").await;
    }
    let at = page.script(FOCUSED_ROW, vec![]).await;
    assert_eq!(at, "62", "sixty rows further down than the first, which is 2");
    page.script("document.querySelector('main').scrollTop = 40000", vec![])
        .await;
    until_rows(page, "rows far below", |rows| {
        rows["seen"][0][0].as_str().is_some_and(|index| index.len() > 2)
    })
    .await;
    assert_eq!(
        page.script(FOCUSED_ROW, vec![]).await,
        "62",
        "the row with the focus is still there"
    );
    press(page, "Tab").await;
    press(page, "Tab").await;
    assert_eq!(
        page.script(FOCUSED_ROW, vec![]).await,
        "63",
        "and the next after it"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_breaks_off_says_that_it_is_not_complete() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().page_size = 5);
    stage.announce_console_error("status of 503");
    let of_the_list = |kind, times| Fault {
        matching: RequestMatcher {
            method: None,
            path_contains: format!("{SERVER}/backups"),
        },
        kind,
        times,
    };
    // The first page comes as it should, and no other does.
    stage.inject(of_the_list(FaultKind::Delay { seconds: 0 }, 1));
    let busy = FaultKind::Status {
        status: 503,
        code: "ServiceUnavailable".to_owned(),
        message: "The service is busy.".to_owned(),
        retry_after: None,
    };
    stage.inject(of_the_list(busy, 1000));
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_text("The list of backups is not complete.").await;
    page.see_text("5 backups so far").await;
    assert_eq!(page.rows(BACKUPS_TABLE).await.len(), 5, "what was read is usable");
    stage.inspect("list-not-complete").await;

    stage.with_world(|world| world.faults().clear());
    page.click("button", "Try now").await;
    page.see_text("17 backups").await;
    assert!(!page.text().await.contains("not complete"), "all is there");
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

const FOCUSED_ROW: &str = "return document.activeElement.closest('tr')?.getAttribute('aria-rowindex')";

async fn first_name(page: &Page) -> String {
    let rows = page.script(ROWS, vec![]).await;
    rows["seen"][0][1].as_str().unwrap_or_default().to_owned()
}

async fn until_all_are_read(page: &Page) {
    page.until("the end of the reading", async || {
        let text = page.text().await;
        Ok((text.contains("backups · read at") && !text.contains("Reading")).then_some(()))
    })
    .await;
}

async fn until_rows(page: &Page, what: &str, is_there: impl Fn(&Value) -> bool) -> Value {
    page.until(what, async || {
        let rows = page.script(ROWS, vec![]).await;
        Ok(is_there(&rows).then_some(rows))
    })
    .await
}

async fn press(page: &Page, key: &str) {
    for kind in ["keyDown", "keyUp"] {
        let event = serde_json::json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": 9 });
        page.devtools("Input.dispatchKeyEvent", event).await;
    }
}
