"""Where sealed fields and wrapped keys are kept so that forgetting them leaves no copy behind.

A database moves rows from page to page as others come and go, and doesn't blank every place they leave: SQLite's `secure_delete`
overwrites what is deleted, not what was copied away. So what must be forgettable lies in a table of its own (`ledger_secrets`), to
which rows are only ever added at the end, and where the only change is to overwrite a row with zeros of the same length, in place.
Whatever has a changing length (state, handle) lies beside it, in `ledger_groups`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from habeas.errors import Gone, NotFound
from habeas.stores.sequencers.dialects import Dialect
from habeas.stores.sequencers.rows import SealedGroup, State, StoredGroup
from habeas.stores.sequencers.store import Cursor

_LAST_ID = "SELECT coalesce(max(id), 0) FROM {at}ledger_secrets"
_KEEP = "INSERT INTO {at}ledger_secrets (id, wrapped, sealed) VALUES (?, ?, ?)"
_LENGTHS = "SELECT length(wrapped), length(sealed) FROM {at}ledger_secrets WHERE id = ?"
_BLANK = "UPDATE {at}ledger_secrets SET wrapped = ?, sealed = ? WHERE id = ?"

_ADD = "INSERT INTO {at}ledger_groups (idx, name, person, secret, state) VALUES (?, ?, ?, ?, 'active')"
_CHANGE = "UPDATE {at}ledger_groups SET person = ?, secret = ?, state = ? WHERE idx = ? AND name = ?"
_PLACE = "SELECT secret, state FROM {at}ledger_groups WHERE idx = ? AND name = ?"
_COLUMNS = """SELECT g.idx, g.name, g.person, s.wrapped, s.sealed, g.state
    FROM {at}ledger_groups g LEFT JOIN {at}ledger_secrets s ON s.id = g.secret"""
_OF_ENTRY = _COLUMNS + " WHERE g.idx = ? ORDER BY g.name"
_UNDER = _COLUMNS + " WHERE g.person = ? AND g.person <> '' AND (g.idx, g.name) > (?, ?) ORDER BY g.idx, g.name LIMIT ?"


class GroupRows:
    """The sealed groups of one log, inside the transactions of whoever calls."""

    def __init__(self, dialect: Dialect) -> None:
        self._says = dialect.says

    def add(self, cursor: Cursor, groups: Sequence[tuple[int, SealedGroup]]) -> None:
        """Keep new groups, each with the index of its entry."""
        secrets = self._add_secrets(cursor, [(group.wrapped, group.sealed) for _, group in groups])
        rows = [(index, group.group, group.key, secret) for secret, (index, group) in zip(secrets, groups, strict=True)]
        cursor.executemany(self._says(_ADD), rows)

    def of_entry(self, cursor: Cursor, index: int) -> tuple[StoredGroup, ...]:
        """The groups of an entry, by name."""
        cursor.execute(self._says(_OF_ENTRY), (index,))
        return tuple(_group(row) for row in cursor.fetchall())

    def under(self, cursor: Cursor, handle: str, *, after: tuple[int, str], most: int) -> tuple[StoredGroup, ...]:
        """The next groups sealed by the key of this handle, after an index and name."""
        cursor.execute(self._says(_UNDER), (handle, *after, most))
        return tuple(_group(row) for row in cursor.fetchall())

    def replace(self, cursor: Cursor, stored: StoredGroup) -> None:
        """Keep this group instead of the one of its index and name, whose bytes are overwritten.

        Raises:
            NotFound: there is none.
            Gone: it was erased, and this would bring it back.
        """
        cursor.execute(self._says(_PLACE), (stored.index, stored.group))
        if (found := cursor.fetchone()) is None:
            raise no_group(stored.index)
        secret, state = found
        erase = stored.state is State.ERASED
        if State(state) is State.ERASED and not erase:
            raise Gone(f"expected a group of entry {stored.index} that is still there; it was erased: nothing brings it back")
        if secret is not None:
            self._blank(cursor, int(secret))
        new = None if erase else self._add_secrets(cursor, [(stored.wrapped, stored.sealed)])[0]
        cursor.execute(self._says(_CHANGE), (stored.key, new, stored.state.value, stored.index, stored.group))

    def _add_secrets(self, cursor: Cursor, secrets: Sequence[tuple[bytes, bytes]]) -> range:
        cursor.execute(self._says(_LAST_ID))
        first = int(cursor.fetchone()[0]) + 1
        cursor.executemany(self._says(_KEEP), [(at, wrapped, sealed) for at, (wrapped, sealed) in enumerate(secrets, first)])
        return range(first, first + len(secrets))

    def _blank(self, cursor: Cursor, secret: int) -> None:
        cursor.execute(self._says(_LENGTHS), (secret,))
        wrapped, sealed = cursor.fetchone()
        cursor.execute(self._says(_BLANK), (bytes(wrapped), bytes(sealed), secret))


def no_group(index: int) -> NotFound:
    """There is no group of the name that was asked for."""
    return NotFound(f"expected a group of that name in entry {index}; it has none: see which groups the entry has")


def _group(row: Sequence[Any]) -> StoredGroup:
    index, name, key, wrapped, sealed, state = row
    return StoredGroup(
        index=int(index), group=name, key=key, wrapped=bytes(wrapped or b""), sealed=bytes(sealed or b""), state=State(state)
    )
