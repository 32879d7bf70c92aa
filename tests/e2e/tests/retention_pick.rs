//! A long-term retention backup into a container that is picked here, with a SAS that is made here.

use e2e::portal::{JONAS, MIRA, RETENTION, RETENTION_TABLE};
use e2e::{Key, Name, Scheme, Size, Stage};

const CHOOSE: &str = "
    const [label, value] = arguments;
    const labels = [...document.querySelectorAll('dialog label.field-label')];
    const of = labels.find((one) => one.textContent.replace('*', '').trim() === label);
    const list = document.getElementById(of.htmlFor);
    list.value = value;
    list.dispatchEvent(new Event('change', { bubbles: true }));";

/// Chooses from a list of the browser's own, which opens outside of the page.
async fn choose(stage: &Stage, label: &str, value: &str) {
    stage
        .page()
        .script(CHOOSE, vec![label.into(), value.into()])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_container_is_picked_and_its_sas_made_by_keyboard_and_the_backup_completes() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = 180.0);
    stage.open_as(MIRA, &format!("{RETENTION}?pane=start")).await;
    let page = stage.page().clone();
    let pane = page.see("dialog", "Start long-term backup").await;
    pane.see("radio", "Paste a SAS URI").await.click().await;
    page.press(Key::Down).await;
    let account = pane.see("combobox", Name::containing("Storage account")).await;
    pane.see("combobox", Name::containing("Container")).await;
    assert_eq!(account.value().await, "stcommercebackup");
    stage.inspect("pick-a-container").await;

    // To the list of containers, in which one is found by its letters.
    page.press(Key::Tab).await;
    page.press(Key::Tab).await;
    page.type_keys("ltr-o").await;
    let container = pane.see("combobox", Name::containing("Container")).await;
    assert_eq!(container.value().await, "ltr-orders");
    pane.see("button", "Create SAS").await;
    page.press(Key::Tab).await;
    page.press(Key::Tab).await;
    page.press(Key::Tab).await;
    page.press(Key::Enter).await;
    pane.see_text("The backup goes to stcommercebackup.blob.core.windows.net/ltr-orders.")
        .await;
    stage.works_in_every_view("pick-a-container-made").await;
    pane.click_inside("button", "Start").await;
    page.see_notification("Long-term retention backup initiated")
        .await;
    page.see_notification("Long-term retention backup completed")
        .await;
    page.expect_row(RETENTION_TABLE, &[("State", "Succeeded"), ("Done", "100 %")])
        .await;
    let requests = stage.requests().await;
    let sent = |part: &str| {
        let to = requests
            .iter()
            .filter(|request| request.method == "POST" && request.url.contains(part));
        to.count()
    };
    assert_eq!((sent("listServiceSas"), sent("startLtrBackup")), (1, 1));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_container_is_created_in_an_account_whose_hindrances_were_seen() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, &format!("{RETENTION}?pane=start")).await;
    let page = stage.page().clone();
    let pane = page.see("dialog", "Start long-term backup").await;
    pane.see("radio", "Pick a container").await.click().await;
    pane.see("combobox", Name::containing("Container")).await;
    choose(&stage, "Storage account", "stbillingkeyless").await;
    pane.see_text("takes no SAS that is signed with a key").await;
    stage.inspect("pick-a-container-keyless").await;
    choose(&stage, "Storage account", "stinsightsarchive").await;
    pane.see_text("keep Azure services out").await;
    stage.inspect("pick-a-container-network").await;
    page.set_view(Size::PHONE, Scheme::Dark).await;
    stage.inspect("pick-a-container-network-320").await;
    page.set_view(Size::DESKTOP, Scheme::Light).await;

    choose(&stage, "Storage account", "stcommercebackup").await;
    pane.click_inside("button", "New container").await;
    let field = pane
        .see("textbox", Name::containing("Name of the new container"))
        .await;
    field.fill_in("LTR").await;
    pane.see_text("The name holds 'L'; lower-case letters, digits and hyphens are allowed.")
        .await;
    stage.inspect("new-container-judged").await;
    field.fill_in("ltr-quarterly").await;
    pane.click_inside("button", "Create container").await;
    let container = pane.see("combobox", Name::containing("Container")).await;
    assert_eq!(container.value().await, "ltr-quarterly");
    pane.click_inside("button", "Create SAS").await;
    pane.see_text("The backup goes to stcommercebackup.blob.core.windows.net/ltr-quarterly.")
        .await;
    // Another choice voids it, and leaving asks.
    choose(&stage, "The SAS lasts", "7 days").await;
    pane.see("button", "Create SAS").await;
    pane.click_inside("button", "Create SAS").await;
    pane.see("button", "Create another SAS").await;
    page.press(Key::Escape).await;
    page.see("alertdialog", "Leave without saving?").await;
    page.click("button", "Leave").await;
    page.until_gone("dialog", "Start long-term backup").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_told_which_action_the_pre_check_needs() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 403");
    stage.open_as(JONAS, &format!("{RETENTION}?pane=start")).await;
    let page = stage.page().clone();
    let pane = page.see("dialog", "Start long-term backup").await;
    pane.see_text("The action Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action is missing")
        .await;
    stage.inspect("start-long-term-backup-reader").await;
    stage.finish().await;
}
