"""Whole numbers that count entries: indices into a log and sizes of its tree."""

from __future__ import annotations

from habeas.errors import Malformed

MOST_ENTRIES = 2**63 - 1
"""The largest tree there may be: what a signed 64-bit number holds, so that every database and language can keep a size."""


def is_count(value: object, *, most: int = MOST_ENTRIES) -> bool:
    """Tell whether `value` is a whole number from 0 to `most`; True and False are not numbers here."""
    return type(value) is int and 0 <= value <= most


def require_count(value: object, *, what: str, most: int = MOST_ENTRIES) -> None:
    """Refuse what is no whole number from 0 to `most`; `what` names it in the message.

    Raises:
        Malformed: it is negative, too large, True or False, or no whole number at all.
    """
    if not is_count(value, most=most):
        raise Malformed(f"{what}: expected a whole number from 0 to {most}; got {str(value)[:40]}: mend the number")
