//! The operations of Azure Backup (reference B1, G5).

use arm_core::{Method, ResourceId, Timestamp};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::{
    BackupInstance, BackupJob, BackupPolicy, BackupVault, DatasourceKind, InstanceSummary, JobSummary,
    NewInstance, NewVault, PolicyRules, ProtectionPoller, RecoveryPoint, StartedJob, VaultSummary, requests,
};
use crate::{
    ArmClient, ArmError, ContinuationToken, FinalStateVia, Operation, Pager, Poller, Repetition, api_versions,
};

/// The result of an operation that gives nothing to read.
pub type Done = IgnoredAny;

/// Backup vaults, their policies, and what they protect.
#[derive(Clone)]
pub struct DataProtection {
    client: ArmClient,
    api_version: &'static str,
}

impl DataProtection {
    pub(crate) fn new(client: ArmClient) -> Self {
        Self {
            client,
            api_version: api_versions::DATA_PROTECTION,
        }
    }

    /// The same operations in another version, such as that of the documents.
    #[must_use]
    pub fn in_version(mut self, api_version: &'static str) -> Self {
        self.api_version = api_version;
        self
    }

    pub(super) fn client(&self) -> &ArmClient {
        &self.client
    }

    pub(super) fn version(&self) -> &'static str {
        self.api_version
    }

    /// The vaults of all subscriptions.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn all_vaults(&self) -> Result<Vec<VaultSummary>, ArmError> {
        self.client.resource_graph().query_all(VaultSummary::QUERY).await
    }

    /// The instances of all vaults.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn all_instances(&self) -> Result<Vec<InstanceSummary>, ArmError> {
        self.client
            .resource_graph()
            .query_all(InstanceSummary::QUERY)
            .await
    }

    /// The jobs of all vaults, the newest first.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn all_jobs(&self) -> Result<Vec<JobSummary>, ArmError> {
        self.client.resource_graph().query_all(JobSummary::QUERY).await
    }

    /// The vaults below a subscription or a resource group.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn vaults(&self, scope: &ResourceId) -> Result<Vec<BackupVault>, ArmError> {
        self.list(&format!(
            "{scope}/providers/Microsoft.DataProtection/backupVaults"
        ))
        .await
    }

    /// One vault.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn vault(&self, vault: &ResourceId) -> Result<BackupVault, ArmError> {
        self.client.get(vault.as_str(), self.api_version).await
    }

    /// Begins to make a vault. It converges, so it is sent again after a lost answer.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_create_vault(
        &self,
        vault: &ResourceId,
        new: &NewVault,
    ) -> Result<Poller<BackupVault>, ArmError> {
        let body = Some(new.body());
        self.begin(Method::Put, vault.to_string(), body, Repetition::Converges)
            .await
    }

    /// Begins to change a vault by a patch, such as `{"identity":{"type":"SystemAssigned"}}`.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_update_vault(
        &self,
        vault: &ResourceId,
        patch: &Value,
    ) -> Result<Poller<BackupVault>, ArmError> {
        let body = Some(patch.clone());
        self.begin(Method::Patch, vault.to_string(), body, Repetition::Converges)
            .await
    }

    /// Begins to delete a vault, which must be empty.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_delete_vault(&self, vault: &ResourceId) -> Result<Poller<()>, ArmError> {
        self.begin(Method::Delete, vault.to_string(), None, Repetition::Converges)
            .await
    }

    /// The policies of a vault.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn policies(&self, vault: &ResourceId) -> Result<Vec<BackupPolicy>, ArmError> {
        self.list(&format!("{vault}/backupPolicies")).await
    }

    /// One policy.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn policy(&self, policy: &ResourceId) -> Result<BackupPolicy, ArmError> {
        self.client.get(policy.as_str(), self.api_version).await
    }

    /// Makes or replaces a policy; it takes effect at once.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn put_policy(
        &self,
        vault: &ResourceId,
        name: &str,
        kind: DatasourceKind,
        rules: &PolicyRules,
    ) -> Result<BackupPolicy, ArmError> {
        let policy = vault.child("backupPolicies", name)?;
        let body = rules.body(kind);
        self.client.put(policy.as_str(), self.api_version, &body).await
    }

    /// Deletes a policy that nothing uses; one that is gone already is no error.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn delete_policy(&self, policy: &ResourceId) -> Result<(), ArmError> {
        self.client.delete(policy.as_str(), self.api_version).await
    }

    /// Begins to validate whether something can be protected. It changes nothing, so it may be sent again.
    ///
    /// What is wrong at once is an [`ArmError::Service`] (400), what is found out later an
    /// [`ArmError::OperationFailed`] of the poller. Where nobody knows where to ask, the outcome stays unknown: there
    /// is nothing to look at instead (design 3).
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_validate(
        &self,
        vault: &ResourceId,
        instance: &NewInstance,
    ) -> Result<Poller<Done>, ArmError> {
        let body = Some(requests::validate_body(instance));
        let path = format!("{vault}/validateForBackup");
        self.begin(Method::Post, path, body, Repetition::Converges).await
    }

    /// The instances of a vault, without soft-deleted ones.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn instances(&self, vault: &ResourceId) -> Result<Vec<BackupInstance>, ArmError> {
        self.list(&format!("{vault}/backupInstances")).await
    }

    /// The instances that protect one resource, in whatever vault.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn instances_of(&self, resource: &ResourceId) -> Result<Vec<BackupInstance>, ArmError> {
        self.list(&format!(
            "{resource}/providers/Microsoft.DataProtection/backupInstances"
        ))
        .await
    }

    /// One instance.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn instance(&self, instance: &ResourceId) -> Result<BackupInstance, ArmError> {
        self.client.get(instance.as_str(), self.api_version).await
    }

    /// Begins to protect something, or to protect it by another policy. It converges, so it is sent again after a
    /// lost answer; it ends when the instance is protected.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_configure(
        &self,
        vault: &ResourceId,
        name: &str,
        new: &NewInstance,
    ) -> Result<ProtectionPoller, ArmError> {
        let instance = vault.child("backupInstances", name)?;
        let body = Some(requests::configure_body(name, new));
        let poller = self.begin(Method::Put, instance.to_string(), body, Repetition::Converges);
        Ok(ProtectionPoller::new(self.clone(), instance, Some(poller.await?)))
    }

    /// Goes on following what [`DataProtection::begin_configure`] began; without a token by the instance alone.
    ///
    /// # Errors
    /// When the token is none of this client.
    pub fn resume_configuring(
        &self,
        instance: &ResourceId,
        token: Option<&ContinuationToken>,
    ) -> Result<ProtectionPoller, ArmError> {
        let operation = token.map(|token| self.client.resume(token)).transpose()?;
        Ok(ProtectionPoller::new(self.clone(), instance.clone(), operation))
    }

    /// Begins to stop protection and to delete the backup data; where soft delete is on they are kept for a while.
    ///
    /// It converges: an instance that is gone already is no error.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_delete(&self, instance: &ResourceId) -> Result<Poller<()>, ArmError> {
        self.begin(Method::Delete, instance.to_string(), None, Repetition::Converges)
            .await
    }

    /// Begins to stop protection; the data stay for good.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_stop_protection(&self, instance: &ResourceId) -> Result<Poller<Done>, ArmError> {
        self.act(instance, "stopProtection", None).await
    }

    /// Begins to suspend backups; the data expire by the policy.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_suspend_backups(&self, instance: &ResourceId) -> Result<Poller<Done>, ArmError> {
        self.act(instance, "suspendBackups", None).await
    }

    /// Begins to undo [`DataProtection::begin_stop_protection`].
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_resume_protection(&self, instance: &ResourceId) -> Result<Poller<Done>, ArmError> {
        self.act(instance, "resumeProtection", None).await
    }

    /// Begins to undo [`DataProtection::begin_suspend_backups`].
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_resume_backups(&self, instance: &ResourceId) -> Result<Poller<Done>, ArmError> {
        self.act(instance, "resumeBackups", None).await
    }

    /// Begins an on-demand backup by the policy's backup rule; the operation ends in a job, which runs on.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_backup(
        &self,
        instance: &ResourceId,
        rule: &str,
        tag: Option<&str>,
    ) -> Result<Poller<StartedJob>, ArmError> {
        self.act(instance, "backup", Some(requests::backup_request(rule, tag)))
            .await
    }

    /// The soft-deleted instances of a vault.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn deleted_instances(&self, vault: &ResourceId) -> Result<Vec<BackupInstance>, ArmError> {
        self.list(&format!("{vault}/deletedBackupInstances")).await
    }

    /// Begins to bring a soft-deleted instance back, as one whose protection is stopped.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn begin_undelete(&self, deleted: &ResourceId) -> Result<Poller<Done>, ArmError> {
        self.act(deleted, "undelete", None).await
    }

    /// The recovery points of an instance taken within these times, page by page.
    ///
    /// # Errors
    /// When the instance's id makes no URL.
    pub fn recovery_points(
        &self,
        instance: &ResourceId,
        from: Option<Timestamp>,
        to: Option<Timestamp>,
    ) -> Result<Pager<RecoveryPoint>, ArmError> {
        let bound = |name: &str, moment: Option<Timestamp>| {
            moment.map(|moment| format!("{name} eq '{}'", moment.format("%Y-%m-%dT%H:%M:%S.0000000Z")))
        };
        let bounds: Vec<_> = [bound("startDate", from), bound("endDate", to)]
            .into_iter()
            .flatten()
            .collect();
        let path = format!("{instance}/recoveryPoints");
        let filter = (!bounds.is_empty()).then(|| bounds.join(" and "));
        let first = match filter {
            Some(filter) => self
                .client
                .url_with(&path, self.api_version, ("$filter", &filter))?,
            None => self.client.url(&path, self.api_version)?,
        };
        Ok(Pager::new(self.client.clone(), first))
    }

    /// The jobs of a vault, page by page; the service has no filter.
    ///
    /// # Errors
    /// When the vault's id makes no URL.
    pub fn jobs(&self, vault: &ResourceId) -> Result<Pager<BackupJob>, ArmError> {
        let first = self
            .client
            .url(&format!("{vault}/backupJobs"), self.api_version)?;
        Ok(Pager::new(self.client.clone(), first))
    }

    /// One job.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn job(&self, job: &ResourceId) -> Result<BackupJob, ArmError> {
        self.client.get(job.as_str(), self.api_version).await
    }

    async fn list<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, ArmError> {
        let first = self.client.url(path, self.api_version)?;
        Pager::new(self.client.clone(), first).collect().await
    }

    /// An action whose repetition would meet what the first one changed.
    pub(super) async fn act<T: DeserializeOwned>(
        &self,
        instance: &ResourceId,
        action: &str,
        body: Option<Value>,
    ) -> Result<Poller<T>, ArmError> {
        let path = format!("{instance}/{action}");
        self.begin(Method::Post, path, body, Repetition::Triggers).await
    }

    pub(super) async fn begin<T: DeserializeOwned>(
        &self,
        method: Method,
        path: String,
        body: Option<Value>,
        repetition: Repetition,
    ) -> Result<Poller<T>, ArmError> {
        // An action without a body sends an empty one, with its length of 0.
        let empty = (method == Method::Post).then(String::new);
        let operation = Operation {
            method,
            path,
            api_version: self.api_version,
            body: body.map(|body| body.to_string()).or(empty),
            repetition,
            // The state of an operation tells all there is: the job's id stands in it (reference B2).
            final_state_via: FinalStateVia::AzureAsyncOperation,
        };
        self.client.begin(&operation).await
    }
}
