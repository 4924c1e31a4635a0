"""A disk without room, or for reading only: the log says so, loses nothing that it acknowledged, and goes on once that is mended.

The small disks are real, so these tests need someone who may mount; what befalls each single step is in `test_each_step_failing.py`.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import CannotWrite, HabeasError, Unavailable
from habeas.stores.log.log import Log
from habeas.stores.sequencers.store import open_sequencer
from ledgers.log_folders import ORIGIN, Folder, published
from ledgers.steps import Steps, failing, watched
from ledgers.writers import History, TellingSigner

SmallDisks = Callable[[Path, str], Any]

FULL = "the system said: No space left on device"
READ_ONLY = "the system said: Read-only file system"
NO_PLACE = "expected to write below {}; {}. What was published before is as it was: mend that and try again"
NO_ROOM_FOR_ENTRIES = "expected room for the log ({}); the disk is full (SQLITE_FULL). {}: free some space, then go on"
ENTRIES_READ_ONLY = "expected to write to the log ({}); it can only be read (SQLITE_READONLY). {}: see the permissions and the disk"
NOTHING = "Nothing of this is recorded, and what was recorded before stays"
PERHAPS = "This may or may not be recorded: look for it before sending it again. What was acknowledged before stays"


@pytest.fixture
def promised(tmp_path: Path) -> History:
    history = History(folder=Folder(tmp_path / "log"), reports=tmp_path / "reports")
    history.folder.signers = [TellingSigner(history.signed)]
    return history


def append(log: Log, history: History, entry: bytes) -> None:
    receipt = log.append(entry)
    history.acknowledge(receipt.index, receipt.leaf)


def append_until_refused(log: Log, history: History, *, size: int = 5000) -> HabeasError:
    for number in range(10_000):
        try:
            append(log, history, b"%d " % number + bytes(size))
        except HabeasError as error:
            return error
    raise AssertionError("expected the disk to get full")


@contextmanager
def refused(kind: type[HabeasError], message: str):
    with pytest.raises(HabeasError) as caught:
        yield
    assert (type(caught.value), str(caught.value)) == (kind, message)


def test_a_disk_that_gets_full_loses_nothing_and_is_told(promised: History, small_disk: SmallDisks) -> None:
    disk = small_disk(promised.folder.top, "6m")
    spare = disk.folder / "spare"
    spare.write_bytes(bytes(2**20))
    with promised.folder.open() as log:
        append(log, promised, b"first")
        log.publish()
        first = append_until_refused(log, promised)
        again = append_until_refused(log, promised)
        for error in (first, again):
            assert type(error) is CannotWrite
            assert str(error) in {NO_ROOM_FOR_ENTRIES.format(promised.folder.database, how) for how in (NOTHING, PERHAPS)}
        ballast = disk.fill()
        with refused(CannotWrite, NO_PLACE.format(promised.folder.public, FULL)):
            log.publish()
        promised.check_public()
        assert log.prove(0).index == 0
        spare.unlink()
        ballast.unlink()
        disk.change("size=20m")
        append(log, promised, b"there is room again")
        assert log.publish().size == log.size()
    promised.check()
    assert len(promised.acknowledged) > 100


def test_a_full_disk_is_opened_again_once_there_is_room(promised: History, small_disk: SmallDisks) -> None:
    disk = small_disk(promised.folder.top, "3m")
    with promised.folder.open() as log:
        append_until_refused(log, promised)
    ballast = disk.fill()

    with pytest.raises(Unavailable), promised.folder.open():
        pass
    ballast.unlink()
    disk.change("size=20m")
    promised.check()


@pytest.mark.parametrize("part", ["public", "second"])
@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_while_nothing_can_be_published_entries_are_taken_and_nothing_shown_is_lost(
    promised: History, small_disk: SmallDisks, part: str, trouble: str
) -> None:
    disk = small_disk(promised.folder.top / part, "1m")
    with promised.folder.open() as log:
        append(log, promised, b"first")
        log.publish()
        ballast = disk.fill() if trouble == "full" else None
        if ballast is None:
            disk.change("ro")
        append(log, promised, b"second")
        for _ in range(2):
            with refused(CannotWrite, NO_PLACE.format(disk.folder, FULL if trouble == "full" else READ_ONLY)):
                log.publish()
        append(log, promised, b"third")
        promised.check_public()
        assert log.published.head().size == 1
        disk.change("rw")
        if ballast is not None:
            ballast.unlink()
        assert log.publish().size == 3
    promised.check()


def test_a_log_on_a_disk_for_reading_only_is_refused_and_is_whole_afterwards(promised: History, small_disk: SmallDisks) -> None:
    disk = small_disk(promised.folder.top, "8m")
    published(promised.folder, 10)
    disk.change("ro")

    message = f"expected to open the log ({promised.folder.database}); the system refused (SQLITE_CANTOPEN). {NOTHING}"
    with refused(Unavailable, f"{message}: see the permissions and the disk"):
        open_sequencer(promised.folder.database, origin=ORIGIN)
    promised.check_public()
    disk.change("rw")
    promised.check()


@pytest.mark.parametrize(
    ("number", "code", "message", "reason"),
    [
        (errno.ENOSPC, sqlite3.SQLITE_FULL, NO_ROOM_FOR_ENTRIES, FULL),
        (errno.EROFS, sqlite3.SQLITE_READONLY, ENTRIES_READ_ONLY, READ_ONLY),
    ],
)
def test_when_the_system_says_so_at_every_step_the_log_says_so_too(
    promised: History, number: int, code: int, message: str, reason: str
) -> None:
    """The same without a real disk, for those who may not mount."""
    steps = Steps(end=failing(number, code), at=0, lasting=True, on=False)
    with watched(steps), promised.folder.open() as log:
        append(log, promised, b"first")
        log.publish()
        append(log, promised, b"second")
        steps.on = True
        with refused(CannotWrite, message.format(promised.folder.database, NOTHING)):
            log.append(b"third")
        with refused(CannotWrite, NO_PLACE.format(promised.folder.public, reason)):
            log.publish()
        steps.on = False
        append(log, promised, b"third")
        assert log.publish().size == 3
    promised.check()
