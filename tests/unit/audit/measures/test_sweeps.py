import numpy as np
import pytest

import pieces
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.clusters import interval
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.rates import proportions
from habeas.audit.measures.sweeps import sweep
from habeas.audit.metrics import Metric

PRECISION = Precision()
DECILES = tuple(float(decile) for decile in range(1, 11))
BLACK = "African-American"


def swept(piece, metric, thresholds=DECILES, precision=PRECISION):
    return sweep(piece, metric, thresholds=thresholds, precision=precision, rng=np.random.default_rng(1)).points


@pytest.mark.parametrize("metric", list(Metric))
def test_at_every_threshold_the_rate_is_that_of_the_cut(metric):
    piece = pieces.of_race(BLACK)

    found = swept(piece, metric)

    for point in found:
        cut = Cut(kind=CutKind.SCORE, threshold=point.threshold)
        expected = interval(proportions(piece, cut, precision=PRECISION)[metric], confidence=0.95)
        assert (point.estimate is None) == (expected is None)
        if point.estimate is not None and expected is not None:
            got = (point.estimate.value, point.estimate.low, point.estimate.high, point.estimate.n)
            assert got == pytest.approx((expected.value, expected.low, expected.high, expected.n))


def test_the_sweep_of_compas_passes_through_the_published_rates():
    by_threshold = {point.threshold: point for point in swept(pieces.of_race(BLACK), Metric.FALSE_POSITIVE_RATE)}

    # ProPublica's notebook: 44.85 at medium or high, 15.82 at high only
    assert round(by_threshold[5.0].estimate.value, 4) == 0.4485
    assert round(by_threshold[8.0].estimate.value, 4) == 0.1582
    assert by_threshold[1.0].estimate.value == 1
    assert by_threshold[5.0].estimate.method == "Wilson score"


@pytest.mark.parametrize(
    "metric", [Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE, Metric.TRUE_POSITIVE_RATE, Metric.SELECTION_RATE]
)
def test_the_band_is_nowhere_narrower_than_the_interval(metric):
    for point in swept(pieces.of_race("Hispanic"), metric):
        assert point.band_low <= point.estimate.low <= point.estimate.value <= point.estimate.high <= point.band_high


@pytest.mark.parametrize("metric", [Metric.POSITIVE_PREDICTIVE_VALUE, Metric.NEGATIVE_PREDICTIVE_VALUE, Metric.ACCURACY])
def test_a_rate_of_changing_people_has_no_band(metric):
    assert {(point.band_low, point.band_high) for point in swept(pieces.of_race(BLACK), metric)} == {(None, None)}


def test_a_threshold_beyond_all_scores_flags_no_one():
    piece = pieces.a_piece([1, 5], yes=[1, 2], no=[3, 4])

    rate, value = swept(piece, Metric.FALSE_POSITIVE_RATE, (9.0,))[0], swept(piece, Metric.POSITIVE_PREDICTIVE_VALUE, (9.0,))[0]

    assert rate.estimate.value == 0
    assert value.estimate is None


def test_without_such_cases_there_is_no_estimate_and_no_band():
    found = swept(pieces.a_piece([1, 5], yes=[1, 2], no=[0, 0]), Metric.FALSE_POSITIVE_RATE, (1.0, 5.0))

    assert [(point.estimate, point.band_low, point.band_high) for point in found] == [(None, None, None)] * 2


def test_no_thresholds_give_no_points():
    assert swept(pieces.of_race(BLACK), Metric.FALSE_POSITIVE_RATE, ()) == ()


def recurring(thresholds):
    rng = np.random.default_rng(2)
    score, outcome, person = rng.integers(1, 11, 300), rng.integers(0, 2, 300), np.arange(300)
    return pieces.of_rows(np.tile(score, 3), np.tile(outcome, 3), person=np.tile(person, 3), thresholds=thresholds)


def test_where_people_recur_declared_thresholds_have_their_own_effective_counts():
    piece, precision = recurring((4.0, 7.0)), Precision(rows_per_person=3.0)

    found = swept(piece, Metric.FALSE_POSITIVE_RATE, precision=precision)

    for point in found:
        if point.threshold in (4.0, 7.0):
            cut = Cut(kind=CutKind.SCORE, threshold=point.threshold)
            expected = interval(proportions(piece, cut, precision=precision)[Metric.FALSE_POSITIVE_RATE], confidence=0.95)
            assert (point.estimate.low, point.estimate.high) == pytest.approx((expected.low, expected.high))


def test_where_people_recur_other_thresholds_are_as_unsure_as_the_nearest():
    piece, precision = recurring((4.0, 7.0)), Precision(rows_per_person=3.0)
    apart = swept(recurring_as_people(piece), Metric.FALSE_POSITIVE_RATE)

    found = swept(piece, Metric.FALSE_POSITIVE_RATE, precision=precision)

    for point, other in list(zip(found, apart, strict=True))[1:]:
        # three equal rows of each person: sqrt(3) times the width
        wider = (point.estimate.high - point.estimate.low) / (other.estimate.high - other.estimate.low)
        assert wider == pytest.approx(3**0.5, rel=0.2)
        assert point.estimate.method.startswith("Wilson score on effective counts")


def recurring_as_people(piece):
    return pieces.of_table(piece.scores, piece.n, thresholds=piece.policy[1:])


def test_where_people_recur_and_nothing_was_declared_rows_of_a_person_count_as_alike():
    piece = recurring(())

    found = swept(piece, Metric.FALSE_POSITIVE_RATE, (5.0,), precision=Precision(rows_per_person=3.0))[0]

    single = swept(pieces.of_table(piece.scores, piece.n / 3), Metric.FALSE_POSITIVE_RATE, (5.0,))[0]
    assert (found.estimate.low, found.estimate.high) == pytest.approx((single.estimate.low, single.estimate.high))
