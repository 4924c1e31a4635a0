"""Shared by the tests of the API: a site in which something happened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from habeas.web.accounts.models import Area
from habeas.web.register.actions import begin_edition
from habeas.web.register.models import System
from web.makers import NOON, force, owner, published_audit, published_system, republished, screened, version_of, withheld, write
from web.quick_runs import in_this_process


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon of the day on which the makers make things."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture(autouse=True)
def site_of_its_own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each test has a site's folder with no ledger and nothing uploaded."""
    folder = tmp_path_factory.mktemp("site")
    settings.SITE = replace(settings.SITE, folder=folder)
    return folder


@pytest.fixture
def system(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> System:  # noqa: ARG001 - the fixture opens the database
    """A system with two editions, of which one answer is withheld, a version that was screened, and a published audit of it."""
    in_this_process(monkeypatch)
    made = published_system(team="The letters team.")
    begin_edition(by=owner(), at=NOON, system=made)
    write(made, plain_summary="A made-up tool that sorts all letters to a made-up force.")
    republished(made)
    withheld(made, "team")
    version = version_of(made)
    screened(version)
    published_audit(version, tmp_path)
    Area.objects.create(organisation=force(), country="GB", prefix="B")
    return made
