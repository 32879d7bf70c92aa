//! A restore outlives its tab, and is asked for once however many tabs there are.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{JONAS, MIRA};
use e2e::{Key, Name, Page, Stage};
use serde_json::json;

const VAULT: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu";
const BILLING: &str = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
const ACCOUNT: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod\
     /providers/Microsoft.Storage/storageAccounts/stcommercebackup";
/// Long enough for a second tab and its sign-in, short enough for a test: seventeen seconds.
const SLOW: f64 = 42.0;

/// When the tab is closed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    BeforeTheAnswer,
    AfterTheAnswer,
    WhileItStarts,
    WhileItsJobRuns,
    AtTheEnd,
}

fn fault(method: Method, path: &str, kind: FaultKind, times: u32) -> Fault {
    let matching = RequestMatcher {
        method: Some(method),
        path_contains: path.to_owned(),
    };
    Fault {
        matching,
        kind,
        times,
    }
}

/// Fills in the form and has Azure validate it.
async fn validate(stage: &mut Stage) {
    let page = stage.page().clone();
    page.see("heading", "Restore").await;
    page.click("button", "Choose recovery point").await;
    let pane = page.see("dialog", "Choose a recovery point").await;
    pane.see("radio", Name::containing("20")).await;
    page.script(
        "document.querySelector('dialog input[type=radio]').click();",
        vec![],
    )
    .await;
    pane.click_inside("button", "Select").await;
    page.click("button", "Validate").await;
    page.see_text("Validated.").await;
}

/// The tabs that sent requests of this method and path, in their order.
async fn sent(stage: &mut Stage, method: Method, path: &str) -> Vec<String> {
    let requests = stage.requests().await;
    let is_it = |url: &str| url.split('?').next().is_some_and(|url| url.contains(path));
    let matching = requests
        .into_iter()
        .filter(|request| request.method == method.to_string() && is_it(&request.url));
    matching.map(|request| request.tab).collect()
}

async fn until_sent(stage: &mut Stage, method: Method, path: &str, more_than: usize) {
    let page = stage.page().clone();
    page.until(&format!("a {method} {path}"), async || {
        Ok((sent(stage, method, path).await.len() > more_than).then_some(()))
    })
    .await;
}

/// The state of each entry in the journal.
const ENDS: &str = "
    const entries = Object.keys(localStorage).filter((key) => key.startsWith('pgbp.operation.'));
    return entries.map((key) => JSON.parse(localStorage[key]).progress);";

/// How often the bell says something.
async fn times_said(page: &Page, title: &str) -> usize {
    if !page.has("dialog", "Notifications").await {
        page.click("button", Name::containing("Notifications")).await;
        page.see("dialog", "Notifications").await;
    }
    let text = page.script(
        "return document.querySelector('dialog.bell-panel').innerText",
        vec![],
    );
    let text = text.await;
    text.as_str().unwrap_or_default().matches(title).count()
}

fn form() -> String {
    format!("{VAULT}/instances/{BILLING}/restore?account={ACCOUNT}&container=restored-files")
}

async fn open_form(slow: f64) -> Stage {
    let stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = slow);
    stage.open_as(MIRA, &form()).await;
    stage
}

async fn check_that_it_survives(moment: Moment) {
    let factor = if moment == Moment::AtTheEnd { 400.0 } else { SLOW };
    let mut stage = open_form(factor).await;
    let page = stage.page().clone();
    validate(&mut stage).await;
    let never = |method, path| fault(method, path, FaultKind::Never, 1);
    let polls = sent(&mut stage, Method::Get, "/operationStatus/").await.len();
    match moment {
        Moment::BeforeTheAnswer => stage.inject(never(Method::Post, "/restore")),
        Moment::WhileItStarts => stage.inject(never(Method::Get, "/operationStatus/")),
        Moment::WhileItsJobRuns => stage.inject(never(Method::Get, "/backupJobs/")),
        Moment::AfterTheAnswer | Moment::AtTheEnd => {}
    }
    let first = page.tab().await;
    page.click("button", "Restore").await;
    match moment {
        Moment::BeforeTheAnswer => until_sent(&mut stage, Method::Post, "/restore", 0).await,
        Moment::AfterTheAnswer => page.see_notification("Restore initiated").await,
        Moment::WhileItStarts => until_sent(&mut stage, Method::Get, "/operationStatus/", polls).await,
        Moment::WhileItsJobRuns => until_sent(&mut stage, Method::Get, "/backupJobs/", 0).await,
        Moment::AtTheEnd => page.see_notification("Restore completed").await,
    }

    let second = page.open_tab().await;
    page.look_at(&first).await;
    page.close_and_look_at(&second).await;
    stage.open(&format!("{VAULT}/instances/{BILLING}")).await;
    page.see("heading", "Recovery points").await;
    if moment != Moment::AtTheEnd {
        page.see_notification_of("Restore completed", "restored-files")
            .await;
    }
    let journal = page.script(ENDS, vec![]).await;
    assert_eq!(journal, json!(["completed"]), "{moment:?}");
    let said = times_said(&page, "Restore completed").await;
    assert_eq!(said, 1, "{moment:?}: said {said} times");
    page.click("link", "Show job").await;
    page.until_address("the job", |address| address.contains("/jobs/"))
        .await;
    let sent = sent(&mut stage, Method::Post, "/restore").await;
    assert_eq!(sent.len(), 1, "{moment:?}: {sent:?}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_survives_its_tab_before_the_answer() {
    check_that_it_survives(Moment::BeforeTheAnswer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_survives_its_tab_after_the_answer() {
    check_that_it_survives(Moment::AfterTheAnswer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_survives_its_tab_while_it_starts() {
    check_that_it_survives(Moment::WhileItStarts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_survives_its_tab_while_its_job_runs() {
    check_that_it_survives(Moment::WhileItsJobRuns).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_survives_its_tab_at_the_end() {
    check_that_it_survives(Moment::AtTheEnd).await;
}

/// Both tabs have validated the same restore: what one of them begins, the other one shows, and does not begin again.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_tabs_one_restores_and_both_show_how_far_it_is() {
    let mut stage = open_form(SLOW).await;
    let page = stage.page().clone();
    page.see("heading", "Restore").await;
    let first = page.tab().await;
    let second = page.open_window().await;
    stage.open(&format!("{VAULT}/instances/{BILLING}")).await;
    page.see("heading", "Recovery points").await;

    page.look_at(&first).await;
    validate(&mut stage).await;
    page.click("button", "Restore").await;
    page.see_notification("Restore initiated").await;
    page.look_at(&second).await;
    page.see_text("Restore initiated").await;
    page.see("progressbar", "Restore initiated").await;
    page.until("the end in the other tab", async || {
        Ok((page.script(ENDS, vec![]).await == json!(["completed"])).then_some(()))
    })
    .await;
    assert!(!page.has("region", "Notifications").await, "one tab toasts");
    assert_eq!(times_said(&page, "Restore completed").await, 1);
    stage.inspect("bell-of-a-restore").await;
    assert_eq!(sent(&mut stage, Method::Post, "/restore").await, [first.id()]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_read_that_answers_504_is_no_failure_of_the_restore_and_a_cancelled_job_is_said_as_such() {
    for (kind, title) in [
        (None, "Restore completed"),
        (Some(arm_emulator::JobEnd::Cancelled), "Restore cancelled"),
    ] {
        let mut stage = open_form(200.0).await;
        let page = stage.page().clone();
        stage.announce_console_error("status of 504");
        validate(&mut stage).await;
        if let Some(end) = kind {
            let kind = FaultKind::EndJob {
                end,
                code: "UserErrorX".to_owned(),
                message: "Somebody gave it up.".to_owned(),
            };
            stage.inject(fault(Method::Post, "/restore", kind, 1));
        }
        let gateway = FaultKind::Status {
            status: 504,
            code: "GatewayTimeout".to_owned(),
            message: "The gateway did not receive a response.".to_owned(),
            retry_after: None,
        };
        stage.inject(fault(Method::Get, "/backupJobs/", gateway, 6));
        page.click("button", "Restore").await;
        let words = if kind.is_some() {
            "Somebody gave it up."
        } else {
            "restored-files"
        };
        page.see_notification_of(title, words).await;
        assert_eq!(sent(&mut stage, Method::Post, "/restore").await.len(), 1);
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_user_of_this_browser_sees_nothing_of_a_restore() {
    let mut stage = open_form(SLOW).await;
    let page = stage.page().clone();
    validate(&mut stage).await;
    page.click("button", "Restore").await;
    page.see_notification("Restore initiated").await;
    stage.open(VAULT).await;
    page.see("heading", "bv-commerce-weu").await;

    hand_over_to(&page, JONAS, true).await;
    page.see("heading", "bv-commerce-weu").await;
    assert_eq!(times_said(&page, "Restore").await, 0);
    page.press(Key::Escape).await;
    page.until_gone("dialog", "Notifications").await;

    hand_over_to(&page, MIRA, false).await;
    page.see("heading", "bv-commerce-weu").await;
    page.see_notification("Restore completed").await;
    assert_eq!(sent(&mut stage, Method::Post, "/restore").await.len(), 1);
    stage.finish().await;
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
