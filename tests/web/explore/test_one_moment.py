"""The whole register in one file is of one moment, and nobody waits for whoever downloads it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from habeas.web.django_settings import django_settings
from habeas.web.explore import archive as made
from habeas.web.explore.queries.moment import one_moment
from habeas.web.explore.queries.rows import found_rows
from habeas.web.explore.queries.search import Wish
from habeas.web.explore.queries.whole import all_entries
from web.makers import NOON, published_system

DAY = NOON.date()


def files() -> dict[str, str]:
    """The files of the archive."""
    with zipfile.ZipFile(io.BytesIO(b"".join(made.archive(on=DAY)))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_published_meanwhile_is_in_neither_file(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a database in memory lets nobody write while somebody reads: tests/on_postgres.py")
    published_system("before")

    def after_another_was_published(*, on: date) -> Iterator[Any]:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(publish, "meanwhile").result()
        return all_entries(on=on)

    monkeypatch.setattr(made, "all_entries", after_another_was_published)
    found = files()
    assert [json.loads(line)["system"] for line in found["entries.jsonl"].splitlines()] == ["before"]
    assert '"before"' in found["register.csv"]
    monkeypatch.undo()
    assert '"meanwhile"' in files()["register.csv"]


def publish(slug: str) -> None:
    """Somebody else publishes an entry."""
    try:
        published_system(slug)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_both_files_are_read_in_one_transaction_which_ends_with_whoever_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    published_system()
    within: list[bool] = []

    def noting_entries(*, on: date) -> Iterator[Any]:
        within.append(connection.in_atomic_block)
        return all_entries(on=on)

    def noting_rows(wish: Wish) -> Iterator[Any]:
        within.append(connection.in_atomic_block)
        return found_rows(wish)

    monkeypatch.setattr(made, "all_entries", noting_entries)
    monkeypatch.setattr(made, "found_rows", noting_rows)
    files()
    assert within == [True, True]
    pieces = made.archive(on=DAY)
    next(pieces)
    assert connection.in_atomic_block
    pieces.close()  # type: ignore[attr-defined] # a generator, which a server closes when its reader goes away
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_goes_away_leaves_no_transaction_to_whoever_is_answered_next(client: Client) -> None:
    published_system()
    answer = client.get("/register.zip")
    next(iter(answer))
    assert connection.in_atomic_block
    answer.close()
    assert not connection.in_atomic_block


@pytest.fixture
def file_database(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database in a file, set up as a site's is, with one table and a row in it; gives its alias."""
    from django.conf import settings

    if connection.vendor != "sqlite":
        pytest.skip("how PostgreSQL reads of one moment is tested above")
    options = django_settings(settings.SITE)["DATABASES"]["default"]["OPTIONS"]
    connections.settings["file"] = {**connections.settings["default"], "NAME": tmp_path / "site.sqlite", "OPTIONS": options}
    with django_db_blocker.unblock():
        with connections["file"].cursor() as cursor:
            cursor.execute("CREATE TABLE entry (name TEXT)")
            cursor.execute("INSERT INTO entry VALUES ('before')")
        yield "file"
        connections["file"].close()
    del connections["file"]
    del connections.settings["file"]


def names(alias: str) -> list[str]:
    """What stands in the table."""
    with connections[alias].cursor() as cursor:
        return [name for (name,) in cursor.execute("SELECT name FROM entry").fetchall()]


def test_in_a_file_whoever_writes_meanwhile_neither_waits_nor_is_seen(file_database: str, django_db_blocker: DjangoDbBlocker) -> None:
    def write() -> None:
        with django_db_blocker.unblock(), connections[file_database].cursor() as cursor:
            cursor.execute("INSERT INTO entry VALUES ('meanwhile')")
        connections[file_database].close()

    with one_moment(file_database):
        assert names(file_database) == ["before"]
        with ThreadPoolExecutor(1) as thread:
            thread.submit(write).result()
        assert names(file_database) == ["before"]
    assert names(file_database) == ["before", "meanwhile"]
    assert vars(connections[file_database])["transaction_mode"] == "IMMEDIATE"
