"""Verdicts kept in files, for `habeas screen compare`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from habeas.errors import BadInput, CannotWrite
from habeas.reports.documents.writing import to_bytes
from habeas.reports.screening.keeping.comparing import same_system
from habeas.reports.screening.keeping.kept import KIND
from habeas.runs.kept_json import read_verdict
from habeas.runs.outputs import write_file


def keep(document: dict[str, Any], path: Path) -> None:
    """Write a verdict; it replaces an earlier verdict of the same system, an empty file, and nothing else.

    Raises:
        CannotWrite: something else is there, or it can't be written.
    """
    if path.is_file() and path.stat().st_size > 0:
        _refuse_another(path, document)
    write_file(path, to_bytes(document))


def _refuse_another(path: Path, document: Mapping[str, Any]) -> None:
    try:
        earlier: Mapping[str, Any] = read_verdict(path)
    except BadInput:
        earlier = {}
    is_verdict = str(earlier.get("habeas")).startswith(f"{KIND}/") and isinstance(earlier.get("system"), dict)
    if is_verdict and same_system(earlier, document):
        return
    there = "the verdict of a system of another name" if is_verdict else "a file that isn't a verdict"
    raise CannotWrite(f"expected to keep the verdict at {path}; there is {there}, which is left as it is: choose another --out")
