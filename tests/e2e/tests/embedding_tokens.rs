//! The tokens of a portal in a frame: what it asks its host for, when, and what becomes of the answers.

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::Name;
use e2e::portal::{BACKUPS_TABLE, SERVER, SERVERS_TABLE};

use crate::embedding::{NOT_STARTED, PORTAL, SERVER_ID, beside, in_host, told_no_secret, until_host};

#[tokio::test(flavor = "multi_thread")]
async fn t12_an_answer_is_taken_once_and_only_from_the_page_around_it() {
    let (mut stage, page) = beside("bare.html").await;
    until_host(&page, "the portal's *ready*", "heardOf('ready').length").await;
    in_host(
        &page,
        "const [{ nonce }] = heardOf('ready'); say('init', { nonce, locale: 'en-US' });",
    )
    .await;
    until_host(
        &page,
        "a request for a token",
        "heardOf('token-request').some(({ reason }) => reason === 'missing')",
    )
    .await;
    in_host(
        &page,
        "const [{ requestId }] = heardOf('token-request');
         sayAsSibling('token-response', { requestId, ...token(66, 3600) });
         say('token-response', { requestId: 'another', ...token(67, 3600) });
         say('token-response', { requestId, ...token(1, 3600) });
         say('token-response', { requestId, ...token(68, 3600) });
         const [{ nonce }] = heardOf('ready');
         say('init', { nonce, ...token(69, 3600) });",
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see("table", SERVERS_TABLE).await;
    let asked = in_host(
        &page,
        "return [token(1, 0).token, heardOf('token-request').length]",
    )
    .await;
    let bearers: Vec<_> = stage
        .requests()
        .await
        .into_iter()
        .filter_map(|request| request.bearer)
        .collect();
    assert!(!bearers.is_empty());
    assert!(
        bearers.iter().all(|bearer| *bearer == asked[0]),
        "one token, and the right one"
    );
    assert_eq!(asked[1], 1, "asked once for all that waited");
    told_no_secret(&page).await;
    page.look_into_frame(PORTAL).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_asked_for_ahead_of_its_end_and_nobody_notices() {
    let (mut stage, page) = beside("bare.html").await;
    // Handed out until a minute before its end, and renewed when half of that is over: after two seconds.
    page.script(
        "beHost({ ...token(1, 64), resourceId: arguments[0] }, () => token(2, 3600))",
        vec![SERVER_ID.into()],
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see_backups_of(SERVER).await;
    until_host(
        &page,
        "the next token",
        "heardOf('token-request').some(({ reason }) => reason === 'expiring')",
    )
    .await;
    let second = in_host(&page, "return token(2, 0).token").await;
    page.look_into_frame(PORTAL).await;
    page.click("button", "Refresh").await;
    page.until("a request with the next token", async || {
        let requests = stage.requests().await;
        let is_second = |bearer: &String| *bearer == second;
        Ok(requests
            .iter()
            .any(|request| request.bearer.as_ref().is_some_and(is_second))
            .then_some(()))
    })
    .await;
    assert!(!page.has("button", "Sign in again").await);
    told_no_secret(&page).await;
    page.look_into_frame(PORTAL).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_gives_no_token_is_named_with_what_it_says_and_asked_again() {
    let (stage, page) = beside("bare.html").await;
    page.script(
        "beHost({ resourceId: arguments[0] }, () => window.fails
            ? { error: { code: 'interaction_required', message: 'Sign in to Contoso operations again.' } }
            : token(1, 3600));
         window.fails = true;",
        vec![SERVER_ID.into()],
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see("heading", NOT_STARTED).await;
    page.see_text("interaction_required: Sign in to Contoso operations again.")
        .await;
    stage.inspect("no-token-from-the-host").await;
    in_host(&page, "window.fails = false").await;
    page.look_into_frame(PORTAL).await;
    page.click("button", "Try again").await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_gives_no_token_any_more_is_asked_again_from_the_page_that_stays() {
    let (stage, page) = beside("bare.html").await;
    page.script(
        "window.fails = true;
         beHost({ ...token(1, 3600), resourceId: arguments[0] }, () => window.fails
            ? { error: { code: 'interaction_required', message: 'Sign in to Contoso operations again.' } }
            // The portal's clock is put forward, and the host's is not.
            : token(2, 7200));",
        vec![SERVER_ID.into()],
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see("heading", Name::containing(SERVER)).await;
    page.until_keys_work().await;
    page.script("window.isTheSameDocument = true", vec![]).await;
    page.let_time_pass(60).await;
    page.click("button", "Refresh").await;
    page.until("the end of the session", async || {
        let menu = "return document.querySelector('#account-menu').textContent.includes('Sign in again')";
        let menu = page.driver().execute(menu, vec![]).await?;
        Ok((menu.json() == true).then_some(()))
    })
    .await;
    page.click("button", Name::containing("Account")).await;
    page.click("button", "Sign in again").await;
    let dialog = page.see("dialog", "The sign-in did not succeed").await;
    dialog
        .see_text("It says: Sign in to Contoso operations again. (interaction_required).")
        .await;
    assert!(!page.has("button", "Sign in in this window").await);
    stage.works_in_every_view("host-gives-no-token").await;
    in_host(&page, "window.fails = false").await;
    page.look_into_frame(PORTAL).await;
    page.click("button", "Try again").await;
    page.until_gone("dialog", "The sign-in did not succeed").await;
    page.until_gone("dialog", "Sign in again").await;
    page.click("button", "Refresh").await;
    page.see("table", BACKUPS_TABLE).await;
    assert_eq!(page.script("return window.isTheSameDocument", vec![]).await, true);
    told_no_secret(&page).await;
    page.look_into_frame(PORTAL).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_token_is_asked_of_the_host_where_azure_refuses_one() {
    let (mut stage, page) = beside("bare.html").await;
    page.script(
        "beHost({ ...token(1, 3600), resourceId: arguments[0] }, ({ reason }) => token(2, 3600, { reason }))",
        vec![SERVER_ID.into()],
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see_backups_of(SERVER).await;

    stage.inject(Fault {
        matching: RequestMatcher {
            path_contains: "/backups".to_owned(),
            ..RequestMatcher::default()
        },
        kind: FaultKind::Status {
            status: 401,
            code: "InvalidAuthenticationToken".to_owned(),
            message: "The access token is invalid.".to_owned(),
            retry_after: None,
        },
        times: 1,
    });
    stage.announce_console_error("401");
    page.click("button", "Refresh").await;
    until_host(
        &page,
        "a request for another token",
        "heardOf('token-request').some(({ reason }) => reason === 'refused')",
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see("table", BACKUPS_TABLE).await;
    assert!(!page.has("button", "Sign in again").await);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn proof_that_azure_asks_for_is_asked_of_the_host_without_the_user() {
    let (mut stage, page) = beside("bare.html").await;
    page.script(
        "beHost({ ...token(1, 3600), resourceId: arguments[0] },
            ({ claims }) => token(2, 3600, claims ? { acrs: ['p1'] } : {}))",
        vec![SERVER_ID.into()],
    )
    .await;
    page.look_into_frame(PORTAL).await;
    page.see_backups_of(SERVER).await;
    stage.announce_console_error("401");
    stage.with_world(|world| world.switches().required_context = Some("p1".to_owned()));
    let pane = page.open_take_backup().await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup initiated").await;
    let claims = until_host(
        &page,
        "a request for proof",
        "heardOf('token-request').find(({ reason }) => reason === 'claims')?.claims",
    )
    .await;
    assert!(claims.as_str().expect("JSON").contains("acrs"), "{claims}");
    told_no_secret(&page).await;
    page.look_into_frame(PORTAL).await;
    stage.finish().await;
}
