"""What a witness remembers: which keys speak for which log, and the last checkpoint it cosigned of each.

This file is the witness's whole worth. Whoever puts back an old copy of it, or begins with an empty one under the same keys, can make
the witness cosign a second history; that is why an empty one is made only when asked for by name.

One transaction spans reading what is recorded, deciding, and writing what is cosigned; it is on disk before the cosignature leaves.
SQLite takes one writer at a time, across processes too, so two requests can't decide on the same state.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from habeas.errors import Busy, CannotWrite, Malformed, NotFound
from habeas.ledger.notes.keys import Signer, VerifierKey, parse_vkey
from habeas.ledger.trust import witness
from habeas.ledger.trust.witness import Answer, Recorded, origin_hash
from habeas.stores.private_files import make_private

PATIENCE_S = 5.0
"""How long to wait for another process that is deciding; deciding takes milliseconds."""
FORM = 1
_APPLICATION = 0x68_77_69_74  # "hwit", in the header of the file (SQLite's application_id)
_SCHEMA = (
    """
CREATE TABLE trusted (
    origin TEXT NOT NULL,
    vkey   TEXT NOT NULL,
    PRIMARY KEY (origin, vkey)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE cosigned (
    origin      TEXT PRIMARY KEY,
    origin_hash TEXT NOT NULL UNIQUE CHECK (length(origin_hash) = 64),
    size        INTEGER NOT NULL CHECK (size >= 0),
    root        BLOB NOT NULL CHECK (length(root) = 32),
    checkpoint  BLOB NOT NULL
) STRICT
""",
    """
CREATE TRIGGER never_back BEFORE UPDATE ON cosigned
WHEN NEW.origin <> OLD.origin OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root <> OLD.root)
BEGIN SELECT RAISE(ABORT, 'a witness never cosigns a smaller or a different tree'); END
""",
    """
CREATE TRIGGER never_forgotten BEFORE DELETE ON cosigned
BEGIN SELECT RAISE(ABORT, 'a witness never forgets what it cosigned'); END
""",
)
_REMEMBER = """
INSERT INTO cosigned (origin, origin_hash, size, root, checkpoint) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint
"""
_ELSEWHERE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_FOREIGN = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


class WitnessState:
    """The memory of a witness in the SQLite file `path`; may be used from several threads, and by several processes at once.

    Raises:
        NotFound: there is no such file, and `create` doesn't ask for one.
        Malformed: the file is something else.
        CannotWrite: it can't be made, or written to.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_file():
            text = f"expected the memory of a witness at {path}; there is none. If this witness has cosigned before, bring the file back"
            raise NotFound(f"{text} as it was last: never begin anew under the same keys. If it is new, create the file")
        self._path, self._lock = path, threading.Lock()
        with self._explained():
            self._connection = _open(path, create=create)

    def close(self) -> None:
        """Let go of the file; twice does no more than once."""
        with self._lock:
            self._connection.close()

    def add_log(self, key: VerifierKey, *, origin: str | None = None) -> None:
        """Trust `key` to sign for the log `origin`, by default the log of the key's own name; again changes nothing.

        A log may have several keys, such as an old and a new one while it changes them.
        """
        with self._transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO trusted VALUES (?, ?)", (key.name if origin is None else origin, str(key)))

    def remove_key(self, key: VerifierKey, *, origin: str | None = None) -> None:
        """No longer trust `key` for that log; what was cosigned of the log stays known, whoever signs for it next.

        Raises:
            NotFound: it wasn't trusted.
        """
        named = key.name if origin is None else origin
        with self._transaction() as connection:
            gone = connection.execute("DELETE FROM trusted WHERE origin = ? AND vkey = ?", (named, str(key))).rowcount
        if gone == 0:
            raise NotFound(f"expected a key that is trusted for the log {named}; this one isn't: see which are")

    def origins(self) -> tuple[str, ...]:
        """The logs that are known, by name."""
        return tuple(origin for (origin,) in self._read("SELECT DISTINCT origin FROM trusted ORDER BY origin"))

    def keys_of(self, origin: str) -> tuple[VerifierKey, ...]:
        """The keys that may sign for that log; none: the witness doesn't know it."""
        return _keys_of(self._read("SELECT vkey FROM trusted WHERE origin = ? ORDER BY vkey", origin))

    def recorded(self, origin: str) -> Recorded | None:
        """The last checkpoint cosigned of that log; None: never one."""
        return _recorded(self._read("SELECT size, root, checkpoint FROM cosigned WHERE origin = ?", origin))

    def latest(self, hashed_origin: str) -> bytes | None:
        """The last checkpoint cosigned of the log whose name has that SHA-256 (hexadecimal), as published; None: never one."""
        rows = self._read("SELECT checkpoint FROM cosigned WHERE origin_hash = ?", hashed_origin)
        return rows[0][0] if rows else None

    def answer(self, request_body: bytes, *, signers: Sequence[Signer], at: int) -> Answer:
        """Answer one add-checkpoint request at `at` (Unix seconds): what is cosigned is on disk when this returns.

        Raises:
            CannotWrite: the disk is full or can't be written to; there is no cosignature then.
            Busy: other processes decided for longer than `PATIENCE_S`.
        """
        with self._transaction() as connection:
            # (1) nobody else decides meanwhile
            def keys_of(origin: str) -> tuple[VerifierKey, ...]:
                return _keys_of(connection.execute("SELECT vkey FROM trusted WHERE origin = ?", (origin,)).fetchall())

            def recorded(origin: str) -> Recorded | None:
                rows = connection.execute("SELECT size, root, checkpoint FROM cosigned WHERE origin = ?", (origin,))
                return _recorded(rows.fetchall())

            # (2) the rule
            answered = witness.answer(request_body, keys_of=keys_of, recorded=recorded, signers=signers, at=at)
            # (3) what it lets pass
            if answered.record is not None:
                connection.execute(_REMEMBER, _row(answered.record))
        return answered

    def _read(self, query: str, *values: str) -> list[Any]:
        with self._lock, self._explained():
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """What is done inside is on disk afterwards, all of it; or none of it is, and an error says so."""
        with self._lock, self._explained():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            kind = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the part that says where exactly
            if kind in _ELSEWHERE:
                raise Busy(f"expected to use {self._path}; another process has held it for {PATIENCE_S:.0f} s: try again") from error
            if kind in _DISK:
                raise CannotWrite(f"expected to write {self._path}; the database said: {error}. Nothing was cosigned") from error
            if kind in _FOREIGN:
                raise Malformed(f"expected the memory of a witness in {self._path}; it is something else, or broken: {error}") from error
            raise


def _open(path: Path, *, create: bool) -> sqlite3.Connection:
    if create:
        make_private(path)
    where = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(where, uri=True, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
    try:
        if create:
            _create(connection, path)
        _refuse_other_files(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")  # with FULL: one flush a commit, and a commit that returned survives a power cut
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS flushes no further than the drive's own memory otherwise
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
        raise CannotWrite(f"expected to begin a new memory of a witness at {path}; there is a file already: open it, or choose another")
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORM}")
    connection.execute("COMMIT")


def _refuse_other_files(connection: sqlite3.Connection, path: Path) -> None:
    application, form = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if application != _APPLICATION:
        raise Malformed(f"expected the memory of a witness in {path}; it is another program's file: give the right one")
    if form != FORM:
        raise Malformed(f"expected the memory of a witness of form {FORM} in {path}; it is of form {form}: use the release that made it")


def _keys_of(rows: Sequence[tuple[str]]) -> tuple[VerifierKey, ...]:
    return tuple(parse_vkey(vkey) for (vkey,) in rows)


def _recorded(rows: Sequence[tuple[int, bytes, bytes]]) -> Recorded | None:
    return Recorded(size=rows[0][0], root=rows[0][1], checkpoint=rows[0][2]) if rows else None


def _row(record: Recorded) -> tuple[str, str, int, bytes, bytes]:
    origin = record.checkpoint.split(b"\n", maxsplit=1)[0].decode("utf-8")
    return (origin, origin_hash(origin), record.size, record.root, record.checkpoint)
