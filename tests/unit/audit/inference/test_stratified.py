"""Like compared with like, against the graduate admissions of Berkeley."""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.inference.stratified import mantel_haenszel

# Bickel, Hammel and O'Connell (1975), Science 187, 398-404: men then women, admitted then rejected, departments A to F
BERKELEY = np.array(
    [
        [[512, 313], [89, 19]],
        [[353, 207], [17, 8]],
        [[120, 205], [202, 391]],
        [[138, 279], [131, 244]],
        [[53, 138], [94, 299]],
        [[22, 351], [24, 317]],
    ],
    dtype=float,
)


def test_the_odds_ratio_of_berkeley_is_that_of_r():
    # R: mantelhaen.test(UCBAdmissions): common odds ratio 0.9046968, 95 % 0.7719074 to 1.0603298
    found = mantel_haenszel(BERKELEY, confidence=0.95)

    assert found.odds_ratio is not None
    assert found.odds_ratio.value == pytest.approx(0.9046968, abs=5e-8)
    assert (found.odds_ratio.low, found.odds_ratio.high) == pytest.approx((0.7719074, 1.0603298), abs=5e-7)
    assert found.odds_ratio.n == 4526
    assert found.strata_used == 6


def test_the_p_values_of_berkeley_are_those_of_r():
    # R: mantelhaen.test(UCBAdmissions, correct = FALSE): X-squared 1.5246, p .2169; DescTools::BreslowDayTest(correct = TRUE): p .00207
    found = mantel_haenszel(BERKELEY, confidence=0.95)

    assert found.p_value == pytest.approx(0.2169, abs=5e-5)
    assert found.p_same == pytest.approx(0.00207, abs=5e-6)


def test_the_pooled_difference_is_worked_by_hand():
    # strata 10/20 vs 5/20 and 3/10 vs 1/10: sum (x1 n2 - x2 n1)/N = 2.5 + 1 over sum n1 n2/N = 10 + 5: .23333
    # Sato: sum P = (400*5 - 400*10)/1600 + (100*1 - 100*3)/400 = -1.75; sum Q = (150 + 50)/80 + (27 + 7)/40 = 3.35
    # variance (.23333 * -1.75 + 3.35)/15^2 = .0130741; .23333 +- 1.959964 * .114342
    tables = np.array([[[10, 10], [5, 15]], [[3, 7], [1, 9]]], dtype=float)

    found = mantel_haenszel(tables, confidence=0.95).difference

    assert found is not None
    assert found.value == pytest.approx(0.233333, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.009228, 0.457439), abs=2e-6)
    assert found.n == 60


def test_strata_without_both_groups_are_left_out():
    lonely = np.array([[[5, 5], [0, 0]], [[0, 0], [7, 1]], [[0, 0], [0, 0]]], dtype=float)

    found = mantel_haenszel(np.concatenate([lonely, BERKELEY]), confidence=0.95)

    assert found == mantel_haenszel(BERKELEY, confidence=0.95)


def test_no_strata_say_nothing():
    found = mantel_haenszel(np.zeros((0, 2, 2)), confidence=0.95)

    assert (found.odds_ratio, found.difference, found.p_value, found.p_same, found.strata_used) == (None, None, 1.0, None, 0)


def test_one_stratum_is_not_asked_whether_strata_agree():
    assert mantel_haenszel(BERKELEY[:1], confidence=0.95).p_same is None


def test_a_stratum_where_all_hit_counts_for_the_difference_and_not_for_the_odds():
    everyone = np.array([[[4, 0], [9, 0]]], dtype=float)

    alone = mantel_haenszel(everyone, confidence=0.95)
    beside = mantel_haenszel(np.concatenate([everyone, BERKELEY]), confidence=0.95)

    assert (alone.odds_ratio, alone.difference, alone.p_value, alone.strata_used) == (None, None, 1.0, 1)
    assert beside.odds_ratio == mantel_haenszel(BERKELEY, confidence=0.95).odds_ratio
    assert beside.strata_used == 7


def test_one_person_on_each_side_claims_no_certainty():
    found = mantel_haenszel(np.array([[[1.0, 0.0], [0.0, 1.0]]]), confidence=0.95)

    assert (found.odds_ratio, found.difference) == (None, None)
