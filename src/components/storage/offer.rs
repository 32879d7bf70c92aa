//! Which accounts and containers are offered, in which order, and what a new container is called; pure.

use arm_client::storage::{BlobContainer, ContainerName, InvalidContainerName, StorageAccount};
use arm_core::ResourceId;

use crate::{region, ui::select::Choice};

/// What the account is to be near to: a server that is backed up, a vault that restores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Its id.
    pub id: ResourceId,
    /// Its region, once it is known.
    pub region: Option<String>,
}

/// The accounts that hold blobs: those of the same region first, then those of the same subscription, then by name.
pub fn accounts(found: &[StorageAccount], near: &Near) -> Vec<StorageAccount> {
    let mut offered: Vec<_> = found
        .iter()
        .filter(|account| account.blob_endpoint.is_some())
        .cloned()
        .collect();
    let is_elsewhere = |account: &StorageAccount| is_elsewhere(account, near);
    let is_of_other = |account: &StorageAccount| {
        let (own, other) = (near.id.subscription_id(), account.id.subscription_id());
        !own.eq_ignore_ascii_case(other)
    };
    offered.sort_by_cached_key(|account| (is_elsewhere(account), is_of_other(account), account.name.clone()));
    offered
}

/// Whether an account is known to be in another region.
pub fn is_elsewhere(account: &StorageAccount, near: &Near) -> bool {
    let there = account.location.as_deref().map(region::display_name);
    near.region.is_some() && there != near.region.as_deref().map(region::display_name)
}

/// What the subscriptions are called in a list, in their order; those of equal names with their ids.
pub fn subscription_labels(scopes: &[(String, ResourceId)]) -> Vec<String> {
    let label = |(name, id): &(String, ResourceId)| {
        let is_only = scopes.iter().filter(|(other, _)| other == name).count() == 1;
        if is_only {
            name.clone()
        } else {
            format!("{name} ({})", id.subscription_id())
        }
    };
    scopes.iter().map(label).collect()
}

/// The subscription that a list calls so.
pub fn subscription(scopes: &[(String, ResourceId)], label: &str) -> Option<ResourceId> {
    let labels = subscription_labels(scopes);
    let at = labels.iter().position(|known| known == label)?;
    Some(scopes[at].1.clone())
}

/// What a list calls the subscription of a resource.
pub fn subscription_label(scopes: &[(String, ResourceId)], of: &ResourceId) -> Option<String> {
    let is_it =
        |(_, id): &(String, ResourceId)| id.subscription_id().eq_ignore_ascii_case(of.subscription_id());
    let at = scopes.iter().position(is_it)?;
    subscription_labels(scopes).into_iter().nth(at)
}

/// *stcommercebackup · West Europe · rg-commerce-prod*.
pub fn choice(account: &StorageAccount) -> Choice {
    let region = account.location.as_deref().map(region::display_name);
    let parts = [region, account.id.resource_group()];
    Choice {
        value: account.name.clone(),
        more: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

/// The same, with *another region* where it is not the one that is meant.
pub fn choice_near(account: &StorageAccount, near: &Near) -> Choice {
    let mut choice = choice(account);
    if is_elsewhere(account, near) {
        choice.more.push_str(" · another region");
    }
    choice
}

/// The containers in which a backup can be, by name.
pub fn containers(found: &[BlobContainer]) -> Vec<BlobContainer> {
    let mut offered: Vec<_> = found
        .iter()
        .filter(|container| !container.is_deleted && container.name.parse::<ContainerName>().is_ok())
        .cloned()
        .collect();
    offered.sort_by(|one, other| one.name.cmp(&other.name));
    offered
}

/// A name for a new container, `ltr-pg-orders-prod` of *ltr-PG Orders-prod*, with a number where there is one already.
pub fn suggested_name(base: &str, taken: &[BlobContainer]) -> String {
    let letters = base.to_ascii_lowercase();
    let words: Vec<_> = letters
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let with_end = |end: &str| {
        let whole = words.join("-");
        let kept = &whole[..whole.len().min(ContainerName::MAX_LENGTH - end.len())];
        format!("{}{end}", kept.trim_end_matches('-'))
    };
    let is_free = |name: &String| !taken.iter().any(|other| other.name == *name);
    let numbered = (2..100).map(|number| with_end(&format!("-{number}")));
    std::iter::once(with_end(""))
        .chain(numbered)
        .find(is_free)
        .unwrap_or_default()
}

/// The name of a new container, or what is wrong with it in one sentence.
///
/// # Errors
/// When the service would not take it, or the account has a container of this name.
pub fn judge_name(text: &str, taken: &[BlobContainer]) -> Result<ContainerName, String> {
    if taken.iter().any(|other| other.name == text) {
        return Err(format!("The account has a container named '{text}' already."));
    }
    text.parse().map_err(|invalid| match invalid {
        InvalidContainerName::Length if text.is_empty() => "A container needs a name.".to_owned(),
        InvalidContainerName::Length => format!(
            "The name has {} characters; {} to {} are allowed.",
            text.chars().count(),
            ContainerName::MIN_LENGTH,
            ContainerName::MAX_LENGTH
        ),
        InvalidContainerName::Character(other) if other.is_whitespace() => {
            "The name holds a space; lower-case letters, digits and hyphens are allowed.".to_owned()
        }
        InvalidContainerName::Character(other) => {
            format!("The name holds '{other}'; lower-case letters, digits and hyphens are allowed.")
        }
        InvalidContainerName::Dashes => "A hyphen stands alone, between letters or digits.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(subscription: &str, name: &str, location: &str, extra: &str) -> StorageAccount {
        let blob = if extra == "files" {
            String::new()
        } else {
            format!(r#""primaryEndpoints":{{"blob":"https://{name}.blob.core.windows.net/"}},"#)
        };
        let keys = extra != "keyless";
        let json = format!(
            r#"{{"id":"/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/{name}",
            "name":"{name}","location":"{location}","properties":{{{blob}"allowSharedKeyAccess":{keys}}}}}"#
        );
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    fn near(region: Option<&str>) -> Near {
        let id =
            "/subscriptions/S-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        Near {
            id: id.parse().expect("an id"),
            region: region.map(str::to_owned),
        }
    }

    fn container(name: &str, properties: &str) -> BlobContainer {
        let json = format!(
            r#"{{"id":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta/blobServices/default/containers/{name}","name":"{name}","properties":{{{properties}}}}}"#
        );
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn the_same_region_comes_first_then_the_same_subscription() {
        let found = [
            account("s-1", "north", "northeurope", ""),
            account("s-1", "files", "westeurope", "files"),
            account("s-2", "far", "westeurope", ""),
            account("s-1", "keyless", "westeurope", "keyless"),
            account("s-1", "near", "westeurope", ""),
        ];
        for (region, expected) in [
            (Some("West Europe"), ["keyless", "near", "far", "north"]),
            (Some("northeurope"), ["north", "keyless", "near", "far"]),
            (None, ["keyless", "near", "north", "far"]),
        ] {
            let offered = accounts(&found, &near(region));
            let names: Vec<_> = offered.iter().map(|account| account.name.as_str()).collect();
            assert_eq!(names, expected, "{region:?}");
        }
    }

    #[test]
    fn a_choice_tells_region_and_group_and_that_it_is_another_region() {
        let here = account("s-1", "near", "westeurope", "");
        assert_eq!(
            (choice(&here).value.as_str(), choice(&here).more.as_str()),
            ("near", "West Europe · rg")
        );
        for (region, expected) in [
            (Some("West Europe"), "West Europe · rg"),
            (None, "West Europe · rg"),
            (Some("northeurope"), "West Europe · rg · another region"),
        ] {
            assert_eq!(choice_near(&here, &near(region)).more, expected, "{region:?}");
        }
    }

    #[test]
    fn a_subscription_is_told_by_its_name_and_where_two_have_it_by_its_id() {
        let scope = |name: &str, id: &str| (name.to_owned(), ResourceId::subscription(id).expect("an id"));
        let scopes = [
            scope("Production", "s-1"),
            scope("Test", "s-2"),
            scope("Test", "s-3"),
        ];
        let labels = ["Production", "Test (s-2)", "Test (s-3)"];
        assert_eq!(subscription_labels(&scopes), labels);
        for (label, (_, id)) in labels.iter().zip(&scopes) {
            assert_eq!(subscription(&scopes, label).as_ref(), Some(id), "{label}");
            assert_eq!(subscription_label(&scopes, id).as_deref(), Some(*label), "{id}");
        }
        assert_eq!(subscription(&scopes, "Test"), None);
    }

    #[test]
    fn deleted_and_reserved_containers_are_not_offered() {
        let found = [
            container("b", ""),
            container("$logs", ""),
            container("gone", r#""deleted":true"#),
            container("a1b", ""),
            container("abc", ""),
        ];
        let names: Vec<_> = containers(&found).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["a1b", "abc"]);
    }

    #[test]
    fn a_suggested_name_is_free_and_allowed() {
        let longest = "x".repeat(63);
        let cut = format!("ltr-{}", "x".repeat(59));
        let numbered = format!("ltr-{}-2", "x".repeat(57));
        for (server, taken, expected) in [
            ("pg-orders-prod", &[][..], "ltr-pg-orders-prod"),
            ("PG--Orders-", &[], "ltr-pg-orders"),
            ("pg", &["ltr-pg", "ltr-pg-2"], "ltr-pg-3"),
            (&longest, &[], &cut),
            (&longest, &[cut.as_str()], &numbered),
        ] {
            let taken: Vec<_> = taken.iter().map(|name| container(name, "")).collect();
            let suggested = suggested_name(&format!("ltr-{server}"), &taken);
            assert_eq!(suggested, expected, "{server}");
            assert!(judge_name(&suggested, &taken).is_ok(), "{suggested}");
        }
    }

    #[test]
    fn the_name_of_a_container_is_judged_as_the_service_would() {
        let taken = [container("ltr-orders", "")];
        let too_long = "x".repeat(64);
        for (text, expected) in [
            ("ltr-new", None),
            ("", Some("A container needs a name.")),
            ("ab", Some("The name has 2 characters; 3 to 63 are allowed.")),
            (
                &too_long,
                Some("The name has 64 characters; 3 to 63 are allowed."),
            ),
            (
                "LTR",
                Some("The name holds 'L'; lower-case letters, digits and hyphens are allowed."),
            ),
            (
                "l t",
                Some("The name holds a space; lower-case letters, digits and hyphens are allowed."),
            ),
            (
                "ltr--x",
                Some("A hyphen stands alone, between letters or digits."),
            ),
            (
                "ltr-orders",
                Some("The account has a container named 'ltr-orders' already."),
            ),
        ] {
            assert_eq!(judge_name(text, &taken).err().as_deref(), expected, "{text}");
        }
    }
}
