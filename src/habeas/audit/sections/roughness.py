"""Roughness: how finely a statistic of merged score bins may be told.

Where neighbouring scores had to be merged because few people have them, a mean or an area computed from every single score would
let the few be worked out again. Such numbers are rounded to a step that `minimum_cell` people, moved anywhere within their bin,
would not exceed. Where no bins were merged nothing is rounded, and with many people the steps are far below anything that matters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor, log10

import numpy as np

from habeas.audit.cells import Floats
from habeas.audit.estimates import Estimate
from habeas.audit.result import Calibration, CalibrationPoint, Discrimination
from habeas.audit.slices import Slice, levels_with_outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The least steps of an area under the curve, of a mean over all, of a slope, and of the mean score of each bin (K,)."""

    area: float
    mean: float
    slope: float
    bin_means: tuple[float, ...]


def steps(piece: Slice, bins: tuple[float, ...], *, maximum: float, minimum_cell: int) -> Steps | None:
    """How finely the group's statistics may be told; None: as finely as they are, for no bins were merged."""
    scored = piece.scores[piece.n.sum(axis=(1, 2)) > 0]
    if minimum_cell <= 1 or not len(bins) or len(bins) >= len(scored):
        return None
    yes, no = (_by_bin(column, piece.scores, bins) for column in levels_with_outcome(piece))
    widths = np.diff([*bins, maximum])
    rows = np.maximum(yes + no, 1)
    least = max(min(yes.sum(), no.sum()), 1)
    crossing = max((no / max(no.sum(), 1)).max() / max(yes.sum(), 1), (yes / max(yes.sum(), 1)).max() / max(no.sum(), 1))
    return Steps(
        area=minimum_cell * float(crossing),
        mean=minimum_cell * float(widths.max() / rows.sum()),
        slope=minimum_cell / float(least),
        bin_means=tuple(minimum_cell * float(width / count) for width, count in zip(widths, rows, strict=True)),
    )


def rough_discrimination(found: Discrimination, step: Steps | None, reference: Steps | None) -> Discrimination:
    """The area and its difference to the reference's, told no finer than allowed; the bound grows by what rounding can add."""
    own = 0.0 if step is None else step.area
    apart = max(own, 0.0 if reference is None else reference.area)
    bound = found.binning_bound + _unit(own) / 2
    return replace(found, auc=_rough(found.auc, own), binning_bound=bound, difference=_rough(found.difference, apart))


def rough_calibration(found: Calibration, step: Steps | None) -> Calibration:
    """Everything that rests on single scores, told no finer than allowed."""
    if step is None:
        return found
    error = found.expected_calibration_error
    means = dict(zip((point.low for point in found.curve), step.bin_means, strict=False))
    return replace(
        found,
        curve=tuple(replace(point, mean_score=_within(point, _told(point.mean_score, means[point.low]))) for point in found.curve),
        in_the_large=_rough(found.in_the_large, step.mean),
        brier=_rough(found.brier, 2 * step.mean),
        binning_bound=found.binning_bound + _unit(2 * step.mean) / 2,
        slope=_rough(found.slope, step.slope),
        expected_calibration_error=None if error is None else replace(error, value=_told(error.value, step.mean)),
    )


def _within(point: CalibrationPoint, mean: float) -> float:
    """A rounded mean must not leave its bin."""
    return max(mean, point.low) if point.high is None else min(max(mean, point.low), point.high)


def with_rounded_counts(found: Discrimination, *, multiple: int) -> Discrimination:
    """The numbers of rows behind the areas, rounded as all counts are."""
    return replace(found, auc=_counted(found.auc, multiple), difference=_counted(found.difference, multiple))


def _counted(estimate: Estimate | None, multiple: int) -> Estimate | None:
    return None if estimate is None else replace(estimate, n=max(floor(estimate.n / multiple + 0.5) * multiple, 1))


def _by_bin(column: Floats, scores: Floats, bins: tuple[float, ...]) -> Floats:
    which = np.clip(np.searchsorted(np.array(bins), scores, side="right") - 1, 0, None)
    return np.bincount(which, weights=column, minlength=len(bins)).astype(np.float64)


def _rough(estimate: Estimate | None, step: float) -> Estimate | None:
    if estimate is None or step <= 0:
        return estimate
    return replace(estimate, value=_told(estimate.value, step), low=_told(estimate.low, step), high=_told(estimate.high, step))


def _told(value: float, step: float) -> float:
    unit = _unit(step)
    return value if unit <= 0 else float(round(value / unit) * unit)


def _unit(step: float) -> float:
    """The next of 1, 2, 5, 10, ... times a power of ten, so that what is told looks rounded."""
    if step <= 0:
        return 0.0
    power = 10.0 ** floor(log10(step))
    return next(unit * power for unit in (1, 2, 5, 10) if unit * power >= step)
