//! Long-term retention backups of earlier days, one of every end (reference A3).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::flexible_servers::SERVERS;
use crate::{
    postgres::long_term_retention::transfer::{length, resource},
    timestamps::in_milliseconds,
    world::World,
};

const GIBIBYTE: u64 = 1 << 30;

/// How one ended.
enum End {
    Succeeded,
    /// After so many percent.
    Cancelled(u64),
    Failed(u64, &'static str, &'static str),
}

/// Server, name, how many hours ago it began, how much data there was in GiB, and its end.
const BACKUPS: [(&str, &str, i64, u64, End); 5] = [
    ("pg-orders-prod", "end-of-quarter", 1460, 142, End::Succeeded),
    ("pg-billing-prod", "yearly-a", 9200, 96, End::Succeeded),
    ("pg-billing-prod", "yearly-b", 1450, 121, End::Succeeded),
    ("pg-billing-prod", "for-the-audit", 1100, 123, End::Cancelled(37)),
    (
        "pg-billing-prod",
        "for-the-audit-b",
        1096,
        123,
        End::Failed(
            0,
            "KeyBasedAuthenticationNotPermitted",
            "Key based authentication is not permitted on this storage account.",
        ),
    ),
];

pub(super) fn fill(world: &mut World, now: Timestamp) {
    for (server, name, hours, gibibytes, end) in BACKUPS {
        if let Some(server) = SERVERS.iter().find(|known| known.name == server) {
            let properties = properties(name, now - TimeDelta::hours(hours), gibibytes * GIBIBYTE, &end);
            world.put(resource(&server.id(), name, properties));
        }
    }
}

fn properties(name: &str, started: Timestamp, source: u64, end: &End) -> Map<String, Value> {
    let (percent, status) = match end {
        End::Succeeded => (100, "Succeeded"),
        End::Cancelled(percent) => (*percent, "Cancelled"),
        End::Failed(percent, ..) => (*percent, "Failed"),
    };
    // A dump of a quarter of the data, give or take what compresses.
    let moved = source / 400 * percent;
    let took = length(source) * i32::try_from(percent.max(2)).unwrap_or(100) / 100;
    let mut properties = Map::new();
    let mut tell = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    tell("backupName", json!(name));
    tell("datasourceSizeInBytes", json!(source));
    tell("dataTransferredInBytes", json!(moved));
    tell("backupMetadata", json!(""));
    tell("startTime", json!(in_milliseconds(started)));
    tell("endTime", json!(in_milliseconds(started + took)));
    tell("percentComplete", json!(percent as f64));
    tell("status", json!(status));
    if let End::Failed(_, code, message) = end {
        tell("errorCode", json!(code));
        tell("errorMessage", json!(message));
    }
    properties
}
