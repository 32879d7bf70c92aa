//! Which path is which operation (reference B1, G5).

use arm_core::Method::{Delete, Get, Patch, Post, Put};

use super::{
    instances::{self, deleted},
    jobs, operation_result, operation_status, policies, recovery_points, vaults,
};
use crate::{
    api_versions::{DATA_PROTECTION, DELETED_INSTANCES, INSTANCES_OF_A_RESOURCE, STOPPING_PROTECTION},
    router::{Route, route},
};

macro_rules! in_group {
    ($below:literal) => {
        concat!(
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/",
            $below
        )
    };
}

macro_rules! in_vault {
    ($below:literal) => {
        concat!(
            "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DataProtection/backupVaults/{vaultName}/",
            $below
        )
    };
}

macro_rules! action {
    ($of_vault:literal) => {
        concat!("Microsoft.DataProtection/backupVaults/", $of_vault)
    };
}

const READ_VAULT: &str = action!("read");
const READ_POLICY: &str = action!("backupPolicies/read");
const READ_INSTANCE: &str = action!("backupInstances/read");
const READ_POINT: &str = action!("backupInstances/recoveryPoints/read");
const READ_JOB: &str = action!("backupJobs/read");
const READ_DELETED: &str = action!("deletedBackupInstances/read");

pub(crate) const ROUTES: &[Route] = &[
    route(
        Get,
        "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/backupVaults",
        DATA_PROTECTION,
        READ_VAULT,
        vaults::read::list_vaults,
    ),
    route(
        Get,
        in_group!("backupVaults"),
        DATA_PROTECTION,
        READ_VAULT,
        vaults::read::list_vaults,
    ),
    route(
        Get,
        in_group!("backupVaults/{vaultName}"),
        DATA_PROTECTION,
        READ_VAULT,
        vaults::read::get_vault,
    ),
    route(
        Put,
        in_group!("backupVaults/{vaultName}"),
        DATA_PROTECTION,
        action!("write"),
        vaults::put::put_vault,
    ),
    route(
        Patch,
        in_group!("backupVaults/{vaultName}"),
        DATA_PROTECTION,
        action!("write"),
        vaults::patch::patch_vault,
    ),
    route(
        Delete,
        in_group!("backupVaults/{vaultName}"),
        DATA_PROTECTION,
        action!("delete"),
        vaults::delete::delete_vault,
    ),
    route(
        Post,
        in_group!("locations/{location}/checkNameAvailability"),
        DATA_PROTECTION,
        "Microsoft.DataProtection/locations/checkNameAvailability/action",
        vaults::read::check_name_availability,
    ),
    route(
        Get,
        in_vault!("backupPolicies"),
        DATA_PROTECTION,
        READ_POLICY,
        policies::read::list_policies,
    ),
    route(
        Get,
        in_vault!("backupPolicies/{backupPolicyName}"),
        DATA_PROTECTION,
        READ_POLICY,
        policies::read::get_policy,
    ),
    route(
        Put,
        in_vault!("backupPolicies/{backupPolicyName}"),
        DATA_PROTECTION,
        action!("backupPolicies/write"),
        policies::write::put_policy,
    ),
    route(
        Delete,
        in_vault!("backupPolicies/{backupPolicyName}"),
        DATA_PROTECTION,
        action!("backupPolicies/delete"),
        policies::write::delete_policy,
    ),
    route(
        Post,
        in_vault!("validateForBackup"),
        DATA_PROTECTION,
        action!("validateForBackup/action"),
        instances::validate::validate_for_backup,
    ),
    route(
        Get,
        in_vault!("backupInstances"),
        DATA_PROTECTION,
        READ_INSTANCE,
        instances::read::list_instances,
    ),
    route(
        Get,
        in_vault!("backupInstances/{backupInstanceName}"),
        DATA_PROTECTION,
        READ_INSTANCE,
        instances::read::get_instance,
    ),
    route(
        Put,
        in_vault!("backupInstances/{backupInstanceName}"),
        DATA_PROTECTION,
        action!("backupInstances/write"),
        instances::put::put_instance,
    ),
    route(
        Delete,
        in_vault!("backupInstances/{backupInstanceName}"),
        DATA_PROTECTION,
        action!("backupInstances/delete"),
        instances::delete::delete_instance,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/backup"),
        DATA_PROTECTION,
        action!("backupInstances/backup/action"),
        instances::backup::backup,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/validateRestore"),
        DATA_PROTECTION,
        action!("backupInstances/validateRestore/action"),
        instances::restore::validate_restore,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/restore"),
        DATA_PROTECTION,
        action!("backupInstances/restore/action"),
        instances::restore::restore,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/findRestorableTimeRanges"),
        DATA_PROTECTION,
        action!("backupInstances/findRestorableTimeRanges/action"),
        recovery_points::find_restorable_time_ranges,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/stopProtection"),
        STOPPING_PROTECTION,
        action!("backupInstances/stopProtection/action"),
        instances::change_state::stop_protection,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/suspendBackups"),
        STOPPING_PROTECTION,
        action!("backupInstances/suspendBackups/action"),
        instances::change_state::suspend_backups,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/resumeProtection"),
        STOPPING_PROTECTION,
        action!("backupInstances/resumeProtection/action"),
        instances::change_state::resume_protection,
    ),
    route(
        Post,
        in_vault!("backupInstances/{backupInstanceName}/resumeBackups"),
        STOPPING_PROTECTION,
        action!("backupInstances/resumeBackups/action"),
        instances::change_state::resume_backups,
    ),
    route(
        Get,
        in_vault!("backupInstances/{backupInstanceName}/recoveryPoints"),
        DATA_PROTECTION,
        READ_POINT,
        recovery_points::list_recovery_points,
    ),
    route(
        Get,
        in_vault!("backupInstances/{backupInstanceName}/recoveryPoints/{recoveryPointId}"),
        DATA_PROTECTION,
        READ_POINT,
        recovery_points::get_recovery_point,
    ),
    route(
        Get,
        in_vault!("backupJobs"),
        DATA_PROTECTION,
        READ_JOB,
        jobs::list_jobs,
    ),
    route(
        Get,
        in_vault!("backupJobs/{jobId}"),
        DATA_PROTECTION,
        READ_JOB,
        jobs::get_job,
    ),
    route(
        Get,
        in_vault!("deletedBackupInstances"),
        DELETED_INSTANCES,
        READ_DELETED,
        deleted::list_deleted_instances,
    ),
    route(
        Get,
        in_vault!("deletedBackupInstances/{backupInstanceName}"),
        DELETED_INSTANCES,
        READ_DELETED,
        deleted::get_deleted_instance,
    ),
    route(
        Post,
        in_vault!("deletedBackupInstances/{backupInstanceName}/undelete"),
        DELETED_INSTANCES,
        action!("deletedBackupInstances/undelete/action"),
        deleted::undelete,
    ),
    route(
        Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{namespace}/{resourceType}/{resourceName}/providers/Microsoft.DataProtection/backupInstances",
        INSTANCES_OF_A_RESOURCE,
        READ_INSTANCE,
        instances::read::list_instances_of_resource,
    ),
    route(
        Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{namespace}/{parentType}/{parentName}/{resourceType}/{resourceName}/providers/Microsoft.DataProtection/backupInstances",
        INSTANCES_OF_A_RESOURCE,
        READ_INSTANCE,
        instances::read::list_instances_of_resource,
    ),
    route(
        Get,
        "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/locations/{location}/operationStatus/{operationId}",
        DATA_PROTECTION,
        "Microsoft.DataProtection/locations/operationStatus/read",
        operation_status::operation_status,
    ),
    route(
        Get,
        in_vault!("operationStatus/{operationId}"),
        STOPPING_PROTECTION,
        action!("operationStatus/read"),
        operation_status::operation_status,
    ),
    route(
        Get,
        "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/locations/{location}/operationResults/{operationId}",
        DATA_PROTECTION,
        "Microsoft.DataProtection/locations/operationResults/read",
        operation_result::operation_result,
    ),
];
