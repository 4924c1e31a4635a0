"""`habeas ledger append FOLDER [RECORDS]`: record what happened."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from habeas.cli.ledger.asking import WHERE_FROM, add_json, ledger_parser, opened, progress
from habeas.cli.streams import remark, say
from habeas.errors import HabeasError, Unavailable
from habeas.reports.language.phrases import counted
from habeas.runs.ledgers.reading import recorded
from habeas.runs.ledgers.record_files import Records, records_in_file, records_in_stream

DESCRIPTION = f"""Record what happened: one JSON object a line (`habeas schema ledger-record`),
from a file or standard input.

All lines are checked first; if one is refused, none is recorded. A receipt is
printed for each record once it is on the disk. Then a checkpoint is signed,
which makes the records provable.
{WHERE_FROM}"""


def run(arguments: Sequence[str]) -> int:
    """Check all, record all, publish."""
    found = ledger_parser("append", DESCRIPTION)
    found.add_argument("records", nargs="?", default="-", metavar="RECORDS", help="a file of records; - is standard input (the default)")
    found.add_argument("--no-checkpoint", action="store_true", help="don't sign now; habeas ledger checkpoint does later")
    add_json(found, "each receipt")
    given = found.parse_args(arguments)
    records = _checked(given.records)
    if not records.count:
        remark(f"nothing recorded: {records.name} holds no record")
        return 0
    first: list[int] = []
    try:
        _record(given, records, begins=first.append)
    except BaseException:
        if first:
            remark(_how_far(given.folder, records, first=first[0]))
        raise
    return 0


def _checked(records: str) -> Records:
    with progress("checking") as bar:
        if records != "-":
            return records_in_file(Path(records), progress=bar)
        if sys.stdin is None:
            raise Unavailable("expected records on standard input; it is closed: name a file of records")
        if sys.stdin.isatty():
            remark("reading records, one JSON object a line, until Ctrl-D")
        return records_in_stream(sys.stdin.buffer, name="standard input", progress=bar)


def _record(given: argparse.Namespace, records: Records, *, begins: Callable[[int], None]) -> None:
    with opened(given.folder) as ledger:
        with progress("recording", scroll=True) as bar:
            records.expect_known(ledger.size)
            begins(ledger.size)
            for done, receipt in enumerate(ledger.record_many(records), start=1):
                said = {"index": receipt.index, "leaf": receipt.leaf.hex()}
                say(json.dumps(said) if given.json else f"recorded {receipt.index} {receipt.leaf.hex()}")
                if bar is not None:
                    bar(done, records.count)
        if not given.no_checkpoint:
            remark(f"signed: {counted(ledger.checkpoint().size, 'entry', 'entries')}")


def _how_far(folder: Path, records: Records, *, first: int) -> str:
    """After an interruption: what was recorded all the same, so that nothing is appended twice and nothing forgotten."""
    try:
        done = recorded(folder) - first
    except HabeasError:
        return "how many of the records were recorded can't be read now: look before you append them again"
    if not done:
        return f"none of the {counted(records.count, 'record', 'records')} was recorded"
    where = f"as entry {first}" if done == 1 else f"as entries {first} to {first + done - 1}"
    if done == records.count:
        return f"all {counted(done, 'record', 'records')} were recorded, {where}: don't append them again"
    return f"of {records.count:,} records the first {done:,} were recorded, {where}: append only the rest"
