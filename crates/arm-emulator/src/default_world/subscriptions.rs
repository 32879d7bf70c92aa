//! The tenants and their subscriptions (reference C4, G9).

use serde_json::json;

use super::{DEVELOPMENT, PRODUCTION, SANDBOX, elsewhere};
use crate::{
    directory::{self, DIRECTORIES, Directory},
    world::World,
};

pub(super) fn fill(world: &mut World) {
    for Directory {
        id,
        name,
        domain,
        country,
    } in DIRECTORIES
    {
        let other_domain = domain.replace(".com", ".onmicrosoft.com");
        world.put(json!({
            "id": format!("/tenants/{id}"),
            "tenantId": id,
            "countryCode": country,
            "displayName": name,
            "domains": [domain, other_domain],
            "tenantCategory": "Home",
            "defaultDomain": domain,
            "tenantType": "AAD",
        }));
    }
    let home = directory::TENANT_ID;
    for (tenant, id, name, quota) in [
        (
            home,
            PRODUCTION,
            "Contoso Production",
            "EnterpriseAgreement_2014-09-01",
        ),
        (home, DEVELOPMENT, "Contoso Development", "MSDNDevTest_2014-09-01"),
        (home, SANDBOX, "Contoso Sandbox", "PayAsYouGo_2014-09-01"),
        (
            directory::FABRIKAM,
            elsewhere::RETAIL,
            "Fabrikam Retail",
            "EnterpriseAgreement_2014-09-01",
        ),
        (
            directory::TAILWIND,
            elsewhere::TRADING,
            "Tailwind Trading",
            "PayAsYouGo_2014-09-01",
        ),
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
