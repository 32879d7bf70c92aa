"""Long-term retention backups, followed by the SDK's own poller."""

from datetime import datetime, timedelta, timezone

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient
from azure.mgmt.postgresqlflexibleservers.models import (
    BackupSettings,
    BackupsLongTermRetentionRequest,
    BackupStoreDetails,
    LtrPreBackupRequest,
)

import service_sas
from emulator import DEVELOPMENT
from refusals import refused

GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"
NAME = "weekly-2026-47"
# With it a backup takes half a minute: long enough to be met under way.
SLOW = 100


def settings(name=NAME):
    return BackupSettings(backup_name=name)


def request(uris, name=NAME):
    return BackupsLongTermRetentionRequest(
        backup_settings=settings(name), target_details=BackupStoreDetails(sas_uri_list=uris)
    )


def check(retention, group=GROUP, server=SERVER):
    return retention.check_prerequisites(group, server, LtrPreBackupRequest(backup_settings=settings()))


def read(retention, name=NAME):
    return retention.get(GROUP, SERVER, name)


def test_the_pre_check_asks_for_a_container(retention, emulator, wire):
    assert check(retention).number_of_containers == 1
    assert wire.exchanges[-1].headers["x-ms-request-id"]
    emulator.switch(longTermContainers=3)
    assert check(retention).number_of_containers == 3


def test_a_backup_is_taken_and_read(retention, storage, wire):
    began = datetime.now(timezone.utc) - timedelta(seconds=1)
    uri = service_sas.uri(storage)
    wire.exchanges.clear()
    taken = retention.begin_start(GROUP, SERVER, request([uri])).result()
    # The last answer of `Location` is a 201 with neither status nor id.
    assert wire.sent() == [("POST", 202), ("poll", 200), ("GET", 201)], wire.sent()
    assert (taken.backup_name, taken.percent_complete, taken.status) == (NAME, 100.0, None)
    ended = read(retention)
    assert (ended.status, ended.percent_complete, ended.error_code) == ("Succeeded", 100.0, None)
    assert began < ended.start_time < ended.end_time
    assert 0 < ended.data_transferred_in_bytes < ended.datasource_size_in_bytes
    assert ended.id.endswith(f"/flexibleServers/{SERVER}/ltrBackupOperations/{NAME}")
    listed = {item.name: item.status for item in retention.list_by_server(GROUP, SERVER)}
    assert listed == {"end-of-quarter": "Succeeded", NAME: "Succeeded"}


def test_a_running_backup_tells_how_far_it_is(retention, storage, emulator):
    emulator.switch(operationTimeFactor=SLOW)
    poller = retention.begin_start(GROUP, SERVER, request([service_sas.uri(storage)]))
    running = read(retention)
    assert (running.status, running.end_time) == ("Running", None)
    assert 0 <= running.percent_complete < 100
    with refused(ResourceExistsError, 409, "ServerBusy", SERVER):
        retention.begin_start(GROUP, SERVER, request([service_sas.uri(storage)], "another"))
    assert poller.status() == "InProgress"


def test_a_start_may_be_answered_200_with_the_body_of_the_document(retention, storage, emulator, wire):
    emulator.switch(longTermBackupsAnswer200=True)
    uri = service_sas.uri(storage)
    wire.exchanges.clear()
    answered = retention.begin_start(GROUP, SERVER, request([uri])).result()
    assert wire.sent() == [("POST", 200)]
    assert wire.exchanges[0].headers["x-ms-request-id"]
    told = (answered.status, answered.percent_complete, answered.datasource_size_in_bytes, answered.backup_metadata)
    assert told == ("Running", 100, 23, "backupmetadata")


@pytest.mark.parametrize(
    "wanted, code",
    [
        ({"lasts": timedelta(seconds=-60)}, "AuthenticationFailed"),
        ({"permissions": "rl"}, "AuthorizationPermissionMismatch"),
        ({"container": "gone"}, "ContainerNotFound"),
        (
            {"group": "rg-billing-prod", "account": "stbillingkeyless", "container": "ltr-billing"},
            "KeyBasedAuthenticationNotPermitted",
        ),
        ({"group": "rg-insights", "account": "stinsightsarchive", "container": "archive"}, "AuthorizationFailure"),
    ],
)
def test_a_backup_that_cannot_write_fails(retention, storage, wanted, code):
    poller = retention.begin_start(GROUP, SERVER, request([service_sas.uri(storage, **wanted)]))
    with refused(HttpResponseError, 200, code, "."):
        poller.result()
    failed = read(retention)
    assert (failed.status, failed.error_code, failed.data_transferred_in_bytes) == ("Failed", code, 0)
    assert failed.error_message


def test_a_signature_that_is_not_the_accounts_is_refused(retention, storage):
    uri = service_sas.uri(storage, permissions="rl").replace("sp=rl", "sp=rwdl")
    with refused(HttpResponseError, 200, "AuthenticationFailed", "Signature did not match."):
        retention.begin_start(GROUP, SERVER, request([uri])).result()


def test_a_cancelled_backup_is_an_error_and_kept(retention, storage, emulator):
    emulator.inject("POST", "startLtrBackup", {"type": "cancelOperation"})
    poller = retention.begin_start(GROUP, SERVER, request([service_sas.uri(storage)]))
    with pytest.raises(HttpResponseError, match='"status":"Canceled"'):
        poller.result()
    assert read(retention).status == "Cancelled"


def test_requests_outside_the_limits_are_refused_with_the_whole_error_response(retention, wire):
    for uris, name, target in [
        ([], NAME, "targetDetails.sasUriList"),
        (["sasuri"], NAME, "targetDetails.sasUriList"),
        (["https://sta.blob.core.windows.net/c?sig=x"], "not_a_name", "backupSettings.backupName"),
    ]:
        with refused(HttpResponseError, 400, "InvalidParameterValue", target) as raised:
            retention.begin_start(GROUP, SERVER, request(uris, name))
        error = raised.value.error
        assert (error.target, error.details[0].target) == (target, target)
        assert error.additional_info[0].type == "ParameterLimits"
        headers = wire.exchanges[-1].headers
        assert headers["x-ms-error-code"] == "InvalidParameterValue" and headers["x-ms-request-id"]


def test_servers_of_which_there_can_be_none_are_refused(retention, options):
    with refused(ResourceExistsError, 409, "ServerNotReadyForLongTermBackup", "Stopped"):
        check(retention, "rg-hr", "pg-hr-archive")
    with refused(HttpResponseError, 400, "OperationNotSupported", "replicas"):
        check(retention, GROUP, "pg-orders-ro-1")
    development = PostgreSQLManagementClient(subscription_id=DEVELOPMENT, **options)
    with refused(HttpResponseError, 400, "OperationNotSupported", "Premium SSD v2"):
        check(development.backups_long_term_retention, "rg-platform-dev", "pg-metrics-v2")
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "pg-nowhere"):
        check(retention, GROUP, "pg-nowhere")


@pytest.mark.parametrize(
    "freedom",
    [
        {"headerCase": "lower"},
        {"extraFields": True},
        {"idsAsCalled": True},
        {"signsPollingUrls": False},
        {"pageSize": 1},
        {"pollingApiVersion": "2025-06-01-preview"},
    ],
    ids=lambda freedom: "-".join(freedom),
)
def test_a_backup_is_taken_with_each_freedom(retention, storage, emulator, wire, freedom):
    emulator.switch(**freedom)
    taken = retention.begin_start(GROUP, SERVER, request([service_sas.uri(storage)])).result()
    assert taken.backup_name == NAME
    assert read(retention).status == "Succeeded"
    assert len(list(retention.list_by_server(GROUP, SERVER))) == 2
    expected = freedom.get("pollingApiVersion")
    assert expected is None or {tuple(poll.api_version) for poll in wire.polls()} == {(expected,)}
