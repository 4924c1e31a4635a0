"""Slips of the hand are counted, and a postcode belongs to the areas that it begins with."""

from __future__ import annotations

import pytest

from habeas.web.explore.queries.near import prefixes
from habeas.web.explore.queries.plain import nearest, plain, slips, words


def test_case_accents_and_punctuation_do_not_matter() -> None:
    assert plain("  Préfecture de POLICE: l'Œil №1 ") == "prefecture de police l œil no1"


def test_only_the_first_words_are_looked_for() -> None:
    assert len(words("a " * 50)) == 8


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("face", "face", 0),
        ("face", "fce", 1),
        ("face", "faces", 1),
        ("face", "fsce", 1),
        ("face", "fcae", 1),
        ("abcd", "badc", 2),
    ],
)
def test_slips_are_counted_as_by_hand(one: str, other: str, count: int) -> None:
    assert slips(one, other, most=2) == count


def test_words_of_other_lengths_are_far() -> None:
    assert slips("face", "recognition", most=2) == 3


def test_the_nearest_word_is_found_and_a_far_one_is_not() -> None:
    known = ["prediction", "production", "prison"]
    assert nearest("predicton", known) == "prediction"
    assert nearest("zebra", known) is None
    assert nearest("x", []) is None


def test_a_short_word_may_be_one_slip_off_alone() -> None:
    assert nearest("dva", ["dna"]) == "dna"
    assert nearest("xva", ["dna"]) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("B33 8TH", ("B", "B33", "B338", "B338TH")),
        ("b3 3th", ("B", "B3", "B33", "B33TH")),
        ("B33", ("B", "B33")),
        ("sw1a1aa", ("SW", "SW1A", "SW1A1", "SW1A1AA")),
    ],
)
def test_a_british_postcode_is_in_its_area_and_district(typed: str, found: tuple[str, ...]) -> None:
    answer = prefixes(typed)
    assert answer is not None
    assert answer.british
    assert answer.all == found


def test_a_district_is_not_in_one_with_a_shorter_number() -> None:
    answer = prefixes("B33 8TH")
    assert answer is not None
    assert "B3" not in answer.all


def test_another_countrys_postcode_is_in_every_beginning_of_it() -> None:
    answer = prefixes("1012 AB")
    assert answer is not None
    assert not answer.british
    assert answer.all == ("1", "10", "101", "1012", "1012A", "1012AB")


@pytest.mark.parametrize("typed", ["", "West Midlands", "B", "B338TH9", "١٢٣"])
def test_what_is_no_postcode_is_none(typed: str) -> None:
    assert prefixes(typed) is None
