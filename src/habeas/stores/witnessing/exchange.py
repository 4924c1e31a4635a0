"""One question to one web server, and its answer: nothing followed, nothing cached, an end to waiting, an end to what is read."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from habeas.errors import Malformed, Unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a server said: HTTP status, kind of body (without parameters, lower case), body."""

    status: int
    content_type: str
    body: bytes


def ask(method: str, url: str, *, body: bytes | None = None, timeout_s: float, most_bytes: int) -> Answered:
    """Send one request and read the answer, all within `timeout_s` (seconds) after the connection stands.

    Redirects are answers like any other. Proxies named in the environment aren't used: who is asked is who `url` names.

    Raises:
        Malformed: `url` is no address that can be asked.
        Unavailable: nobody answers there, in time, in HTTP, in at most `most_bytes`.
    """
    connection, late = _connection(_split(url), timeout_s), threading.Event()
    try:
        connection.connect()
        with _cut_off(connection, timeout_s, late):
            connection.request(method, _path(url), body=body, headers={"Connection": "close", "User-Agent": "habeas"})
            answered = _read(connection.getresponse(), most_bytes, url)
    except (OSError, http.client.HTTPException, UnicodeError) as error:  # the last: a host that no name service could look up
        if late.is_set() or isinstance(error, TimeoutError):
            raise Unavailable(_late(url, timeout_s)) from error
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Unavailable(f"expected an answer from {url}; there was none ({reason}): is it running, is the address right?") from error
    finally:
        connection.close()
    if late.is_set():  # an answer that doesn't say how long it is looks whole when it is cut
        raise Unavailable(_late(url, timeout_s))
    return answered


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname is not None and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or any(character <= " " or character == "\x7f" for character in url):
        raise Malformed("expected an address like https://witness.example/w1; got something else: mend it")
    if parts.username is not None or parts.query or parts.fragment:
        raise Malformed("expected an address without user name, query or fragment; got one with: leave them out")
    return parts


def _path(url: str) -> str:
    return urlsplit(url).path or "/"


def _connection(parts: SplitResult, timeout_s: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=timeout_s)


def _read(response: http.client.HTTPResponse, most_bytes: int, url: str) -> Answered:
    body = response.read(most_bytes + 1)
    if len(body) > most_bytes:
        raise Unavailable(f"expected at most {most_bytes} bytes from {url}; got more: is the address right?")
    if response.length:  # what is left of the announced length
        raise http.client.IncompleteRead(body, response.length)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Answered(status=response.status, content_type=kind, body=body)


@contextlib.contextmanager
def _cut_off(connection: http.client.HTTPConnection, timeout_s: float, late: threading.Event) -> Iterator[None]:
    """Cut the connection after `timeout_s`, also where a server keeps it busy with a byte now and then; `late` says that it was."""
    line = connection.sock

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)  # not TLS's own shutdown, which isn't safe beside a reading thread

    timer = threading.Timer(timeout_s, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _late(url: str, timeout_s: float) -> str:
    return f"expected a whole answer from {url} within {timeout_s:g} s; there was none: ask again later"
