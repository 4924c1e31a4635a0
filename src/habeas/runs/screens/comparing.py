"""Kept verdicts, read back to be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from habeas.errors import BadInput, NotFound
from habeas.reports.screening.comparing import ScreenChanges, compare

HOW = "habeas screen SYSTEM --out FILE writes one"


def compare_files(before: Path, after: Path) -> ScreenChanges:
    """What changed between two kept verdicts.

    Raises:
        NotFound, BadInput: a file isn't there, or holds no verdict.
    """
    return compare(_read(before), _read(after))


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise NotFound(f"expected a kept verdict at {path}; there is none: {HOW}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(f"expected a kept verdict at {path}; it can't be read as JSON: {HOW}") from error
    if not isinstance(document, dict):
        raise BadInput(f"expected a kept verdict at {path}; it holds something else: {HOW}")
    return document
