//! `GET …/flexibleServers/{serverName}/backups/{backupName}` (reference A2).

use arm_core::Response;

use super::{SERVER_TYPE, servers};
use crate::{
    call::Call,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// One backup, once it is finished.
pub(crate) fn get_backup(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    servers::find(world, call)?;
    let backup = world.document(&call.key()).ok_or_else(|| {
        let resource = format!(
            "{SERVER_TYPE}/{}/backups/{}",
            call.parameter("serverName"),
            call.parameter("backupName")
        );
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    Ok(json_response(200, &servers::with_id(world, call, backup)))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, Rig, shown, sibling};

    #[test]
    fn somebody_without_any_right_is_refused() {
        let response = Rig::as_nobody().get(&format!("{ORDERS}/backups/smoke-test"));
        assert_eq!(response.status, 403, "{}", response.body);
    }

    #[test]
    fn a_backup_of_no_server_is_not_found() {
        let response = Rig::new().get(&format!("{}/backups/smoke-test", sibling("pg-nowhere")));
        assert_eq!(response.status, 404, "{}", response.body);
    }

    #[test]
    fn a_backup_that_is_not_there_is_not_found() {
        assert_snapshot!(shown(&Rig::new().get(&format!("{ORDERS}/backups/nothing"))), @r#"
        404
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "ResourceNotFound",
            "message": "The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/nothing' under resource group 'rg-commerce-prod' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
          }
        }
        "#);
    }

    #[test]
    fn an_on_demand_backup_is_answered_whole() {
        assert_snapshot!(shown(&Rig::new().get(&format!("{ORDERS}/Backups/SMOKE-TEST"))), @r#"
        200
        {
          "properties": {
            "backupType": "Customer On-Demand",
            "completedTime": "2026-02-17T08:58:13.0318673+00:00",
            "source": "Customer Initiated"
          },
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/smoke-test",
          "name": "smoke-test",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
        }
        "#);
    }
}
