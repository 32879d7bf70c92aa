//! Restores: sent once, followed by their job, which decides.

mod ends;
mod lost;

use arm_client::{
    ArmClient,
    data_protection::{BackupJob, RestoreRequest, RestoreTarget, VAULT_STORE},
};
use arm_core::Method;
use arm_emulator::{FaultKind, JobEnd};

use super::{
    OperationState,
    drive_rig::{Rig, block_on},
    protection_tests::{BILLING, commerce},
};

pub const CONTAINER: &str = "https://stcommercebackup.blob.core.windows.net/restored-files";

/// The newest recovery point of `pg-billing-prod` as files, in a container that the vault may write to.
pub fn files(rig: &Rig, prefix: &str) -> RestoreRequest {
    files_through(&rig.client, prefix)
}

/// The same through any client.
pub fn files_through(client: &ArmClient, prefix: &str) -> RestoreRequest {
    let points = client
        .data_protection()
        .recovery_points(&commerce(BILLING), None, None);
    let points = block_on(points.expect("a pager").collect()).expect("points");
    RestoreRequest {
        recovery_point_id: points[0].recovery_point_id.clone(),
        store: VAULT_STORE.to_owned(),
        location: "westeurope".to_owned(),
        target: RestoreTarget::Files {
            url: CONTAINER.to_owned(),
            prefix: prefix.to_owned(),
            container: None,
        },
    }
}

/// The restores of `pg-billing-prod` with this prefix, and whether they ended well.
pub fn restores(rig: &Rig, prefix: &str) -> Vec<bool> {
    let jobs = jobs_through(&rig.client, prefix);
    let is_well = |job: &BackupJob| {
        let status = job.status.as_ref().map(ToString::to_string);
        status.is_some_and(|status| status.starts_with("Completed"))
    };
    jobs.iter().map(is_well).collect()
}

/// The jobs that restore with this prefix.
pub fn jobs_through(client: &ArmClient, prefix: &str) -> Vec<BackupJob> {
    let vault = commerce(BILLING).parent().expect("a vault");
    let jobs = client.data_protection().jobs(&vault).expect("a pager");
    let mut jobs = block_on(jobs.collect()).expect("jobs");
    jobs.retain(|job| job.file_prefix.as_deref() == Some(prefix));
    jobs
}

fn end_job(end: JobEnd) -> FaultKind {
    FaultKind::EndJob {
        end,
        code: "UserErrorX".to_owned(),
        message: "It cannot be.".to_owned(),
    }
}

const FOLLOWED: [&str; 6] = [
    "looked before",
    "accepted",
    "running",
    "job started",
    "running",
    "completed",
];
