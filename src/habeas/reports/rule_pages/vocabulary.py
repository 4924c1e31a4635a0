"""Every question that rules ask, why, the words that may answer it, and which rules ask it."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.reports.rule_pages.conditions import label
from habeas.reports.rule_pages.markdown import bullets, heading, page, prose, table
from habeas.reports.rule_pages.shelf import Links, Shelf
from habeas.reports.rulebooks.vocabulary import KINDS, asks
from habeas.terms.vocabulary import Fact

LINKS = Links()

OPENING = """\
# The questions a screen asks

A description of a system answers these questions, in this order; what isn't answered is unknown, and unknown never passes. Rules may ask
nothing else, and none asks how a system works inside. Every question and every word is asked for by some rule. In the terminal:
`habeas rules show vocabulary`; to be asked them one by one: `habeas screen init SYSTEM.yaml`."""


def vocabulary_page(shelf: Shelf) -> str:
    """Every question of the vocabulary."""
    rows = [(LINKS.fact(fact.name, label(fact.name)), prose(fact.question)) for fact in shelf.vocabulary.facts]
    lines = [OPENING, "", *table(("Fact", "Question"), rows)]
    return page([*lines, *(line for fact in shelf.vocabulary.facts for line in _fact(fact, shelf))])


def _fact(fact: Fact, shelf: Shelf) -> Iterator[str]:
    yield from ("", heading(2, label(fact.name), anchor=fact.name), "", f"**{prose(fact.question)}**", "")
    yield from bullets(_about(fact))
    if fact.words:
        yield from ("", *table(("Word", "What it means"), ((f"`{word.word}`", prose(word.means)) for word in fact.words)))
    yield from ("", "Asked by:", "", *bullets(_askers(fact, shelf)))


def _about(fact: Fact) -> Iterator[str]:
    yield f"In a file: `{fact.name}`"
    yield f"Answered with: {KINDS[fact.kind]}, or unknown"
    yield f"Why it is asked: {prose(fact.why)}"
    if fact.find_out is not None:
        yield f"Where to find out: {prose(fact.find_out)}"
    for name, words in fact.implies:
        yield f"A yes says this too: {label(name)}: {', '.join(f'`{word}`' for word in sorted(words))}"


def _askers(fact: Fact, shelf: Shelf) -> Iterator[str]:
    for book in shelf.books:
        rules = [LINKS.rule(book, rule) for rule in book.rules if asks(rule, fact)]
        if rules:
            yield f"{LINKS.book(book)}: {', '.join(rules)}"
