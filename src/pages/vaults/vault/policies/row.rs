//! A row of the list of policies; pure.

use arm_client::data_protection::{BackupInstance, BackupPolicy, DatasourceKind};

use crate::{pages::vaults::vault::instances::kind_words, protection_words};

/// What the list shows of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// Its resource id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kinds: String,
    /// When backups are taken.
    pub schedule: String,
    /// How long backups are kept.
    pub retention: String,
}

/// The rows of policies, by name.
pub fn rows(policies: &[BackupPolicy]) -> Vec<Row> {
    let mut rows: Vec<Row> = policies.iter().map(row).collect();
    rows.sort_by_key(|row| row.name.to_ascii_lowercase());
    rows
}

fn row(policy: &BackupPolicy) -> Row {
    let kinds: Vec<_> = policy
        .datasource_types
        .iter()
        .map(|kind| kind_words(DatasourceKind::of(kind), Some(kind)))
        .collect();
    Row {
        id: policy.id.as_str().to_owned(),
        name: policy.name.clone(),
        kinds: if kinds.is_empty() {
            "Unknown".to_owned()
        } else {
            kinds.join(" and ")
        },
        schedule: protection_words::schedule(&policy.rules),
        retention: protection_words::retention(&policy.rules),
    }
}

/// How many of the instances use the policy of this id.
pub fn uses(instances: &[BackupInstance], policy: &str) -> usize {
    let is_it = |instance: &&BackupInstance| {
        let used = instance.policy.as_ref();
        used.is_some_and(|used| used.as_str().eq_ignore_ascii_case(policy))
    };
    instances.iter().filter(is_it).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const VAULT: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";

    fn policy(name: &str, kinds: &[&str]) -> BackupPolicy {
        let policy = json!({
            "id": format!("{VAULT}/backupPolicies/{name}"),
            "name": name,
            "properties": { "datasourceTypes": kinds, "policyRules": [] },
        });
        serde_json::from_value(policy).expect("a policy")
    }

    #[test]
    fn policies_come_by_name_and_say_what_they_are_for() {
        let flexible = "Microsoft.DBforPostgreSQL/flexibleServers";
        let rows = rows(&[
            policy("b", &[]),
            policy("A", &[flexible, "Microsoft.Storage/blobs"]),
        ]);
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.kinds.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("A", "Flexible server and Microsoft.Storage/blobs"),
                ("b", "Unknown"),
            ]
        );
    }

    #[test]
    fn uses_are_counted_whatever_the_spelling() {
        let instance = |policy: &str| -> BackupInstance {
            let instance = json!({
                "id": format!("{VAULT}/backupInstances/i"),
                "properties": { "policyInfo": { "policyId": format!("{VAULT}/backupPolicies/{policy}") } },
            });
            serde_json::from_value(instance).expect("an instance")
        };
        let instances = [instance("WEEKLY"), instance("weekly"), instance("weekly-2")];
        let id = format!("{VAULT}/backupPolicies/weekly");
        assert_eq!(
            uses(&instances, &id.replace("resourceGroups", "resourcegroups")),
            2
        );
    }
}
