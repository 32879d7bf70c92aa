//! `Microsoft.DataProtection` (reference B, G5): backup vaults, their policies, and what they protect.

mod begin;
pub(crate) mod instances;
mod jobs;
mod operation_result;
mod operation_status;
pub(crate) mod policies;
mod recovery_points;
mod routes;
pub(crate) mod schedule;
#[cfg(test)]
mod testing;
pub(crate) mod timing;
mod user_errors;
pub(crate) mod vaults;

use serde::{Deserialize, Serialize};

pub(crate) use routes::ROUTES;

pub(crate) const NAMESPACE: &str = "Microsoft.DataProtection";
pub(crate) const VAULT_TYPE: &str = "Microsoft.DataProtection/backupVaults";
pub(crate) const POLICY_TYPE: &str = "Microsoft.DataProtection/backupVaults/backupPolicies";
pub(crate) const INSTANCE_TYPE: &str = "Microsoft.DataProtection/backupVaults/backupInstances";
pub(crate) const DELETED_INSTANCE_TYPE: &str = "Microsoft.DataProtection/backupVaults/deletedBackupInstances";
pub(crate) const POINT_TYPE: &str = "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints";
pub(crate) const JOB_TYPE: &str = "Microsoft.DataProtection/backupVaults/backupJobs";

/// What Azure Backup does while somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Task {
    CreateVault,
    UpdateVault,
    DeleteVault,
    ValidateForBackup,
    ValidateForModifyBackup,
    ValidateForRestore,
    ConfigureProtection,
    /// What goes on after the operation of configuring has ended; nobody has a URL for it.
    FinishConfiguring,
    DeleteInstance,
    Undelete,
    StopProtection,
    SuspendBackups,
    ResumeProtection,
    ResumeBackups,
    Sync,
    StartBackup,
    /// The job that a started backup leaves running; nobody has a URL for its operation.
    RunBackup,
    StartRestore,
    /// The job that a started restore leaves running.
    RunRestore,
}

impl Task {
    /// The service's own pace, in seconds (reference B2, G5).
    pub(crate) fn retry_after(self) -> u32 {
        match self {
            Self::ValidateForBackup
            | Self::ValidateForModifyBackup
            | Self::ValidateForRestore
            | Self::CreateVault
            | Self::UpdateVault => 10,
            Self::ConfigureProtection => 15,
            _ => 30,
        }
    }
}
