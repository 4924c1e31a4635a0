"""Every step by which a log changes what is on disk fails once: the log says so, and goes on without being opened again."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from faults import When
from habeas.errors import CannotWrite, HabeasError, Unavailable
from habeas.stores.log.log import Log
from logs import Folder, published
from steps import Steps, failing, watched
from writers import History, TellingSigner, witness

SIZE = 254
FULL = failing(errno.ENOSPC, sqlite3.SQLITE_FULL)
BROKEN = failing(errno.EIO, sqlite3.SQLITE_IOERR)
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
        self.numbers = count()
        self.errors: list[HabeasError] = []

    def append(self) -> None:
        try:
            receipt = self.log.append(b"try %d" % next(self.numbers))
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
