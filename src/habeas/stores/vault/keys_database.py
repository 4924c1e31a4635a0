"""The SQLite file under the persons' keys: its tables, its settings, and its errors in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from habeas.errors import BrokenEvidence, Busy, CannotWrite, HabeasError, Unavailable
from habeas.stores.private_files import make_private

PATIENCE_S = 10.0
"""How long to wait for another program that writes."""

# lengths are fixed, so that overwriting a key never moves a row
TABLES = (
    """CREATE TABLE settings (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        format INTEGER NOT NULL,
        master_check BLOB NOT NULL CHECK (length(master_check) = 32)
    ) STRICT""",
    """CREATE TABLE persons (
        number INTEGER PRIMARY KEY,
        handle BLOB NOT NULL UNIQUE CHECK (length(handle) = 16),
        tag BLOB NOT NULL UNIQUE CHECK (length(tag) = 32),
        wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)
    ) STRICT""",
    """CREATE TRIGGER persons_stay BEFORE DELETE ON persons
        BEGIN SELECT RAISE(ABORT, 'a destroyed key is overwritten, never deleted'); END""",
    """CREATE TRIGGER destroyed_stays BEFORE UPDATE ON persons
        WHEN NEW.wrapped <> zeroblob(60) OR NEW.handle <> OLD.handle OR NEW.number <> OLD.number
        BEGIN SELECT RAISE(ABORT, 'a key can only be destroyed'); END""",
)

_SETTINGS = ("synchronous = FULL", "fullfsync = ON", "secure_delete = ON")


def connect(path: Path) -> sqlite3.Connection:
    """A connection whose commits are on the disk when they return, and which overwrites what it deletes."""
    with explained(path):
        connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    return connection


def make_file(path: Path) -> None:
    """An empty file that only its owner may read; SQLite gives its journals the same permissions.

    Raises:
        CannotWrite: there is one already, or none can be made.
    """
    if not make_private(path):
        raise CannotWrite(f"expected no file at {path}; there is one, which is left as it was: choose another name")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say in our words what SQLite refuses; its own stay in the chain of causes."""
    try:
        yield
    except sqlite3.Error as problem:
        raise _told(problem, path) from problem


def _told(problem: sqlite3.Error, path: Path) -> HabeasError:
    code = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    kind, came = _TOLD.get(code, (Unavailable, "SQLite refused"))
    return kind(f"expected to use the persons' keys at {path}; {came}: nothing was changed; mend that, then do it again")


_TOLD: dict[int, tuple[type[HabeasError], str]] = {
    sqlite3.SQLITE_FULL: (CannotWrite, "the disk is full"),
    sqlite3.SQLITE_READONLY: (CannotWrite, "the file can only be read"),
    sqlite3.SQLITE_PERM: (CannotWrite, "the file can only be read"),
    sqlite3.SQLITE_IOERR: (CannotWrite, "the disk failed"),
    sqlite3.SQLITE_BUSY: (Busy, "another program holds the file"),
    sqlite3.SQLITE_LOCKED: (Busy, "another program holds the file"),
    sqlite3.SQLITE_CORRUPT: (BrokenEvidence, "the file is damaged: restore its newest copy"),
    sqlite3.SQLITE_NOTADB: (BrokenEvidence, "this is no SQLite file"),
    sqlite3.SQLITE_CONSTRAINT: (BrokenEvidence, "what the file holds contradicts it"),
}
