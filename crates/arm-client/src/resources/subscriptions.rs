//! Listing subscriptions, tenants and resource groups.

use serde::de::DeserializeOwned;

use super::{ResourceGroup, Subscription, Tenant};
use crate::{ArmClient, ArmError, Pager, api_versions};

/// The operations on subscriptions and what is listed like them.
#[derive(Clone)]
pub struct Subscriptions {
    client: ArmClient,
}

impl Subscriptions {
    pub(crate) fn new(client: ArmClient) -> Self {
        Self { client }
    }

    /// The subscriptions the user sees in the token's tenant; none of other tenants (auth #27).
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn list(&self) -> Result<Vec<Subscription>, ArmError> {
        self.read_all("/subscriptions", api_versions::SUBSCRIPTIONS).await
    }

    /// The tenants the user belongs to.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn tenants(&self) -> Result<Vec<Tenant>, ArmError> {
        self.read_all("/tenants", api_versions::SUBSCRIPTIONS).await
    }

    /// The resource groups of one subscription.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn resource_groups(&self, subscription_id: &str) -> Result<Vec<ResourceGroup>, ArmError> {
        let subscription = arm_core::ResourceId::subscription(subscription_id)?;
        let path = format!("{subscription}/resourcegroups");
        self.read_all(&path, api_versions::RESOURCE_GROUPS).await
    }

    async fn read_all<T: DeserializeOwned>(&self, path: &str, api_version: &str) -> Result<Vec<T>, ArmError> {
        let first = self.client.url(path, api_version)?;
        Pager::new(self.client.clone(), first).collect().await
    }
}
