//! `GET /subscriptions` (reference C4, G9).

use arm_core::Response;

use crate::{call::Call, paging, permissions, refusals::Refusal, world::World};

/// The subscriptions in which the caller may read; an empty list is no error.
pub(crate) fn list_subscriptions(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let subscriptions = permissions::visible_subscriptions(world, &call.caller);
    paging::page(world, call, subscriptions.into_iter())
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{Rig, body, shown};

    const PATH: &str = "/subscriptions";

    #[test]
    fn a_version_that_never_was_is_refused_with_all_that_are() {
        let mut rig = Rig::new();
        assert_snapshot!(shown(&rig.send(arm_core::Method::Get, PATH, "1999-01-01")), @r#"
        400
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "InvalidApiVersionParameter",
            "message": "The api-version '1999-01-01' is invalid. The supported versions are '2022-12-01,2021-01-01,2020-01-01,2019-11-01,2019-06-01,2018-01-01,2016-06-01,2015-11-01,2014-04-01'."
          }
        }
        "#);
    }

    #[test]
    fn somebody_without_any_right_gets_an_empty_list() {
        assert_snapshot!(shown(&Rig::as_nobody().send(arm_core::Method::Get, PATH, "2022-12-01")), @r#"
        200
        {
          "value": []
        }
        "#);
    }

    #[test]
    fn a_reader_sees_what_an_administrator_sees() {
        let [reader, administrator] = [Rig::as_reader(), Rig::new()]
            .map(|mut rig| body(&rig.send(arm_core::Method::Get, PATH, "2022-12-01")));
        assert_eq!(reader, administrator);
    }

    #[test]
    fn all_subscriptions_are_listed() {
        assert_snapshot!(shown(&Rig::new().send(arm_core::Method::Get, PATH, "2022-12-01")), @r#"
        200
        {
          "value": [
            {
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111",
              "authorizationSource": "RoleBased",
              "managedByTenants": [],
              "subscriptionId": "11111111-1111-4111-8111-111111111111",
              "tenantId": "72f988bf-0000-4000-8000-00000000c0de",
              "displayName": "Contoso Production",
              "state": "Enabled",
              "subscriptionPolicies": {
                "locationPlacementId": "Public_2014-09-01",
                "quotaId": "EnterpriseAgreement_2014-09-01",
                "spendingLimit": "Off"
              }
            },
            {
              "id": "/subscriptions/22222222-2222-4222-8222-222222222222",
              "authorizationSource": "RoleBased",
              "managedByTenants": [],
              "subscriptionId": "22222222-2222-4222-8222-222222222222",
              "tenantId": "72f988bf-0000-4000-8000-00000000c0de",
              "displayName": "Contoso Development",
              "state": "Enabled",
              "subscriptionPolicies": {
                "locationPlacementId": "Public_2014-09-01",
                "quotaId": "MSDNDevTest_2014-09-01",
                "spendingLimit": "Off"
              }
            },
            {
              "id": "/subscriptions/33333333-3333-4333-8333-333333333333",
              "authorizationSource": "RoleBased",
              "managedByTenants": [],
              "subscriptionId": "33333333-3333-4333-8333-333333333333",
              "tenantId": "72f988bf-0000-4000-8000-00000000c0de",
              "displayName": "Contoso Sandbox",
              "state": "Enabled",
              "subscriptionPolicies": {
                "locationPlacementId": "Public_2014-09-01",
                "quotaId": "PayAsYouGo_2014-09-01",
                "spendingLimit": "Off"
              }
            }
          ]
        }
        "#);
    }
}
