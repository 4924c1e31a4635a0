"""Kept verdicts, read back to be compared."""

from __future__ import annotations

from pathlib import Path

from habeas.reports.screening.keeping.comparing import ScreenChanges, compare
from habeas.runs.kept_json import read_verdict


def compare_files(before: Path, after: Path) -> ScreenChanges:
    """What changed between two kept verdicts.

    Raises:
        NotFound, BadInput: a file isn't there, or holds no verdict.
    """
    return compare(read_verdict(before), read_verdict(after))
