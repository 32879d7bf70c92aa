//! Every way in which a long-term retention backup does not come to be. Each test ends with the scan of document,
//! fields, storages, console, clipboard and files for a signature.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{MIRA, RETENTION, RETENTION_TABLE, SERVER};
use e2e::{Element, Name, Scheme, Size, Stage};
use serde_json::json;

const DAYS: i32 = 3 * 24 * 3600;
const START: &str = "startLtrBackup";
const PANE: &str = "Start long-term backup";

fn fault(path: &str, kind: FaultKind) -> Fault {
    Fault {
        matching: RequestMatcher {
            method: Some(Method::Post),
            path_contains: path.to_owned(),
        },
        kind,
        times: 1,
    }
}

fn refused(status: u16, code: &str, message: &str) -> FaultKind {
    FaultKind::Status {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        retry_after: None,
    }
}

/// The pane of the server most tests work on.
async fn pane_of(stage: &Stage) -> Element {
    stage.open_as(MIRA, &format!("{RETENTION}?pane=start")).await;
    let pane = stage.page().see("dialog", PANE).await;
    pane.see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    pane
}

/// Starts the backup with this SAS, and gives its name.
async fn start(pane: &Element, sas: &str) -> String {
    let name = pane.see("textbox", Name::containing("Backup name")).await;
    let field = pane
        .see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    field.fill_in(sas).await;
    pane.see_text("The backup goes to").await;
    let name = name.value().await;
    pane.click_inside("button", "Start").await;
    name
}

/// What the list and the details say of a backup that did not end well.
async fn see_failed(stage: &Stage, name: &str, state: &str, code: &str, words: &str) {
    let page = stage.page();
    page.expect_row(RETENTION_TABLE, &[("State", state)]).await;
    page.click("button", name).await;
    let details = page.see("dialog", name).await;
    details.see_text(code).await;
    details.see_text(words).await;
}

async fn starts(stage: &mut Stage) -> usize {
    let requests = stage.requests().await;
    let posts = requests.iter().filter(|request| request.method == "POST");
    posts.filter(|request| request.url.contains(START)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_an_expired_sas_is_said_before_and_one_that_expires_meanwhile_is_the_failure_after_a_reload() {
    let mut stage = Stage::with_emulator_server().await;
    let pane = pane_of(&stage).await;
    let field = pane
        .see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    field.fill_in(&stage.sas_of_a_container(-60).await).await;
    pane.see_text("The SAS expired on ").await;
    stage.inspect("retention-expired").await;

    let short = stage.sas_of_a_container(18).await;
    let name = start(&pane, &short).await;
    let page = stage.page().clone();
    page.see_notification("Long-term retention backup initiated")
        .await;
    page.reload().await;
    page.see_notification("Long-term retention backup failed").await;
    see_failed(
        &stage,
        &name,
        "Failed",
        "AuthenticationFailed",
        "Signature not valid in the specified time frame",
    )
    .await;
    assert_eq!(starts(&mut stage).await, 1);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_wrong_permission_is_said_before_and_one_in_a_stored_policy_is_the_failure() {
    let stage = Stage::with_emulator_server().await;
    let pane = pane_of(&stage).await;
    let field = pane
        .see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    let reads = stage
        .sas_of("ltr-orders", DAYS, json!({ "signedPermission": "rl" }))
        .await;
    field.fill_in(&reads).await;
    pane.see_text("The SAS does not allow to write ('w') and delete ('d')")
        .await;
    // What a stored access policy allows cannot be seen here.
    let by_policy = json!({ "signedPermission": null, "signedIdentifier": "readers" });
    let by_policy = stage.sas_of("ltr-orders", DAYS, by_policy).await;
    let name = start(&pane, &by_policy).await;
    stage
        .page()
        .see_notification("Long-term retention backup failed")
        .await;
    see_failed(
        &stage,
        &name,
        "Failed",
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.",
    )
    .await;
    stage.inspect("retention-permission").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_container_that_is_gone_is_the_failure() {
    let stage = Stage::with_emulator_server().await;
    let pane = pane_of(&stage).await;
    let gone = stage.sas_of("ltr-gone", DAYS, json!({})).await;
    let name = start(&pane, &gone).await;
    stage
        .page()
        .see_notification_of("Long-term retention backup failed", "ContainerNotFound")
        .await;
    see_failed(
        &stage,
        &name,
        "Failed",
        "ContainerNotFound",
        "The specified container does not exist.",
    )
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_server_that_became_busy_refuses_the_start_and_the_pane_stays() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 409");
    let pane = pane_of(&stage).await;
    let words = "The server 'pg-orders-prod' is not ready for a long-term backup.";
    stage.inject(fault(
        START,
        refused(409, "ServerNotReadyForLongTermBackup", words),
    ));
    let sas = stage.sas_of_a_container(DAYS).await;
    start(&pane, &sas).await;
    pane.see_text("The backup was not started").await;
    pane.see_text(words).await;
    stage.inspect("retention-not-ready").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_pre_check_that_is_refused_is_asked_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 400");
    stage.inject(fault(
        "ltrPreBackup",
        refused(
            400,
            "InvalidParameterValue",
            "The value for 'backupSettings' is not valid.",
        ),
    ));
    stage.open_as(MIRA, &format!("{RETENTION}?pane=start")).await;
    let pane = stage.page().see("dialog", PANE).await;
    pane.see_text("The pre-check was not passed").await;
    pane.see_text("The value for 'backupSettings' is not valid.")
        .await;
    stage.inspect("retention-pre-check").await;
    pane.click_inside("button", "Check again").await;
    pane.see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_of_which_there_can_be_no_backup_are_told_before_the_start() {
    let mut stage = Stage::with_emulator_server().await;
    // The pre-check says so, too.
    stage.announce_console_error("status of 400");
    stage.announce_console_error("status of 409");
    let page = |group: &str, server: &str| {
        RETENTION
            .replace("rg-commerce-prod", group)
            .replace(SERVER, server)
            + "?pane=start"
    };
    let development = "22222222-2222-4222-8222-222222222222";
    let v2 =
        page("rg-platform-dev", "pg-metrics-v2").replace("11111111-1111-4111-8111-111111111111", development);
    stage.open_as(MIRA, RETENTION).await;
    stage.page().see("table", RETENTION_TABLE).await;
    for (path, title, source, picture) in [
        (
            page("rg-commerce-prod", "pg-orders-ro-1"),
            "The server is a read replica",
            "replicationRole is AsyncReplica; Microsoft's document on backup and restore.",
            "retention-replica",
        ),
        (
            page("rg-hr", "pg-hr-archive"),
            "The server does not run",
            "Its state is Stopped; Microsoft's document on troubleshooting.",
            "retention-stopped",
        ),
        (
            v2,
            "The server is on Premium SSD v2",
            "Its storage type is PremiumV2_LRS; Microsoft's document on Premium SSD v2.",
            "retention-premium-v2",
        ),
    ] {
        stage.open(&path).await;
        let pane = stage.page().see("dialog", PANE).await;
        pane.see_text(title).await;
        pane.see_text(source).await;
        pane.see_text("The pre-check was not passed").await;
        stage.inspect(picture).await;
    }
    stage.page().set_view(Size::PHONE, Scheme::Dark).await;
    stage.inspect("retention-premium-v2-320").await;
    stage.page().set_view(Size::DESKTOP, Scheme::Light).await;

    // What may be too much is warned of, since only the storage is known and not the data.
    stage.open(&page("rg-insights", "pg-analytics")).await;
    let pane = stage.page().see("dialog", PANE).await;
    pane.see_text("The server may hold more than 1 TiB").await;
    pane.see("textbox", Name::containing("SAS URI of container 1"))
        .await;
    stage.inspect("retention-size").await;
    assert_eq!(starts(&mut stage).await, 0);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_cancelled_backup_is_told_as_such() {
    let stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = 240.0);
    let pane = pane_of(&stage).await;
    stage.inject(fault(START, FaultKind::CancelOperation));
    let sas = stage.sas_of_a_container(DAYS).await;
    let name = start(&pane, &sas).await;
    let page = stage.page();
    page.expect_row(RETENTION_TABLE, &[("Name", &name), ("State", "Running")])
        .await;
    page.see_notification_of(
        "Long-term retention backup cancelled",
        "the copy in the container is not complete.",
    )
    .await;
    page.expect_row(RETENTION_TABLE, &[("Name", &name), ("State", "Cancelled")])
        .await;
    stage.inspect("retention-cancelled").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_start_whose_answer_is_lost_is_looked_for_and_not_sent_again() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().operation_time_factor = 240.0);
    stage.announce_console_error("CORS policy");
    stage.announce_console_error("net::ERR_FAILED");
    let pane = pane_of(&stage).await;
    stage.inject(fault(START, FaultKind::WithoutCors));
    let sas = stage.sas_of_a_container(DAYS).await;
    let name = start(&pane, &sas).await;
    let page = stage.page().clone();
    page.see_notification_of("Long-term retention backup completed", &name)
        .await;
    page.expect_row(RETENTION_TABLE, &[("Name", &name), ("State", "Succeeded")])
        .await;
    assert_eq!(
        starts(&mut stage).await,
        1,
        "what may have begun is not begun again"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_a_start_that_is_answered_200_running_at_100_percent_goes_on_until_its_status_says_done() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| {
        world.switches().operation_time_factor = 240.0;
        world.switches().long_term_backups_answer_200 = true;
    });
    let pane = pane_of(&stage).await;
    let sas = stage.sas_of_a_container(DAYS).await;
    let name = start(&pane, &sas).await;
    let page = stage.page().clone();
    page.expect_row(RETENTION_TABLE, &[("Name", &name), ("State", "Running")])
        .await;
    page.reload().await;
    page.see_notification("Long-term retention backup completed")
        .await;
    page.expect_row(RETENTION_TABLE, &[("Name", &name), ("State", "Succeeded")])
        .await;
    assert_eq!(starts(&mut stage).await, 1);
    stage.finish().await;
}
