"""Expected words are by hand: what a careful writer would put."""

from __future__ import annotations

from math import inf

import pytest

from habeas.audit.estimates import Estimate
from habeas.reports.language import numbers


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, n=10, method="by hand")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.4485, "44.9%"),
        (0.5, "50.0%"),
        (0.005, "0.50%"),
        (0.00052, "0.052%"),
        (0.9996, "99.960%"),
        (0.0000004, "0.000040%"),
    ],
)
def test_a_share_never_rounds_to_none_or_all(share: float, words: str) -> None:
    assert numbers.percent(share) == words


def test_a_rate_is_told_with_its_count_and_its_interval() -> None:
    assert numbers.rate(estimate(0.3, 0.108, 0.603)) == "30.0% of 10 (10.8% to 60.3%)"


def test_a_count_has_thousands_separators() -> None:
    assert [numbers.count(number) for number in (0, 999, 7214, 1234567)] == ["0", "999", "7,214", "1,234,567"]


@pytest.mark.parametrize(
    ("value", "low", "high", "said", "interval"),
    [
        (0.2139, 0.1822, 0.2452, "21.4 percentage points higher", "18.2 to 24.5 percentage points higher"),
        (-0.1974, -0.2347, -0.1599, "19.7 percentage points lower", "16.0 to 23.5 percentage points lower"),
        (-0.0197, -0.0632, 0.0276, "2.0 percentage points lower", "from 6.3 percentage points lower to 2.8 higher"),
        (0.0, -0.1, 0.1, "the same", "from 10.0 percentage points lower to 10.0 higher"),
        (0.0004, 0.0, 0.0008, "0.04 percentage points higher", "0.0 to 0.08 percentage points higher"),
    ],
)
def test_a_difference_says_which_way(value: float, low: float, high: float, said: str, interval: str) -> None:
    found = estimate(value, low, high)

    assert numbers.difference(found) == said
    assert numbers.difference_interval(found) == interval


def test_a_table_gives_differences_with_their_sign() -> None:
    assert [numbers.signed_points(value) for value in (0.2139, -0.0197, 0.0)] == ["+21.4", "-2.0", "0"]
    assert numbers.signed_interval(-0.0632, 0.0276) == "-6.3 to +2.8"


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1.912, "1.91"),
        (0.586, "0.586"),
        (0.99, "0.990"),
        (99.96, "100"),
        (1250.4, "1,250"),
        (0.0002, "less than 0.001"),
        (0.0, "0.00"),
        (inf, "unbounded"),
    ],
)
def test_a_ratio_has_three_digits(ratio: float, words: str) -> None:
    assert numbers.times(ratio) == words


def test_a_ratio_without_an_upper_limit_says_so() -> None:
    assert numbers.times_interval(estimate(3.0, 1.4, inf)) == "1.40 or more"
    assert numbers.times_interval(estimate(1.912, 1.723, 2.126)) == "1.72 to 2.13"


@pytest.mark.parametrize(
    ("p", "words"),
    [(0.0, "p < 0.001"), (0.00099, "p < 0.001"), (0.001, "p = 0.0010"), (0.0172, "p = 0.017"), (0.806, "p = 0.81"), (1.0, "p > 0.99")],
)
def test_a_p_value_has_two_digits_at_most(p: float, words: str) -> None:
    assert numbers.probability(p) == words


@pytest.mark.parametrize(
    ("rates", "base"),
    [
        ((0.4485, 0.2345), 100),
        ((0.0, 0.2345), 100),
        ((0.004, 0.2), 1_000),
        ((0.0004, 0.2), 10_000),
        ((0.9999, 0.5), 10_000),
        ((1.0, 0.0), 100),
    ],
)
def test_the_crowd_grows_until_nobody_is_rounded_away(rates: tuple[float, float], base: int) -> None:
    assert numbers.crowd(*rates) == base


def test_the_crowd_grows_until_a_difference_that_was_shown_can_be_seen() -> None:
    assert numbers.crowd(0.4485, 0.4512) == 100
    assert numbers.crowd(0.4485, 0.4512, apart=True) == 1_000
    assert numbers.crowd(0.4485, 0.4485, apart=True) == 100


def test_a_crowd_of_a_million_is_the_largest() -> None:
    assert numbers.crowd(0.0000000001, 0.5) == 1_000_000


def test_heads_are_rounded_half_up() -> None:
    assert [numbers.of_crowd(rate, 100) for rate in (0.445, 0.4449, 0.0, 1.0)] == [45, 44, 0, 100]


def test_a_declared_difference_reads_as_it_was_written() -> None:
    assert [numbers.declared_points(value) for value in (0.05, 0.07, 0.01, 0.025)] == [
        "5 percentage points",
        "7 percentage points",
        "1 percentage point",
        "2.5 percentage points",
    ]
