"""`habeas verify BUNDLE`: check evidence offline, step by step."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import remark, say, say_document, width
from habeas.cli.usage import WrongUsage, parser
from habeas.errors import BrokenEvidence, exit_code
from habeas.ledger.trust.ladder import PROOF_FILE
from habeas.ledger.trust.rungs import Verification
from habeas.reports.verification import as_document, as_text
from habeas.runs.ledgers.verifying import read_bytes, verify
from habeas.runs.outputs import write_file
from habeas.runs.pages.verification import verification_page

DESCRIPTION = """Check an evidence file: that a log recorded this entry, that nothing was
altered, and that the fields it shows are those recorded. Needs no network and
no account.

The trust policy says whose signatures count; get it from somebody you trust,
not from whoever gave you the evidence. Without one nothing is proven.

Leaves with 0: everything is proven; 76: a step fails; 2: nothing fails, but
without a trust policy nothing is proven; 64 and above: an error."""

NOT_PROVEN = 2


def run(arguments: Sequence[str]) -> int:
    """Check and say what became of each step."""
    given = _parser().parse_args(arguments)
    if given.page is not None:
        written = write_file(given.page, verification_page().encode())
        remark(f"written: {written}; open it in a browser: it checks the same there, offline")
        if given.bundle is None:
            return 0
    if given.bundle is None:
        raise WrongUsage("habeas verify: expected the evidence file to check; see habeas verify --help")
    bundle = read_bytes(given.bundle, what="an evidence file")
    if given.entry is None and bundle.startswith(PROOF_FILE):  # a bare proof is no failed one: say what is missing before judging
        message = f"habeas verify: {given.bundle} is a bare proof, which holds no entry; name the entry's bytes too: --entry FILE"
        raise WrongUsage(message)
    entry = None if given.entry is None else read_bytes(given.entry, what="the entry's bytes")
    found = verify(bundle, policy=given.policy, entry=entry)
    if given.json:  # in ASCII: what the file holds may come from anybody, and a terminal would obey some of it
        say_document((json.dumps(as_document(found), indent=2) + "\n").encode())
    else:
        say(as_text(found, width=width()))
    return _code(found)


def _code(found: Verification) -> int:
    if found.held:
        return 0
    return NOT_PROVEN if found.failed is None else exit_code(BrokenEvidence())


def _parser() -> argparse.ArgumentParser:
    found = parser("habeas verify", DESCRIPTION)
    found.add_argument(
        "bundle", type=Path, nargs="?", metavar="BUNDLE", help="an evidence file (JSON), or a .tlog-proof together with --entry"
    )
    found.add_argument("--policy", type=Path, metavar="FILE", help="the trust policy: which logs and witnesses are believed")
    found.add_argument("--entry", type=Path, metavar="FILE", help="the entry's bytes, for a bare .tlog-proof")
    found.add_argument("--json", action="store_true", help="print the result as JSON instead of words")
    found.add_argument("--page", type=Path, metavar="FILE", help="write a page that does the same in any browser, offline")
    return found
