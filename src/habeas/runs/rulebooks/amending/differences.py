"""Two versions of a rulebook side by side: what differs, and which systems of the catalogue they judge otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from habeas.rules.difference import BookDifference, Rejudged, difference, rejudged, turning_days
from habeas.runs.rulebooks.library import book_path, catalogue, read_book, read_vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a newer version of a book changes.

    `on`: the day on which systems were judged by both; `systems`: how many of the catalogue were; `rejudged`: those judged otherwise.
    `other_days`: later days on which a changed rule begins or ends, with how many systems then get another verdict.
    """

    difference: BookDifference
    on: date
    systems: int
    rejudged: tuple[Rejudged, ...]
    other_days: tuple[tuple[date, int], ...]

    @property
    def verdicts_changed(self) -> tuple[Rejudged, ...]:
        """The systems whose verdict itself differs."""
        return tuple(one for one in self.rejudged if one.finding_changed)

    @property
    def needs_a_look(self) -> bool:
        """Whether some verdict changes, on that day or a later one, or a prohibition becomes weaker."""
        return bool(self.verdicts_changed or self.other_days or self.difference.weakened)


def amendment(old: str, new: str, *, on: date, words: Path | None = None) -> Amendment:
    """What `new` changes against `old`, each the id of a book or a file; `words`: the file of a vocabulary of one's own.

    Raises:
        NotFound, BadRulebook, Unavailable: one of them isn't there, isn't a rulebook, or can't be read.
    """
    known = None if words is None else read_vocabulary(words)
    had, has = (read_book(book_path(name), words=known) for name in (old, new))
    found = difference(had, has)
    systems = {entry.id: entry.description for entry in catalogue()}
    days = [day for day in turning_days(found) if day > on]
    counts = ((day, sum(one.finding_changed for one in rejudged(systems, had, has, on=day))) for day in days)
    return Amendment(
        difference=found,
        on=on,
        systems=len(systems),
        rejudged=rejudged(systems, had, has, on=on),
        other_days=tuple((day, count) for day, count in counts if count > 0),
    )
