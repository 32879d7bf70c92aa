"""What all requests share: versions, throttling, tokens, headers."""

import base64
import json
from importlib.metadata import version

import pytest
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient

from conftest import StaticCredential
from emulator import PRODUCTION
from refusals import refused

GROUP, SERVER = "rg-commerce-prod", "pg-orders-prod"
PACKAGE = "azure-mgmt-postgresqlflexibleservers"
VERSIONS = {"2.0.0": "2025-08-01", "3.0.0": "2026-10-01"}
TOO_MANY = {
    "type": "status",
    "status": 429,
    "code": "SubscriptionRequestsThrottled",
    "message": "Number of requests exceeded.",
    "retryAfter": 1,
}


def token(claims):
    """The form of a JSON Web Token; nobody looks at its signature."""
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return ".".join(part.decode() for part in encoded) + ".signature"


def test_each_package_asks_in_its_own_version(postgres, resources, subscriptions, wire):
    list(postgres.servers.list_by_subscription())
    list(resources.resource_groups.list())
    list(subscriptions.subscriptions.list())
    asked = [(exchange.path, exchange.api_version, exchange.status) for exchange in wire.exchanges]
    assert asked == [
        (
            f"/subscriptions/{PRODUCTION}/providers/Microsoft.DBforPostgreSQL/flexibleServers",
            [VERSIONS[version(PACKAGE)]],
            200,
        ),
        (f"/subscriptions/{PRODUCTION}/resourcegroups", ["2025-04-01"], 200),
        ("/subscriptions", ["2022-12-01"], 200),
    ]


def test_an_operation_keeps_the_version_it_began_with(backups, wire):
    backups.begin_create(GROUP, SERVER, "nightly").result()
    asked = {tuple(exchange.api_version) for exchange in wire.exchanges}
    assert asked == {(VERSIONS[version(PACKAGE)],)}


def test_a_version_that_does_not_exist_is_refused(options):
    client = PostgreSQLManagementClient(
        subscription_id=PRODUCTION, api_version="2019-01-01", **options
    )
    with refused(HttpResponseError, 400, "NoRegisteredProviderFound", "2019-01-01"):
        client.servers.get(GROUP, SERVER)


def test_a_read_that_is_throttled_is_sent_again(postgres, emulator, wire):
    emulator.inject("GET", "/flexibleServers/", TOO_MANY)
    assert postgres.servers.get(GROUP, SERVER).name == SERVER
    assert wire.sent() == [("GET", 429), ("GET", 200)]
    assert wire.exchanges[0].headers["Retry-After"] == "1", wire.exchanges[0].headers


def test_a_backup_that_is_throttled_is_taken_once(backups, emulator, wire):
    emulator.inject("PUT", "/backups/", TOO_MANY)
    taken = backups.begin_create(GROUP, SERVER, "patient").result()
    assert taken.name == "patient"
    sent = wire.sent()
    assert sent[:2] == [("PUT", 429), ("PUT", 202)], sent


def test_a_poll_that_is_throttled_does_not_end_the_operation(backups, emulator, wire):
    emulator.inject("GET", "/azureAsyncOperation/", TOO_MANY)
    taken = backups.begin_create(GROUP, SERVER, "patient").result()
    assert taken.name == "patient"
    sent = wire.sent()
    assert sent[:3] == [("PUT", 202), ("poll", 429), ("poll", 200)], sent


def test_a_client_that_does_not_wait_is_told_of_the_limit(postgres, emulator):
    kind = {**TOO_MANY, "retryAfter": None}
    emulator.inject("GET", "/flexibleServers/", kind)
    with refused(HttpResponseError, 429, "SubscriptionRequestsThrottled", "exceeded"):
        postgres.servers.get(GROUP, SERVER, retry_total=0)


def test_the_reads_that_are_left_are_counted(postgres, wire):
    for _ in range(2):
        postgres.servers.get(GROUP, SERVER)
    header = "x-ms-ratelimit-remaining-subscription-reads"
    left = [int(exchange.headers[header]) for exchange in wire.exchanges]
    assert all(0 < number <= 1100 for number in left), left


def test_a_request_without_a_readable_token_is_refused(emulator, options, wire):
    emulator.switch(strictTokens=True)
    client = PostgreSQLManagementClient(subscription_id=PRODUCTION, **options)
    with refused(ClientAuthenticationError, 401, "InvalidAuthenticationToken", "access token"):
        client.servers.get(GROUP, SERVER)
    challenge = wire.exchanges[0].headers["WWW-Authenticate"]
    assert challenge.startswith("Bearer authorization_uri="), challenge


def test_a_token_of_microsoft_is_sent_home(options):
    real = token({"iss": "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/"})
    client = PostgreSQLManagementClient(
        subscription_id=PRODUCTION, **{**options, "credential": StaticCredential(real)}
    )
    with refused(ClientAuthenticationError, 401, "InvalidAuthenticationToken", "emulator"):
        client.servers.get(GROUP, SERVER)


def test_a_challenge_is_answered_with_the_claims_it_asks_for(postgres, options, emulator, wire):
    claims = '{"access_token":{"acrs":{"essential":true,"value":"p1"}}}'
    emulator.inject("GET", "/flexibleServers/", {"type": "insufficientClaims", "claims": claims})
    assert postgres.servers.get(GROUP, SERVER).name == SERVER
    assert options["credential"].claims == [None, claims]
    assert wire.sent() == [("GET", 401), ("GET", 200)]


@pytest.mark.parametrize("header", ["x-ms-request-id", "x-ms-correlation-request-id"])
def test_answers_can_be_traced(postgres, wire, header):
    for _ in range(2):
        postgres.servers.get(GROUP, SERVER)
    first, second = (exchange.headers[header] for exchange in wire.exchanges)
    assert len(first) == 36 and first != second, (first, second)
