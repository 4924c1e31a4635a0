"""Unrecorded groups: how far missing labels could move a difference, and how many would be enough to lose its sign."""

from __future__ import annotations

from scipy.optimize import brentq

from habeas.audit.cuts import Cut
from habeas.audit.inference.clusters import interval
from habeas.audit.inference.precision import Precision
from habeas.audit.metrics import Metric
from habeas.audit.result import UnrecordedBounds
from habeas.audit.sensitivity.cases import hits_and_misses, rate, weights_by_case
from habeas.audit.shares import everything, proportion_of, totals
from habeas.audit.slices import Slice

Counted = tuple[float, float]
"""Hits and misses of a metric."""

MOST = 1e6
"""A breakdown that would need a million times the labelled rows is none."""


def unrecorded_bounds(
    one: Slice, reference: Slice, unrecorded: Slice, everyone: Slice, *, cut: Cut, metric: Metric, precision: Precision
) -> UnrecordedBounds | None:
    """The least and the greatest difference that the missing labels allow, whoever the unrecorded are; None without cases.

    Sharp worst cases without assumptions (Manski (1990), American Economic Review P&P 80, 319-323): every unrecorded hit belongs to one
    of the two groups and every unrecorded miss to the other. `share`: of all rows, those without the label.
    """
    group, other, missing = (hits_and_misses(weights_by_case(piece, cut), metric) for piece in (one, reference, unrecorded))
    found = proportion_of(totals(unrecorded, everything), totals(everyone, everything), precision=precision)
    share = interval(found, confidence=precision.confidence)
    if share is None or _difference(group, other) is None:
        return None
    low, high = bounds(group, other, missing)
    labelled, without = found.trials - found.hits, found.hits
    # were the unrecorded no such cases at all, more of them would be like everyone
    like = missing if sum(missing) > 0 else hits_and_misses(weights_by_case(everyone, cut), metric)
    per_row = without if sum(missing) > 0 else found.trials
    return UnrecordedBounds(
        attribute=one.group.attributes[0],
        metric=metric,
        cut=cut,
        group=one.group,
        reference=reference.group,
        share=share,
        low=low,
        high=high,
        breakdown_share=breakdown_share(group, other, (like[0] / per_row, like[1] / per_row), labelled=labelled),
    )


def bounds(group: Counted, other: Counted, missing: Counted) -> tuple[float, float]:
    """(low, high) of the difference: all missing hits to one side and all missing misses to the other."""
    hits, misses = missing
    low = _difference((group[0], group[1] + misses), (other[0] + hits, other[1]))
    high = _difference((group[0] + hits, group[1]), (other[0], other[1] + misses))
    return (low if low is not None else -1.0), (high if high is not None else 1.0)


def breakdown_share(group: Counted, other: Counted, per_row: Counted, *, labelled: float) -> float | None:
    """The smallest share of all rows that, without a label, would let the bounds reach 0; None: no share could.

    The labelled rows stay as they are, and rows like the unrecorded ones (`per_row`: hits and misses of each) are added
    until the worst case leaves no difference. None as well where there is no difference to lose.
    """
    difference = _difference(group, other)
    if difference is None or difference == 0:
        return None

    def nearest(share: float) -> float:
        """The bound on the side of 0, positive while the sign stands."""
        rows = labelled * share / (1 - share)
        low, high = bounds(group, other, (per_row[0] * rows, per_row[1] * rows))
        return low if difference > 0 else -high

    most = MOST / (1 + MOST)
    return None if nearest(most) > 0 else float(brentq(nearest, 0.0, most))


def _difference(group: Counted, other: Counted) -> float | None:
    one, two = rate(*group), rate(*other)
    return None if one is None or two is None else one - two
