from __future__ import annotations

import pytest

from habeas.runs.drafting.answers import number, one_of, several, yes_or_no


class Person:
    """Someone who gives these answers in turn and then leaves; remembers what was asked."""

    def __init__(self, *answers: str) -> None:
        self.asked: list[str] = []
        self._left = list(answers)

    def __call__(self, question: str, default: str) -> str:
        self.asked.append(question)
        if not self._left:
            raise EOFError
        return self._left.pop(0) or default


def test_an_answer_that_is_not_yes_or_no_is_asked_again() -> None:
    person = Person("maybe", "Yes")

    assert yes_or_no(person, "Independent?") is True
    assert person.asked == ["Independent?", "expected yes or no; got maybe. Independent?"]


@pytest.mark.parametrize(("answer", "meant"), [("y", True), ("NO", False), ("n", False), ("", None)])
def test_yes_and_no_are_known_in_any_case(answer: str, meant: bool | None) -> None:  # noqa: FBT001 - a table of cases
    assert yes_or_no(Person(answer), "Independent?") is meant


def test_after_three_answers_that_mean_nothing_the_question_stays_open() -> None:
    person = Person("maybe", "perhaps", "who knows", "yes")

    assert yes_or_no(person, "Independent?") is None
    assert len(person.asked) == 3


@pytest.mark.parametrize("wrong", ["five", "nan", "inf"])
def test_what_is_no_number_is_asked_again(wrong: str) -> None:
    person = Person(wrong, "5")

    assert number(person, "From which score on?", None) == 5
    assert person.asked == ["From which score on?", f"expected a number; got {wrong}. From which score on?"]


def test_a_number_left_blank_is_the_default_and_nought_is_a_number() -> None:
    assert number(Person(""), "Lowest?", None) is None
    assert number(Person(""), "Lowest?", 1.5) == 1.5
    assert number(Person("0"), "Lowest?", 1.5) == 0


def test_a_word_that_is_not_among_those_allowed_is_asked_again() -> None:
    person = Person("lvie", "live")

    assert one_of(person, "Stage?", "", ["design", "live"]) == "live"
    assert person.asked == ["Stage?", "There is no lvie; did you mean live? Stage?"]


def test_several_words_are_taken_once_each_and_checked() -> None:
    person = Person("race, sexx", " race,sex , race")

    assert several(person, "Groups?", (), ["race", "sex"]) == ("race", "sex")
    assert person.asked == ["Groups?", "There is no sexx; did you mean sex? Groups?"]


def test_a_word_that_holds_a_comma_can_be_answered_alone_or_by_default() -> None:
    assert several(Person("no, not yet"), "No?", (), ["no, not yet", "yes"]) == ("no, not yet",)
    assert several(Person(""), "No?", ("no, not yet",), ["no, not yet", "yes"]) == ("no, not yet",)


def test_where_nobody_answers_the_defaults_stay() -> None:
    assert several(Person(), "Groups?", ("race",), ["race"]) == ("race",)
    assert one_of(Person(), "Stage?", "", ["live"]) is None
    assert yes_or_no(Person(), "Independent?") is None
    assert number(Person(), "Lowest?", 1) == 1
