"""`habeas ledger fsck FOLDER`: check a whole ledger, and say everything that is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence

from habeas.cli.ledger.asking import add_json, ledger_parser, progress
from habeas.cli.streams import say
from habeas.errors import BrokenEvidence, exit_code
from habeas.reports.language.phrases import counted
from habeas.runs.ledgers.reading import check
from habeas.stores.log.findings import Report

DESCRIPTION = """Work the whole tree out again from the entries, and compare it with everything
that is kept: database, bundles, tiles, checkpoints, second place. Reports each
discrepancy with its index and file, and changes nothing. Needs no passphrase,
and may run beside the writer.

Leaves with 0: all agrees; 76: something doesn't; 64 and above: an error."""

NEXT = """Keep everything as it is, and copy it, until this is understood. Then habeas ledger recover
writes public files again, and brings back entries that the database lost."""


def run(arguments: Sequence[str]) -> int:
    """Check, say what was found."""
    found = ledger_parser("fsck", DESCRIPTION)
    add_json(found, "what was found")
    given = found.parse_args(arguments)
    with progress("checking entries") as bar:
        report = check(given.folder, progress=bar)
    say(json.dumps(_document(report), indent=2, ensure_ascii=False) if given.json else _text(report))
    return 0 if report.clean else exit_code(BrokenEvidence())


def _text(report: Report) -> str:
    checked = f"checked: {counted(report.size, 'entry', 'entries')} that were signed, and {counted(report.files, 'file', 'files')}"
    waiting = report.recorded - report.size
    lines = [checked, *([f"recorded and not signed yet: {counted(waiting, 'entry', 'entries')}"] if waiting > 0 else [])]
    if report.clean:
        return "\n".join([*lines, "all agrees"])
    more = [f"and {report.more} more"] if report.more else []
    count = counted(len(report.findings) + report.more, "thing", "things")
    return "\n".join([*lines, f"NOT in order: {count}", *map(str, report.findings), *more, NEXT])


def _document(report: Report) -> dict[str, object]:
    findings = [
        {"what": one.what.value, "index": one.index, "file": one.file, "expected": one.expected, "found": one.found}
        for one in report.findings
    ]
    return {
        "format": "habeas-fsck/1",
        "clean": report.clean,
        "signed": report.size,
        "recorded": report.recorded,
        "files": report.files,
        "findings": findings,
        "more": report.more,
    }
