"""Backups as resources: lists, single ones, kinds, pages."""

from datetime import datetime, timedelta, timezone

import pytest
from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.postgresqlflexibleservers.models import BackupType

from refusals import refused

GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"
ON_DEMAND = {"before-schema-v42", "pre-release-2026.03", "smoke-test"}
TICKS_AT_UNIX_EPOCH = 621_355_968_000_000_000


def test_on_demand_backups_are_told_from_automatic_ones(backups):
    listed = list(backups.list_by_server(GROUP, SERVER))
    on_demand = {item.name for item in listed if item.backup_type == BackupType.CUSTOMER_ON_DEMAND}
    automatic = [item for item in listed if item.backup_type == BackupType.FULL]
    assert ON_DEMAND & on_demand and len(on_demand) <= 7, on_demand
    assert len(automatic) >= 7, [item.name for item in automatic]
    assert len(listed) == len(on_demand) + len(automatic), [item.backup_type for item in listed]
    assert {item.source for item in automatic} == {"Automatic"}, listed
    assert {item.source for item in listed if item.name in on_demand} == {"Customer Initiated"}


def test_a_backup_is_the_same_listed_and_asked_for(backups):
    for listed in backups.list_by_server(GROUP, SERVER):
        asked = backups.get(GROUP, SERVER, listed.name)
        assert asked.as_dict() == listed.as_dict()
        assert listed.type == "Microsoft.DBforPostgreSQL/flexibleServers/backups", listed.type


def test_names_of_backups_are_taken_in_any_case(backups):
    backup = backups.get(GROUP.upper(), SERVER.upper(), "SMOKE-Test")
    assert backup.name.lower() == "smoke-test", backup.name


def test_the_moment_of_a_backup_is_read_to_the_microsecond(backups):
    """The service writes seven digits; names of automatic backups hold the ticks of a second before."""
    now = datetime.now(timezone.utc)
    for item in backups.list_by_server(GROUP, SERVER):
        assert item.completed_time.tzinfo and item.completed_time <= now, item.completed_time
        if item.backup_type == BackupType.FULL:
            ticks = int(item.name.removeprefix("backup_")) - TICKS_AT_UNIX_EPOCH
            epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
            named = epoch + timedelta(microseconds=ticks // 10, seconds=1)
            assert item.completed_time == named, (item.name, item.completed_time)


def test_the_earliest_moment_to_restore_to_is_that_of_the_oldest_backup(backups, postgres):
    oldest = min(item.completed_time for item in backups.list_by_server(GROUP, SERVER))
    assert postgres.servers.get(GROUP, SERVER).backup.earliest_restore_date == oldest


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_pages_of_any_size_hold_every_backup_once(backups, emulator, wire, size):
    whole = [item.name for item in backups.list_by_server(GROUP, SERVER)]
    emulator.switch(pageSize=size)
    wire.exchanges.clear()
    pages = [[item.name for item in page] for page in backups.list_by_server(GROUP, SERVER).by_page()]
    assert [name for page in pages for name in page] == whole
    assert all(len(page) == size for page in pages[:-1]), [len(page) for page in pages]
    assert len(wire.exchanges) == len(pages) == -(-len(whole) // size), len(wire.exchanges)


def test_a_list_goes_on_where_another_client_stopped(backups, emulator):
    whole = [item.name for item in backups.list_by_server(GROUP, SERVER)]
    emulator.switch(pageSize=4)
    pages = backups.list_by_server(GROUP, SERVER).by_page()
    first = [item.name for item in next(pages)]
    later = backups.list_by_server(GROUP, SERVER).by_page(continuation_token=pages.continuation_token)
    rest = [item.name for page in later for item in page]
    assert first + rest == whole, (first, rest)


def test_servers_come_in_pages_too(postgres, emulator):
    whole = [server.name for server in postgres.servers.list_by_subscription()]
    emulator.switch(pageSize=2)
    assert [server.name for server in postgres.servers.list_by_subscription()] == whole
    assert len(whole) > 2, whole


def test_a_server_without_backups_has_an_empty_list(backups):
    listed = list(backups.list_by_server(GROUP, "pg-loyalty-new"))
    assert listed == []


def test_an_unknown_backup_is_not_found(backups):
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "no-such-backup"):
        backups.get(GROUP, SERVER, "no-such-backup")


def test_backups_of_an_unknown_server_are_not_found(backups):
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "pg-nowhere"):
        list(backups.list_by_server(GROUP, "pg-nowhere"))
