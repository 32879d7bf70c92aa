//! The backups of the servers (reference A2).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::json;

use super::flexible_servers::{SERVERS, Server};
use crate::{
    postgres::backups::{automatic, on_demand},
    random::Random,
    timestamps::with_offset,
    timing,
    world::World,
};

/// How long ago the stopped server had its last backup.
const LAST_OF_THE_STOPPED: i64 = 69;

/// Server, name and how many hours ago each on-demand backup was completed.
const ON_DEMAND: [(&str, &str, i64); 5] = [
    ("pg-orders-prod", "before-schema-v42", 26),
    ("pg-orders-prod", "pre-release-2026.03", 117),
    ("pg-orders-prod", "smoke-test", 291),
    ("pg-billing-prod", "before-vat-change", 53),
    ("pg-catalog-prod", "pre-import", 410),
];

pub(super) fn fill(world: &mut World, now: Timestamp) {
    let mut random = world.random.clone();
    for server in SERVERS.iter().filter(|server| server.has_backups()) {
        fill_of(world, server, now, &mut random);
    }
    world.random = random;
}

/// The backups of one server.
pub(super) fn fill_of(world: &mut World, server: &Server, now: Timestamp, random: &mut Random) {
    let mut taken = automatic_backups(server, now, random);
    for completed in &taken {
        world.put(automatic(&server.id(), *completed));
    }
    for (_, name, hours) in ON_DEMAND.into_iter().filter(|(of, ..)| *of == server.name) {
        let completed = now - TimeDelta::hours(hours) - fraction(random);
        world.put(on_demand(&server.id(), name, completed));
        taken.push(completed);
    }
    let earliest = taken.into_iter().min();
    let key = server.id().to_ascii_lowercase();
    if let (Some(earliest), Some(document)) = (earliest, world.documents.get_mut(&key)) {
        document["properties"]["backup"]["earliestRestoreDate"] = json!(with_offset(earliest));
    }
}

/// One a day, each a few minutes off, as far back as the server keeps them.
fn automatic_backups(server: &Server, now: Timestamp, random: &mut Random) -> Vec<Timestamp> {
    let first = server.created(now) + timing::FIRST_BACKUP;
    let newest_day = if server.is_stopped() {
        server.age_days - LAST_OF_THE_STOPPED
    } else {
        server.age_days
    };
    let oldest_day = (newest_day - server.retention_days + 1).max(0);
    let days = (oldest_day..=newest_day).map(|day| first + TimeDelta::days(day) + fraction(random));
    days.filter(|completed| *completed <= now).collect()
}

/// Up to two minutes, in steps of 100 nanoseconds.
fn fraction(random: &mut Random) -> TimeDelta {
    TimeDelta::nanoseconds(i64::try_from(random.below(1_200_000_000) * 100).unwrap_or(0))
}
