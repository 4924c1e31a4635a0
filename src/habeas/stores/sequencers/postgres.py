"""Logs in PostgreSQL, for a site that runs one already: each log has a schema of its own, so one database can hold many.

What is erased: the rows are emptied at once, but PostgreSQL keeps old bytes in its files until they are vacuumed and in its journal
until that is recycled, and a standby or an archive may keep them for longer. There, what makes erased fields unreadable is that the
person's key is destroyed, which is kept elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from threading import RLock
from types import ModuleType
from typing import Any, cast

from habeas.errors import BadInput, BrokenEvidence, Busy, CannotWrite, HabeasError, NotFound, Unavailable
from habeas.stores.sequencers.dialects import NOTHING_KEPT, PERHAPS_KEPT, Dialect, Rule
from habeas.stores.sequencers.recorded import RecordedLog
from habeas.stores.sequencers.schema import check_tables, make_tables
from habeas.stores.sequencers.store import Cursor

PATIENCE_S = 10
"""How long to wait for a connection, or for another transaction on the same log."""

_HAS_TABLES = "SELECT to_regclass('{at}ledger_state') IS NOT NULL"
_COPY = "COPY {at}ledger_entries (idx, leaf, entry) FROM STDIN (FORMAT BINARY)"
_SETTINGS = f"""SELECT set_config('lock_timeout', '{PATIENCE_S}s', false), set_config('application_name', 'habeas', false),
    set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), false)"""
_NOT_FLUSHED = "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'"


def open_postgres(address: str, *, origin: str, create: bool = False) -> RecordedLog:
    """Open the log of this name in the database, or make it; `open_sequencer` says what can go wrong."""
    database = PostgresDatabase(address, schema=schema_of(origin))
    try:
        database.prepare(origin=origin, create=create)
    except BaseException:
        database.close()
        raise
    return RecordedLog(database, origin=origin)


def schema_of(origin: str) -> str:
    """The name of the schema that holds the log `origin`: origins may be longer, and less plain, than a schema's name."""
    return "habeas_" + hashlib.sha256(origin.encode()).hexdigest()[:24]


class PostgresDatabase:
    """Two connections, one that writes and holds the writer's lock, one that reads; a lost one is made anew when it is needed.

    A pooler between here and the server must keep to sessions: the writer's lock belongs to one.
    """

    def __init__(self, address: str, *, schema: str) -> None:
        self._driver = _driver()
        self._address, self._schema = address, schema
        self._dialect = _dialect(schema)
        self._holds = False
        self._locked: Any = None  # the connection whose session has the writer's lock
        self._writing, self._reading = RLock(), RLock()
        self._writer: Any = None
        self._reader: Any = None

    @property
    def dialect(self) -> Dialect:
        """PostgreSQL's words."""
        return self._dialect

    def prepare(self, *, origin: str, create: bool) -> None:
        """See that the database holds this log, or make it."""
        has_tables = self._dialect.says(_HAS_TABLES)
        with self.reading() as cursor:
            cursor.execute(has_tables)
            found = bool(cursor.fetchone()[0])
        if not found and not create:
            raise NotFound(f"expected the log {origin} in this database; it isn't there: name the right database, or make the log first")
        if not found:
            self._make(origin)
        with self.reading() as cursor:
            check_tables(cursor, self._dialect, origin=origin)

    @contextmanager
    def writing(self) -> Iterator[Cursor]:
        """One transaction, flushed to the disk when left."""
        with self._writing, self._explained(PERHAPS_KEPT):
            with self._explained(NOTHING_KEPT):
                cursor = self._begin()
            try:
                with self._explained(NOTHING_KEPT):
                    yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(self._driver.Error):  # a connection that is lost has undone it by itself
                    cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.close()

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """Statements that only read; no snapshot is held between them."""
        with self._reading, self._explained("What is recorded stays"):
            self._reader = self._alive(self._reader)
            with closing(self._reader.cursor()) as cursor:
                yield cursor

    def add_entries(self, cursor: Cursor, rows: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Copy them in: half the time of inserts."""
        with cast("Any", cursor).copy(self._dialect.says(_COPY)) as copy:
            copy.set_types(("int8", "bytea", "bytea"))
            for row in rows:
                copy.write_row(row)

    def hold(self) -> None:
        """Take an advisory lock for the session that writes; it ends with the session, however that ends."""
        with self._writing, self._explained(NOTHING_KEPT):
            self._holds = True
            try:
                self._connect_writer()
                self._expect_flushes()
            except BaseException:
                self.let_go()
                raise

    def settle(self) -> None:
        """Nothing to do: after a flush that failed, the server itself restarts from what is on the disk."""

    def let_go(self) -> None:
        """Give the lock back."""
        with self._writing:
            if self._locked is not None:
                with suppress(self._driver.Error):
                    self._locked.execute("SELECT pg_advisory_unlock_all()")
            self._holds, self._locked = False, None

    def scrub(self) -> None:
        """Nothing that a client can do: the words at the top of this file say what stays, and for how long."""

    def close(self) -> None:
        """Close both connections."""
        self.let_go()
        with self._writing, self._reading:
            for connection in (self._reader, self._writer):
                if connection is not None:
                    connection.close()

    def _make(self, origin: str) -> None:
        with self.writing() as cursor:
            # two that make the same log at once wait for each other here
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_number("make " + self._schema),))
            cursor.execute(self._dialect.says(_HAS_TABLES))
            if not cursor.fetchone()[0]:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {self._schema}")
                make_tables(cursor, self._dialect, origin=origin)

    def _begin(self) -> Any:
        """A transaction; where it shows that the connection was lost meanwhile, on a new one: nothing was under way yet."""
        try:
            self._connect_writer()
            return self._begun()
        except self._driver.OperationalError:
            if not self._writer.closed:
                raise
        self._connect_writer()
        return self._begun()

    def _begun(self) -> Any:
        cursor = self._writer.cursor()
        cursor.execute("BEGIN")
        return cursor

    def _connect_writer(self) -> None:
        """A connection to write with. While the lock is to be held, a new connection takes it first: the old one's went with it."""
        self._writer = self._alive(self._writer)
        if not self._holds or self._locked is self._writer:
            return
        if not self._writer.execute("SELECT pg_try_advisory_lock(%s)", (_number(self._schema),)).fetchone()[0]:
            message = "expected to become the one writer of this log; another process is it: stop that one first, or only read"
            raise Busy(message)
        self._locked = self._writer

    def _alive(self, connection: Any) -> Any:
        """The connection, or a new one where there is none or it was lost."""
        if connection is not None and not connection.closed:
            return connection
        try:
            self._driver.conninfo.conninfo_to_dict(self._address)
        except self._driver.Error:  # whose words may quote the password
            raise BadInput("expected an address like postgresql://user@host/database; this can't be read as one: mend it") from None
        try:
            made = self._driver.connect(self._address, autocommit=True, connect_timeout=PATIENCE_S)
        except self._driver.Error as error:
            reason = str(error).partition("\n")[0]
            raise Unavailable(f"expected to reach PostgreSQL; {reason}: see that it runs, and that the address is right") from error
        made.execute(_SETTINGS)
        return made

    def _expect_flushes(self) -> None:
        if unsafe := self._writer.execute(_NOT_FLUSHED).fetchall():
            names = ", ".join(name for (name,) in unsafe)
            message = f"expected a server that keeps what it acknowledged through a power cut; it runs with {names} off: switch them on"
            raise Unavailable(message)

    @contextmanager
    def _explained(self, aftermath: str) -> Iterator[None]:
        try:
            yield
        except self._driver.Error as error:
            raise _told(error, aftermath) from error


def _driver() -> ModuleType:
    try:
        import psycopg
    except ImportError as error:
        message = (
            "expected the PostgreSQL driver psycopg; it isn't installed: install the extra habeas[postgres], or keep the log in a file"
        )
        raise Unavailable(message) from error
    return psycopg


def _number(name: str) -> int:
    """Advisory locks go by a number of 64 bits."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _told(error: Any, aftermath: str) -> HabeasError:
    """What went wrong, for whoever runs the log. PostgreSQL's own words may quote a row, so they stay in the chain of causes."""
    state = error.sqlstate or ""
    kind, expected, came, todo = next((told for start, told in _TOLD.items() if state.startswith(start)), _OTHERWISE)
    return kind(f"expected {expected}; {came} ({type(error).__name__}{state and ' '}{state}). {aftermath}: {todo}")


_BUSY = (Busy, f"the log to be free within {PATIENCE_S} seconds", "another transaction holds it", "try again")
_READ_ONLY = (CannotWrite, "to write to the log", "it can only be read", "see the permissions and the server")
_DAMAGED = (BrokenEvidence, "a whole log", "the server says that its files are damaged", "restore a backup")
_DISK = (CannotWrite, "the server's disk to work", "it failed", "see the disk, then go on")
_OTHERWISE = (Unavailable, "PostgreSQL to do its part", "it refused, or the connection was lost", "see the server, then go on")

_TOLD: dict[str, tuple[type[HabeasError], str, str, str]] = {
    "53100": (CannotWrite, "room for the log", "the server's disk is full", "free some space, then go on"),
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "55P03": _BUSY,
    "40": _BUSY,
    "23": (BrokenEvidence, "the log to agree with itself", "the database refused what contradicts it", "see `habeas ledger fsck`"),
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
    "58": _DISK,
}
"""How an SQLSTATE begins -> the family of the error, what was expected, what came, what to do next."""


def _dialect(schema: str) -> Dialect:
    def rule(rule: Rule, condition: str) -> str:
        # a rule's plan is made once, while the tables are still empty, and kept: without the setting it would read the whole log
        # at every commit, since for an empty table that is the cheapest plan
        return (
            f"CREATE FUNCTION {schema}.ledger_{rule.name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $rule$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $rule$;"
            f" CREATE TRIGGER ledger_{rule.name} BEFORE {rule.event} ON {schema}.{rule.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {schema}.ledger_{rule.name}()"
        )

    return Dialect(
        mark="%s", at=f"{schema}.", lock=" FOR UPDATE", integer="BIGINT", octets="BYTEA", text='TEXT COLLATE "C"', strict="", rule=rule
    )
