"""What the service may do differently on another day, and the SDKs follow all the same."""

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from refusals import refused

GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"


@pytest.mark.parametrize(
    "freedom",
    [
        {"headerCase": "lower"},
        {"headerCase": "title"},
        {"extraFields": True},
        {"idsAsCalled": True},
        {"signsPollingUrls": False},
        {"omitsRetryAfter": True},
        {"pageSize": 1},
    ],
    ids=lambda freedom: "-".join(f"{name}-{value}" for name, value in freedom.items()),
)
def test_a_backup_is_taken_listed_and_deleted_with_each_freedom(backups, emulator, freedom):
    emulator.switch(**freedom)
    taken = backups.begin_create(GROUP.upper(), SERVER, "nightly").result()
    assert taken.name == "nightly", taken.as_dict()
    listed = [item.name for item in backups.list_by_server(GROUP, SERVER)]
    assert "nightly" in listed, listed
    deleted = backups.begin_delete(GROUP, SERVER, "nightly")
    assert (deleted.result(), deleted.status()) == (None, "Succeeded")
    with refused(ResourceNotFoundError, 404, "ResourceNotFound", "nightly"):
        backups.get(GROUP, SERVER, "nightly")


def test_an_operation_may_be_followed_in_another_version(backups, emulator, wire):
    kind = {"type": "anotherApiVersion", "apiVersion": "2025-06-01-preview"}
    emulator.inject("PUT", "/backups/", kind)
    assert backups.begin_create(GROUP, SERVER, "nightly").result().name == "nightly"
    followed = {tuple(poll.api_version) for poll in wire.polls()}
    assert followed == {("2025-06-01-preview",)}


def test_a_cancelled_backup_is_an_error_and_not_there(backups, emulator):
    emulator.inject("PUT", "/backups/", {"type": "cancelOperation"})
    poller = backups.begin_create(GROUP, SERVER, "given-up")
    with pytest.raises(HttpResponseError, match='"status":"Canceled"'):
        poller.result()
    assert poller.status() == "Canceled"
    assert "given-up" not in [item.name for item in backups.list_by_server(GROUP, SERVER)]
