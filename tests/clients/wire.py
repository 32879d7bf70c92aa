"""What a client really sent and got: seen below the SDK, each attempt by itself."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import requests


@dataclass(frozen=True)
class Exchange:
    """One request and the head of its answer."""

    method: str
    url: str
    status: int
    headers: dict
    sent_headers: dict

    @property
    def path(self):
        return urlsplit(self.url).path

    @property
    def query(self):
        """Each parameter's values."""
        return parse_qs(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def api_version(self):
        return self.query.get("api-version")

    @property
    def is_poll(self):
        return "/azureAsyncOperation/" in self.path or "/operationStatus/" in self.path


class Wire:
    """All exchanges of a test, in their order."""

    def __init__(self):
        self.exchanges = []
        self.session = requests.Session()
        # A proxy of the machine's must not see what is meant for loopback.
        self.session.trust_env = False
        self.session.hooks["response"].append(self._record)

    def _record(self, response, *_, **__):
        request = response.request
        self.exchanges.append(
            Exchange(
                request.method, request.url, response.status_code, response.headers, request.headers
            )
        )

    def sent(self):
        """Methods and statuses, `poll` for readings of an operation's state; equal neighbours once."""
        told = [
            ("poll" if exchange.is_poll else exchange.method, exchange.status)
            for exchange in self.exchanges
        ]
        return [step for index, step in enumerate(told) if index == 0 or told[index - 1] != step]

    def polls(self):
        return [exchange for exchange in self.exchanges if exchange.is_poll]
