from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from habeas.errors import BrokenEvidence, Busy, CannotWrite, HabeasError, Unavailable
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers import sqlite
from habeas.stores.sequencers.recorded import RecordedLog
from habeas.stores.sequencers.sqlite import open_sqlite
from ledgers.submissions import batch, sealed, submission

ORIGIN = "log.example/2026"
LONG = [submission(b"%d" % number + b"x" * 60_000) for number in range(20)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.sqlite"


@pytest.fixture
def log(path: Path) -> Iterator[RecordedLog]:
    with closing(open_sqlite(path, origin=ORIGIN, create=True)) as made:
        made.claim()
        yield made


class FailingConnection:
    """A connection on which one statement fails, before it is run or although it was, with an error of SQLite's own."""

    def __init__(self, connection: sqlite3.Connection, statement: str, code: int, *, after: bool = False) -> None:
        self._connection, self._statement, self._code, self._after = connection, statement, code, after

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def cursor(self) -> FailingConnection:
        return FailingConnection(self._connection.cursor(), self._statement, self._code, after=self._after)

    def execute(self, sql: str, *values: object) -> object:
        if not sql.startswith(self._statement):
            return self._connection.execute(sql, *values)
        if self._after:
            self._connection.execute(sql, *values)
        error = sqlite3.OperationalError("a quoted value")
        error.sqlite_errorcode, error.sqlite_errorname = self._code, f"SQLITE_{self._code}"
        raise error


def test_a_full_disk_is_named_loses_nothing_and_is_left_when_there_is_room_again(log: RecordedLog) -> None:
    log.append(batch(0, 3))
    writer = log._database._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 10}")

    with pytest.raises(CannotWrite, match=r"the disk is full \(SQLITE_FULL\)\. Nothing of this is recorded.*free some space"):
        log.append(LONG)
    assert list(log.entries(0, 3)) == [b"entry 0", b"entry 1", b"entry 2"]
    assert log.size() == 3

    writer.execute("PRAGMA max_page_count = 1000000")
    assert log.append(LONG) == 3


def test_a_log_that_can_only_be_read_says_so_and_is_read(log: RecordedLog, path: Path) -> None:
    log.append(batch(0, 1))
    log._database._writer.close()
    log._database._writer = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)

    with pytest.raises(CannotWrite, match="it can only be read"):
        log.append(batch(1, 2))

    assert list(log.entries(0, 1)) == [b"entry 0"]


@pytest.mark.parametrize("after", [False, True])
def test_a_commit_that_reports_a_failure_tells_that_its_entries_may_be_recorded(log: RecordedLog, *, after: bool) -> None:
    log.append(batch(0, 1))
    database = log._database
    connection = database._writer
    database._writer = FailingConnection(connection, "COMMIT", sqlite3.SQLITE_IOERR, after=after)

    with pytest.raises(CannotWrite, match="This may or may not be recorded: look for it before sending it again"):
        log.append([submission(b"uncertain")])
    database._writer = connection

    next_index = log.append([submission(b"next")])
    assert next_index == (2 if after else 1)
    assert log.index_of(leaf_hash(b"uncertain"), since=1) == (1 if after else None)


@pytest.mark.parametrize(
    ("code", "family", "told"),
    [
        (sqlite3.SQLITE_FULL, CannotWrite, "the disk is full"),
        (sqlite3.SQLITE_IOERR_FSYNC, CannotWrite, "the disk of the log to work"),
        (sqlite3.SQLITE_READONLY, CannotWrite, "only be read"),
        (sqlite3.SQLITE_BUSY, Busy, "another program holds it"),
        (sqlite3.SQLITE_CORRUPT, BrokenEvidence, "the file is damaged"),
        (sqlite3.SQLITE_NOTADB, BrokenEvidence, "no SQLite file"),
        (sqlite3.SQLITE_CANTOPEN, Unavailable, "to open the log"),
        (sqlite3.SQLITE_MISUSE, Unavailable, "open it again"),
    ],
)
def test_what_sqlite_says_is_told_by_what_one_can_do(log: RecordedLog, code: int, family: type[HabeasError], told: str) -> None:
    log._database._writer = FailingConnection(log._database._writer, "BEGIN", code)

    with pytest.raises(family, match=told) as caught:
        log.append(batch(0, 1))

    assert type(caught.value) is family
    assert "Nothing of this is recorded" in str(caught.value)
    assert "a quoted value" not in str(caught.value)


def test_another_program_that_holds_the_file_for_long_is_named(log: RecordedLog, path: Path) -> None:
    log._database._writer.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy, match="another program holds it"):
        log.append(batch(0, 1))

    other.close()
    assert log.append(batch(0, 1)) == 0


def test_a_damaged_file_is_broken_evidence(log: RecordedLog, path: Path) -> None:
    log.append(LONG)
    log.close()
    with path.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(b"\xff" * 4096 * 200)
    damaged = open_sqlite(path, origin=ORIGIN)

    with pytest.raises(BrokenEvidence, match="the file is damaged"):
        list(damaged.entries(0, 20))

    damaged.close()


def test_a_network_disk_without_a_shared_journal_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite answers with another mode where it can't keep a write-ahead journal, as for a database in memory."""
    connect = sqlite._connect
    monkeypatch.setattr(sqlite, "_connect", lambda _: connect(Path(":memory:")))

    with pytest.raises(CannotWrite, match="a disk of this machine"):
        open_sqlite(path, origin=ORIGIN, create=True)


def test_commits_are_flushed_and_what_is_deleted_is_overwritten(log: RecordedLog) -> None:
    settings = {
        name: log._database._writer.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")
    }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}  # 2 is FULL


def test_a_claim_folds_what_a_failed_flush_may_have_left_in_the_journal(log: RecordedLog, path: Path) -> None:
    journal = path.with_name("log.sqlite-wal")
    log.append(LONG)
    log.release()
    assert journal.stat().st_size > 1_000_000

    log.claim()

    assert journal.stat().st_size < 20_000  # no more than the claim's own page or two


def test_a_claim_that_fails_half_way_gives_the_lock_back(log: RecordedLog, path: Path) -> None:
    log.release()
    connection = log._database._writer
    log._database._writer = FailingConnection(connection, "PRAGMA wal_checkpoint", sqlite3.SQLITE_IOERR)
    with pytest.raises(CannotWrite):
        log.claim()
    log._database._writer = connection

    with closing(open_sqlite(path, origin=ORIGIN)) as second:
        second.claim()
        assert second.append(batch(0, 1)) == 0


WRITER = """
import sys
from pathlib import Path
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.group_commit import GroupCommit
from habeas.stores.sequencers.rows import Submission
from habeas.stores.sequencers.store import open_sequencer

log = open_sequencer(Path(sys.argv[1]), origin="log.example/2026")
log.claim()
print("claimed", flush=True)
commits = GroupCommit(log)
number = log.size()
while True:
    entries = [b"%d %s" % (number + more, b"x" * 500) for more in range(20)]
    waiting = [commits.append(Submission(entry=entry, leaf=leaf_hash(entry))) for entry in entries]
    print(*(pending.result() for pending in waiting), flush=True)
    number += 20
"""


def writer(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)


def test_a_writer_that_is_killed_loses_nothing_acknowledged_and_its_lock(path: Path) -> None:
    open_sqlite(path, origin=ORIGIN, create=True).close()
    acknowledged = 0
    for wait_s in (0.0, 0.02, 0.05):
        process = writer(path)
        assert process.stdout is not None
        assert process.stdout.readline() == "claimed\n"
        time.sleep(wait_s)
        process.send_signal(signal.SIGKILL)
        told = [int(index) for line in process.stdout.read().splitlines() if len(line.split()) == 20 for index in line.split()]
        process.wait()
        process.stdout.close()
        acknowledged = max([acknowledged, *(index + 1 for index in told)])

    with closing(open_sqlite(path, origin=ORIGIN)) as log:
        log.claim()
        entries = list(log.entries(0, log.size()))
        assert len(entries) >= acknowledged > 0
        assert [int(entry.split()[0]) for entry in entries] == list(range(len(entries)))
        assert list(log.leaves(0, len(entries))) == [leaf_hash(entry) for entry in entries]


def test_a_writer_in_another_process_keeps_this_one_from_writing(path: Path) -> None:
    with closing(open_sqlite(path, origin=ORIGIN, create=True)) as log:
        process = writer(path)
        assert process.stdout is not None
        assert process.stdout.readline() == "claimed\n"

        with pytest.raises(Busy, match="stop that one first, or only read"):
            log.claim()
        assert log.size() >= 0

        process.kill()
        process.wait()
        process.stdout.close()
        log.claim()


def test_a_backup_of_the_file_is_a_log_of_its_own(log: RecordedLog, path: Path, tmp_path: Path) -> None:
    log.append([submission(b"x", sealed("person"))])
    log.close()
    shutil.copy(path, tmp_path / "restored.sqlite")

    with closing(open_sqlite(tmp_path / "restored.sqlite", origin=ORIGIN)) as restored:
        restored.claim()
        assert restored.append(batch(0, 1)) == 1
