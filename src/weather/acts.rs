//! What is begun in bad weather, and what the world says about it afterwards.

use std::time::Duration;

use arm_client::{
    data_protection::{BackupJob, JobStatus, ProtectionState},
    postgres::long_term_retention::ExecutionStatus,
    storage::SasUri,
};
use arm_core::{Method, ResourceId};

use crate::stores::operations::{
    OperationState, ProtectionRequest,
    drive_rig::{Rig, SERVER, Said, block_on},
    long_term_tests::sas,
    protection_tests::{BILLING, commerce, new_database},
    restore_tests::{files, restores},
};

const NEW: &str = "v43";
const KNOWN: &str = "before-schema-v42";
const LONG_TERM: &str = "weekly";
const PREFIX: &str = "restored";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Take,
    Delete,
    BackUpLongTerm,
    Protect,
    DeleteProtected,
    BackUpToVault,
    Restore,
}

impl Act {
    /// The request that begins it.
    pub fn trigger(self) -> (Method, &'static str) {
        match self {
            Self::Take => (Method::Put, "/backups/"),
            Self::Delete => (Method::Delete, "/backups/"),
            Self::BackUpLongTerm => (Method::Post, "/startLtrBackup"),
            Self::Protect => (Method::Put, "/backupInstances/"),
            Self::DeleteProtected => (Method::Delete, "/backupInstances/"),
            Self::BackUpToVault => (Method::Post, "/backup"),
            Self::Restore => (Method::Post, "/restore"),
        }
    }

    /// Whether sending it twice does what sending it once does.
    pub fn converges(self) -> bool {
        matches!(self, Self::Delete | Self::Protect | Self::DeleteProtected)
    }

    /// What the request needs and is there before the weather changes.
    pub fn prepare(self, rig: &Rig) -> Vec<SasUri> {
        match self {
            Self::BackUpLongTerm => vec![sas(rig, Duration::from_secs(24 * 3600))],
            _ => Vec::new(),
        }
    }

    /// Begins it, and follows it as one tab does; what takes hours as several.
    pub fn begin(self, rig: &Rig, containers: Vec<SasUri>) -> Said {
        match self {
            Self::Take => rig.take(NEW, None),
            Self::Delete => rig.delete(KNOWN, None),
            Self::BackUpLongTerm => {
                let mut said = rig.back_up_long_term(LONG_TERM, containers, None);
                for _ in 0..5 {
                    if !matches!(said.entry.progress, OperationState::Running { .. }) {
                        break;
                    }
                    let mut more = rig.resume(said.entry);
                    more.words.splice(0..0, said.words);
                    said = more;
                }
                said
            }
            Self::Protect => {
                let (id, new) = new_database();
                rig.protect(&id, ProtectionRequest::Configure(new), None)
            }
            Self::DeleteProtected => rig.protect(&commerce(BILLING), ProtectionRequest::Delete, None),
            Self::BackUpToVault => {
                let request = ProtectionRequest::BackUp {
                    rule: "BackupWeekly".to_owned(),
                    tag: None,
                };
                rig.protect(&commerce(BILLING), request, None)
            }
            Self::Restore => rig.restore(&commerce(BILLING), files(rig, PREFIX), None),
        }
    }

    /// Whether the world is as it was asked to become, once everything that was begun has ended.
    pub fn is_done(self, rig: &Rig) -> bool {
        let service = rig.client.data_protection();
        match self {
            Self::Take => rig.truth(NEW, Method::Put).0,
            Self::Delete => !rig.truth(KNOWN, Method::Delete).0,
            Self::BackUpLongTerm => {
                rig.clock.advance(Duration::from_secs(6 * 3600));
                let server: ResourceId = SERVER.parse().expect("an id");
                let retention = rig.client.long_term_retention(&server);
                let backup = block_on(retention.operation(&LONG_TERM.parse().expect("a name")));
                backup.is_ok_and(|backup| backup.status == Some(ExecutionStatus::Succeeded))
            }
            Self::Protect => {
                let instance = block_on(service.instance(&new_database().0));
                instance.is_ok_and(|instance| instance.state == Some(ProtectionState::Protected))
            }
            Self::DeleteProtected => block_on(service.instance(&commerce(BILLING))).is_err(),
            Self::BackUpToVault => {
                let vault = commerce(BILLING).parent().expect("a vault");
                let jobs = block_on(service.jobs(&vault).expect("a pager").collect()).expect("jobs");
                let is_ours = |job: &BackupJob| {
                    job.is_user_triggered == Some(true) && job.status == Some(JobStatus::Completed)
                };
                jobs.iter().any(is_ours)
            }
            Self::Restore => {
                let restores = restores(rig, PREFIX);
                assert!(restores.len() <= 1, "{restores:?}");
                restores == [true]
            }
        }
    }
}
