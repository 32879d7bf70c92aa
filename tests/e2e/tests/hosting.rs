//! Hosts, paths and releases.

use e2e::Stage;
use e2e::portal::{SERVER, SERVERS_TABLE};

use crate::take_backup::takes_a_backup;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_served_by_python_is_a_demo_that_takes_a_backup() {
    let mut stage = Stage::with_plain_host().await;
    takes_a_backup(&stage).await;

    // It knows files only: the address of a page is none, and the start page is.
    stage.announce_console_error("status of 404");
    let page = stage.page().clone();
    page.reload().await;
    page.see_text("File not found").await;
    stage.open("/").await;
    page.see("heading", "Servers").await;
    page.expect_row(SERVERS_TABLE, &[("Name", SERVER)]).await;
    stage.finish().await;
}
