"""Like compared with like, against the graduate admissions of Berkeley."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

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


def test_whether_strata_agree_is_asked_with_tarones_correction():
    # Breslow and Day (1980), Statistical Methods in Cancer Research I, (4.30); Tarone (1985), Biometrika 72, 91-95; written out plainly
    tables = np.array([[[3, 7], [1, 9]], [[2, 4], [6, 3]], [[5, 1], [2, 8]]], dtype=float)
    seen, total = tables[:, 0, 0], tables.sum(axis=(1, 2))
    n1, m1 = tables[:, 0].sum(axis=1), tables[:, :, 0].sum(axis=1)
    ratio = (seen * tables[:, 1, 1] / total).sum() / (tables[:, 0, 1] * tables[:, 1, 0] / total).sum()
    # expected hits e if every stratum had that ratio: e (N - n1 - m1 + e) = ratio (n1 - e)(m1 - e)
    roots = [
        np.roots([1 - r[0], r[1] + r[0] * r[2], -r[0] * r[3]]) for r in zip([ratio] * 3, total - n1 - m1, n1 + m1, n1 * m1, strict=True)
    ]
    e = np.array([next(x.real for x in pair if 0 < x.real < min(n, m)) for pair, n, m in zip(roots, n1, m1, strict=True)])
    variance = 1 / (1 / e + 1 / (n1 - e) + 1 / (m1 - e) + 1 / (total - n1 - m1 + e))
    statistic = (np.square(seen - e) / variance).sum() - (seen - e).sum() ** 2 / variance.sum()

    found = mantel_haenszel(tables, confidence=0.95)

    assert found.p_same == pytest.approx(float(stats.chi2.sf(statistic, 2)), rel=1e-6)


def test_the_pooled_difference_is_worked_by_hand():
    # strata 10/20 vs 5/30 and 3/10 vs 1/5: sum (x1 n2 - x2 n1)/N = 4 + .333333 over sum n1 n2/N = 12 + 3.333333: .282609
    # Sato: sum P = (2000 - 9000 + 3000)/2500 + (100 - 75 - 125)/225 = -2.044444; sum Q = (250 + 50)/100 + (12 + 7)/30 = 3.633333
    # variance (.282609 * -2.044444 + 3.633333)/15.333333^2 = .0129962; .282609 -+ 1.959964 * .114001
    tables = np.array([[[10, 10], [5, 25]], [[3, 7], [1, 4]]], dtype=float)

    found = mantel_haenszel(tables, confidence=0.95).difference

    assert found is not None
    assert found.value == pytest.approx(0.282609, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.059171, 0.506047), abs=2e-6)
    assert found.n == 65


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
