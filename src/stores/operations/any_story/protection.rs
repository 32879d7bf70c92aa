//! What is done with backup instances.

use arm_client::data_protection::{BackupJob, JobStatus, ProtectionState};
use arm_core::ResourceId;

use super::*;
use crate::stores::operations::{
    ProtectionKind, ProtectionRequest,
    protection_tests::{BILLING, commerce, new_database, telemetry},
};

const REQUESTS: &[(Method, &str)] = &[
    (Method::Put, "/backupInstances/"),
    (Method::Delete, "/backupInstances/"),
    (Method::Post, "/backupInstances/"),
    (Method::Get, "/operationStatus/"),
    (Method::Get, "/operationResults/"),
    (Method::Get, "/backupInstances/"),
    (Method::Get, "/backupJobs"),
];

/// What is asked for, of which instance.
fn any_request() -> impl Strategy<Value = (ProtectionRequest, ResourceId)> {
    let back_up = || ProtectionRequest::BackUp {
        rule: "BackupWeekly".to_owned(),
        tag: None,
    };
    prop_oneof![
        3 => Just(new_database()).prop_map(|(id, new)| (ProtectionRequest::Configure(new), id)),
        3 => Just(()).prop_map(move |()| (back_up(), commerce(BILLING))),
        // Without soft delete and with it.
        1 => Just((ProtectionRequest::Delete, commerce(BILLING))),
        1 => Just((ProtectionRequest::Delete, telemetry())),
        1 => Just((ProtectionRequest::StopProtection, commerce(BILLING))),
    ]
}

impl Browser {
    /// Whether the world is as it was asked to become.
    fn is_done(&self, kind: ProtectionKind, id: &ResourceId) -> bool {
        let service = self.onlooker().data_protection();
        let instance = block_on(service.instance(id)).ok();
        let is_in = |wanted| {
            instance
                .as_ref()
                .is_some_and(|instance| instance.state == Some(wanted))
        };
        match kind {
            ProtectionKind::Configure => is_in(ProtectionState::Protected),
            ProtectionKind::StopProtection => is_in(ProtectionState::Stopped),
            ProtectionKind::Delete => instance.is_none(),
            ProtectionKind::BackUp => {
                let jobs = service.jobs(&id.parent().expect("a vault")).expect("a pager");
                let jobs = block_on(jobs.collect()).expect("jobs");
                let is_ours = |job: &&BackupJob| job.is_user_triggered == Some(true);
                let ours: Vec<_> = jobs.iter().filter(is_ours).collect();
                assert!(ours.len() <= 1, "{} jobs", ours.len());
                ours.iter().any(|job| job.status == Some(JobStatus::Completed))
            }
            other => panic!("no story has {other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn the_journal_ends_in_the_truth_about_the_instance(
        seed in 1_u64..60,
        hides_headers in any::<bool>(),
        (request, id) in any_request(),
        script in any_script(REQUESTS),
        tabs in proptest::collection::vec(0_usize..80, 1..5),
    ) {
        let browser = Browser::new(seed, hides_headers, false);
        // Of two operations that a repeated request began, the second may fail and the first succeed.
        let is_torn = script.iter().any(|(_, kind, _)| {
            matches!(kind, FaultKind::FailOperation { .. } | FaultKind::CancelOperation)
        });
        for (matching, kind, times) in script {
            browser.world.borrow_mut().faults().inject(Fault { matching, kind, times });
        }
        let act = request.act();
        let Act::Protection { kind, .. } = act else { panic!("{act:?}") };
        let now = browser.clock.now();
        let click = Operation::about_to_start(Uuid::from_u128(1), act.clone(), id.clone(), None, now);
        for (index, closes_after) in tabs.into_iter().enumerate() {
            let asked = Asked::Protection(request.clone());
            browser.tab((index == 0).then(|| (click.clone(), asked)), closes_after);
        }
        browser.clear_up();

        let is_done = browser.is_done(kind, &id);
        let entry = browser.journal().entries().pop();
        let ended = entry.as_ref().map(|entry| &entry.progress);
        let is_completed = ended == Some(&OperationState::Completed);
        let context = format!("{act:?}: is done {is_done}, {ended:?}");
        prop_assert!(!is_completed || is_done, "{}", context);
        // Where the jobs of before are not known, no job is taken for this request's.
        let is_open = entry.as_ref().is_some_and(|entry| {
            kind == ProtectionKind::BackUp
                && entry.newest_job.is_none()
                && entry.progress == OperationState::Unknown
        });
        prop_assert!(!is_done || is_completed || is_open || is_torn, "{}", context);
        let has_failed = matches!(ended, Some(OperationState::Failed(_)));
        prop_assert!(!has_failed || is_torn, "nothing failed: {}", context);
        let posts = browser.sent(Method::Post, |_| true);
        prop_assert!(posts <= 1, "{} requests; {}", posts, context);
        // What converges is sent again while no answer comes, and never by a later tab.
        let repeated = browser.sent(Method::Put, |_| true) + browser.sent(Method::Delete, |_| true);
        prop_assert!(repeated <= 4, "{} requests; {}", repeated, context);
        prop_assert!(browser.said.borrow().len() <= 1, "said {} times; {}", browser.said.borrow().len(), context);
        if let Some(entry) = entry {
            prop_assert!(!entry.has_ended() || entry.token.is_none(), "a signed URL is kept: {}", context);
        }
    }
}
