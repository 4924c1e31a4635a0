"""Shared by every test of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations  # from there, since operations alone can't be imported
from django.utils import translation
from pytest_django import Settings

from habeas.web.accounts import triggers as of_accounts
from habeas.web.audits import triggers as of_audits
from habeas.web.base.triggers.refusals import making, removing
from habeas.web.gate import triggers as of_gate
from habeas.web.register import triggers as of_register
from habeas.web.screening import triggers as of_screening
from web.quick_runs import in_this_process

REFUSALS = tuple(one for app in (of_accounts, of_register, of_screening, of_audits, of_gate) for one in app.REFUSALS)


@pytest.fixture(autouse=True, scope="session")
def emptying_after_a_test_is_not_refused() -> Iterator[None]:
    """SQLite is emptied by DELETE after a test with transactions of its own, which the register's triggers would refuse.

    (PostgreSQL is emptied by TRUNCATE, which no row's trigger sees.)
    """
    flush = DatabaseOperations.sql_flush

    def without_triggers(self: DatabaseOperations, style: Any, tables: Sequence[str], **named: Any) -> list[str]:
        statements = flush(self, style, tables, **named)
        some = [one for one in REFUSALS if one.table in tables]
        return [*removing("sqlite", some), *statements, *making("sqlite", some)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", without_triggers)
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in another language leaves that language behind; the next test is told nothing of it."""
    with translation.override("en"):
        yield


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
