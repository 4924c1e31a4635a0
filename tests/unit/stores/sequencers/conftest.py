"""The same log in every database: what is tested of one is tested of all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from habeas.stores.sequencers.recorded import RecordedLog
from habeas.stores.sequencers.store import open_sequencer
from ledgers.postgres_servers import Server


class Kept:
    """Where a log is kept, and what closes all that was opened."""

    def __init__(self, address: str | Path, origin: str, opened: ExitStack) -> None:
        self.address, self.origin, self._opened = address, origin, opened

    def open(self, *, create: bool = False) -> RecordedLog:
        log = open_sequencer(self.address, origin=self.origin, create=create)
        assert isinstance(log, RecordedLog)
        return self._opened.enter_context(closing(log))

    def take_lock_away(self, log: RecordedLog) -> None:
        """Let a writer lose its lock without noticing, as when its lock file is deleted or its connection cut."""
        if isinstance(self.address, Path):
            self.address.with_name(self.address.name + ".writer").unlink()
        else:
            own = log._database._writer.info.backend_pid
            with self.open()._database.reading() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s, 5000)", (own,))


@pytest.fixture(scope="session")
def shared_database(postgres_server: Server) -> str:
    """One database for many tests, each with a log of its own: making a database takes longer than most tests."""
    return postgres_server.new_database()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """A place for a log, in each database."""
    address = request.getfixturevalue("shared_database") if request.param == "postgres" else tmp_path / "log.sqlite"
    with ExitStack() as opened:
        yield Kept(address, f"log.example/{request.node.name}", opened)


@pytest.fixture
def log(kept: Kept) -> RecordedLog:
    """An empty log of which this process is the writer."""
    made = kept.open(create=True)
    made.claim()
    return made
