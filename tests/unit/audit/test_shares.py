import numpy as np
import pytest

import pieces
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.rates import proportions
from habeas.audit.metrics import FP, KNOWN, TP, Case, Metric
from habeas.audit.shares import advised, everything, of_cases, share, totals

FIVE = Cut(kind=CutKind.SCORE, threshold=5.0)
DECISION = Cut(kind=CutKind.DECISION)


def test_a_share_of_cases_is_the_named_metric():
    piece = pieces.of_race("Caucasian")

    found = share(piece, hits=of_cases(FIVE, [TP]), trials=of_cases(FIVE, [TP, FP]), precision=Precision())

    named = proportions(piece, FIVE, precision=Precision())[Metric.POSITIVE_PREDICTIVE_VALUE]
    assert (found.hits, found.trials, found.rows) == (505, 854, 854)
    assert found.effective == pytest.approx(named.effective)


def test_a_share_of_cases_is_the_named_metric_where_people_recur():
    rng = np.random.default_rng(3)
    piece = pieces.of_rows(rng.integers(1, 11, 600), rng.integers(0, 2, 600), person=rng.integers(0, 200, 600))
    precision = Precision(rows_per_person=3.0)

    found = share(piece, hits=of_cases(FIVE, [TP]), trials=of_cases(FIVE, [TP, FP]), precision=precision)

    named = proportions(piece, FIVE, precision=precision)[Metric.POSITIVE_PREDICTIVE_VALUE]
    assert found.effective == pytest.approx(named.effective)
    assert found.effective < found.rows
    assert found.hits_by_bucket is not None
    assert found.hits_by_bucket.sum() == found.hits


def test_at_a_decision_rows_without_one_are_no_case():
    table = np.zeros((1, 3, 3))
    table[0, 1, 1], table[0, 0, 0], table[0, 2, 1] = 4, 5, 6

    found = share(pieces.of_table([7], table), hits=of_cases(DECISION, [TP]), trials=of_cases(DECISION, KNOWN), precision=Precision())

    assert (found.hits, found.trials) == (4, 9)


def test_a_decision_flags_no_one_by_score():
    assert advised(np.array([1.0, 9.0]), DECISION).tolist() == [False, False]
    assert advised(np.array([4.9, 5.0]), FIVE).tolist() == [False, True]


def test_unknown_outcomes_are_cases_of_their_own():
    piece = pieces.at_one_cut(tp=1, fp=2, fn=3, tn=4, flagged_unknown=5, cleared_unknown=6)

    assert totals(piece, of_cases(FIVE, [Case.FLAGGED_UNKNOWN])).rows == 5
    assert totals(piece, of_cases(FIVE, [Case.CLEARED_UNKNOWN])).rows == 6
    assert totals(piece, everything).rows == 21


def test_a_share_of_no_rows_has_no_trials():
    piece = pieces.at_one_cut(tp=0, fp=0, fn=0, tn=4)

    found = share(piece, hits=of_cases(FIVE, [TP]), trials=of_cases(FIVE, [TP, FP]), precision=Precision())

    assert (found.hits, found.trials, found.rows, found.effective) == (0, 0, 0, 0)
