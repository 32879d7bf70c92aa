//! A restore that has begun is followed to its end, whatever comes between.

use arm_client::{
    Progress,
    data_protection::{JobStatus, StartedJob},
    storage::ServiceSasRequest,
};
use arm_core::{Clock as _, Method, Request};
use arm_emulator::{FaultKind, JobEnd};

use super::{OWN, billing};
use crate::{
    emulator::{Azure, protecting::vault, refusal, server},
    support::{block_on, seconds},
};

#[test]
fn a_restore_is_followed_again_after_the_tab_was_closed() {
    let azure = Azure::new();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let request = azure.files(&account, "restored-files", "p");
    let poller = block_on(azure.backup(OWN).begin_restore(&billing(), &request)).expect("it is accepted");
    let token = poller.continuation_token().expect("a token");
    drop(poller);
    let again = azure.client.resume(&token).expect("a poller");
    let started: StartedJob = azure.finish(again).expect("a job");
    let (job, _) = azure.follow_job(OWN, &started.id(&vault()).expect("an id"));
    assert_eq!(job.status, Some(JobStatus::Completed));
    let posts = azure.transport.requests();
    let restores = posts
        .iter()
        .filter(|request| request.url.contains("/restore?"))
        .count();
    assert_eq!(restores, 1);
}

#[test]
fn where_no_polling_url_can_be_read_the_job_is_found_in_the_list() {
    let azure = Azure::new();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let request = azure.files(&account, "restored-files", "p");
    azure.world.borrow_mut().switches().hide_headers = true;
    let since = azure.clock.now();
    let mut poller = block_on(azure.backup(OWN).begin_restore(&billing(), &request)).expect("it is accepted");
    assert_eq!(block_on(poller.next()), Ok(Progress::Unknown));
    azure.clock.advance(seconds(10));
    let jobs = azure.backup(OWN).jobs(&vault()).expect("a URL");
    let jobs = block_on(jobs.collect()).expect("jobs");
    let job = jobs
        .iter()
        .find(|job| job.is_for(&billing(), "Restore", since))
        .expect("the job");
    assert_eq!(job.status, Some(JobStatus::InProgress));
    assert!(
        jobs.iter()
            .all(|other| other == job || !other.is_for(&billing(), "Restore", since))
    );
    assert!(!jobs.iter().any(|job| job.is_for(&billing(), "Backup", since)));
}

#[test]
fn a_lost_answer_is_not_sent_again() {
    let azure = Azure::new();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let request = azure.files(&account, "restored-files", "p");
    azure.inject(Method::Post, "/restore", FaultKind::NoAnswer, 1);
    let outcome = block_on(azure.backup(OWN).begin_restore(&billing(), &request));
    assert!(outcome.is_err());
    let restores = azure.transport.requests();
    assert_eq!(
        restores
            .iter()
            .filter(|request| request.url.contains("/restore?"))
            .count(),
        1
    );
    // A validation changes nothing and is.
    azure.inject(Method::Post, "/validateRestore", FaultKind::NoAnswer, 1);
    let request = azure.files(&account, "restored-files", "q");
    azure.validate_restore(OWN, &request).expect("it can be restored");
}

#[test]
fn a_job_read_that_answers_504_says_nothing_of_the_job() {
    let azure = Azure::new();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let poller = block_on(
        azure
            .backup(OWN)
            .begin_restore(&billing(), &azure.files(&account, "restored-files", "p")),
    )
    .expect("it is accepted");
    let id = azure.finish(poller).expect("a job").id(&vault()).expect("an id");
    azure.inject(
        Method::Get,
        "/backupJobs/",
        refusal(504, "GatewayTimeout", None),
        1,
    );
    let job = block_on(azure.backup(OWN).job(&id)).expect("asked again");
    assert_eq!(job.status, Some(JobStatus::InProgress));
    azure.inject(
        Method::Get,
        "/backupJobs/",
        refusal(504, "GatewayTimeout", None),
        9,
    );
    let error = block_on(azure.backup(OWN).job(&id)).expect_err("no answer");
    assert_eq!(error.code(), Some("GatewayTimeout"));
    azure.world.borrow_mut().faults().clear();
    assert_eq!(azure.follow_job(OWN, &id).0.status, Some(JobStatus::Completed));
}

#[test]
fn each_end_of_a_job_is_told_with_its_words() {
    for (end, status) in [
        (JobEnd::Failed, JobStatus::Failed),
        (JobEnd::Cancelled, JobStatus::Cancelled),
        (JobEnd::CompletedWithWarnings, JobStatus::CompletedWithWarnings),
    ] {
        let azure = Azure::new();
        let account = azure.account("rg-commerce-prod", "stcommercebackup");
        let kind = FaultKind::EndJob {
            end,
            code: "UserErrorX".to_owned(),
            message: "Words.".to_owned(),
        };
        azure.inject(Method::Post, "/restore", kind, 1);
        let poller = block_on(
            azure
                .backup(OWN)
                .begin_restore(&billing(), &azure.files(&account, "restored-files", "p")),
        )
        .expect("it is accepted");
        let id = azure.finish(poller).expect("a job").id(&vault()).expect("an id");
        let (job, _) = azure.follow_job(OWN, &id);
        assert_eq!(job.status, Some(status));
        let told = job.errors.iter().chain(&job.warnings).next().expect("words");
        assert_eq!(
            (told.code.as_str(), told.message.as_str()),
            ("UserErrorX", "Words.")
        );
        assert_eq!(
            job.warnings.len(),
            usize::from(end == JobEnd::CompletedWithWarnings)
        );
        let all = block_on(azure.client.data_protection().all_jobs()).expect("jobs");
        let row = all.iter().find(|row| row.id == id).expect("the job");
        assert_eq!(
            (&row.status, row.operation.as_deref()),
            (&job.status, Some("Restore"))
        );
        assert_eq!(
            (row.source_name.as_deref(), row.vault_name.as_deref()),
            (Some("pg-billing-prod"), Some("bv-commerce-weu"))
        );
        assert_eq!(
            row.instance.as_deref(),
            Some(billing().as_str().to_lowercase().as_str())
        );
        assert_eq!(row.ended, job.ended);
    }
}

#[test]
fn no_freedom_of_the_service_changes_what_becomes_of_a_restore() {
    for seed in 1..=20 {
        let azure = Azure::new();
        *azure.world.borrow_mut().switches() = arm_emulator::Switches::default().with_freedoms_of(seed);
        let account = azure.account("rg-commerce-prod", "stcommercebackup");
        let request = azure.files(&account, "restored-files", "p");
        azure
            .validate_restore(OWN, &request)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let poller = block_on(azure.backup(OWN).begin_restore(&billing(), &request))
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let started = azure
            .finish(poller)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let (job, _) = azure.follow_job(OWN, &started.id(&vault()).expect("an id"));
        assert_eq!(job.status, Some(JobStatus::Completed), "seed {seed}");
    }
}

/// What stands in the elements of this name.
fn contents(xml: &str, name: &str) -> Vec<String> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let pieces = xml.split(&start).skip(1);
    pieces
        .filter_map(|piece| Some(piece.split_once(&end)?.0.to_owned()))
        .collect()
}

/// The files are there when the job has ended, and are listed page by page with a SAS that reads.
#[test]
fn the_files_of_a_restore_are_listed_with_a_sas() {
    let azure = Azure::new();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let request = azure.files(&account, "restored-files", "p");
    let poller = block_on(azure.backup(OWN).begin_restore(&billing(), &request)).expect("it is accepted");
    let job = azure.finish(poller).expect("a job").id(&vault()).expect("an id");
    azure.follow_job(OWN, &job);
    let asked = ServiceSasRequest {
        container: "restored-files".parse().expect("a name"),
        start: None,
        expiry: azure.clock.now() + seconds(3600),
    };
    let sas = block_on(azure.client.storage_accounts().listing_sas(&account, &asked)).expect("a SAS");
    let (mut names, mut marker, mut pages) = (Vec::new(), None, 0);
    loop {
        let url = sas.list_url("p_", 2, marker.as_deref());
        let request = Request::new(Method::Get, url.expose());
        let answer = azure
            .world
            .borrow_mut()
            .handle(&request, azure.clock.now())
            .response;
        names.extend(contents(&answer.body, "Name"));
        pages += 1;
        marker = contents(&answer.body, "NextMarker").pop();
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(pages, 3);
    let endings = [
        "database_billing &amp; audit",
        "database_billing",
        "roles",
        "schema",
        "tablespace",
    ];
    assert_eq!(names, endings.map(|ending| format!("p_{ending}.sql")));
    // A page of another origin sees nothing of it.
    let request = Request::new(Method::Get, sas.list_url("p_", 2, None).expose())
        .with_header("Origin", "https://portal.example");
    assert_eq!(
        azure
            .world
            .borrow_mut()
            .handle(&request, azure.clock.now())
            .as_seen_by_a_browser(),
        None
    );

    let server = server("rg-billing-prod", "pg-billing-prod");
    let databases = block_on(azure.client.flexible_servers().databases(&server)).expect("databases");
    let databases: Vec<_> = databases.into_iter().map(|database| database.name).collect();
    assert_eq!(
        databases,
        [
            "azure_maintenance",
            "azure_sys",
            "billing",
            "billing & audit",
            "postgres"
        ]
    );
}
