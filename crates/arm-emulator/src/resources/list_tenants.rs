//! `GET /tenants` (reference G9).

use arm_core::Response;

use crate::{
    call::Call,
    directory::{self, Guest},
    paging,
    refusals::Refusal,
    world::World,
};

/// The tenants in which the caller is known.
pub(crate) fn list_tenants(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let prefix = "/tenants/";
    let tenants = world
        .documents
        .range(prefix.to_owned()..)
        .take_while(|(id, _)| id.starts_with(prefix))
        .filter(|(id, _)| {
            let tenant = &id[prefix.len()..];
            // Everybody is at home in the first one; in another is who was invited.
            let is_guest = |guest: &Guest| guest.directory == tenant && guest.username == call.caller.client;
            tenant == directory::TENANT_ID || directory::GUESTS.iter().any(is_guest)
        });
    paging::page(world, call, tenants.map(|(_, tenant)| tenant))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use arm_core::Method;
    use insta::assert_snapshot;

    use crate::testing::{Rig, body, shown};

    #[test]
    fn a_guest_sees_the_directories_that_have_invited_them_from_wherever_they_ask() {
        let names = |mut rig: Rig| {
            let answer = body(&rig.send(Method::Get, "/tenants", "2022-12-01"));
            let names = answer["value"].as_array().into_iter().flatten();
            names
                .map(|one| one["displayName"].as_str().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        let all = ["Contoso", "Fabrikam", "Tailwind Traders"];
        let sorted = |mut names: Vec<String>| {
            names.sort();
            names
        };
        assert_eq!(sorted(names(Rig::new())), all);
        assert_eq!(sorted(names(Rig::as_guest())), all);
        assert_eq!(sorted(names(Rig::as_reader())), all[..2]);
        assert_eq!(names(Rig::as_contributor()), all[..1]);
    }

    #[test]
    fn a_subscription_is_shown_to_tokens_of_its_own_directory_only() {
        let retail = "/subscriptions/44444444-4444-4444-8444-444444444444";
        let mut here = Rig::new();
        let listed = body(&here.send(Method::Get, "/subscriptions", "2022-12-01")).to_string();
        assert!(!listed.contains("Fabrikam"), "{listed}");
        assert_snapshot!(shown(&here.send(Method::Get, retail, "2022-12-01")), @r#"
        401
        x-ms-failure-cause: gateway
        WWW-Authenticate: Bearer authorization_uri="https://login.windows.net/72f988bf-0000-4000-8000-0000000fab01", error="invalid_token", error_description="The access token is from the wrong issuer."
        {
          "error": {
            "code": "InvalidAuthenticationTokenTenant",
            "message": "The access token is from the wrong issuer 'https://emulator.invalid/72f988bf-0000-4000-8000-00000000c0de/'. It must match the tenant 'https://emulator.invalid/72f988bf-0000-4000-8000-0000000fab01/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/72f988bf-0000-4000-8000-0000000fab01' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later."
          }
        }
        "#);

        let mut there = Rig::as_guest();
        let listed = body(&there.send(Method::Get, "/subscriptions", "2022-12-01"));
        let ids: Vec<&Value> = listed["value"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| &one["id"])
            .collect();
        assert_eq!(ids, [retail]);
        assert_eq!(there.send(Method::Get, retail, "2022-12-01").status, 200);
        let other = there.send(Method::Get, crate::testing::PRODUCTION, "2022-12-01");
        assert_eq!(
            (other.status, &body(&other)["error"]["code"]),
            (401, &"InvalidAuthenticationTokenTenant".into())
        );
    }

    #[test]
    fn what_belongs_to_no_directory_of_the_emulators_sees_the_home_and_reaches_all() {
        let mut rig = Rig::as_script();
        let listed = body(&rig.send(Method::Get, "/subscriptions", "2022-12-01")).to_string();
        assert!(!listed.contains("Fabrikam"), "{listed}");
        let retail = "/subscriptions/44444444-4444-4444-8444-444444444444";
        assert_eq!(rig.send(Method::Get, retail, "2022-12-01").status, 200);
    }

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
