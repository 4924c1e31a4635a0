"""Running a site: the server and the worker as two children, one end for both.

The server is gunicorn; it reaps every child of its process, so the worker can't be one of its own. Killed outright, this process tells
nobody anything; so each child watches for itself whether it is still there.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.core.management import call_command

from habeas.errors import BadInput, NotAllowed, Unavailable
from habeas.runs.ledgers.ledger import Ledger
from habeas.web.keeping.starting import migrations_waiting
from habeas.web.site import Site

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
GRACE_S = 20.0
"""How long what is under way may take once the site is told to stop."""
PAUSE_S = 5.0
"""Before a worker that ended is started again."""
LOOK_S = 0.2
STOPPING = (signal.SIGTERM, signal.SIGINT)


@dataclass(slots=True, kw_only=True)
class _Child:
    """One of the two: a management command in a process of its own."""

    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-P", "-m", "habeas.web.manage", *self.arguments, "--started-by", str(os.getpid())]
        self.process = subprocess.Popen(command, env=dict(os.environ), start_new_session=True)  # noqa: S603 - our own command

    def ended(self) -> int | None:
        return None if self.process is None else self.process.poll()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(until - time.monotonic(), 0.1))
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def run_site(site: Site, *, host: str, port: int, workers: int, passphrase: bytes | None, on_ready: Callable[[], None]) -> None:
    """Serve the site and work for it until SIGTERM or Ctrl-C; call from the main thread. `on_ready`: once connections are taken.

    A worker that ends is started again, and says why; meanwhile the site goes on, and `/health/` says so. `passphrase`: of the ledger's
    keys, which the worker takes from its own environment.

    Raises:
        NotAllowed: the site is served without TLS, and the address can be reached from other machines.
        BadInput: its tables aren't up to date.
        Unavailable: nobody may listen there, or the server can't run; it has said why on standard error.
        NotFound, BrokenEvidence, Busy: the ledger or its keys can't be used, as `Ledger` says.
    """
    _refuse_exposed(site, host)
    if migrations_waiting():
        raise BadInput(f"expected tables that are up to date; they are older: habeas site manage {site.folder} migrate")
    _expect_free(host, port)
    Ledger(site.ledger, passphrase=passphrase).close()  # what would end the worker is better said before the site is shown
    call_command("collectstatic", interactive=False, verbosity=0)  # files of an earlier release stay, for pages that name them
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    server = _Child(arguments=("serve", "--bind", shown, "--workers", str(workers)))
    worker = _Child(arguments=("worker",))
    with _told_to_stop() as stopping:
        try:
            worker.start()
            server.start()
            _watch(server, worker, stopping=stopping, ready=lambda: _answers(host, port), on_ready=on_ready)
        finally:
            server.stop()
            worker.stop()
            until = time.monotonic() + GRACE_S
            server.wait(until)
            worker.wait(until)


def _watch(server: _Child, worker: _Child, *, stopping: threading.Event, ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
    told = False
    while not stopping.wait(LOOK_S):
        if server.ended() is not None:
            raise Unavailable("expected the server to run; it ended, and has said why above: mend that, then start again")
        if worker.ended() is not None and not stopping.wait(PAUSE_S):
            worker.start()
        if not told and ready():
            told = True
            on_ready()


def _refuse_exposed(site: Site, host: str) -> None:
    if site.unsafe_plain_http and host not in LOOPBACK:
        raise NotAllowed(
            f"expected a site that is served without TLS (unsafe_plain_http) to be reached from this machine alone; {host} is reached from "
            "others: serve it by https, behind a server that ends TLS, or bind 127.0.0.1"
        )


def _expect_free(host: str, port: int) -> None:
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise Unavailable(f"expected to listen on {host}:{port}; the system said: {error.strerror}. Choose another by --bind") from error


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that a signal sets; what the signals did before is put back."""
    stopping = threading.Event()
    before = {number: signal.signal(number, lambda *_: stopping.set()) for number in STOPPING}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
