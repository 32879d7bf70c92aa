//! A recovery point of an instance.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::vault::text;
use crate::lenient;

/// What is read of a recovery point (reference B5).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct RecoveryPoint {
    /// What a restore names: 32 hexadecimal digits. The friendly name is another one and not to be sent.
    pub recovery_point_id: String,
    /// What the document's prose calls it by; no restore takes it.
    pub friendly_name: Option<String>,
    /// When it was taken.
    pub time: Option<Timestamp>,
    /// `Full`.
    pub kind: Option<String>,
    /// Its tag.
    pub tag: Option<String>,
    /// The policy by whose rules it was taken.
    pub policy_name: Option<String>,
    /// When it is gone.
    pub expires: Option<Timestamp>,
    /// `Completed`, `Partial`.
    pub state: Option<String>,
    /// Where its data are.
    pub stores: Vec<DataStore>,
}

/// Where the data of a recovery point are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataStore {
    /// `VaultStore`, `ArchiveStore`, `OperationalStore`.
    pub kind: String,
    /// `COMMITTED`.
    pub state: Option<String>,
    /// When they are gone.
    pub expires: Option<Timestamp>,
}

impl TryFrom<Value> for RecoveryPoint {
    type Error = String;

    fn try_from(point: Value) -> Result<Self, Self::Error> {
        let property = |name: &str| text(&point, &format!("/properties/{name}"));
        let moment = |name: &str| property(name).and_then(|text| lenient::parse_timestamp(&text));
        // The name is the same where it is not another one (reference B5).
        let id = property("recoveryPointId").or_else(|| text(&point, "/name"));
        let stores = point["properties"]["recoveryPointDataStoresDetails"].as_array();
        Ok(Self {
            recovery_point_id: id.ok_or("a recovery point without an id")?,
            friendly_name: property("friendlyName"),
            time: moment("recoveryPointTime"),
            kind: property("recoveryPointType"),
            tag: property("retentionTagName"),
            policy_name: property("policyName"),
            expires: moment("expiryTime"),
            state: property("recoveryPointState"),
            stores: stores
                .into_iter()
                .flatten()
                .map(|store| DataStore {
                    kind: text(store, "/type").unwrap_or_default(),
                    state: text(store, "/state"),
                    expires: text(store, "/expiryTime").and_then(|text| lenient::parse_timestamp(&text)),
                })
                .collect(),
        })
    }
}

impl RecoveryPoint {
    /// The latest of the points that were taken at a moment or before it, in whatever order they come.
    pub fn latest_until(points: &[Self], moment: Timestamp) -> Option<&Self> {
        let until = points
            .iter()
            .filter(|point| point.time.is_some_and(|time| time <= moment));
        until.max_by_key(|point| point.time)
    }

    /// The point's resource id, below its instance.
    ///
    /// # Errors
    /// When its name is none.
    pub fn id(&self, instance: &ResourceId) -> Result<ResourceId, arm_core::ParseResourceIdError> {
        instance.child("recoveryPoints", &self.recovery_point_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_until_a_moment_is_found_in_any_order() {
        let point = |id: &str, time: &str| -> RecoveryPoint {
            let json = format!(r#"{{"name":"{id}","properties":{{"recoveryPointTime":"{time}"}}}}"#);
            serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
        };
        let points = [
            point("b", "2026-02-08T02:00:00Z"),
            point("c", "2026-02-15T02:00:00Z"),
            point("a", "2026-02-01T02:00:00Z"),
            point("without a time", ""),
        ];
        for (moment, expected) in [
            ("2026-02-14T00:00:00Z", Some("b")),
            ("2026-02-15T02:00:00Z", Some("c")),
            ("2027-01-01T00:00:00Z", Some("c")),
            ("2026-01-31T00:00:00Z", None),
        ] {
            let found = RecoveryPoint::latest_until(&points, moment.parse().expect(moment));
            assert_eq!(
                found.map(|point| point.recovery_point_id.as_str()),
                expected,
                "{moment}"
            );
        }
    }

    #[test]
    fn the_documents_item_with_its_nulls_is_read() {
        let point: RecoveryPoint = serde_json::from_str(
            r#"{"properties":{"objectType":"AzureBackupDiscreteRecoveryPoint","recoveryPointId":"eb006fde78cb47198be5a320fbe45e9b",
            "recoveryPointTime":"2023-01-04T13:40:20.6Z","recoveryPointType":"Full","friendlyName":"794ead7c7661410da03997d210d469e7",
            "recoveryPointDataStoresDetails":[{"type":"VaultStore","expiryTime":"2023-04-04T13:40:20.6Z","metaData":null,"state":"COMMITTED"}],
            "retentionTagName":"Default","policyName":"osspol3","policyVersion":null,"expiryTime":"2023-04-04T13:40:20.6Z"},
            "name":"eb006fde78cb47198be5a320fbe45e9b"}"#,
        )
        .expect("a point");
        assert_eq!(point.recovery_point_id, "eb006fde78cb47198be5a320fbe45e9b");
        assert_eq!(
            point.friendly_name.as_deref(),
            Some("794ead7c7661410da03997d210d469e7")
        );
        assert_eq!(point.expires, "2023-04-04T13:40:20.6Z".parse().ok());
        assert_eq!(point.stores[0].state.as_deref(), Some("COMMITTED"));
        let bare: RecoveryPoint = serde_json::from_str(r#"{"name":"n","properties":null}"#).expect("a point");
        assert_eq!((bare.recovery_point_id.as_str(), bare.time), ("n", None));
    }
}
