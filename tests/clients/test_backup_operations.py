"""Backups taken and deleted, followed by the SDK's own poller."""

from datetime import datetime, timezone
from importlib.metadata import version

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient
from azure.mgmt.postgresqlflexibleservers.models import BackupType

from emulator import DEVELOPMENT, PRODUCTION
from refusals import refused

PACKAGE = "azure-mgmt-postgresqlflexibleservers"
GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"
# With it a backup takes two seconds: long enough to be met under way.
SLOW = 60
# What a deletion ends with: the older package reads `Location`, which has nothing to tell; the newer one reads
# nothing.
AFTER_DELETION = {"2.0.0": [("GET", 204)], "3.0.0": []}
FAILED = "An unexpected error occured while processing the request. Tracking ID: '"


def names(backups, server=SERVER):
    return [item.name for item in backups.list_by_server(GROUP, server)]


def test_a_backup_is_taken_and_is_there(backups, wire):
    before = datetime.now(timezone.utc)
    taken = backups.begin_create(GROUP, SERVER, "ondemandbackup-11202026-1").result()
    sent = wire.sent()
    assert (taken.name, taken.backup_type, taken.source) == (
        "ondemandbackup-11202026-1",
        BackupType.CUSTOMER_ON_DEMAND,
        "Customer Initiated",
    )
    assert before <= taken.completed_time, taken.completed_time
    assert sent == [("PUT", 202), ("poll", 200), ("GET", 200)], sent
    asked = backups.get(GROUP, SERVER, taken.name)
    assert asked.as_dict() == taken.as_dict()
    assert taken.name in names(backups)


def test_the_first_answer_tells_where_to_look(backups, wire):
    backups.begin_create(GROUP, SERVER, "nightly").result()
    begun, *_ = wire.exchanges
    status, result = begun.headers["Azure-AsyncOperation"], begun.headers["Location"]
    assert "/locations/westeurope/azureAsyncOperation/" in status, status
    assert "/locations/westeurope/operationResults/" in result, result
    identifier = status.split("?")[0].rsplit("/", 1)[1]
    assert result.split("?")[0].endswith(identifier), (status, result)
    assert begun.headers["Retry-After"] == "0", begun.headers
    assert begun.sent_headers["Content-Length"] == "0", begun.sent_headers
    polled = {poll.url for poll in wire.polls()}
    assert polled == {status}, "the SDK sends the signed URL back as it came"


def test_a_backup_under_way_is_in_progress_and_not_yet_there(backups, emulator):
    emulator.switch(operationTimeFactor=SLOW)
    poller = backups.begin_create(GROUP, SERVER, "slow")
    assert (poller.status(), poller.done()) == ("InProgress", False)
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "slow"):
        backups.get(GROUP, SERVER, "slow")
    assert "slow" not in names(backups)
    assert (poller.result().name, poller.status()) == ("slow", "Succeeded")
    assert "slow" in names(backups)


def test_a_poller_goes_on_from_its_token(backups, options, wire):
    first = backups.begin_create(GROUP, SERVER, "resumed")
    client = PostgreSQLManagementClient(subscription_id=PRODUCTION, **options)
    second = client.backups_automatic_and_on_demand.begin_create(
        GROUP, SERVER, "resumed", continuation_token=first.continuation_token()
    )
    taken = second.result()
    assert (taken.name, second.status()) == ("resumed", "Succeeded")
    assert first.result().as_dict() == taken.as_dict()
    puts = [exchange for exchange in wire.exchanges if exchange.method == "PUT"]
    assert len(puts) == 1, puts


@pytest.mark.parametrize("name", ["smoke-test", "SMOKE-TEST"])
def test_a_name_that_is_taken_fails_at_the_end(backups, name):
    before = names(backups)
    poller = backups.begin_create(GROUP, SERVER, name)
    with refused(HttpResponseError, 200, "InternalServerError", FAILED):
        poller.result()
    assert poller.status() == "Failed"
    assert names(backups) == before


def test_a_second_backup_at_a_time_fails_and_the_first_is_taken(backups, emulator):
    emulator.switch(operationTimeFactor=SLOW)
    first = backups.begin_create(GROUP, SERVER, "first")
    second = backups.begin_create(GROUP, SERVER, "second")
    with refused(HttpResponseError, 200, "InternalServerError", FAILED):
        second.result()
    assert first.result().name == "first"
    listed = names(backups)
    assert "first" in listed and "second" not in listed, listed


def test_backups_of_two_servers_run_side_by_side(backups, emulator):
    emulator.switch(operationTimeFactor=SLOW)
    pollers = [backups.begin_create(GROUP, server, "both") for server in [SERVER, "pg-catalog-prod"]]
    assert [poller.result().name for poller in pollers] == ["both", "both"]


def test_a_conflict_can_be_refused_at_once(backups, emulator, wire):
    emulator.switch(refuseConflictingBackupsAtOnce=True)
    with refused(HttpResponseError, 500, "InternalServerError", FAILED):
        backups.begin_create(GROUP, SERVER, "smoke-test", retry_total=0)
    assert wire.sent() == [("PUT", 500)]


def test_an_operation_that_fails_for_another_reason_says_why(backups, emulator):
    kind = {"type": "failOperation", "code": "DiskFull", "message": "There is no room."}
    emulator.inject("PUT", "/backups/", kind)
    with refused(HttpResponseError, 200, "DiskFull", "There is no room."):
        backups.begin_create(GROUP, SERVER, "unlucky").result()
    assert "unlucky" not in names(backups)


def test_a_backup_is_deleted(backups, wire):
    backups.begin_create(GROUP, SERVER, "short-lived").result()
    wire.exchanges.clear()
    poller = backups.begin_delete(GROUP, SERVER, "SHORT-lived")
    assert poller.result() is None
    assert poller.status() == "Succeeded"
    assert wire.sent() == [("DELETE", 202), ("poll", 200), *AFTER_DELETION[version(PACKAGE)]]
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "short-lived"):
        backups.get(GROUP, SERVER, "short-lived")


def test_deleting_what_is_not_there_is_silent(backups, wire):
    before = names(backups)
    wire.exchanges.clear()
    poller = backups.begin_delete(GROUP, SERVER, "never-was")
    assert (poller.result(), poller.status()) == (None, "Succeeded")
    assert wire.sent() == [("DELETE", 204)]
    assert names(backups) == before


def test_a_deleted_name_is_free_again(backups):
    backups.begin_delete(GROUP, SERVER, "smoke-test").result()
    taken = backups.begin_create(GROUP, SERVER, "smoke-test").result()
    assert taken.name == "smoke-test"


def test_an_automatic_backup_cannot_be_deleted(backups):
    automatic = next(
        item.name
        for item in backups.list_by_server(GROUP, SERVER)
        if item.backup_type == BackupType.FULL
    )
    with refused(HttpResponseError, 400, "OperationNotAllowed", automatic):
        backups.begin_delete(GROUP, SERVER, automatic)
    assert automatic in names(backups)


def test_an_eighth_on_demand_backup_is_refused(backups):
    held = [
        item
        for item in backups.list_by_server(GROUP, SERVER)
        if item.backup_type == BackupType.CUSTOMER_ON_DEMAND
    ]
    for number in range(len(held), 7):
        backups.begin_create(GROUP, SERVER, f"filler-{number}").result()
    with refused(HttpResponseError, 400, "BackupLimitReached", "7"):
        backups.begin_create(GROUP, SERVER, "one-too-many")


@pytest.mark.parametrize(
    "group, server", [("rg-dev", "pg-dev-checkout"), ("rg-platform-dev", "pg-metrics-v2")]
)
def test_burstable_servers_and_premium_ssd_v2_take_none(options, group, server):
    client = PostgreSQLManagementClient(subscription_id=DEVELOPMENT, **options)
    with refused(HttpResponseError, 400, "OperationNotSupported", server):
        client.backups_automatic_and_on_demand.begin_create(group, server, "manual")


def test_servers_that_are_not_ready_take_none(backups):
    with refused(ResourceExistsError, 409, "ServerIsNotReady", "pg-hr-archive"):
        backups.begin_create("rg-hr", "pg-hr-archive", "manual")
    with refused(ResourceExistsError, 409, "ServerBusy", "pg-loyalty-new"):
        backups.begin_create(GROUP, "pg-loyalty-new", "manual")


def test_a_backup_of_an_unknown_server_is_not_found(backups):
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "pg-nowhere"):
        backups.begin_create(GROUP, "pg-nowhere", "manual")
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "pg-nowhere"):
        backups.begin_delete(GROUP, "pg-nowhere", "manual")
