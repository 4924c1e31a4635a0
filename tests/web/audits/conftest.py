"""Shared by the tests of audits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from web.quick_runs import in_this_process


@pytest.fixture(autouse=True)
def uploads_of_its_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each test has a site's folder in which nothing was uploaded yet."""
    settings.SITE = replace(settings.SITE, folder=tmp_path_factory.mktemp("site"))
    folder: Path = settings.SITE.uploads
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Audits run in the tests' own process."""
    in_this_process(monkeypatch)
