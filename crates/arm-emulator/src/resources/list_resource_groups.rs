//! `GET /subscriptions/{subscriptionId}/resourcegroups` (reference C4).

use arm_core::Response;

use super::RESOURCE_GROUP_TYPE;
use crate::{call::Call, paging, refusals::Refusal, world::World};

/// The groups of a subscription, by name.
pub(crate) fn list_resource_groups(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let subscription = call.key_above(2);
    paging::page(world, call, world.below(&subscription, RESOURCE_GROUP_TYPE))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use crate::testing::{DEVELOPMENT, Rig, shown};

    #[test]
    fn somebody_without_any_right_is_refused() {
        let path = format!("{DEVELOPMENT}/resourcegroups");
        assert_snapshot!(shown(&Rig::as_nobody().send(Method::Get, &path, "2025-04-01")), @r#"
        403
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "AuthorizationFailed",
            "message": "The client 'noor.haddad@contoso.com' with object id '0a1b2c3d-0000-4000-8000-000000000003' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourceGroups/read' over scope '/subscriptions/22222222-2222-4222-8222-222222222222' or the scope is invalid. If access was recently granted, please refresh your credentials."
          }
        }
        "#);
    }

    #[test]
    fn the_groups_of_one_subscription_are_listed() {
        let path = format!("{DEVELOPMENT}/resourcegroups");
        assert_snapshot!(shown(&Rig::as_reader().send(Method::Get, &path, "2025-04-01")), @r#"
        200
        {
          "value": [
            {
              "id": "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/rg-dev",
              "name": "rg-dev",
              "type": "Microsoft.Resources/resourceGroups",
              "location": "westeurope",
              "tags": {
                "team": "commerce"
              },
              "properties": {
                "provisioningState": "Succeeded"
              }
            },
            {
              "id": "/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/rg-platform-dev",
              "name": "rg-platform-dev",
              "type": "Microsoft.Resources/resourceGroups",
              "location": "northeurope",
              "tags": {
                "team": "platform"
              },
              "properties": {
                "provisioningState": "Succeeded"
              }
            }
          ]
        }
        "#);
    }
}
