"""A log kept in a database: every statement, and the order in which they make indices that are never given twice.

An index comes from the database, inside the transaction that records its entry, and is never remembered outside. So it doesn't
matter whether a commit that reported a failure was kept after all: the next one reads where the log ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from habeas.errors import BrokenEvidence, Busy, Inconsistent, NotFound
from habeas.stores.forking import OneProcess
from habeas.stores.sequencers.dialects import Database
from habeas.stores.sequencers.group_rows import GroupRows, no_group
from habeas.stores.sequencers.rows import SignedHead, State, StoredGroup, Submission
from habeas.stores.sequencers.store import Cursor

ENTRIES_AT_ONCE = 256
"""At most 16 MiB; between two such reads nothing is held open, so that journals can be emptied."""
LEAVES_AT_ONCE = 8192
HEADS_KEPT = 1000
"""A note takes 4 kB, and a busy log signs one a second: all of them would soon take more room than the entries."""
GROUPS_AT_ONCE = 256

_RAISE_EPOCH = "UPDATE {at}ledger_state SET epoch = epoch + 1"
_EPOCH = "SELECT epoch FROM {at}ledger_state"
_SIZE_IF_MINE = "SELECT size FROM {at}ledger_state WHERE epoch = ?{lock}"
_SIZE = "SELECT size FROM {at}ledger_state"
_GROW = "UPDATE {at}ledger_state SET size = ?"

_ADD_DEED = "INSERT INTO {at}ledger_deeds (idx) VALUES (?)"
_ENTRIES = "SELECT entry FROM {at}ledger_entries WHERE idx >= ? AND idx < ? ORDER BY idx"
_LEAVES = "SELECT leaf FROM {at}ledger_entries WHERE idx >= ? AND idx < ? ORDER BY idx"
_INDEX = "SELECT idx FROM {at}ledger_entries WHERE idx >= ? AND idx < ? AND leaf = ? ORDER BY idx LIMIT 1"
_DEEDS = """SELECT d.idx, e.entry FROM {at}ledger_deeds d JOIN {at}ledger_entries e ON e.idx = d.idx
    WHERE d.idx >= ? ORDER BY d.idx LIMIT ?"""

_HEADS = "SELECT size, root, note FROM {at}ledger_heads ORDER BY size DESC LIMIT ?"
_ADD_HEAD = "INSERT INTO {at}ledger_heads (size, root, note) VALUES (?, ?, ?)"
_DROP_OLD_HEADS = """DELETE FROM {at}ledger_heads WHERE size <
    (SELECT min(size) FROM (SELECT size FROM {at}ledger_heads ORDER BY size DESC LIMIT ?) AS kept)"""
_RENEW_NOTE = "UPDATE {at}ledger_heads SET note = ? WHERE size = ?"


class RecordedLog:
    """The sequencer of one log in a database; `habeas.stores.sequencers.store.Sequencer` says what each method promises."""

    def __init__(self, database: Database, *, origin: str) -> None:
        self._database = database
        self._says = database.dialect.says
        self._groups = GroupRows(database.dialect)
        self._origin = origin
        self._epoch: int | None = None
        self._acknowledged = 0
        """How many entries there are at least, since somebody was told so. Not where the next one goes: only the database says that."""
        self._here = OneProcess()

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._origin

    def claim(self) -> None:
        """Become the one writer: the lock keeps others out, the epoch shuts out a writer who lost the lock without noticing."""
        if self._epoch is not None and self._row(_EPOCH) == (self._epoch,):
            return
        self.release()
        self._database.hold()
        try:
            self._database.settle()
            with self._database.writing() as cursor:
                cursor.execute(self._says(_RAISE_EPOCH))
                cursor.execute(self._says(_EPOCH))
                epoch = int(cursor.fetchone()[0])
        except BaseException:
            self._database.let_go()
            raise
        self._epoch = epoch

    def release(self) -> None:
        """Let another process become the writer."""
        self._epoch = None
        self._database.let_go()

    def close(self) -> None:
        """Release, and let go of the database."""
        self.release()
        self._database.close()

    def append(self, batch: Sequence[Submission]) -> int:
        """Record the batch, durably; the index of its first entry."""
        with self._database.writing() as cursor:
            first = self.sequence(cursor, batch)
        self._acknowledged = max(self._acknowledged, first + len(batch))
        return first

    def sequence(self, cursor: Cursor, batch: Sequence[Submission]) -> int:
        """Record the batch inside the caller's transaction."""
        first = self._size_if_mine(cursor)
        if batch:
            self._add(cursor, batch, first)
        return first

    def restore(self, first: int, batch: Sequence[Submission]) -> None:
        """Put entries back at these indices."""
        with self._database.writing() as cursor:
            size = self._size_if_mine(cursor)
            if first > size:
                message = f"expected entries from {size} on, to leave no gap; they begin at {first}: bring back those before them first"
                raise Inconsistent(message)
            cursor.execute(self._says(_LEAVES), (first, min(size, first + len(batch))))
            for at, (kept,) in enumerate(cursor.fetchall()):
                if bytes(kept) != batch[at].leaf:
                    message = (
                        f"expected the entry {first + at} that is recorded; another one was to be put there: see which of them was signed"
                    )
                    raise Inconsistent(message)
            if missing := tuple(batch[size - first :]):
                self._add(cursor, missing, size)

    def size(self) -> int:
        """How many entries are recorded."""
        return int(self._row(_SIZE)[0])

    def entries(self, start: int, stop: int) -> Iterator[bytes]:
        """The entries of these indices."""
        self._expect_recorded(start, stop)
        return self._column(_ENTRIES, range(start, stop, ENTRIES_AT_ONCE), stop)

    def leaves(self, start: int, stop: int) -> Iterator[bytes]:
        """Their leaf hashes."""
        self._expect_recorded(start, stop)
        return self._column(_LEAVES, range(start, stop, LEAVES_AT_ONCE), stop)

    def index_of(self, leaf: bytes, *, since: int = 0) -> int | None:
        """The first index, from `since` on, with this leaf hash."""
        for start in range(since, self.size(), LEAVES_AT_ONCE):
            if found := self._rows(_INDEX, start, start + LEAVES_AT_ONCE, leaf):
                return int(found[0][0])
        return None

    def record_head(self, head: SignedHead, *, after: int | None) -> None:
        """Keep a signed head, if the last one kept is of size `after`."""
        with self._database.writing() as cursor:
            size = self._size_if_mine(cursor)
            cursor.execute(self._says(_HEADS), (1,))
            found = cursor.fetchall()
            last = _head(found[0]) if found else None
            _expect_follows(head, last, size)
            if last is not None and last.size == head.size:
                cursor.execute(self._says(_RENEW_NOTE), (head.note, head.size))
                return
            if (None if last is None else last.size) != after:
                raise Busy(
                    f"expected the last signed head to be of size {after}; it is {None if last is None else last.size}:"
                    " another publisher was here; read the head and publish again"
                )
            cursor.execute(self._says(_ADD_HEAD), (head.size, head.root, head.note))
            cursor.execute(self._says(_DROP_OLD_HEADS), (HEADS_KEPT,))

    def head(self) -> SignedHead | None:
        """The last signed head."""
        return next(iter(self.heads(1)), None)

    def heads(self, limit: int) -> tuple[SignedHead, ...]:
        """The last `limit` signed heads, the newest first."""
        return tuple(_head(row) for row in self._rows(_HEADS, limit))

    def groups(self, index: int) -> tuple[StoredGroup, ...]:
        """The sealed groups of an entry."""
        with self._database.reading() as cursor:
            return self._groups.of_entry(cursor, index)

    def group(self, index: int, name: str) -> StoredGroup:
        """One of them."""
        found = next((group for group in self.groups(index) if group.group == name), None)
        if found is None:
            raise no_group(index)
        return found

    def groups_under(self, handle: str) -> Iterator[StoredGroup]:
        """Every group sealed by the key of this handle."""
        last = (-1, "")
        while found := self._next_under(handle, last):
            yield from found
            last = (found[-1].index, found[-1].group)

    def replace_group(self, stored: StoredGroup) -> None:
        """Keep this instead of what is kept for its index and name."""
        self._replace([stored])

    def forget_groups(self, places: Sequence[tuple[int, str]]) -> None:
        """Delete the fields, wrapped keys and handles of these groups for good."""
        erased = State.ERASED
        self._replace([StoredGroup(index=at, group=name, key="", wrapped=b"", sealed=b"", state=erased) for at, name in places])

    def deeds(self, since: int) -> Iterator[tuple[int, bytes]]:
        """Index and entry of every deed from `since` on."""
        while found := self._rows(_DEEDS, since, ENTRIES_AT_ONCE):
            yield from ((int(index), bytes(entry)) for index, entry in found)
            since = int(found[-1][0]) + 1

    def _size_if_mine(self, cursor: Cursor) -> int:
        """Where the log ends, read and locked inside the transaction, if this is still the writer."""
        self._here.expect()
        if self._epoch is None:
            raise Busy(f"expected to be the one writer of the log {self._origin}; this process isn't: claim the log first")
        cursor.execute(self._says(_SIZE_IF_MINE), (self._epoch,))
        found = cursor.fetchone()
        if found is None:
            raise Busy(
                f"expected to be the one writer of the log {self._origin}; another process has taken it over since."
                " Nothing of this is recorded: send it to that process, or stop it and claim the log again"
            )
        size = int(found[0])
        if size < self._acknowledged:
            raise BrokenEvidence(
                f"expected at least {self._acknowledged} entries, which were acknowledged; the database has {size}: it was set back, or"
                " another server that lagged took its place. Record nothing on top of that; bring back the one that has them"
            )
        return size

    def _add(self, cursor: Cursor, batch: Sequence[Submission], first: int) -> None:
        self._database.add_entries(cursor, [(at, one.leaf, one.entry) for at, one in enumerate(batch, first)])
        if groups := [(at, group) for at, one in enumerate(batch, first) for group in one.groups]:
            self._groups.add(cursor, groups)
        if deeds := [(at,) for at, one in enumerate(batch, first) if one.deed]:
            cursor.executemany(self._says(_ADD_DEED), deeds)
        cursor.execute(self._says(_GROW), (first + len(batch),))

    def _next_under(self, handle: str, last: tuple[int, str]) -> tuple[StoredGroup, ...]:
        with self._database.reading() as cursor:
            return self._groups.under(cursor, handle, after=last, most=GROUPS_AT_ONCE)

    def _replace(self, groups: Sequence[StoredGroup]) -> None:
        with self._database.writing() as cursor:
            self._size_if_mine(cursor)
            for one in groups:
                self._groups.replace(cursor, one)
        self._database.scrub()

    def _expect_recorded(self, start: int, stop: int) -> None:
        size = self.size()
        if not 0 <= start <= stop <= size:
            raise NotFound(f"expected entries below {size}, which is how many are recorded; asked for {start} to {stop}: ask for those")

    def _column(self, sql: str, starts: range, stop: int) -> Iterator[bytes]:
        for start in starts:
            end = min(start + starts.step, stop)
            rows = self._rows(sql, start, end)
            if len(rows) != end - start:
                message = f"expected every entry from {start} to {end - 1}; only {len(rows)} are there: see `habeas ledger fsck`"
                raise BrokenEvidence(message)
            yield from (bytes(value) for (value,) in rows)

    def _row(self, sql: str) -> tuple[Any, ...]:
        return self._rows(sql)[0]

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._database.reading() as cursor:
            cursor.execute(self._says(sql), values)
            return list(cursor.fetchall())


def _expect_follows(head: SignedHead, last: SignedHead | None, size: int) -> None:
    """A head that contradicts the last one, or the log, convicts whoever signs it: it is never kept."""
    if head.size > size:
        raise Inconsistent(
            f"expected a signed head of at most {size}, the entries recorded; it says {head.size}: see `habeas ledger recover`"
        )
    if last is None or head.size > last.size:
        return
    if head.size < last.size:
        message = f"expected a signed head larger than the last, of size {last.size}; it is of size {head.size}: publish from the last head"
        raise Inconsistent(message, smaller=head.note, larger=last.note)
    if head.root != last.root:
        message = f"expected the root that was signed for size {last.size}; another root came: sign nothing, see `habeas ledger fsck`"
        raise Inconsistent(message, smaller=last.note, larger=head.note)


def _head(row: Sequence[Any]) -> SignedHead:
    return SignedHead(size=int(row[0]), root=bytes(row[1]), note=bytes(row[2]))
