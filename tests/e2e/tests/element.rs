//! The portal as an element of another portal's page.

use e2e::portal::{BACKUPS_TABLE, SERVER};
use e2e::{Key, Name, Stage};
use serde_json::json;

use crate::hosting::next_release;

const PAGE: &str = "element.html";
/// The regions of the host's page, with an element each, and the servers they show.
const ORDERS: &str = "Orders";
const CATALOG: &str = "Catalog";
const OTHER_SERVER: &str = "pg-catalog-prod";

/// What the portal must leave alone, as text.
const OF_THE_PAGE: &str = "
    const style = (element) => [...getComputedStyle(element)].map((name) => `${name}: ${getComputedStyle(element)[name]}`).join(';');
    // The height of the whole depends on what stands in the list of news.
    const own = ['header', '.product', 'h1', 'button', 'header a'].map((selector) => style(document.querySelector(selector)));
    const kept = [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => !key.startsWith('pgbp.'));
    return JSON.stringify([
        location.href, document.title, document.documentElement.outerHTML.split('<head>')[0], document.head.innerHTML,
        document.body.getAttributeNames(), document.body.children.length, history.length, JSON.stringify(history.state),
        [...document.querySelectorAll('header a')].map(({ href }) => href), kept, document.adoptedStyleSheets.length, own,
    ]);";

/// A page that wants all its elements to look so.
const HOSTILE_STYLE: &str = "
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { color: red !important; font-size: 40px !important; letter-spacing: 9px } button { display: none !important }');
    document.adoptedStyleSheets = [sheet];";

/// Colour, size of text and spacing of the heading, and how the first command is shown.
const LOOK: &str = "
    const { color, fontSize, letterSpacing } = getComputedStyle(inside.querySelector('h1'));
    const { display } = getComputedStyle(inside.querySelector('.command-bar button'));
    return [color, fontSize, letterSpacing, display].join(' | ');";

/// The ground of the portal's page.
const GROUND: &str = "return getComputedStyle(inside.querySelector('.portal-page')).backgroundColor";

/// The names of the locks that apps of this page hold or wait for.
const LOCKS: &str = "
    const done = arguments[arguments.length - 1];
    navigator.locks.query().then(({ held, pending }) => done([...held, ...pending].map(({ name }) => name)));";

/// The next table that is made is refused, which no browser does.
const NO_TABLE: &str = "
    const make = Document.prototype.createElement;
    Document.prototype.createElement = function (name, ...more) {
        if (name !== 'table') return make.call(this, name, ...more);
        Document.prototype.createElement = make;
        throw new Error('no table');
    };";

fn backups_of(server: &str) -> String {
    format!("{server} | Backup and restore")
}

/// Opens the host's page and waits until both elements show their server.
async fn open(stage: &Stage) {
    stage.open_host_page(PAGE).await;
    for (region, server) in [(ORDERS, SERVER), (CATALOG, OTHER_SERVER)] {
        let region = stage.region(region).await;
        region.see("heading", &backups_of(server)).await;
        region.see("table", BACKUPS_TABLE).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_elements_show_different_servers_and_leave_the_page_alone() {
    let stage = Stage::with_host_page().await;
    let page = stage.page().clone();
    // The page without any element, whose script does not come.
    page.devtools("Network.enable", json!({})).await;
    let blocked = |urls| json!({ "urls": urls });
    page.devtools("Network.setBlockedURLs", blocked(vec!["*/element-app-*"]))
        .await;
    stage.open_host_page(PAGE).await;
    stage
        .region(ORDERS)
        .await
        .see("heading", "The portal could not be loaded")
        .await;
    let before = page.script(OF_THE_PAGE, vec![]).await;
    page.devtools("Network.setBlockedURLs", blocked(vec![])).await;

    // Each element says so itself, and can be tried again by itself.
    for region in [ORDERS, CATALOG] {
        stage
            .region(region)
            .await
            .click_inside("button", "Try again")
            .await;
    }
    let (orders, catalog) = (stage.region(ORDERS).await, stage.region(CATALOG).await);
    orders.see("heading", &backups_of(SERVER)).await;
    catalog.see("heading", &backups_of(OTHER_SERVER)).await;

    // Links lead on in their element, and to the portal itself elsewhere.
    orders.click_inside("link", "Backup vaults").await;
    orders.see("heading", "Backup vaults").await;
    catalog.see("heading", &backups_of(OTHER_SERVER)).await;
    let link = "return [...inside.querySelectorAll('#menu a')].map(({ href }) => href)[0]";
    assert_eq!(
        stage.in_element(CATALOG, link).await,
        stage.url("/servers/11111111-1111-4111-8111-111111111111/rg-commerce-prod/pg-catalog-prod/backups",)
    );
    assert_eq!(page.script(OF_THE_PAGE, vec![]).await, before);

    page.click("button", "Close orders").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn styles_neither_get_into_an_element_nor_out_of_it() {
    let stage = Stage::with_host_page().await;
    open(&stage).await;
    let look = stage.in_element(ORDERS, LOOK).await;
    assert!(
        look.as_str().is_some_and(|look| look.contains("20px | normal")),
        "{look}"
    );
    stage.page().script(HOSTILE_STYLE, vec![]).await;
    assert_eq!(stage.in_element(ORDERS, LOOK).await, look);
    stage.page().screenshot("element-in-a-hostile-page").await;
    stage
        .page()
        .script("document.adoptedStyleSheets = []", vec![])
        .await;

    // The theme of one is not the other's, nor the page's.
    let (light, of_the_page) = (
        stage.in_element(CATALOG, GROUND).await,
        stage.page().script(OF_THE_PAGE, vec![]).await,
    );
    assert_eq!(stage.in_element(ORDERS, GROUND).await, light);
    stage.page().click("button", "Dark orders").await;
    stage
        .page()
        .until("the dark ground", async || {
            Ok((stage.in_element(ORDERS, GROUND).await != light).then_some(()))
        })
        .await;
    assert_eq!(stage.in_element(CATALOG, GROUND).await, light);
    assert_eq!(stage.page().script(OF_THE_PAGE, vec![]).await, of_the_page);

    // Alone, since the landmarks of two have the same names.
    stage.in_element(CATALOG, "element.remove()").await;
    stage
        .in_element(ORDERS, "element.setAttribute('theme', 'system')")
        .await;
    stage.works_in_every_view("element").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_takes_a_backup_goes_out_of_the_page_and_comes_back() {
    let mut stage = Stage::with_host_page().await;
    stage.with_world(|world| world.switches().operation_time_factor = 8.0);
    let page = stage.page().clone();
    open(&stage).await;
    let orders = stage.region(ORDERS).await;
    orders.click_inside("button", "Backup now").await;
    let pane = orders.see("dialog", "Take backup").await;
    pane.click_inside("button", "Trigger").await;
    page.see_text("info: On-demand backup initiated").await;
    // The other one hears of it as another tab would.
    let catalog = stage.region(CATALOG).await;
    catalog
        .click_inside("button", Name::containing("Notifications"))
        .await;
    let bell = catalog.see("dialog", "Notifications").await;
    bell.see_text("On-demand backup initiated").await;

    stage.in_element(ORDERS, "window.closedElement = element").await;
    page.click("button", "Close orders").await;
    page.until("nothing in the element, and one lock, of the other", async || {
        let locks = page.asynchronous_script(LOCKS, vec![]).await;
        let nodes = page
            .script("return window.closedElement.shadowRoot.childNodes.length", vec![])
            .await;
        Ok((locks.as_array().map(Vec::len) == Some(1) && nodes == 0).then_some(()))
    })
    .await;

    page.click("button", "Open orders").await;
    let orders = stage.region(ORDERS).await;
    orders.see("heading", &backups_of(SERVER)).await;
    orders.see("table", BACKUPS_TABLE).await;
    page.see_text("success: On-demand backup completed").await;
    let requests = stage.requests().await;
    let puts = requests.iter().filter(|request| request.method == "PUT").count();
    assert_eq!(puts, 1, "the backup is triggered once");
    page.click("button", "Close orders").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_forbids_one_element_the_other_may_do() {
    let mut stage = Stage::with_host_page().await;
    let page = stage.page().clone();
    open(&stage).await;
    let deletes = "return [...inside.querySelectorAll('button')]
        .filter(({ ariaLabel, textContent }) => (ariaLabel ?? textContent).startsWith('Delete ')).length";
    stage.region(ORDERS).await.see("table", BACKUPS_TABLE).await;
    assert_ne!(stage.in_element(ORDERS, deletes).await, 0);
    let again = "element.setAttribute('read-only', '');
        element.setAttribute('hide', 'delete-backup');
        const place = element.parentNode;
        element.remove();
        setTimeout(() => place.append(element));";
    stage.in_element(ORDERS, again).await;
    let orders = stage.region(ORDERS).await;
    let says = "return inside.textContent.includes('Read-only: the page around this portal lets it change nothing in Azure.')";
    page.until("the bar", async || {
        Ok((stage.in_element(ORDERS, says).await == true).then_some(()))
    })
    .await;
    orders.see("table", BACKUPS_TABLE).await;
    orders.click_unusable_inside("button", "Backup now").await;
    assert_eq!(stage.in_element(ORDERS, deletes).await, 0);
    let catalog = stage.region(CATALOG).await;
    assert_eq!(stage.in_element(CATALOG, says).await, false);
    catalog.click_inside("button", "Backup now").await;
    catalog.see("dialog", "Take backup").await;
    page.press(Key::Escape).await;
    let requests = stage.requests().await;
    assert!(requests.iter().all(|request| request.method != "PUT"));
    page.click("button", "Close orders").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_target_is_shown_and_the_focus_stays_where_the_user_has_it() {
    let stage = Stage::with_host_page().await;
    let page = stage.page();
    open(&stage).await;
    page.click("button", "Show catalog above").await;
    let orders = stage.region(ORDERS).await;
    orders.see("heading", &backups_of(OTHER_SERVER)).await;
    orders.see("table", BACKUPS_TABLE).await;
    let focused = "return document.activeElement.id";
    assert_eq!(page.script(focused, vec![]).await, "catalog-above");

    let path = "element.setAttribute('path', '/vaults')";
    stage.in_element(ORDERS, path).await;
    orders.see("heading", "Backup vaults").await;
    orders.see("table", "Backup vaults").await;
    assert_eq!(page.script(focused, vec![]).await, "catalog-above");

    // Keys are the page's until the user is in the element.
    page.type_keys("gs").await;
    orders.see("heading", "Backup vaults").await;
    orders.click_inside("link", "Servers").await;
    orders.see("heading", "Servers").await;
    let inside = "return element.shadowRoot.activeElement.id";
    assert_eq!(stage.in_element(ORDERS, inside).await, "page-heading");
    page.until("keys to be heard", async || {
        let script = "return Boolean(inside.querySelector('[aria-keyshortcuts]'))";
        Ok((stage.in_element(ORDERS, script).await == true).then_some(()))
    })
    .await;
    page.type_keys("gj").await;
    orders.see("heading", "Jobs").await;
    stage
        .region(CATALOG)
        .await
        .see("heading", &backups_of(OTHER_SERVER))
        .await;
    page.click("button", "Close orders").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_stops_one_element_which_says_so_and_starts_again() {
    let mut stage = Stage::with_host_page().await;
    stage.announce_console_error("unreachable");
    let page = stage.page().clone();
    open(&stage).await;
    page.script(NO_TABLE, vec![]).await;
    let (orders, catalog) = (stage.region(ORDERS).await, stage.region(CATALOG).await);
    orders.click_inside("link", "Servers").await;
    orders.see("heading", "The portal has stopped").await;
    page.screenshot("element-stopped").await;

    catalog.click_inside("link", "Servers").await;
    catalog.see("heading", "Servers").await;
    catalog.see("table", "Flexible servers").await;
    orders.click_inside("button", "Try again").await;
    orders.see("heading", &backups_of(SERVER)).await;
    page.click("button", "Close orders").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_release_comes_into_the_element_that_asks_for_it_and_the_page_stays() {
    let stage = Stage::with_host_page().await;
    let page = stage.page();
    page.before_each_page(&next_release(1)).await;
    open(&stage).await;
    let (orders, catalog) = (stage.region(ORDERS).await, stage.region(CATALOG).await);
    orders.click_inside("link", "Servers").await;
    orders.see("heading", "Servers").await;
    page.see_text("Page: Servers").await;
    page.script("window.isTheSame = true", vec![]).await;
    stage
        .in_element(ORDERS, "inside.querySelector('.frame').dataset.before = ''")
        .await;
    orders.click_inside("button", "Reload").await;
    page.until("the next start", async || {
        let script = "return inside.querySelector('.frame:not([data-before])') !== null";
        Ok((stage.in_element(ORDERS, script).await == true).then_some(()))
    })
    .await;
    // Where the user was, in the same page.
    orders.see("heading", "Servers").await;
    orders.see("table", "Flexible servers").await;
    catalog.see("heading", &backups_of(OTHER_SERVER)).await;
    catalog.see("button", "Reload").await;
    assert_eq!(page.script("return window.isTheSame", vec![]).await, true);
    page.click("button", "Close orders").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_an_element_in_a_page_that_is_not_on_the_list_shows_only_that() {
    let mut stage = Stage::with_unknown_host_page().await;
    let page = stage.page().clone();
    stage.open_host_page(PAGE).await;
    let orders = stage.region(ORDERS).await;
    orders.see("heading", "The portal does not start here").await;
    orders.see("link", "Open in a new tab").await;
    let asked = stage.requests().await;
    let azure = stage.azure_url();
    let asked: Vec<_> = asked
        .iter()
        .filter(|request| request.url.starts_with(&azure))
        .collect();
    assert!(asked.is_empty(), "{asked:#?}");
    page.click("button", "Close orders").await;
    stage.finish().await;
}
