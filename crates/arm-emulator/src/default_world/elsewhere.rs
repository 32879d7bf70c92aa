//! What lies in the directories that have invited people of the home directory.

use arm_core::Timestamp;
use serde_json::json;

use super::{
    backups,
    flexible_servers::{ELSEWHERE, Server},
    protection,
};
use crate::{directory, random::Random, resources::RESOURCE_GROUP_TYPE, world::World};

/// The subscription of Fabrikam.
pub(crate) const RETAIL: &str = "44444444-4444-4444-8444-444444444444";
/// The subscription of Tailwind Traders.
pub(crate) const TRADING: &str = "55555555-5555-4555-8555-555555555555";

/// The resource groups: subscription, name, location, team.
const GROUPS: [(&str, &str, &str, &str); 2] = [
    (RETAIL, "rg-retail", "northeurope", "retail"),
    (TRADING, "rg-trading", "westeurope", "trading"),
];

pub(super) fn fill(world: &mut World, now: Timestamp) {
    for (subscription, name, location, team) in GROUPS {
        world.put(json!({
            "id": format!("/subscriptions/{subscription}/resourceGroups/{name}"),
            "name": name,
            "type": RESOURCE_GROUP_TYPE,
            "location": location,
            "tags": { "team": team },
            "properties": { "provisioningState": "Succeeded" },
        }));
    }
    // Numbers of their own: the home directory is the same with and without them.
    let mut random = Random::new(world.seed);
    for server in &ELSEWHERE {
        let mut document = server.document(server.created(now));
        document["properties"]["authConfig"]["tenantId"] = json!(tenant_of(server));
        world.put(document);
        backups::fill_of(world, server, now, &mut random);
    }
    let mut vault = protection::retail_vault();
    vault["identity"]["tenantId"] = json!(directory::FABRIKAM);
    world.put(vault);
    world.backups_due = None;
}

fn tenant_of(server: &Server) -> &'static str {
    if server.subscription == RETAIL {
        directory::FABRIKAM
    } else {
        directory::TAILWIND
    }
}
