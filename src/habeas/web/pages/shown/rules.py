"""What the pages show of rulebooks and rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from habeas.reports.catalogue.rulings import RulingOn, rulings_of
from habeas.reports.rule_pages.conditions import in_force
from habeas.reports.rule_pages.shelf import Shelf
from habeas.reports.rulebooks import words
from habeas.reports.screening.words import SAFEGUARDS
from habeas.rules.conditions import Condition
from habeas.rules.rulebook import Force, Lift, Outcome, Rule, Rulebook, Window
from habeas.terms.answers import Ternary
from habeas.terms.sources import Confidence
from habeas.web.pages.shown.conditions import Asked, asked
from habeas.web.pages.shown.systems import country_name

SECTIONS = {Outcome.PROHIBITED: "Prohibitions", Outcome.CLASS: "Classes of systems", Outcome.DUTY: "Duties", Outcome.RIGHT: "Rights"}
OUTCOMES = {
    Outcome.PROHIBITED: ("bad", "prohibition"),
    Outcome.CLASS: ("plain", "class"),
    Outcome.DUTY: ("info", "duty"),
    Outcome.RIGHT: ("good", "right"),
}
"""How a tag shows an outcome: its kind, and the word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule in a list. `now`: whether it is in force today."""

    rule: Rule
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookShown:
    """A book with its rules by outcome; `read`: how many of its rules were written after reading the text they cite."""

    book: Rulebook
    force: str
    read: int
    sections: tuple[tuple[str, tuple[RuleLine, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftShown:
    """An exception with what it asks for."""

    lift: Lift
    conditions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowShown:
    """When a rule applies, and to which systems only."""

    window: Window
    days: str
    conditions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """A rule in full, with the documented systems that it forbids, forbids unless an exception is shown, or can't be answered for."""

    rule: Rule
    kind: str
    outcome: str
    now: str
    confidence: str
    read: bool
    serves: str
    conditions: tuple[Asked, ...]
    lifts: tuple[LiftShown, ...]
    windows: tuple[WindowShown, ...]
    forbids: tuple[RulingOn, ...]
    forbids_unless: tuple[RulingOn, ...]
    waits_for: tuple[RulingOn, ...]


def book_shown(book: Rulebook, on: date) -> BookShown:
    """A book as its page and the list of books show it."""
    sections = tuple(
        (title, tuple(RuleLine(rule=rule, now=in_force(rule, on, day=str)) for rule in book.rules if rule.outcome is outcome))
        for outcome, title in SECTIONS.items()
    )
    read = sum(rule.confidence is Confidence.SOURCE for rule in book.rules)
    return BookShown(book=book, force=_force(book), read=read, sections=tuple(one for one in sections if one[1]))


def _force(book: Rulebook) -> str:
    """Whether the book is law, and where; many countries are counted."""
    if book.force is Force.STANDARD:
        return _("a standard, which binds nobody by itself")
    if not book.binds_in:
        return _("law; the book doesn't say where")
    number = len(book.binds_in)
    if number > words.MOST_COUNTRIES:
        return ngettext("law in %(number)s country", "law in %(number)s countries", number) % {"number": number}
    between = pgettext("between the items of a list", ", ")
    return _("law in: %(places)s") % {"places": between.join(_(country_name(code)) for code in book.binds_in)}


def rule_shown(rule: Rule, book: Rulebook, known: Shelf) -> RuleShown:
    """A rule as its page shows it, on the day of `known`."""
    kind, outcome = OUTCOMES[rule.outcome]
    rulings = rulings_of(rule, book, known.documented) if rule.outcome is Outcome.PROHIBITED else ()
    bites = [one for one in rulings if one.ruling.bites is Ternary.YES]
    return RuleShown(
        rule=rule,
        kind=kind,
        outcome=outcome,
        now=in_force(rule, known.on, day=str),
        confidence=words.CONFIDENCES[rule.confidence],
        read=rule.confidence is Confidence.SOURCE,
        serves="" if rule.safeguard is None else SAFEGUARDS.get(rule.safeguard, rule.safeguard),
        conditions=asked(rule.when, known.vocabulary, needs=rule.clears),
        lifts=tuple(LiftShown(lift=lift, conditions=asked(lift.when, known.vocabulary, needs=lift.evidence)) for lift in rule.lifts),
        windows=tuple(_window(window, known) for window in rule.windows),
        forbids=tuple(one for one in bites if not one.ruling.open_lifts),
        forbids_unless=tuple(one for one in bites if one.ruling.open_lifts),
        waits_for=tuple(one for one in rulings if one.ruling.bites is Ternary.UNKNOWN),
    )


def _window(window: Window, known: Shelf) -> WindowShown:
    return WindowShown(window=window, days=words.days(window), conditions=_asked(window.when, known))


def _asked(condition: Condition | None, known: Shelf) -> tuple[Asked, ...]:
    return () if condition is None else asked(condition, known.vocabulary)
