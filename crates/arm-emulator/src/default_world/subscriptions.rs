//! The tenant and its subscriptions (reference C4, G9).

use serde_json::json;

use super::{DEVELOPMENT, PRODUCTION, SANDBOX};
use crate::{directory, world::World};

pub(super) fn fill(world: &mut World) {
    let tenant = directory::TENANT_ID;
    world.put(json!({
        "id": format!("/tenants/{tenant}"),
        "tenantId": tenant,
        "countryCode": "DE",
        "displayName": directory::TENANT_NAME,
        "domains": [directory::DOMAIN, "contoso.onmicrosoft.com"],
        "tenantCategory": "Home",
        "defaultDomain": directory::DOMAIN,
        "tenantType": "AAD",
    }));
    for (id, name, quota) in [
        (PRODUCTION, "Contoso Production", "EnterpriseAgreement_2014-09-01"),
        (DEVELOPMENT, "Contoso Development", "MSDNDevTest_2014-09-01"),
        (SANDBOX, "Contoso Sandbox", "PayAsYouGo_2014-09-01"),
    ] {
        world.put(json!({
            "id": format!("/subscriptions/{id}"),
            "authorizationSource": "RoleBased",
            "managedByTenants": [],
            "subscriptionId": id,
            "tenantId": tenant,
            "displayName": name,
            "state": "Enabled",
            "subscriptionPolicies": {
                "locationPlacementId": "Public_2014-09-01",
                "quotaId": quota,
                "spendingLimit": "Off",
            },
        }));
    }
}
