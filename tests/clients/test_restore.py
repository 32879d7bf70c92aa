"""Restores from a vault, their jobs and what lets them in, through `azure-mgmt-dataprotection` and `-storage`."""

import uuid

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.authorization.models import RoleAssignmentCreateParameters
from azure.mgmt.dataprotection import models
from azure.mgmt.storage.models import (
    BlobServiceProperties,
    BlobServicePropertiesProperties,
    CorsRule,
    CorsRules,
    NetworkRuleSet,
    ResourceAccessRule,
    StorageAccountPropertiesUpdateParameters,
    StorageAccountUpdateParameters,
)

from emulator import PRODUCTION
from refusals import refused
from test_data_protection import BILLING, GROUP, PRINCIPAL, VAULT, VAULT_ID, until

URL = "https://stcommercebackup.blob.core.windows.net/restored-files"
KEYLESS = "stbillingkeyless"
KEYLESS_GROUP = "rg-billing-prod"
KEYLESS_ID = (
    f"/subscriptions/{PRODUCTION}/resourceGroups/{KEYLESS_GROUP}/providers/Microsoft.Storage/storageAccounts/{KEYLESS}"
)
CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"


@pytest.fixture
def point(data_protection):
    """The newest recovery point's id."""
    points = list(data_protection.recovery_points.list(GROUP, VAULT, BILLING))
    assert points[0].properties.recovery_point_time > points[-1].properties.recovery_point_time
    return points[0].properties.recovery_point_id


def test_recovery_points_of_a_time_are_listed(data_protection):
    def listed(filter=None):
        points = data_protection.recovery_points.list(GROUP, VAULT, BILLING, filter=filter)
        return [point.properties.recovery_point_time for point in points]

    def bound(name, moment):
        return f"{name} eq '{moment.strftime('%Y-%m-%dT%H:%M:%S')}.0000000Z'"

    times = listed()
    newer, older = times[1], times[3]
    assert listed(f"{bound('startDate', older)} and {bound('endDate', newer)}") == times[1:4]
    assert listed(bound("startDate", newer)) == times[:2]
    assert listed(bound("endDate", older)) == times[3:]
    for wrong in (f"recoveryPointTime ge '{older.isoformat()}'", "startDate eq 'yesterday'"):
        with refused(HttpResponseError, 400, "BadRequest", "is not supported"):
            listed(wrong)


def request(point, url=URL, prefix="sdk", **details):
    target = models.TargetDetails(
        url=url, file_prefix=prefix, restore_target_location_type="AzureBlobs", **details
    )
    return models.AzureBackupRecoveryPointBasedRestoreRequest(
        source_data_store_type="VaultStore",
        recovery_point_id=point,
        restore_target_info=models.RestoreFilesTargetInfo(
            recovery_option="FailIfExists", restore_location="westeurope", target_details=target
        ),
    )


def validate(data_protection, what):
    wrapped = models.ValidateRestoreRequestObject(restore_request_object=what)
    return data_protection.backup_instances.begin_validate_for_restore(GROUP, VAULT, BILLING, wrapped)


def restore(data_protection, what):
    return data_protection.backup_instances.begin_trigger_restore(GROUP, VAULT, BILLING, what)


def job_of(data_protection, started):
    """The job once it has ended."""
    name = started.job_id.rsplit("/", 1)[1]
    return until(
        lambda: data_protection.jobs.get(GROUP, VAULT, name).properties,
        lambda properties: properties.status != "InProgress",
    )


def code_of(poller):
    with pytest.raises(HttpResponseError) as raised:
        poller.result()
    assert poller.status() == "Failed"
    return raised.value.error.code


def test_a_server_is_validated_and_restored_as_files(data_protection, point, wire):
    del wire.exchanges[:]
    assert validate(data_protection, request(point)).result().object_type == "OperationJobExtendedInfo"
    assert wire.sent() == [("POST", 202), ("poll", 200), ("GET", 200)], wire.sent()
    del wire.exchanges[:]
    started = restore(data_protection, request(point)).result()
    assert wire.sent()[:2] == [("POST", 202), ("poll", 200)], wire.sent()
    assert started.job_id.startswith(f"{VAULT_ID}/backupJobs/")
    job = job_of(data_protection, started)
    assert (job.status, job.operation, job.operation_category) == ("Completed", "Restore", "Restore")
    info = job.extended_info
    assert (info.recovery_destination, info.additional_details) == (URL, {"Restore File Prefix": "sdk"})
    assert info.source_recover_point.recovery_point_id == point
    task = info.sub_tasks[0]
    assert (task.task_id, task.task_name, task.task_status, task.task_progress) == (1, "Trigger Restore", "Completed", "100")
    listed = [item.properties.operation for item in data_protection.jobs.list(GROUP, VAULT)]
    assert listed[0] == "Restore" and "Backup" in listed
    # Nothing is overwritten.
    assert code_of(validate(data_protection, request(point))) == "UserErrorTargetFilesAlreadyExist"


def test_a_job_tells_how_far_it_is_and_why_it_failed(data_protection, point, emulator):
    # Slow enough for its way to be seen.
    emulator.switch(operationTimeFactor=200)
    kind = {"type": "endJob", "end": "Failed", "code": "UserErrorX", "message": "Words."}
    emulator.inject("POST", f"/{BILLING}/restore", kind)
    started = restore(data_protection, request(point)).result()
    name = started.job_id.rsplit("/", 1)[1]
    progress = []

    def read():
        properties = data_protection.jobs.get(GROUP, VAULT, name).properties
        progress.append(int(properties.extended_info.sub_tasks[0].task_progress or 0))
        return properties

    job = until(read, lambda properties: properties.status != "InProgress")
    steps = progress[:-1]
    assert steps == sorted(steps) and len(set(steps)) > 3, progress
    assert (job.status, job.error_details[0].code, job.error_details[0].message) == ("Failed", "UserErrorX", "Words.")


def test_a_friendly_name_is_no_recovery_point(data_protection):
    friendly = next(iter(data_protection.recovery_points.list(GROUP, VAULT, BILLING))).properties.friendly_name
    with refused(HttpResponseError, 400, "UserErrorRecoveryPointNotFound", friendly):
        restore(data_protection, request(friendly))


def test_a_storage_account_is_changed_until_it_lets_a_restore_in(data_protection, point, storage, authorization):
    url = f"https://{KEYLESS}.blob.core.windows.net/ltr-billing"

    def validated():
        return validate(data_protection, request(point, url))

    def change(**properties):
        parameters = StorageAccountUpdateParameters(
            properties=StorageAccountPropertiesUpdateParameters(**properties)
        )
        return storage.storage_accounts.update(KEYLESS_GROUP, KEYLESS, parameters)

    assert code_of(validated()) == "UserErrorPermittedCopyScopeRestricted"
    assert change(allowed_copy_scope="All").allowed_copy_scope == "All"
    change(allow_cross_tenant_replication=False)
    assert code_of(validated()) == "UserErrorCrossTenantReplicationDisabled"
    assert change(allow_cross_tenant_replication=True).allow_cross_tenant_replication is True
    change(network_rule_set=NetworkRuleSet(default_action="Deny", bypass="AzureServices"))
    assert code_of(validated()) == "UserErrorStorageAccountNotReachable"
    rule = ResourceAccessRule(tenant_id="72f988bf-0000-4000-8000-00000000c0de", resource_id=VAULT_ID)
    admitted = change(
        network_rule_set=NetworkRuleSet(
            default_action="Deny", bypass="AzureServices", resource_access_rules=[rule]
        )
    )
    assert admitted.network_rule_set.resource_access_rules[0].resource_id == VAULT_ID
    assert code_of(validated()) == "UserErrorContainerNotAccessible"
    parameters = RoleAssignmentCreateParameters(
        role_definition_id=f"/subscriptions/{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{CONTRIBUTOR}",
        principal_id=PRINCIPAL,
        principal_type="ServicePrincipal",
    )
    authorization.role_assignments.create(KEYLESS_ID, str(uuid.uuid4()), parameters)
    validated().result()


def test_the_cors_rules_of_the_blob_service_are_read_and_written(storage):
    service = storage.blob_services.get_service_properties("rg-commerce-prod", "stcommercebackup")
    assert service.cors.cors_rules == []
    rule = CorsRule(
        allowed_origins=["https://portal.example"],
        allowed_methods=["GET"],
        max_age_in_seconds=60,
        exposed_headers=[],
        allowed_headers=[],
    )
    properties = BlobServiceProperties(
        blob_service_properties=BlobServicePropertiesProperties(cors=CorsRules(cors_rules=[rule]))
    )
    written = storage.blob_services.set_service_properties("rg-commerce-prod", "stcommercebackup", properties)
    assert written.cors.cors_rules[0].allowed_origins == ["https://portal.example"]
