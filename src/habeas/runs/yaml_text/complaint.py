"""Complaints: one thing to mend in a file, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from habeas.errors import BadInput

Place: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value, e.g. `("confirmatory", 0, "metric")`."""

MOST_COMPLAINTS = 50
"""A file that isn't a plan at all could give thousands; nobody reads past this many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What was expected, what came and what to do next. `line` counts from 1; None where nothing was written."""

    message: str
    place: Place = ()
    line: int | None = None


def refusal(complaints: Iterable[Complaint], *, name: str, kind: type[BadInput] = BadInput) -> BadInput:
    """The error, of the given kind, that lists every complaint, in the order of their lines, each on a line of its own."""
    ordered = sorted(complaints, key=lambda complaint: complaint.line or 0)
    told = [_in_words(complaint, name=name) for complaint in ordered[:MOST_COMPLAINTS]]
    if len(ordered) > MOST_COMPLAINTS:
        told.append(f"{name}: and {len(ordered) - MOST_COMPLAINTS} more; mend these first")
    return kind("\n".join(told))


def written_place(place: Place) -> str:
    """A place as its author would write it, e.g. `confirmatory[0].metric`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def _in_words(complaint: Complaint, *, name: str) -> str:
    where = name if complaint.line is None else f"{name} line {complaint.line}"
    return f"{where}, {written_place(complaint.place)}: {complaint.message}" if complaint.place else f"{where}: {complaint.message}"
