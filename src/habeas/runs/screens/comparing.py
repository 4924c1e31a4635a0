"""Kept verdicts, read back to be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from habeas.errors import BadInput
from habeas.reports.screening.keeping.comparing import ScreenChanges, compare
from habeas.runs.kept_json import read_kept


def compare_files(before: Path, after: Path) -> ScreenChanges:
    """What changed between two kept verdicts.

    Raises:
        NotFound, BadInput: a file isn't there, or holds no verdict.
    """
    return compare(_read(before), _read(after))


def _read(path: Path) -> dict[str, Any]:
    document, _ = read_kept(path, what="a kept verdict", how="habeas screen SYSTEM --out FILE writes one", kind=BadInput)
    return document
