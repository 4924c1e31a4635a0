import io

import pytest

from habeas.errors import NotFound, Unavailable
from habeas.ledger.tree.tiles import bundles_for, tiles_for
from habeas.stores.witnessing.serving import log_app
from ledgers import tlog_vectors

TILE, PARTIAL, BUNDLE = "/tile/0/x001/x234/067", "/tile/0/001.p/44", "/tile/entries/000"
A_YEAR = "public, max-age=31536000, immutable"


class Place:
    """Published files, and what was asked for."""

    def __init__(self, files):
        self.files, self.asked = files, []

    def get(self, path):
        self.asked.append(path)
        if path not in self.files:
            raise NotFound("expected a file; there is none")
        return self.files[path]


class Folder:
    def __init__(self, folder):
        self.folder = folder

    def get(self, path):
        return (self.folder / path).read_bytes()


@pytest.fixture
def place():
    return Place({"checkpoint": b"log\n1\n\xe2\x80\x94", TILE[1:]: b"T", PARTIAL[1:]: b"P", BUNDLE[1:]: b"B", "keys/log.json": b"secret"})


@pytest.fixture
def app(place):
    return log_app(place)


def test_the_checkpoint_is_text_and_kept_for_a_second(app, call):
    heard = call(app, "/checkpoint")

    assert (heard.status, heard.body) == (200, b"log\n1\n\xe2\x80\x94")
    assert heard.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert heard.headers["Cache-Control"] == "public, max-age=1"


@pytest.mark.parametrize(("path", "body"), [(TILE, b"T"), (PARTIAL, b"P"), (BUNDLE, b"B")])
def test_tiles_and_bundles_are_bytes_that_never_change(app, call, path, body):
    heard = call(app, path)

    assert (heard.status, heard.body) == (200, body)
    assert heard.headers["Content-Type"] == "application/octet-stream"
    assert heard.headers["Cache-Control"] == A_YEAR


@pytest.mark.parametrize("path", ["/checkpoint", TILE, "/nothing", PARTIAL.replace("44", "45")])
def test_any_page_in_any_browser_may_read_it_as_what_it_is_called(app, call, path):
    heard = call(app, path)

    assert heard.headers["Access-Control-Allow-Origin"] == "*"
    assert heard.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/checkpoint", TILE, "/nothing"])
def test_head_tells_what_get_would_without_the_body(app, call, path):
    got, told = call(app, path), call(app, path, method="HEAD")

    assert (told.status, told.headers, told.body) == (got.status, got.headers, b"")
    assert told.headers["Content-Length"] == str(len(got.body))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tile",
        "/tile/0",
        "/tile/0/",
        "/tile/entries",
        "/keys/log.json",
        "/tile/../keys/log.json",
        "/tile/0/../../keys/log.json",
        "/../checkpoint",
        "//checkpoint",
        "/checkpoint/",
        "/Checkpoint",
        "/checkpoint\n",
        "/tile/0/67",
        "/tile/00/067",
        "/tile/0/x000/067",
        "/tile/0/001.p/0",
        "/tile/0/001.p/256",
        "/tile/0/001.p/044",
        "/tile/0/\xd9\xa0\xd9\xa0\xd9\xa1",
        "/tile/0/000\x00",
        "/tile\\0\\000",
        "/" + "x001/" * 5000,
    ],
)
def test_what_the_layout_does_not_name_has_no_address(app, place, call, path):
    heard = call(app, path)

    assert heard.status == 404
    assert b"secret" not in heard.body
    assert place.asked == []


def test_a_partial_tile_that_is_gone_is_not_found_and_nobody_keeps_that(app, call):
    heard = call(app, "/tile/0/001.p/43")

    assert heard.status == 404
    assert heard.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_published_files_can_only_be_read(app, place, call, method):
    heard = call(app, "/checkpoint", method=method)

    assert heard.status == 405
    assert heard.headers["Allow"] == "GET, HEAD"
    assert place.asked == []


def test_where_storage_is_away_the_reader_learns_that_and_the_operator_learns_why(call):
    class Away:
        def get(self, _path):
            raise Unavailable("expected s3://bucket-of-ours; it is away")

    errors = io.StringIO()

    heard = call(log_app(Away()), "/checkpoint", **{"wsgi.errors": errors})

    assert heard.status == 503
    assert b"bucket" not in heard.body
    assert errors.getvalue() == "GET '/checkpoint': expected s3://bucket-of-ours; it is away\n"


@pytest.mark.enable_socket
def test_a_log_of_300_entries_comes_over_http_as_it_was_published(served, over_http):
    url = served(log_app(Folder(tlog_vectors.LOG300)))
    paths = ["checkpoint", *(tile.path() for tile in tiles_for(300)), *(bundle.path() for bundle in bundles_for(300))]

    fetched = {path: over_http(url, f"/{path}").body for path in paths}

    assert len(paths) == 6  # one checkpoint, three tiles, two bundles
    assert fetched == {path: (tlog_vectors.LOG300 / path).read_bytes() for path in paths}
