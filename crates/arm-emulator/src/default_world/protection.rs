//! Backup vaults, what they protect, and who has which role (design section 5, *Default world*).

use arm_core::Timestamp;
use chrono::{Datelike, NaiveTime, TimeDelta};
use serde_json::{Value, json};

use super::{DEVELOPMENT, PRODUCTION, elsewhere::RETAIL};
use crate::{
    data_protection::{
        INSTANCE_TYPE, POLICY_TYPE,
        instances::{deleted, states},
        schedule,
        vaults::{self, Vault},
    },
    directory::{ARCHIVE_VAULT, COMMERCE_VAULT, INSIGHTS_VAULT, RETAIL_VAULT},
    operations::Effect,
    postgres::{SERVER_TYPE, single_servers::DATABASE_TYPE},
    world::World,
};

const FLEXIBLE: &str = SERVER_TYPE;

/// Group and name, location, identity, soft delete, immutability, redundancy.
type VaultRow = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const VAULTS: [VaultRow; 4] = [
    (
        PRODUCTION,
        "rg-backup-prod",
        "bv-commerce-weu",
        "westeurope",
        COMMERCE_VAULT,
        "Off",
        "Disabled",
        "LocallyRedundant",
    ),
    (
        PRODUCTION,
        "rg-backup-prod",
        "bv-insights-neu",
        "northeurope",
        INSIGHTS_VAULT,
        "On",
        "Unlocked",
        "GeoRedundant",
    ),
    (
        PRODUCTION,
        "rg-backup-prod",
        "bv-archive-gwc",
        "germanywestcentral",
        ARCHIVE_VAULT,
        "AlwaysOn",
        "Disabled",
        "ZoneRedundant",
    ),
    // Not made ready yet: no identity, no policy.
    (
        DEVELOPMENT,
        "rg-platform-dev",
        "bv-dev-neu",
        "northeurope",
        "",
        "On",
        "Disabled",
        "LocallyRedundant",
    ),
];

/// Vault, policy, datasource type, and whether backups of a month and a year are kept longer.
const POLICIES: [(&str, &str, &str, bool); 5] = [
    ("bv-commerce-weu", "pgflex-weekly", FLEXIBLE, false),
    ("bv-commerce-weu", "pgflex-long-term", FLEXIBLE, true),
    ("bv-commerce-weu", "pgsingle-weekly", DATABASE_TYPE, false),
    ("bv-insights-neu", "pgflex-weekly", FLEXIBLE, false),
    ("bv-archive-gwc", "pgflex-long-term", FLEXIBLE, true),
];

/// What became of an instance, and when, in days before now.
enum Fate {
    Protected,
    Stopped(i64),
    Suspended(i64),
    Deleted(i64),
    Failed,
}

/// An instance: vault, policy, what it protects, its GUID, for how many days, and what became of it.
struct Instance {
    vault: &'static str,
    policy: &'static str,
    source: Source,
    guid: &'static str,
    days: i64,
    fate: Fate,
}

enum Source {
    /// Subscription, group, server and location of a flexible server.
    Server(&'static str, &'static str, &'static str, &'static str),
    /// A database of the legacy single server.
    Database(&'static str),
}

const INSTANCES: [Instance; 6] = [
    Instance {
        vault: "bv-commerce-weu",
        policy: "pgflex-long-term",
        source: Source::Server(PRODUCTION, "rg-billing-prod", "pg-billing-prod", "westeurope"),
        guid: "957d23b1-c679-4c94-ade6-c4d34635e101",
        days: 200,
        fate: Fate::Protected,
    },
    Instance {
        vault: "bv-commerce-weu",
        policy: "pgsingle-weekly",
        source: Source::Database("invoices"),
        guid: "957d23b1-c679-4c94-ade6-c4d34635e102",
        days: 60,
        fate: Fate::Protected,
    },
    Instance {
        vault: "bv-commerce-weu",
        policy: "pgsingle-weekly",
        source: Source::Database("payroll"),
        guid: "957d23b1-c679-4c94-ade6-c4d34635e103",
        days: 60,
        fate: Fate::Stopped(20),
    },
    Instance {
        vault: "bv-insights-neu",
        policy: "pgflex-weekly",
        source: Source::Server(PRODUCTION, "rg-insights", "pg-analytics", "northeurope"),
        guid: "957d23b1-c679-4c94-ade6-c4d34635e104",
        days: 3,
        fate: Fate::Failed,
    },
    Instance {
        vault: "bv-insights-neu",
        policy: "pgflex-weekly",
        source: Source::Server(DEVELOPMENT, "rg-platform-dev", "pg-metrics-v2", "northeurope"),
        guid: "957d23b1-c679-4c94-ade6-c4d34635e105",
        days: 12,
        fate: Fate::Deleted(4),
    },
    Instance {
        vault: "bv-archive-gwc",
        policy: "pgflex-long-term",
        source: Source::Server(
            PRODUCTION,
            "rg-insights",
            "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char",
            "germanywestcentral",
        ),
        guid: "957d23b1-c679-4c94-ade6-c4d34635e106",
        days: 90,
        fate: Fate::Suspended(10),
    },
];

pub(super) fn fill(world: &mut World, now: Timestamp) {
    for row in VAULTS {
        world.put(vault(row));
    }
    for (vault, name, kind, is_long_term) in POLICIES {
        world.put(policy(&in_vault(vault), name, kind, is_long_term, now));
    }
    protect(world, now);
}

/// Lets the past happen: instances are protected, stopped, deleted, and backed up by schedule in between.
fn protect(world: &mut World, now: Timestamp) {
    let ago = |days: i64| now - TimeDelta::days(days);
    let mut events: Vec<(Timestamp, usize, bool)> = Vec::new();
    for (index, instance) in INSTANCES.iter().enumerate() {
        events.push((ago(instance.days), index, true));
        match instance.fate {
            Fate::Stopped(days) | Fate::Suspended(days) | Fate::Deleted(days) => {
                events.push((ago(days), index, false));
            }
            Fate::Protected | Fate::Failed => {}
        }
    }
    events.sort();
    if let Some((first, ..)) = events.first() {
        world.protection = schedule::Protection::starting_at(*first);
    }
    for (at, index, is_beginning) in events {
        schedule::advance(world, at);
        let instance = &INSTANCES[index];
        if is_beginning {
            begin(world, instance, at);
        } else {
            end(world, instance, at);
        }
    }
    schedule::advance(world, now);
    world.backups_due = None;
}

fn begin(world: &mut World, instance: &Instance, at: Timestamp) {
    let vault = in_vault(instance.vault);
    let (source, set, name) = instance.source.members();
    let name = format!("{name}-{}", instance.guid);
    let mut properties = json!({
        "dataSourceInfo": source,
        "dataSourceSetInfo": set,
        "policyInfo": { "policyId": format!("{vault}/backupPolicies/{}", instance.policy), "policyVersion": "" },
    });
    if matches!(instance.source, Source::Database(_)) {
        properties["datasourceAuthCredentials"] = json!({
            "objectType": "SecretStoreBasedAuthCredentials",
            "secretStoreResource": {
                "uri": "https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup",
                "secretStoreType": "AzureKeyVault",
            },
        });
    }
    let document = json!({
        "properties": states::being_configured(&name, &properties),
        "id": format!("{vault}/backupInstances/{name}"),
        "name": name,
        "type": INSTANCE_TYPE,
    });
    let key = document["id"].as_str().unwrap_or_default().to_ascii_lowercase();
    world.apply(Effect::Put(document));
    let (state, error) = match instance.fate {
        Fate::Failed => (states::CONFIGURING_FAILED, missing_role(&instance.source)),
        _ => (states::CONFIGURED, Value::Null),
    };
    world.apply(Effect::Merge(
        key.clone(),
        states::patch(state, "Succeeded", &error),
    ));
    world.apply(Effect::ProtectedSince(key, at));
}

fn end(world: &mut World, instance: &Instance, at: Timestamp) {
    let (_, _, name) = instance.source.members();
    let name = format!("{name}-{}", instance.guid);
    let key = format!("{}/backupInstances/{name}", in_vault(instance.vault)).to_ascii_lowercase();
    let state = match instance.fate {
        Fate::Suspended(_) => states::SUSPENDED,
        Fate::Deleted(_) => {
            let vault = instances_vault(world, instance);
            if let (Some(vault), Some(present)) = (vault, world.document(&key).cloned()) {
                let activity = "0c99ff0f-6c26-4ec7-899f-205435e89894";
                world.apply(Effect::Forget(key));
                world.apply(Effect::Put(deleted::document(&vault, &present, at, activity)));
            }
            return;
        }
        _ => states::STOPPED,
    };
    world.apply(Effect::Merge(
        key,
        states::patch(state, "Succeeded", &Value::Null),
    ));
}

fn instances_vault(world: &World, instance: &Instance) -> Option<Value> {
    let key = in_vault(instance.vault).to_ascii_lowercase();
    world.document(&key).cloned()
}

/// What the document shows of a vault without rights (S1).
fn missing_role(source: &Source) -> Value {
    let (source, ..) = source.members();
    let id = source["resourceID"].as_str().unwrap_or_default();
    json!({
        "message": "Appropriate permissions to perform the operation is missing.",
        "recommendedAction": ["Grant appropriate permissions to perform this operation as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation."],
        "code": "UserErrorMissingRequiredPermissions",
        "target": "",
        "innerError": {
            "code": "UserErrorMissingRequiredPermissions",
            "additionalInfo": {
                "DetailedNonLocalisedMessage": format!("Validate for Protection failed. Exception Message: The client '{INSIGHTS_VAULT}' with object id '{INSIGHTS_VAULT}' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope '{id}/providers/Microsoft.Authorization' or the scope is invalid. If access was recently granted, please refresh your credentials."),
            },
        },
        "isRetryable": false,
        "isUserError": false,
        "properties": { "ActivityId": "3e7cacb3-65cd-4b3c-8145-71fe90d57327" },
    })
}

/// The canonical id of a vault of this world.
fn in_vault(name: &str) -> String {
    let row = VAULTS.iter().find(|row| row.2 == name);
    row.map(|row| vaults::canonical_id(&vault(*row)))
        .unwrap_or_default()
}

/// A vault in another directory than the home: its own identity, no policy yet.
pub(super) fn retail_vault() -> Value {
    vault((
        RETAIL,
        "rg-retail",
        "bv-retail-neu",
        "northeurope",
        RETAIL_VAULT,
        "On",
        "Disabled",
        "LocallyRedundant",
    ))
}

fn vault(row: VaultRow) -> Value {
    let (subscription, group, name, location, principal, soft_delete, immutability, redundancy) = row;
    let vault = Vault {
        subscription,
        group,
        name,
        location,
        principal,
        tags: Some(json!({ "team": "platform" })),
        properties: json!({
            "storageSettings": [{ "datastoreType": "VaultStore", "type": redundancy }],
            "securitySettings": {
                "softDeleteSettings": { "state": soft_delete, "retentionDurationInDays": 14.0 },
                "immutabilitySettings": { "state": immutability },
            },
            "featureSettings": { "crossSubscriptionRestoreSettings": { "state": "Enabled" } },
        }),
    };
    vault.document()
}

/// A weekly policy as the command line makes it (reference B4), with its first backup on a Sunday two years ago.
fn policy(vault: &str, name: &str, kind: &str, is_long_term: bool, now: Timestamp) -> Value {
    let day = now - TimeDelta::days(728 + i64::from(now.weekday().num_days_from_sunday()));
    let first = day.date_naive().and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(2);
    let retention = |tag: &str, duration: &str| {
        json!({
            "lifecycles": [{
                "deleteAfter": { "objectType": "AbsoluteDeleteOption", "duration": duration },
                "targetDataStoreCopySettings": [],
                "sourceDataStore": { "dataStoreType": "VaultStore", "objectType": "DataStoreInfoBase" },
            }],
            "isDefault": tag == "Default",
            "name": tag,
            "objectType": "AzureRetentionRule",
        })
    };
    let tagging = |tag: &str, priority: i64, criterion: Option<&str>| {
        let mut tagging = json!({
            "tagInfo": { "tagName": tag, "id": format!("{tag}_") },
            "taggingPriority": priority,
            "isDefault": tag == "Default",
        });
        if let Some(criterion) = criterion {
            tagging["criteria"] =
                json!([{ "objectType": "ScheduleBasedBackupCriteria", "absoluteCriteria": [criterion] }]);
        }
        tagging
    };
    let mut rules = vec![retention("Default", "P3M")];
    let mut tags = vec![tagging("Default", 99, None)];
    if is_long_term {
        rules.extend([retention("Monthly", "P1Y"), retention("Yearly", "P10Y")]);
        tags.extend([
            tagging("Monthly", 15, Some("FirstOfMonth")),
            tagging("Yearly", 10, Some("FirstOfYear")),
        ]);
    }
    rules.push(json!({
        "backupParameters": { "backupType": "Full", "objectType": "AzureBackupParams" },
        "trigger": {
            "schedule": {
                "repeatingTimeIntervals": [format!("R/{}/P1W", first.format("%Y-%m-%dT%H:%M:%S+00:00"))],
                "timeZone": "UTC",
            },
            "taggingCriteria": tags,
            "objectType": "ScheduleBasedTriggerContext",
        },
        "dataStore": { "dataStoreType": "VaultStore", "objectType": "DataStoreInfoBase" },
        "name": "BackupWeekly",
        "objectType": "AzureBackupRule",
    }));
    json!({
        "properties": { "policyRules": rules, "datasourceTypes": [kind], "objectType": "BackupPolicy" },
        "id": format!("{vault}/backupPolicies/{name}"),
        "name": name,
        "type": POLICY_TYPE,
    })
}

impl Source {
    /// The datasource, its set, and how an instance of it is called before its GUID.
    fn members(&self) -> (Value, Value, String) {
        let member = |id: &str, datasource: &str, name: &str, kind: &str, location: &str, object: &str| {
            json!({
                "resourceID": id,
                "resourceUri": "",
                "datasourceType": datasource,
                "resourceName": name,
                "resourceType": kind,
                "resourceLocation": location,
                "objectType": object,
            })
        };
        match self {
            Self::Server(subscription, group, name, location) => {
                let id = format!(
                    "/subscriptions/{subscription}/resourceGroups/{group}/providers/{FLEXIBLE}/{name}"
                );
                (
                    member(&id, FLEXIBLE, name, FLEXIBLE, location, "Datasource"),
                    member(&id, FLEXIBLE, name, FLEXIBLE, location, "DatasourceSet"),
                    (*name).to_owned(),
                )
            }
            Self::Database(database) => {
                let (server, name) = (super::single_server::ID, super::single_server::NAME);
                let id = format!("{server}/databases/{database}");
                let single = crate::postgres::single_servers::SINGLE_SERVER_TYPE;
                (
                    member(
                        &id,
                        DATABASE_TYPE,
                        database,
                        DATABASE_TYPE,
                        "westeurope",
                        "Datasource",
                    ),
                    member(server, DATABASE_TYPE, name, single, "westeurope", "DatasourceSet"),
                    format!("{name}-{database}"),
                )
            }
        }
    }
}
