"""Running a web service until it is told to stop, with nothing lost that was promised.

waitress does the HTTP. The loop around it is ours, so that a stop lets requests under way be answered first.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.server import create_server

from habeas.errors import BadInput, Unavailable

MOST_BODY_BYTES = 65_536
"""Nothing that is sent to a service here is longer (C2SP tlog-witness requests are a few kilobytes)."""
MOST_HEADER_BYTES = 16_384
MOST_CONNECTIONS = 500
MOST_PORT = 65_535
SILENCE_S = 60
"""A connection that says nothing for so long is closed."""
MOST_ARRIVING_S = 30.0
"""How long one request may take to arrive: a byte now and then would otherwise hold a connection, and all connections everybody else."""
GRACE_S = 5.0
"""How long requests under way may take once the service is told to stop."""
STOPPING = (signal.SIGTERM, signal.SIGINT)


class Service:
    """A web service that listens from the moment it exists; `host` and `port` say where, also where port 0 let the system choose.

    Raises:
        BadInput: there is no such port.
        Unavailable: nobody may listen there, or somebody already does.
    """

    def __init__(self, app: WSGIApplication, *, host: str, port: int, threads: int = 8) -> None:
        listening = _listen(host, port)
        self.host, self.port = listening.getsockname()[:2]
        self._stopping = threading.Event()
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # one request that waits for a thread is no news
        self._connections: dict[int, wasyncore.dispatcher] = {}
        self._arriving: dict[object, float] = {}
        """Since when each request that isn't whole yet has been coming."""
        self._server = create_server(
            app,
            map=self._connections,
            sockets=[listening],
            threads=threads,
            ident=None,  # nobody needs to know what runs here, in which version
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=SILENCE_S,
            max_request_body_size=MOST_BODY_BYTES,
            max_request_header_size=MOST_HEADER_BYTES,
            clear_untrusted_proxy_headers=True,
        )

    def run(self) -> None:
        """Serve until `stop` is called, from another thread or from the handler of a signal."""
        try:
            while not self._stopping.is_set():
                self._turn()
            self._let_finish()
        finally:
            self._stopping.set()  # from here on there is nothing left to wake up
            self._server.task_dispatcher.shutdown()
            wasyncore.close_all(self._connections)

    def stop(self) -> None:
        """Take no more requests; `run` returns once those under way are answered, or after `GRACE_S`. Twice does no more than once."""
        if not self._stopping.is_set():
            self._stopping.set()
            self._server.pull_trigger()

    def _turn(self) -> None:
        """Wait at most a second for something to happen on any connection, and see to it."""
        wasyncore.loop(timeout=1.0, use_poll=True, map=self._connections, count=1)
        self._leave_the_slow()

    def _leave_the_slow(self) -> None:
        now = time.monotonic()
        coming = {channel.request: channel for channel in tuple(self._server.active_channels.values()) if channel.request is not None}
        self._arriving = {request: self._arriving.get(request, now) for request in coming}
        for request, since in self._arriving.items():
            if now - since > MOST_ARRIVING_S:
                coming[request].will_close = True

    def _let_finish(self) -> None:
        self._server.accepting = False
        until = time.monotonic() + GRACE_S
        while self._under_way() and time.monotonic() < until:
            self._turn()

    def _under_way(self) -> bool:
        return any(channel.requests or channel.total_outbufs_len for channel in self._server.active_channels.values())


def run_service(app: WSGIApplication, *, host: str, port: int, on_ready: Callable[[str, int], None]) -> None:
    """Serve `app` until SIGTERM or SIGINT (Ctrl-C), then answer what is under way and return; call from the main thread.

    `on_ready` is called with host and port once connections are taken; it may tell a person, or a service manager. Prints nothing.

    Raises:
        BadInput: there is no such port.
        Unavailable: nobody may listen there, or somebody already does.
    """
    service = Service(app, host=host, port=port)
    with _told_to_stop(service.stop):
        on_ready(service.host, service.port)
        service.run()


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= MOST_PORT:
        raise BadInput(f"expected a port from 0 (any that is free) to {MOST_PORT}; got {port}: choose another")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        where = f"[{host}]:{port}" if family is socket.AF_INET6 else f"{host}:{port}"
        raise Unavailable(f"expected to listen on {where}; the system said: {error.strerror}. Choose another address or port") from error


@contextlib.contextmanager
def _told_to_stop(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` when a signal asks to; put back afterwards what the signals did before."""

    def hear(_number: int, _frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, hear) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
