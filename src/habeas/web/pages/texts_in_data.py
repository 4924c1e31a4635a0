"""Texts that the pages translate by name: words of findings, states, kinds and concerns, which stand in data."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.reports.catalogue.entries import CHECKED
from habeas.reports.catalogue.technologies import CONCERNS
from habeas.reports.rule_pages.shelf import FAMILIES, STATUSES
from habeas.reports.rulebooks.words import CONFIDENCES, MOST_COUNTRIES
from habeas.reports.screening.words import FINDINGS, FROM_A_DISPUTED_DAY, OTHER, SAFEGUARDS, UNSURE
from habeas.runs.rulebooks import library
from habeas.web.pages.shown.rules import OUTCOMES, SECTIONS
from habeas.web.pages.shown.systems import STATEMENTS, countries_of, country_name

BINDINGS = ("a standard", "law there", f"law there{FROM_A_DISPUTED_DAY}", "not law there", "law; where used isn't told")


def texts() -> Iterator[str]:
    """Each of them."""
    for words in (CHECKED, CONCERNS, FAMILIES, STATUSES, CONFIDENCES, FINDINGS, SAFEGUARDS, SECTIONS):
        yield from words.values()
    yield from (UNSURE, OTHER, *BINDINGS, *STATEMENTS)
    yield from (word for _, word in OUTCOMES.values())
    used = {code for entry in library.catalogue() for code in countries_of(entry)}
    bound = {code for book in library.books() if len(book.binds_in) <= MOST_COUNTRIES for code in book.binds_in}
    yield from sorted(country_name(code) for code in used | bound)
