"""`habeas ledger append FOLDER [RECORDS]`: record what happened."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from habeas.cli.ledger.asking import WHERE_FROM, add_json, ledger_parser, opened, progress, warn
from habeas.cli.streams import remark, say
from habeas.errors import NotFound, Unavailable
from habeas.runs.ledgers.record_lines import RecordLine, parse_record_lines

DESCRIPTION = f"""Record what happened: one JSON object a line (`habeas schema ledger-record`), from a file or standard input.

All lines are checked first; if one is refused, none is recorded. A receipt is printed
for each record once it is on the disk. Then a checkpoint is signed, which makes the
records provable.
{WHERE_FROM}"""


def run(arguments: Sequence[str]) -> int:
    """Check all, record all, publish."""
    found = ledger_parser("append", DESCRIPTION)
    found.add_argument("records", nargs="?", default="-", metavar="RECORDS", help="a file of records; - is standard input (the default)")
    found.add_argument("--no-checkpoint", action="store_true", help="leave signing to a process that publishes on an interval")
    add_json(found, "each receipt")
    given = found.parse_args(arguments)
    records = _checked(given.records)
    with opened(given.folder) as ledger, progress("recording") as bar:
        for done, receipt in enumerate(ledger.record_many(records), start=1):
            said = {"index": receipt.index, "leaf": receipt.leaf.hex()}
            say(json.dumps(said) if given.json else f"recorded {receipt.index} {receipt.leaf.hex()}")
            if bar is not None:
                bar(done, len(records))
        if not given.no_checkpoint:
            head = ledger.checkpoint(told=warn)
            remark(f"signed: {head.size} entries")
    return 0


def _checked(records: str) -> list[RecordLine]:
    if records == "-":
        return list(parse_record_lines(sys.stdin.buffer, name="standard input"))
    return list(_of_file(Path(records)))


def _of_file(path: Path) -> Iterator[RecordLine]:
    try:
        with path.open("rb") as file:
            yield from parse_record_lines(file, name=str(path))
    except FileNotFoundError:
        raise NotFound(f"{path} is not there; expected a file of records, one JSON object a line: check the name") from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise Unavailable(f"{path} can't be read ({reason}); expected a file of records: check that you may read it") from problem
