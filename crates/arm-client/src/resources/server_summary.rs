//! A flexible server as Resource Graph tells of it.

use arm_core::ResourceId;
use serde::Deserialize;

use crate::{FlexibleServer, ServerState, lenient};

/// A row of the list of servers; Resource Graph may be minutes behind (reference C4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerSummary {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region, as Resource Graph spells it: `westeurope`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub location: Option<String>,
    /// The resource group.
    pub resource_group: String,
    /// The subscription's id.
    pub subscription_id: String,
    /// What the server is doing.
    #[serde(default, deserialize_with = "lenient::open")]
    pub state: Option<ServerState>,
    /// `Burstable`, `GeneralPurpose`, `MemoryOptimized`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub tier: Option<String>,
    /// The major version of PostgreSQL.
    #[serde(default, deserialize_with = "lenient::text")]
    pub version: Option<String>,
    /// For how many days backups are kept.
    #[serde(default, deserialize_with = "lenient::count")]
    pub backup_retention_days: Option<u32>,
    /// `None`, `Primary`, `AsyncReplica`, `GeoAsyncReplica`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub replication_role: Option<String>,
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
