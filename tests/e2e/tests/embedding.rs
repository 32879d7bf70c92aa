//! The portal in a frame of another portal's page: what it hears and from whom, and what that page is told.

use e2e::portal::{BACKUPS_TABLE, SERVER, SERVERS_TABLE};
use e2e::{Name, Page, Stage};
use serde_json::{Value, json};

/// The place of the portal among the frames of a host's page.
pub const PORTAL: u16 = 0;

/// The resource id of the server that is shown first.
pub const SERVER_ID: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/\
     providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

/// Alt and the left arrow, as WebDriver writes them.
const ALT_LEFT: &str = "\u{e00a}\u{e012}";

/// What a page shows that its host has not started.
pub const NOT_STARTED: &str = "The portal does not start here";

pub async fn beside(page: &str) -> (Stage, Page) {
    let stage = Stage::with_host_page().await;
    stage.open_host_page(page).await;
    let page = stage.page().clone();
    (stage, page)
}

/// Runs a script in the host's page, whatever is looked at.
pub async fn in_host(page: &Page, script: &str) -> Value {
    page.look_at_document().await;
    page.script(script, vec![]).await
}

/// Waits until a script in the host's page gives something true.
pub async fn until_host(page: &Page, what: &str, script: &str) -> Value {
    page.look_at_document().await;
    let script = format!("return {script}");
    page.until(what, async || {
        let found = page.driver().execute(&script, vec![]).await?;
        let found = found.json().clone();
        let is_there = found != Value::Null && found != json!(false) && found != json!(0);
        Ok(is_there.then_some(found))
    })
    .await
}

/// No text that the portal has told its host holds a token or a signature.
pub async fn told_no_secret(page: &Page) {
    let told = in_host(page, "return JSON.stringify(window.heard)").await;
    let told = told.as_str().expect("what was heard");
    assert!(!told.contains("eyJ") && !told.contains("sig="), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_host_sees_a_backup_through_and_its_own_page_is_never_touched() {
    const STATE: &str =
        "return [location.href, history.length, document.title, document.documentElement.lang].join(' ')";
    let (mut stage, page) = beside("index.html").await;
    let before = page.script(STATE, vec![]).await;
    page.look_into_frame(PORTAL).await;
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    stage.works_in_every_view("embedded").await;

    let pane = page.open_take_backup().await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    field.fill_in("from-the-host").await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup completed").await;
    page.see("table", BACKUPS_TABLE).await;

    // Links lead inside the frame, and so does the key for *Back*.
    page.click("link", "Backup vaults").await;
    page.see("heading", "Backup vaults").await;
    page.look_at_document().await;
    let news = page.see("log", "News of the backup portal").await;
    for text in [
        "The backup portal has started.",
        "info: On-demand backup initiated",
        "success: On-demand backup completed",
        "It shows Backup vaults (/vaults).",
    ] {
        news.see_text(text).await;
    }
    assert_eq!(page.script(STATE, vec![]).await, before, "the host's own page");

    // Who signs in is the host, and says so.
    page.look_into_frame(PORTAL).await;
    page.click("button", Name::containing("Account")).await;
    page.see_text("Signed in by 127.0.0.1").await;
    assert!(!page.has("button", "Sign out").await);
    assert!(!page.has("button", "Sign in as somebody else").await);
    let requests = stage.requests().await;
    assert!(
        !requests.iter().any(|request| request.url.contains("/oauth2/")),
        "nobody is asked at Entra"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hosts_look_language_and_target_are_the_portals() {
    let (stage, page) = beside("index.html").await;
    page.look_into_frame(PORTAL).await;
    page.see_backups_of(SERVER).await;
    page.see("table", BACKUPS_TABLE).await;
    const LOOK: &str = "const root = document.documentElement, body = document.body;
        return [root.dataset.theme, body.dataset.contrast ?? '', getComputedStyle(body).backgroundColor].join(' ')";
    const LOCAL: &str = "return document.querySelector('td time[title]').title";
    assert!(!page.has("button", "Dark theme").await, "the host has the theme");
    let in_english = page.script(LOCAL, vec![]).await;
    assert_eq!(page.script(LOOK, vec![]).await, "light  rgb(250, 250, 250)");

    page.look_at_document().await;
    page.click("button", "Dark").await;
    page.click("button", "More contrast").await;
    page.script(
        "const locale = document.querySelector('#locale');
         locale.value = 'de-CH'; locale.dispatchEvent(new Event('change'));",
        vec![],
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.until("the host's dark look", async || {
        let look = page.driver().execute(LOOK, vec![]).await?;
        Ok((look.json() == "dark more rgb(0, 0, 0)").then_some(()))
    })
    .await;
    page.until("German times", async || {
        let local = page.driver().execute(LOCAL, vec![]).await?;
        Ok((local.json() != &in_english && local.json() != &Value::Null).then_some(()))
    })
    .await;
    stage.inspect("embedded-more-contrast").await;

    page.look_at_document().await;
    page.click("button", "bv-commerce-weu").await;
    page.look_into_frame(PORTAL).await;
    page.see("heading", Name::containing("bv-commerce-weu")).await;
    page.look_at_document().await;
    page.click("button", "pg-catalog-prod").await;
    page.look_into_frame(PORTAL).await;
    page.see_backups_of("pg-catalog-prod").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_leads_elsewhere_only_once_the_user_lets_what_is_typed_go() {
    let (stage, page) = beside("bare.html").await;
    page.script("beHost({ ...token(1, 3600), path: '/vaults' })", vec![])
        .await;
    page.look_into_frame(PORTAL).await;
    page.click("link", "Configure backup").await;
    page.click("radio", "bv-commerce-weu").await;
    page.click("button", "Next : Backup policy").await;
    page.see("radio", "pgflex-long-term").await;
    // *Back* by its key goes through the steps, in the memory of the portal and not in the browser's history.
    let entries = in_host(&page, "return history.length").await;
    page.look_into_frame(PORTAL).await;
    page.type_keys(ALT_LEFT).await;
    page.see("radio", "bv-commerce-weu").await;
    in_host(&page, &format!("say('target', {{ resourceId: '{SERVER_ID}' }})")).await;
    page.look_into_frame(PORTAL).await;
    let asked = page.see("alertdialog", "Leave without saving?").await;
    asked.click_inside("button", "Stay").await;
    page.see("radio", "bv-commerce-weu").await;
    in_host(&page, &format!("say('target', {{ resourceId: '{SERVER_ID}' }})")).await;
    page.look_into_frame(PORTAL).await;
    let asked = page.see("alertdialog", "Leave without saving?").await;
    asked.click_inside("button", "Leave").await;
    page.see_backups_of(SERVER).await;
    in_host(&page, "say('path', { path: '/jobs' })").await;
    until_host(
        &page,
        "the page that was led to",
        "heardOf('navigate').some(({ path }) => path === '/jobs')",
    )
    .await;
    assert_eq!(in_host(&page, "return history.length").await, entries);
    page.look_into_frame(PORTAL).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_can_be_held_too_and_tells_how_high_it_would_like_to_be() {
    let stage = Stage::with_plain_host_beside_a_host_page(&["own"]).await;
    stage.open_host_page("bare.html").await;
    let page = stage.page().clone();
    // The frame takes each height that it is told.
    page.script(
        "beHost(token(1, 3600));
         const act = window.onHeard;
         window.onHeard = (message) => {
             act(message);
             if (message.type === 'pgbackup/resize') frame.style.height = `${message.height}px`;
         };",
        vec![],
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see("table", SERVERS_TABLE).await;
    until_host(&page, "a height", "heardOf('resize').length").await;
    let has_no_bar =
        "const main = document.querySelector('.page-main'); return main.scrollHeight <= main.clientHeight";
    page.look_into_frame(PORTAL).await;
    page.until("a page that does not scroll", async || {
        let fits = page.driver().execute(has_no_bar, vec![]).await?;
        Ok((fits.json() == true).then_some(()))
    })
    .await;
    let heights = in_host(&page, "return heardOf('resize').map(({ height }) => height)").await;
    let heights: Vec<_> = heights
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_u64)
        .collect();
    assert!(
        heights.iter().all(|height| (320..=2000).contains(height)),
        "{heights:?}"
    );
    assert!(heights.len() < 20, "the heights come to rest: {heights:?}");
    page.look_into_frame(PORTAL).await;
    // Who it is nobody has said, so nothing is kept of them.
    page.click("button", "Notifications").await;
    page.see_text("the page around the portal does not say who you are")
        .await;
    let kept = page.script(
        "return Object.keys(localStorage).filter((key) => key.includes('pgbp.operation'))",
        vec![],
    );
    assert_eq!(kept.await, json!([]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_an_origin_that_is_not_on_the_list_is_shown_nothing_but_the_way_out() {
    for hosts in [&[][..], &["https://portal.contoso.com"]] {
        // This host sends no headers, so that only the page itself can refuse.
        let mut stage = Stage::with_plain_host_beside_a_host_page(hosts).await;
        stage.open_host_page("bare.html").await;
        let page = stage.page().clone();
        page.look_into_frame(PORTAL).await;
        page.see("heading", NOT_STARTED).await;
        page.see("link", "Open in a new tab").await;
        let link =
            "const { href, target, rel } = document.querySelector('a'); return [href, target, rel].join(' ')";
        let expected = format!("{} _blank noopener", stage.url("/"));
        assert_eq!(page.script(link, vec![]).await, expected, "{hosts:?}");
        assert!(!page.has("button", "Sign in").await);
        stage.inspect("not-embedded").await;
        let requests = stage.requests().await;
        let is_of_the_world = |url: &str| url.contains("emulator-worker") || url.contains("authorize");
        assert!(
            !requests.iter().any(|request| is_of_the_world(&request.url)),
            "{hosts:?}"
        );
        let heard = in_host(&page, "return window.heard.length").await;
        assert_eq!(heard, 0, "nothing is told to an origin that is not on the list");
        page.look_into_frame(PORTAL).await;
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t12_only_the_window_around_it_that_knows_the_nonce_starts_the_portal() {
    let (stage, page) = beside("bare.html").await;
    until_host(&page, "the portal's *ready*", "heardOf('ready').length").await;
    // The right origin and nonce from another window, then the right window with another nonce.
    in_host(
        &page,
        "const [{ nonce }] = heardOf('ready');
         sayAsSibling('init', { nonce, ...token(66, 3600) });
         say('init', { nonce: 'another', ...token(67, 3600) });
         say('token-response', { requestId: 'r', ...token(68, 3600) });
         say('target', { resourceId: '/subscriptions/s' });",
    )
    .await;
    page.look_into_frame(PORTAL).await;
    // Nobody has answered it, so it gives up after its ten seconds.
    page.see("heading", NOT_STARTED).await;
    page.see_text("gave it no answer").await;
    assert_eq!(
        in_host(&page, "return heardOf('started').length").await,
        0,
        "nobody has started it"
    );

    in_host(&page, "beHost(token(1, 3600))").await;
    page.look_into_frame(PORTAL).await;
    stage.inspect("silent-host").await;
    page.click("button", "Try again").await;
    page.see("table", SERVERS_TABLE).await;
    stage.finish().await;
}
