"""`habeas ledger recover FOLDER`: bring a ledger back after an old backup, a lost disk or damaged files."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from habeas.cli.ledger.asking import WHERE_FROM, add_json, ledger_parser, passphrase, progress, remark_replayed, warn
from habeas.cli.streams import say
from habeas.reports.language.phrases import counted
from habeas.runs.ledgers.ledger import is_locked
from habeas.runs.ledgers.recovering import Recovery, recover_ledger

DESCRIPTION = f"""Bring a ledger back to the last checkpoint that it signed: the entries that its
database lost come back from the public files, each checked against what was
signed; damaged public files are written again; erasures that an old backup
undid are carried out again.

Sealed fields that were recorded after the backup can't come back; what was
recorded after the last checkpoint can't either. Nothing is changed where the
parts contradict each other.
{WHERE_FROM}"""


def run(arguments: Sequence[str]) -> int:
    """Recover, and say what came back."""
    found = ledger_parser("recover", DESCRIPTION)
    found.add_argument("--second-place-lost", action="store_true", help="the second place is gone; nobody holds a larger checkpoint")
    found.add_argument("--persons-lost", action="store_true", help="the persons' keys are gone for good: what they sealed stays sealed")
    add_json(found, "what came back")
    given = found.parse_args(arguments)
    secret = passphrase(os.environ) if is_locked(given.folder) else None
    with progress("recovering") as bar:
        recovery = recover_ledger(
            given.folder,
            passphrase=secret,
            second_place_lost=given.second_place_lost,
            persons_lost=given.persons_lost,
            told=warn,
            progress=bar,
        )
    say(json.dumps(_document(recovery)) if given.json else _text(recovery))
    remark_replayed(recovery.replayed)
    return 0


def _text(recovery: Recovery) -> str:
    found = recovery.recovered
    lines = [
        f"recovered: the log of {counted(found.head.size, 'entry', 'entries')} that was signed last",
        f"brought back: {counted(found.entries, 'entry', 'entries')}; written again: {counted(found.files, 'public file', 'public files')}",
    ]
    if found.without_fields:
        lines.append(f"without their sealed fields, which no file holds: {counted(found.without_fields, 'record', 'records')}")
    if found.second_place:
        lines.append("the second place was filled again")
    return "\n".join(lines)


def _document(recovery: Recovery) -> dict[str, object]:
    found, again = recovery.recovered, recovery.replayed
    return {
        "format": "habeas-recovery/1",
        "size": found.head.size,
        "entries": found.entries,
        "without_fields": found.without_fields,
        "files": found.files,
        "second_place": found.second_place,
        "erased_again": again.erased,
        "keys_destroyed_again": again.destroyed,
        "restricted_again": again.restricted,
        "unfinished": list(again.unfinished),
    }
