"""Storage accounts, containers, and SAS of the resource manager."""

from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.storage.models import BlobContainer, ServiceSasParameters

import service_sas
from refusals import refused
from service_sas import ACCOUNT, CONTAINER, GROUP


def test_accounts_are_listed_by_subscription_and_by_group(storage, emulator):
    emulator.switch(pageSize=1)
    listed = {account.name: account for account in storage.storage_accounts.list()}
    assert sorted(listed) == ["stbillingkeyless", ACCOUNT, "stinsightsarchive", "stpeoplefiles"]
    in_group = [account.name for account in storage.storage_accounts.list_by_resource_group(GROUP)]
    assert in_group == [ACCOUNT]
    assert listed["stbillingkeyless"].allow_shared_key_access is False
    assert listed[ACCOUNT].allow_shared_key_access is None
    assert listed["stinsightsarchive"].network_rule_set.default_action == "Deny"
    assert listed["stpeoplefiles"].primary_endpoints.blob is None


def test_an_account_is_read_whole(storage):
    account = storage.storage_accounts.get_properties(GROUP, ACCOUNT)
    assert (account.kind, account.sku.name, account.location) == ("StorageV2", "Standard_ZRS", "westeurope")
    assert account.primary_endpoints.blob == f"https://{ACCOUNT}.blob.core.windows.net/"
    assert (account.provisioning_state, account.minimum_tls_version) == ("Succeeded", "TLS1_2")
    assert account.creation_time < datetime.now(timezone.utc)
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "stnowhere"):
        storage.storage_accounts.get_properties(GROUP, "stnowhere")


@pytest.mark.parametrize("size", [None, "1", "2"])
def test_containers_are_listed_in_pages_and_by_prefix(storage, size):
    listed = storage.blob_containers.list(GROUP, ACCOUNT, maxpagesize=size)
    assert [item.name for item in listed] == ["ltr-catalog", "ltr-orders", "restored-files"]
    filtered = storage.blob_containers.list(GROUP, ACCOUNT, filter="ltr-")
    assert [item.name for item in filtered] == ["ltr-catalog", "ltr-orders"]


def test_a_container_is_made_and_read(storage, wire):
    made = storage.blob_containers.create(GROUP, ACCOUNT, "ltr-2026", BlobContainer())
    again = storage.blob_containers.create(GROUP, ACCOUNT, "ltr-2026", BlobContainer())
    assert (made.name, again.name) == ("ltr-2026", "ltr-2026")
    assert wire.sent() == [("PUT", 201), ("PUT", 200)]
    read = storage.blob_containers.get(GROUP, ACCOUNT, "ltr-2026")
    assert (read.public_access, read.lease_state, read.has_legal_hold) == ("None", "Available", False)
    assert read.last_modified_time <= datetime.now(timezone.utc)


def test_containers_that_cannot_be_are_refused(storage):
    with refused(HttpResponseError, 400, "InvalidResourceName", "invalid characters"):
        storage.blob_containers.create(GROUP, ACCOUNT, "Not--Good", BlobContainer())
    with refused(ResourceExistsError, 409, "PublicAccessNotPermitted", "not permitted"):
        storage.blob_containers.create(GROUP, ACCOUNT, "open", BlobContainer(public_access="Container"))
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "nothing"):
        storage.blob_containers.get(GROUP, ACCOUNT, "nothing")


def test_a_sas_is_made_as_in_the_official_example(storage):
    token = service_sas.token(storage)
    assert not token.startswith("?"), token
    said = parse_qs(token, strict_parsing=True)
    assert (said["sv"], said["sr"], said["sp"], said["spr"]) == (["2015-04-05"], ["c"], ["rwdl"], ["https"])
    expiry = datetime.strptime(said["se"][0], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    assert timedelta(days=1, hours=23) < expiry - datetime.now(timezone.utc) < timedelta(days=2, minutes=1)
    assert len(said["sig"][0]) == 44, said["sig"]
    assert service_sas.token(storage, container="ltr-catalog") != token


def test_a_sas_needs_an_expiry_and_a_resource_of_the_account(storage):
    for parameters, member in [
        (ServiceSasParameters(canonicalized_resource=f"/blob/{ACCOUNT}/{CONTAINER}", permissions="r"), "signedExpiry"),
        (ServiceSasParameters(canonicalized_resource="/blob/other/c", permissions="r"), "canonicalizedResource"),
    ]:
        with refused(HttpResponseError, 400, "InvalidValuesForRequestParameters", member):
            storage.storage_accounts.list_service_sas(GROUP, ACCOUNT, parameters)
