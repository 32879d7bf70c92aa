//! What handlers ask of a flexible server.

use arm_core::Timestamp;
use serde_json::Value;

use super::SERVER_TYPE;
use crate::{
    call::Call,
    refusals::{self, Refusal},
    world::World,
};

/// How many segments the id of a server has.
const SEGMENTS: usize = 8;

/// The lower-case id of the server that the call is about.
pub(crate) fn key(call: &Call) -> String {
    call.key_above(SEGMENTS)
}

/// The server that the call is about.
pub(crate) fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    world.document(&key(call)).ok_or_else(|| {
        let resource = format!("{SERVER_TYPE}/{}", call.parameter("serverName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })
}

/// A resource with its canonical id, or with the id that it was asked by where the switch says so.
pub(crate) fn with_id(world: &World, call: &Call, resource: &Value) -> Value {
    let mut shown = resource.clone();
    if world.switches.ids_as_called {
        shown["id"] = Value::String(call.path());
    }
    shown
}

/// Refuses what cannot be done while the server is in its state; the answers are not known (reference A7).
pub(crate) fn check_ready(server: &Value) -> Result<(), Refusal> {
    let name = text(server, "/name");
    match text(server, "/properties/state") {
        "Ready" => Ok(()),
        state @ ("Stopped" | "Disabled" | "Inaccessible") => {
            Err(refusals::SERVER_IS_STOPPED.refuse(&[name, state]))
        }
        _ => Err(refusals::SERVER_BUSY.refuse(&[name])),
    }
}

/// The server in another state.
pub(crate) fn in_state(server: &Value, state: &str) -> Value {
    let mut server = server.clone();
    server["properties"]["state"] = Value::from(state);
    server
}

/// All servers; told by their ids, as a world may have many more backups than servers.
pub(crate) fn all(world: &World) -> impl Iterator<Item = &Value> {
    let documents = world.documents.iter();
    let servers = documents.filter(|(id, _)| id.rsplit('/').nth(1) == Some("flexibleservers"));
    servers
        .map(|(_, document)| document)
        .filter(|document| text(document, "/type") == SERVER_TYPE)
}

/// Whether a server anywhere has this name, which is part of its address and so belongs to one only.
pub(crate) fn is_taken(world: &World, name: &str) -> bool {
    let mut servers = all(world);
    servers.any(|server| text(server, "/name").eq_ignore_ascii_case(name))
}

/// Why a new server cannot have a name (reported).
pub(crate) const NAME_RULE: &str = "Specified server name contains unsupported characters or is too long. Server name must be no longer than 63 characters long, contain only lower-case characters or digits, cannot contain '.' or '_' characters and can't start or end with '-' character.";

/// Whether a new server can have this name.
pub(crate) fn is_server_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (3..=63).contains(&name.len())
        && name.bytes().all(is_allowed)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// The name of the location as it stands in paths: `westeurope` for `West Europe`.
pub(crate) fn location_in_paths(server: &Value) -> String {
    normalized_location(text(server, "/location"))
}

/// `westeurope` for `West Europe` and for `westeurope` (reference A4).
pub(crate) fn normalized_location(location: &str) -> String {
    location.replace(' ', "").to_ascii_lowercase()
}

pub(crate) fn retention_days(server: &Value) -> i64 {
    server
        .pointer("/properties/backup/backupRetentionDays")
        .and_then(Value::as_i64)
        .unwrap_or(7)
}

/// When the server was created.
pub(crate) fn created(server: &Value) -> Option<Timestamp> {
    text(server, "/systemData/createdAt").parse().ok()
}

/// The text at a JSON pointer, empty where there is none.
pub(crate) fn text<'a>(document: &'a Value, pointer: &str) -> &'a str {
    document
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
