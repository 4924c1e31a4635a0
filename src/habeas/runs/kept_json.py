"""JSON documents that habeas wrote and somebody kept, read back."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from habeas.errors import BadData, BadInput, NotFound


def read_kept(path: Path, *, what: str, how: str, kind: type[BadInput]) -> tuple[dict[str, Any], str]:
    """The document in a file, and the SHA-256 (hex) of its bytes; `what` it should be and `how` one is made stand in messages.

    Raises:
        NotFound: there is no such file.
        `kind`: it can't be read, or holds something else than a JSON object.
    """
    try:
        content = path.read_bytes()
        document = json.loads(content, object_pairs_hook=_each_once)
    except FileNotFoundError as error:
        raise NotFound(f"expected {what} at {path}; there is none: {how}") from error
    except (OSError, ValueError, RecursionError) as error:
        raise kind(f"expected {what} at {path}; it can't be read as JSON: {how}") from error
    if not isinstance(document, dict):
        raise kind(f"expected {what} at {path}; it holds something else: {how}")
    return document, hashlib.sha256(content).hexdigest()


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object that names nothing twice; else readers would differ on what it says."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def read_report(path: Path) -> tuple[dict[str, Any], str]:
    """The report.json of an audit, and its digest.

    Raises:
        NotFound, BadData: it isn't there, or holds something else.
    """
    return read_kept(path, what="a report.json", how="habeas audit PLAN --out DIR writes one", kind=BadData)


def read_verdict(path: Path) -> dict[str, Any]:
    """What `habeas screen --out` kept.

    Raises:
        NotFound, BadInput: it isn't there, or holds something else.
    """
    document, _ = read_kept(path, what="a kept verdict", how="habeas screen SYSTEM --out FILE writes one", kind=BadInput)
    return document
