//! The list of servers: found, filtered, sorted, come back to; and what is missing in it.

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use arm_emulator_server::Options;
use e2e::portal::{MIRA, NOOR, SERVER, SERVERS_TABLE, TOMAS};
use e2e::{Name, Page, Row, Scheme, Size, Stage};
use serde_json::{Value, json};

/// The column of the last backup.
pub const LAST_BACKUP: &str = "Last backup (UTC)";

#[tokio::test(flavor = "multi_thread")]
async fn search_filters_and_order_survive_a_reload_and_the_way_back() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER), ("Location", "West Europe")])
        .await;

    page.see("searchbox", "Search by name").await.fill_in("PG-").await;
    page.click("button", "Location : All").await;
    page.click("radio", "West Europe").await;
    page.click("button", "State : All").await;
    page.click("radio", "Ready").await;
    let table = page.see("table", SERVERS_TABLE).await;
    table.click_inside("button", "Version").await;
    table.click_inside("button", "Version").await;
    page.see_text("5 of 10 servers").await;
    let expected = [
        "pg-catalog-prod",
        "pg-dev-checkout",
        "pg-orders-prod",
        "pg-orders-ro-1",
        "pg-billing-prod",
    ];
    assert_eq!(names(page).await, expected);
    let kept = "?search=PG-&location=West%20Europe&state=Ready&sort=-version";
    assert_eq!(query(page).await, kept);
    assert!(
        said(page).await.contains("Sorted by version, highest first."),
        "{}",
        said(page).await
    );
    stage.inspect("servers-filtered").await;

    page.reload().await;
    page.see_text("5 of 10 servers").await;
    assert_eq!(names(page).await, expected);

    page.click("link", "pg-billing-prod").await;
    page.see_backups_of("pg-billing-prod").await;
    page.back().await;
    page.see("heading", "Servers").await;
    page.see_text("5 of 10 servers").await;
    page.until("the focus on the row that was left", async || {
        Ok((focused(page).await == "pg-billing-prod").then_some(()))
    })
    .await;
    assert_eq!(names(page).await, expected);
    assert_eq!(query(page).await, kept);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_that_match_nothing_can_be_cleared() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/?search=nowhere&state=Ready").await;
    let page = stage.page();
    page.see("heading", "No server matches these filters.").await;
    page.see_text("0 of 10 servers").await;
    stage.inspect("servers-no-match").await;
    page.click("button", "Clear filters").await;
    page.see_text("10 servers").await;
    assert_eq!(query(page).await, "");
    assert_eq!(names(page).await.len(), 10);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_read_nothing_is_told_what_is_missing() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(NOOR, "/").await;
    let page = stage.page().clone();
    page.see("heading", "You may not see the servers of any subscription")
        .await;
    page.see_text("Microsoft.DBforPostgreSQL/flexibleServers/read")
        .await;
    page.see_text("Signed in as noor.haddad@contoso.com.").await;
    page.see("button", "Copy request for an owner").await;
    stage.inspect("servers-no-access").await;

    let before = stage.requests().await.len();
    page.click("button", "Check again").await;
    page.until("the question asked again", async || {
        Ok((stage.requests().await.len() >= before + 3).then_some(()))
    })
    .await;
    page.see("heading", "You may not see the servers of any subscription")
        .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_may_not_be_read_is_named() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage.open_as(TOMAS, "/").await;
    let page = stage.page().clone();
    page.see_text("1 of 3 subscriptions could not be read. Contoso Sandbox needs the role Reader.")
        .await;
    page.see_text("10 flexible servers in 2 of 3 subscriptions").await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    page.script("document.querySelector('summary').click(); return null;", vec![])
        .await;
    page.see_text("your roles lack the action 'Microsoft.DBforPostgreSQL/flexibleServers/read'")
        .await;
    see_last_backup(&page, SERVER).await;
    stage.inspect("servers-partly-failed").await;
    for (size, scheme, picture) in [
        (Size::DESKTOP, Scheme::Dark, "servers-partly-failed-dark"),
        (Size::PHONE, Scheme::Light, "servers-partly-failed-320"),
    ] {
        page.set_view(size, scheme).await;
        stage.inspect(picture).await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn that_not_all_subscriptions_are_known_is_said() {
    let mut stage = Stage::with_emulator_server().await;
    stage.inject(refusal("/subscriptions", 400, "SomethingElse", None, 1));
    stage.announce_console_error("status of 400");
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    page.see_text("Whether all subscriptions were read is not known.")
        .await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    stage.inspect("servers-coverage-unknown").await;
    page.click("button", "Check again").await;
    page.until("the end of the warning", async || {
        Ok((!page.text().await.contains("is not known.")).then_some(()))
    })
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_read_again_keeps_what_was_read() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    see_last_backup(&page, SERVER).await;
    stage.inject(refusal(
        "Microsoft.ResourceGraph",
        503,
        "ServiceUnavailable",
        None,
        1000,
    ));
    stage.announce_console_error("status of 503");
    page.click("button", "Refresh").await;
    page.see_text("The list of servers could not be read again.")
        .await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    stage.inspect("servers-failed-refresh").await;
    stage.with_world(|world| world.faults().clear());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_servers_make_up_the_whole_list() {
    let stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().page_size = 3);
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.see_text("10 flexible servers in 3 subscriptions").await;
    page.see_text("10 servers").await;
    assert_eq!(names(page).await.len(), 10);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_servers_are_usable_and_only_those_in_sight_are_in_the_page() {
    let options = Options {
        servers: 5000,
        ..Options::default()
    };
    let mut stage = Stage::with_options(options).await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    page.see_text("5010 servers").await;
    see_last_backup(&page, "pg-analytics").await;
    let rows = page.rows(SERVERS_TABLE).await.len();
    assert!((15..120).contains(&rows), "{rows} rows are in the page");
    let table = "return document.querySelector('table').getAttribute('aria-rowcount')";
    assert_eq!(page.script(table, vec![]).await, json!("5011"));
    stage.inspect("servers-5000").await;
    let asked = backups_asked_for(&mut stage).await.len();
    assert!(asked < 60, "{asked} last backups were read");

    page.see("searchbox", "Search by name")
        .await
        .fill_in("fleet-04999")
        .await;
    page.see_text("1 of 5010 servers").await;
    page.click("link", "pg-fleet-04999").await;
    page.see("heading", "pg-fleet-04999 | Backup and restore").await;
    page.back().await;
    page.see_text("1 of 5010 servers").await;
    page.click("button", "Clear search").await;
    page.see_text("5010 servers").await;
    page.script(
        "document.getElementById('main').scrollTo(0, 100000); return null;",
        vec![],
    )
    .await;
    page.expect_row_that(SERVERS_TABLE, "is in the middle", |row| {
        row["Name"].as_str() > "pg-fleet-02000"
    })
    .await;

    // Back from a row far below leads to that row, at the place where it was.
    let far = page.rows(SERVERS_TABLE).await[20]["Name"].clone();
    page.script(
        "document.querySelector(`a[title=\"${arguments[0]}\"]`).scrollIntoView({ block: 'center' }); return null;",
        vec![json!(far)],
    )
    .await;
    page.click("link", &far).await;
    page.see("heading", &format!("{far} | Backup and restore")).await;
    page.back().await;
    page.until("the focus on the row that was left", async || {
        Ok((focused(&page).await == far).then_some(()))
    })
    .await;
    let scrolled = page
        .script("return document.getElementById('main').scrollTop", vec![])
        .await;
    assert!(
        scrolled.as_f64().is_some_and(|scrolled| scrolled > 50_000.0),
        "{scrolled}"
    );
    stage.finish().await;
}

pub fn refusal(path: &str, status: u16, code: &str, retry_after: Option<u32>, times: u32) -> Fault {
    Fault {
        matching: RequestMatcher {
            method: None,
            path_contains: path.to_owned(),
        },
        kind: FaultKind::Status {
            status,
            code: code.to_owned(),
            message: format!("Words of {code}."),
            retry_after,
        },
        times,
    }
}

/// Waits for the moment of a server's last backup.
pub async fn see_last_backup(page: &Page, name: &str) {
    let is_it = |row: &Row| row["Name"] == name && row[LAST_BACKUP].starts_with("20");
    page.expect_row_that(SERVERS_TABLE, &format!("has the last backup of {name}"), is_it)
        .await;
}

/// The servers whose lists of backups the page has asked for, in the order of the requests.
pub async fn backups_asked_for(stage: &mut Stage) -> Vec<String> {
    let requests = stage.requests().await;
    requests
        .iter()
        .filter(|request| request.method == "GET")
        .filter_map(|request| {
            let (_, server) = request.url.split_once("/flexibleServers/")?;
            let (server, rest) = server.split_once('/')?;
            rest.starts_with("backups?").then(|| server.to_owned())
        })
        .collect()
}

pub async fn names(page: &Page) -> Vec<String> {
    let rows = page.rows(SERVERS_TABLE).await;
    rows.into_iter().map(|row| row["Name"].clone()).collect()
}

pub async fn query(page: &Page) -> String {
    text_of(page.script("return location.search", vec![]).await)
}

async fn focused(page: &Page) -> String {
    text_of(
        page.script("return document.activeElement.textContent.trim()", vec![])
            .await,
    )
}

async fn said(page: &Page) -> String {
    page.see("status", Name::Any).await;
    let script =
        "return [...document.querySelectorAll('[role=status]')].map((one) => one.textContent).join('|')";
    text_of(page.script(script, vec![]).await)
}

fn text_of(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
