"""The persons' keys, in a file of their own: destroy a person's key, and nothing that it sealed can be read again.

The file holds random handles and wrapped keys, and nobody's name: which key is whose is found by a keyed hash of how the authority calls
the person. Keep it out of backups that live long; an erased key that lies in a backup is not erased.

SQLite copies rows between pages when they move, and such copies outlive a deletion. So rows never move: they are added at the end, never
deleted, and a destroyed key is overwritten in place.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, RLock

from habeas.errors import BadInput, Busy, Gone, NotAllowed, NotFound, Unavailable
from habeas.ledger.fields.sealing import KEY_BYTES, NONCE_BYTES, WRAPPED_BYTES, unwrap, wrap
from habeas.stores.forking import OneProcess
from habeas.stores.vault.keys_database import TABLES, connect, explained, make_file

FORMAT = 1
HANDLE_BYTES = 16
MOST_REFERENCE_BYTES = 1_000

_TAG_BYTES = 32

_DESTROYED = bytes(WRAPPED_BYTES)
_FIND = "SELECT handle, wrapped FROM persons WHERE tag = ?"
_ADD = "INSERT INTO persons (handle, tag, wrapped) VALUES (?, ?, ?)"
_DESTROY = "UPDATE persons SET wrapped = ?, tag = ? WHERE handle = ? AND wrapped <> ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKey:
    """The key that wraps the keys of a person's records. `handle`: its random name, 32 hexadecimal digits, which may become public."""

    handle: str
    key: bytes = field(repr=False)


class Persons:
    """The keys of all persons in one log's records; may be used from any thread, by one process.

    `master` (32 bytes, from a key file or a secret) locks the file; `random` draws handles, keys and nonces.
    """

    def __init__(self, path: Path, *, master: bytes, random: Callable[[int], bytes] = os.urandom) -> None:
        """Open the file that `create_persons` made.

        Raises:
            NotFound: there is no such file: it is never made in passing, since without the old one all records are unreadable.
            BadInput: the file has another format.
            NotAllowed: another master key locked it.
        """
        if not path.is_file():
            raise NotFound(f"expected the persons' keys at {path}; there is no such file: restore it, or make one for a new log")
        self._path, self._random = path, random
        self._by, self._tagging = _derived(master, b"wrap"), _derived(master, b"tag")
        self._database = connect(path)
        self._turn, self._waiting_turn, self._waiting = RLock(), Lock(), set[bytes]()
        self._here = OneProcess()
        try:
            self._check(_derived(master, b"check"))
        except BaseException:
            self._database.close()
            raise

    def keys_for(self, persons: Iterable[str]) -> dict[str, PersonKey]:
        """The keys of these persons; who has none yet gets one, which is on the disk before it is returned.

        `persons`: how the authority's own systems call them. Keys that several threads want at once are written together.

        Raises:
            BadInput: a person's reference is empty or longer than `MOST_REFERENCE_BYTES`.
            CannotWrite: a new key can't be kept.
        """
        tags = {person: self._tag(person) for person in persons}
        with self._waiting_turn:
            self._waiting.update(tags.values())
        with self._turn:
            with self._waiting_turn:
                wanted, self._waiting = self._waiting | set(tags.values()), set()
            missing = [tag for tag in sorted(wanted) if self._find(tag) is None]
            if missing:
                self._add(missing)
            return {person: self._key(tag) for person, tag in tags.items()}

    def find(self, person: str) -> str | None:
        """The handle of a person's key; None: there is none, or it was destroyed."""
        with self._turn:
            found = self._find(self._tag(person))
        return None if found is None else found[0].hex()

    def key(self, handle: str) -> PersonKey:
        """The key of that handle.

        Raises:
            Gone: it was destroyed.
            Unavailable: this file never had it: an older copy of the file may have been restored.
        """
        with self._turn, explained(self._path):
            row = self._database.execute("SELECT wrapped FROM persons WHERE handle = ?", (bytes.fromhex(handle),)).fetchone()
        if row is None:
            raise Unavailable(
                f"expected a person's key in {self._path}; it isn't there, and was never destroyed: is this an older copy of the file?"
            )
        if row[0] == _DESTROYED:
            raise Gone("expected a person's key; it was destroyed with everything that it sealed, as the log says")
        return self._opened(bytes.fromhex(handle), row[0])

    def handles(self) -> Iterator[str]:
        """The handles of all keys that are left."""
        with self._turn, explained(self._path):
            rows = self._database.execute("SELECT handle FROM persons WHERE wrapped <> ? ORDER BY number", (_DESTROYED,)).fetchall()
        return (row[0].hex() for row in rows)

    def destroy(self, handle: str) -> bool:
        """Destroy a key for good: overwritten in the file, and the journal emptied. False: there was none any more.

        Raises:
            Busy: it is destroyed in the file, but another program keeps the journal from being emptied; destroy again when it is done.
            CannotWrite: it couldn't be overwritten.
        """
        return self.destroy_all([handle]) == 1

    def destroy_all(self, handles: Iterable[str]) -> int:
        """The same for many at once, all of them or none; how many there still were."""
        raw = [bytes.fromhex(handle) for handle in handles]
        # as long as before, so that every row stays where it is
        rows = [(_DESTROYED, self._random(_TAG_BYTES), handle, _DESTROYED) for handle in raw]
        with self._turn:
            with self._writing(), closing(self._database.cursor()) as cursor:
                cursor.executemany(_DESTROY, rows)
                count = max(cursor.rowcount, 0)
            self._empty_journal()
        return count

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._database.close()

    def _check(self, expected: bytes) -> None:
        with explained(self._path):
            row = self._database.execute("SELECT format, master_check FROM settings").fetchone()
        if row is None or row[0] != FORMAT:
            raise BadInput(f"expected persons' keys in format {FORMAT} at {self._path}; got another: use the habeas that wrote it")
        if not hmac.compare_digest(row[1], expected):
            raise NotAllowed(f"expected the master key that locks {self._path}; this is another: name the key file made with it")

    def _tag(self, person: str) -> bytes:
        raw = one_spelling(person).encode("utf-8", errors="surrogatepass")
        if not 0 < len(raw) <= MOST_REFERENCE_BYTES:
            raise BadInput(f"expected a person's reference of 1 to {MOST_REFERENCE_BYTES} bytes; got {len(raw)}: name the person as you do")
        return hmac.digest(self._tagging, raw, "sha256")

    def _find(self, tag: bytes) -> tuple[bytes, bytes] | None:
        with explained(self._path):
            found: tuple[bytes, bytes] | None = self._database.execute(_FIND, (tag,)).fetchone()
        return found

    def _key(self, tag: bytes) -> PersonKey:
        found = self._find(tag)
        if found is None:
            raise Unavailable(f"expected a key that was just written to {self._path}; it isn't there: another program changed the file")
        return self._opened(*found)

    def _opened(self, handle: bytes, wrapped: bytes) -> PersonKey:
        return PersonKey(handle=handle.hex(), key=unwrap(wrapped, by=self._by, context=handle))

    def _add(self, tags: Iterable[bytes]) -> None:
        rows = [(self._random(HANDLE_BYTES), tag) for tag in tags]
        with self._writing():
            self._database.executemany(_ADD, [(handle, tag, self._fresh(handle)) for handle, tag in rows])

    def _fresh(self, handle: bytes) -> bytes:
        return wrap(self._random(KEY_BYTES), by=self._by, nonce=self._random(NONCE_BYTES), context=handle)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, on the disk when it is left."""
        self._here.expect()
        with explained(self._path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def _empty_journal(self) -> None:
        with explained(self._path):
            busy = self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise Busy(f"expected to empty the journal of {self._path}; another program reads it: end it, then erase again")


def one_spelling(person: str) -> str:
    """A person's reference without white space around it, in Unicode's composed form (NFC).

    Systems and keyboards spell the same letters differently; under two keys, erasing a person would leave half of the person.
    """
    return unicodedata.normalize("NFC", person.strip())


def create_persons(path: Path, *, master: bytes) -> None:
    """Make an empty file of persons' keys, readable by its owner alone.

    Raises:
        CannotWrite: there is a file already, or none can be made there.
        BadInput: the master key isn't 32 bytes long.
    """
    check = _derived(master, b"check")
    make_file(path)
    with explained(path), closing(connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL").fetchone()
        database.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            database.execute(table)
        database.execute("INSERT INTO settings (one, format, master_check) VALUES (1, ?, ?)", (FORMAT, check))
        database.execute("COMMIT")


def _derived(master: bytes, purpose: bytes) -> bytes:
    """A key for one purpose; a single step of HKDF-Expand (RFC 5869) with SHA-256, the master being uniformly random already."""
    if len(master) != KEY_BYTES:
        raise BadInput(f"expected a master key of {KEY_BYTES} bytes; got {len(master)}: name the key file made for the persons' keys")
    return hmac.digest(master, b"habeas/persons/v1/" + purpose + b"\x01", "sha256")
