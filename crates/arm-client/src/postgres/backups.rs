//! Listing and taking backups.

use arm_core::{Method, ResourceId};

use super::{Backup, BackupName};
use crate::{ArmClient, ArmError, FinalStateVia, Operation, Pager, Poller, Repetition, api_versions};

/// The backups of one flexible server.
#[derive(Clone)]
pub struct Backups {
    client: ArmClient,
    server: ResourceId,
}

impl Backups {
    pub(crate) fn new(client: ArmClient, server: ResourceId) -> Self {
        Self { client, server }
    }

    /// All backups, automatic and on-demand, in the service's order.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn list(&self) -> Result<Vec<Backup>, ArmError> {
        self.pages()?.collect().await
    }

    /// The same, page by page.
    ///
    /// # Errors
    /// When the server's id makes no URL.
    pub fn pages(&self) -> Result<Pager<Backup>, ArmError> {
        let path = format!("{}/backups", self.server);
        let first = self.client.url(&path, api_versions::POSTGRESQL)?;
        Ok(Pager::new(self.client.clone(), first))
    }

    /// Reads one backup; the name may be that of an automatic one.
    ///
    /// # Errors
    /// [`ArmError::Service`] with status 404 when there is none; see [`ArmError`] for the rest.
    pub async fn get(&self, name: &str) -> Result<Backup, ArmError> {
        let backup = self.server.child("backups", name)?;
        self.client.get(backup.as_str(), api_versions::POSTGRESQL).await
    }

    /// Looks whether a backup of this name exists, for after an answer that was lost.
    ///
    /// A backup is listed only once it is finished, so `None` may also mean *not yet* (reference A2).
    ///
    /// # Errors
    /// When nobody can tell: see [`ArmError`].
    pub async fn look_for(&self, name: &BackupName) -> Result<Option<Backup>, ArmError> {
        match self.get(name.as_str()).await {
            Ok(backup) => Ok(Some(backup)),
            Err(error) if is_missing_backup(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Begins an on-demand backup.
    ///
    /// It triggers, and its repetition would answer `InternalServerError` for the backup the first one
    /// began. It is therefore sent again only on 429, or 503 with Retry-After (design 3). Where
    /// [`ArmError::may_have_begun`], look with [`Backups::look_for`] before trying again.
    ///
    /// # Errors
    /// See [`ArmError`]. What the service refuses later, such as a name that exists, comes from the poller
    /// as [`ArmError::OperationFailed`].
    pub async fn begin_create(&self, name: &BackupName) -> Result<Poller<Backup>, ArmError> {
        let backup = self.server.child("backups", name.as_str())?;
        let operation = Operation {
            method: Method::Put,
            path: backup.to_string(),
            api_version: api_versions::POSTGRESQL,
            // An empty body, so that Content-Length: 0 is sent, as in the recorded traffic (reference A1).
            body: Some(String::new()),
            repetition: Repetition::Triggers,
            final_state_via: FinalStateVia::AzureAsyncOperation,
        };
        self.client.begin(&operation).await
    }

    /// Begins the deletion of an on-demand backup.
    ///
    /// It converges, so it is sent again after a lost answer. A name that does not exist is no error: the
    /// operation has then ended at once (the document, *Delete on-demand backups*).
    ///
    /// # Errors
    /// See [`ArmError`]. An automatic backup is refused by the service.
    pub async fn begin_delete(&self, name: &BackupName) -> Result<Poller<()>, ArmError> {
        let backup = self.server.child("backups", name.as_str())?;
        let operation = Operation {
            method: Method::Delete,
            path: backup.to_string(),
            api_version: api_versions::POSTGRESQL,
            body: None,
            repetition: Repetition::Converges,
            final_state_via: FinalStateVia::Location,
        };
        self.client.begin(&operation).await
    }
}

/// Whether an error says that there is no such backup.
///
/// A missing server, group or subscription answers 404 as well, and that is no answer about the backup.
pub fn is_missing_backup(error: &ArmError) -> bool {
    error.service_error().is_some_and(|service| {
        let is_above = [
            "ResourceGroupNotFound",
            "SubscriptionNotFound",
            "ParentResourceNotFound",
        ]
        .iter()
        .any(|code| service.code.eq_ignore_ascii_case(code));
        service.status == 404 && !is_above
    })
}
