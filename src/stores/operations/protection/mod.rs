//! What is done with a backup instance of a vault.

mod back_up;
mod configure;
mod drive;

use arm_client::data_protection::NewInstance;
use serde::{Deserialize, Serialize};

use super::Act;

/// What is done with a backup instance, as it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProtectionKind {
    /// Something is put under the vault.
    Configure,
    /// It gets another policy.
    ChangePolicy,
    /// It is backed up now.
    BackUp,
    /// No more backups; what is there stays for good.
    StopProtection,
    /// No more backups; what is there expires by the policy.
    SuspendBackups,
    /// Stopping is undone.
    ResumeProtection,
    /// Suspending is undone.
    ResumeBackups,
    /// No more backups, and what is there is deleted.
    Delete,
    /// What was deleted softly comes back.
    Undelete,
}

/// What a page asks for; what of it must not be written down is nowhere but in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProtectionRequest {
    /// Protect something; the target is the id of the instance to be made.
    Configure(NewInstance),
    /// Protect it by another policy.
    ChangePolicy(NewInstance),
    /// Back it up now.
    BackUp {
        /// The backup rule of the policy.
        rule: String,
        /// The tag whose retention the backup gets; the policy decides where there is none.
        tag: Option<String>,
    },
    /// Take no more backups and keep what is there for good.
    StopProtection,
    /// Take no more backups and let expire what is there.
    SuspendBackups,
    /// Undo [`Self::StopProtection`].
    ResumeProtection,
    /// Undo [`Self::SuspendBackups`].
    ResumeBackups,
    /// Take no more backups and delete what is there.
    Delete,
    /// Bring it back; the target is the id of the deleted instance.
    Undelete,
}

impl ProtectionRequest {
    /// What of it is written down.
    pub fn act(&self) -> Act {
        let kind = match self {
            Self::Configure(_) => ProtectionKind::Configure,
            Self::ChangePolicy(_) => ProtectionKind::ChangePolicy,
            Self::BackUp { .. } => ProtectionKind::BackUp,
            Self::StopProtection => ProtectionKind::StopProtection,
            Self::SuspendBackups => ProtectionKind::SuspendBackups,
            Self::ResumeProtection => ProtectionKind::ResumeProtection,
            Self::ResumeBackups => ProtectionKind::ResumeBackups,
            Self::Delete => ProtectionKind::Delete,
            Self::Undelete => ProtectionKind::Undelete,
        };
        let policy = match self {
            Self::Configure(new) | Self::ChangePolicy(new) => Some(new.policy.clone()),
            _ => None,
        };
        Act::Protection { kind, policy }
    }
}
