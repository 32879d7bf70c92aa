//! Reading flexible servers.

use arm_core::ResourceId;

use super::FlexibleServer;
use crate::{ArmClient, ArmError, Pager, api_versions};

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
