//! Reading key vaults, and letting somebody read their secrets.

use arm_core::ResourceId;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::json;

use super::{KeyVault, SecretItem};
use crate::{ArmClient, ArmError, Pager, api_versions};

/// The operations on key vaults.
#[derive(Clone)]
pub struct KeyVaults {
    client: ArmClient,
}

impl KeyVaults {
    pub(crate) fn new(client: ArmClient) -> Self {
        Self { client }
    }

    /// The key vaults below a subscription or a resource group.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn list(&self, scope: &ResourceId) -> Result<Vec<KeyVault>, ArmError> {
        self.all(&format!("{scope}/providers/Microsoft.KeyVault/vaults"))
            .await
    }

    /// One key vault.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn get(&self, vault: &ResourceId) -> Result<KeyVault, ArmError> {
        self.client.get(vault.as_str(), api_versions::KEY_VAULT).await
    }

    /// The secrets of a key vault, without their values.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn secrets(&self, vault: &ResourceId) -> Result<Vec<SecretItem>, ArmError> {
        self.all(&format!("{vault}/secrets")).await
    }

    /// Adds *Get* and *List* on secrets for a principal, and touches no other policy.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn let_read_secrets(
        &self,
        vault: &ResourceId,
        tenant: &str,
        principal: &str,
    ) -> Result<(), ArmError> {
        let body = json!({ "properties": { "accessPolicies": [{
            "tenantId": tenant,
            "objectId": principal,
            "permissions": { "secrets": ["get", "list"] },
        }] } });
        let path = format!("{vault}/accessPolicies/add");
        let answer = self
            .client
            .put::<IgnoredAny>(&path, api_versions::KEY_VAULT, &body);
        answer.await.map(|_| ())
    }

    async fn all<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, ArmError> {
        let first = self.client.url(path, api_versions::KEY_VAULT)?;
        Pager::new(self.client.clone(), first).collect().await
    }
}
