"""Means: how sure a mean over rows is when rows may be weighted and people may recur.

Every statistic here is, to first order, a mean of what single rows add to it (its influence function: Hampel (1974), JASA 69,
383-393), so one design effect serves the AUC, calibration in the large, the Brier score and net benefit alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import ABSENT, Floats
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import t_value
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
    known = np.ones(piece.n.shape, dtype=bool)
    known[:, :, ABSENT] = False
    return known


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
    effective = _independent_rows(piece, counted, pull, spread) / design_effect(piece, pull, counted=counted, precision=precision)
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
    Kott (2001), J. Official Statistics 17, 521-526; t with one degree of freedom less than there are buckets). Buckets know
    scores by policy interval only, so rows pull there as the mean of their interval does; what this hides of the
    dependence is restored as Spearman (1904), American J. Psychology 15, 72-101, corrects for attenuation: the excess is
    divided by the share of variance that lies between intervals, up to what `rows_per_person` alike rows would give.
    """
    if piece.buckets is None:
        return 1.0
    known, by_interval, squares = _by_interval(piece, pull, counted)
    people = np.asarray(piece.buckets[known].sum(axis=0)) > 0
    buckets = int(people.sum())
    if buckets <= 1:
        return max(float(piece.n[counted].sum()), 1.0)  # one bucket may be one person: its rows are worth one
    sums = np.einsum("idy,idyb->b", by_interval, piece.buckets)[people]
    between = buckets / (buckets - 1) * float(((sums - sums.mean()) ** 2).sum())
    apart, whole = float((squares * by_interval**2).sum()), float((piece.weight_squared * pull**2).sum())
    factor = _disattenuated(between=between, apart=apart, whole=whole, most=max(precision.rows_per_person, 1.0))
    t = float(t_value(buckets - 1, confidence=precision.confidence))
    return factor * (t / critical_value(precision.confidence)) ** 2


def _disattenuated(*, between: float, apart: float, whole: float, most: float) -> float:
    if apart <= NEGLIGIBLE * whole or whole <= 0:
        return most  # the intervals show nothing of the statistic: rows of a person may all be alike
    seen = between / apart
    return float(np.clip(1 + (seen - 1) / min(apart / whole, 1.0), 1.0, max(seen, most)))


def _by_interval(piece: Slice, pull: Floats, counted: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """By policy interval, decision and outcome: whether anything counts there, the mean pull, the sum of w * w."""
    interval = np.clip(np.searchsorted(piece.policy, piece.scores, side="right") - 1, 0, len(piece.policy) - 1)

    def gather(table: Floats) -> Floats:
        gathered = np.zeros((len(piece.policy), *table.shape[1:]))
        np.add.at(gathered, interval, table)
        return gathered

    weight = gather(piece.weight)
    total = gather(piece.weight * pull)
    average = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return gather(counted * piece.weight) > 0, average, gather(piece.weight_squared)


def _independent_rows(piece: Slice, counted: NDArray[np.bool_], pull: Floats, spread: float) -> float:
    """How many unweighted rows the weighted ones are worth, were they of different people; at most their number."""
    rows = float(piece.n[counted].sum())
    variance = float((piece.weight_squared * pull**2).sum())
    if variance <= NEGLIGIBLE * spread:
        squares = float(piece.weight_squared[counted].sum())
        return min(float(piece.weight[counted].sum()) ** 2 / squares, rows) if squares > 0 else rows
    return min(spread / variance, rows)
