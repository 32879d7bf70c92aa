//! Operations outlive their tab, and tabs do not get into each other's way.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{BACKUPS, BACKUPS_TABLE, JONAS, MIRA, SERVER};
use e2e::{Name, Page, Stage};
use serde_json::json;

/// Long enough for a second tab and its sign-in, short enough for a test: seventeen seconds.
const SLOW: f64 = 7.0;
/// A backup of the default world.
const KNOWN: &str = "before-schema-v42";

/// What is done, and then lost with its tab.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Deed {
    Backup,
    Deletion,
}

/// When the tab is closed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    BeforeTheAnswer,
    AfterTheAnswer,
    InMidPoll,
    AtTheEnd,
}

impl Deed {
    fn method(self) -> Method {
        match self {
            Self::Backup => Method::Put,
            Self::Deletion => Method::Delete,
        }
    }

    fn begun(self) -> &'static str {
        match self {
            Self::Backup => "On-demand backup initiated",
            Self::Deletion => "On-demand backup is being deleted",
        }
    }

    fn ended(self) -> &'static str {
        match self {
            Self::Backup => "On-demand backup completed",
            Self::Deletion => "On-demand backup deleted",
        }
    }

    /// Asks for it as a user does, and gives the backup's name.
    async fn ask(self, page: &Page) -> String {
        match self {
            Self::Backup => {
                let pane = page.open_take_backup().await;
                let field = pane.see("textbox", Name::containing("Backup name")).await;
                let name = field.value().await;
                pane.click_inside("button", "Trigger").await;
                name
            }
            Self::Deletion => {
                page.click("button", format!("Delete {KNOWN}").as_str()).await;
                let dialog = page.see("alertdialog", Name::containing("Delete")).await;
                dialog.click_inside("button", "Delete").await;
                KNOWN.to_owned()
            }
        }
    }
}

async fn check_that_it_survives(deed: Deed, moment: Moment) {
    let mut stage = Stage::with_emulator_server().await;
    let fault = |method, path: &str, kind| Fault {
        matching: RequestMatcher {
            method: Some(method),
            path_contains: path.to_owned(),
        },
        kind,
        times: 1,
    };
    match moment {
        Moment::BeforeTheAnswer => {
            stage.inject(fault(deed.method(), "/backups/", FaultKind::Never));
            // Looking for what is not there yet, or not any more, is answered so.
            stage.announce_console_error("status of 404");
        }
        Moment::InMidPoll => stage.inject(fault(Method::Get, "/azureAsyncOperation/", FaultKind::Never)),
        Moment::AfterTheAnswer | Moment::AtTheEnd => {}
    }
    let factor = if moment == Moment::AtTheEnd { 60.0 } else { SLOW };
    stage.with_world(|world| world.switches().operation_time_factor = factor);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let first = page.tab().await;
    let name = deed.ask(&page).await;
    match moment {
        Moment::BeforeTheAnswer => until_sent(&mut stage, deed.method(), "/backups/").await,
        Moment::AfterTheAnswer => page.see_notification(deed.begun()).await,
        Moment::InMidPoll => until_sent(&mut stage, Method::Get, "/azureAsyncOperation/").await,
        Moment::AtTheEnd => page.see_notification(deed.ended()).await,
    }

    let second = page.open_tab().await;
    page.look_at(&first).await;
    page.close_and_look_at(&second).await;
    stage.open(BACKUPS).await;
    page.see_backups_of(SERVER).await;
    if moment != Moment::AtTheEnd {
        page.see_notification_of(deed.ended(), &name).await;
    }
    match deed {
        Deed::Backup => drop(
            page.expect_row(BACKUPS_TABLE, &[("Name", &name), ("Type", "On-demand")])
                .await,
        ),
        Deed::Deletion => {
            page.until("the list without the backup", async || {
                let rows = page.rows(BACKUPS_TABLE).await;
                Ok(rows.iter().all(|row| row["Name"] != name).then_some(()))
            })
            .await;
        }
    }
    let journal = page.script(ENDS, vec![]).await;
    assert_eq!(journal, json!(["completed"]), "{deed:?}, {moment:?}");
    let said = times_said(&page, deed.ended()).await;
    assert_eq!(said, 1, "{deed:?}, {moment:?}: said {said} times");
    let sent = sent(&mut stage, deed.method(), "/backups/").await;
    assert_eq!(sent.len(), 1, "{deed:?}, {moment:?}: {sent:?}");
    stage.finish().await;
}

/// The state of each entry in the journal.
const ENDS: &str = "
    const entries = Object.keys(localStorage).filter((key) => key.startsWith('pgbp.operation.'));
    return entries.map((key) => JSON.parse(localStorage[key]).progress);";

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_survives_its_tab_before_the_answer() {
    check_that_it_survives(Deed::Backup, Moment::BeforeTheAnswer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_survives_its_tab_after_the_answer() {
    check_that_it_survives(Deed::Backup, Moment::AfterTheAnswer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_survives_its_tab_in_mid_poll() {
    check_that_it_survives(Deed::Backup, Moment::InMidPoll).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_survives_its_tab_at_the_end() {
    check_that_it_survives(Deed::Backup, Moment::AtTheEnd).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_survives_its_tab_before_the_answer() {
    check_that_it_survives(Deed::Deletion, Moment::BeforeTheAnswer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_survives_its_tab_after_the_answer() {
    check_that_it_survives(Deed::Deletion, Moment::AfterTheAnswer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_survives_its_tab_in_mid_poll() {
    check_that_it_survives(Deed::Deletion, Moment::InMidPoll).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_survives_its_tab_at_the_end() {
    check_that_it_survives(Deed::Deletion, Moment::AtTheEnd).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_visible_tabs_asks_and_both_show() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = SLOW);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let first = page.tab().await;
    let second = page.open_window().await;
    stage.open(BACKUPS).await;
    page.see_backups_of(SERVER).await;

    page.look_at(&first).await;
    let name = Deed::Backup.ask(&page).await;
    page.see_notification("On-demand backup initiated").await;
    page.look_at(&second).await;
    page.see_text("Being taken").await;
    let row = [("Name", name.as_str()), ("Type", "On-demand")];
    page.expect_row(BACKUPS_TABLE, &row).await;
    page.until("the end in the other tab", async || {
        Ok((page.script(ENDS, vec![]).await == json!(["completed"])).then_some(()))
    })
    .await;
    assert!(!page.has("region", "Notifications").await, "one tab toasts");
    assert_eq!(times_said(&page, "On-demand backup completed").await, 1);
    stage.inspect("bell-of-another-tab").await;

    page.look_at(&first).await;
    page.see_notification("On-demand backup completed").await;
    let polls = sent(&mut stage, Method::Get, "/azureAsyncOperation/").await;
    assert!(
        polls.iter().all(|tab| *tab == first.id()),
        "one tab asks: {polls:?}"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visible_tab_goes_on_where_the_one_that_asked_is_hidden_or_closed() {
    for closes in [true, false] {
        let mut stage = Stage::with_emulator_server().await;
        stage.with_world(|world| world.switches().operation_time_factor = SLOW);
        stage.open_as(MIRA, BACKUPS).await;
        let page = stage.page().clone();
        page.see_backups_of(SERVER).await;
        let first = page.tab().await;
        let second = page.open_window().await;
        stage.open(BACKUPS).await;
        page.see_backups_of(SERVER).await;
        page.look_at(&first).await;
        Deed::Backup.ask(&page).await;
        page.see_notification("On-demand backup initiated").await;
        if closes {
            page.close_and_look_at(&second).await;
        } else {
            page.minimize().await;
            page.look_at(&second).await;
        }
        page.see_notification("On-demand backup completed").await;
        let polls = sent(&mut stage, Method::Get, "/azureAsyncOperation/").await;
        assert_eq!(polls.last(), Some(&second.id()), "closed: {closes}");
        assert_eq!(sent(&mut stage, Method::Put, "/backups/").await.len(), 1);
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_tab_that_is_alone_goes_on_rarely_and_sees_the_end() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = SLOW * 2.0);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    Deed::Backup.ask(&page).await;
    page.see_notification("On-demand backup initiated").await;
    let before = sent(&mut stage, Method::Get, "/azureAsyncOperation/").await.len();
    page.minimize().await;
    page.until("the end", async || {
        Ok((page.script(ENDS, vec![]).await == json!(["completed"])).then_some(()))
    })
    .await;
    // Six seconds are six minutes of the service: at its own pace it would be asked two dozen times.
    let asked = sent(&mut stage, Method::Get, "/azureAsyncOperation/").await.len() - before;
    assert!((1..=10).contains(&asked), "asked {asked} times");
    page.restore().await;
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_user_of_this_browser_sees_nothing_of_it() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = SLOW);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    Deed::Backup.ask(&page).await;
    page.see_notification("On-demand backup initiated").await;
    let polls = sent(&mut stage, Method::Get, "/azureAsyncOperation/").await.len();

    hand_over_to(&page, JONAS, true).await;
    page.see_backups_of(SERVER).await;
    for said in ["On-demand backup initiated", "On-demand backup completed"] {
        assert_eq!(times_said(&page, said).await, 0, "{said}");
    }
    assert!(!page.text().await.contains("Being taken"));
    let polls_now = sent(&mut stage, Method::Get, "/azureAsyncOperation/").await.len();
    assert!(polls_now <= polls + 20, "another user's token asks for nothing");

    hand_over_to(&page, MIRA, false).await;
    page.see_backups_of(SERVER).await;
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_storage_and_locks_are_refused_it_is_followed_in_memory_and_the_bell_says_so() {
    const REFUSE: &str = "
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
        Object.defineProperty(navigator, 'locks', { value: undefined });";
    let mut stage = Stage::with_emulator_server().await;
    let page = stage.page().clone();
    let source = json!({ "source": REFUSE });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", source)
        .await;
    stage.open_as(MIRA, BACKUPS).await;
    page.see_backups_of(SERVER).await;
    let name = Deed::Backup.ask(&page).await;
    page.see_notification("On-demand backup completed").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", &name), ("Type", "On-demand")])
        .await;
    open_bell(&page).await;
    page.see_text("This browser refuses storage").await;
    page.see_text("This browser refuses locks").await;
    assert_eq!(sent(&mut stage, Method::Put, "/backups/").await.len(), 1);
    stage.inspect("storage-refused").await;
}

/// Another user takes over the page; one who has consented before is not asked again.
async fn hand_over_to(page: &Page, user: &str, is_new: bool) {
    page.click("button", Name::containing("Account")).await;
    page.click("button", "Sign in as somebody else").await;
    page.click("button", Name::containing(user)).await;
    if is_new {
        page.click("button", "Accept").await;
    }
}

async fn open_bell(page: &Page) {
    page.click("button", Name::containing("Notifications")).await;
    page.see("dialog", "Notifications").await;
}

/// How often the bell says something.
async fn times_said(page: &Page, title: &str) -> usize {
    if !page.has("dialog", "Notifications").await {
        open_bell(page).await;
    }
    let text = page
        .script(
            "return document.querySelector('dialog.bell-panel').innerText",
            vec![],
        )
        .await;
    text.as_str().unwrap_or_default().matches(title).count()
}

/// The tabs that sent requests of this method and path, in their order.
async fn sent(stage: &mut Stage, method: Method, path: &str) -> Vec<String> {
    let requests = stage.requests().await;
    let matching = requests
        .into_iter()
        .filter(|request| request.method == method.to_string() && request.url.contains(path));
    matching.map(|request| request.tab).collect()
}

async fn until_sent(stage: &mut Stage, method: Method, path: &str) {
    let page = stage.page().clone();
    page.until(&format!("a {method} {path}"), async || {
        Ok((!sent(stage, method, path).await.is_empty()).then_some(()))
    })
    .await;
}
