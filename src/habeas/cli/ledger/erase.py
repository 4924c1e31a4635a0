"""`habeas ledger erase FOLDER`: forget a person, or one group of one record; the log stays provable."""

from __future__ import annotations

import json
from collections.abc import Sequence

from habeas.cli.ledger.asking import WHERE_FROM, add_authority, add_json, ledger_parser, opened
from habeas.cli.streams import say
from habeas.cli.usage import WrongUsage
from habeas.terms.records_keys import ERASURE_GROUNDS

DESCRIPTION = f"""Erase a person from all records (--person), or one group of one record (--record
INDEX --group GROUP).

The order is recorded and published first, then the keys are destroyed. Nobody
can read or prove what the fields said afterwards; every proof of the log stays
valid. This can't be undone.
{WHERE_FROM}"""


def run(arguments: Sequence[str]) -> int:
    """Record the order, then carry it out."""
    found = ledger_parser("erase", DESCRIPTION)
    found.add_argument("--person", metavar="REF", help="the person, as your systems call them; - reads the reference from the terminal")
    found.add_argument("--record", type=int, metavar="INDEX", help="one record only")
    found.add_argument("--group", metavar="GROUP", help="which group of it, e.g. person")
    found.add_argument("--ground", required=True, choices=ERASURE_GROUNDS.words, metavar="WHY", help=f"why: {ERASURE_GROUNDS}")
    add_authority(found)
    add_json(found, "the receipt")
    given = found.parse_args(arguments)
    one_record = given.record is not None and given.group is not None
    if (given.person is None) == (given.record is None and given.group is None) or (given.person is None and not one_record):
        raise WrongUsage("habeas ledger erase: expected --person REF, or --record INDEX with --group GROUP")
    person = input() if given.person == "-" else given.person
    with opened(given.folder) as ledger:
        if person is None:
            receipt = ledger.erase_record(given.record, given.group, ground=given.ground, authority=given.authority)
        else:
            receipt = ledger.erase_person(person, ground=given.ground, authority=given.authority)
    said = {"index": receipt.index, "leaf": receipt.leaf.hex()}
    say(json.dumps(said) if given.json else f"erased; on record as {receipt.index} {receipt.leaf.hex()}")
    return 0
