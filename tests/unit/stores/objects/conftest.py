"""Places of both kinds: a folder, and an S3 of our own on loopback."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.stores.objects.place import Place, open_place


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Every promise of a place is tried on both kinds."""
    return open_place(tmp_path / "public" if request.param == "folder" else request.getfixturevalue("bucket"))
