"""`habeas ledger init FOLDER`: make a ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence

from habeas.cli.ledger.asking import WHERE_FROM, add_json, ledger_parser, new_passphrase
from habeas.cli.streams import say
from habeas.runs.ledgers.creating import create_ledger
from habeas.runs.ledgers.ledger import Ledger

DESCRIPTION = f"""Make a ledger: its keys, its databases, its settings, and a first checkpoint of an empty log.

The origin is the log's name for ever; use an address of your own without https://,
best the one where the public files will be served.
{WHERE_FROM}"""

MADE = """made: the ledger {origin} in {folder}
  ledger.yaml       its settings
  keys/             three keys, {locked}; keep a copy where nobody else reads it
  trust-policy.txt  public keys: give it to whoever shall verify
  {tiles:16}  the public files: let a web server show them to everyone
  {second} keeps the last checkpoint once more: best on another disk
next: habeas ledger append {folder} records.jsonl"""


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
        say(
            json.dumps(
                {"origin": given.origin, "folder": str(given.folder), "policy": str(created.policy), "keys": list(map(str, created.keys))}
            )
        )
    else:
        locked = "open to whoever can read them" if secret is None else "locked by your passphrase"
        settings = created.settings
        say(MADE.format(origin=given.origin, folder=given.folder, locked=locked, tiles=settings.tiles, second=settings.second_place))
    return 0
