"""What a screen found, as an assessment must answer it: the prohibitions first, then each duty under one heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from habeas.rules.assessments.form import Form
from habeas.rules.assessments.values import Binds, Blank, Duty, Prohibition, Stands
from habeas.rules.rulebook import Deadline, Outcome, Rule
from habeas.rules.verdicts import Finding, Ruling, Verdict
from habeas.terms.answers import Ternary

HOW_MET = Blank(ask="how it is met, by whom, and where that can be seen; or why it doesn't concern this system")
BINDING = {Ternary.YES: Binds.HERE, Ternary.UNKNOWN: Binds.UNKNOWN, Ternary.NO: Binds.ELSEWHERE, None: Binds.STANDARD}


def binds_of(verdict: Verdict) -> Binds:
    """Whether the verdict's book is law where the system is used."""
    return BINDING[verdict.binding]


def prohibitions(verdicts: Sequence[Verdict]) -> tuple[Prohibition, ...]:
    """Every rule that prohibits the system or may do so, those that do first; books that are law elsewhere only are left out."""
    found = [_prohibition(verdict, ruling) for verdict in _concerned(verdicts) for ruling in _bans(verdict)]
    return tuple(sorted(found, key=lambda one: one.finding.severity))


def duties(verdicts: Sequence[Verdict], form: Form) -> dict[str, tuple[Duty, ...]]:
    """Per heading, the duties and rights to be answered there; a duty that no heading takes stands in none."""
    found: dict[str, list[Duty]] = {}
    for verdict in _concerned(verdicts):
        for ruling in verdict.rulings:
            place, stands = _place(ruling.rule, form), _stands(ruling)
            if place is not None and stands is not None:
                found.setdefault(place, []).append(_duty(verdict, ruling, stands))
    return {place: tuple(items) for place, items in found.items()}


def _concerned(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    yield from (verdict for verdict in verdicts if verdict.binding is not Ternary.NO)


def _bans(verdict: Verdict) -> tuple[Ruling, ...]:
    return tuple(ruling for bites in (Ternary.YES, Ternary.UNKNOWN) for ruling in verdict.of(Outcome.PROHIBITED, bites=bites))


def _prohibition(verdict: Verdict, ruling: Ruling) -> Prohibition:
    return Prohibition(
        book=verdict.book.id,
        rule=ruling.rule.id,
        article=ruling.rule.article,
        title=ruling.rule.title,
        finding=_finding(ruling),
        binds=binds_of(verdict),
    )


def _finding(ruling: Ruling) -> Finding:
    if ruling.bites is not Ternary.YES:
        return Finding.BLOCKED
    return Finding.PROHIBITED_UNLESS if ruling.open_lifts else Finding.PROHIBITED


def _place(rule: Rule, form: Form) -> str | None:
    if rule.outcome not in (Outcome.DUTY, Outcome.RIGHT):
        return None
    if rule.safeguard is None:
        return form.rest
    return next((heading.id for heading in form.headings if rule.safeguard in heading.takes), None)


def _stands(ruling: Ruling) -> Stands | None:
    if ruling.bites is Ternary.YES:
        return Stands.NOW
    if ruling.bites is Ternary.UNKNOWN:
        return Stands.UNCLEAR
    return Stands.LATER if ruling.upcoming else None


def _duty(verdict: Verdict, ruling: Ruling, stands: Stands) -> Duty:
    return Duty(
        book=verdict.book.id,
        rule=ruling.rule.id,
        article=ruling.rule.article,
        title=ruling.rule.title,
        binds=binds_of(verdict),
        stands=stands,
        since=ruling.from_day if stands is Stands.LATER else _began(ruling.rule, on=verdict.on),
        deadline=None if ruling.rule.deadline is None else _in_words(ruling.rule.deadline),
        met_by=HOW_MET,
    )


def _began(rule: Rule, *, on: date) -> date | None:
    return min((window.start for window in rule.windows if window.holds(on) and window.start is not None), default=None)


def _in_words(deadline: Deadline) -> str:
    if deadline.length is None:
        return deadline.says
    start = "" if deadline.starts is None else f" from: {deadline.starts}"
    return f"{deadline.length}{start} ({deadline.says})"
