"""Do intervals of AUC, calibration, Brier score and net benefit hold the truth as often as they say, people recurring or not?

Each design prints lines `validity: what | measured | bar`: the share of samples whose 95 % interval held the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.special import ndtr

import pieces
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.balance import net_benefit
from habeas.audit.measures.calibration import brier, in_the_large
from habeas.audit.measures.discrimination import auc
from habeas.audit.measures.recalibration import recalibration_slope

pytestmark = pytest.mark.validity

SAMPLES = 400
LEVELS = (np.arange(100) + 0.5) / 100
MEASURES = ("AUC", "in the large", "Brier", "slope", "net benefit")


@dataclass(frozen=True, kw_only=True)
class Design:
    """People, mean rows of each, correlation of their rows' scores and outcomes, declared thresholds, about the base rate."""

    name: str
    people: int
    rows_each: int = 1
    alike: float = 0.0
    thresholds: tuple[float, ...] = (0.4,)
    base_rate: float = 0.4


DESIGNS = (
    Design(name="400 people once", people=400),
    Design(name="300 people once, rare outcome", people=300, base_rate=0.05, thresholds=(0.05,)),
    Design(name="400 people 4 times, one threshold", people=400, rows_each=4, alike=0.6),
    Design(name="400 people 4 times, four thresholds", people=400, rows_each=4, alike=0.6, thresholds=(0.2, 0.3, 0.4, 0.6)),
    Design(name="400 people 4 times, off-centre threshold", people=400, rows_each=4, alike=0.6, thresholds=(0.6,)),
    Design(name="2000 people 4 times, rare outcome", people=2000, rows_each=4, alike=0.6, base_rate=0.05, thresholds=(0.05,)),
    Design(name="60 people 8 times, alike", people=60, rows_each=8, alike=0.9),
    Design(name="12 people 3 times", people=12, rows_each=3, alike=0.6),
)


def drawn(design, rng):
    """Scores that are perfectly calibrated chances, from 0 to twice the base rate; rows of a person resemble each other."""
    rows = rng.integers(1, 2 * design.rows_each, design.people) if design.rows_each > 1 else np.ones(design.people, dtype=int)
    person = np.repeat(np.arange(design.people), rows)
    risk, luck = (
        rng.standard_normal(design.people)[person] * design.alike**0.5 + rng.standard_normal(len(person)) * (1 - design.alike) ** 0.5
        for _ in range(2)
    )
    score = LEVELS[np.minimum((ndtr(risk) * 2 * design.base_rate * 100).astype(int), 99)]
    piece = pieces.of_rows(score, (ndtr(luck) < score).astype(int), person=person, scores=LEVELS, thresholds=design.thresholds)
    return piece, Precision(rows_per_person=len(person) / design.people)


def measured(design, piece, precision):
    cut = Cut(kind=CutKind.SCORE, threshold=design.thresholds[0])
    benefit = net_benefit(piece, cut, exchange_rate=1.0, precision=precision)
    return (
        auc(piece, precision=precision),
        in_the_large(piece, piece.scores, precision=precision),
        brier(piece, piece.scores, precision=precision),
        recalibration_slope(piece, piece.scores, precision=precision),
        None if benefit is None else benefit.value,
    )


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.name)
def test_intervals_hold_the_truth(design):
    rng = np.random.default_rng(20)
    many = Design(name="truth", people=400_000, base_rate=design.base_rate, thresholds=design.thresholds)
    truth = [one.value for one in measured(many, *drawn(many, rng))]
    truth[1], truth[3] = 0.0, 1.0

    held = np.array(
        [
            [
                np.nan if one is None else one.low <= true <= one.high
                for one, true in zip(measured(design, *drawn(design, rng)), truth, strict=True)
            ]
            for _ in range(SAMPLES)
        ]
    )

    coverage = np.nanmean(held, axis=0)
    for name, share in zip(MEASURES, coverage, strict=True):
        print(f"validity: coverage of {name}, {design.name} | {share:.3f} | 0.915 to 1")  # noqa: T201
    # 0.95, less three standard errors of 400 samples; too wide (few people, one threshold) is allowed, too narrow is not
    assert (coverage >= 0.915).all()
