//! `GET …/flexibleServers/{serverName}` (reference A4).

use arm_core::Response;

use super::servers;
use crate::{
    call::Call,
    refusals::{Refusal, json_response},
    world::World,
};

/// One server.
pub(crate) fn get_flexible_server(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let server = servers::find(world, call)?;
    Ok(json_response(200, &servers::with_id(world, call, server)))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, Rig, body, shown, sibling};

    #[test]
    fn somebody_without_any_right_learns_nothing_about_what_exists() {
        for path in [ORDERS.to_owned(), sibling("pg-nowhere")] {
            let response = Rig::as_nobody().get(&path);
            assert_eq!(response.status, 403, "{}", response.body);
        }
        assert_snapshot!(shown(&Rig::as_nobody().get(ORDERS)), @r#"
        403
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "AuthorizationFailed",
            "message": "The client 'noor.haddad@contoso.com' with object id '0a1b2c3d-0000-4000-8000-000000000003' does not have authorization to perform action 'Microsoft.DBforPostgreSQL/flexibleServers/read' over scope '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod' or the scope is invalid. If access was recently granted, please refresh your credentials."
          }
        }
        "#);
    }

    #[test]
    fn a_server_that_is_not_there_is_not_found() {
        assert_snapshot!(shown(&Rig::new().get(&sibling("pg-nowhere"))), @r#"
        404
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "ResourceNotFound",
            "message": "The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/pg-nowhere' under resource group 'rg-commerce-prod' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
          }
        }
        "#);
    }

    #[test]
    fn a_ready_server_is_answered_whole() {
        assert_snapshot!(shown(&Rig::new().get(ORDERS)), @r#"
        200
        {
          "sku": {
            "name": "Standard_D4ds_v5",
            "tier": "GeneralPurpose"
          },
          "systemData": {
            "createdAt": "2025-01-13T02:39:00.0000000Z"
          },
          "properties": {
            "replica": {
              "role": "Primary",
              "capacity": 5
            },
            "storage": {
              "type": "",
              "iops": 2300,
              "tier": "P20",
              "storageSizeGB": 512,
              "autoGrow": "Enabled"
            },
            "network": {
              "publicNetworkAccess": "Enabled"
            },
            "dataEncryption": {
              "type": "SystemManaged"
            },
            "authConfig": {
              "activeDirectoryAuth": "Enabled",
              "passwordAuth": "Enabled",
              "tenantId": "72f988bf-0000-4000-8000-00000000c0de"
            },
            "fullyQualifiedDomainName": "pg-orders-prod.postgres.database.azure.com",
            "version": "16",
            "minorVersion": "9",
            "administratorLogin": "pgadmin",
            "state": "Ready",
            "availabilityZone": "1",
            "backup": {
              "backupRetentionDays": 14,
              "geoRedundantBackup": "Enabled",
              "earliestRestoreDate": "2026-02-16T02:42:49.2374487+00:00"
            },
            "highAvailability": {
              "mode": "ZoneRedundant",
              "state": "Healthy",
              "standbyAvailabilityZone": "2"
            },
            "maintenanceWindow": {
              "customWindow": "Disabled",
              "dayOfWeek": 0,
              "startHour": 0,
              "startMinute": 0
            },
            "replicationRole": "Primary",
            "replicaCapacity": 5,
            "privateEndpointConnections": []
          },
          "location": "West Europe",
          "tags": {
            "team": "commerce"
          },
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod",
          "name": "pg-orders-prod",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers"
        }
        "#);
    }

    #[test]
    fn a_server_is_found_in_any_case_and_told_in_its_own() {
        let response = Rig::new().get(
            &ORDERS
                .to_uppercase()
                .replace("/SUBSCRIPTIONS/", "/subscriptions/"),
        );
        assert_eq!(body(&response)["id"], ORDERS, "{}", response.body);
    }

    #[test]
    fn a_server_without_backups_has_no_earliest_restore_date() {
        let server = body(&Rig::new().get(&sibling("pg-loyalty-new")));
        assert_eq!(server["properties"]["state"], "Updating", "{server}");
        assert_eq!(
            server["properties"]["backup"].get("earliestRestoreDate"),
            None,
            "{server}"
        );
    }
}
