//! A backup of a flexible server.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;

use crate::{fields::Fields, lenient::open_enum};

/// A finished backup; one that is being taken is not listed (reference A2).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Fields")]
pub struct Backup {
    /// The resource id.
    pub id: ResourceId,
    /// The name: the user's, or `backup_<ticks>` of an automatic one.
    pub name: String,
    /// Who took it.
    pub backup_type: Option<BackupType>,
    /// When it was completed, which is also the point in time to restore to.
    pub completed_time: Option<Timestamp>,
    /// `Automatic` or `Customer Initiated`.
    pub source: Option<String>,
}

open_enum! {
    /// Who took a backup.
    BackupType {
        /// The service, on its own schedule; the user cannot delete it.
        Full = "Full",
        /// The user; written with a blank and a hyphen.
        CustomerOnDemand = "Customer On-Demand",
    }
}

impl TryFrom<Fields> for Backup {
    type Error = String;

    fn try_from(mut fields: Fields) -> Result<Self, String> {
        let id = fields.id()?;
        let mut properties = fields.part("properties");
        Ok(Self {
            name: fields.text("name").unwrap_or_else(|| id.name().to_owned()),
            id,
            backup_type: properties.text("backupType").map(BackupType::from),
            completed_time: properties.timestamp("completedTime"),
            source: properties.text("source"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg/backups/b";

    fn read(properties: &str) -> Backup {
        let json = format!(r#"{{"id":"{ID}","name":"b","type":"t","properties":{properties},"new":1}}"#);
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn the_recorded_shape_is_read() {
        let backup = read(
            r#"{"backupType":"Full","completedTime":"2026-01-07T17:13:34.8853571+00:00","source":"Automatic"}"#,
        );
        assert_eq!(backup.backup_type, Some(BackupType::Full));
        assert_eq!(
            backup.completed_time.map(|at| at.timestamp()),
            Some(1_767_806_014)
        );
        assert_eq!(backup.source.as_deref(), Some("Automatic"));
    }

    #[test]
    fn odd_answers_are_read_as_far_as_they_go() {
        for (properties, backup_type) in [
            (
                r#"{"backupType":"customer on-demand"}"#,
                Some(BackupType::CustomerOnDemand),
            ),
            (
                r#"{"backupType":"Differential"}"#,
                Some(BackupType::Other("Differential".into())),
            ),
            (r#"{"backupType":null,"completedTime":null,"source":null}"#, None),
            (r#"{"completedTime":"0001-01-01T00:00:00"}"#, None),
            ("{}", None),
            ("null", None),
        ] {
            let backup = read(properties);
            assert_eq!(backup.backup_type, backup_type, "{properties}");
            assert_eq!(backup.completed_time, None, "{properties}");
        }
        let nameless: Backup = serde_json::from_str(&format!(r#"{{"id":"{ID}"}}"#)).expect("a backup");
        assert_eq!(nameless.name, "b", "the id holds the name");
    }
}
