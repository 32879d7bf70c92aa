//! How far a long-term retention backup is: a function of time (reference A3).

use arm_core::Timestamp;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::OPERATION_TYPE;
use crate::{
    operations::{Operation, Outcome},
    postgres::servers::text,
    random::mix,
    timestamps::in_milliseconds,
    timing,
};

/// The part of the time that goes by before the first byte.
const PREPARATION: f64 = 0.05;
/// What a backup that did not end well has reached at most.
const MOST_WITHOUT_END: f64 = 0.99;

/// What a long-term retention backup moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Transfer {
    /// The id of the server.
    pub(crate) server: String,
    /// The name of the backup.
    pub(crate) name: String,
    /// How much the databases hold.
    pub(crate) source_bytes: u64,
    /// How much of it arrives: a dump is smaller.
    pub(crate) bytes: u64,
    /// When all of it is there, whatever comes between.
    pub(crate) finishes: Timestamp,
    /// From when until when nothing moves.
    pub(crate) pause: Option<(Timestamp, Timestamp)>,
}

/// How much the databases of a server hold: between a fifth and two fifths of its storage.
pub(super) fn data_size(server: &Value) -> u64 {
    let gigabytes = server
        .pointer("/properties/storage/storageSizeGB")
        .and_then(Value::as_u64);
    let share = 200 + mix(0, text(server, "/id")) % 250;
    gigabytes.unwrap_or(0).saturating_mul(1 << 30) / 1000 * share
}

/// How much of so much data arrives in the container: the recorded dump was far smaller than its source.
pub(super) fn dump_size(server: &Value) -> u64 {
    let share = 18 + mix(1, text(server, "/id")) % 14;
    data_size(server) / 100 * share
}

/// How long it takes (recorded: 6 minutes for 40 MB); beyond that at the pace of a dump.
pub(crate) fn length(source_bytes: u64) -> TimeDelta {
    let seconds = source_bytes / timing::LONG_TERM_BYTES_PER_SECOND;
    timing::LONG_TERM_BACKUP + TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000))
}

impl Transfer {
    /// The part of the work that is done, 0 to 1.
    fn fraction(&self, started: Timestamp, at: Timestamp) -> f64 {
        let rest = |from: Timestamp, until: Timestamp| (until - from).num_milliseconds().max(0) as f64;
        let paused = |until: Timestamp| match self.pause {
            Some((from, to)) => rest(from.max(started), to.min(until)),
            None => 0.0,
        };
        let whole = rest(started, self.finishes) - paused(self.finishes);
        if whole <= 0.0 {
            return 1.0;
        }
        ((rest(started, at) - paused(at)) / whole).clamp(0.0, 1.0)
    }

    /// Percent with one digit, and bytes.
    fn reached(&self, fraction: f64) -> (f64, u64) {
        let percent = (fraction * 1000.0).floor() / 10.0;
        let moved = ((fraction - PREPARATION) / (1.0 - PREPARATION)).clamp(0.0, 1.0);
        (percent, (self.bytes as f64 * moved).round() as u64)
    }
}

/// The resource `ltrBackupOperations/{name}` as it stands at a moment.
pub(crate) fn document(operation: &Operation, transfer: &Transfer, now: Timestamp) -> Value {
    let mut properties = properties(operation, transfer, now);
    let status = match &operation.outcome {
        _ if operation.is_running(now) => "Running",
        Outcome::Success(_) => "Succeeded",
        Outcome::Failure(_) => "Failed",
        Outcome::Cancellation => "Cancelled",
    };
    properties.insert("status".to_owned(), json!(status));
    if let (false, Outcome::Failure(failure)) = (operation.is_running(now), &operation.outcome) {
        properties.insert("errorCode".to_owned(), json!(failure.code));
        properties.insert("errorMessage".to_owned(), json!(failure.message));
    }
    resource(&transfer.server, &transfer.name, properties)
}

/// What `Location` gives at the end: no status, no id and no name (recorded).
pub(crate) fn result(operation: &Operation, transfer: &Transfer) -> Value {
    json!({ "properties": properties(operation, transfer, operation.ends) })
}

/// The resource with these properties.
pub(crate) fn resource(server: &str, name: &str, properties: Map<String, Value>) -> Value {
    json!({
        "properties": properties,
        "id": format!("{server}/ltrBackupOperations/{name}"),
        "name": name,
        "type": OPERATION_TYPE,
    })
}

fn properties(operation: &Operation, transfer: &Transfer, now: Timestamp) -> Map<String, Value> {
    let is_over = !operation.is_running(now);
    let is_whole = is_over && matches!(operation.outcome, Outcome::Success(_));
    let at = now.min(operation.ends);
    let fraction = if is_whole {
        1.0
    } else {
        transfer.fraction(operation.started, at).min(MOST_WITHOUT_END)
    };
    let (percent, bytes) = transfer.reached(fraction);
    let mut properties = Map::new();
    let mut tell = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    tell("backupName", json!(transfer.name));
    tell("datasourceSizeInBytes", json!(transfer.source_bytes));
    tell("dataTransferredInBytes", json!(bytes));
    tell("backupMetadata", json!(""));
    tell("startTime", json!(in_milliseconds(operation.started)));
    if is_over {
        tell("endTime", json!(in_milliseconds(operation.ends)));
    }
    tell("percentComplete", json!(percent));
    properties
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::noon;

    fn after(seconds: i64) -> Timestamp {
        noon() + TimeDelta::seconds(seconds)
    }

    fn transfer(pause: Option<(i64, i64)>) -> Transfer {
        Transfer {
            server: "/s".to_owned(),
            name: "b".to_owned(),
            source_bytes: 10_000,
            bytes: 1900,
            finishes: after(1000),
            pause: pause.map(|(from, until)| (after(from), after(until))),
        }
    }

    #[test]
    fn bytes_and_percent_grow_with_time() {
        for (seconds, percent, bytes) in [
            (-10, 0.0, 0),
            (0, 0.0, 0),
            (50, 5.0, 0),
            (145, 14.5, 190),
            (525, 52.5, 950),
            (1000, 100.0, 1900),
            (5000, 100.0, 1900),
        ] {
            let transfer = transfer(None);
            let fraction = transfer.fraction(noon(), after(seconds));
            assert_eq!(transfer.reached(fraction), (percent, bytes), "after {seconds} s");
        }
    }

    #[test]
    fn nothing_moves_during_a_pause() {
        let transfer = transfer(Some((400, 600)));
        for (seconds, percent) in [
            (0, 0.0),
            (400, 50.0),
            (500, 50.0),
            (600, 50.0),
            (800, 75.0),
            (1000, 100.0),
        ] {
            let fraction = transfer.fraction(noon(), after(seconds));
            assert_eq!(transfer.reached(fraction).0, percent, "after {seconds} s");
        }
    }

    #[test]
    fn what_takes_no_time_is_done() {
        let mut transfer = transfer(None);
        transfer.finishes = noon();
        assert_eq!(transfer.fraction(noon(), noon()), 1.0);
        transfer.pause = Some((noon(), after(10)));
        assert_eq!(transfer.fraction(noon(), noon()), 1.0);
    }

    #[test]
    fn larger_databases_take_longer() {
        assert_eq!(length(39_766_487), TimeDelta::minutes(6));
        assert_eq!(length(100 << 30), TimeDelta::seconds(360 + 1024));
    }
}
