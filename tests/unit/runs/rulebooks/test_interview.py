"""The interview with the shipped books: what it asks, in which words, and what it keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from habeas.rules.interview import open_questions
from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.asking.begun import read_begun
from habeas.runs.rulebooks.asking.typed import answered
from habeas.runs.rulebooks.description_text import blank_text, description_text
from habeas.runs.rulebooks.interview import Desk, Stopped, interview
from habeas.terms.answers import Answer, Evidence, Several, Ternary
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


class Typist(Person):
    """Someone who answers these facts when they are asked, and with Enter all others."""

    def __init__(self, lines: Iterable[str], answers: dict[str, str]) -> None:
        super().__init__(lines)
        self.by_question = {library.vocabulary().fact(name).question: typed for name, typed in answers.items()}

    def answer(self, question: str) -> str:
        typed = super().answer(question)
        return self.by_question.get(question.splitlines()[0], typed)


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


def test_a_yes_brings_what_it_implies_so_that_nothing_is_left_to_be_asked_once_the_file_is_read() -> None:
    typed = {"purpose": "predict-place", "profiles_persons": "yes"}
    person = Typist([*ABOUT[:4], "", ""], typed)

    system = interview(None, person.desk("eu-ai-act"))

    read = library.parse_description(description_text(person.saved[-1], library.vocabulary()), name="the file")
    assert person.saved[-1].answer("purpose").value == Several(words=frozenset({"predict-place"}))
    assert system.answer("purpose").value == Several(words=frozenset({"predict-place", "profile-person"}))
    assert system == read
    assert open_questions(read, library.books_named(["eu-ai-act"]), library.vocabulary(), on=ON) == ()


def test_what_is_only_implied_is_asked_all_the_same() -> None:
    profiles = {"profiles_persons": Answer(value=Ternary.YES)}
    system = SystemDescription(name="a", version="1", operator="b", about="c", answers=profiles)

    found = open_questions(system, library.books_named(["eu-ai-act"]), library.vocabulary(), on=ON)

    assert found[0].fact.name == "purpose"


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

    assert person.told[1] == "predict-places is none of the words: did you mean predict-place?"
    assert person.asked[len(ABOUT) + 1].startswith("words or their numbers, separated by commas")
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
            shows = sum(one.startswith("What shows this?") for one in person.asked)
            return "TBC" if shows == 1 else "the list of inputs"
        if question.startswith(("Where is it?", "Who stands for it?")):
            return "inputs.pdf" if question.startswith("Where") else "head of unit"
        return next((answer for start, answer in lines.items() if start.lower() in question.lower()), "")

    desk = person.desk("eu-ai-act")
    system = interview(None, Desk(**{name: getattr(desk, name) for name in ("tell", "save", "books", "vocabulary", "on")}, ask=typed))

    assert system.answer("based_solely_on_profiling").evidence == (
        Evidence(what="the list of inputs", where="inputs.pdf", by="head of unit"),
    )
    assert any(told.startswith("`TBC` shows nothing: name a document") for told in person.told)


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


def test_the_first_four_answers_are_saved_and_what_is_missing_of_the_rest_is_asked_later() -> None:
    first = Person([*ABOUT[:4], "stop"])
    with pytest.raises(Stopped):
        interview(None, first.desk())

    again = Person(["NL", "checklist", "stop"])
    with pytest.raises(Stopped):
        interview(first.saved[-1], again.desk())

    assert first.saved[-1].about == ABOUT[3]
    assert again.asked[0].startswith("In which countries is it used?")
    assert (again.saved[-1].name, again.saved[-1].used_in) == ("Patrol forecast", ("NL",))


def test_a_code_that_is_none_is_told_and_asked_again() -> None:
    person = Person([*ABOUT[:4], "UK", "no", "gb, NO"])

    system = interview(None, person.desk())

    assert person.told[:2] == ["UK is no ISO 3166 code: did you mean GB?", "Type NO for Norway, or none if it isn't known."]
    assert system.used_in == ("GB", "NO")


def test_words_may_be_given_by_their_numbers() -> None:
    words = library.vocabulary().fact("purpose").words
    person = Person([*ABOUT, "5, list-persons"])

    system = interview(None, person.desk())

    assert f"  5 {words[4].word}: {words[4].means}" in person.asked[len(ABOUT)].splitlines()
    assert system.answer("purpose").value == Several(words=frozenset({words[4].word, "list-persons"}))


@pytest.mark.parametrize("none", ["none", "no"])
def test_a_system_without_a_purpose_is_not_taken(none: str) -> None:
    person = Person([*ABOUT, none, "predict-place"])

    system = interview(None, person.desk())

    assert person.told[1] == "A system has at least one purpose: name it, or write unknown."
    assert system.answer("purpose").value == Several(words=frozenset({"predict-place"}))


@pytest.mark.parametrize("none", ["none", "no"])
def test_a_list_may_be_none_where_it_can_be(none: str) -> None:
    assert answered(library.vocabulary().fact("special_categories"), none) == Several()


def test_back_asks_the_question_before_again() -> None:
    person = Person([*ABOUT, "predict-place", "back", "list-persons"])

    system = interview(None, person.desk())

    assert person.asked[len(ABOUT) + 2] == person.asked[len(ABOUT)]
    assert system.answer("purpose").value == Several(words=frozenset({"list-persons"}))


def test_back_works_among_the_first_questions_too() -> None:
    person = Person(["Wrong", "back", *ABOUT])

    assert interview(None, person.desk()).name == "Patrol forecast"


@pytest.mark.parametrize(("typed", "asks"), [("yes", False), ("", True), ("no", True)])
def test_books_of_elsewhere_are_asked_for_only_if_wanted(typed: str, *, asks: bool) -> None:
    lines = [*ABOUT[:4], "GB", "", typed]
    person = Person(lines)

    interview(None, person.desk("uk", "eu-ai-act", "fair-trials"))

    assert person.asked[6].startswith("Law in GB: United Kingdom.\nAsk only what these and the standards ask?")
    assert any("EU AI Act" in question for question in person.asked[7:]) is asks


def test_from_the_choice_of_books_one_can_return_to_the_countries() -> None:
    person = Person([*ABOUT[:4], "GB", "", "back", "NL"])

    assert interview(None, person.desk("uk", "eu-ai-act", "fair-trials")).used_in == ("NL",)


def test_a_draft_can_be_filled_in_by_being_asked(tmp_path: Path) -> None:
    path = tmp_path / "system.yaml"
    path.write_text(blank_text(library.vocabulary()), encoding="utf-8")
    person = Person([*ABOUT, "predict-place"])

    system = interview(read_begun(path), person.desk())

    assert (system.name, system.about) == (ABOUT[0], ABOUT[3])
    assert system.answer("purpose").value == Several(words=frozenset({"predict-place"}))


def test_what_a_draft_leaves_open_is_asked_even_where_another_answer_says_a_part_of_it(tmp_path: Path) -> None:
    """That it profiles persons says that it lists or rates them; whether it does more is still to be asked."""
    path = tmp_path / "system.yaml"
    text = blank_text(library.vocabulary()).replace("  profiles_persons: unknown", "  profiles_persons: yes")
    path.write_text(text, encoding="utf-8")

    begun = read_begun(path)

    assert begun.answers["profiles_persons"].value is Ternary.YES
    assert set(begun.answers) == {"profiles_persons"}


def test_a_draft_may_hold_only_what_some_books_ask() -> None:
    text = blank_text(library.vocabulary(), facts={"purpose"})

    assert "  purpose: unknown" in text
    assert "  context: unknown" not in text
