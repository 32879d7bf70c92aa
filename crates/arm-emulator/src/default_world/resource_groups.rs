//! The resource groups (reference C4).

use serde_json::json;

use super::{DEVELOPMENT, PRODUCTION};
use crate::{resources::RESOURCE_GROUP_TYPE, world::World};

const GROUPS: [(&str, &str, &str, &str); 7] = [
    (PRODUCTION, "rg-commerce-prod", "westeurope", "commerce"),
    (PRODUCTION, "rg-billing-prod", "westeurope", "billing"),
    (PRODUCTION, "rg-insights", "northeurope", "insights"),
    (PRODUCTION, "rg-hr", "germanywestcentral", "people"),
    (PRODUCTION, "rg-backup-prod", "westeurope", "platform"),
    (DEVELOPMENT, "rg-dev", "westeurope", "commerce"),
    (DEVELOPMENT, "rg-platform-dev", "northeurope", "platform"),
];

pub(super) fn fill(world: &mut World) {
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
}
