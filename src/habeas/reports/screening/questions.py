"""The questions that a screen leaves open, each once: who asks it, why, what is answered so far, and what would show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from habeas.reports.lines.plain_text import labelled, wrapped
from habeas.reports.screening import words
from habeas.reports.screening.subject import Screening
from habeas.rules.conditions import Test
from habeas.rules.reasons import Judged, judged, open_tests
from habeas.rules.rulebook import Outcome, Rule
from habeas.rules.verdicts import Ruling
from habeas.terms.answers import Answer, Ternary
from habeas.terms.vocabulary import Fact, Vocabulary

INDENT = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """One open question: `tests` that wait for it, in which `rules`, and what would `show` it, by the rule that says so."""

    fact: Fact
    answer: Answer
    tests: tuple[Test, ...]
    rules: tuple[Rule, ...]

    @property
    def show(self) -> tuple[tuple[str, str], ...]:
        """What must show an answer that clears the system, in the words of each rule that says so."""
        return tuple((rule.id, rule.clears[self.fact.name]) for rule in self.rules if self.fact.name in rule.clears)


def open_questions(screening: Screening, *, duties: bool = False) -> tuple[OpenQuestion, ...]:
    """What prohibitions hang on, in the order of the vocabulary; with `duties`, what all other rules hang on as well."""
    asked: dict[str, list[tuple[Test, Rule]]] = {}
    for verdict in screening.verdicts:
        by = judged(screening.system, verdict)
        for ruling in _waiting(verdict.rulings, duties=duties):
            for test in open_tests(ruling, by):
                asked.setdefault(test.fact, []).append((test, ruling.rule))
    return tuple(
        OpenQuestion(
            fact=fact,
            answer=screening.system.answer(fact.name),
            tests=tuple(dict.fromkeys(test for test, _ in asked[fact.name])),
            rules=_once(rule for _, rule in asked[fact.name]),
        )
        for fact in screening.vocabulary.facts
        if fact.name in asked
    )


def question_lines(screening: Screening, *, width: int, duties: bool) -> Iterator[str]:
    """Every open question, in its own words."""
    found = open_questions(screening, duties=duties)
    if found:
        yield from ("", f"WHAT IS STILL OPEN ({len(found)})", "-" * width)
        said = "Answer these in the description; an answer that clears the system of a rule counts only with evidence of it."
        yield from wrapped(said, width=width)
    for number, question in enumerate(found, start=1):
        yield from _question(number, question, width=width)


def hangs_on(ruling: Ruling, by: Judged, vocabulary: Vocabulary) -> str:
    """The open questions that a ruling hangs on, each with its name; empty where none is left to ask."""
    names = dict.fromkeys(test.fact for test in open_tests(ruling, by))
    return " ".join(f"{vocabulary.fact(name).question} [{name}]" for name in names)


def _question(number: int, question: OpenQuestion, *, width: int) -> Iterator[str]:
    fact = question.fact
    yield ""
    yield from wrapped(f"{words.question(fact, question.tests)} [{fact.name}]", width=width, indent="    ", first=f"{number:2}. ")
    said = [
        ("Answered:", words.answered(question.answer)),
        ("Asked by:", ", ".join(rule.id for rule in question.rules)),
        ("Why:", fact.why),
        *(("Look at:", said) for said in [fact.find_out] if said is not None),
        *(("Shown by:", shown) for shown in dict.fromkeys(shown for _, shown in question.show)),
    ]
    yield from (f"    {line}" for line in labelled(said, width=width - 4))


def _waiting(rulings: Iterable[Ruling], *, duties: bool) -> Iterator[Ruling]:
    for ruling in rulings:
        is_open = ruling.bites is Ternary.UNKNOWN or (ruling.upcoming and ruling.met is Ternary.UNKNOWN)
        if is_open and (duties or ruling.rule.outcome is Outcome.PROHIBITED):
            yield ruling


def _once(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple({rule.id: rule for rule in rules}.values())
