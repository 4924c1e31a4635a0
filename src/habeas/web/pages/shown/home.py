"""What the first page shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from habeas.runs.rulebooks import library
from habeas.web.explore.models import SearchRow
from habeas.web.explore.queries.rows import as_plain
from habeas.web.explore.queries.search import newest, totals

NEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """The register in numbers, the entries that changed last, and how much there is beside it."""

    figures: tuple[tuple[str, int], ...]
    newest: tuple[SearchRow, ...]
    documented: int
    technologies: int
    rules: int

    @property
    def told(self) -> object:
        """All that is shown, as a value whose text tells it."""
        return self.figures, [as_plain(row) for row in self.newest], self.documented, self.technologies, self.rules


def ways_in() -> WaysIn:
    """What the first page shows now."""
    return WaysIn(
        figures=_figures(),
        newest=newest(NEWEST),
        documented=sum(1 for entry in library.catalogue() if entry.public),
        technologies=len(library.families()),
        rules=sum(len(book.rules) for book in library.books()),
    )


def _figures() -> tuple[tuple[str, int], ...]:
    # a made-up entry never counts as one: whoever quotes the number would quote a system that doesn't exist
    found = totals()
    real = ((_("systems in this register"), found.entries), (_("of them prohibited by a rulebook"), found.prohibited))
    others = ((_("of them documented by others"), found.by_others),)
    made_up = ((_("made-up systems, which show how the site works"), found.made_up),)
    return (real if found.entries else ()) + (others if found.by_others else ()) + (made_up if found.made_up else ())
