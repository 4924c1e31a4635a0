"""What a small web service says back: one value per reply, sent the same way whichever service it comes from.

Nothing here is secret and nobody logs in, so any page in any browser may read every reply (`Access-Control-Allow-Origin: *`):
that is what lets a stranger's page check a log by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from habeas.errors import EXIT_CODES_AND_STATUSES, HabeasError

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
NEVER_KEPT = "no-store"
READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A status, a body and how long anyone may keep it; `allow` names the methods that would have been right."""

    status: HTTPStatus
    body: bytes
    content_type: str = TEXT
    kept: str = NEVER_KEPT
    allow: tuple[str, ...] = ()

    def headers(self) -> list[tuple[str, str]]:
        """The headers, `Content-Length` among them."""
        found = [
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.body))),
            ("Cache-Control", self.kept),
            ("Access-Control-Allow-Origin", "*"),
            ("X-Content-Type-Options", "nosniff"),  # what says octet-stream is never run as a script or shown as a page
        ]
        return [*found, ("Allow", ", ".join(self.allow))] if self.allow else found


def said(status: HTTPStatus, text: str) -> Reply:
    """A reply of one line of plain text."""
    return Reply(status=status, body=f"{text}\n".encode())


def wrong_method(*allow: str) -> Reply:
    """The reply to a method that isn't known at a path that is."""
    text = f"expected {' or '.join(allow)}; send that"
    return Reply(status=HTTPStatus.METHOD_NOT_ALLOWED, body=f"{text}\n".encode(), allow=allow)


def nothing_here() -> Reply:
    """The reply where there is nothing: no list of what there is instead, and not to be remembered, since it may come."""
    return said(HTTPStatus.NOT_FOUND, "there is nothing here; check the address")


def application(reply_to: Callable[[WSGIEnvironment], Reply]) -> WSGIApplication:
    """Make a WSGI application (PEP 3333) of a function from request to reply.

    An error of ours becomes its status and its words. Where the fault is on this side, its words (which may name files) go to the
    server's own error stream, and the caller learns only that it failed. Any other exception is left to the server.
    """

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            reply = reply_to(environ)
        except HabeasError as error:
            reply = _complaint(error, environ)
        start_response(f"{reply.status.value} {reply.status.phrase}", reply.headers())
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else reply.body]

    return serve


def _complaint(error: HabeasError, environ: WSGIEnvironment) -> Reply:
    status = _status(error)
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return said(status, str(error))
    environ["wsgi.errors"].write(f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')!r}: {error}\n")
    return said(status, "this can't be done now, through no fault of the request; try again later")


def _status(error: HabeasError) -> HTTPStatus:
    known = next(kind for kind in type(error).__mro__ if kind in EXIT_CODES_AND_STATUSES)
    return HTTPStatus(EXIT_CODES_AND_STATUSES[known][1])
