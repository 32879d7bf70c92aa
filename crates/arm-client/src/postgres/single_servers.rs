//! Legacy single servers and their databases (`Microsoft.DBforPostgreSQL/servers`, reference G1).

use arm_core::ResourceId;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{ArmClient, ArmError, Pager, api_versions, lenient};

/// What is read of a legacy single server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SingleServer {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region: `westeurope`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub location: Option<String>,
    /// What is below `properties`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub properties: SingleServerProperties,
}

/// What is read of a single server below `properties`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SingleServerProperties {
    /// `Ready`, `Dropping`, `Disabled`, `Inaccessible`; a flexible server calls it `state`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub user_visible_state: Option<String>,
    /// The version of PostgreSQL: `9.6`, `10`, `11`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub version: Option<String>,
}

/// A database of a single server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SingleDatabase {
    /// The resource id, which is the datasource of a backup.
    pub id: ResourceId,
    /// The name.
    pub name: String,
}

impl SingleDatabase {
    /// Whether it belongs to the service, which backs it up no more than anybody restores it.
    pub fn is_systems(&self) -> bool {
        ["azure_maintenance", "azure_sys", "postgres"].contains(&self.name.as_str())
    }
}

/// The operations on single servers; they can only be read.
#[derive(Clone)]
pub struct SingleServers {
    client: ArmClient,
}

impl SingleServers {
    pub(crate) fn new(client: ArmClient) -> Self {
        Self { client }
    }

    /// The servers below a subscription or a resource group.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn list(&self, scope: &ResourceId) -> Result<Vec<SingleServer>, ArmError> {
        self.all(&format!("{scope}/providers/Microsoft.DBforPostgreSQL/servers"))
            .await
    }

    /// One server.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn get(&self, server: &ResourceId) -> Result<SingleServer, ArmError> {
        self.client
            .get(server.as_str(), api_versions::SINGLE_SERVERS)
            .await
    }

    /// The databases of a server, the service's own among them.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn databases(&self, server: &ResourceId) -> Result<Vec<SingleDatabase>, ArmError> {
        self.all(&format!("{server}/databases")).await
    }

    async fn all<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, ArmError> {
        let first = self.client.url(path, api_versions::SINGLE_SERVERS)?;
        Pager::new(self.client.clone(), first).collect().await
    }
}
