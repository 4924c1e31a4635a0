"""What differs between the databases: one set of statements is written for all, and put into each one's words here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from habeas.stores.sequencers.store import Cursor

NOTHING_KEPT = "Nothing of this is recorded, and what was recorded before stays"
PERHAPS_KEPT = "This may or may not be recorded: look for it before sending it again. What was acknowledged before stays"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dialect:
    """How a database says what all of them can do.

    `mark` stands for a parameter; `at` goes before a table's name; `lock` ends a query whose row stays locked until the commit;
    `integer`, `octets` and `text` (compared byte by byte) are types of columns; `strict` ends the definition of a table; `rule`
    writes what refuses a change.
    """

    mark: str
    at: str
    lock: str
    integer: str
    octets: str
    text: str
    strict: str
    rule: Callable[[Rule, str], str]

    def says(self, statement: str) -> str:
        """The statement in this database's words: `?` for a parameter, `{...}` for the fields above."""
        return _rendered(self, statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A change that the database itself refuses: before `event` on `table`, when `condition` holds (`NEW`, `OLD` are the rows)."""

    name: str
    event: str
    table: str
    condition: str
    message: str


INSERT_ENTRY = "INSERT INTO {at}ledger_entries (idx, leaf, entry) VALUES (?, ?, ?)"


class Database(Protocol):
    """A database that a log is kept in: transactions, and one lock for the writer. Errors are habeas's own."""

    @property
    def dialect(self) -> Dialect:
        """Its words."""

    def writing(self) -> AbstractContextManager[Cursor]:
        """One transaction that is durable when left, and undone where the block raises."""

    def reading(self) -> AbstractContextManager[Cursor]:
        """Statements that only read, each for itself; never waits for the writer."""

    def add_entries(self, cursor: Cursor, rows: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Insert many entries (index, leaf hash, entry) inside a transaction, in the fastest way this database has."""

    def hold(self) -> None:
        """Take the writer's lock, which no other process has until `let_go` or the end of this one; `Busy` where one has it."""

    def settle(self) -> None:
        """Once the lock is held: see that what is read is also what is on the disk, whatever befell the writer before."""

    def let_go(self) -> None:
        """Give the lock back, if it is held."""

    def scrub(self) -> None:
        """Empty every journal that still holds what was overwritten; `Busy` where a reader keeps one from being emptied."""

    def close(self) -> None:
        """Let go of everything."""


@cache
def _rendered(dialect: Dialect, statement: str) -> str:
    words = {name: getattr(dialect, name) for name in ("at", "lock", "integer", "octets", "text", "strict")}
    for word, said in words.items():
        statement = statement.replace("{" + word + "}", said)
    return statement.replace("?", dialect.mark)
