"""The interview with the shipped books: what it asks, in which words, and what it keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.description_text import blank_text, description_text
from habeas.runs.rulebooks.interview import Desk, Stopped, interview
from habeas.terms.answers import Evidence, Several, Ternary
from habeas.terms.description import SystemDescription, Technique

ON = date(2026, 11, 22)
ABOUT = ["Patrol forecast", "2.1", "Example Police", "Shows where burglaries are expected.", "NL, gb-eng", "machine-learning"]


class Person:
    """Someone who types these lines, one per question, and then Enter to everything."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.asked: list[str] = []
        self.told: list[str] = []
        self.saved: list[SystemDescription] = []

    def answer(self, question: str) -> str:
        self.asked.append(question)
        return next(self.lines, "")

    def desk(self, *books: str) -> Desk:
        return Desk(
            ask=self.answer,
            tell=self.told.append,
            save=self.saved.append,
            books=library.books_named(books or ("fair-trials",)),
            vocabulary=library.vocabulary(),
            on=ON,
        )


def test_a_description_is_made_of_what_was_typed() -> None:
    person = Person([*ABOUT, "predict-place", "prevention, unknown"])

    system = interview(None, person.desk())

    assert (system.name, system.used_in, system.techniques) == ("Patrol forecast", ("NL", "GB-ENG"), (Technique.MACHINE_LEARNING,))
    assert system.answer("purpose").value == Several(words=frozenset({"predict-place"}))
    assert system.answer("context").value == Several(words=frozenset({"prevention"}), complete=False)
    assert screen(system, library.books_named(["fair-trials"]), on=ON)[0].finding is Finding.PROHIBITED


def test_every_question_says_why_it_is_asked_and_by_which_rules() -> None:
    person = Person(ABOUT)

    interview(None, person.desk())

    first = person.asked[len(ABOUT)].splitlines()
    assert first[0] == library.vocabulary().fact("purpose").question
    assert first[1].startswith("Why: Bans and duties attach to what a system is used for")
    assert first[2].startswith("Asked by: Fair Trials FT-BAN-1 (")


def test_every_answer_is_saved_at_once_and_the_interview_goes_on_where_it_stopped() -> None:
    first = Person([*ABOUT, "predict-place", "stop"])
    with pytest.raises(Stopped):
        interview(None, first.desk())

    again = Person(["prevention"])
    system = interview(first.saved[-1], again.desk())

    assert "purpose" in first.saved[-1].answers
    assert "patrol" in again.asked[0]
    assert system.answer("purpose").value == Several(words=frozenset({"predict-place"}))


def test_what_is_not_known_is_asked_once_and_stays_unknown() -> None:
    person = Person(ABOUT)

    system = interview(None, person.desk())

    assert system.answers["purpose"].value is Ternary.UNKNOWN
    assert len(person.asked) == len(ABOUT) + len(system.answers)
    assert screen(system, library.books_named(["fair-trials"]), on=ON)[0].finding is Finding.BLOCKED


def test_only_what_some_rule_still_needs_is_asked() -> None:
    person = Person([*ABOUT, "assist-casework", "probation"])

    system = interview(None, person.desk("eu-ai-act"))

    assert "publicly_accessible_space" not in system.answers
    assert "search_objective" not in system.answers


def test_an_answer_that_cannot_be_one_is_asked_again() -> None:
    person = Person([*ABOUT, "predict-places", "predict-place"])

    system = interview(None, person.desk())

    assert person.told[1].startswith("That isn't a list of the words above")
    assert system.answer("purpose").value == Several(words=frozenset({"predict-place"}))


def test_a_question_mark_tells_where_to_find_out_and_what_the_rules_say() -> None:
    person = Person([*ABOUT, "?", "predict-place"])

    interview(None, person.desk())

    assert person.told[1].startswith("Where to find out: the vendor's brochure")
    assert "FT-BAN-2" in person.told[1]


def test_an_answer_that_must_be_shown_is_asked_for_its_evidence() -> None:
    lines = {"solely from a profile": "no", "Only from a profile": "no"}
    person = Person([])

    def typed(question: str) -> str:
        person.asked.append(question)
        if len(person.asked) <= len(ABOUT):
            return ABOUT[len(person.asked) - 1]
        if question.startswith("What is the system used for"):
            return "predict-offending"
        if question.startswith("What shows this?"):
            return "the list of inputs, inputs.pdf"
        return next((answer for start, answer in lines.items() if start.lower() in question.lower()), "")

    desk = person.desk("eu-ai-act")
    system = interview(None, Desk(**{name: getattr(desk, name) for name in ("tell", "save", "books", "vocabulary", "on")}, ask=typed))

    assert system.answer("based_solely_on_profiling").evidence == (Evidence(what="the list of inputs, inputs.pdf"),)


def test_what_is_saved_reads_back_as_it_was() -> None:
    person = Person([*ABOUT, "predict-place, unknown", "prevention", "police", "deployer", "2024-05-31"])

    system = interview(None, person.desk("eu-ai-act", "fair-trials"))

    assert library.parse_description(description_text(system, library.vocabulary()), name="system.yaml") == system


def test_a_draft_without_a_terminal_holds_every_question(tmp_path: Path) -> None:
    text = blank_text(library.vocabulary())
    filled = text.replace("REPLACE: ", "")
    (tmp_path / "system.yaml").write_text(filled, encoding="utf-8")

    system = library.read_description(tmp_path / "system.yaml")

    assert set(system.answers) == set(library.vocabulary().names())
    assert {answer.value for answer in system.answers.values()} == {Ternary.UNKNOWN}
