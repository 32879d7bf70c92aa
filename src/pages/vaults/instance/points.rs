//! The recovery points of an instance: read page by page, told in order; pure but for the reading.

use arm_client::{
    ArmError,
    data_protection::{DataProtection, RecoveryPoint},
};
use arm_core::{ResourceId, Timestamp};

/// Reads them all, the newest first; one whose time is not known comes last.
pub async fn read(service: DataProtection, instance: ResourceId) -> Result<Vec<RecoveryPoint>, ArmError> {
    let mut points = service.recovery_points(&instance, None, None)?.collect().await?;
    points.sort_by_key(|point| std::cmp::Reverse(point.time));
    Ok(points)
}

/// When the newest was taken.
pub fn newest(points: &[RecoveryPoint]) -> Option<Timestamp> {
    points.iter().filter_map(|point| point.time).max()
}

/// When the oldest was taken.
pub fn oldest(points: &[RecoveryPoint]) -> Option<Timestamp> {
    points.iter().filter_map(|point| point.time).min()
}

/// When a point is gone: by its own word, or by that of the last of its data stores.
pub fn expiry(point: &RecoveryPoint) -> Option<Timestamp> {
    let of_stores = || point.stores.iter().filter_map(|store| store.expires).max();
    point.expires.or_else(of_stores)
}

/// `Vault store`, `Archive store`; another kind as Azure writes it.
pub fn store_name(kind: &str) -> &str {
    match kind {
        "VaultStore" => "Vault store",
        "ArchiveStore" => "Archive store",
        "OperationalStore" => "Operational store",
        "SnapshotStore" => "Snapshot store",
        other => other,
    }
}

/// A word that Azure shouts: `COMMITTED` as `Committed`, `CREATE_IN_PROGRESS` as `Create in progress`.
pub fn calm(word: &str) -> String {
    let mut calm = word.replace('_', " ").to_ascii_lowercase();
    if let Some(first) = calm.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    calm
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn point(properties: Value) -> RecoveryPoint {
        let mut properties = properties;
        properties["recoveryPointId"] = json!("794ead7c661f4ef3a2bdbbbf7c6f4b5c");
        serde_json::from_value(json!({ "properties": properties })).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_expiry_is_the_points_own_or_that_of_its_last_store() {
        let stores = json!([
            { "type": "VaultStore", "expiryTime": "2026-04-01T00:00:00Z" },
            { "type": "ArchiveStore", "expiryTime": "2026-06-01T00:00:00Z" },
        ]);
        for (properties, expected) in [
            (json!({}), None),
            (
                json!({ "recoveryPointDataStoresDetails": stores }),
                Some("2026-06-01T00:00:00Z"),
            ),
            (
                json!({ "expiryTime": "2026-05-01T00:00:00Z", "recoveryPointDataStoresDetails": stores }),
                Some("2026-05-01T00:00:00Z"),
            ),
        ] {
            let expected = expected.and_then(|moment| moment.parse().ok());
            assert_eq!(expiry(&point(properties.clone())), expected, "{properties}");
        }
    }

    #[test]
    fn the_newest_and_the_oldest_are_found_in_any_order() {
        let times = [
            "2026-03-08T02:00:00Z",
            "2026-02-01T02:00:00Z",
            "2026-03-01T02:00:00Z",
        ];
        let mut points: Vec<_> = times
            .iter()
            .map(|time| point(json!({ "recoveryPointTime": time })))
            .collect();
        points.push(point(json!({})));
        assert_eq!(newest(&points), times[0].parse().ok());
        assert_eq!(oldest(&points), times[1].parse().ok());
        assert_eq!((newest(&[]), oldest(&[])), (None, None));
    }

    #[test]
    fn azures_words_are_written_calmly() {
        for (word, expected) in [
            ("COMMITTED", "Committed"),
            ("CREATE_IN_PROGRESS", "Create in progress"),
            ("Completed", "Completed"),
            ("", ""),
        ] {
            assert_eq!(calm(word), expected);
        }
        assert_eq!(store_name("VaultStore"), "Vault store");
        assert_eq!(store_name("NewStore"), "NewStore");
    }
}
