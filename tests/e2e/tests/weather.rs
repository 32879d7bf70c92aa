//! Each class of fault on each page, in a real browser; every request with every fault is asserted natively
//! (`docs/reliability.md`).

use std::time::Duration;

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{BACKUPS, BACKUPS_TABLE, MIRA, SERVER, SERVERS_TABLE};
use e2e::{Name, Page, Stage};

/// A fault, what is said about it, and what the browser writes to the console.
type Class = (FaultKind, &'static str, &'static str);

fn classes() -> Vec<Class> {
    let status = |status: u16, code: &str, message: &str| FaultKind::Status {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        retry_after: None,
    };
    let without_cors = FaultKind::StatusWithoutCors {
        status: 503,
        code: "ServiceUnavailable".to_owned(),
        message: "Unavailable.".to_owned(),
        retry_after: None,
    };
    vec![
        (FaultKind::NoAnswer, "No answer came", "net::ERR"),
        (without_cors, "No answer came", "CORS policy"),
        (
            status(
                404,
                "ResourceGroupNotFound",
                "Resource group 'rg' could not be found.",
            ),
            "Resource group 'rg' could not be found.",
            "status of 404",
        ),
        (
            status(409, "ServerBusy", "Server 's' is busy with another operation."),
            "is busy with another operation",
            "status of 409",
        ),
        (
            status(429, "TooManyRequests", ""),
            "asked too often",
            "status of 429",
        ),
        (
            status(500, "InternalServerError", "Broken."),
            "Broken.",
            "status of 500",
        ),
        (
            status(503, "ServiceUnavailable", "Unavailable."),
            "503 Service Unavailable",
            "status of 503",
        ),
        (
            status(504, "GatewayTimeout", "No response."),
            "504 Gateway Timeout",
            "status of 504",
        ),
        (FaultKind::Garbage, "could not be understood", ""),
    ]
}

/// Each class in turn: the data stays, the reason is said, and it can be tried again.
async fn check_page(mut stage: Stage, method: Method, path: &str, what: &str, table: &str, row: &str) {
    let page = stage.page().clone();
    let failed = format!("The {what} could not be read again.");
    for (kind, sentence, console) in classes() {
        let context = format!("{kind:?}");
        if !console.is_empty() {
            stage.announce_console_error(console);
        }
        stage.inject(Fault {
            matching: RequestMatcher {
                method: Some(method),
                path_contains: path.to_owned(),
            },
            kind,
            times: 1000,
        });
        page.click("button", "Refresh").await;
        page.see_text(&failed).await;
        page.see_text(sentence).await;
        page.expect_row(table, &[("Name", row)]).await;
        stage.with_world(|world| world.faults().clear());
        page.click("button", "Try now").await;
        page.until(&format!("the end of {context}"), async || {
            Ok((!page.text().await.contains(&failed)).then_some(()))
        })
        .await;
    }
    // A request that a browser may not read is also one that failed.
    stage.announce_console_error("net::ERR_FAILED");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_class_of_fault_on_the_page_of_a_server_keeps_the_list_and_says_why() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    stage.page().see_backups_of(SERVER).await;
    let path = format!("{SERVER}/backups");
    check_page(
        stage,
        Method::Get,
        &path,
        "list of backups",
        BACKUPS_TABLE,
        "before-schema-v42",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_class_of_fault_on_the_page_of_servers_keeps_the_list_and_says_why() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/").await;
    stage.page().see("table", SERVERS_TABLE).await;
    let path = "/providers/Microsoft.ResourceGraph/resources";
    check_page(
        stage,
        Method::Post,
        path,
        "list of servers",
        SERVERS_TABLE,
        SERVER,
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_answer_leaves_the_old_list_until_the_new_one_is_there() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page();
    page.see_backups_of(SERVER).await;
    stage.inject(Fault {
        matching: RequestMatcher {
            method: Some(Method::Get),
            path_contains: format!("{SERVER}/backups"),
        },
        kind: FaultKind::Delay { seconds: 2 },
        times: 1,
    });
    stage.take_backup_as_somebody_else("taken-meanwhile").await;
    page.click("button", "Refresh").await;
    page.expect_row(BACKUPS_TABLE, &[("Name", "before-schema-v42")])
        .await;
    page.until("the new list", async || {
        let rows = page.rows(BACKUPS_TABLE).await;
        if !rows.iter().any(|row| row["Name"] == "taken-meanwhile") {
            page.click("button", "Refresh").await;
            return Ok(None);
        }
        Ok(Some(()))
    })
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_headers_are_no_success_and_the_backup_is_found() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| world.switches().hide_headers = true);
    // Looking for a backup that is not there yet is answered so.
    stage.announce_console_error("status of 404");
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let name = trigger(&page).await;
    page.see_notification("On-demand backup: outcome not known").await;
    page.see_notification_of(
        "On-demand backup completed",
        &format!("'{name}' of server '{SERVER}' was found in the list"),
    )
    .await;
    stage.finish().await;
}

/// The document's note, when Azure refuses the request itself: the page looks again and says which one it was.
#[tokio::test(flavor = "multi_thread")]
async fn an_internal_server_error_at_once_names_the_backup_that_is_running() {
    let mut stage = Stage::with_emulator_server().await;
    stage.with_world(|world| {
        world.switches().operation_time_factor = 10.0;
        world.switches().refuse_conflicting_backups_at_once = true;
    });
    stage.announce_console_error("status of 500");
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let first = trigger(&page).await;
    page.see_notification("On-demand backup initiated").await;
    let pane = page.open_take_backup().await;
    let name = pane.see("textbox", Name::containing("Backup name")).await;
    name.fill_in("second").await;
    pane.click_inside("button", "Trigger").await;
    pane.see_text(&format!(
        "Another one was running. '{first}' was triggered in this browser at "
    ))
    .await;
    stage.inspect("another-one-was-running").await;
    page.see_notification("On-demand backup completed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn check_again_asks_at_once_whatever_the_service_asked_to_wait() {
    let stage = Stage::with_emulator_server().await;
    stage.with_world(|world| {
        // Ten minutes, which are ten seconds here, for what is over at once.
        world.switches().retry_after = Some(600);
        world.switches().operation_time_factor = 600.0;
    });
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    trigger(&page).await;
    page.see_notification("On-demand backup initiated").await;
    page.click("button", Name::containing("Notifications")).await;
    page.click("button", "Check again").await;
    let completed = page.see_notification("On-demand backup completed");
    let in_time = tokio::time::timeout(Duration::from_secs(5), completed).await;
    assert!(in_time.is_ok(), "it waited for its time");
    stage.finish().await;
}

async fn trigger(page: &Page) -> String {
    let pane = page.open_take_backup().await;
    let field = pane.see("textbox", Name::containing("Backup name")).await;
    let name = field.value().await;
    pane.click_inside("button", "Trigger").await;
    name
}
