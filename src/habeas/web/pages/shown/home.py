"""What the first page shows."""

from __future__ import annotations

from habeas.reports.rule_pages.shelf import Shelf


def ways_in(known: Shelf) -> dict[str, object]:
    """How many documented systems, technologies and rules there are."""
    return {
        "documented": len(known.documented),
        "technologies": len(known.technologies),
        "rules": sum(len(book.rules) for book in known.books),
    }
