"""A log's published files over HTTP, as C2SP tlog-tiles lays them out; any web server or CDN can do the same from the folder.

What can be fetched is what the layout names: the checkpoint, tiles and bundles of entries. Nothing else in the place has an address.
"""

from __future__ import annotations

from http import HTTPStatus
from wsgiref.types import WSGIApplication, WSGIEnvironment

from habeas.errors import Malformed, NotFound
from habeas.ledger.tree.tiles import parse_path
from habeas.stores.objects.place import CHECKPOINT, KEPT_BRIEFLY, KEPT_FOR_GOOD, Place
from habeas.stores.witnessing.replies import BYTES, READING, TEXT, Reply, application, nothing_here, wrong_method


def log_app(place: Place) -> WSGIApplication:
    """Serve the files of one log at `/checkpoint` and `/tile/...`.

    A partial tile that is gone, since the full one is there, is not found: clients then ask for the full one (C2SP tlog-tiles).
    """
    return application(lambda environ: _reply(environ, place))


def _reply(environ: WSGIEnvironment, place: Place) -> Reply:
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
