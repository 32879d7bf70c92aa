"""Microsoft's clients, as published, against `arm-emulator-server`.

`cargo xtask test clients` runs these tests once per `requirements-*.txt`. By hand: make a virtual
environment, install one of those files, run `python -m pytest tests/clients`.
"""

import time

import pytest
from azure.core.credentials import AccessToken
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.core.pipeline.transport import RequestsTransport
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.dataprotection import DataProtectionMgmtClient
from azure.mgmt.postgresqlflexibleservers import PostgreSQLManagementClient
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.resource.subscriptions import SubscriptionClient
from azure.mgmt.storage import StorageManagementClient

from emulator import PRODUCTION, Emulator
from wire import Wire

# The seconds between two polls where the service leaves the choice to the client.
POLLING_INTERVAL = 0.02


class StaticCredential:
    """Hands out one token, which the emulator takes as it is, and notes the claims it was asked for."""

    def __init__(self, token="a-token-of-the-tests"):
        self._token = token
        self.claims = []

    def get_token(self, *scopes, claims=None, **_):
        assert scopes == ("https://management.azure.com/.default",), scopes
        self.claims.append(claims)
        return AccessToken(self._token, int(time.time()) + 3600)


class PlainHttp(SansIOHTTPPolicy):
    """Lets tokens go over http, as the option `enforce_https` of azure-core is meant for."""

    def on_request(self, request):
        request.context.options["enforce_https"] = False


@pytest.fixture(scope="session")
def running_emulator(tmp_path_factory):
    with open(tmp_path_factory.mktemp("emulator") / "requests.log", "w") as log:
        running = Emulator(log)
        yield running
        running.stop()


@pytest.fixture
def start(tmp_path):
    """Starts emulators with more arguments than the one that all tests share."""
    started = []
    with open(tmp_path / "requests.log", "w") as log:

        def start(*arguments):
            started.append(Emulator(log, *arguments))
            return started[-1]

        yield start
        for emulator in started:
            emulator.stop()


@pytest.fixture
def emulator(running_emulator):
    """The emulator with a fresh world; at the end it must have known every route."""
    running_emulator.reset()
    yield running_emulator
    assert running_emulator.unknown_routes() == []


@pytest.fixture
def wire():
    return Wire()


def options_of(emulator, wire):
    """What every client is made with."""
    return {
        "credential": StaticCredential(),
        "base_url": emulator.url,
        "transport": RequestsTransport(session=wire.session, session_owner=False),
        "per_call_policies": [PlainHttp()],
        "polling_interval": POLLING_INTERVAL,
    }


@pytest.fixture
def options(emulator, wire):
    return options_of(emulator, wire)


@pytest.fixture
def postgres(options):
    return PostgreSQLManagementClient(subscription_id=PRODUCTION, **options)


@pytest.fixture
def backups(postgres):
    return postgres.backups_automatic_and_on_demand


@pytest.fixture
def retention(postgres):
    return postgres.backups_long_term_retention


@pytest.fixture
def storage(options):
    return StorageManagementClient(subscription_id=PRODUCTION, **options)


@pytest.fixture
def resources(options):
    return ResourceManagementClient(subscription_id=PRODUCTION, **options)


@pytest.fixture
def subscriptions(options):
    return SubscriptionClient(**options)


@pytest.fixture
def data_protection(options):
    return DataProtectionMgmtClient(subscription_id=PRODUCTION, **options)


@pytest.fixture
def authorization(options):
    return AuthorizationManagementClient(subscription_id=PRODUCTION, **options)
