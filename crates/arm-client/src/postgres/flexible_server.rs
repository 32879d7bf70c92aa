//! A flexible server.

use arm_core::{ResourceId, Timestamp};
use serde::Deserialize;

use crate::{fields::Fields, lenient::open_enum};

/// What is read of an Azure Database for PostgreSQL flexible server (reference A4).
///
/// Everything but its id may be missing; a server that is being created lacks most of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Fields")]
pub struct FlexibleServer {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region; live answers spell it as a display name, `West Europe`.
    pub location: Option<String>,
    /// What the server runs on.
    pub sku: Option<Sku>,
    /// What the server is doing.
    pub state: Option<ServerState>,
    /// The major version of PostgreSQL.
    pub version: Option<String>,
    /// The minor version of PostgreSQL.
    pub minor_version: Option<String>,
    /// The host name clients connect to.
    pub fully_qualified_domain_name: Option<String>,
    /// The administrator that the server was made with; none where only Microsoft Entra signs in.
    pub administrator_login: Option<String>,
    /// For how many days backups are kept: 7 to 35.
    pub backup_retention_days: Option<u32>,
    /// `Enabled` or `Disabled`: whether backups are copied to the paired region.
    pub geo_redundant_backup: Option<String>,
    /// The oldest point in time to restore to; absent until the first backup exists.
    pub earliest_restore_date: Option<Timestamp>,
    /// `Premium_LRS`, `PremiumV2_LRS`, `UltraSSD_LRS`; absent for Premium SSD, whose live value is empty.
    pub storage_type: Option<String>,
    /// The size of the storage in GiB.
    pub storage_size_gb: Option<u32>,
    /// `None`, `Primary`, `AsyncReplica`, `GeoAsyncReplica`.
    pub replication_role: Option<String>,
    /// `ZoneRedundant`, `SameZone`, `Disabled`.
    pub high_availability_mode: Option<String>,
    /// The availability zone.
    pub availability_zone: Option<String>,
}

/// What a server runs on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sku {
    /// Such as `Standard_D4ds_v5`.
    pub name: Option<String>,
    /// `Burstable`, `GeneralPurpose`, `MemoryOptimized`.
    pub tier: Option<String>,
}

open_enum! {
    /// What a server is doing.
    ServerState {
        /// It takes connections and changes.
        Ready = "Ready",
        /// It is being deleted.
        Dropping = "Dropping",
        /// It is switched off by the service.
        Disabled = "Disabled",
        /// It is being started.
        Starting = "Starting",
        /// It is being stopped.
        Stopping = "Stopping",
        /// It is stopped: no new backups, the old ones are kept.
        Stopped = "Stopped",
        /// It is being created or changed.
        Updating = "Updating",
        /// It is being restarted.
        Restarting = "Restarting",
        /// Its encryption key cannot be reached.
        Inaccessible = "Inaccessible",
        /// It is being created.
        Provisioning = "Provisioning",
    }
}

impl TryFrom<Fields> for FlexibleServer {
    type Error = String;

    fn try_from(mut fields: Fields) -> Result<Self, String> {
        let id = fields.id()?;
        let mut properties = fields.part("properties");
        let mut backup = properties.part("backup");
        let mut storage = properties.part("storage");
        Ok(Self {
            name: fields.text("name").unwrap_or_else(|| id.name().to_owned()),
            id,
            location: fields.text("location"),
            sku: fields.object("sku").map(|mut sku| Sku {
                name: sku.text("name"),
                tier: sku.text("tier"),
            }),
            state: properties.text("state").map(ServerState::from),
            version: properties.text("version"),
            minor_version: properties.text("minorVersion"),
            fully_qualified_domain_name: properties.text("fullyQualifiedDomainName"),
            administrator_login: properties.text("administratorLogin"),
            backup_retention_days: backup.count("backupRetentionDays"),
            geo_redundant_backup: backup.text("geoRedundantBackup"),
            earliest_restore_date: backup.timestamp("earliestRestoreDate"),
            storage_type: storage.text("type"),
            storage_size_gb: storage.count("storageSizeGB"),
            replication_role: properties.text("replicationRole"),
            high_availability_mode: properties.part("highAvailability").text("mode"),
            availability_zone: properties.text("availabilityZone"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";

    fn read(rest: &str) -> FlexibleServer {
        let json = format!(r#"{{"id":"{ID}"{rest}}}"#);
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn the_recorded_shape_is_read() {
        let server = read(
            r#","name":"pg-a","location":"Canada Central","type":"Microsoft.DBforPostgreSQL/flexibleServers",
            "sku":{"name":"Standard_D4ds_v5","tier":"GeneralPurpose"},"systemData":{"createdAt":"x"},
            "properties":{"state":"Ready","version":"16","minorVersion":"4","availabilityZone":"1",
            "fullyQualifiedDomainName":"pg-a.postgres.database.azure.com","replicationRole":"Primary",
            "storage":{"type":"","storageSizeGB":128,"iops":500},"highAvailability":{"mode":"Disabled"},
            "backup":{"backupRetentionDays":14,"geoRedundantBackup":"Disabled",
            "earliestRestoreDate":"2026-01-07T17:13:34.8853571+00:00"}}"#,
        );
        assert_eq!(server.location.as_deref(), Some("Canada Central"));
        assert_eq!(
            server.sku.and_then(|sku| sku.tier).as_deref(),
            Some("GeneralPurpose")
        );
        assert_eq!(server.state, Some(ServerState::Ready));
        assert_eq!(server.version.as_deref(), Some("16"));
        assert_eq!(server.backup_retention_days, Some(14));
        assert_eq!(
            server.earliest_restore_date.map(|at| at.timestamp()),
            Some(1_767_806_014)
        );
        assert_eq!(server.storage_type, None, "the empty text of Premium SSD");
        assert_eq!(server.storage_size_gb, Some(128));
        assert_eq!(server.high_availability_mode.as_deref(), Some("Disabled"));
    }

    #[test]
    fn nulls_gaps_and_unknown_states_are_tolerated() {
        for (rest, state) in [
            ("", None),
            (r#","properties":null,"sku":null"#, None),
            (
                r#","properties":{"backup":null,"storage":null,"highAvailability":null,"state":null}"#,
                None,
            ),
            (r#","properties":{"state":"READY"}"#, Some(ServerState::Ready)),
            (
                r#","properties":{"state":"Hibernating"}"#,
                Some(ServerState::Other("Hibernating".into())),
            ),
        ] {
            let server = read(rest);
            assert_eq!(server.state, state, "{rest}");
            assert_eq!(server.name, "pg-a", "{rest}");
            assert_eq!(server.earliest_restore_date, None, "{rest}");
        }
    }
}
