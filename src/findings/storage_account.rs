//! What keeps a backup out of a container that is chosen here (reference G6).

use arm_client::storage::{BlobContainer, StorageAccount};

use super::{Finding, Severity, gravest_first};
use crate::{region, text};

/// All findings of an account into which a server of this region is to be backed up, the gravest first.
pub fn storage_account(account: &StorageAccount, server_region: Option<&str>) -> Vec<Finding> {
    let found = [keys(account), network(account), policy(account)];
    let elsewhere = server_region.and_then(|region| other_region(account, region));
    gravest_first(found.into_iter().flatten().chain(elsewhere).collect())
}

/// What keeps blobs of a container from being written anew or deleted.
pub fn blob_container(container: &BlobContainer) -> Vec<Finding> {
    let (is_held, is_kept) = (
        container.has_legal_hold == Some(true),
        container.has_immutability_policy == Some(true),
    );
    let (title, evidence) = match (is_held, is_kept) {
        (true, _) => ("The container has a legal hold", "hasLegalHold is true."),
        (_, true) => (
            "The container has an immutability policy",
            "hasImmutabilityPolicy is true.",
        ),
        _ => return Vec::new(),
    };
    vec![Finding {
        id: "storage-immutable",
        severity: Severity::Warns,
        title: title.to_owned(),
        consequence: "What was written can be neither changed nor deleted; a backup that has to do so fails. Choose another container.".to_owned(),
        evidence: Some(evidence.to_owned()),
        fix: None,
        mended: "The container can be written to",
    }]
}

fn finding(id: &'static str, severity: Severity, title: String, consequence: &str) -> Finding {
    Finding {
        id,
        severity,
        title,
        consequence: consequence.to_owned(),
        evidence: None,
        fix: None,
        mended: "",
    }
}

fn keys(account: &StorageAccount) -> Option<Finding> {
    (!account.takes_keys()).then(|| Finding {
        evidence: Some("allowSharedKeyAccess is false.".to_owned()),
        ..finding(
            "storage-keys",
            Severity::Blocks,
            format!("'{}' takes no SAS that is signed with a key", account.name),
            "A SAS made here is signed with a key of the account, and Azure Storage would refuse it. Choose another account, or have storage account key access allowed under Configuration of this one.",
        )
    })
}

fn network(account: &StorageAccount) -> Option<Finding> {
    if account.is_reachable_by_azure() {
        return None;
    }
    let is_off = account
        .public_network_access
        .as_deref()
        .is_some_and(|access| access.eq_ignore_ascii_case("Disabled"));
    let evidence = if is_off {
        "publicNetworkAccess is Disabled.".to_owned()
    } else {
        let bypass = account.bypass.as_deref().unwrap_or("None");
        format!("defaultAction of its network rules is Deny, bypass is {bypass}.")
    };
    Some(Finding {
        evidence: Some(evidence),
        ..finding(
            "storage-network",
            Severity::Warns,
            format!("The network rules of '{}' keep Azure services out", account.name),
            "The backup probably fails, since the service cannot write to the container. Choose another account, or have trusted Azure services allowed under Networking of this one.",
        )
    })
}

fn policy(account: &StorageAccount) -> Option<Finding> {
    let policy = account.sas_policy()?;
    let consequence = if policy.blocks {
        "One that lasts longer is refused, so none is offered here."
    } else {
        "One that lasts longer is taken, and logged by the account."
    };
    let longest = text::duration(policy.longest);
    Some(finding(
        "storage-sas-policy",
        Severity::Info,
        format!("A SAS of '{}' is to last {longest} at most", account.name),
        consequence,
    ))
}

fn other_region(account: &StorageAccount, server: &str) -> Option<Finding> {
    let there = region::display_name(account.location.as_deref()?);
    let here = region::display_name(server);
    (!there.eq_ignore_ascii_case(here)).then(|| {
        finding(
            "storage-region",
            Severity::Info,
            format!("The account is in {there}, the server in {here}"),
            "The data goes from one region to the other, which takes longer and is charged as traffic.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta";

    #[test]
    fn each_rule_finds_what_the_account_says_and_no_more() {
        use Severity::{Blocks, Info, Warns};
        for (properties, expected) in [
            ("", &[][..]),
            (
                r#""allowSharedKeyAccess":true,"publicNetworkAccess":"Enabled""#,
                &[],
            ),
            (r#""allowSharedKeyAccess":false"#, &[("storage-keys", Blocks)]),
            (
                r#""publicNetworkAccess":"Disabled""#,
                &[("storage-network", Warns)],
            ),
            (
                r#""networkAcls":{"defaultAction":"Deny","bypass":"None"}"#,
                &[("storage-network", Warns)],
            ),
            (
                r#""networkAcls":{"defaultAction":"Deny","bypass":"AzureServices"}"#,
                &[],
            ),
            (
                r#""sasPolicy":{"sasExpirationPeriod":"0.08:00:00","expirationAction":"Log"}"#,
                &[("storage-sas-policy", Info)],
            ),
            (
                r#""sasPolicy":{"sasExpirationPeriod":"0.08:00:00"},"publicNetworkAccess":"Disabled","allowSharedKeyAccess":false"#,
                &[
                    ("storage-keys", Blocks),
                    ("storage-network", Warns),
                    ("storage-sas-policy", Info),
                ],
            ),
        ] {
            let json = format!(r#"{{"id":"{ID}","location":"westeurope","properties":{{{properties}}}}}"#);
            let account: StorageAccount = serde_json::from_str(&json).expect("an account");
            let found: Vec<_> = storage_account(&account, Some("West Europe"))
                .iter()
                .map(|finding| (finding.id, finding.severity))
                .collect();
            assert_eq!(found, expected, "{properties}");
        }
    }

    #[test]
    fn another_region_is_said_in_the_names_people_use() {
        for (location, server, expected) in [
            (Some("westeurope"), Some("West Europe"), None),
            (Some("northeurope"), None, None),
            (None, Some("West Europe"), None),
            (
                Some("northeurope"),
                Some("West Europe"),
                Some("The account is in North Europe, the server in West Europe"),
            ),
        ] {
            let location = location
                .map(|location| format!(r#","location":"{location}""#))
                .unwrap_or_default();
            let json = format!(r#"{{"id":"{ID}"{location}}}"#);
            let account: StorageAccount = serde_json::from_str(&json).expect("an account");
            let found = storage_account(&account, server);
            assert_eq!(
                found.first().map(|finding| finding.title.as_str()),
                expected,
                "{json}"
            );
        }
    }

    #[test]
    fn a_container_in_which_nothing_can_be_changed_is_warned_of() {
        for (properties, expected) in [
            ("", None),
            (r#""hasLegalHold":false,"hasImmutabilityPolicy":false"#, None),
            (
                r#""hasLegalHold":true,"hasImmutabilityPolicy":true"#,
                Some("The container has a legal hold"),
            ),
            (
                r#""hasImmutabilityPolicy":true"#,
                Some("The container has an immutability policy"),
            ),
        ] {
            let json =
                format!(r#"{{"id":"{ID}/blobServices/default/containers/c","properties":{{{properties}}}}}"#);
            let container: BlobContainer = serde_json::from_str(&json).expect("a container");
            let found = blob_container(&container);
            assert_eq!(
                found.first().map(|finding| finding.title.as_str()),
                expected,
                "{properties}"
            );
        }
    }
}
