from __future__ import annotations

import pytest

from habeas.runs.drafting.facts import ColumnFacts, DataFacts
from habeas.runs.drafting.guesses import guess, words_of


def numbers(name: str, *, distinct: int = 10, low: float = 1, high: float = 10, whole: bool = True) -> ColumnFacts:
    return ColumnFacts(name=name, distinct=distinct, numeric=True, whole=whole, minimum=low, maximum=high)


def labels(name: str, *levels: str) -> ColumnFacts:
    return ColumnFacts(name=name, distinct=len([level for level in levels if level]), levels=levels)


def facts_of(*columns: ColumnFacts, count: str | None = None) -> DataFacts:
    return DataFacts(name="decisions.csv", rows=100, columns=columns, count=count)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("two_year_recid", {"two", "year", "recid"}),
        ("riskScore", {"risk", "score"}),
        ("Risk score (v2)", {"risk", "score", "v"}),
        ("RACE", {"race"}),
        ("decile_score.1", {"decile", "score"}),
        ("", set()),
    ],
)
def test_names_are_parted_into_words(name: str, words: set[str]) -> None:
    assert words_of(name) == words


def test_columns_are_found_by_name_and_content() -> None:
    facts = facts_of(
        numbers("id", distinct=90, high=900),
        labels("sex", "Male", "Female"),
        labels("race", "White", "Black", "", "Unknown"),
        labels("score_text", "High", "Low"),
        numbers("decile_score"),
        labels("detained", "no", "yes"),
        labels("is_recid", "0", "1"),
    )

    draft = guess(facts, path="decisions.csv")

    assert (draft.score, draft.decision, draft.outcome, draft.person) == ("decile_score", "detained", "is_recid", "id")
    assert (draft.minimum, draft.maximum) == (1, 10)
    assert draft.groups == ("race", "sex")
    assert draft.reference == {"race": "White", "sex": "Male"}
    assert draft.unrecorded == ("", "Unknown")
    assert draft.recommendation is None


def test_shares_run_from_0_to_1() -> None:
    draft = guess(facts_of(numbers("risk", low=0.03, high=0.91, whole=False)), path="x")

    assert (draft.minimum, draft.maximum) == (0.0, 1.0)


def test_without_a_score_an_advice_is_looked_for() -> None:
    draft = guess(facts_of(labels("flagged", "0", "1"), labels("outcome", "0", "1")), path="x")

    assert (draft.score, draft.recommendation, draft.outcome) == (None, "flagged", "outcome")


def test_exact_ages_are_no_groups() -> None:
    assert guess(facts_of(numbers("age", distinct=60, low=18, high=90)), path="x").groups == ()


def test_a_column_that_never_varies_is_no_group() -> None:
    assert guess(facts_of(labels("sex", "Male", "")), path="x").groups == ()


def test_in_a_table_of_counts_no_column_is_a_person() -> None:
    draft = guess(facts_of(numbers("id", distinct=90), numbers("n"), count="n"), path="x")

    assert (draft.count, draft.person) == ("n", None)


def test_from_unknown_names_nothing_is_guessed() -> None:
    draft = guess(facts_of(numbers("a"), labels("b", "x", "y")), path="x")

    assert (draft.score, draft.decision, draft.outcome, draft.groups, draft.minimum) == (None, None, None, (), None)
