//! What can be added to the list of datasources, and why the rest cannot; pure.

use arm_client::{ServerState, ServerSummary, data_protection::InstanceSummary};
use arm_core::ResourceId;

use crate::region;

/// Something that might be protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Where it is: resource group and region.
    pub place: String,
    /// Why it cannot be added; it can where there is nothing.
    pub why_not: Option<WhyNot>,
}

/// Why something cannot be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// The reason, a sentence.
    pub reason: String,
    /// The backup instance that protects it already.
    pub instance: Option<ResourceId>,
}

impl From<String> for WhyNot {
    fn from(reason: String) -> Self {
        Self {
            reason,
            instance: None,
        }
    }
}

/// The flexible servers, those that can be added first; within that in the order of their names.
pub fn servers(
    all: &[ServerSummary],
    location: Option<&str>,
    instances: &[InstanceSummary],
    added: &[ResourceId],
) -> Vec<Candidate> {
    let candidates = all.iter().map(|server| {
        let why_not = if added.contains(&server.id) {
            Some("In the list already.".to_owned().into())
        } else if server.is_replica() {
            Some(
                "A read replica. Azure backs up its primary server."
                    .to_owned()
                    .into(),
            )
        } else {
            elsewhere(server.location.as_deref(), location)
                .or_else(|| protected(&server.id, instances))
                .or_else(|| not_there(server.state.as_ref()))
        };
        Candidate {
            id: server.id.clone(),
            name: server.name.clone(),
            place: place(&server.id, server.location.as_deref()),
            why_not,
        }
    });
    in_order(candidates.collect())
}

/// The databases of a single server, those that can be added first.
pub fn databases(
    all: &[ResourceId],
    server_location: Option<&str>,
    location: Option<&str>,
    instances: &[InstanceSummary],
    added: &[ResourceId],
) -> Vec<Candidate> {
    let candidates = all.iter().map(|id| {
        let why_not = if added.contains(id) {
            Some("In the list already.".to_owned().into())
        } else {
            elsewhere(server_location, location).or_else(|| protected(id, instances))
        };
        Candidate {
            id: id.clone(),
            name: id.name().to_owned(),
            place: place(id, server_location),
            why_not,
        }
    });
    in_order(candidates.collect())
}

/// Those whose name, resource group or region has the words in it.
pub fn search(candidates: Vec<Candidate>, words: &str) -> Vec<Candidate> {
    let words = words.trim().to_ascii_lowercase();
    let is_found = |candidate: &Candidate| {
        format!("{} {}", candidate.name, candidate.place)
            .to_ascii_lowercase()
            .contains(&words)
    };
    candidates.into_iter().filter(is_found).collect()
}

/// The instance that protects a datasource, or keeps its data, as Resource Graph tells of it.
pub fn instance_of<'a>(source: &ResourceId, instances: &'a [InstanceSummary]) -> Option<&'a InstanceSummary> {
    let is_of = |instance: &&InstanceSummary| {
        let known = instance.source.as_deref().unwrap_or_default();
        known.eq_ignore_ascii_case(source.as_str())
    };
    instances.iter().find(is_of)
}

fn in_order(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|one, other| {
        let rank = |candidate: &Candidate| (candidate.why_not.is_some(), candidate.name.to_ascii_lowercase());
        rank(one).cmp(&rank(other))
    });
    candidates
}

/// A vault protects what is in its own region (portal facts, 1.2).
fn elsewhere(location: Option<&str>, vault: Option<&str>) -> Option<WhyNot> {
    let (here, there) = (region::display_name(location?), region::display_name(vault?));
    (here != there).then(|| format!("In {here}. A vault protects what is in its own region, {there}.").into())
}

fn protected(id: &ResourceId, instances: &[InstanceSummary]) -> Option<WhyNot> {
    let instance = instance_of(id, instances)?;
    let vault = instance.id.parent()?;
    Some(WhyNot {
        reason: format!("Protected already, in the vault '{}'.", vault.name()),
        instance: Some(instance.id.clone()),
    })
}

/// A server that is not there to be backed up.
fn not_there(state: Option<&ServerState>) -> Option<WhyNot> {
    match state? {
        ServerState::Dropping => Some("It is being deleted.".to_owned().into()),
        _ => None,
    }
}

fn place(id: &ResourceId, location: Option<&str>) -> String {
    let group = id.resource_group().unwrap_or_default();
    match location {
        Some(location) => format!("{group} · {}", region::display_name(location)),
        None => group.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn server(name: &str, location: &str, role: &str, state: &str) -> ServerSummary {
        let id = format!(
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}"
        );
        let row = json!({
            "id": id, "name": name, "location": location, "resourceGroup": "rg", "subscriptionId": "s",
            "state": state, "replicationRole": role,
        });
        serde_json::from_value(row).expect("a server")
    }

    fn instance(of: &ResourceId) -> InstanceSummary {
        let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv/backupInstances/i";
        let row = json!({ "id": id, "name": "i", "source": of.as_str().to_ascii_lowercase() });
        serde_json::from_value(row).expect("an instance")
    }

    #[test]
    fn each_server_that_cannot_be_added_says_why() {
        let all = [
            server("a-far", "northeurope", "Primary", "Ready"),
            server("b-replica", "westeurope", "AsyncReplica", "Ready"),
            server("c-free", "West Europe", "Primary", "Ready"),
            server("d-protected", "westeurope", "Primary", "Ready"),
            server("e-going", "westeurope", "Primary", "Dropping"),
            server("f-added", "westeurope", "Primary", "Ready"),
            server("g-stopped", "westeurope", "Primary", "Stopped"),
        ];
        let instances = [instance(&all[3].id)];
        let added = [all[5].id.clone()];
        let found = servers(&all, Some("westeurope"), &instances, &added);
        let told: Vec<_> = found
            .iter()
            .map(|candidate| {
                let reason = candidate.why_not.as_ref().map(|why| why.reason.as_str());
                (candidate.name.as_str(), reason)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("c-free", None),
                ("g-stopped", None),
                (
                    "a-far",
                    Some("In North Europe. A vault protects what is in its own region, West Europe.")
                ),
                (
                    "b-replica",
                    Some("A read replica. Azure backs up its primary server.")
                ),
                ("d-protected", Some("Protected already, in the vault 'bv'.")),
                ("e-going", Some("It is being deleted.")),
                ("f-added", Some("In the list already.")),
            ]
        );
        let link = found[4].why_not.as_ref().and_then(|why| why.instance.as_ref());
        assert_eq!(link.map(ResourceId::name), Some("i"));
    }

    #[test]
    fn an_unknown_region_stops_nobody() {
        let all = [server("a", "", "Primary", "Ready")];
        for location in [None, Some("westeurope")] {
            let found = servers(&all, location, &[], &[]);
            assert_eq!(found[0].why_not, None, "{location:?}");
        }
    }

    #[test]
    fn databases_go_by_their_servers_region_and_by_what_protects_them() {
        let of =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/pgs/databases";
        let ids: Vec<ResourceId> = ["crm", "invoices"]
            .iter()
            .map(|name| format!("{of}/{name}").parse().expect("an id"))
            .collect();
        let instances = [instance(&ids[1])];
        let found = databases(&ids, Some("westeurope"), Some("westeurope"), &instances, &[]);
        let free: Vec<_> = found
            .iter()
            .map(|candidate| candidate.why_not.is_none())
            .collect();
        assert_eq!(free, [true, false]);
        let far = databases(&ids, Some("northeurope"), Some("westeurope"), &[], &[]);
        assert!(far.iter().all(|candidate| candidate.why_not.is_some()));
    }

    #[test]
    fn words_are_found_in_name_group_and_region() {
        let all = [
            server("pg-orders", "westeurope", "Primary", "Ready"),
            server("pg-billing", "northeurope", "Primary", "Ready"),
        ];
        for (words, expected) in [
            ("", 2),
            ("ORDERS", 1),
            (" north europe ", 1),
            ("rg", 2),
            ("nothing", 0),
        ] {
            let found = search(servers(&all, None, &[], &[]), words);
            assert_eq!(found.len(), expected, "{words:?}");
        }
    }
}
