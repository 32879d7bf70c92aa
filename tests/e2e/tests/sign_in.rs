//! Signing in, and what stays of it.

use e2e::Stage;
use e2e::portal::{BACKUPS, MIRA, NOOR, SERVER, SERVERS_TABLE};

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_link_and_a_reload_come_back_to_the_same_page() {
    let stage = Stage::with_emulator_server().await;
    let page = stage.page();
    let address = stage.url(BACKUPS);
    stage.open_as(MIRA, BACKUPS).await;
    page.see_backups_of(SERVER).await;
    assert_eq!(page.address().await, address);

    page.reload().await;
    page.see_backups_of(SERVER).await;
    assert_eq!(page.address().await, address);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t04_nothing_of_the_answer_stays_in_the_address_or_in_storage() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    page.see("table", SERVERS_TABLE).await;

    let address = page.address().await;
    assert_eq!(address, stage.url("/"), "the fragment is cleared");
    page.driver().back().await.expect("there is a page to go back to");
    let before = page
        .until_address("is not of the answer", |address| {
            !address.contains("access_token")
        })
        .await;
    assert!(!before.contains("id_token"), "{before}");
    page.driver()
        .forward()
        .await
        .expect("there is a page to go on to");
    page.until_address("is the app's", |address| address.starts_with(&stage.url("/")))
        .await;

    let token = stage
        .requests()
        .await
        .into_iter()
        .find_map(|request| request.bearer);
    let token = token.expect("the list of servers was read with a token");
    let kept = page
        .script("return JSON.stringify([localStorage, sessionStorage])", vec![])
        .await
        .to_string();
    assert!(!kept.contains(&token), "the token is kept: {kept}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_sign_in_says_so_and_can_be_tried_again() {
    let stage = Stage::with_emulator_server().await;
    let page = stage.page();
    stage.open(BACKUPS).await;
    page.click("button", "Cancel").await;
    page.see("heading", "The sign-in did not succeed").await;
    stage.inspect("cancelled-sign-in").await;

    page.click("button", "Sign in").await;
    page.sign_in_as(MIRA).await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_lives_below_a_base_path_and_signs_in_there() {
    let stage = Stage::with_emulator_worker("/portal").await;
    let page = stage.page();
    stage.open_as(MIRA, "/").await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    page.click("link", SERVER).await;
    page.see_backups_of(SERVER).await;
    assert_eq!(
        page.address().await,
        stage.url(BACKUPS),
        "links keep the base path"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_without_a_subscription_is_told_what_is_missing() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(NOOR, "/").await;
    stage
        .page()
        .see("heading", "You may not see the servers of any subscription")
        .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_after_a_reload_leads_to_the_page_before_and_not_to_the_sign_in() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    page.click("link", SERVER).await;
    page.see_backups_of(SERVER).await;
    page.reload().await;
    page.see_backups_of(SERVER).await;

    page.back().await;
    page.see("heading", "Servers").await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_answers_that_must_not_be_believed_are_said_and_the_next_one_helps() {
    const NOT_ASKED: &str = "An answer came to a sign-in that this tab did not begin";
    const CHECKED: &str = "The answer failed a check and was not used.";
    let stage = Stage::with_emulator_server().await;
    stage.play_sign_in("wrong-state");
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    for (play, said) in [
        ("replay", NOT_ASKED),
        ("twice", NOT_ASKED),
        ("wrong-nonce", CHECKED),
        ("wrong-hash", CHECKED),
        ("wrong-audience", CHECKED),
        ("wrong-issuer", CHECKED),
        ("wrong-tenant", CHECKED),
        ("expired", "The account is of another directory"),
        ("unreadable", "Set the date and time of this computer"),
        ("error-53003", CHECKED),
        ("slow", "Access has been blocked by Conditional Access policies."),
    ] {
        page.see_text(said).await;
        page.see("heading", "The sign-in did not succeed").await;
        stage.play_sign_in(play);
        page.script("window.isBefore = true", vec![]).await;
        page.click("button", "Sign in").await;
        page.until("the next page", async || {
            let script = "return window.isBefore !== true && document.querySelector('main') !== null";
            Ok((page.script(script, vec![]).await == true).then_some(()))
        })
        .await;
    }
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}
