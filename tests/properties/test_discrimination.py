"""The AUC against an independent one, over rows drawn at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

import pieces
from habeas.audit.cells import ScoreGrid
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.discrimination import auc, binning_bound

ROWS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=2, max_size=60).filter(
    lambda rows: len({outcome for _, outcome in rows}) == 2
)
BINNED = ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(0.5,), bins=8)
EXACT = ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(0.5,), bins=None)


def columns(rows):
    return np.array([score for score, _ in rows]), np.array([outcome for _, outcome in rows])


@given(ROWS)
def test_exact_scores_give_the_auc_of_the_rows(rows):
    score, outcome = columns(rows)

    found = auc(pieces.of_rows(score, outcome, thresholds=(0.5,)), precision=Precision())

    assert found.value == pytest.approx(roc_auc_score(outcome, score), abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert binning_bound(pieces.of_rows(score, outcome), EXACT) == 0


@given(ROWS)
def test_binned_scores_err_within_the_bound(rows):
    score, outcome = columns(rows)
    edges = BINNED.edges()
    binned = edges[np.searchsorted(edges, score, side="right") - 1]

    piece = pieces.of_rows(binned, outcome, thresholds=(0.5,))

    assert abs(auc(piece, precision=Precision()).value - roc_auc_score(outcome, score)) <= binning_bound(piece, BINNED) + 1e-12


@given(ROWS)
def test_turning_the_score_round_turns_the_auc_round(rows):
    score, outcome = columns(rows)

    found, turned = (auc(pieces.of_rows(s, outcome, thresholds=(0.5,)), precision=Precision()) for s in (score, 1 - score))

    # 1 - score may tie what the scores tell apart by less than rounding
    if len(np.unique(score)) == len(np.unique(1 - score)):
        limits = (1 - turned.value, 1 - turned.high, 1 - turned.low)
        assert (found.value, found.low, found.high) == pytest.approx(limits, abs=1e-9)


@given(st.integers(0, 2**32 - 1))
def test_a_score_that_knows_nothing_is_near_chance(seed):
    rng = np.random.default_rng(seed)

    found = auc(pieces.of_rows(rng.integers(1, 11, 2000), rng.integers(0, 2, 2000)), precision=Precision())

    # standard error about .0129
    assert found.value == pytest.approx(0.5, abs=0.065)


@given(ROWS, st.integers(2, 5))
def test_repeating_the_rows_of_the_same_persons_changes_no_estimate(rows, times):
    score, outcome = columns(rows)
    person = np.arange(len(rows))

    once = auc(pieces.of_rows(score, outcome, person=person, thresholds=(0.5,)), precision=Precision())
    repeated = auc(
        pieces.of_rows(np.tile(score, times), np.tile(outcome, times), person=np.tile(person, times), thresholds=(0.5,)),
        precision=Precision(rows_per_person=float(times)),
    )

    assert repeated.value == pytest.approx(once.value, abs=1e-12)
