"""Every step by which a store changes what is on disk, one by one, so that any of them can be failed or made the last.

Below the stores, a step is one call of the system (`write`, `fsync`, `rename` ...) or one statement of the database (`COMMIT` ...).
What is inside SQLite and PostgreSQL is theirs; there, only killing at random moments reaches.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from unittest import mock

from habeas.stores.objects import disk
from habeas.stores.sequencers import sqlite
from ledgers.failing_stores import When

SYSTEM_CALLS = ("open", "write", "fchmod", "fsync")
PATH_CALLS = ("mkdir", "chmod", "replace", "unlink", "rmdir", "read_bytes")
STATEMENTS = ("execute", "executemany", "copy")
READS = ("read_bytes", "SELECT")
DATABASE = "database: "


@dataclass
class Steps:
    """Counts the steps, and calls `end` at the one numbered `at`, from 0; None: at none.

    `lasting`: at each one after it, too, as on a disk that stays full. `reads`: reading counts as a step. `only`: what begins
    otherwise doesn't count; while `on` is False, nothing does. `connection` is the one to the database whose step was taken last.
    """

    end: Callable[[str], object]
    at: int | None = None
    when: When = When.BEFORE
    lasting: bool = False
    reads: bool = False
    only: str = ""
    on: bool = True
    connection: Any = None
    names: list[str] = field(default_factory=list)
    _guard: Any = field(default_factory=Lock)

    def take(self, name: str, step: Callable[[], Any]) -> Any:
        """Do this step, or what befalls it."""
        if not self.on or not name.startswith(self.only) or (not self.reads and name.removeprefix(DATABASE).startswith(READS)):
            return step()
        with self._guard:
            number = len(self.names)
            self.names.append(name)
        if self.at is None or number < self.at or (number > self.at and not self.lasting):
            return step()
        if self.when is When.AFTER:
            step()
        return self.end(name)


@contextmanager
def watched(steps: Steps) -> Iterator[None]:
    """Count the steps of all places on disk, and of all databases that are opened from now on."""
    connect = sqlite._connect
    with (
        mock.patch.object(disk, "os", _System(steps)),
        mock.patch.object(sqlite, "_connect", lambda path: _Connection(connect(path), steps)),
        _watched_paths(steps),
    ):
        yield


@contextmanager
def watched_postgres(steps: Steps) -> Iterator[None]:
    """The same for databases in PostgreSQL."""
    import psycopg

    connect = psycopg.connect
    with mock.patch.object(psycopg, "connect", lambda *where, **how: _Connection(connect(*where, **how), steps)):
        yield


@contextmanager
def _watched_paths(steps: Steps) -> Iterator[None]:
    calls = {name: getattr(Path, name) for name in PATH_CALLS}

    def step(name: str) -> Callable[..., Any]:
        def call(path: Path, *arguments: Any, **keywords: Any) -> Any:
            return steps.take(f"{name} {_shown(path)}", lambda: calls[name](path, *arguments, **keywords))

        return call

    with mock.patch.multiple(Path, **{name: step(name) for name in PATH_CALLS}):
        yield


def _shown(path: Path) -> str:
    """The end of the path, without what differs from one run to the next."""
    return "a staged file" if disk.STAGING in path.parts else "/".join(path.parts[-2:])


class _System:
    """The module `os`, with some of its calls counted."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        call = getattr(os, name)
        if name not in SYSTEM_CALLS:
            return call

        def step(*arguments: Any) -> Any:
            if name == "open" and not arguments[1] & os.O_CREAT:
                return call(*arguments)
            return self._steps.take(name, lambda: call(*arguments))

        return step


class _Connection:
    """A connection to a database, each of its statements a step."""

    def __init__(self, real: Any, steps: Steps) -> None:
        self._real, self._steps = real, steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def cursor(self) -> Any:
        return _Cursor(self._real.cursor(), self._steps, self._real)

    def execute(self, sql: str, *arguments: Any) -> Any:
        return _taken(self._steps, self._real, sql, lambda: self._real.execute(sql, *arguments))


class _Cursor:
    """A cursor of such a connection."""

    def __init__(self, real: Any, steps: Steps, connection: Any) -> None:
        self._real, self._steps, self._connection = real, steps, connection

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._real, name)
        if name not in STATEMENTS:
            return call
        return lambda sql, *arguments: _taken(self._steps, self._connection, sql, lambda: call(sql, *arguments))


def _taken(steps: Steps, connection: Any, sql: str, statement: Callable[[], Any]) -> Any:
    steps.connection = connection
    return steps.take(DATABASE + " ".join(sql.split()[:4]), statement)


def failing(number: int, code: int) -> Callable[[str], object]:
    """Fail a step as the system does with the error `number`, or SQLite with `code`."""

    def fail(name: str) -> object:
        if not name.startswith(DATABASE):
            raise OSError(number, os.strerror(number))
        error = sqlite3.OperationalError("a step was failed")
        error.sqlite_errorcode, error.sqlite_errorname = code, SQLITE_NAMES[code]
        raise error

    return fail


SQLITE_NAMES = {getattr(sqlite3, name): name for name in ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR")}
