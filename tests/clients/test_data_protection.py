"""Backup vaults, policies, instances, jobs and recovery points, through `azure-mgmt-dataprotection`."""

import time
import uuid
from importlib.metadata import version

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.authorization.models import RoleAssignmentCreateParameters
from azure.mgmt.dataprotection import models

from emulator import PRODUCTION
from refusals import refused

PACKAGE = "azure-mgmt-dataprotection"
VERSIONS = {"1.4.0": "2024-04-01", "2.2.0": "2026-06-01"}
GROUP, VAULT = "rg-backup-prod", "bv-commerce-weu"
BILLING = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101"
PRINCIPAL = "5e1f0001-0000-4000-8000-0000000000a1"
RESOURCES = f"/subscriptions/{PRODUCTION}/resourceGroups"
COMMERCE = f"{RESOURCES}/rg-commerce-prod"
ORDERS = f"{COMMERCE}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod"
VAULT_ID = f"{RESOURCES}/{GROUP}/providers/Microsoft.DataProtection/backupVaults/{VAULT}"
KIND = "Microsoft.DBforPostgreSQL/flexibleServers"


def instance(source=ORDERS, policy="pgflex-weekly"):
    name = source.rsplit("/", 1)[1]
    about = {
        "resource_id": source,
        "datasource_type": KIND,
        "resource_name": name,
        "resource_type": KIND,
        "resource_location": "westeurope",
        "resource_uri": "",
    }
    return models.BackupInstance(
        data_source_info=models.Datasource(object_type="Datasource", **about),
        data_source_set_info=models.DatasourceSet(object_type="DatasourceSet", **about),
        policy_info=models.PolicyInfo(policy_id=f"{VAULT_ID}/backupPolicies/{policy}"),
        object_type="BackupInstance",
    )


def validate(data_protection, what):
    request = models.ValidateForBackupRequest(backup_instance=what)
    return data_protection.backup_instances.begin_validate_for_backup(GROUP, VAULT, request)


def grant(authorization):
    """Gives the vault what it needs on the server."""
    retention, reader = "c088a766-074b-43ba-90d4-1fb21feae531", "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    for scope, role in [(ORDERS, retention), (COMMERCE, reader)]:
        parameters = RoleAssignmentCreateParameters(
            role_definition_id=f"/subscriptions/{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{role}",
            principal_id=PRINCIPAL,
            principal_type="ServicePrincipal",
        )
        authorization.role_assignments.create(scope, str(uuid.uuid4()), parameters)


def until(read, holds, patience=10):
    """What is read, once it is as it should be."""
    end = time.monotonic() + patience
    while not holds(value := read()):
        assert time.monotonic() < end, value
    return value


def test_each_package_asks_in_its_own_version(data_protection, wire):
    assert data_protection.backup_vaults.get(GROUP, VAULT).name == VAULT
    assert wire.exchanges[0].api_version == [VERSIONS[version(PACKAGE)]]


def test_vaults_policies_and_instances_are_read(data_protection):
    vaults = {vault.name: vault for vault in data_protection.backup_vaults.get_in_subscription()}
    assert sorted(vaults) == ["bv-archive-gwc", "bv-commerce-weu", "bv-insights-neu"]
    commerce = vaults[VAULT]
    assert commerce.identity.principal_id == PRINCIPAL
    assert commerce.properties.storage_settings[0].type == "LocallyRedundant"
    assert commerce.properties.security_settings.soft_delete_settings.state == "Off"
    policies = {item.name: item.properties for item in data_protection.backup_policies.list(GROUP, VAULT)}
    assert policies["pgflex-weekly"].datasource_types == [KIND]
    rules = {rule.name: rule for rule in policies["pgflex-long-term"].policy_rules}
    assert sorted(rules) == ["BackupWeekly", "Default", "Monthly", "Yearly"]
    assert rules["Yearly"].lifecycles[0].delete_after.duration == "P10Y"
    found = data_protection.backup_instances.get(GROUP, VAULT, BILLING)
    assert found.properties.current_protection_state == "ProtectionConfigured"
    assert found.properties.protection_status.status == "ProtectionConfigured"
    assert BILLING in [item.name for item in data_protection.backup_instances.list(GROUP, VAULT)]


def test_what_is_protected_already_is_refused_at_once(data_protection):
    billing = ORDERS.replace("rg-commerce-prod", "rg-billing-prod").replace("orders", "billing")
    code = "UserErrorDppDatasourceAlreadyProtected"
    with refused(HttpResponseError, 400, code, "is already protected under the Backup vault") as raised:
        validate(data_protection, instance(billing))
    info = raised.value.error.additional_info[0]
    assert (info.type, info.info["code"]) == ("UserFacingError", code)


def test_missing_roles_fail_the_validation_at_its_end(data_protection):
    poller = validate(data_protection, instance())
    with pytest.raises(HttpResponseError) as raised:
        poller.result()
    assert poller.status() == "Failed"
    assert raised.value.error.code == "UserErrorMissingRequiredPermissions"


def test_a_server_is_validated_protected_backed_up_and_deleted(data_protection, authorization, wire):
    grant(authorization)
    validate(data_protection, instance()).result()
    name = f"pg-orders-prod-{uuid.uuid4()}"
    del wire.exchanges[:]
    resource = models.BackupInstanceResource(properties=instance())
    instances = data_protection.backup_instances
    made = instances.begin_create_or_update(GROUP, VAULT, name, resource).result()
    assert wire.sent() == [("PUT", 201), ("poll", 200), ("GET", 200)], wire.sent()
    assert made.properties.data_source_info.resource_id == ORDERS
    # The operation's end is not the end.
    until(
        lambda: instances.get(GROUP, VAULT, name).properties.current_protection_state,
        lambda state: state == "ProtectionConfigured",
    )
    trigger = models.TriggerBackupRequest(
        backup_rule_options=models.AdHocBackupRuleOptions(
            rule_name="BackupWeekly", trigger_option=models.AdhocBackupTriggerOption()
        )
    )
    started = instances.begin_adhoc_backup(GROUP, VAULT, name, trigger).result()
    job = started.job_id.rsplit("/", 1)[1]
    done = until(
        lambda: data_protection.jobs.get(GROUP, VAULT, job).properties,
        lambda properties: properties.status == "Completed",
    )
    assert (done.operation, done.data_source_name, done.is_user_triggered) == ("Backup", "pg-orders-prod", True)
    points = list(data_protection.recovery_points.list(GROUP, VAULT, name))
    assert len(points) == 1
    point = points[0].properties
    assert (point.retention_tag_name, point.recovery_point_time) == ("Default", done.start_time)
    same = data_protection.recovery_points.get(GROUP, VAULT, name, point.recovery_point_id)
    assert same.properties.expiry_time == point.expiry_time

    del wire.exchanges[:]
    instances.begin_delete(GROUP, VAULT, name).result()
    assert wire.sent()[:2] == [("DELETE", 202), ("poll", 200)], wire.sent()
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", name):
        instances.get(GROUP, VAULT, name)


def test_protection_is_stopped_suspended_and_resumed(data_protection):
    instances = data_protection.backup_instances

    def state():
        return instances.get(GROUP, VAULT, BILLING).properties.current_protection_state

    for begin, expected in [
        (instances.begin_stop_protection, "ProtectionStopped"),
        (instances.begin_resume_protection, "ProtectionConfigured"),
        (instances.begin_suspend_backups, "BackupSchedulesSuspended"),
        (instances.begin_resume_backups, "ProtectionConfigured"),
    ]:
        begin(GROUP, VAULT, BILLING).result()
        assert state() == expected, expected


def test_what_soft_delete_keeps_comes_back(data_protection):
    vault = "bv-insights-neu"
    deleted = list(data_protection.deleted_backup_instances.list(GROUP, vault))
    assert [item.properties.current_protection_state for item in deleted] == ["SoftDeleted"]
    assert deleted[0].properties.deletion_info.scheduled_purge_time
    data_protection.deleted_backup_instances.begin_undelete(GROUP, vault, deleted[0].name).result()
    back = data_protection.backup_instances.get(GROUP, vault, deleted[0].name)
    assert back.properties.current_protection_state == "ProtectionStopped"


def test_a_vault_and_a_policy_are_made_and_deleted(data_protection):
    resource = models.BackupVaultResource(
        location="westeurope",
        identity=models.DppIdentityDetails(type="SystemAssigned"),
        properties=models.BackupVault(
            storage_settings=[models.StorageSetting(datastore_type="VaultStore", type="ZoneRedundant")]
        ),
    )
    made = data_protection.backup_vaults.begin_create_or_update(GROUP, "bv-new", resource).result()
    assert made.properties.provisioning_state == "Succeeded"
    assert made.identity.principal_id
    assert made.properties.security_settings.soft_delete_settings.state == "On"
    policy = data_protection.backup_policies.get(GROUP, VAULT, "pgflex-weekly")
    policies = data_protection.backup_policies
    copy = policies.create_or_update(
        GROUP, "bv-new", "copy", models.BaseBackupPolicyResource(properties=policy.properties)
    )
    assert copy.properties.policy_rules[0].name == policy.properties.policy_rules[0].name
    policies.delete(GROUP, "bv-new", "copy")
    data_protection.backup_vaults.begin_delete(GROUP, "bv-new").result()
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "bv-new"):
        data_protection.backup_vaults.get(GROUP, "bv-new")
    with refused(HttpResponseError, 400, "UserErrorVaultNotEmpty", VAULT):
        data_protection.backup_vaults.begin_delete(GROUP, VAULT)
