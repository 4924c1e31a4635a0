"""The pages of the documentation that are made from what habeas brings: books, catalogue, technologies, vocabulary, kinds of file."""

from __future__ import annotations

import re
from datetime import date

from habeas.reports.rule_pages.books import book_page, index_page
from habeas.reports.rule_pages.catalogue import catalogue_index, family_page
from habeas.reports.rule_pages.readings import readings
from habeas.reports.rule_pages.shelf import Shelf
from habeas.reports.rule_pages.technologies import technologies_page
from habeas.reports.rule_pages.verdicts import verdicts_page
from habeas.reports.rule_pages.vocabulary import vocabulary_page
from habeas.runs.rulebooks import library
from habeas.runs.screens.references import description_reference_markdown, rulebook_reference_markdown
from habeas.runs.screens.screening import catalogue_row

MADE = re.compile(r"(<!-- made by `make reference`: don't edit below -->\n).*(<!-- end of what is made -->)", re.DOTALL)
"""Part of a page that is otherwise written by hand."""


def shelf(*, on: date) -> Shelf:
    """Everything that habeas brings, screened on that day."""
    return Shelf(
        books=library.books(),
        vocabulary=library.vocabulary(),
        technologies=library.families(),
        documented=tuple(catalogue_row(entry, on=on) for entry in library.catalogue()),
        unverified=tuple(catalogue_row(entry, on=on) for entry in library.unverified()),
        on=on,
    )


def made_pages(known: Shelf) -> dict[str, str]:
    """Path below docs/reference -> the page."""
    return {
        "rules/index.md": index_page(known),
        **{f"rules/{book.id}.md": book_page(book, known) for book in known.books},
        "catalogue/index.md": catalogue_index(known),
        **{f"catalogue/{family.value}.md": family_page(family, known) for family in known.families()},
        "verdicts.md": verdicts_page(known),
        "technologies.md": technologies_page(known),
        "vocabulary.md": vocabulary_page(known),
        "system-description.md": description_reference_markdown(),
        "rulebook-file.md": rulebook_reference_markdown(),
    }


def with_readings(page: str, known: Shelf) -> str:
    """The page on legal advice with the list as it is now."""
    return MADE.sub(lambda found: f"{found[1]}\n{readings(known)}\n{found[2]}", page)
