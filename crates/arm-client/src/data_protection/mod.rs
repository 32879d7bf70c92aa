//! Azure Backup (`Microsoft.DataProtection`): vaults, policies, and what they protect (reference B, G5).

mod datasource;
mod duration;
mod instance;
mod instance_summary;
mod job;
mod job_summary;
mod operations;
mod policy;
mod protection_poller;
mod recovery_point;
mod requests;
mod restore;
mod schedule;
mod vault;

pub use datasource::{Datasource, DatasourceKind, instance_name};
pub use duration::PolicyDuration;
pub use instance::{BackupInstance, DeletionInfo, ProtectionState};
pub use instance_summary::{InstanceSummary, VaultSummary};
pub use job::{BackupJob, JobStatus, JobTask, StartedJob};
pub use job_summary::JobSummary;
pub use operations::{DataProtection, Done};
pub use policy::{BackupPolicy, Criterion, FirstOf, PolicyRules, Retention, Tag};
pub use protection_poller::{ProtectionPoller, ProtectionProgress};
pub use recovery_point::{DataStore, RecoveryPoint};
pub use requests::{NewInstance, NewVault, backup_request, configure_body, validate_body};
pub use restore::{RestorableRange, RestoreRequest, RestoreTarget, VAULT_STORE, file_prefix};
pub use schedule::{PlannedPoint, Run};
pub(crate) use vault::text;
pub use vault::{BackupVault, Immutability, Redundancy, SoftDelete};

/// The resource type of a backup vault, as Resource Graph keeps it.
pub const BACKUP_VAULTS: &str = "microsoft.dataprotection/backupvaults";
/// The resource type of a backup instance, as Resource Graph keeps it.
pub const BACKUP_INSTANCES: &str = "microsoft.dataprotection/backupvaults/backupinstances";
