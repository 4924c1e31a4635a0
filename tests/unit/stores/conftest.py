"""Object storage for every test of the stores: an S3 of our own on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledgers import buckets


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Its endpoint."""
    with buckets.running() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(request: pytest.FixtureRequest, s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty place in a bucket of its own."""
    request.getfixturevalue("socket_enabled")
    return buckets.new_bucket(s3, monkeypatch)
