//! What was begun goes on, whatever becomes of the page, and nothing is begun twice.

use std::collections::BTreeSet;

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER};
use e2e::{Key, Name, Stage};
use serde_json::json;

/// Long enough for a reload and a sign-in, short enough for a test: seventeen seconds.
const SLOW: f64 = 7.0;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_followed_again_after_a_reload() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = SLOW);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    let name = pane
        .see("textbox", Name::containing("Backup name"))
        .await
        .value()
        .await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup initiated").await;

    page.reload().await;
    page.see_backups_of(SERVER).await;
    page.see_text("Being taken").await;
    page.see_notification_of("On-demand backup completed", &name)
        .await;
    page.expect_row(BACKUPS_TABLE, &[("Name", &name), ("Type", "On-demand")])
        .await;
    assert_eq!(
        puts(&mut stage).await,
        1,
        "the reload asks, it does not begin again"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_taken_has_details_that_become_the_backups() {
    let stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = SLOW);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    let name = pane
        .see("textbox", Name::containing("Backup name"))
        .await
        .value()
        .await;
    pane.click_inside("button", "Trigger").await;
    page.click("button", Name::containing(&format!("Details of {name}")))
        .await;
    let details = page.see("dialog", Name::containing(&name)).await;
    details.see_text("Being taken").await;
    details.see_text("so far").await;
    stage.inspect("live-details").await;
    details.see_text("Retained until (UTC)").await;
    page.press(Key::Escape).await;
    page.until_gone("dialog", Name::containing(&name)).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_again_while_it_runs_follows_it_once() {
    const COMPLETED: &str = "
        const titles = [...document.querySelectorAll('dialog .bell-title')];
        return titles.filter((title) => title.textContent.endsWith('On-demand backup completed')).length;";
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = SLOW);
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    let name = pane
        .see("textbox", Name::containing("Backup name"))
        .await
        .value()
        .await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup initiated").await;
    page.click("button", Name::containing("Notifications,")).await;
    page.click("button", "Check again").await;
    page.click("button", "Check again").await;
    page.see_notification("On-demand backup completed").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", &name), ("Type", "On-demand")])
        .await;
    assert_eq!(page.script(COMPLETED, vec![]).await, json!(1), "said once");
    assert_eq!(puts(&mut stage).await, 1);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_fast_clicks_send_one_request() {
    const CLICK_THRICE: &str = "
        const buttons = [...document.querySelectorAll('dialog button')];
        const trigger = buttons.find((button) => button.textContent.trim() === 'Trigger');
        for (let click = 0; click < arguments[0]; click += 1) trigger.click();
        return Boolean(trigger);";
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    page.open_take_backup().await.see("button", "Trigger").await;
    assert_eq!(page.script(CLICK_THRICE, vec![json!(3)]).await, json!(true));
    page.see_notification("On-demand backup completed").await;
    assert_eq!(puts(&mut stage).await, 1, "one request for one backup");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_is_no_failure_and_the_backup_is_found() {
    let mut stage = Stage::with_emulator_server().await;
    stage.inject(Fault {
        matching: RequestMatcher {
            method: Some(arm_core::Method::Put),
            path_contains: "/backups/".to_owned(),
        },
        kind: FaultKind::WithoutCors,
        times: 1,
    });
    stage.announce_console_error("CORS policy");
    stage.announce_console_error("net::ERR_FAILED");
    // Looking for a backup that is not there yet is answered so.
    stage.announce_console_error("status of 404");
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let pane = page.open_take_backup().await;
    let name = pane
        .see("textbox", Name::containing("Backup name"))
        .await
        .value()
        .await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification_of("On-demand backup: outcome not known", &name)
        .await;
    page.see_notification("On-demand backup completed").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", &name), ("Type", "On-demand")])
        .await;
    assert_eq!(
        puts(&mut stage).await,
        1,
        "what may have begun is not asked for again"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_sign_in_leaves_the_page_and_offers_another() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    // Nothing can be renewed unseen of a user whom Entra does not know any more.
    stage.sign_out_at_entra().await;
    refuse_the_token_once(&mut stage);
    page.click("button", "Refresh").await;
    page.see_text("Your sign-in has ended.").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", "before-schema-v42")])
        .await;
    let text = page.text().await;
    assert!(
        !text.contains("could not be read"),
        "the reason is said once: {text}"
    );
    stage.inspect("expired-sign-in").await;

    page.click("button", "Sign in again").await;
    stage.sign_in_beside_as(MIRA).await;
    page.until("a page without the bar", async || {
        let text = page
            .driver()
            .execute("return document.body.innerText", vec![])
            .await?;
        let has_ended = text
            .json()
            .as_str()
            .is_none_or(|text| text.contains("Your sign-in has ended"));
        Ok((!has_ended).then_some(()))
    })
    .await;
    page.see_backups_of(SERVER).await;
    stage.finish().await;
}

/// A token that Azure refuses, while Entra still knows the user, is renewed unseen, and what failed is read again.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_azure_refuses_is_renewed_and_the_list_is_read_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    refuse_the_token_once(&mut stage);
    page.click("button", "Refresh").await;
    page.until("the list, read with another token", async || {
        let requests = stage.requests().await;
        let lists = requests
            .iter()
            .filter(|request| request.url.contains("/backups?"));
        let tokens: BTreeSet<_> = lists.filter_map(|request| request.bearer.clone()).collect();
        Ok((tokens.len() == 2).then_some(()))
    })
    .await;
    page.expect_row(BACKUPS_TABLE, &[("Name", "before-schema-v42")])
        .await;
    page.until("a list without a problem", async || {
        let text = page
            .driver()
            .execute("return document.body.innerText", vec![])
            .await?;
        let is_well = text
            .json()
            .as_str()
            .is_some_and(|text| !text.contains("could not be read") && !text.contains("Sign in again"));
        Ok(is_well.then_some(()))
    })
    .await;
    stage.finish().await;
}

/// The next reading of the list is refused as one with an expired token is.
fn refuse_the_token_once(stage: &mut Stage) {
    stage.inject(Fault {
        matching: RequestMatcher {
            method: Some(arm_core::Method::Get),
            path_contains: "/backups".to_owned(),
        },
        kind: FaultKind::Status {
            status: 401,
            code: "ExpiredAuthenticationToken".to_owned(),
            message: "The access token has expired.".to_owned(),
            retry_after: None,
        },
        times: 1,
    });
    stage.announce_console_error("status of 401");
}

async fn puts(stage: &mut Stage) -> usize {
    let requests = stage.requests().await;
    requests.iter().filter(|request| request.method == "PUT").count()
}
