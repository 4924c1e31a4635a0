"""What the pages show of families of technology."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.catalogue.families import Concern, Guidance, Worry
from habeas.reports.catalogue.technologies import CONCERNS, living_rules
from habeas.reports.rule_pages.shelf import Shelf
from habeas.rules.rulebook import Outcome, Rule, Rulebook
from habeas.terms.vocabulary import PURPOSE, Word
from habeas.web.pages.shown.rules import OUTCOMES
from habeas.web.pages.shown.systems import SystemLine, line_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesOf:
    """The rules of a book that speak of a technology's purposes, by what follows from them: tag, word, rules."""

    book: Rulebook
    rules: tuple[tuple[str, str, tuple[Rule, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnologyLine:
    """A family in a list: how many rules may prohibit it, and how many documented systems belong to it."""

    family: Guidance
    bans: int
    systems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnologyShown:
    """A family in full."""

    family: Guidance
    worries: tuple[tuple[str, Worry], ...]
    purposes: tuple[Word, ...]
    books: tuple[RulesOf, ...]
    systems: tuple[SystemLine, ...]


def technology_line(family: Guidance, known: Shelf) -> TechnologyLine:
    """A family as the list shows it."""
    rules = [rule for book in known.books for rule in living_rules(family, book, on=known.on)]
    systems = [row for row in known.documented if row.entry.id in family.examples]
    return TechnologyLine(family=family, bans=sum(rule.outcome is Outcome.PROHIBITED for rule in rules), systems=len(systems))


def technology_shown(family: Guidance, known: Shelf) -> TechnologyShown:
    """A family as its page shows it."""
    by_concern = {worry.concern: worry for worry in family.worries}
    return TechnologyShown(
        family=family,
        worries=tuple((CONCERNS[concern], by_concern[concern]) for concern in Concern),
        purposes=tuple(word for word in known.vocabulary.fact(PURPOSE).words if word.word in family.purposes),
        books=tuple(_rules(family, book, known) for book in known.books),
        systems=tuple(line_of(row) for row in known.documented if row.entry.id in family.examples),
    )


def _rules(family: Guidance, book: Rulebook, known: Shelf) -> RulesOf:
    found = living_rules(family, book, on=known.on)
    by_outcome = ((*OUTCOMES[outcome], tuple(rule for rule in found if rule.outcome is outcome)) for outcome in Outcome)
    return RulesOf(book=book, rules=tuple(one for one in by_outcome if one[2]))
