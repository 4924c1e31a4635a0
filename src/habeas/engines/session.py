"""A private DuckDB: bounded memory, spilling to a folder that vanishes, nothing fetched from a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from threading import Event, Thread

import duckdb
import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import MOST_EXACT_SCORES
from habeas.errors import HabeasError, Unavailable

Progress = Callable[[float], None]
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What counting may use, and where scores stop being kept exactly.

    `memory_mb` bounds DuckDB; beyond it, it spills to disk, in `spill_folder` (None: the system's temporary folder), up to about
    `spill_mb` (None: most of what is free), which DuckDB looks at only now and then: who must be sure watches the folder.
    `threads`: None for one per processor. `sample_rows`: looked at first, to choose the quicker way; they never change a result.
    From `fused_rows` rows on, the accelerator is used, if it is installed and the rows are plain; it starts slowly.
    Up to `duplicate_rows` rows all are searched for repetitions; of more, the first `duplicate_sample`.
    """

    memory_mb: int = 400
    threads: int | None = None
    bins: int = 1000
    most_exact_scores: int = MOST_EXACT_SCORES
    most_levels: int = 1000
    sample_rows: int = 30_000
    fused_rows: int = 30_000_000
    duplicate_rows: int = 2_000_000
    duplicate_sample: int = 500_000
    spill_folder: str | None = None
    spill_mb: int | None = None


class QueryFailed(HabeasError):
    """A query could not be answered; whoever asked knows the source and says what is wrong with it."""

    def __init__(self, message: str, cause: duckdb.Error) -> None:
        super().__init__(message)
        self.cause = cause


class Session:
    """One connection, used by one thread."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, progress: Progress | None) -> None:
        self._connection = connection
        self._progress = progress
        self._done = 0.0
        self._kept: set[str] = set()

    def register(self, name: str, thing: object) -> None:
        """Let queries read an object held in memory."""
        with _translated():
            self._connection.register(name, thing)

    def rows(self, query: str) -> list[Row]:
        """Every row of a small result."""
        with _translated():
            return self._connection.execute(query).fetchall()

    def row(self, query: str) -> Row:
        """The one row of an aggregate."""
        return self.rows(query)[0]

    def arrays(self, query: str) -> dict[str, NDArray[np.generic]]:
        """The columns of a result."""
        with _translated():
            return {name: np.asarray(column) for name, column in self._connection.execute(query).fetchnumpy().items()}

    def told(self, share: float) -> None:
        """Say that this share of the whole job is done."""
        self._done = max(self._done, min(share, 1.0))
        if self._progress is not None:
            self._progress(self._done)

    def keep(self, name: str, query: str, *, share: float = 0.0) -> None:
        """Keep a result as a temporary table; `share`: how much of the whole job this is, for the progress."""
        with _translated(), self._reporting(share):
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

        self._kept.add(name)

    def has(self, name: str) -> bool:
        """Whether a temporary table is kept under this name."""
        return name in self._kept

    @contextmanager
    def _reporting(self, share: float) -> Iterator[None]:
        if self._progress is None or share == 0:
            yield
            return
        finished = Event()
        watcher = Thread(target=self._watch, args=(self._progress, share, finished), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            finished.set()
            watcher.join()
        self.told(self._done + share)

    def _watch(self, progress: Progress, share: float, finished: Event) -> None:
        highest = 0.0
        while not finished.wait(0.2):
            highest = max(highest, min(self._connection.query_progress(), 100.0) / 100)  # -1 before anything is known
            progress(self._done + share * highest)


@contextmanager
def session(limits: Limits, *, progress: Progress | None = None) -> Iterator[Session]:
    """A session that leaves nothing behind."""
    with TemporaryDirectory(prefix="habeas-", dir=limits.spill_folder) as folder:
        with _translated():
            connection = duckdb.connect(":memory:", config=_settings(limits, folder))
        try:
            if progress is not None:  # counted, but never printed
                connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
            yield Session(connection, progress)
        finally:
            connection.close()


def _settings(limits: Limits, folder: str) -> dict[str, str | bool | int | float | list[str]]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{limits.memory_mb}MB",
        "temp_directory": folder,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
    }
    if limits.threads is not None:
        settings["threads"] = limits.threads
    if limits.spill_mb is not None:
        settings["max_temp_directory_size"] = f"{limits.spill_mb}MB"
    return settings


_INTERRUPTED = "Query interrupted"


@contextmanager
def _translated() -> Iterator[None]:
    """DuckDB's own words may quote values of persons, so they stay in the chain of causes. Ctrl-C stays what it is in Python."""
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except RuntimeError as error:  # what DuckDB makes of Ctrl-C while a query runs
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from None
        raise
    except duckdb.OutOfMemoryException as error:
        raise Unavailable(
            "counting needs more memory or more room in the temporary folder than it may use; "
            "free some disk space or point TMPDIR at a larger disk, or audit fewer or coarser groups"
        ) from error
    except duckdb.Error as error:
        raise QueryFailed("the data could not be read", error) from error
