//! A flexible server as Resource Graph tells of it.

use arm_core::ResourceId;
use serde::Deserialize;

use crate::{FlexibleServer, ServerState, fields::Fields};

/// A row of the list of servers; Resource Graph may be minutes behind (reference C4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Fields")]
pub struct ServerSummary {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region, as Resource Graph spells it: `westeurope`.
    pub location: Option<String>,
    /// The resource group.
    pub resource_group: String,
    /// The subscription's id.
    pub subscription_id: String,
    /// What the server is doing.
    pub state: Option<ServerState>,
    /// `Burstable`, `GeneralPurpose`, `MemoryOptimized`.
    pub tier: Option<String>,
    /// The major version of PostgreSQL.
    pub version: Option<String>,
    /// For how many days backups are kept.
    pub backup_retention_days: Option<u32>,
    /// `None`, `Primary`, `AsyncReplica`, `GeoAsyncReplica`.
    pub replication_role: Option<String>,
}

impl TryFrom<Fields> for ServerSummary {
    type Error = String;

    fn try_from(mut fields: Fields) -> Result<Self, String> {
        let id = fields.id()?;
        Ok(Self {
            name: fields.text("name").ok_or("the field `name` is missing")?,
            location: fields.text("location"),
            resource_group: fields
                .text("resourceGroup")
                .ok_or("the field `resourceGroup` is missing")?,
            subscription_id: fields
                .text("subscriptionId")
                .ok_or("the field `subscriptionId` is missing")?,
            state: fields.text("state").map(ServerState::from),
            tier: fields.text("tier"),
            version: fields.text("version"),
            backup_retention_days: fields.count("backupRetentionDays"),
            replication_role: fields.text("replicationRole"),
            id,
        })
    }
}

impl ServerSummary {
    /// The query that gives these rows (reference G10).
    pub const QUERY: &str = "resources \
        | where type =~ 'microsoft.dbforpostgresql/flexibleservers' \
        | project id, name, location, resourceGroup, subscriptionId, state = tostring(properties.state), \
        tier = tostring(sku.tier), version = tostring(properties.version), \
        backupRetentionDays = properties.backup.backupRetentionDays, \
        replicationRole = tostring(properties.replicationRole) \
        | order by name asc, id asc";

    /// Whether it is a read replica, of which Azure takes no backups (reference E).
    pub fn is_replica(&self) -> bool {
        let role = self.replication_role.as_deref().unwrap_or_default();
        role.to_ascii_lowercase().ends_with("replica")
    }
}

/// The same of a server that the provider itself has told of.
impl From<FlexibleServer> for ServerSummary {
    fn from(server: FlexibleServer) -> Self {
        Self {
            name: server.name,
            location: server.location,
            resource_group: server.id.resource_group().unwrap_or_default().to_owned(),
            subscription_id: server.id.subscription_id().to_owned(),
            state: server.state,
            tier: server.sku.and_then(|sku| sku.tier),
            version: server.version,
            backup_retention_days: server.backup_retention_days,
            replication_role: server.replication_role,
            id: server.id,
        }
    }
}
