"""A PostgreSQL server that tests start and stop: nobody else's data, no port, nothing left behind."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import needs

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 40
shared_buffers = 32MB
log_min_messages = fatal
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: the folder of its socket and of its files."""

    folder: Path
    numbers: count[int] = field(default_factory=count)

    def address(self, database: str = "postgres") -> str:
        """Where a database of this server is reached."""
        return f"postgresql:///{database}?host={self.folder}&user=habeas"

    def new_database(self) -> str:
        """The address of a database that nobody has used."""
        name = f"test{next(self.numbers)}"
        run("createdb", "--host", str(self.folder), "--username", "habeas", name)
        return self.address(name)

    def restart(self) -> None:
        """Stop it as a crash would, and start it again."""
        run("pg_ctl", "restart", "--mode", "immediate", "--wait", "--silent", "--pgdata", str(self.folder / "data"))


HURRIED = "fsync = off\nfull_page_writes = off\n"
"""For tests that ask for nothing to survive the machine."""


@contextmanager
def running(more: str = "") -> Iterator[Server]:
    """A server on a socket in a new folder, not one of pytest's: a socket's path may have 107 bytes. `more`: settings."""
    folder = Path(tempfile.mkdtemp(prefix="habeas-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, *owner())
        data = str(folder / "data")
        run("initdb", "--pgdata", data, "--username", "habeas", "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync")
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS.format(folder=folder) + more)
        run("pg_ctl", "start", "--wait", "--silent", "--pgdata", data, "--log", str(folder / "log"))
        try:
            yield Server(folder=folder)
        finally:
            run("pg_ctl", "stop", "--mode", "immediate", "--wait", "--silent", "--pgdata", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def owner() -> tuple[str, str]:
    """Who runs the server when the tests run as root, which PostgreSQL refuses."""
    names = {user.pw_name for user in pwd.getpwall()}
    return ("postgres", "postgres") if "postgres" in names else ("nobody", "nogroup")


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, not as root."""
    found = needs.postgres_programs()
    if found is None:
        raise RuntimeError("expected PostgreSQL's programs; there are none: mark the test with `postgres`")
    as_whom = {"user": owner()[0], "group": owner()[1], "extra_groups": []} if os.geteuid() == 0 else {}
    command = [str(found / program), *arguments]
    # the server must not keep our pipes open, so what it says goes to its own log
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **as_whom)
    if done.returncode != 0:
        raise RuntimeError(f"expected {program} to succeed; it left with {done.returncode}")
