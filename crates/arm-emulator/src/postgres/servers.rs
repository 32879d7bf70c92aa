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

/// The name of the location as it stands in paths: `westeurope` for `West Europe`.
pub(crate) fn location_in_paths(server: &Value) -> String {
    text(server, "/location").replace(' ', "").to_ascii_lowercase()
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
