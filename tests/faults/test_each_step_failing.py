"""Every step by which a log changes what is on disk fails once: the log says so, and goes on without being opened again."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from habeas.errors import Busy, CannotWrite, HabeasError, Unavailable
from habeas.stores.log.log import Log
from ledgers.failing_stores import When
from ledgers.log_folders import Folder, published
from ledgers.steps import DATABASE, Steps, failing, watched, watched_postgres
from ledgers.writers import History, SiteFolder, TellingSigner, claim_in_time, witness

SIZE = 254
FULL = failing(errno.ENOSPC, sqlite3.SQLITE_FULL)
BROKEN = failing(errno.EIO, sqlite3.SQLITE_IOERR)
NUMBERS = count()
"""So that no entry is tried twice."""
UNTIL_PUBLISHED = 13
"""Statements: two entries of four each, a head of three, the same with a witness's line of three."""
PARTS = 4
"""Of one test, so that they can run beside each other."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return published(Folder(tmp_path_factory.mktemp("template")), SIZE)


def start_over(template: Folder, top: Path) -> History:
    """A copy of the log for something to fail in."""
    shutil.rmtree(top, ignore_errors=True)
    shutil.copytree(template.top, top / "log")
    history = History(folder=Folder(top / "log"), reports=top / "reports")
    history.folder.signers = [TellingSigner(history.signed)]
    return history


class Tries:
    """Works on an open log, and keeps the errors that it met."""

    def __init__(self, log: Log, history: History) -> None:
        self.log, self.history = log, history
        self.errors: list[HabeasError] = []

    def append(self) -> None:
        try:
            receipt = self.log.append(b"try %d" % next(NUMBERS))
        except HabeasError as error:
            self.errors.append(error)
        else:
            self.history.acknowledge(receipt.index, receipt.leaf)

    def publish(self) -> None:
        try:
            self.log.publish(witness, wanted=1)
        except HabeasError as error:
            self.errors.append(error)

    def work(self) -> None:
        """Over the end of a tile."""
        for number in range(6):
            self.append()
            if number % 2:
                self.publish()


def run(history: History, steps: Steps) -> list[HabeasError]:
    """Work while a step fails; then see that the same open log goes on, and has kept its promises. Gives the errors it met."""
    steps.on = False
    with history.folder.sequencer() as sequencer, history.folder.made(sequencer) as log:
        tries = Tries(log, history)
        steps.on = True
        tries.work()
        steps.on = False
        met = list(tries.errors)
        claim_in_time(sequencer)
        tries.work()
        assert tries.errors == met, "the log doesn't go on"
        assert log.publish().size == log.size()
        history.check_public()
        history.check_records(sequencer)
    history.check()
    return met


def fail_each(template: Folder, top: Path, fail: Callable[[str], object], *, part: int, when: When, lasting: bool = False) -> None:
    """Fail each step of this part of them, one by one."""
    counted = Steps(end=fail, reads=not lasting)
    with watched(counted):
        assert run(start_over(template, top), counted) == []
    for at in range(part, len(counted.names), PARTS):
        steps = Steps(end=fail, at=at, when=when, lasting=lasting, reads=not lasting)
        try:
            with watched(steps):
                met = run(start_over(template, top), steps)
        except Exception as error:
            raise AssertionError(f"{when.value} at step {at}, {counted.names[at]}") from error
        assert {type(one) for one in met} <= {CannotWrite, Unavailable}, counted.names[at]


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
@pytest.mark.parametrize("part", range(PARTS))
def test_whichever_step_fails_an_open_log_goes_on(template: Folder, quick: Path, part: int, when: When) -> None:
    fail_each(template, quick, BROKEN, part=part, when=when)


@pytest.mark.parametrize("part", range(PARTS))
def test_whenever_its_disk_gets_full_an_open_log_goes_on_once_there_is_room(template: Folder, quick: Path, part: int) -> None:
    fail_each(template, quick, FULL, part=part, when=When.BEFORE, lasting=True)


@pytest.mark.postgres
@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
def test_whenever_the_connection_to_postgresql_is_lost_an_open_log_goes_on(postgres: str, tmp_path: Path, when: When) -> None:
    """Lost before a statement reached the server, or before its answer came back."""
    import psycopg

    history = History(folder=SiteFolder(tmp_path / "log", address=postgres), reports=tmp_path / "reports")
    history.folder.signers = [TellingSigner(history.signed)]

    def lose(_name: str) -> object:
        steps.connection.close()
        raise psycopg.OperationalError("the connection was lost")

    with watched_postgres(steps := Steps(end=lose, only=DATABASE)):
        assert run(history, steps) == []
    for at in range(steps.names.index(DATABASE + "COMMIT", UNTIL_PUBLISHED) + 1):
        with watched_postgres(steps := Steps(end=lose, only=DATABASE, at=at, when=when)):
            met = run(history, steps)
        assert {type(one) for one in met} <= {Busy, Unavailable}, steps.names[at]
        assert met != [] or steps.names[at] == DATABASE + "BEGIN"  # which is tried again at once
