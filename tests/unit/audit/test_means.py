import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

import pieces
from habeas.audit.cells import YES
from habeas.audit.inference.precision import Precision
from habeas.audit.means import bounded_interval, design_effect, known_outcomes, mean


def base_rate_pull(piece):
    by_outcome = piece.weight.sum(axis=(0, 1))
    total = by_outcome[:2].sum()
    pull = np.zeros_like(piece.n) - by_outcome[YES] / total
    pull[:, :, YES] += 1
    return np.where(known_outcomes(piece), pull, 0) / total


def effect_of(piece, *, rows_per_person=1.0):
    return design_effect(piece, base_rate_pull(piece), counted=known_outcomes(piece), precision=Precision(rows_per_person=rows_per_person))


@pytest.mark.parametrize(("hits", "rows"), [(15, 148), (0, 20), (1, 29), (10, 10)])
def test_the_interval_of_a_share_is_that_of_agresti_and_coull(hits, rows):
    share = hits / rows

    found = bounded_interval(share, spread=share * (1 - share), effective=rows, ends=(0, 1), confidence=0.95)

    # another program: statsmodels, proportion_confint(method="agresti_coull"), which clips at 0 and 1 too
    assert found == pytest.approx(proportion_confint(hits, rows, method="agresti_coull"), abs=1e-12)


def test_values_all_alike_still_have_an_interval_with_width():
    piece = pieces.a_piece([1, 5], yes=[0, 0], no=[2, 1])

    found = mean(piece, np.full((2, 3, 3), 0.3), counted=known_outcomes(piece), ends=(0, 1), precision=Precision())

    assert found is not None
    assert found.value == pytest.approx(0.3)
    assert found.low < 0.2
    assert found.high > 0.6
    assert found.n == 3


def test_a_mean_over_no_rows_is_none():
    piece = pieces.a_piece([1, 5], yes=[0, 0], no=[0, 0], unknown=[3, 3])

    assert mean(piece, np.ones((2, 3, 3)), counted=known_outcomes(piece), ends=(0, 1), precision=Precision()) is None


def test_the_mean_of_one_row_can_be_anything():
    piece = pieces.a_piece([1, 5], yes=[0, 1], no=[0, 0])

    found = mean(piece, np.ones((2, 3, 3)), counted=known_outcomes(piece), ends=(0, 1), precision=Precision())

    assert found is not None
    assert found.value == 1
    assert found.low < 0.2
    assert found.high == 1


def test_rows_that_name_no_persons_have_a_design_effect_of_1():
    assert effect_of(pieces.at_one_cut(tp=3, fp=4, fn=5, tn=6)) == 1


def test_rows_of_different_people_have_a_design_effect_of_about_1():
    rng = np.random.default_rng(1)
    outcome = rng.integers(0, 2, 5000)

    found = effect_of(pieces.of_rows(rng.integers(1, 11, 5000), outcome, person=np.arange(5000)))

    # never below 1; its noise over 128 buckets is 1/sqrt(2 * 127) = 6 % of the standard error, so 12 % here
    assert 1 <= found < 1.3


def test_ten_equal_rows_of_every_person_have_a_design_effect_of_about_10():
    rng = np.random.default_rng(1)
    score, outcome, person = rng.integers(1, 11, 2000), rng.integers(0, 2, 2000), np.arange(2000)

    piece = pieces.of_rows(np.tile(score, 10), np.tile(outcome, 10), person=np.tile(person, 10))

    assert effect_of(piece, rows_per_person=10.0) == pytest.approx(10, rel=0.25)


def test_one_person_is_worth_one_row():
    piece = pieces.of_rows([1, 5, 5, 9], [0, 1, 0, 1], person=[7, 7, 7, 7])

    assert effect_of(piece, rows_per_person=4.0) == 4


def test_the_design_effect_of_four_people_with_two_equal_rows_each():
    piece = pieces.of_rows([5.0] * 8, [1, 1, 1, 1, 0, 0, 0, 0], person=[0, 0, 1, 1, 2, 2, 3, 3])

    # pulls of .0625 either way: sums by person .125, so 4/3 * 4 * .125^2 over 8 * .0625^2
    assert effect_of(piece, rows_per_person=2.0) == pytest.approx(8 / 3)


def test_people_who_are_all_alike_count_once_each():
    # every outcome is yes, so nothing varies and the rows of each of the 10 people may all be alike
    piece = pieces.of_rows([5.0] * 30, [1] * 30, person=np.repeat(np.arange(10), 3))

    assert effect_of(piece, rows_per_person=3.0) == pytest.approx(3)


def test_weights_that_are_all_alike_change_nothing():
    piece = pieces.a_piece([1, 5], yes=[3, 9], no=[8, 2])
    asked = {"counted": known_outcomes(piece), "ends": (0.0, 1.0), "precision": Precision()}
    values = np.zeros((2, 3, 3))
    values[:, :, YES] = 1

    found = mean(pieces.weighted(piece, 2.5), values, **asked)

    one = mean(piece, values, **asked)
    assert found is not None
    assert one is not None
    assert (found.value, found.low, found.high) == pytest.approx((one.value, one.low, one.high))
