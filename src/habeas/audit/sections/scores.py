"""Sections about a score: how well it orders people, what it meant, and what each possible threshold would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from habeas.audit.measures.calibration import calibrate
from habeas.audit.measures.discrimination import auc_difference, discriminate
from habeas.audit.measures.sweeps import sweep
from habeas.audit.metrics import Metric
from habeas.audit.plan import ScoreRange
from habeas.audit.result import Calibration, Discrimination, Sweep
from habeas.audit.sections.roughness import Steps, rough_calibration, rough_discrimination, steps, with_rounded_counts
from habeas.audit.sections.workings import Workings
from habeas.terms.group import Group

SWEPT = (Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE, Metric.SELECTION_RATE, Metric.POSITIVE_PREDICTIVE_VALUE)


def discrimination(work: Workings) -> Iterator[Discrimination]:
    """How well the score orders everyone and each level of each attribute; withheld where its curve can't be shown."""
    if work.cells.grid is None or work.plan.score is None:
        return
    for group in work.single():
        bins = work.publication.bins.get(group, ())
        if not bins:
            yield Discrimination(group=group, withheld=True)
            continue
        reference = work.reference_of(group)
        compared = work.compared(group) and bool(work.publication.bins.get(reference, ()))
        piece, shown = work.by_score[group], work.shown_by_score(group)
        difference = auc_difference(piece, work.by_score[reference], precision=work.precision) if compared else None
        found = discriminate(piece, grid=work.cells.grid, precision=work.precision, bins=bins)
        # the curve is drawn from counts as they may be shown; the area is computed from all scores and told as finely as is safe
        curve = found.curve if shown is piece else discriminate(shown, grid=work.cells.grid, precision=work.precision, bins=bins).curve
        told = rough_discrimination(replace(found, difference=difference, curve=curve), _steps(work, group), _steps(work, reference))
        yield with_rounded_counts(told, multiple=work.plan.publication.round_to)


def calibration(work: Workings) -> Iterator[Calibration]:
    """What scores meant for everyone and each level of each attribute."""
    if work.plan.score is None:
        return
    for group in work.single():
        bins = work.publication.bins.get(group, ())
        if bins:
            yield _calibrated(work, work.plan.score, group, bins)
        else:
            yield Calibration(group=group, withheld=True)


def _calibrated(work: Workings, score: ScoreRange, group: Group, bins: tuple[float, ...]) -> Calibration:
    """As counted, but for the shares of a curve whose counts must be rounded."""
    piece, shown = work.by_score[group], work.shown_by_score(group)
    exact = calibrate(piece, score=score, grid=work.cells.grid, precision=work.precision, bins=bins)
    found = rough_calibration(exact, _steps(work, group))
    if shown is piece:
        return found
    rounded = calibrate(shown, score=score, grid=work.cells.grid, precision=work.precision, bins=bins)
    observed = {point.low: point.observed for point in rounded.curve}
    return replace(found, curve=tuple(replace(point, observed=observed[point.low]) for point in found.curve if point.low in observed))


def _steps(work: Workings, group: Group) -> Steps | None:
    bins = work.publication.bins.get(group, ())
    if work.plan.score is None or not bins:
        return None
    return steps(work.by_score[group], bins, maximum=work.plan.score.maximum, minimum_cell=work.plan.publication.minimum_cell)


def sweeps(work: Workings, rng: np.random.Generator) -> Iterator[Sweep]:
    """Rates at every publishable threshold, with simultaneous bands, which need `rng`."""
    if work.plan.score is None:
        return
    for group in work.single():
        bins = work.publication.bins.get(group, ())
        for metric in SWEPT if bins else ():
            yield sweep(work.shown_by_score(group), metric, thresholds=bins, precision=work.precision, rng=rng)
