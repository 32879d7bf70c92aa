//! Reading flexible servers.

use arm_core::ResourceId;
use serde::Deserialize;

use super::FlexibleServer;
use crate::{ArmClient, ArmError, Pager, api_versions};

/// A database of a flexible server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FlexibleDatabase {
    /// The name, which has case and may hold whatever PostgreSQL lets it.
    pub name: String,
}

/// The operations on flexible servers.
#[derive(Clone)]
pub struct FlexibleServers {
    client: ArmClient,
}

impl FlexibleServers {
    pub(crate) fn new(client: ArmClient) -> Self {
        Self { client }
    }

    /// Reads one server.
    ///
    /// # Errors
    /// [`ArmError::Service`] with the code `ResourceNotFound` when there is none; see [`ArmError`] for the rest.
    pub async fn get(&self, server: &ResourceId) -> Result<FlexibleServer, ArmError> {
        self.client.get(server.as_str(), api_versions::POSTGRESQL).await
    }

    /// The databases of a server, those of the service included (reference G2).
    ///
    /// # Errors
    /// See [`ArmError`]; a server that is stopped may not tell them.
    pub async fn databases(&self, server: &ResourceId) -> Result<Vec<FlexibleDatabase>, ArmError> {
        let path = format!("{server}/databases");
        let first = self.client.url(&path, api_versions::POSTGRESQL)?;
        Pager::new(self.client.clone(), first).collect().await
    }

    /// The servers below a subscription or a resource group.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn list(&self, scope: &ResourceId) -> Result<Vec<FlexibleServer>, ArmError> {
        let path = format!("{scope}/providers/Microsoft.DBforPostgreSQL/flexibleServers");
        let first = self.client.url(&path, api_versions::POSTGRESQL)?;
        Pager::new(self.client.clone(), first).collect().await
    }
}
