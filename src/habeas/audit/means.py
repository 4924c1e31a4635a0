"""Means: how sure a mean over rows is when rows may be weighted and people may recur.

Every statistic here is, to first order, a mean of what single rows add to it (its influence function: Hampel (1974), JASA 69,
383-393), so one design effect serves the AUC, calibration in the large, the Brier score and net benefit alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import NO, YES, Floats
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import WORST, t_value
from habeas.audit.inference.intervals import critical_value
from habeas.audit.inference.precision import Precision
from habeas.audit.slices import Slice

NEGLIGIBLE = 1e-12
"""Variance below this share of what it is compared with is rounding, not variance."""


def clustering_note(piece: Slice) -> str:
    """What to add to the name of a method where its interval allows for people who recur."""
    return "" if piece.buckets is None else ", widened for recurring people (between 128 hash buckets)"


def known_outcomes(piece: Slice) -> NDArray[np.bool_]:
    """(K, 3, 3): the cells whose outcome is known."""
    return of_outcome(piece, NO) | of_outcome(piece, YES)


def of_outcome(piece: Slice, outcome: int) -> NDArray[np.bool_]:
    """(K, 3, 3): the cells of one outcome."""
    chosen = np.zeros(piece.n.shape, dtype=bool)
    chosen[:, :, outcome] = True
    return chosen


def mean(piece: Slice, values: Floats, *, counted: NDArray[np.bool_], ends: tuple[float, float], precision: Precision) -> Estimate | None:
    """The mean of bounded values over the counted cells; None without such rows.

    `values`, `counted`: (K, 3, 3) by score, decision and outcome. `ends`: least and greatest value a row can have. z * z / 2
    rows at each end are added for the interval only (Agresti and Coull (1998), The American Statistician 52, 119-126, carried
    over from proportions to bounded values): so values that happen to be all alike never give an interval without width.
    """
    weight = np.where(counted, piece.weight, 0.0)
    total, rows = float(weight.sum()), round(float(piece.n[counted].sum()))
    if total <= 0 or rows == 0:
        return None
    value = float((weight * values).sum()) / total
    pull = np.where(counted, values - value, 0.0) / total
    spread = float((weight * (values - value) ** 2).sum()) / total
    effect = design_effect(piece, pull, counted=counted, precision=precision)
    effective = _independent_rows(piece, counted, pull, spread) / effect / tail_factor(piece, counted, precision) ** 2
    low, high = bounded_interval(value, spread=spread, effective=effective, ends=ends, confidence=precision.confidence)
    return Estimate(value=value, low=low, high=high, n=rows, method=f"linearised variance{clustering_note(piece)}")


def bounded_interval(value: float, *, spread: float, effective: float, ends: tuple[float, float], confidence: float) -> tuple[float, float]:
    """(low, high) for a mean of `effective` independent values between two ends; `spread`: their variance.

    Holds `value` always, as z * z rows at both ends widen it by at least as much as they draw its middle away.
    """
    z = critical_value(confidence)
    added, rows = z * z, effective + z * z
    middle = (effective * value + added * sum(ends) / 2) / rows
    squares = effective * (spread + (value - middle) ** 2) + added / 2 * sum((end - middle) ** 2 for end in ends)
    half = z * float(np.sqrt(squares)) / rows
    return max(middle - half, ends[0]), min(middle + half, ends[1])


def design_effect(piece: Slice, pull: Floats, *, counted: NDArray[np.bool_], precision: Precision) -> float:
    """How many times larger a statistic's variance is than if every row were another person; 1 where rows don't name persons.

    `pull`: (K, 3, 3) what a row of each cell adds to the statistic's distance from its value (0 where not counted). The sums of
    pulls over each hash bucket of persons vary as independent people do (delete-a-group jackknife of the linearised statistic:
    Kott (2001), J. Official Statistics 17, 521-526). Buckets know scores by policy interval only, so rows pull there as the mean
    of their interval does; what this hides of the dependence is restored as Spearman (1904), American J. Psychology 15, 72-101,
    corrects for attenuation: the excess is divided by the share of variance that lies between intervals, up to what
    `rows_per_person` alike rows would give. That worst case counts for half a bucket, as it does for proportions.
    """
    if piece.buckets is None:
        return 1.0
    filled = filled_buckets(piece, counted)
    if filled <= 1:
        return max(float(piece.n[counted].sum()), 1.0)  # one bucket may be one person: its rows are worth one
    by_interval, squares = _by_interval(piece, pull)
    sums = np.einsum("idy,idyb->b", by_interval, piece.buckets)  # 0 in empty buckets, and 0 in all of them together
    between = filled / (filled - 1) * float((sums**2).sum() - sums.sum() ** 2 / filled)
    apart, whole = float((squares * by_interval**2).sum()), float((piece.weight_squared * pull**2).sum())
    most = max(precision.rows_per_person, 1.0)
    effect = _disattenuated(between=between, apart=apart, whole=whole, most=most)
    telling = min(filled_buckets(piece, counted & of_outcome(piece, outcome)) for outcome in (NO, YES))
    return max(effect, (telling * effect + WORST * most) / (telling + WORST))


def tail_factor(piece: Slice, counted: NDArray[np.bool_], precision: Precision) -> float:
    """How much wider Student's t makes an interval, its variance being known from so many buckets; 1 where rows are people."""
    filled = filled_buckets(piece, counted)
    if filled <= 1:
        return 1.0
    return float(t_value(filled - 1, confidence=precision.confidence)) / critical_value(precision.confidence)


def filled_buckets(piece: Slice, counted: NDArray[np.bool_]) -> int:
    """How many hash buckets of persons have a counted row; 0 where rows don't name persons."""
    if piece.buckets is None:
        return 0
    there = _by_policy(piece, counted * piece.weight) > 0
    return int(np.count_nonzero(piece.buckets[there].sum(axis=0)))


def people_with(piece: Slice, outcome: int) -> float:
    """How many people at least stand behind an outcome: its rows, or its filled buckets where people recur."""
    rows = float(piece.n[:, :, outcome].sum())
    return rows if piece.buckets is None else min(rows, filled_buckets(piece, of_outcome(piece, outcome)))


def _disattenuated(*, between: float, apart: float, whole: float, most: float) -> float:
    if apart <= NEGLIGIBLE * whole or whole <= 0:
        return most  # the intervals show nothing of the statistic: rows of a person may all be alike
    seen = between / apart
    return float(np.clip(1 + (seen - 1) / min(apart / whole, 1.0), 1.0, max(seen, most)))


def _by_interval(piece: Slice, pull: Floats) -> tuple[Floats, Floats]:
    """By policy interval, decision and outcome: the mean pull, and the sum of w * w."""
    weight, total = _by_policy(piece, piece.weight), _by_policy(piece, piece.weight * pull)
    average = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return average, _by_policy(piece, piece.weight_squared)


def _by_policy(piece: Slice, table: Floats) -> Floats:
    """A table by score, (K, 3, 3), added up to policy intervals, (T + 1, 3, 3)."""
    interval = np.clip(np.searchsorted(piece.policy, piece.scores, side="right") - 1, 0, len(piece.policy) - 1)
    member = (interval == np.arange(len(piece.policy))[:, None]).astype(np.float64)
    return np.asarray(np.tensordot(member, table, axes=1))


def _independent_rows(piece: Slice, counted: NDArray[np.bool_], pull: Floats, spread: float) -> float:
    """How many unweighted rows the weighted ones are worth, were they of different people; at most their number."""
    rows = float(piece.n[counted].sum())
    variance = float((piece.weight_squared * pull**2).sum())
    if variance <= NEGLIGIBLE * spread:
        squares = float(piece.weight_squared[counted].sum())
        return min(float(piece.weight[counted].sum()) ** 2 / squares, rows) if squares > 0 else rows
    return min(spread / variance, rows)
