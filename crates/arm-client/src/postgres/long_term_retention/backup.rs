//! A long-term retention backup, running or ended.

use std::time::Duration;

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;

use crate::{
    lenient::{self, open_enum},
    redact,
};

/// What is told of a long-term retention backup (the document, *BackupsLongTermRetentionResponse*).
///
/// Everything may be missing: what the start is answered has neither id nor name, and what `Location` gives at the
/// end has no status either (reference A3).
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Wire")]
pub struct LongTermBackup {
    /// The resource id.
    pub id: Option<ResourceId>,
    /// The name of the backup.
    pub name: Option<String>,
    /// What has become of it; the only member that tells whether it has ended.
    pub status: Option<ExecutionStatus>,
    /// When it began.
    pub start_time: Option<Timestamp>,
    /// When it ended; an answer may have one of a running backup (the document's example).
    pub end_time: Option<Timestamp>,
    /// How much is done, 0 to 100; a running backup may be at 100 (the document's example).
    pub percent_complete: Option<f64>,
    /// The size of the data on the server, in bytes.
    pub datasource_size_in_bytes: Option<u64>,
    /// How much has arrived in the container, in bytes: far less than the size of the data (reference A3).
    pub data_transferred_in_bytes: Option<u64>,
    /// What a restore needs to know.
    pub backup_metadata: Option<String>,
    /// Why it failed: the code.
    pub error_code: Option<String>,
    /// Why it failed, in the service's words; no signature of a SAS is in them.
    pub error_message: Option<String>,
}

open_enum! {
    /// What has become of an operation (the document, *ExecutionStatus*).
    ExecutionStatus {
        /// It goes on.
        Running = "Running",
        /// It was given up.
        Cancelled = "Cancelled",
        /// It failed.
        Failed = "Failed",
        /// It is done.
        Succeeded = "Succeeded",
    }
}

impl ExecutionStatus {
    /// Whether nothing more happens; a state that is not known counts as one in which something does.
    pub fn has_ended(&self) -> bool {
        match self {
            Self::Cancelled | Self::Failed | Self::Succeeded => true,
            Self::Running => false,
            // Azure Resource Manager spells it so elsewhere.
            Self::Other(word) => word.eq_ignore_ascii_case("Canceled"),
        }
    }
}

impl LongTermBackup {
    /// Whether it has ended: by its status alone, whatever percent and end time say (the document's example is
    /// *Running* at 100 percent with an end); `None` where there is no status.
    pub fn has_ended(&self) -> Option<bool> {
        self.status.as_ref().map(ExecutionStatus::has_ended)
    }

    /// How long it took, of one that has ended.
    pub fn duration(&self) -> Option<Duration> {
        self.has_ended().filter(|has_ended| *has_ended)?;
        (self.end_time? - self.start_time?).to_std().ok()
    }
}

/// How long the next backup of a server is expected to take: as long as the longest of those that ended well.
///
/// `None` where there is none to go by. It is what [`judge`](crate::storage::judge) is told.
pub fn expected_duration(earlier: &[LongTermBackup]) -> Option<Duration> {
    let well = earlier
        .iter()
        .filter(|backup| backup.status == Some(ExecutionStatus::Succeeded));
    well.filter_map(LongTermBackup::duration).max()
}

#[derive(Deserialize)]
struct Wire {
    #[serde(default, deserialize_with = "lenient::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    properties: WireProperties,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireProperties {
    #[serde(default, deserialize_with = "lenient::text")]
    backup_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::open")]
    status: Option<ExecutionStatus>,
    #[serde(default, deserialize_with = "lenient::timestamp")]
    start_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::timestamp")]
    end_time: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::percent")]
    percent_complete: Option<f64>,
    #[serde(default, deserialize_with = "lenient::bytes")]
    datasource_size_in_bytes: Option<u64>,
    #[serde(default, deserialize_with = "lenient::bytes")]
    data_transferred_in_bytes: Option<u64>,
    #[serde(default, deserialize_with = "lenient::text")]
    backup_metadata: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    error_code: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    error_message: Option<String>,
}

impl From<Wire> for LongTermBackup {
    fn from(wire: Wire) -> Self {
        let Wire { id, name, properties } = wire;
        let id: Option<ResourceId> = id.and_then(|id| id.parse().ok());
        let shown = |text: Option<String>| text.map(|text| redact(&text));
        Self {
            // The id of the official example is that of the server (reference A3): its name is none of a backup.
            name: properties.backup_name.or(name),
            id,
            status: properties.status,
            start_time: properties.start_time,
            end_time: properties.end_time,
            percent_complete: properties.percent_complete,
            datasource_size_in_bytes: properties.datasource_size_in_bytes,
            data_transferred_in_bytes: properties.data_transferred_in_bytes,
            backup_metadata: shown(properties.backup_metadata),
            error_code: shown(properties.error_code),
            error_message: shown(properties.error_message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> LongTermBackup {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn every_field_of_the_document_is_read() {
        let backup = read(
            r#"{"id":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg/ltrBackupOperations/b",
            "name":"b","type":"t","systemData":{},"properties":{"backupName":"exampleltrbackup",
            "datasourceSizeInBytes":39766487,"dataTransferredInBytes":69184,"backupMetadata":"backupmetadata",
            "status":"Failed","startTime":"2025-06-01T18:30:22.123Z","endTime":"2025-06-01T18:35:22.123Z",
            "percentComplete":62.5,"errorCode":"ContainerNotFound","errorMessage":"The specified container does not exist."}}"#,
        );
        let expected = LongTermBackup {
            id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg/ltrBackupOperations/b".parse().ok(),
            name: Some("exampleltrbackup".to_owned()),
            status: Some(ExecutionStatus::Failed),
            start_time: "2025-06-01T18:30:22.123Z".parse().ok(),
            end_time: "2025-06-01T18:35:22.123Z".parse().ok(),
            percent_complete: Some(62.5),
            datasource_size_in_bytes: Some(39_766_487),
            data_transferred_in_bytes: Some(69_184),
            backup_metadata: Some("backupmetadata".to_owned()),
            error_code: Some("ContainerNotFound".to_owned()),
            error_message: Some("The specified container does not exist.".to_owned()),
        };
        assert_eq!(backup, expected);
        assert_eq!(backup.duration(), Some(Duration::from_secs(300)));
    }

    #[test]
    fn the_example_of_the_document_has_not_ended() {
        let backup = read(
            r#"{"properties":{"datasourceSizeInBytes":23,"dataTransferredInBytes":23,"backupMetadata":"backupmetadata",
            "status":"Running","startTime":"2025-06-01T18:30:22.123Z","endTime":"2025-06-01T18:35:22.123Z","percentComplete":100}}"#,
        );
        assert_eq!(
            backup.has_ended(),
            Some(false),
            "percent and end time do not count"
        );
        assert_eq!(backup.percent_complete, Some(100.0));
        assert_eq!(backup.duration(), None);
    }

    #[test]
    fn the_recorded_end_has_no_status_id_or_name() {
        let backup = read(
            r#"{"properties":{"backupName":"b","datasourceSizeInBytes":39766487,"dataTransferredInBytes":69184,
            "backupMetadata":"","startTime":"2026-01-07T17:40:36.6Z","endTime":"2026-01-07T17:46:36.6Z","percentComplete":100.0}}"#,
        );
        assert_eq!(
            (backup.has_ended(), &backup.status, &backup.id),
            (None, &None, &None)
        );
        assert_eq!(backup.name.as_deref(), Some("b"));
        assert_eq!(backup.backup_metadata, None, "an empty text says nothing");
    }

    #[test]
    fn done_is_told_by_the_status_alone_and_unknown_ones_are_kept() {
        for (status, expected, has_ended) in [
            ("Running", ExecutionStatus::Running, false),
            ("SUCCEEDED", ExecutionStatus::Succeeded, true),
            ("Failed", ExecutionStatus::Failed, true),
            ("Cancelled", ExecutionStatus::Cancelled, true),
            ("canceled", ExecutionStatus::Other("canceled".to_owned()), true),
            ("Warming", ExecutionStatus::Other("Warming".to_owned()), false),
        ] {
            let backup = read(&format!(r#"{{"properties":{{"status":"{status}"}}}}"#));
            assert_eq!(backup.status, Some(expected), "{status}");
            assert_eq!(backup.has_ended(), Some(has_ended), "{status}");
        }
    }

    #[test]
    fn odd_answers_are_read_as_far_as_they_go() {
        for json in [
            "{}",
            r#"{"properties":null}"#,
            r#"{"id":null,"name":"","properties":{"status":null,"startTime":"0001-01-01T00:00:00","endTime":"0001-01-01T00:00:00Z",
            "percentComplete":-1,"datasourceSizeInBytes":-5,"dataTransferredInBytes":"many","errorCode":null}}"#,
            r#"{"id":"no id","properties":{"percentComplete":100.5,"datasourceSizeInBytes":1.5}}"#,
        ] {
            assert_eq!(read(json), LongTermBackup::default(), "{json}");
        }
        let as_text = read(r#"{"properties":{"datasourceSizeInBytes":"9007199254740993"}}"#);
        assert_eq!(as_text.datasource_size_in_bytes, Some(9_007_199_254_740_993));
    }

    #[test]
    fn numbers_are_believed_within_the_limits_of_the_document_only() {
        for (percent, expected) in [
            ("0", Some(0.0)),
            ("23.75", Some(23.75)),
            ("100", Some(100.0)),
            ("100.1", None),
            ("-0.1", None),
            (r#""62""#, None),
            ("null", None),
        ] {
            let backup = read(&format!(r#"{{"properties":{{"percentComplete":{percent}}}}}"#));
            assert_eq!(backup.percent_complete, expected, "{percent}");
        }
        for (bytes, expected) in [
            ("0", Some(0)),
            ("9223372036854775807", Some(9_223_372_036_854_775_807)),
            (r#""39766487""#, Some(39_766_487)),
            ("-1", None),
            ("1.5", None),
        ] {
            let properties = format!(r#""datasourceSizeInBytes":{bytes},"dataTransferredInBytes":{bytes}"#);
            let backup = read(&format!(r#"{{"properties":{{{properties}}}}}"#));
            let sizes = (backup.datasource_size_in_bytes, backup.data_transferred_in_bytes);
            assert_eq!(sizes, (expected, expected), "{bytes}");
        }
    }

    #[test]
    fn the_next_backup_is_expected_to_take_as_long_as_the_longest() {
        let backup = |status: &str, minutes: i64| {
            let end = format!("2026-03-01T12:{minutes:02}:00Z");
            read(&format!(
                r#"{{"properties":{{"status":"{status}","startTime":"2026-03-01T12:00:00Z","endTime":"{end}"}}}}"#
            ))
        };
        for (earlier, minutes) in [
            (vec![], None),
            (vec![backup("Failed", 50), backup("Running", 40)], None),
            (
                vec![
                    backup("Succeeded", 10),
                    backup("Succeeded", 22),
                    backup("Cancelled", 50),
                ],
                Some(22),
            ),
        ] {
            let expected = minutes.map(|minutes| Duration::from_secs(minutes * 60));
            assert_eq!(expected_duration(&earlier), expected, "{earlier:?}");
        }
    }

    #[test]
    fn t05_what_the_service_says_of_a_failure_holds_no_signature() {
        let backup = read(
            r#"{"properties":{"status":"Failed","errorCode":"sig=topsecret","backupMetadata":"sig%3Dtopsecret",
            "errorMessage":"cannot write to 'https://a.blob.core.windows.net/c?sv=1&sig=topsecret&sp=r'"}}"#,
        );
        let shown = format!("{backup:?}");
        assert!(!shown.contains("topsecret"), "{shown}");
        assert!(shown.contains("cannot write to"), "{shown}");
    }
}
