"""What a sequencer promises, whichever database keeps it, and how one is opened.

A sequencer gives entries their indices, durably and in order. One process at a time may write (`claim`); any number may read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from habeas.stores.sequencers.rows import SignedHead, StoredGroup, Submission


class Cursor(Protocol):
    """A cursor of the database's own driver: `sqlite3`, `psycopg`."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any:
        """Run one statement."""

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Any:
        """Run one statement for each row."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> Any:
        """All rows that are left."""


class Sequencer(Protocol):
    """The numbered entries of one log. Every method may be called from any thread.

    Everything raises `Unavailable` where the database can't be reached and `BrokenEvidence` where it is damaged; everything that
    writes raises `Busy` where another process has taken the log over (or nobody claimed it) and `CannotWrite` where there is no space
    or no permission. What was acknowledged before stays; the message says whether what failed may be recorded all the same.
    """

    @property
    def origin(self) -> str:
        """The log's name, as its checkpoints give it."""

    def claim(self) -> None:
        """Become the one writer of this log, until `release` or the end of the process; once more changes nothing.

        Raises:
            Busy: another process is the writer.
        """

    def release(self) -> None:
        """Let another process become the writer."""

    def close(self) -> None:
        """Release, and let go of the database."""

    def append(self, batch: Sequence[Submission]) -> int:
        """Record the batch in this order; the index of its first entry. Durable when it returns: one transaction, one flush to disk.

        An empty batch records nothing and gives the index that comes next.
        """

    def sequence(self, cursor: Cursor, batch: Sequence[Submission]) -> int:
        """Do what `append` does inside a transaction of the caller's own, so that other rows and their entries are recorded together.

        `cursor` belongs to a connection to the same database; on SQLite the transaction began with `BEGIN IMMEDIATE`. Nothing is
        durable, and no index is given away, until the caller commits; a rollback leaves no gap. On PostgreSQL the log stays locked
        for others until then: do it last. Errors are the driver's own, apart from `Busy`.
        """

    def restore(self, first: int, batch: Sequence[Submission]) -> None:
        """Put entries back at exactly these indices, after an old backup; those that are still there must be the same.

        Raises:
            Inconsistent: there would be a gap, or another entry has one of these indices.
        """

    def size(self) -> int:
        """How many entries are recorded."""

    def entries(self, start: int, stop: int) -> Iterator[bytes]:
        """The entries of these indices, `stop` not included, a few at a time.

        Raises:
            NotFound: `stop` is beyond what is recorded.
        """

    def leaves(self, start: int, stop: int) -> Iterator[bytes]:
        """Their leaf hashes."""

    def index_of(self, leaf: bytes, *, since: int = 0) -> int | None:
        """The first index, from `since` on, of an entry with this leaf hash; None: there is none.

        This reads every entry from `since` on (there is no index by hash: keeping one would cost more than the entries do). It
        is meant for whoever was told that an entry may or may not be recorded: they know where to begin.
        """

    def record_head(self, head: SignedHead, *, after: int | None) -> None:
        """Keep a signed head, if the last one kept is of size `after` (None: there is none yet); the newest thousand are kept.

        The same tree again is no error, and keeps the newer note: whoever doesn't know whether it was kept may simply repeat it.

        Raises:
            Inconsistent: another root was signed for this size, or the head is smaller than the last, or larger than the log.
            Busy: the last one is another than `after`.
        """

    def head(self) -> SignedHead | None:
        """The last signed head; None before the first."""

    def heads(self, limit: int) -> tuple[SignedHead, ...]:
        """The last `limit` signed heads, the newest first."""

    def groups(self, index: int) -> tuple[StoredGroup, ...]:
        """The sealed groups of an entry, by name; empty where it has none."""

    def group(self, index: int, name: str) -> StoredGroup:
        """One of them.

        Raises:
            NotFound: the entry has no such group.
        """

    def groups_under(self, handle: str) -> Iterator[StoredGroup]:
        """Every group, not erased, whose fields the key of this handle seals; groups may be forgotten or replaced meanwhile."""

    def replace_group(self, stored: StoredGroup) -> None:
        """Keep this instead of what is kept for its index and name, which is overwritten.

        Raises:
            NotFound: the entry has no such group.
            Gone: it was erased; nothing brings it back.
            Busy: it is replaced, but a reader keeps a journal from being emptied in which the old bytes are: call again.
        """

    def forget_groups(self, places: Sequence[tuple[int, str]]) -> None:
        """Delete sealed fields, wrapped key and handle of groups for good; only that they were erased is left. Twice is no error.

        Each place is the index of an entry and the name of a group of it. All are forgotten in one transaction, or none.

        Raises:
            NotFound: an entry has no such group.
            Busy: they are forgotten, but a reader keeps a journal from being emptied in which their bytes still are: call again.
        """

    def deeds(self, since: int) -> Iterator[tuple[int, bytes]]:
        """Index and entry of every deed with this index or a later one."""


def open_sequencer(address: str | Path, *, origin: str, create: bool = False) -> Sequencer:
    """Open the log kept in an SQLite file (a path) or in PostgreSQL (`postgresql://...`); readers need no more than this.

    `create` makes the log where there is none; one that is there is simply opened.

    Raises:
        NotFound: there is no such log.
        BadInput: another log is kept there, or one in a format that this release doesn't know.
        Unavailable: the database can't be reached, or its driver isn't installed.
    """
    if isinstance(address, str) and address.startswith(("postgresql://", "postgres://")):
        from habeas.stores.sequencers.postgres import open_postgres

        return open_postgres(address, origin=origin, create=create)
    from habeas.stores.sequencers.sqlite import open_sqlite

    return open_sqlite(Path(address), origin=origin, create=create)
