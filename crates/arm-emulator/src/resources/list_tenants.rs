//! `GET /tenants` (reference G9).

use arm_core::Response;

use crate::{call::Call, paging, refusals::Refusal, world::World};

/// The tenants in which the caller is known.
pub(crate) fn list_tenants(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let prefix = "/tenants/";
    let tenants = world
        .documents
        .range(prefix.to_owned()..)
        .take_while(|(id, _)| id.starts_with(prefix));
    paging::page(world, call, tenants.map(|(_, tenant)| tenant))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use crate::testing::{Rig, shown};

    #[test]
    fn the_tenant_is_listed_for_everybody_in_it() {
        assert_snapshot!(shown(&Rig::as_nobody().send(Method::Get, "/tenants", "2022-12-01")), @r#"
        200
        {
          "value": [
            {
              "id": "/tenants/72f988bf-0000-4000-8000-00000000c0de",
              "tenantId": "72f988bf-0000-4000-8000-00000000c0de",
              "countryCode": "DE",
              "displayName": "Contoso",
              "domains": [
                "contoso.com",
                "contoso.onmicrosoft.com"
              ],
              "tenantCategory": "Home",
              "defaultDomain": "contoso.com",
              "tenantType": "AAD"
            }
          ]
        }
        "#);
    }
}
