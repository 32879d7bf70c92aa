use serde_json::{Value, json};

use super::*;
use crate::authorization::Role;

const SUBSCRIPTION: &str = "11111111-1111-4111-8111-111111111111";

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("a moment")
}

fn account(change: Value) -> StorageAccount {
    let mut properties = json!({
        "primaryEndpoints": { "blob": "https://sta.blob.core.windows.net/" },
        "allowCrossTenantReplication": true,
        "networkAcls": { "defaultAction": "Allow", "bypass": "AzureServices" },
    });
    for (name, value) in change.as_object().into_iter().flatten() {
        properties[name] = value.clone();
    }
    let id = format!(
        "/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta"
    );
    serde_json::from_value(json!({ "id": id, "location": "westeurope", "properties": properties }))
        .expect("an account")
}

fn vault(state: &str) -> BackupVault {
    let id = format!(
        "/subscriptions/{SUBSCRIPTION}/resourcegroups/rg/providers/Microsoft.DataProtection/BackupVaults/bv"
    );
    serde_json::from_value(json!({
        "id": id,
        "location": "West Europe",
        "identity": { "principalId": "p", "tenantId": "t" },
        "properties": { "featureSettings": { "crossSubscriptionRestoreSettings": { "state": state } } },
    }))
    .expect("a vault")
}

fn missing() -> MissingRole {
    MissingRole {
        role: Role::StorageBlobDataContributor,
        scope: account(json!({})).id,
        actions: vec!["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write"],
    }
}

fn facts<'a>(vault: &'a BackupVault, account: &'a StorageAccount) -> RestoreTargetFacts<'a> {
    RestoreTargetFacts {
        vault,
        account,
        container: "restored",
        container_exists: Some(true),
        missing_roles: Some(&[]),
        prefix: "pg-a-1",
        prefix_is_taken: Some(false),
        last_restore: None,
        now: noon(),
    }
}

fn rules(facts: &RestoreTargetFacts) -> Vec<(&'static str, TargetSeverity)> {
    let found = judge_restore_target(facts);
    found
        .iter()
        .map(|finding| (finding.rule.id(), finding.severity))
        .collect()
}

#[test]
fn each_property_of_an_account_is_judged_by_itself() {
    use TargetSeverity::Blocks;
    let vault = vault("Enabled");
    let admitted = |resource: &str, bypass: &str| json!({ "networkAcls": { "defaultAction": "Deny", "bypass": bypass, "resourceAccessRules": [{ "tenantId": "t", "resourceId": resource }] } });
    let own = format!(
        "/subscriptions/{SUBSCRIPTION}/resourceGroups/RG/providers/Microsoft.DataProtection/backupVaults/BV"
    );
    let all = format!("/subscriptions/{SUBSCRIPTION}/providers/Microsoft.DataProtection/backupVaults/*");
    for (change, expected) in [
        (json!({}), None),
        (
            json!({ "allowedCopyScope": "All", "publicNetworkAccess": "Enabled" }),
            None,
        ),
        (json!({ "primaryEndpoints": {} }), Some("restore-blobs")),
        (
            json!({ "allowCrossTenantReplication": null }),
            Some("restore-replication"),
        ),
        (
            json!({ "allowCrossTenantReplication": false }),
            Some("restore-replication"),
        ),
        (json!({ "allowedCopyScope": "AAD" }), Some("restore-copy-scope")),
        (
            json!({ "allowedCopyScope": "PrivateLink" }),
            Some("restore-copy-scope"),
        ),
        (
            json!({ "publicNetworkAccess": "Disabled" }),
            Some("restore-network"),
        ),
        (
            json!({ "networkAcls": { "defaultAction": "Deny", "bypass": "AzureServices" } }),
            Some("restore-network"),
        ),
        (admitted(&own, "Logging, AzureServices"), None),
        (admitted(&all, "AzureServices"), None),
        (admitted(&own, "Logging"), Some("restore-network")),
        (
            admitted(&format!("{own}x"), "AzureServices"),
            Some("restore-network"),
        ),
    ] {
        let account = account(change.clone());
        let expected: Vec<_> = expected.map(|rule| (rule, Blocks)).into_iter().collect();
        assert_eq!(rules(&facts(&vault, &account)), expected, "{change}");
    }
}

#[test]
fn what_is_around_the_account_is_judged_too() {
    use TargetSeverity::{Blocks, Unknown, Warns};
    let (vault, account) = (vault("Disabled"), account(json!({})));
    let base = facts(&vault, &account);
    let missing = [missing()];
    let hours = |hours: i64| noon() - chrono::TimeDelta::hours(hours);
    let changed = |change: &dyn Fn(&mut RestoreTargetFacts)| {
        let mut facts = base.clone();
        change(&mut facts);
        rules(&facts)
    };
    let check = |found: Vec<(&'static str, TargetSeverity)>, expected: &[(&'static str, TargetSeverity)]| {
        assert_eq!(found, expected);
    };
    check(rules(&base), &[]);
    let mut without_identity = vault.clone();
    without_identity.principal_id = None;
    check(
        rules(&facts(&without_identity, &account)),
        &[("restore-identity", Blocks)],
    );
    let mut elsewhere = account.clone();
    elsewhere.location = Some("northeurope".to_owned());
    check(rules(&facts(&vault, &elsewhere)), &[("restore-region", Warns)]);
    elsewhere.location = None;
    check(rules(&facts(&vault, &elsewhere)), &[]);
    check(
        changed(&|facts| facts.container_exists = Some(false)),
        &[("restore-container", Blocks)],
    );
    check(changed(&|facts| facts.container_exists = None), &[]);
    check(
        changed(&|facts| facts.missing_roles = None),
        &[("restore-role", Unknown)],
    );
    check(
        changed(&|facts| facts.prefix_is_taken = Some(true)),
        &[("restore-prefix", Blocks)],
    );
    check(
        changed(&|facts| facts.prefix_is_taken = None),
        &[("restore-prefix", Unknown)],
    );
    check(
        changed(&|facts| facts.last_restore = Some((hours(1), false))),
        &[("restore-running", Warns)],
    );
    check(
        changed(&|facts| facts.last_restore = Some((hours(23), true))),
        &[("restore-recent", Warns)],
    );
    check(
        changed(&|facts| facts.last_restore = Some((hours(24), true))),
        &[],
    );
    let mut lacking = base.clone();
    lacking.missing_roles = Some(&missing);
    check(rules(&lacking), &[("restore-role", Blocks)]);
    let found = judge_restore_target(&lacking);
    assert_eq!(found[0].mending, Mending::Assign(missing[0].clone()));
    assert_eq!(
        found[0].what,
        "The identity of bv lacks the role Storage Blob Data Contributor on sta"
    );
}

#[test]
fn another_subscription_is_no_matter_where_the_vault_allows_it() {
    let mut other = account(json!({}));
    other.id = other
        .id
        .as_str()
        .replace("1111-1111", "1111-2222")
        .parse()
        .expect("an id");
    for (state, expected) in [
        ("Enabled", None),
        ("Disabled", Some(Mending::AllowOtherSubscriptions)),
        ("PermanentlyDisabled", Some(Mending::OtherAccount)),
    ] {
        let vault = vault(state);
        let found = judge_restore_target(&facts(&vault, &other));
        assert_eq!(
            found.into_iter().next().map(|finding| finding.mending),
            expected,
            "{state}"
        );
    }
}

#[test]
fn findings_come_in_the_order_of_the_rules_and_each_says_what_comes_of_it() {
    let mut vault = vault("Disabled");
    vault.principal_id = None;
    let mut account = account(json!({
        "primaryEndpoints": null, "allowCrossTenantReplication": false, "allowedCopyScope": "AAD", "publicNetworkAccess": "Disabled",
    }));
    account.id = account
        .id
        .as_str()
        .replace("1111-1111", "1111-2222")
        .parse()
        .expect("an id");
    account.location = Some("northeurope".to_owned());
    let missing = [missing()];
    let mut facts = facts(&vault, &account);
    facts.container_exists = Some(false);
    facts.missing_roles = Some(&missing);
    facts.prefix_is_taken = Some(true);
    facts.last_restore = Some((noon(), false));
    let found = judge_restore_target(&facts);
    let rules: Vec<_> = found.iter().map(|finding| finding.rule).collect();
    let expected: Vec<_> = TargetRule::ALL
        .iter()
        .copied()
        .filter(|rule| *rule != TargetRule::Recent)
        .collect();
    assert_eq!(rules, expected);
    for finding in found {
        assert!(
            !finding.what.ends_with('.') && finding.why.ends_with('.'),
            "{finding:?}"
        );
    }
}
