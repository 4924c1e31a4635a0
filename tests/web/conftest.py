"""Shared by every test of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations  # from there, since operations alone can't be imported
from django.utils import translation

from habeas.web.audits import triggers as of_audits
from habeas.web.gate import triggers as of_gate
from habeas.web.register import triggers as of_register
from habeas.web.screening import triggers as of_screening


@pytest.fixture(autouse=True, scope="session")
def emptying_after_a_test_is_not_refused() -> Iterator[None]:
    """SQLite is emptied by DELETE after a test with transactions of its own, which the register's triggers would refuse.

    (PostgreSQL is emptied by TRUNCATE, which no row's trigger sees.)
    """
    flush = DatabaseOperations.sql_flush

    def without_triggers(self: DatabaseOperations, style: Any, tables: Sequence[str], **named: Any) -> list[str]:
        statements = flush(self, style, tables, **named)
        apps = (of_register, of_screening, of_audits, of_gate)
        some = [each for each in apps if not set(each.NAMES.values()).isdisjoint(tables)]
        return [
            *(statement for each in some for statement in each.removing("sqlite")),
            *statements,
            *(statement for each in some for statement in each.making("sqlite")),
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", without_triggers)
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in another language leaves that language behind; the next test is told nothing of it."""
    with translation.override("en"):
        yield
