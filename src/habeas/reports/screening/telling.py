"""A screen as plain values in words, for pages: what each book finds, by which rules, why, and what would have to be shown.

A site keeps this beside the verdicts, so that an old screen reads as it read on its day, whatever the books say later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from habeas.reports.screening import words
from habeas.reports.screening.document import binding_word
from habeas.reports.screening.duties import asked_for, where
from habeas.reports.screening.law_as_of import law_as_of
from habeas.reports.screening.questions import OpenQuestion, open_questions
from habeas.reports.screening.subject import Screening
from habeas.reports.screening.text import overall
from habeas.rules.conditions import Test
from habeas.rules.reasons import Judged, blocking, in_force_since, in_the_way, judged, met_by, missing, open_tests, settled_from
from habeas.rules.rulebook import Outcome
from habeas.rules.verdicts import LiftFinding, Ruling, Verdict
from habeas.terms.answers import Answer, Several, Ternary
from habeas.terms.vocabulary import Fact, Vocabulary


def told(screening: Screening) -> dict[str, Any]:
    """The screen in words, as JSON values; `books`, the strictest first, each hold their rules."""
    books = [verdict.book for verdict in screening.verdicts]
    return {
        "finding": screening.strictest.value,
        "overall": overall(screening),
        "meaning": words.MEANINGS[screening.strictest],
        "remarks": list(law_as_of(books, on=screening.on)),
        "answers": _answers(screening),
        "books": [_book(judged(screening.system, verdict), screening.vocabulary) for verdict in screening.strictest_first()],
        "questions": [_question(one) for one in open_questions(screening, duties=True)],
    }


def _answers(screening: Screening) -> list[dict[str, Any]]:
    system, known = screening.system, screening.vocabulary
    return [
        {
            "fact": fact.name,
            "question": fact.question,
            "says": words.value(system.answers[fact.name].value),
            **_means(fact, system.answers[fact.name]),
            "note": system.answers[fact.name].note,
            "evidence": [one.what for one in system.answers[fact.name].evidence],
        }
        for fact in known.facts
        if fact.name in system.answers
    ]


def _means(fact: Fact, answer: Answer) -> dict[str, Any]:
    """Of words, what each means, and whether there may be others."""
    if not isinstance(answer.value, Several):
        return {}
    chosen = answer.value.words
    return {"means": [word.means for word in fact.words if word.word in chosen], "others": not answer.value.complete}


def _book(by: Judged, known: Vocabulary) -> dict[str, Any]:
    verdict, book = by.verdict, by.verdict.book
    own, only_purposes = blocking(by)
    return {
        "id": book.id,
        "short": book.short,
        "title": book.title,
        "version": book.version,
        "checked_on": book.checked_on.isoformat(),
        "readers": len(book.readers),
        "unsettled": list(book.unsettled),
        "source": {"title": book.source.title, "where": book.source.where},
        "binds": binding_word(verdict),
        "binding": words.binding(verdict),
        "finding": verdict.finding.value,
        "says": words.finding(verdict),
        "meaning": words.MEANINGS[verdict.finding],
        "prohibits": [_rule(one, by, known) for one in verdict.prohibiting],
        "blocks": [_rule(one, by, known) for one in own],
        "only_purposes": [_rule(one, by, known) for one in only_purposes],
        "lifted": [_rule(one, by, known) for one in _lifted(verdict)],
        "coming": [_rule(one, by, known) for one in verdict.of(Outcome.PROHIBITED, bites=Ternary.NO) if one.upcoming],
        "classes": _classes(verdict),
        "duties": [_rule(one, by, known) for one in _in_order(asked_for(verdict))],
    }


def _lifted(verdict: Verdict) -> list[Ruling]:
    free = verdict.of(Outcome.PROHIBITED, bites=Ternary.NO)
    return [one for one in free if one.lifted is not None and one.met is not Ternary.NO]


def _classes(verdict: Verdict) -> list[dict[str, Any]]:
    standing = [one for one in verdict.rulings if one.rule.outcome is Outcome.CLASS and one.met is not Ternary.NO and one.lifted is None]
    return [{"name": one.rule.in_class, "sure": one.met is Ternary.YES, "by": words.cited(one)} for one in standing]


def _in_order(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Certain ones first, then open ones, then those to come, each by what they serve."""
    safeguards = list(words.SAFEGUARDS)
    stands = [Ternary.YES, Ternary.UNKNOWN, Ternary.NO]

    def place(one: Ruling) -> tuple[int, int]:
        served = one.rule.safeguard
        return stands.index(one.bites), safeguards.index(served) if served in safeguards else len(safeguards)

    return sorted(rulings, key=place)


def _rule(ruling: Ruling, by: Judged, known: Vocabulary) -> dict[str, Any]:
    rule = ruling.rule
    return {
        "id": rule.id,
        "article": rule.article,
        "title": rule.title,
        "text": rule.text,
        "note": rule.note,
        "outcome": rule.outcome.value,
        "bites": ruling.bites.value,
        "where": where(rule, by.verdict.book),
        "address": rule.source.where or by.verdict.book.source.where,
        "confidence": rule.confidence.value,
        "since": None if ruling.applies is Ternary.NO else _day(in_force_since(ruling, by)),
        "from": _day(ruling.from_day),
        "disputed": ruling.disputed,
        "beyond_dispute_from": _day(settled_from(ruling, by)),
        "met_by": [words.met(one, by.system.answer(getattr(one, "fact", "")), known) for one in met_by(rule, by)],
        "hangs_on": [_asked(name, by, known) for name in dict.fromkeys(test.fact for test in open_tests(ruling, by))],
        "exceptions": [_exception(one, by, known) for one in ruling.lifts],
        "lifted_by": None if ruling.lifted is None else ruling.lifted.id,
        "who": list(rule.who),
        "deadline": None if rule.deadline is None else _limit(rule.deadline.says, rule.deadline.starts),
        "evidence": list(rule.evidence),
        "safeguard": words.OTHER if rule.safeguard is None else words.SAFEGUARDS.get(rule.safeguard, rule.safeguard),
    }


def _exception(found: LiftFinding, by: Judged, known: Vocabulary) -> dict[str, Any]:
    return {
        "id": found.lift.id,
        "title": found.lift.title,
        "article": found.lift.article,
        "shown": found.shown is Ternary.YES,
        "open": found.shown is not Ternary.YES and not found.in_the_way,
        "in_the_way": [{**_asked(test.fact, by, known), "wanted": words.wanted(test)} for test in in_the_way(found)],
        "missing": [_missing(test, found, by, known) for test in missing(found)],
        "shown_by": [_evidence(fact, by) for fact in found.lift.evidence] if found.shown is Ternary.YES else [],
    }


def _missing(test: Test, found: LiftFinding, by: Judged, known: Vocabulary) -> dict[str, Any]:
    return {**_asked(test.fact, by, known), "wanted": words.wanted(test), "shown_by": found.lift.evidence[test.fact]}


def _asked(fact: str, by: Judged, known: Vocabulary) -> dict[str, Any]:
    return {"fact": fact, "question": known.fact(fact).question, "answered": words.answered(by.system.answer(fact))}


def _evidence(fact: str, by: Judged) -> dict[str, Any]:
    answer = by.system.answer(fact)
    return {"fact": fact, "says": words.value(answer.value), "evidence": [one.what for one in answer.evidence]}


def _question(one: OpenQuestion) -> dict[str, Any]:
    return {
        "fact": one.fact.name,
        "question": words.question(one.fact, one.tests),
        "answered": words.answered(one.answer),
        "why": one.fact.why,
        "find_out": one.fact.find_out,
        "rules": [rule.id for rule in one.rules],
        "bans": any(rule.outcome is Outcome.PROHIBITED for rule in one.rules),
        "shown_by": list(dict.fromkeys(shown for _, shown in one.show)),
    }


def _limit(says: str, starts: str | None) -> str:
    return says if starts is None else f"{says} (from: {starts})"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
