"""Of two processes that write one log, the second is refused, and the first is shut out once it has lost its place."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.errors import Busy
from ledgers.log_folders import Folder
from ledgers.writers import PATIENCE_S, History, Plan, SiteFolder, Writers, claim_in_time

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
REFUSED = {
    "sqlite": "expected to become the one writer of {}; another process is it: stop that one first, or only read",
    "postgres": "expected to become the one writer of this log; another process is it: stop that one first, or only read",
}


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], tuple[History, Plan]]:
    """A log in a database of this kind, and the plan of a writer of it."""

    def made(kind: str) -> tuple[History, Plan]:
        address = request.getfixturevalue("postgres") if kind == "postgres" else None
        top = tmp_path / "log"
        folder = Folder(top) if address is None else SiteFolder(top, address=address)
        history = History(folder=folder, reports=tmp_path / "reports")
        return history, Plan(folder=str(top), reports=str(history.reports), address=address)

    return made


@pytest.fixture
def writers():
    """Of each test's own: a writer that is alive at its end is to go with it."""
    made = Writers()
    yield made
    made.close()


def start(writers: Writers, history: History, plan: Plan) -> int:
    """Let a writer open the log, and get something acknowledged; its process."""
    writers.start(plan)
    process = int(history.wait_for("ready")[1])
    history.wait_for("acknowledged")
    return process


def kill(writers: Writers, process: int) -> None:
    os.kill(process, signal.SIGKILL)
    assert writers.end_of_writer() == signal.SIGKILL


def refusal(history: History) -> str:
    with history.folder.sequencer() as sequencer, pytest.raises(Busy) as caught:
        history.folder.made(sequencer).open()
    return str(caught.value)


@pytest.mark.parametrize("kind", ["sqlite", POSTGRES])
def test_while_one_process_writes_another_is_refused_until_the_first_is_dead(
    writers: Writers, make: Callable[[str], tuple[History, Plan]], kind: str
) -> None:
    history, plan = make(kind)
    process = start(writers, history, plan)
    try:
        assert refusal(history) == REFUSED[kind].format(history.folder.database)
        assert refusal(history) == REFUSED[kind].format(history.folder.database)
        before = len(history.acknowledged)
        history.wait_for("acknowledged")  # the first isn't disturbed
        assert len(history.acknowledged) > before
    finally:
        kill(writers, process)
    history.check()


@pytest.mark.parametrize("kind", ["sqlite", POSTGRES])
def test_a_writer_that_was_stopped_for_a_while_is_still_the_writer(
    writers: Writers, make: Callable[[str], tuple[History, Plan]], kind: str
) -> None:
    history, plan = make(kind)
    process = start(writers, history, plan)
    try:
        os.kill(process, signal.SIGSTOP)
        assert refusal(history) == REFUSED[kind].format(history.folder.database)
        os.kill(process, signal.SIGCONT)
        history.hear()
        history.wait_for("acknowledged")
    finally:
        kill(writers, process)
    history.check()


def take_lock_away(history: History, kind: str) -> None:
    """What must not happen, and does: a lock file deleted by hand, a connection cut by a firewall."""
    if kind == "sqlite":
        history.folder.database.with_name("log.sqlite.writer").unlink()
        return
    import psycopg

    with psycopg.connect(history.folder.address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def stop_between_transactions(process: int, history: History, kind: str) -> None:
    """Stop the writer where it holds nothing but its lock."""
    until = time.monotonic() + PATIENCE_S
    os.kill(process, signal.SIGSTOP)
    while kind == "sqlite" and not is_free(history.folder.database):
        assert time.monotonic() < until
        os.kill(process, signal.SIGCONT)
        time.sleep(0.003)
        os.kill(process, signal.SIGSTOP)


def is_free(database: Path) -> bool:
    connection = sqlite3.connect(database, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE").execute("ROLLBACK")
        return connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()


@pytest.mark.parametrize("kind", ["sqlite", POSTGRES])
def test_a_writer_that_lost_its_lock_unawares_records_nothing_more_and_contradicts_nothing(
    writers: Writers, make: Callable[[str], tuple[History, Plan]], kind: str
) -> None:
    """It is stopped wherever it is; when it goes on, another process has taken the log over.

    It may get as far as signing what was recorded before, and the same is signed by the other; the database then refuses it.
    """
    history, plan = make(kind)
    process = start(writers, history, plan)
    try:
        stop_between_transactions(process, history, kind)
        take_lock_away(history, kind)
        history.hear()
        with history.folder.sequencer() as sequencer:
            claim_in_time(sequencer)
            with history.folder.made(sequencer) as log:
                size = log.size()
                os.kill(process, signal.SIGCONT)
                assert history.wait_for("refused")[1].startswith(("Busy(", "Unavailable("))
                receipt = log.append(b"of the new writer")
                history.acknowledge(receipt.index, receipt.leaf)
                assert receipt.index == size
                assert writers.end_of_writer() == 0  # it has given up by itself
                log.publish()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        raise
    history.check()
    assert {line[1].partition("(")[0] for line in history.heard if line[0] in {"refused", "trouble"}} <= {"Busy", "Unavailable"}
