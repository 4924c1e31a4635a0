"""Guidance on families of technology: what each is, what is claimed, what to ask, how it is tested, what the rulebooks say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from habeas.catalogue.families import Concern, Guidance
from habeas.reports.catalogue.entries import cited
from habeas.reports.lines import plain_text as text
from habeas.rules.conditions import Among, tests
from habeas.rules.plain import plain
from habeas.rules.rulebook import Outcome, Rule, Rulebook
from habeas.terms.vocabulary import PURPOSE

LIST, ONE = "technologies/1", "technology-report/1"
CONCERNS = {
    Concern.RIGHTS: "Human rights and trial",
    Concern.DATA_PROTECTION: "Data protection",
    Concern.VALIDITY: "Validity and accuracy",
    Concern.EQUALITY: "Equality",
    Concern.PRIVACY: "Privacy",
}
OUTCOMES = {Outcome.PROHIBITED: "may forbid it", Outcome.CLASS: "may class it", Outcome.DUTY: "may ask", Outcome.RIGHT: "may give a right"}


def list_as_text(families: Sequence[Guidance], *, width: int = 80) -> str:
    """Every family in a line or two."""
    width = max(width, text.NARROWEST)
    lines = text.wrapped("Families of technology; habeas catalogue technology ID tells what to ask about one", width=width)
    lines += [""]
    for family in families:
        lines += text.wrapped(f"{family.id}: {family.name}", width=width, indent="    ", first="  ")
    return "\n".join(lines) + "\n"


def list_as_document(families: Sequence[Guidance]) -> dict[str, Any]:
    """The same for programs."""
    return {"habeas": LIST, "technologies": [{"id": family.id, "name": family.name} for family in families]}


def rules_on(family: Guidance, book: Rulebook) -> tuple[Rule, ...]:
    """The rules of a book whose conditions ask for one of the family's purposes."""
    return tuple(rule for rule in book.rules if any(_asks(test, family) for test in tests(rule.when)))


def last_day(rule: Rule) -> date | None:
    """The last day on which the rule applies, where its dates name one."""
    ends = [window.end for window in rule.windows if window.end is not None]
    return max(ends) if len(ends) == len(rule.windows) else None


def living_rules(family: Guidance, book: Rulebook, *, on: date) -> tuple[Rule, ...]:
    """The same without those that have ended by that day."""
    return tuple(rule for rule in rules_on(family, book) if (last_day(rule) or on) >= on)


def as_text(family: Guidance, books: Sequence[Rulebook], *, width: int = 80) -> str:
    """One family in full."""
    width = max(width, text.NARROWEST)
    lines = [*text.wrapped(family.name, width=width), text.rule(width), *text.wrapped(family.what, width=width)]
    lines += [*text.heading("What is claimed for it"), *_items(family.benefits, width)]
    for worry in sorted(family.worries, key=lambda worry: list(Concern).index(worry.concern)):
        lines += [*text.heading(CONCERNS[worry.concern]), *text.wrapped(worry.worry, width=width), "Ask:", *_items(worry.ask, width)]
    lines += [*text.heading("How habeas tests it"), *text.wrapped(family.tested_by, width=width)]
    if family.waits_for is not None:
        lines += ["", *text.wrapped(f"What can't be tested yet: {family.waits_for}", width=width)]
    lines += [*text.heading("What the rulebooks say"), *_rules(family, books, width)]
    if family.examples:
        lines += [*text.heading("In the catalogue"), *text.wrapped(", ".join(family.examples), width=width)]
    lines += [*text.heading("Sources"), *_items([cited(source) for source in family.sources], width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_document(family: Guidance, books: Sequence[Rulebook]) -> dict[str, Any]:
    """The same for programs."""
    rules = {book.id: [rule.id for rule in rules_on(family, book)] for book in books}
    return {"habeas": ONE, **plain(family), "rules": rules}


def _asks(test: object, family: Guidance) -> bool:
    return isinstance(test, Among) and test.fact == PURPOSE and not test.words.isdisjoint(family.purposes)


def _rules(family: Guidance, books: Sequence[Rulebook], width: int) -> Iterator[str]:
    for book in books:
        found = rules_on(family, book)
        yield from text.wrapped(f"{book.short}{'' if found else ': no rule asks for this purpose'}", width=width)
        for rule in found:
            said = f"{OUTCOMES[rule.outcome]}: {rule.title} [{rule.id}]{_until(rule)}"
            yield from text.wrapped(said, width=width, indent="    ", first="  - ")
    said = "Rules that ask for something else than the purpose (such as personal data) apply as well: screen the system itself."
    yield from ("", *text.wrapped(said, width=width))


def _until(rule: Rule) -> str:
    last = last_day(rule)
    return "" if last is None else f" (until {last})"


def _items(items: Sequence[str], width: int) -> Iterator[str]:
    for item in items:
        yield from text.wrapped(item, width=width, indent="  ", first="- ")
