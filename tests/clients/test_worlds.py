"""Worlds that outlive the emulator's process, large ones, and those of other seeds."""

import pytest
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient

from conftest import options_of
from emulator import PRODUCTION

GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"


def client_of(emulator, wire):
    return PostgreSQLManagementClient(subscription_id=PRODUCTION, **options_of(emulator, wire))


def test_a_backup_is_there_after_a_restart(start, wire, tmp_path):
    world = str(tmp_path / "world.json")
    emulator = start("--world", world)
    backups = client_of(emulator, wire).backups_automatic_and_on_demand
    taken = backups.begin_create(GROUP, SERVER, "before-restart").result()
    emulator.stop()
    backups = client_of(start("--world", world), wire).backups_automatic_and_on_demand
    assert backups.get(GROUP, SERVER, "before-restart").as_dict() == taken.as_dict()


def test_thousands_of_backups_are_listed_once_each(start, wire):
    postgres = client_of(start("--load", "5000"), wire)
    [server] = [item for item in postgres.servers.list_by_subscription() if item.name == "pg-many-backups"]
    group = server.id.split("/")[4]
    listed = postgres.backups_automatic_and_on_demand.list_by_server(group, server.name)
    names = [item.name for item in listed]
    assert (len(names), len(set(names))) == (5000, 5000)


@pytest.mark.parametrize("seed", [2, 3, 5, 8, 13])
def test_any_seed_makes_a_world_that_can_be_worked_with(start, wire, seed):
    postgres = client_of(start("--seed", str(seed)), wire)
    names = [item.name for item in postgres.servers.list_by_resource_group(GROUP)]
    assert SERVER in names, names
    backups = postgres.backups_automatic_and_on_demand
    assert backups.begin_create(GROUP, SERVER, "nightly").result().name == "nightly"
    assert backups.begin_delete(GROUP, SERVER, "nightly").result() is None
    assert "nightly" not in [item.name for item in backups.list_by_server(GROUP, SERVER)]
