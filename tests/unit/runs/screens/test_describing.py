"""Descriptions made in Python are held to what files are held to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from habeas.errors import BadDescription, UnknownTerm
from habeas.runs.rulebooks import library
from habeas.runs.screens.describing import checked, described
from habeas.terms.answers import Answer, Several, Ternary
from screens.made_up import UNKNOWN, VOCABULARY, YES, shown, system, told, words

WORDS = library.vocabulary()


def test_what_a_file_may_say_may_be_said_in_python() -> None:
    given = system({"purpose": words("list"), "public": shown(YES), "started": date(2026, 1, 1), "needed": UNKNOWN}, used_in=("GB-ENG",))

    assert checked(given, VOCABULARY) == given


@pytest.mark.parametrize("name", ["purpose", "public", "started"])
def test_every_question_may_be_unknown(name: str) -> None:
    given = system({name: UNKNOWN})

    assert checked(given, VOCABULARY) == given


def test_a_fact_that_nobody_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownTerm, match=r"answers\.purpos: not a fact of the vocabulary; did you mean purpose\?"):
        checked(system({"purpos": words("list")}), VOCABULARY)


def test_a_word_that_nobody_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        UnknownTerm, match=r"answers\.purpose: expected a word of purpose; got predict-ofending: did you mean predict-offending\?"
    ):
        described(system({"purpose": words("predict-ofending")}), WORDS)


WRONG: list[tuple[str, Any, str]] = [
    ("public", Answer(value=None), "expected Ternary.YES, NO or UNKNOWN; got NoneType"),  # type: ignore[arg-type] # refused below
    ("public", told(words("list")), "expected Ternary.YES, NO or UNKNOWN; got Several"),
    ("purpose", told(YES), r"expected Several\(words=frozenset\(...\)\); got Ternary"),
    ("purpose", told(Several(words={"list"})), r"expected Several"),  # type: ignore[arg-type] # refused below
    ("started", told(YES), "expected a date or Ternary.UNKNOWN; got Ternary"),
    ("started", told(datetime(2026, 1, 1, tzinfo=UTC)), "expected a date or Ternary.UNKNOWN; got datetime"),
    ("public", Ternary.YES, "expected an Answer; got Ternary"),
    ("public", Answer(value=YES, evidence="a paper"), "expected a tuple of Evidence"),  # type: ignore[arg-type] # refused below
    ("public", Answer(value=YES, evidence=("a paper",)), "expected a tuple of Evidence"),  # type: ignore[arg-type] # refused below
    ("public", Answer(value=YES, note=3), "expected text or None; got int"),  # type: ignore[arg-type] # refused below
]


@pytest.mark.parametrize(("name", "answer", "said"), WRONG)
def test_an_answer_of_the_wrong_kind_is_refused(name: str, answer: Any, said: str) -> None:
    with pytest.raises(BadDescription, match=said):
        checked(replace(system(), answers={name: answer}), VOCABULARY)


def test_a_system_without_any_purpose_is_refused() -> None:
    with pytest.raises(BadDescription, match=r"answers\.purpose: a system has at least one purpose"):
        checked(system({"purpose": words()}), WORDS)


@pytest.mark.parametrize("codes", ["GB", ("UK",), ("gb",), (1,)])
def test_a_place_that_is_no_code_is_refused(codes: Any) -> None:
    with pytest.raises(BadDescription, match="used_in: expected a"):
        checked(replace(system(), used_in=codes), VOCABULARY)


def test_what_an_answer_implies_is_added() -> None:
    implying = next(fact for fact in WORDS.facts if fact.implies)
    name, implied = implying.implies[0]

    value = checked(system({implying.name: YES}), WORDS).answer(name).value

    assert isinstance(value, Several)
    assert implied <= value.words
