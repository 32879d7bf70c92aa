//! The last backups in the list of servers: read for the rows in sight, slowly when Azure says so.

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::portal::{MIRA, SERVER, SERVERS_TABLE};
use e2e::{Scheme, Size, Stage};

use crate::list_servers::{LAST_BACKUP, backups_asked_for, refusal, see_last_backup};

/// So low that not all rows of the default world are in sight.
const LOW: Size = Size(1440, 560);

/// The last one of the list.
const LAST: &str = "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char";

#[tokio::test(flavor = "multi_thread")]
async fn a_last_backup_is_read_once_its_row_is_in_sight() {
    let mut stage = Stage::with_emulator_server().await;
    stage.page().set_view(LOW, Scheme::Light).await;
    stage.open_as(MIRA, "/?sort=name").await;
    let page = stage.page().clone();
    see_last_backup(&page, "pg-analytics").await;
    see_last_backup(&page, "pg-dev-checkout").await;
    stage.inspect("servers-low").await;
    let asked = backups_asked_for(&mut stage).await;
    let has = |asked: &[String], name: &str| asked.iter().any(|asked| asked == name);
    assert!(has(&asked, "pg-analytics"), "{asked:?}");
    assert!(!has(&asked, LAST), "it is below what is in sight: {asked:?}");

    page.script(
        "document.getElementById('main').scrollTo(0, 9999); return null;",
        vec![],
    )
    .await;
    see_last_backup(&page, LAST).await;
    page.expect_row(
        SERVERS_TABLE,
        &[("Name", "pg-orders-ro-1"), (LAST_BACKUP, "None of its own")],
    )
    .await;
    page.expect_row(
        SERVERS_TABLE,
        &[("Name", "pg-loyalty-new"), (LAST_BACKUP, "None yet")],
    )
    .await;
    page.expect_row_that(SERVERS_TABLE, "is 69 days old", |row| {
        row["Name"] == "pg-hr-archive" && row[LAST_BACKUP].contains("69 days ago")
    })
    .await;
    let asked = backups_asked_for(&mut stage).await;
    let mut once = asked.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), asked.len(), "each once: {asked:?}");
    assert_eq!(asked.len(), 9, "all but the replica: {asked:?}");

    page.script(
        "document.getElementById('main').scrollTo(0, 0); return null;",
        vec![],
    )
    .await;
    see_last_backup(&page, "pg-analytics").await;
    assert_eq!(
        backups_asked_for(&mut stage).await.len(),
        9,
        "what is known is not read again"
    );
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_slow_the_last_backups_and_lose_none() {
    let mut stage = Stage::with_emulator_server().await;
    stage.inject(refusal(
        "pg-billing-prod/backups",
        429,
        "SubscriptionRequestsThrottled",
        Some(5),
        2,
    ));
    stage.announce_console_error("status of 429");
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    for name in ["pg-analytics", "pg-billing-prod", SERVER] {
        see_last_backup(&page, name).await;
    }
    let asked = backups_asked_for(&mut stage).await;
    let of_one = asked.iter().filter(|name| *name == "pg-billing-prod");
    assert_eq!((of_one.count(), asked.len()), (3, 11), "{asked:?}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_backup_that_cannot_be_read_is_unknown_and_disturbs_no_other() {
    let mut stage = Stage::with_emulator_server().await;
    let denied = "The client 'x' does not have authorization to perform action 'Microsoft.DBforPostgreSQL/flexibleServers/backups/read' over scope '/s' or the scope is invalid.";
    stage.inject(Fault {
        matching: RequestMatcher {
            method: None,
            path_contains: "pg-billing-prod/backups".to_owned(),
        },
        kind: FaultKind::Status {
            status: 403,
            code: "AuthorizationFailed".to_owned(),
            message: denied.to_owned(),
            retry_after: None,
        },
        times: 1,
    });
    stage.announce_console_error("status of 403");
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    let row = page
        .expect_row(
            SERVERS_TABLE,
            &[("Name", "pg-billing-prod"), (LAST_BACKUP, "Unknown")],
        )
        .await;
    assert!(
        row[LAST_BACKUP].contains("Microsoft.DBforPostgreSQL/flexibleServers/backups/read"),
        "{row:?}"
    );
    see_last_backup(&page, SERVER).await;
    stage.inspect("servers-unknown-backup").await;

    page.click("button", "Refresh").await;
    see_last_backup(&page, "pg-billing-prod").await;
    stage.finish().await;
}
