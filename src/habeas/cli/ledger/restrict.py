"""`habeas ledger restrict` and `habeas ledger lift`: put a record out of everyone's reach but a court's, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.ledger.asking import WHERE_FROM, add_authority, add_json, ledger_parser, opened
from habeas.cli.streams import say
from habeas.errors import BadInput
from habeas.runs.ledgers.verifying import read_bytes
from habeas.terms.records_keys import RESTRICTION_GROUNDS

DESCRIPTION = f"""Restrict one group of one record: only the court's private key opens it again.

With --lift FILE, lift the restriction by that key: 64 hexadecimal digits in a
file that only its owner reads.
{WHERE_FROM}"""

PRIVATE_BYTES = 32


def run(arguments: Sequence[str]) -> int:
    """Record the order, then carry it out."""
    found = ledger_parser("restrict", DESCRIPTION)
    found.add_argument("index", type=int, metavar="INDEX", help="the record's index")
    found.add_argument("group", metavar="GROUP", help="which group of it, e.g. person")
    found.add_argument("--ground", required=True, choices=RESTRICTION_GROUNDS.words, metavar="WHY", help=f"why: {RESTRICTION_GROUNDS}")
    keys = found.add_mutually_exclusive_group(required=True)
    keys.add_argument("--court-key", metavar="HEX", help="the court's public key (X25519)")
    keys.add_argument("--lift", type=Path, metavar="FILE", help="lift the restriction with the court's private key in FILE")
    add_authority(found)
    add_json(found, "the receipt")
    given = found.parse_args(arguments)
    private = None if given.lift is None else _private(given.lift)
    with opened(given.folder) as ledger:
        if private is None:
            done = ledger.restrict(given.index, given.group, ground=given.ground, court_key=given.court_key, authority=given.authority)
        else:
            done = ledger.lift(given.index, given.group, ground=given.ground, court_private=private, authority=given.authority)
        if private is not None:
            ledger.checkpoint()  # a restriction is published before it is carried out; that it is lifted should show as well
    said = {"index": done.index, "leaf": done.leaf.hex()}
    say(json.dumps(said) if given.json else f"{'restricted' if private is None else 'lifted'}; on record as {done.index} {done.leaf.hex()}")
    return 0


def _private(path: Path) -> bytes:
    text = read_bytes(path, what="a court's private key").decode("ascii", "replace").strip()
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != PRIVATE_BYTES:
        raise BadInput(f"{path}: expected a court's private key, 64 hexadecimal digits; got something else: name the right file")
    return found
