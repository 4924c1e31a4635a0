"""Every family of technology: what it is, what is claimed, what to ask, how it is tested, and which rules ask for its purposes."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.catalogue.families import Concern, Guidance
from habeas.reports.catalogue.technologies import CONCERNS, living_rules
from habeas.reports.rule_pages.markdown import bullets, folded, heading, page, prose, table
from habeas.reports.rule_pages.rules import source
from habeas.reports.rule_pages.shelf import Links, Shelf
from habeas.reports.rulebooks.words import OUTCOMES
from habeas.rules.rulebook import Outcome, Rulebook
from habeas.terms.vocabulary import PURPOSE

LINKS = Links()

OPENING = """\
# Families of technology

What police and courts use, what is claimed for it, and what whoever uses it must be able to answer: questions for a journalist, a council,
a defence lawyer or an inspector. The five concerns are those that the UK Parliament's technology office names (POST, October 2024). One
family in the terminal: `habeas catalogue technology ID`.

A rule that speaks of a purpose may still not apply: conditions, exceptions and dates stand with each rule. Rules that ask for something
else than the purpose (such as personal data) come on top: [screen the system itself](../tutorials/screen-a-system.md)."""


def technologies_page(shelf: Shelf) -> str:
    """All families, after a table that says which have rules that prohibit, and what can't be tested yet."""
    head = ("Technology", "Rules that may prohibit it", "In the catalogue")
    rows = [(LINKS.technology(one), _bans(one, shelf), str(len(_examples(one, shelf)))) for one in shelf.technologies]
    return page([OPENING, "", *table(head, rows), *(line for one in shelf.technologies for line in _family(one, shelf))])


def _bans(family: Guidance, shelf: Shelf) -> str:
    found = [
        LINKS.rule(book, rule)
        for book in shelf.books
        for rule in living_rules(family, book, on=shelf.on)
        if rule.outcome is Outcome.PROHIBITED
    ]
    return ", ".join(found) or "none by its purpose"


def _family(family: Guidance, shelf: Shelf) -> Iterator[str]:
    yield from ("", heading(2, family.name, anchor=family.id), "", prose(family.what), "")
    yield from ("**What is claimed for it**", "", *bullets(prose(benefit) for benefit in family.benefits), "")
    yield from ("**What to ask**", "")
    for worry in sorted(family.worries, key=lambda worry: list(Concern).index(worry.concern)):
        asked = (prose(worry.worry), "", *bullets(prose(question) for question in worry.ask))
        yield from (*folded(CONCERNS[worry.concern], asked, kind="question"), "")
    yield from ("**How habeas tests it**", "", prose(family.tested_by), "")
    if family.waits_for is not None:
        yield from (f"Not yet tested: {prose(family.waits_for)}", "")
    purposes = ", ".join(LINKS.fact(PURPOSE, purpose) for purpose in family.purposes)
    yield from (f"**Rules that ask for its purposes** ({purposes})", "", *bullets(_rules(family, book, shelf) for book in shelf.books), "")
    examples = _examples(family, shelf)
    if examples:
        yield from (f"**In the catalogue:** {', '.join(examples)}", "")
    yield from folded("Sources", bullets(source(found) for found in family.sources), kind="quote")


def _rules(family: Guidance, book: Rulebook, shelf: Shelf) -> str:
    found = living_rules(family, book, on=shelf.on)
    by_outcome = {outcome: [LINKS.rule(book, rule) for rule in found if rule.outcome is outcome] for outcome in Outcome}
    said = [f"{OUTCOMES[outcome]}: {', '.join(rules)}" for outcome, rules in by_outcome.items() if rules]
    return f"{LINKS.book(book)}: {'; '.join(said) or 'none'}"


def _examples(family: Guidance, shelf: Shelf) -> list[str]:
    entries = {row.entry.id: row.entry for row in shelf.documented}
    return [LINKS.system(entries[name]) for name in family.examples if name in entries]
