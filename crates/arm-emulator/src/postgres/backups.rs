//! Backup documents (reference A2).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{BACKUP_TYPE, servers::text};
use crate::timestamps::{ticks, with_offset};

/// The type of a backup that a user took.
pub(crate) const ON_DEMAND: &str = "Customer On-Demand";

/// A backup that the service took; its name counts the ticks one second before it was completed (reference A2).
pub(crate) fn automatic(server_id: &str, completed: Timestamp) -> Value {
    let named = completed - TimeDelta::seconds(1);
    document(
        server_id,
        &format!("backup_{}", ticks(named)),
        "Full",
        completed,
        "Automatic",
    )
}

/// A backup that a user took.
pub(crate) fn on_demand(server_id: &str, name: &str, completed: Timestamp) -> Value {
    document(server_id, name, ON_DEMAND, completed, "Customer Initiated")
}

pub(crate) fn is_on_demand(backup: &Value) -> bool {
    text(backup, "/properties/backupType") == ON_DEMAND
}

pub(crate) fn completed(backup: &Value) -> Option<Timestamp> {
    text(backup, "/properties/completedTime").parse().ok()
}

fn document(server_id: &str, name: &str, backup_type: &str, completed: Timestamp, source: &str) -> Value {
    json!({
        "properties": {
            "backupType": backup_type,
            "completedTime": with_offset(completed),
            "source": source,
        },
        "id": format!("{server_id}/backups/{name}"),
        "name": name,
        "type": BACKUP_TYPE,
    })
}
