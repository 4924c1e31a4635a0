"""The screen: what rulebooks say of a described system on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from habeas.rules.conditions import Condition, Facts, Test, failures, hinges, judge
from habeas.rules.rulebook import Force, Lift, Outcome, Rule, Rulebook, Window
from habeas.rules.verdicts import Finding, LiftFinding, Ruling, Verdict
from habeas.terms.answers import Ternary, every, some
from habeas.terms.description import SystemDescription

NO_CLASSES: Mapping[str, Ternary] = {}


def screen(system: SystemDescription, books: Sequence[Rulebook], *, on: date) -> tuple[Verdict, ...]:
    """Tell, per rulebook, whether `system` may be used on that day and under which duties.

    A prohibition prohibits whatever else holds; only its own exceptions, each with its evidence, lift it, and the finding says whether
    one is still open (`PROHIBITED_UNLESS`) or what is answered rules all of them out (`PROHIBITED`). An unknown answer to a
    prohibition's test blocks until evidence comes, never passes. Each book is judged by itself.
    """
    return tuple(_verdict(system, book, on=on) for book in books)


def _verdict(system: SystemDescription, book: Rulebook, *, on: date) -> Verdict:
    # (1) rules that define classes ask for no class themselves; (2) all others may rest on what they found
    classes = classes_of(system, book)
    rulings = tuple(rule_on(rule, system, classes=classes, on=on) for rule in book.rules)
    return Verdict(book=book, on=on, finding=_finding(rulings), rulings=rulings, binding=binding(system, book))


def classes_of(system: SystemDescription, book: Rulebook) -> dict[str, Ternary]:
    """The classes of `book` that the system belongs to, whatever the day: what attaches to a class has dates of its own."""
    found: dict[str, Ternary] = {}
    for rule in book.rules:
        if rule.in_class is not None:
            met = judge(rule.when, facts_for(rule, system, classes=NO_CLASSES))
            lifts = [_lift_finding(lift, system, NO_CLASSES).shown for lift in rule.lifts]
            stands = Ternary.NO if Ternary.YES in lifts else met
            found[rule.in_class] = some((found.get(rule.in_class, Ternary.NO), stands))
    return found


def facts_for(rule: Rule, system: SystemDescription, *, classes: Mapping[str, Ternary]) -> Facts:
    """What a rule's own conditions are judged by: what clears the system of it counts only with evidence."""
    return Facts(system=system, classes=classes, cleared_by=frozenset(rule.clears))


def rule_on(rule: Rule, system: SystemDescription, *, classes: Mapping[str, Ternary], on: date) -> Ruling:
    """What one rule says of a system on a day; `classes`: what the book's own classes are found to be."""
    facts = facts_for(rule, system, classes=classes)
    met, applies = judge(rule.when, facts), _applies(rule.windows, facts, on=on)
    lifts = tuple(_lift_finding(lift, system, classes) for lift in rule.lifts)
    bites = every((met, applies))
    if any(found.shown is Ternary.YES for found in lifts):
        bites = Ternary.NO
    return Ruling(
        rule=rule,
        met=met,
        applies=applies,
        bites=bites,
        hinges=_hinges(rule, facts, on=on) if bites is Ternary.UNKNOWN else (),
        lifts=lifts,
        disputed=_disputed(rule.windows, facts, on=on),
        from_day=_from_day(rule.windows, facts, on=on) if applies is Ternary.NO else None,
    )


def _lift_finding(lift: Lift, system: SystemDescription, classes: Mapping[str, Ternary]) -> LiftFinding:
    shown = Facts(system=system, classes=classes, shown_only=True)
    told = Facts(system=system, classes=classes)
    return LiftFinding(lift=lift, shown=judge(lift.when, shown), hinges=hinges(lift.when, shown), in_the_way=failures(lift.when, told))


def _applies(windows: Sequence[Window], facts: Facts, *, on: date) -> Ternary:
    return some(_open(window, facts) for window in windows if window.holds(on))


def _open(window: Window, facts: Facts) -> Ternary:
    concerned = Ternary.YES if window.when is None else judge(window.when, facts)
    return concerned if window.disputed is None else every((concerned, Ternary.UNKNOWN))


def _hinges(rule: Rule, facts: Facts, *, on: date) -> tuple[Test, ...]:
    asked: list[Condition] = [rule.when, *(window.when for window in rule.windows if window.when is not None and window.holds(on))]
    return tuple(dict.fromkeys(test for condition in asked for test in hinges(condition, facts)))


def _disputed(windows: Sequence[Window], facts: Facts, *, on: date) -> str | None:
    if _applies(windows, facts, on=on) is not Ternary.UNKNOWN:
        return None
    open_now = (window for window in windows if window.holds(on) and _open(window, facts) is Ternary.UNKNOWN)
    return next((window.disputed for window in open_now if window.disputed is not None), None)


def _from_day(windows: Sequence[Window], facts: Facts, *, on: date) -> date | None:
    days = [window.start for window in windows if window.start is not None and window.start > on and _open(window, facts) is not Ternary.NO]
    return min(days, default=None)


def _finding(rulings: Sequence[Ruling]) -> Finding:
    bans = [ruling for ruling in rulings if ruling.rule.outcome is Outcome.PROHIBITED]
    biting = [ruling for ruling in bans if ruling.bites is Ternary.YES]
    if biting:
        return Finding.PROHIBITED_UNLESS if all(ruling.open_lifts for ruling in biting) else Finding.PROHIBITED
    if any(ruling.bites is Ternary.UNKNOWN for ruling in bans):
        return Finding.BLOCKED
    return Finding.DUTIES if any(ruling.bites is not Ternary.NO for ruling in rulings) else Finding.NO_RULE


def binding(system: SystemDescription, book: Rulebook) -> Ternary | None:
    """Whether the book is law where the system is used; None for a standard, which binds nobody by itself."""
    if book.force is Force.STANDARD:
        return None
    if not system.used_in:
        return Ternary.UNKNOWN
    inside = any(place == code or place.startswith(f"{code}-") for place in system.used_in for code in book.binds_in)
    return Ternary.YES if inside else Ternary.NO
