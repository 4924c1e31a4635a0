from __future__ import annotations

from dataclasses import replace

import pytest

from decisions import PLAN
from habeas.audit.cells import ABSENT, NO, YES
from habeas.audit.plan import YesNo
from habeas.engines.labels import levels, variants_told, words


def test_levels_are_sorted_and_missing_labels_are_one_of_them() -> None:
    attribute, codes = levels(PLAN, "race", ["b", "", "a", "Unknown"])

    assert attribute.levels == ("a", "b", "not recorded")
    assert codes == {"a": 0, "b": 1, "": 2, "Unknown": 2}


def test_no_labels_make_no_levels() -> None:
    assert levels(PLAN, "race", [])[0].levels == ()


def test_the_usual_words_are_known_in_any_case() -> None:
    usual = words(PLAN, None)

    assert [usual.code(text) for text in ("YES", "t", "1", "False", "n", "0.0", "", "Unknown")] == [
        YES,
        YES,
        YES,
        NO,
        NO,
        NO,
        ABSENT,
        ABSENT,
    ]
    assert usual.code("maybe") is None
    assert usual.code("unknown") is None  # only as the plan writes it


def test_declared_labels_are_known_as_they_are_written_and_replace_the_usual() -> None:
    declared = words(replace(PLAN), YesNo(yes=(" Guilty",), no=("Not guilty",)))

    assert [declared.code(text) for text in ("Guilty", "Not guilty", "", "guilty", "yes")] == [YES, NO, ABSENT, None, None]


AS_DIFFERENT = "They are counted as different groups: mend the data, or the comparison splits people who are alike"


def test_levels_that_differ_only_in_spelling_are_told() -> None:
    told = variants_told("race", ["Black", "White", "BLACK", "white", "Asian", "WHITE"])

    assert told == f"race has levels that differ only in spelling: BLACK and Black; WHITE and White and white. {AS_DIFFERENT}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("African American", "African-American"),
        ("Mr. X", "Mr X"),
        ("Not  stated", "not stated"),
        ("25 - 45", "25-45"),
        ("White\u00a0British", "White British"),
        ("Asian\u200b", "Asian"),
        ("Zoe\u0308", "Zo\u00eb"),
    ],
)
def test_case_blanks_and_punctuation_are_spelling(one: str, other: str) -> None:
    assert variants_told("race", [one, other]) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<25", ">25"),
        ("-1", "1"),
        ("1.5", "15"),
        ("A", "A-"),
        ("A+", "A-"),
        ("25-45", "2545"),
        ("-", "?"),
        ("Male", "Female"),
        ("e", "\u00e9"),
    ],
)
def test_marks_that_carry_meaning_are_no_spelling(one: str, other: str) -> None:
    assert variants_told("race", [one, other]) is None


@pytest.mark.parametrize("levels_found", [[], [""], ["White"]])
def test_fewer_than_two_levels_have_no_variants(levels_found: list[str]) -> None:
    assert variants_told("race", levels_found) is None


def test_of_many_variants_five_are_named() -> None:
    told = variants_told("race", [label for letter in "abcdefg" for label in (letter, letter.upper())])

    assert told == (
        f"race has levels that differ only in spelling: A and a; B and b; C and c; D and d; E and e; and 2 more. {AS_DIFFERENT}"
    )


def test_what_cannot_be_seen_is_written_out() -> None:
    told = variants_told("race", ["White\u200b", "White"])

    assert told == f"race has levels that differ only in spelling: White and 'White\\u200b'. {AS_DIFFERENT}"
