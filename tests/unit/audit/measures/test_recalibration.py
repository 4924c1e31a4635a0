import numpy as np
import pytest
import statsmodels.api as sm

import pieces
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.recalibration import recalibration_slope

PRECISION = Precision()


def test_the_slope_is_that_of_a_logistic_regression():
    scores, yes, no = np.array([0.1, 0.3, 0.5, 0.8]), np.array([6, 9, 14, 15]), np.array([30, 21, 12, 8])
    piece = pieces.a_piece(scores, yes=yes, no=no, thresholds=(0.5,))

    found = recalibration_slope(piece, scores, precision=PRECISION)

    # another program: statsmodels on one row per person, with its sandwich variance
    claims = np.repeat(np.log(scores / (1 - scores)), yes + no)
    outcome = np.concatenate([np.repeat([1, 0], [a, b]) for a, b in zip(yes, no, strict=True)])
    expected = sm.Logit(outcome, sm.add_constant(claims)).fit(disp=False, cov_type="HC0")
    assert found is not None
    assert found.value == pytest.approx(expected.params[1], rel=1e-8)
    half = 2.018082 * expected.bse[1]  # t with 42 degrees of freedom: 44 with the outcome, 71 without
    assert (found.low, found.high) == pytest.approx((expected.params[1] - half, expected.params[1] + half), rel=1e-6)
    assert found.n == 115


@pytest.mark.parametrize(
    ("yes", "no"),
    [([1, 0], [0, 0]), ([0, 0], [3, 4]), ([2, 0], [3, 0]), ([0, 5], [5, 0])],
    ids=["one person", "one outcome", "one score", "told apart perfectly"],
)
def test_a_slope_that_cannot_be_fitted_is_none(yes, no):
    piece = pieces.a_piece([0.2, 0.8], yes=yes, no=no, thresholds=(0.5,))

    assert recalibration_slope(piece, piece.scores, precision=PRECISION) is None


def test_certainty_counts_as_nearly_certain():
    piece = pieces.a_piece([0.0, 1.0], yes=[1, 9], no=[9, 1], thresholds=(0.5,))

    found = recalibration_slope(piece, piece.scores, precision=PRECISION)

    # log odds of .1 and .9 over those of .001 and .999: 2.197225/6.906755
    assert found is not None
    assert found.value == pytest.approx(2.197225 / 6.906755, rel=1e-6)
