//! Directories besides the home one, and more proof of who the user is.

use e2e::portal::{BACKUPS, JONAS, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Name, Page, Stage};

/// A server of Fabrikam, which has invited Mira and Jonas.
const RETAIL: &str = "pg-retail-prod";
const RETAIL_BACKUPS: &str = "/servers/44444444-4444-4444-8444-444444444444/rg-retail/pg-retail-prod/backups";
/// A server of Tailwind Traders, which wants a second factor of Mira.
const FORECAST: &str = "pg-forecast-prod";

async fn open_directories(page: &Page) {
    page.until_keys_work().await;
    page.click("button", Name::containing("Account: ")).await;
    page.click("button", "Directories").await;
    page.see("dialog", "Directories").await;
}

/// Signs in to a directory by its pane; the buttons are those of the window.
async fn choose(stage: &Stage, directory: &str, clicks: &[&str]) {
    let page = stage.page();
    open_directories(page).await;
    page.click("button", &format!("Sign in to {directory}")).await;
    page.see("dialog", &format!("Sign in to {directory}")).await;
    stage.click_beside(clicks).await;
    page.see("button", &format!("Leave out {directory}")).await;
    page.see_text("Shown").await;
    page.click("button", "Close").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_is_chosen_and_its_servers_and_vaults_stand_beside_those_of_the_home() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    open_directories(page).await;
    page.see_text("3 directories").await;
    page.see("searchbox", "Search directories")
        .await
        .fill_in("fabri")
        .await;
    page.see_text("1 of 3 directories").await;
    page.see("button", "Sign in to Fabrikam").await;
    stage.works_in_every_view("directories").await;
    page.click("button", "Close").await;

    choose(&stage, "Fabrikam", &["Accept"]).await;
    page.expect_row(SERVERS_TABLE, &[("Name", RETAIL)]).await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    page.click("link", RETAIL).await;
    page.see_backups_of(RETAIL).await;
    let pane = page.open_take_backup().await;
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup completed").await;
    page.click("link", "Backup vaults").await;
    page.expect_row("Backup vaults", &[("Name", "bv-retail-neu")])
        .await;
    page.expect_row("Backup vaults", &[("Name", "bv-commerce-weu")])
        .await;
    // What is made can be made there too.
    page.click("button", "Create vault").await;
    let pane = page.see("dialog", "Create backup vault").await;
    let options = "return [...document.querySelectorAll('dialog option')].map((one) => one.textContent)";
    page.until("subscriptions of both directories to choose from", async || {
        let options = page.script(options, vec![]).await.to_string();
        let are_both = ["Fabrikam Retail", "Contoso Production"].map(|name| options.contains(name));
        Ok((are_both == [true; 2]).then_some(()))
    })
    .await;
    pane.click_inside("button", "Cancel").await;
    page.until_gone("dialog", "Create backup vault").await;

    // A page that is loaded anew has no token; it comes unseen.
    stage.open("/").await;
    page.expect_row(SERVERS_TABLE, &[("Name", RETAIL)]).await;
    open_directories(page).await;
    page.click("button", "Leave out Fabrikam").await;
    page.see("button", "Sign in to Fabrikam").await;
    page.click("button", "Close").await;
    page.until_gone("link", RETAIL).await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_wants_more_is_named_and_the_rest_of_the_list_is_there() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    let page = stage.page();
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    choose(&stage, "Tailwind Traders", &[MIRA, "Accept"]).await;
    page.expect_row(SERVERS_TABLE, &[("Name", FORECAST)]).await;

    // Whoever signs in anew has to give the second factor again.
    stage.sign_out_at_entra().await;
    stage.open("/").await;
    page.sign_in_again_as(MIRA).await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    page.see_text("Tailwind Traders is not shown.").await;
    assert!(!page.has("link", FORECAST).await);
    page.until_keys_work().await;
    stage.inspect("directory-is-not-shown").await;
    page.click("button", "Sign in to Tailwind Traders").await;
    stage.click_beside(&[MIRA]).await;
    page.expect_row(SERVERS_TABLE, &[("Name", FORECAST)]).await;
    assert!(!page.text().await.contains("Tailwind Traders is not shown."));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_into_a_directory_that_was_chosen_leads_there_and_into_any_other_says_where_it_is() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("401");
    stage.open_as(JONAS, RETAIL_BACKUPS).await;
    let page = stage.page().clone();
    page.see_text("Open Directories in the menu of your account")
        .await;
    stage.inspect("another-directory").await;

    choose(&stage, "Fabrikam", &["Accept"]).await;
    stage.open(RETAIL_BACKUPS).await;
    page.see_backups_of(RETAIL).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_needs_more_proof_is_made_after_it_was_given_and_what_was_typed_stays() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().required_context = Some("p1".to_owned()));
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    page.until_keys_work().await;
    let pane = page.open_take_backup().await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    field.fill_in("after-the-proof").await;
    stage.announce_console_error("401");
    pane.click_inside("button", "Trigger").await;
    pane.see_text("Azure asks for more proof of who you are, such as a second factor.")
        .await;
    stage.inspect("more-proof").await;
    pane.click_inside("button", "Sign in again").await;
    stage.click_beside(&[MIRA]).await;
    page.until_gone("dialog", "Sign in again").await;
    assert_eq!(field.value().await, "after-the-proof");
    pane.click_inside("button", "Trigger").await;
    page.see_notification("On-demand backup completed").await;
    let asked = stage.requests().await.into_iter();
    let silent = asked.filter(|request| request.url.contains("prompt=none"));
    assert_eq!(silent.count(), 1, "asked once without the user");
    stage.finish().await;
}
