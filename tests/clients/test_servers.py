"""Flexible servers: lists, single ones, names in any case, refusals."""

from datetime import datetime

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient

from emulator import DEVELOPMENT
from refusals import refused

GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"


def test_servers_of_a_subscription_are_listed(postgres):
    listed = [server.name for server in postgres.servers.list_by_subscription()]
    assert {SERVER, "pg-billing-prod", "pg-hr-archive"} <= set(listed), listed
    assert len(listed) == len(set(listed)), listed


def test_servers_of_a_resource_group_are_those_of_the_subscription_in_it(postgres):
    everywhere = {
        server.id for server in postgres.servers.list_by_subscription() if f"/{GROUP}/" in server.id
    }
    in_group = {server.id for server in postgres.servers.list_by_resource_group(GROUP)}
    assert in_group and in_group == everywhere, (in_group, everywhere)


def test_another_subscription_has_other_servers(postgres, options):
    other = PostgreSQLManagementClient(subscription_id=DEVELOPMENT, **options)
    here = {server.id for server in postgres.servers.list_by_subscription()}
    there = {server.id for server in other.servers.list_by_subscription()}
    assert there and not here & there, (here, there)


def test_a_server_is_the_same_listed_and_asked_for(postgres):
    for listed in postgres.servers.list_by_subscription():
        group = listed.id.split("/")[4]
        asked = postgres.servers.get(group, listed.name)
        assert asked.as_dict() == listed.as_dict()


def test_what_a_server_says_arrives_in_its_model(postgres):
    server = postgres.servers.get(GROUP, SERVER)
    told = {
        "type": server.type,
        "state": server.state,
        "tier": server.sku.tier,
        "location": server.location,
        "address": server.fully_qualified_domain_name,
        "retention": server.backup.backup_retention_days,
        "storage type": server.storage.type,
        "role": server.replication_role,
    }
    assert told == {
        "type": "Microsoft.DBforPostgreSQL/flexibleServers",
        "state": "Ready",
        "tier": "GeneralPurpose",
        "location": "West Europe",
        "address": "pg-orders-prod.postgres.database.azure.com",
        "retention": 14,
        "storage type": "",
        "role": "Primary",
    }
    for moment in [server.backup.earliest_restore_date, server.system_data.created_at]:
        assert isinstance(moment, datetime) and moment.tzinfo, repr(moment)


@pytest.mark.parametrize(
    "group, name",
    [(GROUP, SERVER), (GROUP.upper(), SERVER.upper()), ("Rg-Commerce-Prod", "PG-Orders-prod")],
)
def test_names_are_taken_in_any_case(postgres, group, name):
    server = postgres.servers.get(group, name)
    assert server.name.lower() == SERVER, server.name
    assert f"/resourcegroups/{GROUP}/" in server.id.lower(), server.id
    names = [item.name for item in postgres.servers.list_by_resource_group(group)]
    assert SERVER in names, names


@pytest.mark.parametrize("spelling", [str, str.lower, str.upper])
def test_an_id_is_taken_in_any_case(resources, postgres, wire, spelling):
    server = postgres.servers.get(GROUP, SERVER)
    [version] = wire.exchanges[0].api_version
    found = resources.resources.get_by_id(spelling(server.id), api_version=version)
    assert (found.id, found.type, found.location) == (server.id, server.type, server.location)


def test_a_server_exists_or_does_not(resources, postgres, wire):
    server = postgres.servers.get(GROUP, SERVER)
    [version] = wire.exchanges[0].api_version
    absent = server.id.replace(SERVER, "pg-nowhere")
    told = [
        resources.resources.check_existence_by_id(resource_id, api_version=version)
        for resource_id in [server.id, server.id.upper(), absent]
    ]
    assert told == [True, True, False]


def test_a_stopped_server_and_one_being_changed_say_so(postgres):
    states = {server.name: server.state for server in postgres.servers.list_by_subscription()}
    assert states["pg-hr-archive"] == "Stopped", states
    assert states["pg-loyalty-new"] == "Updating", states


def test_an_unknown_server_is_not_found(postgres):
    words = (
        "The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/pg-nowhere' under resource group "
        f"'{GROUP}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
    )
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", words):
        postgres.servers.get(GROUP, "pg-nowhere")


def test_a_server_of_an_unknown_group_is_not_found(postgres):
    with refused(ResourceNotFoundError, 404, "ResourceGroupNotFound", "rg-nowhere"):
        postgres.servers.get("rg-nowhere", SERVER)
    with refused(ResourceNotFoundError, 404, "ResourceGroupNotFound", "rg-nowhere"):
        list(postgres.servers.list_by_resource_group("rg-nowhere"))


def test_a_subscription_id_that_is_none_is_refused(options):
    client = PostgreSQLManagementClient(subscription_id="production", **options)
    with refused(HttpResponseError, 400, "InvalidSubscriptionId", "production"):
        list(client.servers.list_by_subscription())
