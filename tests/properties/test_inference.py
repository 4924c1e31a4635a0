"""What must hold of inference whatever the counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.audit.inference.intervals import clopper_pearson, jeffreys, mid_p, wilson
from habeas.audit.inference.multiplicity import benjamini_hochberg, holm
from habeas.audit.inference.score import (
    difference_interval,
    difference_statistic,
    p_different,
    p_reaches,
    ratio_interval,
    ratio_statistic,
)
from habeas.audit.plan import Tolerance


@st.composite
def rates(draw, most=100_000):
    trials = draw(st.integers(1, most))
    return draw(st.integers(0, trials)), trials


pairs = st.tuples(rates(), rates()).map(lambda pair: (*pair[0], *pair[1]))
p_values = st.lists(st.floats(0, 1), max_size=30)


@given(rates())
def test_every_interval_holds_the_observed_rate_and_stays_within_0_and_1(rate):
    for method in (wilson, clopper_pearson, jeffreys, mid_p):
        low, high = method(*rate, confidence=0.95)
        assert 0 <= low <= rate[0] / rate[1] + 1e-12
        assert rate[0] / rate[1] - 1e-12 <= high <= 1


@given(rates())
def test_clopper_pearson_is_widest_and_mid_p_within_it(rate):
    low, high = clopper_pearson(*rate, confidence=0.95)
    mid_low, mid_high = mid_p(*rate, confidence=0.95)

    assert low <= mid_low + 1e-9
    assert high >= mid_high - 1e-9


@given(pairs)
def test_a_difference_lies_within_its_limits_and_changes_sign_with_the_reference(pair):
    low, high = difference_interval(*pair, confidence=0.95)
    back_low, back_high = difference_interval(*pair[2:], *pair[:2], confidence=0.95)

    observed = pair[0] / pair[1] - pair[2] / pair[3]
    assert -1 <= low <= observed + 1e-9
    assert observed - 1e-9 <= high <= 1
    assert (float(back_low), float(back_high)) == pytest.approx((-float(high), -float(low)), abs=1e-7)


@given(pairs)
def test_limits_of_a_difference_are_where_the_score_test_stops_refusing(pair):
    for limit, z in zip(difference_interval(*pair, confidence=0.95), (1.959964, -1.959964), strict=True):
        if abs(limit) < 1 - 1e-9:
            assert float(difference_statistic(*pair, at=limit)) == pytest.approx(z, abs=1e-3)


@given(pairs)
def test_limits_of_a_ratio_are_where_the_score_test_stops_refusing_and_invert_with_the_reference(pair):
    low, high = ratio_interval(*pair, confidence=0.95)
    back_low, back_high = ratio_interval(*pair[2:], *pair[:2], confidence=0.95)

    for limit, z in ((low, 1.959964), (high, -1.959964)):
        if 0 < limit < np.inf:
            assert float(ratio_statistic(*pair, at=limit)) == pytest.approx(z, abs=1e-4)
    assert float(back_low) == pytest.approx(0 if high == np.inf else 1 / high, rel=1e-7)
    assert float(back_high) == pytest.approx(np.inf if low == 0 else 1 / low, rel=1e-7)


@given(pairs)
def test_p_values_are_probabilities_and_the_same_from_either_side(pair):
    for found, back in (
        (p_different(*pair), p_different(*pair[2:], *pair[:2])),
        (p_reaches(*pair, tolerance=Tolerance(ratio=1.2)), p_reaches(*pair[2:], *pair[:2], tolerance=Tolerance(ratio=1.2))),
        (p_reaches(*pair, tolerance=Tolerance(difference=0.1)), p_reaches(*pair[2:], *pair[:2], tolerance=Tolerance(difference=0.1))),
    ):
        assert 0 <= float(found) <= 1
        assert float(back) == pytest.approx(float(found), rel=1e-6, abs=1e-12)


@given(pairs, st.floats(0.01, 0.4))
def test_a_wider_tolerance_is_easier_to_stay_within(pair, tolerance):
    near, far = (float(p_reaches(*pair, tolerance=Tolerance(difference=limit))) for limit in (tolerance, tolerance * 2))

    assert far <= near + 1e-9


@given(p_values)
def test_adjusted_p_values_are_no_smaller_keep_their_order_and_holm_is_stricter(p):
    by_holm, by_share = holm(p), benjamini_hochberg(p)

    assert np.all(by_holm >= by_share - 1e-15)
    assert np.all(by_share >= np.array(p) - 1e-15)
    order = np.argsort(p, kind="stable")
    assert np.all(np.diff(by_holm[order]) >= 0)
    assert np.all(np.diff(by_share[order]) >= 0)
