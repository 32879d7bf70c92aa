//! Restores: however they go, one at most is asked for, and the journal ends as its job does.

use arm_client::data_protection::JobStatus;
use arm_emulator::JobEnd;

use super::*;
use crate::stores::operations::{
    protection_tests::{BILLING, commerce},
    restore,
    restore_tests::{files_through, jobs_through},
};

const REQUESTS: &[(Method, &str)] = &[
    (Method::Post, "/restore"),
    (Method::Get, "/operationStatus/"),
    (Method::Get, "/operationResults/"),
    (Method::Get, "/backupJobs/"),
    (Method::Get, "/backupJobs"),
];
const PREFIX: &str = "ours";

/// How the job of the restore ends, where the world is not left alone.
fn any_end() -> impl Strategy<Value = Option<JobEnd>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(JobEnd::Failed)),
        1 => Just(Some(JobEnd::Cancelled)),
        1 => Just(Some(JobEnd::CompletedWithWarnings)),
    ]
}

/// Whether an end of the journal is the end of a job.
fn agrees(entry: &Operation, status: &JobStatus) -> bool {
    match &entry.progress {
        OperationState::Completed => match status {
            JobStatus::Completed => entry.warning.is_none(),
            JobStatus::CompletedWithWarnings => entry.warning.is_some(),
            _ => false,
        },
        OperationState::Failed(_) if entry.is_cancelled => *status == JobStatus::Cancelled,
        OperationState::Failed(_) => *status == JobStatus::Failed,
        _ => false,
    }
}

/// One story: what becomes of the requests, how the job ends, and when each tab is closed.
struct Story {
    seed: u64,
    hides_headers: bool,
    /// Whether somebody else has restored the same recovery point before.
    has_theirs: bool,
    end: Option<JobEnd>,
    script: Vec<(RequestMatcher, FaultKind, u32)>,
    tabs: Vec<usize>,
}

fn check(story: Story) -> Result<(), TestCaseError> {
    let Story {
        seed,
        hides_headers,
        has_theirs,
        end,
        script,
        tabs,
    } = story;
    let browser = Browser::new(seed, hides_headers, false);
    let (id, onlooker) = (commerce(BILLING), browser.onlooker());
    if has_theirs {
        // Somebody else has restored the same recovery point before.
        let theirs = files_through(&onlooker, "theirs");
        block_on(onlooker.data_protection().begin_restore(&id, &theirs)).expect("a poller");
        browser.clock.advance(Duration::from_secs(3600));
    }
    let is_torn = script
        .iter()
        .any(|(_, kind, _)| matches!(kind, FaultKind::FailOperation { .. } | FaultKind::CancelOperation));
    for (matching, kind, times) in script {
        browser.world.borrow_mut().faults().inject(Fault {
            matching,
            kind,
            times,
        });
    }
    if let Some(end) = end {
        let matching = RequestMatcher {
            method: Some(Method::Post),
            path_contains: "/restore".to_owned(),
        };
        let kind = FaultKind::EndJob {
            end,
            code: "Boom".to_owned(),
            message: "Boom.".to_owned(),
        };
        browser.world.borrow_mut().faults().inject(Fault {
            matching,
            kind,
            times: 1,
        });
    }
    let request = files_through(&onlooker, PREFIX);
    let act = restore::act(&request, None);
    let now = browser.clock.now();
    let click = Operation::about_to_start(Uuid::from_u128(1), act, id, None, now);
    for (index, closes_after) in tabs.into_iter().enumerate() {
        let asked = Asked::Restore(Box::new(request.clone()));
        browser.tab((index == 0).then(|| (click.clone(), asked)), closes_after);
    }
    browser.clear_up();

    let jobs = jobs_through(&onlooker, PREFIX);
    let entry = browser.journal().entries().pop();
    let context = format!("{:?}, {:?}", entry.as_ref().map(|entry| &entry.progress), jobs);
    prop_assert!(jobs.len() <= 1, "{} restores; {}", jobs.len(), context);
    let posts = browser.sent(Method::Post, |_| true);
    prop_assert!(posts <= 1, "{} requests; {}", posts, context);
    match (&entry, jobs.first()) {
        (Some(entry), Some(job)) => {
            let status = job.status.clone().expect("a status");
            prop_assert!(agrees(entry, &status), "{}", context);
            prop_assert_eq!(entry.job.as_ref(), Some(&job.id), "{}", context);
        }
        (None, Some(_)) => prop_assert!(false, "it runs, and is forgotten: {}", context),
        (Some(entry), None) => {
            let has_failed = matches!(entry.progress, OperationState::Failed(_)) && is_torn;
            prop_assert!(
                has_failed || entry.progress == OperationState::Unknown,
                "{}",
                context
            );
            prop_assert_eq!(&entry.job, &None, "{}", context);
        }
        (None, None) => {}
    }
    prop_assert!(
        browser.said.borrow().len() <= 1,
        "said {} times; {}",
        browser.said.borrow().len(),
        context
    );
    if let Some(entry) = entry {
        prop_assert!(
            !entry.has_ended() || entry.token.is_none(),
            "a signed URL is kept: {}",
            context
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn the_journal_ends_as_the_job_of_the_one_restore_does(
        seed in 1_u64..60,
        hides_headers in any::<bool>(),
        has_theirs in any::<bool>(),
        end in any_end(),
        script in any_script(REQUESTS),
        tabs in proptest::collection::vec(0_usize..120, 1..5),
    ) {
        check(Story { seed, hides_headers, has_theirs, end, script, tabs })?;
    }
}

/// Stories that once ended in something else.
#[test]
fn a_restore_before_which_no_jobs_could_be_read_is_found_by_what_it_names() {
    let jobs = RequestMatcher {
        method: Some(Method::Get),
        path_contains: "/backupJobs".to_owned(),
    };
    let story = Story {
        seed: 1,
        hides_headers: true,
        has_theirs: false,
        end: None,
        script: vec![(jobs, FaultKind::Never, 4)],
        tabs: vec![16],
    };
    check(story).unwrap_or_else(|error| panic!("{error}"));
}
