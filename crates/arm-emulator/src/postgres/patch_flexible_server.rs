//! `PATCH …/flexibleServers/{serverName}`: how long backups are kept, and tags (reference A1, A4, E).

use arm_core::Response;
use serde_json::{Value, json};

use super::servers;
use crate::{
    call::Call,
    operations::{Effect, Kind, Outcome, Undertaking},
    refusals::{self, Refusal},
    router, timing,
    world::World,
};

/// For how many days a server keeps its backups (reference A4).
const RETENTION: std::ops::RangeInclusive<i64> = 7..=35;

/// Answers 202; older backups follow a shorter retention once the operation has ended.
///
/// Every other change is answered 501. A member that says what is so already is none.
pub(crate) fn patch_flexible_server(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let changes = match call.json()? {
        Some(changes) if changes.is_object() => changes,
        _ => return Err(refusals::INVALID_CONTENT.refuse(&["the body is no object"])),
    };
    let server = servers::find(world, call)?.clone();
    if let Some(member) = not_emulated(&changes, &server) {
        let what = format!("{} ({member})", call.path());
        return Err(router::not_emulated(world, call, &what));
    }
    let changed = changed(&server, &changes)?;
    servers::check_ready(&server)?;
    let ends = world.end_of(timing::UPDATE_SERVER, call.now);
    let location = servers::location_in_paths(&server);
    world.put(servers::in_state(&server, "Updating"));
    Ok(world.begin(
        call,
        Undertaking {
            kind: Kind::UpdateServer,
            location,
            ends,
            outcome: Outcome::Success(vec![Effect::Put(changed)]),
            undo: vec![Effect::Put(server)],
        },
    ))
}

/// The server as it will be.
fn changed(server: &Value, changes: &Value) -> Result<Value, Refusal> {
    let mut changed = server.clone();
    match changes.get("tags") {
        None | Some(Value::Null) => {}
        Some(Value::Object(tags)) if tags.values().all(Value::is_string) => changed["tags"] = json!(tags),
        Some(_) => return Err(refusals::INVALID_CONTENT.refuse(&["'tags' are no texts by name"])),
    }
    let days = changes.pointer("/properties/backup/backupRetentionDays");
    if let Some(days) = days.filter(|days| !days.is_null()) {
        let days = days.as_i64().filter(|days| RETENTION.contains(days));
        let days =
            days.ok_or_else(|| refusals::INVALID_VALUE.refuse(&["backupRetentionDays", "7 to 35 days"]))?;
        changed["properties"]["backup"]["backupRetentionDays"] = json!(days);
    }
    Ok(changed)
}

/// The first member that would change something that the emulator does not.
fn not_emulated(changes: &Value, server: &Value) -> Option<String> {
    let mut changes = changes.clone();
    if let Some(top) = changes.as_object_mut() {
        top.remove("tags");
    }
    if let Some(Value::Object(backup)) = changes.pointer_mut("/properties/backup") {
        backup.remove("backupRetentionDays");
        // Read-only: a client that sends the server back as it read it means no change by it.
        backup.remove("earliestRestoreDate");
    }
    difference(&changes, server, "")
}

/// Where the members of `changes` say something else than `current`.
fn difference(changes: &Value, current: &Value, path: &str) -> Option<String> {
    match changes {
        Value::Null => None,
        // Microsoft's Python package 2.0.0 sends `"availabilityZone": ""` with every change: left to the service.
        Value::String(text) if text.is_empty() => None,
        Value::Object(members) => members.iter().find_map(|(name, change)| {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            difference(change, &current[name], &path)
        }),
        _ if changes == current => None,
        _ => Some(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use arm_core::{Method, Request};
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        Fault, FaultKind, RequestMatcher,
        testing::{ORDERS, Rig, VERSION, body, shown, sibling, url},
    };

    fn patch(rig: &mut Rig, path: &str, text: &str) -> Response {
        let request = Request::new(Method::Patch, url(path, VERSION)).with_body(text);
        rig.request(request).response
    }

    fn retention(days: i64) -> String {
        json!({ "properties": { "backup": { "backupRetentionDays": days } } }).to_string()
    }

    fn check_refused(mut rig: Rig, path: &str, text: &str, status: u16, code: &str) {
        let before = rig.contents();
        let response = patch(&mut rig, path, text);
        let answer = body(&response)["error"]["code"].clone();
        assert_eq!((response.status, answer), (status, code.into()), "{path} {text}");
        assert_eq!(rig.contents(), before, "{path} {text}");
    }

    #[test]
    fn what_cannot_be_changed_is_refused() {
        let stopped = sibling("pg-hr-archive").replace("rg-commerce-prod", "rg-hr");
        check_refused(
            Rig::as_reader(),
            ORDERS,
            &retention(10),
            403,
            "AuthorizationFailed",
        );
        check_refused(
            Rig::new(),
            &sibling("pg-nowhere"),
            &retention(10),
            404,
            "ResourceNotFound",
        );
        check_refused(Rig::new(), &stopped, &retention(10), 409, "ServerIsNotReady");
        check_refused(
            Rig::new(),
            &sibling("pg-loyalty-new"),
            &retention(10),
            409,
            "ServerBusy",
        );
        for text in ["", "{", "[]", "7", r#"{"tags":7}"#, r#"{"tags":{"team":7}}"#] {
            check_refused(Rig::new(), ORDERS, text, 400, "InvalidRequestContent");
        }
        for days in [-1, 0, 6, 36, i64::MAX] {
            check_refused(Rig::new(), ORDERS, &retention(days), 400, "InvalidParameterValue");
        }
        let text = r#"{"properties":{"backup":{"backupRetentionDays":"10"}}}"#;
        check_refused(Rig::new(), ORDERS, text, 400, "InvalidParameterValue");
    }

    #[test]
    fn another_change_is_not_emulated_and_noted() {
        for (text, member) in [
            (r#"{"sku":{"name":"Standard_D8ds_v5"}}"#, "sku.name"),
            (
                r#"{"properties":{"storage":{"storageSizeGB":1024}}}"#,
                "properties.storage.storageSizeGB",
            ),
            (
                r#"{"properties":{"backup":{"geoRedundantBackup":"Disabled"}}}"#,
                "properties.backup.geoRedundantBackup",
            ),
            (r#"{"properties":7}"#, "properties"),
        ] {
            check_refused(Rig::new(), ORDERS, text, 501, "NotImplemented");
            let mut rig = Rig::new();
            patch(&mut rig, ORDERS, text);
            assert_eq!(rig.world.unknown_routes(), [format!("PATCH {ORDERS} ({member})")]);
        }
    }

    #[test]
    fn what_is_so_already_is_no_change() {
        let mut rig = Rig::new();
        let mut server = body(&rig.get(ORDERS));
        server["properties"]["backup"]["backupRetentionDays"] = json!(10);
        server["properties"]["administratorLogin"] = Value::Null;
        server["properties"]["availabilityZone"] = json!("");
        assert_eq!(patch(&mut rig, ORDERS, &server.to_string()).status, 202);
    }

    #[test]
    fn older_backups_follow_a_shorter_retention_at_the_end() {
        let mut rig = Rig::new();
        let listed = |rig: &mut Rig| {
            body(&rig.get(&format!("{ORDERS}/backups")))["value"]
                .as_array()
                .map(Vec::len)
        };
        let begun = patch(&mut rig, ORDERS, &retention(7));
        assert_snapshot!(shown(&begun), @r#"
        202
        Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/azureAsyncOperation/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/westeurope/operationResults/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Retry-After: 15
        {
          "operation": "UpsertServerManagementOperationV2",
          "startTime": "2026-03-01T12:00:00Z"
        }
        "#);
        let running = body(&rig.get(ORDERS))["properties"].clone();
        assert_eq!(running["state"], "Updating", "{running}");
        assert_eq!(running["backup"]["backupRetentionDays"], 14, "{running}");
        assert_eq!(listed(&mut rig), Some(17));
        assert_eq!(
            patch(&mut rig, ORDERS, &retention(8)).status,
            409,
            "one at a time"
        );

        rig.wait(30);
        let ended = body(&rig.follow(begun.headers.get("Location").unwrap_or_default()));
        assert_eq!(ended["properties"]["backup"]["backupRetentionDays"], 7, "{ended}");
        let after = body(&rig.get(ORDERS))["properties"].clone();
        assert_eq!(after["state"], "Ready", "{after}");
        assert_eq!(
            listed(&mut rig),
            Some(9),
            "7 automatic and 2 on-demand backups are young enough"
        );
        let oldest = body(&rig.get(&format!("{ORDERS}/backups")))["value"][0].clone();
        assert_eq!(
            after["backup"]["earliestRestoreDate"],
            oldest["properties"]["completedTime"]
        );
    }

    #[test]
    fn a_longer_retention_keeps_what_is_there_for_longer() {
        let mut rig = Rig::new();
        patch(&mut rig, ORDERS, &retention(35));
        rig.wait(30);
        rig.wait(10 * 24 * 3600);
        let listed = body(&rig.get(&format!("{ORDERS}/backups")))["value"]
            .as_array()
            .map(Vec::len);
        assert_eq!(listed, Some(27), "24 automatic backups and the 3 that were taken");
    }

    #[test]
    fn tags_are_replaced() {
        let mut rig = Rig::new();
        patch(&mut rig, ORDERS, r#"{"tags":{"cost-centre":"42"}}"#);
        rig.wait(30);
        assert_eq!(body(&rig.get(ORDERS))["tags"], json!({ "cost-centre": "42" }));
    }

    #[test]
    fn a_change_that_fails_leaves_the_server_as_it_was() {
        let mut rig = Rig::new();
        let before = rig.contents()["documents"].clone();
        rig.world.faults().inject(Fault {
            matching: RequestMatcher::default(),
            kind: FaultKind::FailOperation {
                code: "InternalServerError".to_owned(),
                message: "No.".to_owned(),
            },
            times: 1,
        });
        patch(&mut rig, ORDERS, &retention(7));
        rig.wait(30);
        assert_eq!(body(&rig.get(ORDERS))["properties"]["state"], "Ready");
        assert_eq!(rig.contents()["documents"], before);
    }
}
