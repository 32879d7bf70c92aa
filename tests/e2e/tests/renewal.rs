//! A token that ends while the portal is open: renewed unseen, or with the user beside a page that stays.

use std::collections::BTreeSet;

use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER};
use e2e::{Name, Page, Stage};

/// Longer than a token is handed out, shorter than its life.
const MINUTES: i32 = 56;

/// Long enough for a sign-in, short enough for a test: seventeen seconds.
const SLOW: f64 = 7.0;

async fn signed_in() -> (Stage, Page) {
    signed_in_on(Stage::with_emulator_server().await).await
}

async fn signed_in_on(stage: Stage) -> (Stage, Page) {
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    // What stands here is gone with the document.
    page.script("window.isTheSameDocument = true", vec![]).await;
    page.until_keys_work().await;
    (stage, page)
}

async fn is_the_same_document(page: &Page) -> bool {
    page.script("return window.isTheSameDocument === true", vec![])
        .await
        == true
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_has_ended_is_renewed_unseen() {
    let (mut stage, page) = signed_in().await;
    page.let_time_pass(MINUTES).await;
    page.click("button", "Refresh").await;
    let tokens = page
        .until("a request with another token", async || {
            let requests = stage.requests().await;
            let tokens: BTreeSet<_> = requests
                .into_iter()
                .filter_map(|request| request.bearer)
                .collect();
            Ok((tokens.len() > 1).then_some(tokens.len()))
        })
        .await;
    assert_eq!(tokens, 2);
    page.see("table", BACKUPS_TABLE).await;
    assert!(is_the_same_document(&page).await, "the page was left");
    assert!(!page.has("button", "Sign in again").await);
    let frames = "return document.querySelectorAll('iframe').length";
    assert_eq!(page.script(frames, vec![]).await, 0, "the frame is gone");
    let asked = stage.requests().await.into_iter();
    let silent = asked.filter(|request| request.url.contains("prompt=none"));
    assert_eq!(silent.count(), 1, "one frame for all requests");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_renews_its_sign_in_too() {
    const UNTIL: &str =
        "return document.querySelector('#account-menu').textContent.match(/until (..:..)/)?.[1] ?? ''";
    let (stage, page) = signed_in_on(Stage::with_emulator_worker("/portal").await).await;
    let first = page.script(UNTIL, vec![]).await;
    page.let_time_pass(MINUTES).await;
    page.click("button", "Refresh").await;
    page.until("another end of the token", async || {
        let until = page.driver().execute(UNTIL, vec![]).await?;
        let is_later = until.json() != &first && until.json() != "";
        Ok(is_later.then_some(()))
    })
    .await;
    assert!(is_the_same_document(&page).await, "the page was left");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_code_tokens_come_from_the_token_endpoint_and_are_renewed_there() {
    let (mut stage, page) = signed_in_on(Stage::with_emulator_server_by_code().await).await;
    assert_eq!(page.address().await, stage.url(BACKUPS));
    page.let_time_pass(MINUTES).await;
    page.click("button", "Refresh").await;
    let requests = page
        .until("a request with another token", async || {
            let requests = stage.requests().await;
            let tokens: BTreeSet<_> = requests
                .iter()
                .filter_map(|request| request.bearer.clone())
                .collect();
            Ok((tokens.len() == 2).then_some(requests))
        })
        .await;
    assert!(is_the_same_document(&page).await, "the page was left");
    let of = |part: &str| {
        requests
            .iter()
            .filter(|request| request.url.contains(part))
            .count()
    };
    assert_eq!(
        of("/oauth2/v2.0/token"),
        2,
        "one for the code, one for the refresh token"
    );
    assert_eq!(
        (of("response_type=code"), of("prompt=none")),
        (1, 0),
        "and no frame"
    );

    // A user whom Entra knows comes back by themselves, with a code of their own.
    page.reload().await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_stays_while_the_user_signs_in_again_beside_the_page() {
    let (stage, page) = signed_in().await;
    let pane = page.open_take_backup().await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    field.fill_in("typed-before-the-end").await;

    stage.sign_out_at_entra().await;
    page.let_time_pass(MINUTES).await;
    pane.click_inside("button", "Trigger").await;
    pane.see_text("The sign-in has ended.").await;
    pane.click_inside("button", "Sign in again").await;
    page.see("dialog", "Sign in again").await;
    stage.works_in_every_view("sign-in-again").await;
    stage.sign_in_beside_as(MIRA).await;

    page.until_gone("dialog", "Sign in again").await;
    assert!(is_the_same_document(&page).await, "the page was left");
    assert_eq!(field.value().await, "typed-before-the-end");
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_goes_on_after_a_sign_in_beside_the_page() {
    let (stage, page) = signed_in().await;
    stage.with_world(|world| world.switches().operation_time_factor = SLOW);
    let pane = page.open_take_backup().await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup initiated").await;

    stage.sign_out_at_entra().await;
    page.let_time_pass(MINUTES).await;
    // The next look at the operation finds no token.
    page.see_text("Your sign-in has ended. Microsoft Entra wants to see you before it renews it.")
        .await;
    page.click("button", "Sign in again").await;
    stage.sign_in_beside_as(MIRA).await;
    page.until_gone("button", "Sign in again").await;
    page.see_notification("On-demand backup completed").await;
    assert!(is_the_same_document(&page).await, "the page was left");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_browser_opens_no_window_this_one_leads_there_and_back() {
    let (stage, page) = signed_in().await;
    stage.sign_out_at_entra().await;
    page.let_time_pass(MINUTES).await;
    page.click("button", "Refresh").await;
    page.script("window.open = () => null", vec![]).await;
    page.click("button", "Sign in again").await;
    page.see("dialog", "The browser opened no window").await;
    stage.inspect("no-window").await;
    page.click("button", "Sign in in this window").await;
    page.sign_in_again_as(MIRA).await;
    page.see_backups_of(SERVER).await;
    assert_eq!(page.address().await, stage.url(BACKUPS));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_is_heard_by_the_other_tabs_of_the_user() {
    let (stage, page) = signed_in().await;
    let first = page.tab().await;
    page.open_window().await;
    stage.open(BACKUPS).await;
    page.see_backups_of(SERVER).await;
    page.click("button", Name::containing("Account: ")).await;
    page.see_text("Signed in until").await;
    page.click("button", "Sign out").await;
    page.see("heading", "You are signed out").await;

    page.look_at(&first).await;
    page.see("heading", "You are signed out").await;
    page.see_text("You signed out in another tab.").await;
    assert!(is_the_same_document(&page).await, "it was told, not loaded anew");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_the_app_never_starts_in_a_frame_that_carries_an_answer() {
    let (stage, page) = signed_in().await;
    let inside = page
        .asynchronous_script(
            "const done = arguments[arguments.length - 1];
             const frame = document.createElement('iframe');
             frame.title = 'An answer in a frame';
             frame.src = `${arguments[0]}#error=login_required&state=somebody`;
             frame.addEventListener('load', () => {
                 const { location, document, pgbpSignInAnswer } = frame.contentWindow;
                 const started = frame.contentWindow.performance.getEntriesByType('resource')
                     .filter(({ name }) => name.endsWith('config.json'));
                 done([location.hash, document.getElementById('boot') !== null, pgbpSignInAnswer ?? null, started.length]);
                 frame.remove();
             });
             document.body.append(frame);",
            vec![stage.url("/").into()],
        )
        .await;
    assert_eq!(
        inside,
        serde_json::json!(["", true, null, 0]),
        "fragment, skeleton, answer, requests of the app"
    );
    stage.finish().await;
}
