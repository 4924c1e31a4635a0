"""A screen as JSON: for programs, for keeping, and for comparing with a later one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from habeas.reports.screening.questions import OpenQuestion, open_questions
from habeas.reports.screening.subject import Screening
from habeas.rules.plain import digest, plain, plain_condition
from habeas.rules.reasons import Judged, in_force_since, in_the_way, judged, met_by, missing, open_tests, settled_from
from habeas.rules.verdicts import LiftFinding, Ruling, Verdict
from habeas.terms.answers import Ternary
from habeas.terms.release import RELEASE

SCHEMA = "verdicts/1"
"""The schema word under which every such document stands; a change that breaks readers gets another number."""


def as_document(screening: Screening) -> dict[str, Any]:
    """The screen as JSON values; two screens of one description by the same books on one day are equal."""
    system = screening.system
    return {
        "habeas": SCHEMA,
        "tool": {"name": "habeas", "version": RELEASE},
        "on": screening.on.isoformat(),
        "system": {
            "name": system.name,
            "version": system.version,
            "operator": system.operator,
            "used_in": list(system.used_in),
            "sha256": digest(system),
            "answers": plain(system.answers),
        },
        "finding": screening.strictest.value,
        "books": [_book(judged(system, verdict), shipped=verdict.book.id not in screening.own) for verdict in screening.verdicts],
        "open_questions": [_question(question) for question in open_questions(screening, duties=True)],
    }


def told(verdict: Verdict) -> Iterator[Ruling]:
    """The rulings that aren't plainly no: those that bite or may, that come later, or that an exception lifts."""
    for ruling in verdict.rulings:
        if ruling.bites is not Ternary.NO or ruling.upcoming or (ruling.lifted is not None and ruling.met is not Ternary.NO):
            yield ruling


def binding_word(verdict: Verdict) -> str:
    """`yes`, `no` or `unknown` for a law; `standard` for what binds nobody by itself."""
    return "standard" if verdict.binding is None else verdict.binding.value


def _book(by: Judged, *, shipped: bool) -> dict[str, Any]:
    verdict, book = by.verdict, by.verdict.book
    return {
        "id": book.id,
        "short": book.short,
        "version": book.version,
        "checked_on": book.checked_on.isoformat(),
        "sha256": digest(book),
        "shipped": shipped,
        "force": book.force.value,
        "readers": len(book.readers),
        "binding": binding_word(verdict),
        "finding": verdict.finding.value,
        "classes": {name: found.value for name, found in by.classes.items()},
        "rulings": [_ruling(ruling, by) for ruling in told(verdict)],
    }


def _ruling(ruling: Ruling, by: Judged) -> dict[str, Any]:
    rule = ruling.rule
    found = {
        "rule": rule.id,
        "article": rule.article,
        "title": rule.title,
        "outcome": rule.outcome.value,
        "class": rule.in_class,
        "bites": ruling.bites.value,
        "met": ruling.met.value,
        "applies": ruling.applies.value,
        "met_by": [plain_condition(reason) for reason in met_by(rule, by)],
        "hinges": [plain_condition(test) for test in open_tests(ruling, by)],
        "clears": dict(rule.clears),
        "exceptions": [_exception(one) for one in ruling.lifts],
        "lifted_by": None if ruling.lifted is None else ruling.lifted.id,
        "disputed": ruling.disputed,
        "beyond_dispute_from": _day(settled_from(ruling, by)),
        "since": None if ruling.applies is Ternary.NO else _day(in_force_since(ruling, by)),
        "from": _day(ruling.from_day),
        "who": list(rule.who),
        "evidence": list(rule.evidence),
        "deadline": plain(rule.deadline),
        "safeguard": rule.safeguard,
        "source": plain(rule.source),
        "confidence": rule.confidence.value,
    }
    return {name: value for name, value in found.items() if value not in (None, [], {})}


def _exception(found: LiftFinding) -> dict[str, Any]:
    return {
        "id": found.lift.id,
        "article": found.lift.article,
        "title": found.lift.title,
        "shown": found.shown.value,
        "missing": [{"test": plain_condition(test), "shown_by": found.lift.evidence[test.fact]} for test in missing(found)],
        "in_the_way": [plain_condition(test) for test in in_the_way(found)],
    }


def _question(question: OpenQuestion) -> dict[str, Any]:
    return {
        "fact": question.fact.name,
        "question": question.fact.question,
        "why": question.fact.why,
        "rules": [rule.id for rule in question.rules],
        "shown_by": dict(question.show),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
