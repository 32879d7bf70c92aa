//! `GET /subscriptions/{subscriptionId}/resourcegroups/{resourceGroupName}` (reference C4).

use arm_core::Response;

use crate::{
    call::Call,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// One group.
pub(crate) fn get_resource_group(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let group = world.document(&call.key());
    let group = group
        .ok_or_else(|| refusals::RESOURCE_GROUP_NOT_FOUND.refuse(&[call.parameter("resourceGroupName")]))?;
    Ok(json_response(200, group))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use crate::testing::{PRODUCTION, Rig, shown};

    #[test]
    fn a_group_that_is_not_there_is_not_found() {
        let path = format!("{PRODUCTION}/resourcegroups/rg-nowhere");
        assert_snapshot!(shown(&Rig::new().send(Method::Get, &path, "2025-04-01")), @r#"
        404
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "ResourceGroupNotFound",
            "message": "Resource group 'rg-nowhere' could not be found."
          }
        }
        "#);
    }

    #[test]
    fn a_group_is_found_in_any_case() {
        let path = format!("{PRODUCTION}/RESOURCEGROUPS/RG-HR");
        assert_snapshot!(shown(&Rig::new().send(Method::Get, &path, "2025-04-01")), @r#"
        200
        {
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-hr",
          "name": "rg-hr",
          "type": "Microsoft.Resources/resourceGroups",
          "location": "germanywestcentral",
          "tags": {
            "team": "people"
          },
          "properties": {
            "provisioningState": "Succeeded"
          }
        }
        "#);
    }
}
