//! `DELETE …/flexibleServers/{serverName}/backups/{backupName}` (reference A2).

use arm_core::Response;

use super::{
    backups,
    servers::{self, text},
};
use crate::{
    call::Call,
    operations::{Effect, Kind, Outcome, Undertaking},
    refusals::{self, Refusal},
    timing,
    world::World,
};

/// Answers 202, or 204 for a name that no backup has: that is no error (reference A2).
pub(crate) fn delete_backup(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let server = servers::find(world, call)?;
    let location = servers::location_in_paths(server);
    let Some(backup) = world.document(&call.key()) else {
        return Ok(Response::new(204));
    };
    if !backups::is_on_demand(backup) {
        return Err(refusals::AUTOMATIC_BACKUP_KEPT.refuse(&[text(backup, "/name")]));
    }
    let ends = world.end_of(timing::DELETE_BACKUP, call.now);
    let gone = Effect::Remove(call.key());
    Ok(world.begin(
        call,
        Undertaking {
            kind: Kind::DeleteBackup,
            location,
            ends,
            outcome: Outcome::Success(vec![gone]),
            undo: Vec::new(),
        },
    ))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use super::*;
    use crate::testing::{ORDERS, Rig, VERSION, body, shown, sibling};

    fn delete(rig: &mut Rig, name: &str) -> Response {
        rig.send(Method::Delete, &format!("{ORDERS}/backups/{name}"), VERSION)
    }

    #[test]
    fn a_reader_is_refused() {
        let response = delete(&mut Rig::as_reader(), "smoke-test");
        assert_eq!(response.status, 403, "{}", response.body);
    }

    #[test]
    fn an_automatic_backup_is_kept() {
        let mut rig = Rig::new();
        let name = body(&rig.get(&format!("{ORDERS}/backups")))["value"][0]["name"].clone();
        let name = name.as_str().unwrap_or_default();
        assert_snapshot!(shown(&delete(&mut rig, name)), @r#"
        400
        x-ms-failure-cause: service
        {
          "error": {
            "code": "OperationNotAllowed",
            "message": "The backup 'backup_639068065682374487' was taken by the service and cannot be deleted."
          }
        }
        "#);
    }

    #[test]
    fn a_backup_of_no_server_is_not_found() {
        let path = format!("{}/backups/b", sibling("pg-nowhere"));
        let response = Rig::new().send(Method::Delete, &path, VERSION);
        assert_eq!(response.status, 404, "{}", response.body);
    }

    #[test]
    fn a_name_that_no_backup_has_is_no_error() {
        let mut rig = Rig::new();
        let before = rig.contents();
        assert_snapshot!(shown(&delete(&mut rig, "nothing")), @"204");
        assert_eq!(rig.contents(), before);
    }

    #[test]
    fn an_on_demand_backup_is_gone_once_the_operation_is_done() {
        let mut rig = Rig::new();
        let begun = delete(&mut rig, "smoke-test");
        assert_snapshot!(shown(&begun), @r#"
        202
        Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/azureAsyncOperation/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/operationResults/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Retry-After: 15
        {
          "operation": "DeleteSnapshotManagementOperation",
          "startTime": "2026-03-01T12:00:00Z"
        }
        "#);
        let path = format!("{ORDERS}/backups/smoke-test");
        assert_eq!(rig.get(&path).status, 200);
        rig.wait(16);
        assert_eq!(rig.get(&path).status, 404);
        let result = begun.headers.get("Location").unwrap_or_default();
        assert_eq!(rig.follow(result).status, 204);
    }
}
