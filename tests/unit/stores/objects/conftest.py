"""Places of both kinds: a folder, and an S3 of our own on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import buckets
from habeas.stores.objects.place import Place, open_place


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    with buckets.running() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(request: pytest.FixtureRequest, s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    request.getfixturevalue("socket_enabled")
    return buckets.new_bucket(s3, monkeypatch)


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Every promise of a place is tried on both kinds."""
    return open_place(tmp_path / "public" if request.param == "folder" else request.getfixturevalue("bucket"))
