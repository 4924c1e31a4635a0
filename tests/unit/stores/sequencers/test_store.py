from __future__ import annotations

import sys
from pathlib import Path

import pytest

from habeas.errors import BadInput, BrokenEvidence, CannotWrite, NotFound, Unavailable
from habeas.stores.sequencers import sqlite
from habeas.stores.sequencers.schema import FORMAT
from habeas.stores.sequencers.store import open_sequencer
from ledgers.submissions import batch


def test_a_log_that_is_not_there_is_not_made_unasked(kept) -> None:
    with pytest.raises(NotFound, match="make the log first"):
        kept.open()


def test_making_a_log_that_is_there_opens_it(kept, log) -> None:
    log.append(batch(0, 1))

    assert kept.open(create=True).size() == 1


def test_a_log_of_a_newer_format_is_refused(kept, log) -> None:
    with log._database.writing() as cursor:
        cursor.execute(log._says("UPDATE {at}ledger_state SET format = ?"), (FORMAT + 1,))

    with pytest.raises(BadInput, match=r"format 1 or older; found 2: use the release"):
        kept.open()


def test_a_file_holds_one_log_and_is_not_taken_for_another(tmp_path: Path) -> None:
    open_sequencer(tmp_path / "log.sqlite", origin="log.example/a", create=True).close()

    with pytest.raises(BadInput, match=r"the log log\.example/b; this is the log log\.example/a"):
        open_sequencer(tmp_path / "log.sqlite", origin="log.example/b", create=True)


@pytest.mark.postgres
def test_a_postgresql_database_holds_many_logs_each_with_a_writer_of_its_own(postgres: str) -> None:
    logs = [open_sequencer(postgres, origin=origin, create=True) for origin in ("log.example/a", "log.example/b")]
    for number, log in enumerate(logs):
        log.claim()
        log.append(batch(0, number + 1))

    assert [log.size() for log in logs] == [1, 2]
    for log in logs:
        log.close()


def test_only_its_owner_reads_the_file_of_a_log_and_its_journal(tmp_path: Path) -> None:
    log = open_sequencer(tmp_path / "log.sqlite", origin="log.example/a", create=True)
    log.claim()
    log.append(batch(0, 1))

    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("log.sqlite*")} == {
        "log.sqlite": 0o600,
        "log.sqlite-wal": 0o600,
        "log.sqlite-shm": 0o600,
        "log.sqlite.writer": 0o600,
        "log.sqlite.writer-journal": 0o600,
    }
    log.close()


def test_a_file_that_is_no_log_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"not a database" * 100)
    (tmp_path / "empty").touch()

    with pytest.raises(BrokenEvidence, match="damaged, or no SQLite file"):
        open_sequencer(tmp_path / "text", origin="log.example/a")
    with pytest.raises(NotFound, match="none in this file"):
        open_sequencer(tmp_path / "empty", origin="log.example/a")
    with pytest.raises(NotFound):
        open_sequencer(tmp_path, origin="log.example/a")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file or directory"):
        open_sequencer(tmp_path / "missing" / "log.sqlite", origin="log.example/a", create=True)


def test_making_that_was_interrupted_is_finished(tmp_path: Path) -> None:
    (tmp_path / "log.sqlite").touch()

    log = open_sequencer(tmp_path / "log.sqlite", origin="log.example/a", create=True)

    assert log.size() == 0
    log.close()


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "OLDEST_SQLITE", (99, 0, 0))

    with pytest.raises(Unavailable, match=r"SQLite 99\.0\.0 or newer"):
        open_sequencer(tmp_path / "log.sqlite", origin="log.example/a", create=True)


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(Unavailable, match=r"install the extra habeas\[postgres\]"):
        open_sequencer("postgresql:///log", origin="log.example/a")


@pytest.mark.postgres
def test_an_address_that_can_not_be_read_is_not_repeated() -> None:
    with pytest.raises(BadInput) as caught:
        open_sequencer("postgresql://person:secret@[host/log", origin="log.example/a")

    assert "secret" not in str(caught.value)


@pytest.mark.postgres
def test_a_server_that_is_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"expected to reach PostgreSQL; .*No such file"):
        open_sequencer(f"postgresql://person:secret@/log?host={tmp_path}", origin="log.example/a")
