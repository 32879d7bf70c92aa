//! A row of the list of vaults; pure.

use arm_client::data_protection::{InstanceSummary, ProtectionState, VaultSummary};

use crate::region;

/// What the list shows of a vault, and what it is searched and sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The vault as Azure tells of it.
    pub vault: VaultSummary,
    /// Its id in lower case: the same vault whatever the spelling.
    pub key: String,
    /// Its name in lower case.
    pub lower_name: String,
    /// Its region by the name people use.
    pub location: Option<String>,
    /// What its subscription is called, or the subscription's id where that is not known.
    pub subscription: String,
    /// What it protects; `None` while that is not known.
    pub protects: Option<Protects>,
}

/// How many instances a vault has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Protects {
    /// All of them, without soft-deleted ones.
    pub instances: usize,
    /// Those whose protection failed.
    pub failed: usize,
}

/// How many instances each vault has, by the vault's id in lower case and in its order; vaults without one are left out.
pub fn protected(instances: &[InstanceSummary]) -> Vec<(String, Protects)> {
    let mut vaults: Vec<(String, Protects)> = Vec::new();
    for instance in instances {
        let Some(vault) = instance.id.parent() else {
            continue;
        };
        let key = vault.as_str().to_ascii_lowercase();
        let place = match vaults.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(place) => place,
            Err(place) => {
                vaults.insert(place, (key, Protects::default()));
                place
            }
        };
        let protects = &mut vaults[place].1;
        protects.instances += 1;
        let has_failed = matches!(
            instance.state,
            Some(ProtectionState::Error | ProtectionState::ConfiguringFailed)
        );
        protects.failed += usize::from(has_failed);
    }
    vaults
}

/// The rows of vaults, in their order; `names` are ids and names of subscriptions, `protected` is as [`protected`] gives
/// it.
pub fn rows(
    vaults: &[VaultSummary],
    names: &[(String, String)],
    protected: Option<&[(String, Protects)]>,
) -> Vec<Row> {
    let row = |vault: &VaultSummary| {
        let id = vault.subscription_id.as_str();
        let known = names.iter().find(|(known, _)| known.eq_ignore_ascii_case(id));
        let key = vault.id.as_str().to_ascii_lowercase();
        let protects = |known: &[(String, Protects)]| {
            let place = known.binary_search_by(|(other, _)| other.as_str().cmp(&key));
            place.map(|place| known[place].1).unwrap_or_default()
        };
        Row {
            lower_name: vault.name.to_ascii_lowercase(),
            location: vault
                .location
                .as_deref()
                .map(|location| region::display_name(location).to_owned()),
            subscription: known.map_or_else(|| id.to_owned(), |(_, name)| name.clone()),
            protects: protected.map(protects),
            vault: vault.clone(),
            key,
        }
    };
    vaults.iter().map(row).collect()
}

/// A vault as Resource Graph tells of it, for tests: `subscription/name`, and what else matters as JSON.
#[cfg(test)]
pub fn vault(name: &str, more: serde_json::Value) -> VaultSummary {
    let (subscription, name) = name.split_once('/').expect("subscription/name");
    let mut vault = serde_json::json!({
        "id": format!("/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/{name}"),
        "name": name, "resourceGroup": "rg", "subscriptionId": subscription,
    });
    if let (Some(vault), serde_json::Value::Object(more)) = (vault.as_object_mut(), more) {
        vault.extend(more);
    }
    serde_json::from_value(vault).expect("a vault")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn instance(vault: &str, name: &str, state: &str) -> InstanceSummary {
        let id = format!(
            "/subscriptions/s/resourceGroups/rg/providers/microsoft.dataprotection/BACKUPVAULTS/{vault}/backupInstances/{name}"
        );
        serde_json::from_value(json!({ "id": id, "name": name, "state": state })).expect("an instance")
    }

    #[test]
    fn instances_are_counted_by_vault_whatever_the_spelling() {
        let instances = [
            instance("BV-b", "1", "ProtectionConfigured"),
            instance("bv-a", "2", "ConfiguringProtectionFailed"),
            instance("bv-B", "3", "ProtectionError"),
        ];
        let known = protected(&instances);
        let vaults = [vault("s/bv-b", json!({})), vault("s/bv-c", json!({}))];
        let protects = |known| -> Vec<_> {
            let rows = rows(&vaults, &[], known);
            rows.iter().map(|row| row.protects).collect()
        };
        let two = Protects {
            instances: 2,
            failed: 1,
        };
        assert_eq!(protects(Some(&known)), [Some(two), Some(Protects::default())]);
        assert_eq!(protects(None), [None, None], "not known yet is not none");
    }

    #[test]
    fn names_of_subscriptions_and_regions_are_those_that_people_use() {
        let vaults = [
            vault("S1/bv", json!({ "location": "westeurope" })),
            vault("s2/bv", json!({})),
        ];
        let rows = rows(&vaults, &[("s1".to_owned(), "Contoso".to_owned())], None);
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.subscription.as_str(), row.location.as_deref()))
            .collect();
        assert_eq!(shown, [("Contoso", Some("West Europe")), ("s2", None)]);
    }
}
