"""`habeas ledger prove FOLDER INDEX`: the proof that the log holds an entry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.cli.ledger.asking import ledger_parser
from habeas.cli.streams import remark, say_document
from habeas.runs.ledgers.reading import prove
from habeas.runs.outputs import write_file

DESCRIPTION = """Make an evidence file: an entry, and the proof that the published log holds it.
Shows no personal field (habeas ledger disclose does). Needs no passphrase, and
may run beside the writer."""


def run(arguments: Sequence[str]) -> int:
    """Write the evidence, or print it."""
    found = ledger_parser("prove", DESCRIPTION)
    found.add_argument("index", type=int, metavar="INDEX", help="the entry's index, as in its receipt")
    found.add_argument("--out", type=Path, metavar="FILE", help="where the evidence goes (default: standard output)")
    found.add_argument(
        "--tlog-proof", action="store_true", help="only the proof, as other programs read it; the entry goes beside it, to FILE.entry"
    )
    given = found.parse_args(arguments)
    evidence = prove(given.folder, given.index)
    document = evidence.proof.encode() if given.tlog_proof else evidence.encode()
    if given.out is None:
        say_document(document)
        return 0
    remark(f"written: {write_file(given.out, document)}")
    if given.tlog_proof:
        remark(f"written: {write_file(given.out.with_name(given.out.name + '.entry'), evidence.entry)}")
    return 0
