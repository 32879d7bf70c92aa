//! `DELETE …/flexibleServers/{serverName}` (reference A1, E).

use arm_core::Response;

use super::servers::{self, text};
use crate::{
    call::Call,
    operations::{Effect, Kind, Outcome, Undertaking},
    refusals::{self, Refusal},
    timing,
    world::World,
};

/// Answers 202, or 204 for a name that no server has. The backups go with their server.
pub(crate) fn delete_flexible_server(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let key = servers::key(call);
    let Some(server) = world.document(&key).cloned() else {
        return Ok(Response::new(204));
    };
    let name = text(&server, "/name");
    if matches!(
        text(&server, "/properties/state"),
        "Dropping" | "Updating" | "Provisioning"
    ) {
        return Err(refusals::SERVER_BUSY.refuse(&[name]));
    }
    let ends = world.end_of(timing::DELETE_SERVER, call.now);
    // Recorded: here, and only here, the URLs have the location as it is displayed (reference A6).
    let location = text(&server, "/location").replace(' ', "%20");
    let failure = refusals::SERVER_BUSY.refuse(&[name]).into();
    world.abandon_below(&key, &failure);
    world.put(servers::in_state(&server, "Dropping"));
    Ok(world.begin(
        call,
        Undertaking {
            kind: Kind::DeleteServer,
            location,
            ends,
            outcome: Outcome::Success(vec![Effect::Remove(key)]),
            undo: vec![Effect::Put(server)],
        },
    ))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        Fault, FaultKind, RequestMatcher,
        testing::{ORDERS, PRODUCTION, Rig, VERSION, body, shown, sibling},
    };

    fn delete(rig: &mut Rig, path: &str) -> Response {
        rig.send(Method::Delete, path, VERSION)
    }

    fn status(rig: &mut Rig, begun: &Response) -> String {
        let url = begun.headers.get("Azure-AsyncOperation").unwrap_or_default();
        body(&rig.follow(url))["status"].to_string()
    }

    #[test]
    fn what_is_not_to_be_deleted_is_refused_and_stays() {
        for (rig, path, status, code) in [
            (Rig::as_reader(), ORDERS.to_owned(), 403, "AuthorizationFailed"),
            (Rig::new(), sibling("pg-loyalty-new"), 409, "ServerBusy"),
            (
                Rig::new(),
                ORDERS.replace("rg-commerce-prod", "rg-nowhere"),
                404,
                "ResourceGroupNotFound",
            ),
        ] {
            let mut rig = rig;
            let before = rig.contents();
            let response = delete(&mut rig, &path);
            let answer = body(&response)["error"]["code"].clone();
            assert_eq!((response.status, answer), (status, code.into()), "{path}");
            assert_eq!(rig.contents(), before, "{path}");
        }
    }

    #[test]
    fn a_name_that_no_server_has_is_no_error() {
        let mut rig = Rig::new();
        let before = rig.contents();
        assert_eq!(delete(&mut rig, &sibling("pg-nowhere")).status, 204);
        let below = format!("{ORDERS}%2fbackups%2Fsmoke-test");
        assert_eq!(
            delete(&mut rig, &below).status,
            204,
            "a slash in a name leads nowhere"
        );
        assert_eq!(rig.contents(), before);
    }

    #[test]
    fn a_server_is_dropping_and_then_gone_with_its_backups() {
        let mut rig = Rig::new();
        let begun = delete(&mut rig, ORDERS);
        assert_snapshot!(shown(&begun), @r#"
        202
        Azure-AsyncOperation: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/West%20Europe/azureAsyncOperation/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Location: https://arm.emulator.invalid/subscriptions/11111111-1111-4111-8111-111111111111/providers/Microsoft.DBforPostgreSQL/locations/West%20Europe/operationResults/f45c0cba-9c56-45e7-a57b-445f1ff82bc7?api-version=2025-08-01&t=…&c=…&s=…&h=…
        Retry-After: 15
        {
          "operation": "DropServerManagementOperation",
          "startTime": "2026-03-01T12:00:00Z"
        }
        "#);
        assert_eq!(body(&rig.get(ORDERS))["properties"]["state"], "Dropping");
        assert_eq!(delete(&mut rig, ORDERS).status, 409);
        assert_eq!(status(&mut rig, &begun), r#""InProgress""#);

        rig.wait(60);
        assert_eq!(status(&mut rig, &begun), r#""Succeeded""#);
        assert_eq!(
            rig.follow(begun.headers.get("Location").unwrap_or_default())
                .status,
            204
        );
        assert_eq!(rig.get(ORDERS).status, 404);
        assert_eq!(rig.get(&format!("{ORDERS}/backups")).status, 404);
        let left = rig.contents()["documents"].clone();
        let below = format!("{}/", ORDERS.to_ascii_lowercase());
        let documents = left.as_object().cloned().unwrap_or_default();
        assert!(
            !documents.keys().any(|id| id.starts_with(&below)),
            "{:?}",
            documents.keys()
        );
        assert!(
            documents.keys().any(|id| id.ends_with("/pg-orders-ro-1")),
            "its replica stays"
        );
    }

    #[test]
    fn a_backup_under_way_fails_with_its_server() {
        let mut rig = Rig::new();
        let backup = rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
        delete(&mut rig, ORDERS);
        rig.wait(3600);
        assert_eq!(status(&mut rig, &backup), r#""Failed""#);
        let servers = format!("{PRODUCTION}/providers/Microsoft.DBforPostgreSQL/flexibleServers");
        assert!(!rig.get(&servers).body.contains(r#""name":"pg-orders-prod""#));
        assert!(
            !rig.contents()["documents"]
                .to_string()
                .contains("pg-orders-prod/backups")
        );
    }

    #[test]
    fn a_deletion_that_fails_leaves_the_server_as_it_was() {
        let mut rig = Rig::new();
        let before = rig.contents()["documents"].clone();
        rig.world.faults().inject(Fault {
            matching: RequestMatcher::default(),
            kind: FaultKind::CancelOperation,
            times: 1,
        });
        let begun = delete(&mut rig, ORDERS);
        rig.wait(60);
        assert_eq!(status(&mut rig, &begun), r#""Canceled""#);
        assert_eq!(rig.contents()["documents"], before);
    }
}
