from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from habeas.errors import BrokenEvidence, Busy, CannotWrite, HabeasError, Unavailable
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.postgres import open_postgres, schema_of
from habeas.stores.sequencers.recorded import RecordedLog
from ledgers.postgres_servers import Server
from ledgers.submissions import batch, submission

pytestmark = pytest.mark.postgres

ORIGIN = "log.example/2026"


@pytest.fixture
def log(postgres: str) -> Iterator[RecordedLog]:
    with closing(open_postgres(postgres, origin=ORIGIN, create=True)) as made:
        made.claim()
        yield made


class FailingConnection:
    """A connection on which one statement fails, before it is run or although it was."""

    def __init__(self, connection: object, statement: str, error: psycopg.Error, *, after: bool = False) -> None:
        self._connection, self._statement, self._error, self._after = connection, statement, error, after

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def cursor(self) -> FailingConnection:
        return FailingConnection(self._connection.cursor(), self._statement, self._error, after=self._after)

    def execute(self, sql: str, *values: object) -> object:
        if not sql.startswith(self._statement):
            return self._connection.execute(sql, *values)
        if self._after:
            self._connection.execute(sql, *values)
        raise self._error


def make_fail(log: RecordedLog, statement: str, error: psycopg.Error, *, after: bool = False) -> None:
    database = log._database
    database._locked = database._writer = FailingConnection(database._writer, statement, error, after=after)


def mend(log: RecordedLog) -> None:
    database = log._database
    database._locked = database._writer = database._writer._connection


def test_a_server_that_crashed_and_is_back_is_found_again_with_all_that_was_acknowledged(log: RecordedLog, postgres_server: Server) -> None:
    log.append(batch(0, 3))

    postgres_server.restart()

    assert log.append(batch(3, 4)) == 3
    with pytest.raises(Unavailable):  # the other connection learns of it when it is used
        log.size()
    assert list(log.entries(0, 4)) == [b"entry 0", b"entry 1", b"entry 2", b"entry 3"]


def test_a_writer_whose_connection_was_cut_takes_its_lock_again_before_it_writes(log: RecordedLog, postgres: str) -> None:
    own = log._database._writer.info.backend_pid
    with log._database.reading() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", (own,))

    assert log.append(batch(0, 1)) == 0
    with closing(open_postgres(postgres, origin=ORIGIN)) as second, pytest.raises(Busy):
        second.claim()


def test_a_writer_whose_connection_was_cut_is_refused_where_another_holds_the_lock(log: RecordedLog, postgres: str) -> None:
    own = log._database._writer.info.backend_pid
    with log._database.reading() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", (own,))
    with closing(open_postgres(postgres, origin=ORIGIN)) as second:
        second.claim()

        with pytest.raises(Busy, match="another process is it"):
            log.append(batch(0, 1))


@pytest.mark.parametrize("after", [False, True])
def test_a_commit_that_reports_a_failure_tells_that_its_entries_may_be_recorded(log: RecordedLog, *, after: bool) -> None:
    log.append(batch(0, 1))
    make_fail(log, "COMMIT", psycopg.OperationalError("server closed the connection"), after=after)

    with pytest.raises(Unavailable, match="This may or may not be recorded: look for it before sending it again"):
        log.append([submission(b"uncertain")])
    mend(log)

    assert log.append([submission(b"next")]) == (2 if after else 1)
    assert log.index_of(leaf_hash(b"uncertain"), since=1) == (1 if after else None)


@pytest.mark.parametrize(
    ("state", "family", "told"),
    [
        ("53100", CannotWrite, "the server's disk is full"),
        ("25006", CannotWrite, "it can only be read"),
        ("42501", CannotWrite, "it can only be read"),
        ("58030", CannotWrite, "the server's disk to work"),
        ("55P03", Busy, "another transaction holds it"),
        ("40P01", Busy, "another transaction holds it"),
        ("23505", BrokenEvidence, "to agree with itself"),
        ("XX001", BrokenEvidence, "its files are damaged"),
        ("42P01", Unavailable, "PostgreSQL to do its part"),
    ],
)
def test_what_postgresql_says_is_told_by_what_one_can_do(log: RecordedLog, state: str, family: type[HabeasError], told: str) -> None:
    make_fail(log, "SELECT size", psycopg.errors.lookup(state)("Failing row contains (a person)"))

    with pytest.raises(family, match=told) as caught:
        log.append(batch(0, 1))

    assert type(caught.value) is family
    assert "Nothing of this is recorded" in str(caught.value)
    assert "a person" not in str(caught.value)


def test_a_database_that_can_only_be_read_says_so(log: RecordedLog) -> None:
    log._database._writer.execute("SET default_transaction_read_only = on")

    with pytest.raises(CannotWrite, match="it can only be read"):
        log.append(batch(0, 1))


def test_a_callers_transaction_that_holds_the_log_is_waited_for_and_then_named(log: RecordedLog, postgres: str) -> None:
    log._database._writer.execute("SET lock_timeout = '20ms'")
    with psycopg.connect(postgres) as other:
        other.execute(f"LOCK TABLE {schema_of(ORIGIN)}.ledger_state")

        with pytest.raises(Busy, match="another transaction holds it"):
            log.append(batch(0, 1))

    assert log.append(batch(0, 1)) == 0


def test_a_callers_own_connection_records_its_rows_and_its_entries_together(log: RecordedLog, postgres: str) -> None:
    with psycopg.connect(postgres) as site:
        site.execute("CREATE TABLE decision (id BIGINT)")
        with site.cursor() as cursor:
            first = log.sequence(cursor, [submission(b"a decision")])
            cursor.execute("INSERT INTO decision VALUES (%s)", (first,))
        assert log.size() == 0
        site.commit()

        assert log.size() == 1
        assert site.execute("SELECT id FROM decision").fetchall() == [(0,)]


def test_a_server_that_does_not_flush_is_refused(log: RecordedLog, postgres_server: Server) -> None:
    """Losing what was acknowledged when the power goes: that is what `fsync = off` means."""
    log.release()
    administer(postgres_server, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    try:
        wait_for(log, "off")
        with pytest.raises(Unavailable, match="it runs with fsync off: switch them on"):
            log.claim()
    finally:
        administer(postgres_server, "ALTER SYSTEM RESET fsync", "SELECT pg_reload_conf()")
        wait_for(log, "on")

    log.claim()
    assert log.append(batch(0, 1)) == 0


def test_commits_are_flushed_although_the_server_would_not(postgres_server: Server) -> None:
    address = postgres_server.new_database()
    name = address.partition("///")[2].partition("?")[0]
    administer(postgres_server, f"ALTER DATABASE {name} SET synchronous_commit = off")

    with closing(open_postgres(address, origin=ORIGIN, create=True)) as log:
        log.claim()

        assert log._database._writer.execute("SHOW synchronous_commit").fetchone() == ("on",)


def administer(server: Server, *statements: str) -> None:
    with psycopg.connect(server.address(), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def wait_for(log: RecordedLog, fsync: str) -> None:
    """A server takes up its settings in its own time."""
    for _ in range(1000):
        if log._database._writer.execute("SELECT setting, pg_sleep(0.01) FROM pg_settings WHERE name = 'fsync'").fetchone()[0] == fsync:
            return
    raise TimeoutError


def test_a_commit_in_a_long_log_reads_no_more_than_one_in_a_short_log(log: RecordedLog, postgres: str) -> None:
    # the plans of rules are made while the log is empty, when reading all of it is cheapest, and kept
    for number in range(40):
        log.append(batch(number * 50, 50))

    with psycopg.connect(postgres, autocommit=True) as other:
        log._database._writer.execute("SELECT pg_stat_force_next_flush()")
        read = other.execute("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'ledger_entries'").fetchone()
    assert read == (0,)
