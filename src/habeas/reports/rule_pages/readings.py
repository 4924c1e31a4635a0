"""Which books and rules a lawyer must still read: the list in the page on legal advice."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.reports.language.phrases import counted
from habeas.reports.rule_pages.books import checked
from habeas.reports.rule_pages.markdown import folded, heading, page, prose, table
from habeas.reports.rule_pages.shelf import Links, Shelf
from habeas.reports.rulebooks import words
from habeas.rules.rulebook import Rulebook
from habeas.terms.sources import Confidence

LINKS = Links(up="../reference/")
HEAD = ("Book", "Read by a lawyer", "Rules whose text was read", "Open questions")


def readings(shelf: Shelf) -> str:
    """Per book who read it, what is open, and every rule whose text wasn't read in full."""
    rows = [(LINKS.book(book), prose(words.readers(book)), checked(book), str(len(book.unsettled))) for book in shelf.books]
    return page([*table(HEAD, rows), *(line for book in shelf.books for line in _book(book))])


def _book(book: Rulebook) -> Iterator[str]:
    yield from ("", heading(3, book.short), "")
    yield f"Read against its text by: {prose(words.readers(book))}."
    yield f"[{counted(len(book.unsettled), 'open question', 'open questions')}](../reference/rules/{book.id}.md#unsettled)."
    for found in Confidence:
        rules = [rule for rule in book.rules if rule.confidence is found]
        if rules and found is not Confidence.SOURCE:
            said = f"{counted(len(rules), 'rule', 'rules')}: {words.CONFIDENCES[found]} ({found.value})"
            rows = ((LINKS.rule(book, rule), prose(rule.article), prose(rule.title)) for rule in rules)
            yield from ("", *folded(said, table(("Rule", "Article", "What"), rows), kind="warning"))
