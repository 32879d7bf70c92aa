//! `PUT …/flexibleServers/{serverName}/backups/{backupName}`: takes an on-demand backup (reference A2, A7, E).

use arm_core::{Response, Timestamp};
use chrono::TimeDelta;
use serde_json::Value;

use super::{
    BACKUP_TYPE, backups,
    servers::{self, text},
};
use crate::{
    call::Call,
    operations::{Effect, Kind, Outcome},
    refusals::{self, Refusal},
    timing,
    world::World,
};

/// The most on-demand backups that a server can have (reference E).
const MOST_ON_DEMAND_BACKUPS: usize = 7;

/// Answers 202; the backup is listed once the operation has ended.
pub(crate) fn put_backup(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let name = call.parameter("backupName");
    if !is_backup_name(name) {
        return Err(refusals::INVALID_BACKUP_NAME.refuse(&[]));
    }
    call.json()?;
    let server = servers::find(world, call)?;
    check_server(server)?;
    let id = text(server, "/id").to_owned();
    let location = servers::location_in_paths(server);

    // The documented answer to a taken name and to a second backup at a time tells neither apart (reference A7).
    if is_in_the_way(world, call) {
        let refusal = refusals::INTERNAL_SERVER_ERROR.refuse(&[&world.random.guid()]);
        if world.switches.refuse_conflicting_backups_at_once {
            return Err(refusal);
        }
        let ends = world.end_of(timing::CONFLICTING_BACKUP, call.now);
        return Ok(world.begin(
            call,
            Kind::TakeBackup,
            &location,
            ends,
            Outcome::Failure(refusal.into()),
        ));
    }
    let on_demand = world
        .below(&servers::key(call), BACKUP_TYPE)
        .filter(|backup| backups::is_on_demand(backup));
    let count = on_demand.count();
    if count >= MOST_ON_DEMAND_BACKUPS {
        let server_name = call.parameter("serverName");
        return Err(refusals::TOO_MANY_BACKUPS.refuse(&[server_name, &count.to_string()]));
    }
    let ends = end(world, call.now);
    let backup = backups::on_demand(&id, name, ends);
    Ok(world.begin(
        call,
        Kind::TakeBackup,
        &location,
        ends,
        Outcome::Success(vec![Effect::Put(backup)]),
    ))
}

/// `^[-\w\._]+$`, 1 to 128 characters (reference A1); `\w` is any letter or digit as in .NET.
fn is_backup_name(name: &str) -> bool {
    let is_allowed = |character: char| character.is_alphanumeric() || "-_.".contains(character);
    (1..=128).contains(&name.chars().count()) && name.chars().all(is_allowed)
}

/// Refuses servers of which no on-demand backup can be taken.
///
/// That they are refused is documented (reference E), how is not.
fn check_server(server: &Value) -> Result<(), Refusal> {
    let name = text(server, "/name");
    if text(server, "/sku/tier") == "Burstable" {
        return Err(refusals::BURSTABLE_NOT_SUPPORTED.refuse(&[name]));
    }
    if text(server, "/properties/storage/type") == "PremiumV2_LRS" {
        return Err(refusals::PREMIUM_V2_NOT_SUPPORTED.refuse(&[name]));
    }
    match text(server, "/properties/state") {
        "Ready" => Ok(()),
        state @ ("Stopped" | "Disabled" | "Inaccessible") => {
            Err(refusals::SERVER_IS_STOPPED.refuse(&[name, state]))
        }
        _ => Err(refusals::SERVER_BUSY.refuse(&[name])),
    }
}

fn is_in_the_way(world: &World, call: &Call) -> bool {
    world.document(&call.key()).is_some()
        || world.is_running_below(&servers::key(call), Kind::TakeBackup, call.now)
}

/// Two minutes and a bit, and a fraction of a second as live times have one.
fn end(world: &mut World, now: Timestamp) -> Timestamp {
    let extra = world.random.below(timing::ON_DEMAND_BACKUP_SPREAD * 10_000_000);
    let extra = TimeDelta::nanoseconds(i64::try_from(extra * 100).unwrap_or(0));
    world.end_of(timing::ON_DEMAND_BACKUP + extra, now)
}

#[cfg(test)]
mod tests {
    use arm_core::{Method, Request};
    use insta::assert_snapshot;
    use serde_json::Value;

    use super::*;
    use crate::testing::{DEVELOPMENT, ORDERS, Rig, VERSION, body, shown, sibling, url};

    fn put(rig: &mut Rig, name: &str) -> Response {
        rig.send(Method::Put, &format!("{ORDERS}/backups/{name}"), VERSION)
    }

    /// The state of the operation that an answer began.
    fn status(rig: &mut Rig, begun: &Response) -> Value {
        let url = begun
            .headers
            .get("Azure-AsyncOperation")
            .unwrap_or_default()
            .to_owned();
        body(&rig.follow(&url))
    }

    /// Refused, and nothing is different afterwards.
    fn check_refused(mut rig: Rig, path: &str, status: u16, code: &str) {
        let before = rig.contents();
        let response = rig.send(Method::Put, path, VERSION);
        assert_eq!(response.status, status, "{path}: {}", response.body);
        assert_eq!(
            body(&response)["error"]["code"],
            code,
            "{path}: {}",
            response.body
        );
        assert_eq!(rig.contents(), before, "{path}");
    }

    #[test]
    fn what_cannot_be_backed_up_is_refused() {
        let in_development = |group: &str, name: &str| {
            format!(
                "{DEVELOPMENT}/resourceGroups/{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}/backups/b"
            )
        };
        let stopped = sibling("pg-hr-archive").replace("rg-commerce-prod", "rg-hr");
        check_refused(
            Rig::as_reader(),
            &format!("{ORDERS}/backups/b"),
            403,
            "AuthorizationFailed",
        );
        check_refused(
            Rig::as_nobody(),
            &format!("{ORDERS}/backups/b"),
            403,
            "AuthorizationFailed",
        );
        check_refused(
            Rig::new(),
            &format!("{ORDERS}/backups/a%20b"),
            400,
            "InvalidParameterValue",
        );
        let long = "b".repeat(129);
        check_refused(
            Rig::new(),
            &format!("{ORDERS}/backups/{long}"),
            400,
            "InvalidParameterValue",
        );
        check_refused(
            Rig::new(),
            &in_development("rg-dev", "pg-dev-checkout"),
            400,
            "OperationNotSupported",
        );
        check_refused(
            Rig::new(),
            &in_development("rg-platform-dev", "pg-metrics-v2"),
            400,
            "OperationNotSupported",
        );
        check_refused(
            Rig::new(),
            &format!("{stopped}/backups/b"),
            409,
            "ServerIsNotReady",
        );
        check_refused(
            Rig::new(),
            &format!("{}/backups/b", sibling("pg-loyalty-new")),
            409,
            "ServerBusy",
        );
    }

    #[test]
    fn a_reader_is_told_what_is_missing() {
        let mut rig = Rig::as_reader();
        assert_snapshot!(shown(&put(&mut rig, "before-v43")), @r#"
        403
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "AuthorizationFailed",
            "message": "The client 'jonas.weber@contoso.com' with object id '0a1b2c3d-0000-4000-8000-000000000002' does not have authorization to perform action 'Microsoft.DBforPostgreSQL/flexibleServers/backups/write' over scope '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/before-v43' or the scope is invalid. If access was recently granted, please refresh your credentials."
          }
        }
        "#);
    }

    #[test]
    fn a_body_that_is_no_json_is_refused() {
        let mut rig = Rig::new();
        let request = Request::new(Method::Put, url(&format!("{ORDERS}/backups/b"), VERSION)).with_body("{");
        assert_snapshot!(shown(&rig.request(request).response), @r#"
        400
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "InvalidRequestContent",
            "message": "The request content was invalid and could not be deserialized: 'EOF while parsing an object at line 1 column 1'."
          }
        }
        "#);
    }

    #[test]
    fn a_server_that_is_not_there_is_not_found() {
        let path = format!("{}/backups/b", sibling("pg-nowhere"));
        check_refused(Rig::new(), &path, 404, "ResourceNotFound");
    }

    #[test]
    fn a_backup_is_accepted_runs_and_is_listed_once_it_is_done() {
        let mut rig = Rig::new();
        let begun = put(&mut rig, "before-v43");
        assert_snapshot!(shown(&begun), @r#"
        202
        Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/azureAsyncOperation/657b445f-1ff8-4bc7-bb4f-0bb6f0258948?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/operationResults/657b445f-1ff8-4bc7-bb4f-0bb6f0258948?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Retry-After: 15
        {
          "operation": "SnapshotManagementOperation",
          "startTime": "2026-03-01T12:00:00Z"
        }
        "#);

        let path = format!("{ORDERS}/backups/before-v43");
        rig.wait(60);
        assert_eq!(rig.get(&path).status, 404);
        assert_snapshot!(format!("{:#}", status(&mut rig, &begun)), @r#"
        {
          "name": "657b445f-1ff8-4bc7-bb4f-0bb6f0258948",
          "status": "InProgress",
          "startTime": "2026-03-01T12:00:00Z"
        }
        "#);

        rig.wait(90);
        assert_snapshot!(format!("{:#}", status(&mut rig, &begun)), @r#"
        {
          "name": "657b445f-1ff8-4bc7-bb4f-0bb6f0258948",
          "status": "Succeeded",
          "startTime": "2026-03-01T12:00:00Z"
        }
        "#);
        assert_snapshot!(shown(&rig.get(&path)), @r#"
        200
        {
          "properties": {
            "backupType": "Customer On-Demand",
            "completedTime": "2026-03-01T12:02:13.8138599+00:00",
            "source": "Customer Initiated"
          },
          "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod/backups/before-v43",
          "name": "before-v43",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers/backups"
        }
        "#);
    }

    #[test]
    fn a_taken_name_fails_at_the_end_of_the_operation() {
        let mut rig = Rig::new();
        let before = rig.get(&format!("{ORDERS}/backups/smoke-test")).body;
        let begun = put(&mut rig, "Smoke-Test");
        assert_eq!(begun.status, 202, "{}", begun.body);
        rig.wait(150);
        assert_snapshot!(format!("{:#}", status(&mut rig, &begun)), @r#"
        {
          "name": "9d1f9f54-fe5c-4163-b558-d10cbb86dcf2",
          "status": "Failed",
          "startTime": "2026-03-01T12:00:00Z",
          "error": {
            "code": "InternalServerError",
            "message": "An unexpected error occured while processing the request. Tracking ID: '570641b0-d919-41c3-8bf6-1c3e4e43959c'"
          }
        }
        "#);
        assert_eq!(rig.get(&format!("{ORDERS}/backups/smoke-test")).body, before);
    }

    #[test]
    fn a_second_backup_at_a_time_fails_and_the_first_goes_on() {
        let mut rig = Rig::new();
        let first = put(&mut rig, "first");
        rig.wait(10);
        let second = put(&mut rig, "second");
        rig.wait(150);
        assert_eq!(status(&mut rig, &first)["status"], "Succeeded");
        assert_eq!(status(&mut rig, &second)["error"]["code"], "InternalServerError");
        assert_eq!(rig.get(&format!("{ORDERS}/backups/second")).status, 404);
    }

    #[test]
    fn a_backup_of_another_server_is_not_in_the_way() {
        let mut rig = Rig::new();
        put(&mut rig, "first");
        let other = rig.send(
            Method::Put,
            &format!("{}/backups/other", sibling("pg-catalog-prod")),
            VERSION,
        );
        rig.wait(150);
        assert_eq!(status(&mut rig, &other)["status"], "Succeeded");
    }

    #[test]
    fn a_switch_refuses_a_taken_name_at_once() {
        let mut rig = Rig::new();
        rig.world.switches().refuse_conflicting_backups_at_once = true;
        let response = put(&mut rig, "smoke-test");
        assert_eq!(response.status, 500, "{}", response.body);
        assert_eq!(
            body(&response)["error"]["code"],
            "InternalServerError",
            "{}",
            response.body
        );
    }

    #[test]
    fn an_eighth_on_demand_backup_is_refused() {
        let mut rig = Rig::new();
        for name in ["fourth", "fifth", "sixth", "seventh"] {
            let begun = put(&mut rig, name);
            rig.wait(150);
            assert_eq!(status(&mut rig, &begun)["status"], "Succeeded", "{name}");
        }
        assert_snapshot!(shown(&put(&mut rig, "eighth")), @r#"
        400
        x-ms-failure-cause: service
        {
          "error": {
            "code": "BackupLimitReached",
            "message": "The server 'pg-orders-prod' has 7 on-demand backups already, which is the most it can have. Delete one and try again."
          }
        }
        "#);
    }
}
