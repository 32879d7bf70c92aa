//! Reading accounts, reading and making containers, asking for a SAS.

use arm_core::{Method, ResourceId};

use super::{
    AccountChange, BlobContainer, BlobCors, ContainerName, SasUri, ServiceSasRequest, StorageAccount,
    service_sas::Answer,
};
use crate::{
    ArmClient, ArmError, Pager, Unreadable, api_versions,
    pipeline::{Repetition, read_body},
};

/// The operations on storage accounts.
#[derive(Clone)]
pub struct StorageAccounts {
    client: ArmClient,
}

impl StorageAccounts {
    pub(crate) fn new(client: ArmClient) -> Self {
        Self { client }
    }

    /// The accounts below a subscription or a resource group.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn list(&self, scope: &ResourceId) -> Result<Vec<StorageAccount>, ArmError> {
        let path = format!("{scope}/providers/Microsoft.Storage/storageAccounts");
        let first = self.client.url(&path, api_versions::STORAGE)?;
        Pager::new(self.client.clone(), first).collect().await
    }

    /// Reads one account.
    ///
    /// # Errors
    /// [`ArmError::Service`] with the code `ResourceNotFound` when there is none; see [`ArmError`] for the rest.
    pub async fn get(&self, account: &ResourceId) -> Result<StorageAccount, ArmError> {
        self.client.get(account.as_str(), api_versions::STORAGE).await
    }

    /// Changes an account; it takes effect at once, and converges.
    ///
    /// # Errors
    /// [`ArmError::Service`] with the code `AuthorizationFailed` where the user may not do it; see [`ArmError`].
    pub async fn update(
        &self,
        account: &ResourceId,
        change: &AccountChange,
    ) -> Result<StorageAccount, ArmError> {
        let url = self.client.url(account.as_str(), api_versions::STORAGE)?;
        let mut call = self.client.call(Method::Patch, url, Repetition::Converges);
        call.body = Some(change.body().to_string());
        read_body(&self.client.send(&call).await?.response)
    }

    /// The containers of an account, by name.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn containers(&self, account: &ResourceId) -> Result<Vec<BlobContainer>, ArmError> {
        let path = format!("{account}/blobServices/default/containers");
        let first = self.client.url(&path, api_versions::STORAGE)?;
        Pager::new(self.client.clone(), first).collect().await
    }

    /// One container; nothing where there is none of this name.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn container(
        &self,
        account: &ResourceId,
        name: &ContainerName,
    ) -> Result<Option<BlobContainer>, ArmError> {
        let path = format!("{account}/blobServices/default/containers/{name}");
        match self.client.get(&path, api_versions::STORAGE).await {
            Ok(container) => Ok(Some(container)),
            Err(error) if error.service_error().is_some_and(|error| error.status == 404) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Which pages may read what the blob service of an account answers.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn cors(&self, account: &ResourceId) -> Result<BlobCors, ArmError> {
        let path = format!("{account}/blobServices/default");
        self.client.get(&path, api_versions::STORAGE).await
    }

    /// Makes a container, to which nobody has access without a SAS or a role; one that is there is no error.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn create_container(
        &self,
        account: &ResourceId,
        name: &ContainerName,
    ) -> Result<BlobContainer, ArmError> {
        let path = format!("{account}/blobServices/default/containers/{name}");
        let url = self.client.url(&path, api_versions::STORAGE)?;
        let mut call = self.client.call(Method::Put, url, Repetition::Converges);
        call.body = Some(r#"{"properties":{"publicAccess":"None"}}"#.to_owned());
        read_body(&self.client.send(&call).await?.response)
    }

    /// Asks for a SAS of a container, as a long-term retention backup needs it.
    ///
    /// Look at [`StorageAccount::takes_keys`] first: an account without shared keys may hand one out that nobody
    /// takes (reference G6).
    ///
    /// # Errors
    /// [`ArmError::Service`] with the code `AuthorizationFailed` where the user may not do it; see [`ArmError`].
    pub async fn list_service_sas(
        &self,
        account: &StorageAccount,
        request: &ServiceSasRequest,
    ) -> Result<SasUri, ArmError> {
        self.sas(account, request, request.body(&account.name)).await
    }

    /// Asks for a SAS with which the blobs of a container can be listed, and nothing else.
    ///
    /// # Errors
    /// As [`StorageAccounts::list_service_sas`].
    pub async fn listing_sas(
        &self,
        account: &StorageAccount,
        request: &ServiceSasRequest,
    ) -> Result<SasUri, ArmError> {
        self.sas(account, request, request.body_for(&account.name, "l"))
            .await
    }

    async fn sas(
        &self,
        account: &StorageAccount,
        request: &ServiceSasRequest,
        body: String,
    ) -> Result<SasUri, ArmError> {
        if account.blob_endpoint.is_none() {
            return Err(Unreadable::new("the storage account has no endpoint for blobs").into());
        }
        let path = format!("{}/listServiceSas", account.id);
        let url = self.client.url(&path, api_versions::STORAGE)?;
        // It changes nothing: asked twice, it signs twice.
        let mut call = self.client.call(Method::Post, url, Repetition::Converges);
        call.body = Some(body);
        let answer = self.client.send(&call).await?;
        let read: Answer = read_body(&answer.response)?;
        Ok(read
            .uri(account, &request.container)
            .map_err(|error| error.answered_by(&answer.response))?)
    }
}
