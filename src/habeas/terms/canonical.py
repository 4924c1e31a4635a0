"""Canonical JSON (RFC 8785): one spelling per value, so that whoever hashes it gets the same bytes."""

from __future__ import annotations

import json
from typing import Any

import rfc8785

from habeas.errors import Malformed

MOST_INTEGER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly; the smallest is its negative."""


def canonical(value: Any) -> bytes:
    """`value` (texts, whole numbers, true, false, nothing, lists, mappings) as canonical JSON.

    Raises:
        Malformed: a number with a fraction or beyond `MOST_INTEGER`, a text that UTF-8 can't hold, or another kind of value.
    """
    try:
        _refuse_floats(value)
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError):
        raise Malformed(
            f"canonical JSON: expected texts of Unicode characters, whole numbers up to {MOST_INTEGER}, true, false, lists and "
            "mappings of these; got something else: write numbers with a fraction as text"
        ) from None


def parse_canonical(raw: bytes) -> Any:
    """The value that canonical JSON holds.

    Raises:
        Malformed: not JSON, or JSON in any but its canonical spelling: a name twice, other spacing, order or escapes, fractions.
    """
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Malformed("canonical JSON: expected JSON in UTF-8; got something else: copy the original again") from None
    if canonical(value) != raw:  # a name that stands twice is lost in reading, so that it shows here as well
        raise Malformed("canonical JSON: expected the spelling of RFC 8785; got another for the same value: copy the original again")
    return value


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise rfc8785.CanonicalizationError
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            _refuse_floats(part)
