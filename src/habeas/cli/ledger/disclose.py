"""`habeas ledger disclose FOLDER INDEX GROUP/FIELD ...`: show a court some fields of a record, and no others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.ledger.asking import WHERE_FROM, add_authority, add_json, ledger_parser, opened
from habeas.cli.streams import remark, say
from habeas.cli.usage import WrongUsage
from habeas.runs.outputs import rehearse, write_private_file
from habeas.stores.log.head import head_of
from habeas.terms.records_keys import READING_PURPOSES, RECIPIENTS

DESCRIPTION = f"""Make an evidence file that proves a record and shows the named fields of it, no
others.

That they were disclosed, why, and to what kind of recipient, is recorded first.
{WHERE_FROM}"""


def run(arguments: Sequence[str]) -> int:
    """Record the disclosure, then write the evidence."""
    found = ledger_parser("disclose", DESCRIPTION)
    found.add_argument("index", type=int, metavar="INDEX", help="the record's index, as in its receipt")
    found.add_argument("fields", nargs="+", metavar="GROUP/FIELD", help="what to show, e.g. person/score; all of one group")
    found.add_argument("--ground", required=True, choices=READING_PURPOSES.words, metavar="WHY", help=f"why: {READING_PURPOSES}")
    found.add_argument("--to", required=True, choices=RECIPIENTS.words, metavar="WHOM", help=f"to whom: {RECIPIENTS}")
    found.add_argument("--out", required=True, type=Path, metavar="FILE", help="where the evidence file goes")
    add_authority(found)
    add_json(found, "what was written")
    given = found.parse_args(arguments)
    groups = {field.partition("/")[0] for field in given.fields}
    names = [field.partition("/")[2] for field in given.fields]
    if len(groups) != 1 or not all(names) or len(set(names)) < len(names):
        raise WrongUsage("habeas ledger disclose: expected fields of one group, each once, as GROUP/FIELD, e.g. person/score person/name")
    rehearse(given.out)  # a disclosure must not be on record for a file that can't be written
    with opened(given.folder) as ledger:
        evidence = ledger.disclose(given.index, groups.pop(), *names, ground=given.ground, authority=given.authority, to=given.to)
    written = write_private_file(given.out, evidence.encode())
    if given.json:
        say(json.dumps({"written": str(written), "index": given.index, "size": head_of(evidence.proof.checkpoint).size}))
    else:
        remark(f"written: {written}")
    return 0
