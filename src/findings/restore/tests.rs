use arm_client::storage::{BlobItem, BlobPage};
use serde_json::{Value, json};

use super::*;

const ACCOUNT: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta";
const VAULT: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn account(properties: Value) -> StorageAccount {
    let mut properties = properties;
    properties["primaryEndpoints"] = json!({ "blob": "https://sta.blob.core.windows.net/" });
    properties["allowCrossTenantReplication"] = match properties.get("allowCrossTenantReplication") {
        None => json!(true),
        Some(given) => given.clone(),
    };
    serde_json::from_value(json!({ "id": ACCOUNT, "location": "westeurope", "properties": properties }))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn vault() -> BackupVault {
    let identity = json!({ "principalId": "p", "tenantId": "t" });
    serde_json::from_value(json!({ "id": VAULT, "location": "westeurope", "identity": identity }))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn job(properties: Value) -> BackupJob {
    let id = format!("{VAULT}/backupJobs/j-1");
    serde_json::from_value(json!({ "id": id, "name": "j-1", "properties": properties }))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn instance() -> ResourceId {
    let id = format!("{VAULT}/backupInstances/pg-a");
    id.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn denied() -> Problem {
    Problem {
        reason: "Your roles do not allow it.".to_owned(),
        kind: ProblemKind::NoAccess,
        ..Problem::default()
    }
}

fn facts<'a>(vault: &'a BackupVault, account: &'a StorageAccount) -> RestoreFacts<'a> {
    RestoreFacts {
        vault,
        account_id: &account.id,
        account: Ok(account),
        container: "restored",
        container_exists: Ok(true),
        missing_roles: Ok(&[]),
        prefix: "",
        look: &BlobLook::NotAsked,
        last_restore: Ok(None),
        now: moment("2026-03-12T12:00:00Z"),
    }
}

/// Title, severity, evidence and button of what is found.
fn told(found: &[Finding]) -> Vec<(&str, Severity, &str, &str)> {
    let button = |finding: &Finding| match finding.fix {
        Some(Fix::Button { label, .. } | Fix::Link { label, .. }) => label,
        None => "",
    };
    found
        .iter()
        .map(|finding| {
            let evidence = finding.evidence.as_deref().unwrap_or_default();
            (
                finding.title.as_str(),
                finding.severity,
                evidence,
                button(finding),
            )
        })
        .collect()
}

#[test]
fn each_rule_has_its_evidence_and_its_mending() {
    use Severity::{Blocks, Warns};
    let vault = vault();
    assert_eq!(
        restore(&facts(&vault, &account(json!({})))),
        [],
        "nothing stands in the way"
    );
    for (properties, expected) in [
        (
            json!({ "allowCrossTenantReplication": null }),
            (
                "The storage account sta does not allow cross-tenant replication",
                Blocks,
                "allowCrossTenantReplication is not set, which means false.",
                "Allow cross-tenant replication",
            ),
        ),
        (
            json!({ "allowedCopyScope": "PrivateLink" }),
            (
                "The storage account sta permits copies only from the scope PrivateLink",
                Blocks,
                "allowedCopyScope is PrivateLink.",
                "Permit copies from any storage account",
            ),
        ),
        (
            json!({ "publicNetworkAccess": "Disabled" }),
            (
                "The storage account sta cannot be reached through the public network",
                Blocks,
                "publicNetworkAccess is Disabled.",
                "Let the vault in",
            ),
        ),
        (
            json!({ "networkAcls": { "defaultAction": "Deny", "bypass": "AzureServices" } }),
            (
                "The storage account sta lets in selected networks only",
                Blocks,
                "defaultAction of its network rules is Deny, and no resource instance among them is 'bv'.",
                "Let the vault in",
            ),
        ),
    ] {
        let account = account(properties.clone());
        assert_eq!(
            told(&restore(&facts(&vault, &account))),
            [expected],
            "{properties}"
        );
    }
    let mut elsewhere = account(json!({}));
    elsewhere.location = Some("northeurope".to_owned());
    let title = "The storage account is in North Europe, the Backup vault in West Europe";
    let expected = (title, Warns, "", "Choose another storage account");
    assert_eq!(told(&restore(&facts(&vault, &elsewhere))), [expected]);
    let here = account(json!({}));
    let absent = RestoreFacts {
        container_exists: Ok(false),
        ..facts(&vault, &here)
    };
    let expected = (
        "The container restored is not there",
        Blocks,
        "Azure does not find it in 'sta'.",
        "Create container",
    );
    assert_eq!(told(&restore(&absent)), [expected]);
}

#[test]
fn a_change_is_offered_for_the_rule_that_is_not_kept_and_for_no_other() {
    let vault = vault();
    let account = account(json!({ "allowedCopyScope": "AAD" }));
    let found = change(TargetRule::CopyScope, &account, &vault);
    assert_eq!(found, Some(AccountChange::copy_from_anywhere(&account)));
    for rule in [TargetRule::Replication, TargetRule::Network, TargetRule::Region] {
        assert_eq!(change(rule, &account, &vault), None, "{rule:?}");
    }
}

#[test]
fn what_could_not_be_read_is_said_as_that_and_as_nothing_else() {
    let (vault, here, denied) = (vault(), account(json!({})), denied());
    let all_denied = RestoreFacts {
        account: Err(&denied),
        container_exists: Err(&denied),
        missing_roles: Err(&denied),
        last_restore: Err(&denied),
        ..facts(&vault, &here)
    };
    let titles: Vec<_> = restore(&all_denied)
        .into_iter()
        .map(|one| (one.severity, one.title))
        .collect();
    assert_eq!(
        titles,
        [
            (
                Severity::Info,
                "Whether the Backup vault may write to the container could not be checked".to_owned()
            ),
            (
                Severity::Info,
                "The settings of the storage account sta could not be read".to_owned()
            ),
            (
                Severity::Info,
                "Whether this instance was restored in the last 24 hours could not be checked".to_owned()
            ),
        ],
        "of the container nothing is said where the account is not known"
    );
    let of_container = RestoreFacts {
        container_exists: Err(&denied),
        missing_roles: Err(&denied),
        ..facts(&vault, &here)
    };
    let found = restore(&of_container);
    assert_eq!(
        told(&found),
        [
            (
                "Whether the Backup vault may write to the container could not be checked",
                Severity::Info,
                "Your roles do not allow it.",
                ""
            ),
            (
                "Whether the container restored is there could not be checked",
                Severity::Info,
                "Your roles do not allow it.",
                ""
            ),
        ]
    );
    let gone = Problem {
        kind: ProblemKind::NotFound,
        ..denied.clone()
    };
    let found = restore(&RestoreFacts {
        account: Err(&gone),
        ..facts(&vault, &here)
    });
    assert_eq!(found[0].severity, Severity::Blocks, "{found:?}");
    assert_eq!(found[0].title, "The storage account sta is not there");
}

#[test]
fn whether_the_prefix_is_taken_is_told_as_far_as_it_is_known() {
    let (vault, here) = (vault(), account(json!({})));
    let blob = BlobItem::new("pg-a-1_roles.sql", false, None);
    let listed = |blobs| {
        let page = BlobPage { blobs, next: None };
        BlobLook::Listed(Listed::from(page))
    };
    let (unknown, taken) = (
        "Whether blobs begin with pg-a-1 already could not be checked",
        "Blobs in the container begin with pg-a-1 already",
    );
    let refused = "Azure Storage answered 403 AuthorizationFailure.";
    for (look, expected) in [
        (BlobLook::NotAsked, Some((unknown, Severity::Info, "", ""))),
        (
            BlobLook::Unknown(refused.to_owned()),
            Some((unknown, Severity::Info, refused, "")),
        ),
        (
            listed(vec![blob]),
            Some((
                taken,
                Severity::Blocks,
                "1 blob: pg-a-1_roles.sql.",
                "Choose another file prefix",
            )),
        ),
        (listed(vec![]), None),
        (BlobLook::Asking, None),
    ] {
        let found = restore(&RestoreFacts {
            prefix: "pg-a-1",
            look: &look,
            ..facts(&vault, &here)
        });
        assert_eq!(told(&found), Vec::from_iter(expected), "{look:?}");
        let names_set_up = found
            .iter()
            .any(|one| one.consequence.contains("not set up to ask"));
        assert_eq!(
            names_set_up,
            look == BlobLook::NotAsked,
            "nothing is said of the account where nobody asked it: {found:?}"
        );
    }
}

#[test]
fn the_restore_that_counts_is_the_one_that_runs_or_else_the_newest_of_the_instance() {
    let restored = |status: &str, started: &str, ended: Value| {
        job(json!({
            "operation": "Restore", "status": status, "startTime": started, "endTime": ended,
            "backupInstanceId": instance().as_str().to_uppercase(),
        }))
    };
    let ended = || json!("2026-03-12T11:00:00Z");
    let newest = || restored("Completed", "2026-03-12T10:00:00Z", ended());
    let running = || restored("InProgress", "2026-03-10T10:00:00Z", Value::Null);
    let mut of_another = newest();
    of_another.instance = None;
    let backup = job(
        json!({ "operation": "Backup", "startTime": "2026-03-12T11:30:00Z", "backupInstanceId": instance() }),
    );
    for (jobs, expected) in [
        (vec![], None),
        (vec![backup, of_another], None),
        (
            vec![restored("Failed", "2026-03-01T10:00:00Z", ended()), newest()],
            Some(("2026-03-12T10:00:00Z", true)),
        ),
        (vec![newest(), running()], Some(("2026-03-10T10:00:00Z", false))),
        (
            vec![restored("NewWord", "2026-03-12T10:00:00Z", Value::Null)],
            Some(("2026-03-12T10:00:00Z", false)),
        ),
        (
            vec![restored("NewWord", "2026-03-12T10:00:00Z", ended())],
            Some(("2026-03-12T10:00:00Z", true)),
        ),
    ] {
        let found = last_restore(&jobs, &instance()).map(|last| (last.started, last.has_ended));
        let expected = expected.map(|(started, has_ended)| (moment(started), has_ended));
        assert_eq!(found, expected, "{jobs:?}");
    }
}

#[test]
fn a_restore_of_today_leads_to_its_job() {
    let (vault, here, denied) = (vault(), account(json!({})), denied());
    let last = LastRestore {
        job: job(json!({})).id,
        started: moment("2026-03-12T10:00:00Z"),
        has_ended: true,
        status: "Completed".to_owned(),
    };
    for account in [Ok(&here), Err(&denied)] {
        let found = restore(&RestoreFacts {
            account,
            last_restore: Ok(Some(&last)),
            ..facts(&vault, &here)
        });
        let expected = (
            "This instance was restored in the last 24 hours",
            Severity::Warns,
            "Job 'j-1' began on 12 Mar 2026, 10:00\u{a0}UTC; its status is Completed.",
            "Show job",
        );
        assert_eq!(told(&found)[0], expected);
    }
}
