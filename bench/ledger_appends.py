"""Durable appends of 1 KiB by 1, 64 and 256 threads: a bare group commit of the same bytes, and habeas beside it in the same run.

    python bench/ledger_appends.py [sqlite|postgres] [WRITERS ...]

The bare one: threads hand their bytes over and wait; one thread commits all that wait in one transaction, into a table of the same
shape (id, leaf, data), and wakes them. No signature, no tile, no check, no lock against a second writer. Both take turns of two
seconds, so that a disk that slows down slows both; ratios are taken turn by turn and their median is quoted.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue

import ledger_parts as parts

TURN_S = 2.0
WARM_UP_S = 0.3
ROUNDS = 5
RECORD_BYTES = 1024
MOST_AT_ONCE = 1024
LIMIT = "bare group commit"

Append = Callable[[bytes], object]
Opened = AbstractContextManager[Append]
Row = tuple[int, bytes, bytes]


class Waiting:
    """Bytes that a thread waits for."""

    __slots__ = ("data", "done")

    def __init__(self, data: bytes) -> None:
        self.data, self.done = data, threading.Lock()
        self.done.acquire()


class Bare:
    """The bare group commit."""

    def __init__(self, keep: Callable[[Sequence[Row]], None]) -> None:
        self._keep, self._queue, self._next = keep, SimpleQueue[Waiting | None](), 0
        self._thread = threading.Thread(target=self._commit, daemon=True)
        self._thread.start()

    def append(self, data: bytes) -> None:
        """Hand the bytes over, and wait until they are durable."""
        waiting = Waiting(data)
        self._queue.put(waiting)
        waiting.done.acquire()

    def close(self) -> None:
        """End the thread."""
        self._queue.put(None)
        self._thread.join()

    def _commit(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            with suppress(Empty):
                while len(batch) < MOST_AT_ONCE and (one := self._queue.get_nowait()) is not None:
                    batch.append(one)
            self._keep([(at, hashlib.sha256(b"\0" + one.data).digest(), one.data) for at, one in enumerate(batch, self._next)])
            self._next += len(batch)
            for one in batch:
                one.done.release()


@contextmanager
def bare_sqlite(folder: Path) -> Iterator[Append]:
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, leaf BLOB NOT NULL, data BLOB NOT NULL)")

    def keep(rows: Sequence[Row]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO log VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")

    bare = Bare(keep)
    yield bare.append
    bare.close()
    connection.close()


@contextmanager
def bare_postgres(address: str) -> Iterator[Append]:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TABLE log (id BIGINT PRIMARY KEY, leaf BYTEA NOT NULL, data BYTEA NOT NULL)")

        def keep(rows: Sequence[Row]) -> None:
            with connection.transaction(), connection.cursor() as cursor, cursor.copy("COPY log FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(("int8", "bytea", "bytea"))
                for row in rows:
                    copy.write_row(row)

        bare = Bare(keep)
        yield bare.append
        bare.close()


@contextmanager
def habeas(folder: Path, *, store: str | None, publishing: bool) -> Iterator[Append]:
    with parts.opened(folder, store=store) as log:
        if publishing:
            log.start(1.0)
        yield log.append


def turn(append: Append, writers: int) -> list[float]:
    """So many threads append for two seconds after a moment to warm up; how long each append took."""
    taken: list[list[float]] = [[] for _ in range(writers)]
    started = time.perf_counter() + WARM_UP_S
    ends = started + TURN_S

    def write(mine: list[float]) -> None:
        while (began := time.perf_counter()) < ends:
            append(os.urandom(16) * (RECORD_BYTES // 16))
            ended = time.perf_counter()
            if began >= started and ended <= ends:
                mine.append(ended - began)

    threads = [threading.Thread(target=write, args=(mine,)) for mine in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [each for mine in taken for each in mine]


def measured(contestants: dict[str, Callable[[], Opened]], writers: int) -> dict[str, list[list[float]]]:
    """Every contestant's turns; each is opened for its turn only, so that no other's threads run beside it."""
    turns: dict[str, list[list[float]]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, opened in contestants.items():
            with opened() as append:
                turns[name].append(turn(append, writers))
    return turns


def table(writers: int, turns: dict[str, list[list[float]]]) -> Iterator[str]:
    limits = [len(each) for each in turns[LIMIT]]
    for name, found in turns.items():
        rate = statistics.median(len(each) / TURN_S for each in found)
        ratio = statistics.median(len(each) / limit for each, limit in zip(found, limits, strict=True))
        every = sorted(one for each in found for one in each)
        middle, late = every[len(every) // 2] * 1000, every[len(every) * 99 // 100] * 1000
        yield f"| {writers} | {name} | {rate:,.0f} | {ratio:.2f} | {middle:.1f} | {late:.1f} |"


def sqlite(folder: Path) -> dict[str, Callable[[], Opened]]:
    def bare() -> Opened:
        (folder / "bare.sqlite").unlink(missing_ok=True)
        return bare_sqlite(folder)

    return {
        LIMIT: bare,
        "habeas": lambda: habeas(folder / "quiet", store=None, publishing=False),
        "habeas, publishing every second": lambda: habeas(folder / "public", store=None, publishing=True),
    }


def postgres(folder: Path, new_database: Callable[[], str]) -> dict[str, Callable[[], Opened]]:
    # a database each, and each emptied for the bare one by being new
    quiet, publishing = new_database(), new_database()
    return {
        LIMIT: lambda: bare_postgres(new_database()),
        "habeas": lambda: habeas(folder / "quiet", store=quiet, publishing=False),
        "habeas, publishing every second": lambda: habeas(folder / "public", store=publishing, publishing=True),
    }


def main(arguments: list[str]) -> None:
    kinds = [one for one in arguments if not one.isdecimal()] or ["sqlite", "postgres"]
    counts = [int(one) for one in arguments if one.isdecimal()] or [1, 64, 256]
    for kind in kinds:
        print(f"\n### Durable appends of {RECORD_BYTES:,} bytes, {kind}\n")
        print("| writers | | appends/s | of the limit | median ms | p99 ms |\n|---|---|---|---|---|---|")
        for writers in counts:
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="habeas-bench-")))
                if kind == "postgres":
                    sys.path.append(str(Path(__file__).parents[1] / "tests"))
                    from ledgers import postgres_servers

                    contestants = postgres(folder, stack.enter_context(postgres_servers.running()).new_database)
                else:
                    contestants = sqlite(folder)
                for line in table(writers, measured(contestants, writers)):
                    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
