"""A log's published files over HTTP, as C2SP tlog-tiles lays them out; any web server or CDN can do the same from the folder.

What can be fetched is what the layout names: the checkpoint, tiles and bundles of entries. Nothing else in the place has an address.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Protocol
from wsgiref.types import WSGIApplication, WSGIEnvironment

from habeas.errors import Malformed, NotFound
from habeas.ledger.tree.tiles import parse_path
from habeas.stores.witnessing.replies import BYTES, READING, TEXT, Reply, application, nothing_here, wrong_method

CHECKPOINT = "checkpoint"
KEPT_BRIEFLY = "public, max-age=1"
"""The checkpoint changes as often as the log is signed: every second, unless told otherwise."""
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
"""A tile never changes, nor does a partial one: its width is part of its name. 31,536,000 s are a year, the most that is usual."""


class Published(Protocol):
    """Where published files are read from."""

    def get(self, path: str) -> bytes:
        """The file at `path`; `NotFound` where there is none."""


def log_app(place: Published) -> WSGIApplication:
    """Serve the files of one log at `/checkpoint` and `/tile/...`.

    A partial tile that is gone, since the full one is there, is not found: clients then ask for the full one (C2SP tlog-tiles).
    """
    return application(lambda environ: _reply(environ, place))


def _reply(environ: WSGIEnvironment, place: Published) -> Reply:
    path = environ.get("PATH_INFO", "").removeprefix("/")
    if not _is_published(path):
        return nothing_here()
    if environ["REQUEST_METHOD"] not in READING:
        return wrong_method(*READING)
    try:
        body = place.get(path)
    except NotFound:
        return nothing_here()
    if path == CHECKPOINT:
        return Reply(status=HTTPStatus.OK, body=body, content_type=TEXT, kept=KEPT_BRIEFLY)
    return Reply(status=HTTPStatus.OK, body=body, content_type=BYTES, kept=KEPT_FOR_GOOD)


def _is_published(path: str) -> bool:
    """Whether the layout has such a path; a path is written in one way only, so this also keeps out `..` and its disguises."""
    if path == CHECKPOINT:
        return True
    try:
        parse_path(path)
    except Malformed:
        return False
    return True
