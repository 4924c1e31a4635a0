from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import habeas
from habeas.errors import BadDescription, BadInput, BadRulebook, NotFound
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks import library
from habeas.runs.screens.screening import catalogue_rows
from screens.made_up import ON, VOCABULARY, among, book, rule, system, words

MAP = {"purpose": ["predict-place"], "context": ["prevention"], "operator": ["police"]}
PATROL = Path("screen") / "patrol-forecast.yaml"


def test_a_file_a_mapping_and_a_value_are_screened_alike(examples: Path) -> None:
    path = examples / PATROL

    by_path = habeas.screen(path, on=ON)

    assert habeas.screen(str(path), on=ON) == by_path
    assert habeas.screen(habeas.read_description(path), on=ON) == by_path
    assert [verdict.book for verdict in by_path] == list(library.books())


def test_answers_alone_are_enough_of_a_mapping() -> None:
    found = habeas.screen({"answers": MAP}, on=ON, books=["fair-trials"])

    assert [verdict.finding for verdict in found] == [Finding.PROHIBITED]


def test_a_mapping_may_hold_days_and_sets() -> None:
    answers = {"purpose": {"predict-place"}, "in_service_from": date(2024, 5, 1)}

    assert habeas.screen({"answers": answers}, on=ON, books=["fair-trials"])[0].rulings


def test_books_may_be_given_as_values() -> None:
    of = book(rule(when=among("purpose", "list")))
    found = habeas.screen(system({"purpose": words("list")}), on=ON, books=[of], vocabulary=VOCABULARY)

    assert found[0].finding is Finding.PROHIBITED


def test_a_mapping_with_a_word_that_nobody_knows_is_refused_with_its_place() -> None:
    with pytest.raises(BadDescription) as refused:
        habeas.screen({"answers": {"purpose": ["predict-plaice"]}}, on=ON)

    assert "answers.purpose[0]: expected a word of purpose" in str(refused.value)
    assert "did you mean predict-place?" in str(refused.value)


@pytest.mark.parametrize("given", [None, 3, ["a"]])
def test_what_is_no_description_is_refused(given: object) -> None:
    with pytest.raises(BadDescription, match="expected a path, a mapping or a SystemDescription"):
        habeas.screen(given, on=ON)  # type: ignore[arg-type] # the refusal is the test


@pytest.mark.parametrize("on", [datetime(2026, 11, 22, tzinfo=UTC), "2026-11-22", None])
def test_the_day_is_a_day(on: object) -> None:
    with pytest.raises(BadInput, match="on: expected a day"):
        habeas.screen({"answers": MAP}, on=on)  # type: ignore[arg-type] # the refusal is the test


@pytest.mark.parametrize("books", ["fair-trials", []])
def test_books_are_a_list_of_at_least_one(books: object) -> None:
    with pytest.raises(BadRulebook, match="expected a list of at least one book"):
        habeas.screen({"answers": MAP}, on=ON, books=books)  # type: ignore[arg-type] # the refusal is the test


def test_a_book_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match="there is no book atlantis"):
        habeas.screen({"answers": MAP}, on=ON, books=["atlantis"])


def test_two_books_of_one_id_are_refused() -> None:
    with pytest.raises(BadRulebook, match="got two called town"):
        habeas.screen({"answers": MAP}, on=ON, books=[book(rule(when=among("purpose", "list")))] * 2)


def test_the_catalogue_is_screened_by_every_book_and_unverified_systems_only_on_demand() -> None:
    public, all_of_them = catalogue_rows(names=[], on=ON), catalogue_rows(names=[], on=ON, with_unverified=True)

    assert [row.entry for row in public] == list(library.catalogue())
    assert len(all_of_them) == len(public) + len(library.unverified())
    assert {len(row.verdicts) for row in all_of_them} == {len(library.books())}


def test_place_based_systems_get_different_findings_from_different_books() -> None:
    places = [row for row in catalogue_rows(names=[], on=ON) if row.entry.family.value == "place-based"]

    assert places
    assert all(row.differs for row in places)
