use arm_client::{
    authorization::Role,
    data_protection::{DatasourceKind, FirstOf, PolicyDuration, PolicyRules},
};
use chrono::TimeDelta;

use super::*;
use crate::{
    findings::{Fix, FixAct, Severity},
    problem::Problem,
};

const SERVER: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";
const VAULT: &str =
    "/subscriptions/s/resourceGroups/rg-b/providers/Microsoft.DataProtection/backupVaults/bv-a";

fn id(text: &str) -> ResourceId {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn datasource() -> Datasource {
    Datasource {
        kind: DatasourceKind::FlexibleServer,
        id: id(SERVER),
        location: "West Europe".to_owned(),
    }
}

fn server(properties: &str) -> FlexibleServer {
    let json = format!(r#"{{"id":"{SERVER}","name":"pg-a","properties":{{{properties}}}}}"#);
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn vault(members: &str) -> BackupVault {
    let json = format!(r#"{{"id":"{VAULT}"{members}}}"#);
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn ready_vault() -> BackupVault {
    vault(
        r#","location":"westeurope","identity":{"principalId":"p","tenantId":"t-1"},
           "properties":{"securitySettings":{"softDeleteSettings":{"state":"On"}}}"#,
    )
}

fn deleted(source: &str, purge: &str) -> BackupInstance {
    let json = format!(
        r#"{{"id":"{VAULT}/deletedBackupInstances/pg-a-1","name":"pg-a-1","properties":{{
           "dataSourceInfo":{{"resourceID":"{source}"}},"deletionInfo":{{{purge}}}}}}}"#
    );
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn policy(intervals: &[&str]) -> BackupPolicy {
    let first = "2026-01-04T02:00:00Z".parse().expect("a moment");
    let mut rules = PolicyRules::weekly(first, PolicyDuration::months(3), &[]);
    rules.intervals = intervals.iter().map(|interval| (*interval).to_owned()).collect();
    BackupPolicy {
        id: id(&format!("{VAULT}/backupPolicies/p")),
        name: "p".to_owned(),
        datasource_types: Vec::new(),
        rules,
    }
}

/// `id severity: title` of each finding.
fn found(facts: &ProtectionFacts) -> Vec<String> {
    let said = findings(facts).into_iter();
    said.map(|finding| format!("{} {:?}: {}", finding.id, finding.severity, finding.title))
        .collect()
}

#[test]
fn a_ready_server_and_a_ready_vault_have_no_findings_and_neither_has_what_is_still_read() {
    let (datasource, vault) = (datasource(), ready_vault());
    let server = server(r#""state":"Ready","storage":{"storageSizeGB":512},"replicationRole":"Primary""#);
    let policy = policy(&["R/2026-01-04T02:00:00+00:00/P1W"]);
    let known = ProtectionFacts {
        vault: Some(&vault),
        tenant: Some("T-1"),
        server: Some(&server),
        policy: Some(&policy),
        access: Access::Known {
            roles: &[],
            key_vault: None,
        },
        ..ProtectionFacts::of(&datasource)
    };
    assert_eq!(found(&known), [""; 0]);
    assert_eq!(found(&ProtectionFacts::of(&datasource)), [""; 0]);
}

#[test]
fn another_instance_is_named_with_its_vault_and_leads_there() {
    let datasource = datasource();
    for (state, expected) in [
        (
            Some("ProtectionConfigured"),
            "already-protected Blocks: It is protected already, in vault 'bv-b'",
        ),
        (
            Some("ProtectionStopped"),
            "already-protected Blocks: It is in vault 'bv-b', with its protection stopped",
        ),
        (
            Some("BackupSchedulesSuspended"),
            "already-protected Blocks: It is in vault 'bv-b', with its protection stopped",
        ),
        (
            Some("ConfiguringProtectionFailed"),
            "already-protected Blocks: It is in vault 'bv-b', and something is wrong there",
        ),
        (
            Some("Pondering"),
            "already-protected Blocks: It is protected already, in vault 'bv-b'",
        ),
        (
            None,
            "already-protected Blocks: It is protected already, in vault 'bv-b'",
        ),
    ] {
        let protecting = [Protecting {
            instance: id(&VAULT.replace("bv-a", "bv-b"))
                .child("backupInstances", "pg-a-7")
                .expect("an id"),
            state: state.map(|state| ProtectionState::from(state.to_owned())),
        }];
        let facts = ProtectionFacts {
            protecting: &protecting,
            ..ProtectionFacts::of(&datasource)
        };
        assert_eq!(found(&facts), [expected], "{state:?}");
        let [finding] = findings(&facts).try_into().expect("one finding");
        let word = state.unwrap_or("Unknown");
        assert_eq!(
            finding.evidence,
            Some(format!("Azure gave the state of 'pg-a-7' as '{word}'."))
        );
        let path = "/vaults/s/rg-b/bv-b/instances/pg-a-7".to_owned();
        let label = "View instance";
        assert_eq!(finding.fix, Some(Fix::Link { label, path }));
    }
}

#[test]
fn only_a_soft_deleted_instance_of_the_datasource_itself_is_in_the_way() {
    let datasource = datasource();
    let purge = r#""scheduledPurgeTime":"2026-03-22T09:00:00Z""#;
    for (source, purge, expected) in [
        (
            SERVER.to_uppercase().replace("/SUBSCRIPTIONS", "/subscriptions"),
            purge,
            Some("until it is purged on 22 Mar 2026, 09:00\u{a0}UTC."),
        ),
        (
            SERVER.to_owned(),
            "",
            Some("until it is purged; when that is Azure does not say."),
        ),
        (format!("{SERVER}-2"), purge, None),
    ] {
        let deleted = [deleted(&source, purge)];
        let facts = ProtectionFacts {
            deleted: &deleted,
            ..ProtectionFacts::of(&datasource)
        };
        let findings = findings(&facts);
        assert_eq!(findings.len(), usize::from(expected.is_some()), "{source}");
        if let Some(expected) = expected {
            assert_eq!(
                (findings[0].id, findings[0].severity),
                ("soft-deleted", Severity::Blocks)
            );
            assert!(findings[0].consequence.contains(expected), "{findings:?}");
        }
    }
}

#[test]
fn vault_and_datasource_are_in_one_region_and_tenant_however_they_are_spelled() {
    for (location, tenant, expected) in [
        ("westeurope", "t-1", &[][..]),
        ("West Europe", "T-1", &[]),
        ("", "t-1", &[]),
        (
            "northeurope",
            "t-1",
            &["other-region Blocks: It is in North Europe, the vault in West Europe"],
        ),
        (
            "westeurope",
            "t-2",
            &["other-tenant Blocks: It is in another tenant than the vault"],
        ),
    ] {
        let datasource = Datasource {
            location: location.to_owned(),
            ..datasource()
        };
        let vault = ready_vault();
        let facts = ProtectionFacts {
            vault: Some(&vault),
            tenant: Some(tenant),
            ..ProtectionFacts::of(&datasource)
        };
        assert_eq!(found(&facts), expected, "{location} {tenant}");
    }
}

#[test]
fn what_the_server_is_like_is_held_against_what_vaulted_backups_leave_out() {
    let datasource = datasource();
    for (properties, expected) in [
        (
            r#""replicationRole":"asyncreplica""#,
            &["protection-replica Blocks: The server is a read replica"][..],
        ),
        (
            r#""replicationRole":"GeoAsyncReplica""#,
            &["protection-replica Blocks: The server is a read replica"],
        ),
        (r#""replicationRole":"None""#, &[]),
        (
            r#""state":"Stopped""#,
            &["protection-not-ready Warns: The server is stopped"],
        ),
        (
            r#""state":"Dropping""#,
            &["protection-not-ready Warns: The server is being deleted"],
        ),
        (
            r#""state":"Updating""#,
            &["protection-not-ready Warns: The server is not ready"],
        ),
        (
            r#""storage":{"type":"PremiumV2_LRS"}"#,
            &["protection-premium-v2 Warns: The server's storage is Premium SSD v2"],
        ),
        (r#""storage":{"storageSizeGB":819}"#, &[]),
        (
            r#""storage":{"storageSizeGB":820}"#,
            &["protection-size Info: The server's storage comes near 1 TiB"],
        ),
        (
            r#""storage":{"storageSizeGB":1024}"#,
            &["protection-size Info: The server's storage comes near 1 TiB"],
        ),
        (
            r#""storage":{"storageSizeGB":1025}"#,
            &["protection-size Warns: The server may hold more than 1 TiB"],
        ),
        (
            r#""storage":{"storageSizeGB":2048},"replicationRole":"AsyncReplica""#,
            &[
                "protection-replica Blocks: The server is a read replica",
                "protection-size Warns: The server may hold more than 1 TiB",
            ],
        ),
    ] {
        let server = server(properties);
        let facts = ProtectionFacts {
            server: Some(&server),
            ..ProtectionFacts::of(&datasource)
        };
        assert_eq!(found(&facts), expected, "{properties}");
    }
}

#[test]
fn a_vault_that_is_not_ready_is_told_with_what_makes_it_so() {
    let datasource = datasource();
    let soft_delete = |state: &str| {
        vault(&format!(
            r#","identity":{{"principalId":"p"}},"properties":{{"securitySettings":{{"softDeleteSettings":{{"state":"{state}"}}}}}}"#
        ))
    };
    for (vault, expected) in [
        (vault(""), &["no-identity Blocks: The vault has no identity"][..]),
        (soft_delete("OFF"), &["soft-delete-off Info: Soft delete is off"]),
        (soft_delete("AlwaysOn"), &[]),
        (soft_delete("Enabled"), &[]),
    ] {
        let facts = ProtectionFacts {
            vault: Some(&vault),
            ..ProtectionFacts::of(&datasource)
        };
        assert_eq!(found(&facts), expected);
    }
}

#[test]
fn missing_access_names_each_role_and_where_and_what_is_not_known_claims_nothing() {
    let datasource = datasource();
    let missing = |role: Role, scope: &str| MissingRole {
        role,
        scope: id(scope),
        actions: vec!["x"],
    };
    let roles = [
        missing(Role::Reader, "/subscriptions/s/resourceGroups/rg"),
        missing(Role::LongTermRetentionBackup, SERVER),
    ];
    let key_vault = id("/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv");
    let problem = Problem {
        reason: "You may not do this.".to_owned(),
        ..Problem::default()
    };
    let known = |roles, key_vault| Access::Known { roles, key_vault };
    for (access, title, evidence) in [
        (
            known(&roles, None),
            "missing-roles Blocks: The vault's identity lacks 2 roles",
            "'Reader' on 'rg', 'PostgreSQL Flexible Server Long Term Retention Backup Role' on 'pg-a'.",
        ),
        (
            known(&roles[..1], Some(&key_vault)),
            "missing-roles Blocks: The vault's identity lacks 1 role",
            "'Reader' on 'rg', Get and List on the secrets of 'kv'.",
        ),
        (
            known(&[], Some(&key_vault)),
            "missing-roles Blocks: The vault's identity may not read the secret",
            "Get and List on the secrets of 'kv'.",
        ),
        (
            Access::Unknown(&problem),
            "roles-unknown Info: The roles of the vault's identity are not known",
            "You may not do this.",
        ),
    ] {
        let facts = ProtectionFacts {
            access,
            ..ProtectionFacts::of(&datasource)
        };
        assert_eq!(found(&facts), [title]);
        let said = findings(&facts)[0].evidence.clone().unwrap_or_default();
        assert!(said.ends_with(evidence), "{said}");
    }
}

#[test]
fn more_than_one_run_a_week_is_warned_of_however_it_is_written() {
    let datasource = datasource();
    for (intervals, expected) in [
        (&["R/2026-01-04T02:00:00+00:00/P1W"][..], None),
        (&["R/2026-01-04T02:00:00+00:00/P2W"], None),
        (
            &[
                "R/2026-01-04T02:00:00+00:00/P1W",
                "R/2026-01-07T02:00:00+00:00/P1W",
            ],
            Some(2),
        ),
        (&["R/2026-01-04T02:00:00+00:00/P1D"], Some(7)),
        (&["R/2026-01-04T02:00:00+00:00/P4D"], Some(2)),
        (&["R/2026-01-04T02:00:00+00:00/PT4H"], None),
    ] {
        let policy = policy(intervals);
        let facts = ProtectionFacts {
            policy: Some(&policy),
            ..ProtectionFacts::of(&datasource)
        };
        let expected =
            expected.map(|runs: u32| format!("several-weekly-runs Warns: The policy has {runs} runs a week"));
        assert_eq!(found(&facts), Vec::from_iter(expected), "{intervals:?}");
    }
    let first = "2026-01-04T02:00:00Z"
        .parse::<arm_core::Timestamp>()
        .expect("a moment");
    let weekly = PolicyRules::weekly(
        first + TimeDelta::hours(1),
        PolicyDuration::days(7),
        &[("Monthly", FirstOf::Month, PolicyDuration::months(1))],
    );
    assert_eq!(several_weekly_runs(&weekly), None);
}

#[test]
fn the_gravest_comes_first_and_each_rule_speaks_once() {
    let datasource = datasource();
    let vault = vault(
        r#","location":"northeurope","properties":{"securitySettings":{"softDeleteSettings":{"state":"Off"}}}"#,
    );
    let server = server(r#""state":"Stopped","storage":{"storageSizeGB":900}"#);
    let facts = ProtectionFacts {
        vault: Some(&vault),
        server: Some(&server),
        ..ProtectionFacts::of(&datasource)
    };
    let ids: Vec<_> = findings(&facts).iter().map(|finding| finding.id).collect();
    assert_eq!(
        ids,
        [
            "other-region",
            "no-identity",
            "protection-not-ready",
            "protection-size",
            "soft-delete-off"
        ]
    );
    let turn_on = &findings(&facts)[1].fix;
    let is_button = matches!(
        turn_on,
        Some(Fix::Button {
            act: FixAct::TurnIdentityOn,
            ..
        })
    );
    assert!(is_button, "{turn_on:?}");
}
