"""A log in one SQLite file: the default, for a log that one machine writes.

Beside `NAME` lie `NAME-wal` and `NAME-shm`, SQLite's own, and `NAME.writer`, whose lock says who may write. The file needs a disk of
this machine: SQLite's journal can't be shared over a network file system.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock

from habeas.errors import BrokenEvidence, Busy, CannotWrite, HabeasError, NotFound, Unavailable
from habeas.stores.private_files import make_private
from habeas.stores.sequencers.dialects import INSERT_ENTRY, NOTHING_KEPT, PERHAPS_KEPT, Dialect, Rule
from habeas.stores.sequencers.recorded import RecordedLog
from habeas.stores.sequencers.schema import check_tables, make_tables
from habeas.stores.sequencers.store import Cursor

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
PATIENCE_S = 10.0
"""How long to wait for another connection that writes, before it counts as busy."""
JOURNAL_PAGES = 4000
"""The journal is folded into the file when it has 16 MiB: rarely enough not to slow writers, often enough to stay small."""

_HAS_TABLES = "SELECT count(*) FROM sqlite_master WHERE name = 'ledger_state'"


def open_sqlite(path: Path, *, origin: str, create: bool = False) -> RecordedLog:
    """Open the log in this file, or make it; `open_sequencer` says what can go wrong."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise Unavailable(f"expected SQLite {wanted} or newer; this Python has {sqlite3.sqlite_version}: use a newer Python, or PostgreSQL")
    if create:
        make_private(path)  # it will hold sealed personal fields
    elif not path.is_file():
        raise NotFound(f"expected the file of a log at {path}; there is none: name the right file, or make the log first")
    database = SqliteDatabase(path)
    try:
        database.prepare(origin=origin, create=create)
    except BaseException:
        database.close()
        raise
    return RecordedLog(database, origin=origin)


class SqliteDatabase:
    """Two connections, one that writes and one that reads, and a third on the lock file while this process is the writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock: sqlite3.Connection | None = None
        self._writing, self._reading = RLock(), RLock()
        with self._explained(NOTHING_KEPT):
            self._writer, self._reader = _connect(path), _connect(path)

    @property
    def dialect(self) -> Dialect:
        """SQLite's words."""
        return SQLITE

    def prepare(self, *, origin: str, create: bool) -> None:
        """See that the file holds this log, or make it."""
        with self._explained(NOTHING_KEPT):
            has_tables = self._reader.execute(_HAS_TABLES).fetchone()[0]
        if not has_tables and not create:
            raise NotFound(f"expected a log in {self._path}; there is none in this file: name the right file, or make the log first")
        if not has_tables:
            self._use_journal()
            with self.writing() as cursor:
                if not cursor.execute(_HAS_TABLES).fetchone()[0]:
                    make_tables(cursor, SQLITE, origin=origin)
        with self.reading() as cursor:
            check_tables(cursor, SQLITE, origin=origin)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """One transaction, flushed to the disk when left."""
        with self._writing, self._explained(PERHAPS_KEPT), closing(self._writer.cursor()) as cursor:
            self._undo()  # what a disk that failed didn't let be undone then
            try:
                with self._explained(NOTHING_KEPT):
                    cursor.execute("BEGIN IMMEDIATE")
                    yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                self._undo()
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Cursor]:
        """Statements that only read; no snapshot is held between them."""
        with self._reading, self._explained("What is recorded stays"), closing(self._reader.cursor()) as cursor:
            yield cursor

    def add_entries(self, cursor: Cursor, rows: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Insert them, with one statement prepared for all."""
        cursor.executemany(SQLITE.says(INSERT_ENTRY), rows)

    def hold(self) -> None:
        """Lock the lock file; the lock ends with the process, however it ends."""
        with self._writing, self._explained(NOTHING_KEPT):
            if self._lock is not None:
                return
            locked = self._path.with_name(self._path.name + ".writer")
            make_private(locked)
            lock = sqlite3.connect(locked, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                lock.close()
                if _code(error) == sqlite3.SQLITE_BUSY:
                    raise Busy(
                        f"expected to become the one writer of {self._path}; another process is it: stop that one first, or only read"
                    ) from None
                raise
            self._lock = lock

    def settle(self) -> None:
        """Fold the journal into the file, and flush both.

        After a flush that failed, the journal may hold in memory what never reached the disk, and later entries would lean on it.
        """
        with self._writing:
            self._undo()
        self.scrub()

    def let_go(self) -> None:
        """Unlock the lock file."""
        with self._writing:
            if self._lock is not None:
                self._lock.close()
                self._lock = None

    def scrub(self) -> None:
        """Fold the journal into the file and empty it. What is deleted in the file itself is overwritten with zeros (`secure_delete`)."""
        with self._writing, self._explained(PERHAPS_KEPT):
            kept_by_reader, *_ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if kept_by_reader:
            raise Busy(
                f"expected to empty the journal of {self._path}; another program has been reading it for {PATIENCE_S:.0f} seconds."
                " What was to be changed or forgotten is, but old bytes are still in the journal: end that program and do this again"
            )

    def close(self) -> None:
        """Close every connection; SQLite folds the journal in with the last one."""
        self.let_go()
        with self._writing, self._reading, suppress(sqlite3.Error):
            self._reader.close()
            self._writer.close()

    def _use_journal(self) -> None:
        with self._writing, self._explained(NOTHING_KEPT):
            mode = self._writer.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            message = (
                f"expected a disk of this machine for {self._path}, where SQLite can keep a write-ahead journal; it can't: choose another"
            )
            raise CannotWrite(message)

    def _undo(self) -> None:
        if self._writer.in_transaction:  # some errors end the transaction by themselves
            with suppress(sqlite3.Error):
                self._writer.execute("ROLLBACK")

    @contextmanager
    def _explained(self, aftermath: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _told(error, self._path, aftermath) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
    try:
        # FULL: a commit is on the disk when it returns; secure_delete: what is deleted is overwritten
        for setting in ("synchronous = FULL", "fullfsync = ON", "secure_delete = ON", "foreign_keys = ON", "cache_size = -16000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {JOURNAL_PAGES}")
    except BaseException:
        connection.close()
        raise
    return connection


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _told(error: sqlite3.Error, path: Path, aftermath: str) -> HabeasError:
    """What went wrong, for whoever runs the log. SQLite's own words stay in the chain of causes."""
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    kind, expected, came, todo = _TOLD.get(_code(error), _TOLD[sqlite3.SQLITE_ERROR])
    return kind(f"expected {expected} ({path}); {came} ({name}). {aftermath}: {todo}")


_FULL = (CannotWrite, "room for the log", "the disk is full", "free some space, then go on")
_READ_ONLY = (CannotWrite, "to write to the log", "it can only be read", "see the permissions and the disk")
_HELD = (Busy, f"the log to be free within {PATIENCE_S:.0f} seconds", "another program holds it", "try again")
_DAMAGED = (BrokenEvidence, "a whole log", "the file is damaged, or no SQLite file", "restore a backup of it")
_CONTRADICTED = (BrokenEvidence, "the log to agree with itself", "the database refused what contradicts it", "see `habeas ledger fsck`")

_TOLD: dict[int, tuple[type[HabeasError], str, str, str]] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CONSTRAINT: _CONTRADICTED,
    sqlite3.SQLITE_IOERR: (CannotWrite, "the disk of the log to work", "it failed", "see the disk, then go on"),
    sqlite3.SQLITE_CANTOPEN: (Unavailable, "to open the log", "the system refused", "see the permissions and the disk"),
    sqlite3.SQLITE_ERROR: (Unavailable, "the log to be open for use", "SQLite refused", "open it again"),
}
"""What SQLite says -> the family of the error, what was expected, what came, what to do next."""


def _rule(rule: Rule, condition: str) -> str:
    return (
        f"CREATE TRIGGER ledger_{rule.name} BEFORE {rule.event} ON {rule.table} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
    )


SQLITE = Dialect(mark="?", at="", lock="", integer="INTEGER", octets="BLOB", text="TEXT", strict=" STRICT", rule=_rule)
