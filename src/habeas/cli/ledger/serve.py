"""`habeas ledger serve FOLDER`: show a log to everyone, as any web server could."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.cli.ledger.asking import address_of, ledger_parser, remark_ready
from habeas.runs.ledgers.settings import address, read_settings
from habeas.stores.objects.place import open_place
from habeas.stores.witnessing.running import run_service
from habeas.stores.witnessing.serving import log_app

DESCRIPTION = """Serve a log's public files: checkpoint, tiles and entries. They are static
files, so any web server or content network does as well; this one is for trying
out, and for small logs."""


def run(arguments: Sequence[str]) -> int:
    """Serve until told to stop."""
    found = ledger_parser("serve", DESCRIPTION)
    found.add_argument("--listen", metavar="HOST:PORT", default="127.0.0.1:8786", help="where to answer (default: 127.0.0.1:8786)")
    given = found.parse_args(arguments)
    settings = read_settings(given.folder)
    host, port = address_of(given.listen)
    run_service(log_app(open_place(address(given.folder, settings.tiles))), host=host, port=port, on_ready=remark_ready)
    return 0
