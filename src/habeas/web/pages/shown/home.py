"""What the first page shows."""

from __future__ import annotations

from django.utils.translation import gettext as _

from habeas.runs.rulebooks import library
from habeas.web.explore.queries.search import newest, totals

NEWEST = 5


def ways_in() -> dict[str, object]:
    """How many entries, documented systems, technologies and rules there are, and the entries that changed last."""
    found = totals()
    figures = ((_("systems in this register"), found["entries"]), (_("of them prohibited by a rulebook"), found["prohibited"]))
    return {
        "figures": figures if found["entries"] else (),
        "newest": newest(NEWEST),
        "documented": len(library.catalogue()),
        "technologies": len(library.families()),
        "rules": sum(len(book.rules) for book in library.books()),
    }
