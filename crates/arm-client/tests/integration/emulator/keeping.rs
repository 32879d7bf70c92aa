//! What becomes of something protected: backups, points, stopping and resuming, deleting and undeleting.

use std::time::Duration;

use arm_client::{
    ArmError, Poller, Progress,
    data_protection::{
        DatasourceKind, FirstOf, Immutability, JobStatus, NewVault, PolicyDuration, PolicyRules,
        ProtectionState, Redundancy, SoftDelete,
    },
};
use arm_core::{ResourceId, Timestamp};
use proptest::prelude::*;

use super::{Azure, PRODUCTION, protecting::vault};
use crate::support::{block_on, some_moment};

/// The instance that protects `pg-billing-prod` in the default world.
fn billing() -> ResourceId {
    let name = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
    vault().child("backupInstances", name).expect("an id")
}

fn insights() -> ResourceId {
    let id = vault().to_string().replace("bv-commerce-weu", "bv-insights-neu");
    id.parse().expect("an id")
}

fn finish<T: serde::de::DeserializeOwned>(poller: Result<Poller<T>, ArmError>) -> Result<T, ArmError> {
    block_on(async {
        let mut poller = poller?;
        loop {
            match poller.next().await? {
                Progress::Running { .. } => {}
                Progress::Finished => return poller.result().await,
                Progress::Unknown => panic!("the polling URL was readable"),
            }
        }
    })
}

#[test]
fn an_on_demand_backup_ends_in_a_job_and_the_job_in_a_recovery_point() {
    let azure = Azure::new();
    let backup = azure.client.data_protection();
    let policy = block_on(backup.instance(&billing()))
        .expect("an instance")
        .policy
        .expect("a policy");
    let rules = block_on(backup.policy(&policy)).expect("the policy").rules;
    let before = azure.clock.elapsed();
    let started = finish(block_on(backup.begin_backup(
        &billing(),
        &rules.rule,
        Some("Yearly"),
    )))
    .expect("a job");
    assert_eq!(
        azure.clock.elapsed() - before,
        Duration::from_secs(30),
        "one Retry-After"
    );
    let job_id = started.id(&vault()).expect("an id");
    let job = block_on(backup.job(&job_id)).expect("the job");
    assert_eq!(job.status, Some(JobStatus::InProgress));
    assert_eq!(
        (job.is_user_triggered, job.ended, job.tag.as_deref()),
        (Some(true), None, Some("Yearly"))
    );
    assert_eq!(job.instance, Some(billing()));
    azure.clock.advance(Duration::from_secs(120));
    let job = block_on(backup.job(&job_id)).expect("the job");
    assert_eq!(job.status, Some(JobStatus::Completed));
    let took = job.took.expect("it has ended");
    assert_eq!(took, Duration::from_millis(107_564));
    let first = block_on(async { backup.jobs(&vault())?.next().await })
        .expect("jobs")
        .expect("a page");
    assert_eq!(first[0], job, "the newest comes first");

    let from = some_moment();
    let points = block_on(
        backup
            .recovery_points(&billing(), Some(from), None)
            .expect("a list")
            .collect(),
    );
    let points = points.expect("points");
    assert_eq!(points.len(), 1, "{points:?}");
    assert_eq!(points[0].tag.as_deref(), Some("Yearly"));
    assert_eq!(points[0].time, job.started);
    assert_eq!(points[0].recovery_point_id.len(), 32);
}

#[test]
fn protection_is_stopped_suspended_and_resumed() {
    let azure = Azure::new();
    let backup = azure.client.data_protection();
    let state = || block_on(backup.instance(&billing())).expect("an instance").state;
    finish(block_on(backup.begin_stop_protection(&billing()))).expect("stopped");
    assert_eq!(state(), Some(ProtectionState::Stopped));
    let refused = finish(block_on(backup.begin_suspend_backups(&billing()))).expect_err("it is stopped");
    assert_eq!(refused.code(), Some("UserErrorOperationNotAllowedInCurrentState"));
    finish(block_on(backup.begin_resume_protection(&billing()))).expect("resumed");
    assert_eq!(state(), Some(ProtectionState::Protected));
    finish(block_on(backup.begin_suspend_backups(&billing()))).expect("suspended");
    assert_eq!(state(), Some(ProtectionState::Suspended));
    finish(block_on(backup.begin_resume_backups(&billing()))).expect("resumed");
    assert_eq!(state(), Some(ProtectionState::Protected));
}

#[test]
fn what_soft_delete_keeps_comes_back() {
    let azure = Azure::new();
    let backup = azure.client.data_protection();
    let deleted = block_on(backup.deleted_instances(&insights())).expect("a list");
    assert_eq!(deleted.len(), 1);
    let info = deleted[0].deletion.clone().expect("its end");
    let kept = info
        .purged
        .zip(info.deleted)
        .map(|(purged, deleted)| (purged - deleted).num_days());
    assert_eq!(
        (deleted[0].state.clone(), kept),
        (Some(ProtectionState::SoftDeleted), Some(14))
    );
    finish(block_on(backup.begin_undelete(&deleted[0].id))).expect("it is back");
    let instances = block_on(backup.instances(&insights())).expect("instances");
    let back = instances
        .iter()
        .find(|found| found.name == deleted[0].name)
        .expect("the instance");
    assert_eq!(back.state, Some(ProtectionState::Stopped));
    let points = block_on(
        backup
            .recovery_points(&back.id, None, None)
            .expect("a list")
            .collect(),
    );
    assert!(points.is_ok_and(|points| !points.is_empty()));
}

#[test]
fn a_vault_and_a_policy_are_made_changed_and_deleted() {
    let azure = Azure::new();
    let backup = azure.client.data_protection();
    let id: ResourceId = vault()
        .to_string()
        .replace("bv-commerce-weu", "bv-new")
        .parse()
        .expect("an id");
    let new = NewVault {
        location: "westeurope".to_owned(),
        redundancy: Redundancy::Zone,
        soft_delete: SoftDelete::On,
        soft_delete_days: 30,
        immutability: Immutability::Disabled,
    };
    let made = finish(block_on(backup.begin_create_vault(&id, &new))).expect("a vault");
    assert_eq!(
        (&made.id, made.soft_delete_days, made.redundancy),
        (&id, Some(30.0), Some(Redundancy::Zone))
    );
    let principal = made.principal_id.expect("an identity");
    let patch = serde_json::json!({ "properties": { "securitySettings": { "softDeleteSettings": { "state": "Off" } } } });
    let changed = finish(block_on(backup.begin_update_vault(&id, &patch))).expect("a change");
    assert_eq!(
        (changed.soft_delete, changed.principal_id),
        (Some(SoftDelete::Off), Some(principal))
    );

    let rules = PolicyRules::weekly(
        some_moment(),
        PolicyDuration::months(3),
        &[("Monthly", FirstOf::Month, PolicyDuration::months(12))],
    );
    let put = backup.put_policy(&id, "p", DatasourceKind::FlexibleServer, &rules);
    let policy = block_on(put).expect("a policy");
    assert_eq!(policy.rules, rules, "what is read is what was written");
    assert!(
        policy.is_for(DatasourceKind::FlexibleServer) && !policy.is_for(DatasourceKind::SingleServerDatabase)
    );
    assert_eq!(block_on(backup.policies(&id)).expect("policies").len(), 1);
    for _ in 0..2 {
        block_on(backup.delete_policy(&policy.id)).expect("it goes, and may be gone");
    }
    finish(block_on(backup.begin_delete_vault(&id))).expect("it is deleted");
    assert_eq!(
        block_on(backup.vault(&id)).expect_err("it is gone").code(),
        Some("ResourceNotFound")
    );
}

#[test]
fn vaults_and_instances_of_all_subscriptions_are_found() {
    let azure = Azure::new();
    let backup = azure.client.data_protection();
    let vaults = block_on(backup.all_vaults()).expect("vaults");
    let names: Vec<_> = vaults.iter().map(|vault| vault.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "bv-archive-gwc",
            "bv-commerce-weu",
            "bv-dev-neu",
            "bv-insights-neu"
        ]
    );
    assert!(
        vaults.iter().any(|vault| vault.principal_id.is_none()),
        "one has no identity"
    );
    let instances = block_on(backup.all_instances()).expect("instances");
    let billing = instances
        .iter()
        .find(|found| found.id == billing())
        .expect("the instance");
    assert_eq!(billing.state, Some(ProtectionState::Protected));
    assert!(billing.latest > billing.oldest, "{billing:?}");
    let server = billing
        .source
        .clone()
        .and_then(|source| source.parse().ok())
        .expect("an id");
    let of_server = block_on(backup.instances_of(&server)).expect("instances");
    assert_eq!(
        of_server.iter().map(|found| &found.id).collect::<Vec<_>>(),
        [&billing.id]
    );
    let failed = instances
        .iter()
        .find(|found| found.state == Some(ProtectionState::ConfiguringFailed));
    let failed = block_on(backup.instance(&failed.expect("a failed one").id)).expect("the instance");
    let error = failed.error.expect("its error");
    assert!(
        error.details[0].message.contains("does not have authorization"),
        "{error:?}"
    );
    let scope = format!("/subscriptions/{PRODUCTION}").parse().expect("an id");
    assert_eq!(block_on(backup.vaults(&scope)).expect("vaults").len(), 3);
    let single = block_on(azure.client.single_servers().list(&scope)).expect("servers");
    assert_eq!(single[0].properties.user_visible_state.as_deref(), Some("Ready"));
    let databases = block_on(azure.client.single_servers().databases(&single[0].id)).expect("databases");
    let own: Vec<_> = databases
        .iter()
        .filter(|found| !found.is_systems())
        .map(|found| found.name.as_str())
        .collect();
    assert_eq!(own, ["crm", "invoices", "payroll"]);
}

/// A policy with one to three runs a week and tags for some of the periods; it began long ago, or begins in the days to
/// come, as one that has just been written does.
fn policies() -> impl Strategy<Value = PolicyRules> {
    let days = prop::collection::vec((0_i64..7, 0_i64..24), 1..4);
    let kept = prop_oneof![
        (1_u32..120).prop_map(PolicyDuration::days),
        (1_u32..4).prop_map(PolicyDuration::months),
    ];
    let tags = prop::collection::vec((0_usize..3, 1_u32..18), 0..3);
    let begins = prop_oneof![Just(-1000_i64), 1_i64..14];
    (days, kept, tags, begins).prop_map(|(days, kept, tags, begins)| {
        let periods = [
            ("Weekly", FirstOf::Week),
            ("Monthly", FirstOf::Month),
            ("Yearly", FirstOf::Year),
        ];
        let mut named: Vec<(&str, FirstOf, PolicyDuration)> = Vec::new();
        for (period, months) in tags {
            let (name, first_of) = periods[period];
            if named.iter().all(|(known, ..)| *known != name) {
                named.push((name, first_of, PolicyDuration::months(months)));
            }
        }
        // Half an hour off the moments at which the test looks: a backup takes two minutes to be there.
        let first = some_moment() + chrono::TimeDelta::days(begins) - chrono::TimeDelta::minutes(30);
        let mut rules = PolicyRules::weekly(first, kept, &named);
        rules.intervals = days
            .iter()
            .map(|(day, hour)| {
                let at = first + chrono::TimeDelta::days(*day) + chrono::TimeDelta::hours(*hour);
                format!("R/{}/P1W", at.format("%Y-%m-%dT%H:%M:%S+00:00"))
            })
            .collect();
        rules
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The preview of a policy and the points that are there agree on any day.
    #[test]
    fn the_preview_of_a_policy_is_what_comes_true(rules in policies(), days in prop::collection::vec(1_u64..120, 1..5)) {
        let azure = Azure::new();
        let backup = azure.client.data_protection();
        let (vault, name) = (vault(), "proposed");
        let put = backup.put_policy(&vault, name, DatasourceKind::FlexibleServer, &rules);
        let policy = block_on(put).expect("a policy");
        prop_assert_eq!(&policy.rules, &rules);
        // A server whose vault has all roles already.
        let id = "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/rg-dev/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-dev-checkout";
        let mut new = super::protecting::flexible(id.parse().expect("an id"));
        new.policy = policy.id;
        let instance = block_on(async {
            let mut poller = backup.begin_configure(&vault, "i-1", &new).await?;
            loop {
                if let arm_client::data_protection::ProtectionProgress::Protected(made) = poller.next().await? {
                    return Ok::<_, ArmError>(made.id);
                }
            }
        }).expect("it is protected");
        // It is protected some 42 s after the request; no backup of this policy is due in that minute.
        let since = some_moment();
        for days in days {
            azure.clock.advance(Duration::from_secs(days * 86_400));
            let now: Timestamp = arm_core::Clock::now(&*azure.clock);
            let points = block_on(backup.recovery_points(&instance, None, None).expect("a list").collect());
            let mut there: Vec<_> = points.expect("points").into_iter()
                .map(|point| (point.time, point.tag, point.expires)).collect();
            there.sort();
            let planned: Vec<_> = rules.points_at(since, now).expect("a preview").into_iter()
                .map(|point| (Some(point.time), Some(point.tag), Some(point.expires))).collect();
            prop_assert_eq!(there, planned, "{}", now);
        }
    }
}
