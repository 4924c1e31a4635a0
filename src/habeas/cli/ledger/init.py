"""`habeas ledger init FOLDER`: make a ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.ledger.asking import WHERE_FROM, add_json, ledger_parser, new_passphrase
from habeas.cli.streams import say
from habeas.runs.ledgers.creating import POLICY, Created, create_ledger
from habeas.runs.ledgers.ledger import Ledger

DESCRIPTION = f"""Make a ledger: its keys, its databases, its settings, and a first checkpoint of
an empty log.

The origin is the log's name for ever; use an address of your own without
https://, best the one where the public files will be served.
{WHERE_FROM}"""

LONGEST_NAME = 24
"""Names that are longer, such as addresses, stand on a line of their own."""


def run(arguments: Sequence[str]) -> int:
    """Make the ledger and publish its first checkpoint."""
    found = ledger_parser("init", DESCRIPTION)
    found.add_argument("--origin", required=True, metavar="NAME", help="the log's name, e.g. log.police.example/decisions")
    found.add_argument("--store", default="log.sqlite", metavar="WHERE", help="a file in FOLDER, or postgresql://... (default: log.sqlite)")
    found.add_argument("--tiles", default="public", metavar="WHERE", help="a folder, or s3://bucket/prefix?... (default: public)")
    found.add_argument("--second-place", metavar="WHERE", help="where the last checkpoint is kept once more (default: beside FOLDER)")
    found.add_argument("--unencrypted-keys", action="store_true", help="keys without a passphrase: whoever reads the files can sign")
    add_json(found)
    given = found.parse_args(arguments)
    secret = new_passphrase(given)
    created = create_ledger(
        given.folder, origin=given.origin, passphrase=secret, store=given.store, tiles=given.tiles, second_place=given.second_place
    )
    with Ledger(given.folder, passphrase=secret) as ledger:
        ledger.checkpoint()
    if given.json:
        say(json.dumps(_document(given.folder, created)))
    else:
        say(_text(given.folder, created, locked=secret is not None))
    return 0


def _text(folder: Path, created: Created, *, locked: bool) -> str:
    settings = created.settings
    parts = {
        "ledger.yaml": "its settings",
        "keys/": f"three keys, {'locked by your passphrase' if locked else 'open to whoever can read them'}; keep a copy safe",
        POLICY: "public keys: give it to whoever shall verify",
        settings.tiles: "public files: let a web server show them to all",
        settings.second_place: "the last checkpoint again: best on another disk",
    }
    width = max(len(name) for name in parts if len(name) <= LONGEST_NAME)
    listed = [f"  {name:{width}}  {what}" if len(name) <= width else f"  {name}\n  {'':{width}}  {what}" for name, what in parts.items()]
    return "\n".join([f"made: the ledger {settings.origin} in {folder}", *listed, f"next: habeas ledger append {folder} records.jsonl"])


def _document(folder: Path, created: Created) -> dict[str, object]:
    settings = created.settings
    return {
        "origin": settings.origin,
        "folder": str(folder),
        "policy": str(created.policy),
        "keys": [str(key) for key in created.keys],
        "tiles": settings.tiles,
        "second_place": settings.second_place,
    }
