//! Jobs: the list of all, one that is followed, and what is left to do after a restore as files.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, JobEnd, RequestMatcher};
use e2e::portal::{MIRA, RESTORED, RESTORED_FILES, SERVER, SERVERS_TABLE, VAULT};
use e2e::{Key, Name, Page, Scheme, Size, Stage};

const JOBS: &str = "Jobs";
const PREFIX: &str = "pg-billing-prod-20260312T094100";

fn fault(method: Method, path: &str, kind: FaultKind, times: u32) -> Fault {
    Fault {
        matching: RequestMatcher {
            method: Some(method),
            path_contains: path.to_owned(),
        },
        kind,
        times,
    }
}

/// The path of a job's page.
fn path(job: &str) -> String {
    format!("{VAULT}/jobs/{job}")
}

/// Waits until the card of the job's page says so.
async fn see_state(page: &Page, state: &str) {
    page.until(&format!("the job is {state}"), async || {
        let shown = page
            .script(
                "return document.querySelector('.job-state')?.textContent ?? ''",
                vec![],
            )
            .await;
        Ok((shown.as_str() == Some(state)).then_some(()))
    })
    .await;
}

/// Chooses the server that gets the data by its name, as a keyboard does.
async fn load_into(page: &Page, server: &str) {
    page.see("combobox", "Load into").await;
    page.tab_to("Load into").await;
    page.type_keys(server).await;
    page.see_text("Restore the databases").await;
}

/// What is in the blocks of code of the page.
async fn codes(page: &Page) -> Vec<String> {
    let codes = page
        .script(
            "return [...document.querySelectorAll('.after-code pre code')].map((code) => code.textContent)",
            vec![],
        )
        .await;
    let codes = codes.as_array().cloned().unwrap_or_default();
    codes
        .iter()
        .map(|code| code.as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_leads_to_a_restore_of_somebody_else_which_is_followed_to_its_commands() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 504");
    stage.open_as(MIRA, "/").await;
    let page = stage.page().clone();
    page.see("table", SERVERS_TABLE).await;
    page.until_keys_work().await;
    page.press("gj").await;
    page.see("heading", "Jobs").await;
    page.expect_row(
        JOBS,
        &[
            ("Datasource", RESTORED),
            ("State", "Completed"),
            ("Vault", "bv-commerce-weu"),
        ],
    )
    .await;
    stage.restore_as_somebody_else(PREFIX).await;
    page.click("button", "Refresh").await;
    page.expect_row(JOBS, &[("Datasource", RESTORED), ("State", "In progress")])
        .await;
    page.click("button", "Operation : All").await;
    page.click("radio", "Restore").await;
    page.see_text("1 of ").await;
    page.press(Key::Escape).await;
    page.click("link", "Restore of pg-billing-prod").await;
    page.see_text("Restore as files of pg-billing-prod").await;
    page.see_text("Files are not there yet").await;

    // More than the client asks again by itself.
    let words = "The gateway did not receive a response from 'Microsoft.DataProtection' within the specified time period.";
    let kind = FaultKind::Status {
        status: 504,
        code: "GatewayTimeout".to_owned(),
        message: words.to_owned(),
        retry_after: None,
    };
    stage.inject(fault(Method::Get, "/backupJobs/", kind, 6));
    page.see_text("504 Gateway Timeout").await;
    see_state(&page, "Completed").await;

    load_into(&page, SERVER).await;
    let shown = codes(&page).await;
    assert_eq!(shown.len(), 4, "{shown:?}");
    for part in [
        format!("CONTAINER={RESTORED_FILES}\n"),
        format!("PREFIX={PREFIX}\n"),
        format!("PGHOST={SERVER}.postgres.database.azure.com\n"),
        "PGUSER=pgadmin\n".to_owned(),
    ] {
        assert!(shown[0].contains(&part), "{part} is not in {}", shown[0]);
    }
    page.click("button", "Copy bash script").await;
    page.see("button", "Copied").await;
    let script = page.clipboard().await;
    for code in &shown {
        assert!(script.contains(code.as_str()), "{code}\nis not in\n{script}");
    }
    page.click("button", Name::containing("billing & audit")).await;
    page.see_text("For one file, under the name that Azure is known to give it.")
        .await;
    let shown = codes(&page).await;
    let url = format!("'{RESTORED_FILES}/{PREFIX}_database_billing%20%26%20audit.sql'");
    assert!(
        shown[0].contains(url.trim_matches('\'')) && shown[0].contains("pg_restore --no-owner"),
        "{}",
        shown[0]
    );
    page.back().await;
    page.until_focused("Restore of pg-billing-prod").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_failed_says_why_and_its_address_is_enough() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/jobs").await;
    let page = stage.page();
    page.see("table", JOBS).await;
    let kind = FaultKind::EndJob {
        end: JobEnd::Failed,
        code: "UserErrorContainerNotAccessible".to_owned(),
        message: "The vault was refused.".to_owned(),
    };
    stage.inject(fault(Method::Post, "/restore", kind, 1));
    let job = stage.restore_as_somebody_else(PREFIX).await;
    stage.open(&path(&job)).await;
    see_state(page, "Failed").await;
    page.see_text("The restore failed").await;
    page.see_text("The vault was refused.").await;
    assert!(!page.has("heading", "After completion").await);
    page.click("button", "Copy details").await;
    page.see("button", "Copied").await;
    let copied = page.clipboard().await;
    assert!(
        copied.contains("State: Failed\n") && copied.contains(&job),
        "{copied}"
    );
    stage.inspect("job-failed").await;
    // Cut back, the address leads to the jobs of the vault.
    stage.open(&format!("{VAULT}/jobs")).await;
    page.until_address("is the tab", |address| {
        address.ends_with("/bv-commerce-weu?tab=jobs")
    })
    .await;
    page.expect_row(
        JOBS,
        &[
            ("Datasource", RESTORED),
            ("State", "Failed UserErrorContainerNotAccessible"),
        ],
    )
    .await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_work_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/jobs").await;
    let page = stage.page();
    page.see("table", JOBS).await;
    stage.works_in_every_view("jobs").await;
    page.set_view(Size(700, 900), Scheme::Light).await;
    stage.inspect("jobs-700").await;
    page.set_view(Size::DESKTOP, Scheme::Light).await;
    let job = stage.restore_as_somebody_else(PREFIX).await;
    stage.open(&path(&job)).await;
    see_state(page, "In progress").await;
    page.see("heading", "After completion").await;
    stage.inspect("job-running").await;
    see_state(page, "Completed").await;
    load_into(page, SERVER).await;
    stage.works_in_every_view("job").await;
    page.click("button", Name::containing("billing & audit")).await;
    page.see_text("For one file").await;
    stage.inspect("job-one-database").await;
    stage.finish().await;
}
