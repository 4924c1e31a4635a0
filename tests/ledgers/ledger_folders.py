"""Whole ledgers in folders, made and used as from a terminal or from Python; the people are made up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from habeas.runs.ledgers.creating import create_ledger
from habeas.runs.ledgers.ledger import Ledger

ORIGIN = "log.police.example/decisions"
AUTHORITY = "police.example"
BY = ["--authority", AUTHORITY]
SECRETS = ("Ada Lovelace", "P-1042", "badge of O-17")
"""What is personal in `decision()`: no message may repeat any of it."""


def decision(person: str = "P-1042", **changed: object) -> dict[str, object]:
    """A decision about a person, by an officer."""
    return {
        "type": "decision",
        "authority": AUTHORITY,
        "day": "2026-11-20",
        "public": {"system": "bail-score", "version": "unknown", "purpose": "bail"},
        "personal": {
            "person": {"ref": person, "fields": {"name": "Ada Lovelace", "score": 8}},
            "officer": {"ref": "O-17", "fields": {"badge": "badge of O-17"}},
        },
        **changed,
    }


def notice(about: int) -> dict[str, object]:
    """That somebody was told."""
    return {"type": "notice", "authority": AUTHORITY, "day": "2026-11-21", "public": {"about": about, "kind": "told"}}


def made(folder: Path, *records: Mapping[str, Any]) -> Path:
    """A ledger with open keys (stretching a passphrase takes a second), these records and a checkpoint of them."""
    create_ledger(folder, origin=ORIGIN, passphrase=None)
    with Ledger(folder) as ledger:
        list(ledger.record_many(records))
        ledger.checkpoint()
    return folder


def lines(path: Path, *records: object) -> Path:
    """A file of records, one a line."""
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def command(*arguments: object) -> list[str]:
    """The command line, as a program of its own."""
    return [sys.executable, "-m", "habeas", *map(str, arguments)]


def habeas(*arguments: object, given: str | bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a program of its own; what it read and said is text."""
    raw = given if isinstance(given, bytes) else given.encode()
    done = subprocess.run(command(*arguments), input=raw, capture_output=True, check=False, timeout=120, env={**os.environ, **environment})
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
