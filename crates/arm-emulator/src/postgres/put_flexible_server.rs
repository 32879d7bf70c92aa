//! `PUT …/flexibleServers/{serverName}`: a new server out of another one's backups (reference A5).

use arm_core::{Response, Timestamp};
use serde_json::{Value, json};

use super::{
    SERVER_TYPE,
    servers::{self, text},
};
use crate::{
    call::Call,
    operations::{Effect, Kind, Outcome, Undertaking},
    refusals::{self, Refusal},
    router,
    timestamps::with_z,
    timing,
    world::World,
};

/// Answers 202; the server is there at once, `Provisioning`, and `Ready` once the operation has ended.
///
/// Every other way to create or change a server is answered 501.
pub(crate) fn put_flexible_server(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let body = match call.json()? {
        Some(body) if body.is_object() => body,
        _ => return Err(refusals::INVALID_CONTENT.refuse(&["the body is no object"])),
    };
    let mode = text(&body, "/properties/createMode");
    if !mode.eq_ignore_ascii_case("PointInTimeRestore") {
        let mode = if mode.is_empty() { "absent" } else { mode };
        let what = format!("{} (createMode {mode})", call.path());
        return Err(router::not_emulated(world, call, &what));
    }
    let name = call.parameter("serverName");
    if !servers::is_server_name(name) {
        return Err(refusals::INVALID_SERVER_NAME.refuse(&[servers::NAME_RULE]));
    }
    if text(&body, "/location").is_empty() {
        return Err(refusals::LOCATION_REQUIRED.refuse(&[]));
    }
    let source = source(world, &body)?.clone();
    check_point_in_time(&body, &source, call.now)?;
    check_likeness(&body, &source)?;
    if servers::is_taken(world, name) {
        return Err(refusals::SERVER_NAME_TAKEN.refuse(&[]));
    }

    let ends = world.end_of(timing::RESTORE_SERVER, call.now);
    let restored = restored(&body, &source, &canonical_id(world, call), ends);
    let location = servers::location_in_paths(&source);
    world.put(servers::in_state(&restored, "Provisioning"));
    Ok(world.begin(
        call,
        Undertaking {
            kind: Kind::RestoreServer,
            location,
            ends,
            outcome: Outcome::Success(vec![Effect::Put(restored)]),
            undo: vec![Effect::Remove(call.key())],
        },
    ))
}

fn invalid(parameter: &str, rule: &str) -> Refusal {
    refusals::INVALID_VALUE.refuse(&[parameter, rule])
}

/// The server to restore from.
fn source<'a>(world: &'a World, body: &Value) -> Result<&'a Value, Refusal> {
    const NAME: &str = "sourceServerResourceId";
    let id = text(body, "/properties/sourceServerResourceId");
    let segments: Vec<_> = id.split('/').collect();
    let ["", _, _, _, group, _, _, _, name] = segments.as_slice() else {
        return Err(invalid(NAME, "the id of a server"));
    };
    let server = world.document(&id.to_ascii_lowercase());
    let server = server.filter(|server| text(server, "/type") == SERVER_TYPE);
    let server = server
        .ok_or_else(|| refusals::RESOURCE_NOT_FOUND.refuse(&[&format!("{SERVER_TYPE}/{name}"), group]))?;
    // The backups of a stopped server are kept, and it is they that are restored.
    match text(server, "/properties/state") {
        "Ready" | "Stopped" => Ok(server),
        _ => Err(refusals::SERVER_BUSY.refuse(&[name])),
    }
}

/// The moment lies between the oldest backup and now.
fn check_point_in_time(body: &Value, source: &Value, now: Timestamp) -> Result<(), Refusal> {
    const NAME: &str = "pointInTimeUTC";
    let moment = text(body, "/properties/pointInTimeUTC").parse::<Timestamp>();
    let Ok(moment) = moment else {
        return Err(invalid(NAME, "a date and time in UTC"));
    };
    let earliest = text(source, "/properties/backup/earliestRestoreDate");
    let is_within = earliest
        .parse::<Timestamp>()
        .is_ok_and(|earliest| earliest <= moment && moment <= now);
    if is_within {
        Ok(())
    } else {
        let earliest = if earliest.is_empty() {
            "the first backup"
        } else {
            earliest
        };
        Err(invalid(NAME, &format!("a moment between {earliest} and now")))
    }
}

/// What a restored server has in common with its source (reference A5): region, major version, kind of network.
fn check_likeness(body: &Value, source: &Value) -> Result<(), Refusal> {
    let location = servers::normalized_location(text(body, "/location"));
    if location != servers::location_in_paths(source) {
        return Err(invalid("location", "the location of the source server"));
    }
    for (pointer, name) in [
        ("/properties/version", "version"),
        ("/properties/network/publicNetworkAccess", "publicNetworkAccess"),
    ] {
        let wanted = text(body, pointer);
        if !wanted.is_empty() && wanted != text(source, pointer) {
            return Err(invalid(name, "that of the source server"));
        }
    }
    Ok(())
}

/// The new server: like its source, but without high availability, and without a past.
fn restored(body: &Value, source: &Value, id: &str, ready: Timestamp) -> Value {
    let name = id.rsplit('/').next().unwrap_or_default();
    let mut server = source.clone();
    server["id"] = json!(id);
    server["name"] = json!(name);
    // Its first backup follows three minutes after it is ready (recorded), and the schedule counts from here.
    server["systemData"] = json!({ "createdAt": with_z(ready) });
    match body["tags"].as_object() {
        Some(tags) => server["tags"] = json!(tags),
        None => {
            server.as_object_mut().map(|members| members.shift_remove("tags"));
        }
    }
    let properties = &mut server["properties"];
    properties["fullyQualifiedDomainName"] = json!(format!("{name}.postgres.database.azure.com"));
    properties["state"] = json!("Ready");
    properties["highAvailability"] = json!({ "mode": "Disabled", "state": "NotEnabled" });
    properties["privateEndpointConnections"] = json!([]);
    let zone = text(body, "/properties/availabilityZone");
    if !zone.is_empty() {
        properties["availabilityZone"] = json!(zone);
    }
    let geo = text(body, "/properties/backup/geoRedundantBackup");
    properties["backup"]["geoRedundantBackup"] = json!(if geo == "Enabled" { geo } else { "Disabled" });
    if let Some(backup) = properties["backup"].as_object_mut() {
        backup.shift_remove("earliestRestoreDate");
    }
    server
}

/// The id in the canonical spelling of all that is there already.
fn canonical_id(world: &World, call: &Call) -> String {
    let group = world.document(&call.key_above(4));
    let group = group.map_or("", |group| text(group, "/id"));
    format!("{group}/providers/{SERVER_TYPE}/{}", call.parameter("serverName"))
}

#[cfg(test)]
mod tests;
