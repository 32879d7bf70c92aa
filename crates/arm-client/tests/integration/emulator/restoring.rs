//! The document on restoring (S3) from the list of recovery points to the job, in the newest version and in its own.

mod following;

use arm_client::{
    ArmError, api_versions,
    authorization::RoleNeed,
    data_protection::{
        BackupJob, Datasource, DatasourceKind, JobStatus, RestoreRequest, RestoreTarget, VAULT_STORE,
    },
    storage::{Mending, RestoreTargetFacts, StorageAccount, TargetRule, judge_restore_target},
};
use arm_core::{Clock as _, ResourceId};
use arm_emulator::directory;
use serde_json::Value;

use super::{
    Azure,
    protecting::{failure, in_production, vault},
};
use crate::support::{block_on, seconds};

/// The document's version; the other one is the client's own.
const DOCUMENTS: &str = "2021-07-01";
const OWN: &str = api_versions::DATA_PROTECTION;

fn billing() -> ResourceId {
    let name = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
    vault().child("backupInstances", name).expect("an id")
}

fn container_of(account: &StorageAccount, name: &str) -> ResourceId {
    format!("{}/blobServices/default/containers/{name}", account.id)
        .parse()
        .expect("an id")
}

impl Azure {
    /// The `recoveryPointId` of the newest point.
    fn newest_point(&self, version: &'static str, instance: &ResourceId) -> String {
        let points = self
            .backup(version)
            .recovery_points(instance, None, None)
            .expect("a URL");
        let points = block_on(points.collect()).expect("recovery points");
        points[0].recovery_point_id.clone()
    }

    fn files(&self, account: &StorageAccount, container: &str, prefix: &str) -> RestoreRequest {
        let is_elsewhere = account.id.subscription_id() != vault().subscription_id();
        let endpoint = account.blob_endpoint.clone().expect("an endpoint of blobs");
        RestoreRequest {
            recovery_point_id: self.newest_point(OWN, &billing()),
            store: VAULT_STORE.to_owned(),
            location: "westeurope".to_owned(),
            target: RestoreTarget::Files {
                url: format!("{endpoint}{container}"),
                prefix: prefix.to_owned(),
                container: is_elsewhere.then(|| container_of(account, container)),
            },
        }
    }

    fn validate_restore(&self, version: &'static str, request: &RestoreRequest) -> Result<(), ArmError> {
        let poller = block_on(self.backup(version).begin_validate_restore(&billing(), request))?;
        self.finish(poller).map(|_| ())
    }

    /// Follows a job to its end; gives it with each progress that was told.
    fn follow_job(&self, version: &'static str, job: &ResourceId) -> (BackupJob, Vec<String>) {
        let mut told = Vec::new();
        loop {
            let job = block_on(self.backup(version).job(job)).expect("a job");
            if job.status.as_ref().and_then(JobStatus::has_ended) == Some(true) {
                return (job, told);
            }
            told.extend(job.tasks[0].progress.clone());
            self.clock.advance(seconds(60));
        }
    }
}

fn follow_the_document(version: &'static str) {
    let azure = Azure::new();
    let backup = azure.backup(version);
    let points = backup.recovery_points(&billing(), None, None).expect("a URL");
    let points = block_on(points.collect()).expect("recovery points");
    assert!(points.len() > 5, "{}", points.len());
    let times: Vec<_> = points.iter().map(|point| point.time).collect();
    assert!(times.is_sorted_by(|one, other| one > other), "{times:?}");
    assert_eq!(points[0].stores[0].kind, VAULT_STORE);
    assert_eq!(points[0].stores[0].state.as_deref(), Some("COMMITTED"));
    assert!(points[0].stores[0].expires.is_some());
    // The service's own filter.
    let some = backup
        .recovery_points(&billing(), times[3], times[1])
        .expect("a URL");
    let some = block_on(some.collect()).expect("recovery points");
    assert_eq!(some, points[1..=3]);

    let account = azure.account("rg-billing-prod", "stbillingkeyless");
    let request = azure.files(&account, "ltr-billing", "testprefix");
    let error = failure(azure.validate_restore(version, &request));
    assert_eq!(
        error.code, "UserErrorPermittedCopyScopeRestricted",
        "a failure in HTTP {}",
        error.status
    );
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let request = azure.files(&account, "restored-files", "testprefix");
    let before = azure.clock.elapsed();
    azure
        .validate_restore(version, &request)
        .expect("it can be restored");
    assert_eq!(
        azure.clock.elapsed() - before,
        seconds(20),
        "12 s, asked every 10 s"
    );

    let poller = block_on(backup.begin_restore(&billing(), &request)).expect("it is accepted");
    let before = azure.clock.elapsed();
    let started = azure.finish(poller).expect("a job");
    assert_eq!(
        azure.clock.elapsed() - before,
        seconds(30),
        "4 s, asked every 30 s"
    );
    assert!(started.job_id.starts_with('/'), "a whole id: {}", started.job_id);
    let id = started.id(&vault()).expect("an id");
    let (job, told) = azure.follow_job(version, &id);
    assert!(
        told.len() > 5 && told[0] == "0" && told.last().map(String::as_str) == Some("90"),
        "{told:?}"
    );
    assert_eq!(
        (job.status, job.operation.as_deref()),
        (Some(JobStatus::Completed), Some("Restore"))
    );
    assert_eq!(job.file_prefix.as_deref(), Some("testprefix"));
    let RestoreTarget::Files { url, .. } = &request.target else {
        panic!("files")
    };
    assert_eq!(job.destination.as_ref(), Some(url));
    assert_eq!(job.recovery_point_id.as_ref(), Some(&request.recovery_point_id));
    let jobs = block_on(backup.jobs(&vault()).expect("a URL").collect()).expect("jobs");
    assert_eq!(jobs[0].id, id, "the newest first");
    assert_eq!(
        block_on(backup.restorable_ranges(&billing(), VAULT_STORE)).expect("an answer"),
        []
    );
    let second = failure(azure.validate_restore(version, &request));
    assert_eq!(second.code, "UserErrorTargetFilesAlreadyExist");

    let sent = azure.transport.requests();
    let bodies = |action: &str| -> Vec<Value> {
        let ending = format!("/{action}?api-version={version}");
        let posts = sent.iter().filter(|request| request.url.ends_with(&ending));
        posts
            .map(|request| serde_json::from_str(request.body.as_deref().unwrap_or_default()).expect("JSON"))
            .collect()
    };
    let (validations, restores) = (bodies("validateRestore"), bodies("restore"));
    assert_eq!((validations.len(), restores.len()), (3, 1));
    assert_eq!(validations[1]["objectType"], "ValidateRestoreRequestObject");
    assert_eq!(
        validations[1]["restoreRequestObject"], restores[0],
        "the same, unwrapped"
    );
    for request in sent
        .iter()
        .filter(|request| request.url.contains("/operationStatus/"))
    {
        let is_at_location = request.url.contains("/locations/westeurope/");
        assert_eq!(is_at_location, version == DOCUMENTS, "{}", request.url);
    }
}

#[test]
fn the_document_on_restoring_is_followed_from_the_list_to_the_job() {
    for version in [OWN, DOCUMENTS] {
        follow_the_document(version);
    }
}

/// What is found before the validation is what the validation finds; mended by its own mending, it is gone.
#[test]
fn findings_and_service_agree_until_all_is_mended() {
    for (group, name, container, region_differs) in [
        ("rg-billing-prod", "stbillingkeyless", "ltr-billing", false),
        ("rg-insights", "stinsightsarchive", "archive", true),
        ("rg-commerce-prod", "stcommercebackup", "not-yet", false),
    ] {
        let azure = Azure::new();
        let (storage, roles) = (azure.client.storage_accounts(), azure.client.authorization());
        let vault = block_on(azure.backup(OWN).vault(&vault())).expect("the vault");
        let mut mended = Vec::new();
        for _ in 0..6 {
            let account = azure.account(group, name);
            let id = container_of(&account, container);
            let containers = block_on(storage.containers(&account.id)).expect("containers");
            let exists = containers.iter().any(|found| found.name == container);
            let needs = [RoleNeed::of_restore(&account.id, Some(&id).filter(|_| exists))];
            let missing =
                block_on(roles.missing_roles(directory::COMMERCE_VAULT, &needs)).expect("an answer");
            let found = judge_restore_target(&RestoreTargetFacts {
                vault: &vault,
                account: &account,
                container,
                container_exists: Some(exists),
                missing_roles: Some(&missing),
                prefix: "p",
                prefix_is_taken: Some(false),
                last_restore: None,
                now: azure.clock.now(),
            });
            let outcome = azure.validate_restore(OWN, &azure.files(&account, container, "p"));
            assert_eq!(
                outcome.is_err(),
                !found.is_empty(),
                "{name}: {found:?} {outcome:?}"
            );
            let Some(finding) = found
                .into_iter()
                .find(|finding| finding.mending != Mending::OtherAccount)
            else {
                break;
            };
            mended.push(finding.rule.id());
            match finding.mending {
                Mending::Change(change) => {
                    block_on(storage.update(&account.id, &change)).expect("a changed account");
                }
                Mending::CreateContainer => {
                    block_on(storage.create_container(&account.id, &container.parse().expect("a name")))
                        .expect("a container");
                }
                Mending::Assign(_) => {
                    assert_eq!(azure.assign_missing(directory::COMMERCE_VAULT, &needs), 1);
                }
                other => panic!("{other:?}"),
            }
        }
        let expected: &[TargetRule] = match name {
            "stbillingkeyless" => &[TargetRule::CopyScope, TargetRule::Role],
            "stinsightsarchive" => &[TargetRule::Network, TargetRule::Replication, TargetRule::Role],
            _ => &[TargetRule::Container],
        };
        let expected: Vec<_> = expected.iter().map(|rule| rule.id()).collect();
        assert_eq!(mended, expected, "{name}");
        let account = azure.account(group, name);
        let outcome = azure.validate_restore(OWN, &azure.files(&account, container, "p"));
        assert_eq!(outcome.is_ok(), !region_differs, "{name}: {outcome:?}");
    }
}

#[test]
fn a_container_of_another_subscription_is_named_by_its_id() {
    let azure = Azure::new();
    let id = "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/rg-dev/providers/Microsoft.Storage/storageAccounts/stdevscratch";
    let account =
        block_on(azure.client.storage_accounts().get(&id.parse().expect("an id"))).expect("an account");
    let name = "restored".parse().expect("a name");
    block_on(
        azure
            .client
            .storage_accounts()
            .create_container(&account.id, &name),
    )
    .expect("a container");
    let needs = [RoleNeed::of_restore(
        &account.id,
        Some(&container_of(&account, "restored")),
    )];
    assert_eq!(azure.assign_missing(directory::COMMERCE_VAULT, &needs), 1);
    let mut request = azure.files(&account, "restored", "p");
    azure.validate_restore(OWN, &request).expect("it can be restored");
    if let RestoreTarget::Files { container, .. } = &mut request.target {
        assert!(container.take().is_some());
    }
    assert_eq!(
        failure(azure.validate_restore(OWN, &request)).code,
        "BMSUserErrorInvalidInput"
    );
}

#[test]
fn a_legacy_database_is_restored_to_another_one() {
    let azure = Azure::new();
    let instance = vault()
        .child(
            "backupInstances",
            "pgs-legacy-invoices-957d23b1-c679-4c94-ade6-c4d34635e102",
        )
        .expect("an id");
    let server = "rg-billing-prod/providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy";
    let request = RestoreRequest {
        recovery_point_id: azure.newest_point(OWN, &instance),
        store: VAULT_STORE.to_owned(),
        location: "westeurope".to_owned(),
        target: RestoreTarget::Database {
            database: Datasource {
                kind: DatasourceKind::SingleServerDatabase,
                id: in_production(&format!("{server}/databases/invoices_restored")),
                location: "westeurope".to_owned(),
            },
            secret: Some("https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup".to_owned()),
        },
    };
    let backup = azure.backup(OWN);
    let poller = block_on(backup.begin_validate_restore(&instance, &request)).expect("it is accepted");
    azure.finish(poller).expect("it can be restored");
    let poller = block_on(backup.begin_restore(&instance, &request)).expect("it is accepted");
    let job = azure.finish(poller).expect("a job").id(&vault()).expect("an id");
    let (job, _) = azure.follow_job(OWN, &job);
    assert_eq!(job.status, Some(JobStatus::Completed));
    assert_eq!(
        job.destination.as_deref(),
        Some(in_production(&format!("{server}/databases/invoices_restored")).as_str())
    );
    let databases =
        block_on(azure.client.single_servers().databases(&in_production(server))).expect("databases");
    assert!(
        databases
            .iter()
            .any(|database| database.name == "invoices_restored"),
        "{databases:?}"
    );
}
