"""`habeas verify log FOLDER`: check a whole log from its public files, and against a checkpoint kept from earlier."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.ledger.asking import add_json, progress
from habeas.cli.streams import say, say_document, width
from habeas.cli.usage import parser
from habeas.errors import BrokenEvidence, exit_code
from habeas.reports.verification import log_as_document, log_as_text
from habeas.runs.ledgers.verifying_log import verify_log

DESCRIPTION = """Check a whole log from a copy of its public files: every entry, and with
--since that nothing was altered or dropped since a checkpoint that you kept.
Needs no network, and nothing from the log's owner but the files.

Keep the file `checkpoint` of a log that matters to you, now and then: it is
what later shows whether the past was changed.

Leaves with 0: everything is proven; 76: a step fails; 64 and above: an error."""


def run(arguments: Sequence[str]) -> int:
    """Check and say what became of each step."""
    found = parser("habeas verify log", DESCRIPTION)
    found.add_argument("files", type=Path, metavar="FOLDER", help="the log's public files: checkpoint and the folder tile")
    found.add_argument("--policy", type=Path, required=True, metavar="FILE", help="the trust policy: which logs and witnesses are believed")
    found.add_argument("--since", type=Path, metavar="FILE", help="a checkpoint of this log, kept from earlier")
    add_json(found)
    given = found.parse_args(arguments)
    with progress("checking entries") as bar:
        verification = verify_log(given.files, policy=given.policy, since=given.since, progress=bar)
    if given.json:
        say_document((json.dumps(log_as_document(verification), indent=2) + "\n").encode())
    else:
        say(log_as_text(verification, width=width()))
    return 0 if verification.held else exit_code(BrokenEvidence())
