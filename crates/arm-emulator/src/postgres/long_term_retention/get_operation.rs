//! `GET …/flexibleServers/{serverName}/ltrBackupOperations/{backupName}` (reference A3).

use arm_core::{Response, Timestamp};
use serde_json::Value;

use super::{request, transfer};
use crate::{
    call::Call,
    postgres::{
        SERVER_TYPE,
        servers::{self, text},
    },
    refusals::{self, Refusal, json_response},
    world::World,
};

/// One long-term retention backup, as it stands now.
pub(crate) fn get_operation(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    request::check_server_name(call)?;
    let name = call.parameter("backupName");
    request::check_backup_name(name, "backupName")?;
    servers::find(world, call)?;
    let document = world.document(&call.key()).ok_or_else(|| {
        let server = call.parameter("serverName");
        let resource = format!("{SERVER_TYPE}/{server}/ltrBackupOperations/{name}");
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    let document = as_it_stands(world, document, call.now);
    Ok(json_response(200, &servers::with_id(world, call, &document)))
}

/// A backup's document; of a running one as far as it is now.
pub(super) fn as_it_stands(world: &World, document: &Value, now: Timestamp) -> Value {
    let key = text(document, "/id").to_ascii_lowercase();
    let mut running = world
        .operations
        .values()
        .filter(|operation| operation.is_running(now));
    let running = running.find(|operation| operation.target == key);
    match running.and_then(|operation| Some((operation, operation.transfer.as_ref()?))) {
        Some((operation, moved)) => transfer::document(operation, moved, now),
        None => document.clone(),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, Rig, shown, sibling};

    #[test]
    fn what_is_not_there_is_not_found() {
        for (rig, server, name, status) in [
            (Rig::as_nobody(), ORDERS.to_owned(), "end-of-quarter", 403),
            (Rig::new(), sibling("pg-nowhere"), "end-of-quarter", 404),
            (Rig::new(), ORDERS.to_owned(), "nothing", 404),
            (Rig::new(), ORDERS.to_owned(), "not_a-name", 400),
            (Rig::new(), ORDERS.to_owned(), "-begins", 400),
        ] {
            let mut rig = rig;
            let response = rig.get(&format!("{server}/ltrBackupOperations/{name}"));
            assert_eq!(response.status, status, "{server} {name}: {}", response.body);
        }
        assert_snapshot!(shown(&Rig::new().get(&format!("{ORDERS}/ltrBackupOperations/nothing"))), @r#"
        404
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "ResourceNotFound",
            "message": "The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/ltrBackupOperations/nothing' under resource group 'rg-commerce-prod' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
          }
        }
        "#);
    }

    #[test]
    fn an_ended_backup_is_answered_as_recorded() {
        let response = Rig::as_reader().get(&format!("{ORDERS}/LtrBackupOperations/END-of-quarter"));
        assert_snapshot!(shown(&response), @r#"
        200
        {
          "properties": {
            "backupName": "end-of-quarter",
            "datasourceSizeInBytes": 152471339008,
            "dataTransferredInBytes": 38117834700,
            "backupMetadata": "",
            "startTime": "2025-12-30T16:00:00Z",
            "endTime": "2025-12-30T16:30:14Z",
            "percentComplete": 100.0,
            "status": "Succeeded"
          },
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/ltrBackupOperations/end-of-quarter",
          "name": "end-of-quarter",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations"
        }
        "#);
    }
}
