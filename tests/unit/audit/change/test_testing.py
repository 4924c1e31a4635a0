from __future__ import annotations

from math import inf

import pytest

from habeas.audit.change.testing import NOT_TESTED, Counted, Measured, from_counts, from_intervals, judged
from habeas.audit.change.values import ChangeVerdict
from habeas.audit.estimates import Estimate
from habeas.audit.inference.multiplicity import holm
from results import estimate, wilson


def limits(found: Estimate) -> tuple[float, float]:
    return round(found.low, 4), round(found.high, 4)


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [((56, 70), (48, 80), (0.0528, 0.3382)), ((9, 10), (3, 10), (0.1700, 0.8406)), ((10, 10), (0, 20), (0.7156, 1.0))],
)
def test_counts_give_the_published_score_limits(later: tuple[int, int], earlier: tuple[int, int], expected: tuple[float, float]) -> None:
    """Miettinen and Nurminen's limits as SAS-based tables give them (ratesci, test 3)."""
    pair = (Counted(hits=earlier[0], trials=earlier[1]), Counted(hits=later[0], trials=later[1]))

    (found,) = from_counts([pair], confidence=0.95)

    assert limits(found.estimate) == expected
    assert found.estimate.n == later[1] + earlier[1]


def test_no_counts_give_no_changes() -> None:
    assert from_counts([], confidence=0.95) == []


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_intervals_of_two_rates_give_newcombes_limits(
    later: tuple[int, int], earlier: tuple[int, int], expected: tuple[float, float]
) -> None:
    """Newcombe (1998), table II, method 10: Zou and Donner's way from Wilson's intervals."""
    found = from_intervals(wilson(*earlier), wilson(*later), confidence=0.95)

    assert limits(found.estimate) == expected


def test_a_normal_estimate_has_its_usual_p_value() -> None:
    # standard errors 3 and 4 make 5; a change of 9.8 is 1.96 of them, so p is 0.05
    earlier, later = (estimate(0.0, -1.959964 * 3, 1.959964 * 3, 10), estimate(9.79982, 9.79982 - 1.959964 * 4, 9.79982 + 1.959964 * 4, 10))

    found = from_intervals(earlier, later, confidence=0.95)

    assert found.p == pytest.approx(0.05, abs=1e-6)
    assert found.estimate.low == pytest.approx(0.0, abs=1e-4)


def test_a_fall_is_as_telling_as_a_rise() -> None:
    one, other = wilson(30, 100), wilson(60, 100)

    rise, fall = from_intervals(one, other, confidence=0.95), from_intervals(other, one, confidence=0.95)

    assert (fall.estimate.value, fall.estimate.low, fall.estimate.high) == pytest.approx(
        (-rise.estimate.value, -rise.estimate.high, -rise.estimate.low)
    )
    assert fall.p == pytest.approx(rise.p)


def test_an_estimate_that_nothing_bounds_shows_no_change() -> None:
    found = from_intervals(estimate(1.0, 0.5, inf, 10), estimate(9.0, 8.0, 10.0, 10), confidence=0.95)

    assert found.p == 1.0
    assert found.estimate.low == -inf


def test_estimates_without_any_width_show_no_change() -> None:
    assert from_intervals(estimate(0.1, 0.1, 0.1, 1), estimate(0.2, 0.2, 0.2, 1), confidence=0.95).p == 1.0


def test_a_family_is_adjusted_without_what_was_not_tested() -> None:
    tests = [Measured(estimate=estimate(0.1, 0.0, 0.2, 5), p=0.02), None, Measured(estimate=estimate(0.2, 0.1, 0.3, 5), p=0.03)]

    found = judged(tests, adjust=holm, confidence=0.95)

    # Holm by hand: 2 x 0.02 = 0.04, then the larger of that and 1 x 0.03
    assert [change.p_adjusted for change in found] == [pytest.approx(0.04), None, pytest.approx(0.04)]
    assert found[0].verdict is ChangeVerdict.SHOWN_CHANGED
    assert found[1] is NOT_TESTED


def test_an_adjusted_p_value_above_the_level_cannot_tell() -> None:
    tests = [Measured(estimate=estimate(0.1, 0.0, 0.2, 5), p=0.03)] * 2

    assert [change.verdict for change in judged(tests, adjust=holm, confidence=0.95)] == [ChangeVerdict.CANNOT_TELL] * 2


def test_an_empty_family_is_judged_empty() -> None:
    assert judged([], adjust=holm, confidence=0.95) == []
