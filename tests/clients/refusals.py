"""How the SDKs raise what the service refuses."""

from contextlib import contextmanager

import pytest


@contextmanager
def refused(kind, status, code, words):
    """The block raises exactly this kind of error, with the service's status, code and words in it."""
    with pytest.raises(kind) as raised:
        yield raised
    error = raised.value
    told = (type(error), error.status_code, error.error.code)
    assert told == (kind, status, code), f"{told}: {error}"
    assert words in error.error.message, error.error.message
