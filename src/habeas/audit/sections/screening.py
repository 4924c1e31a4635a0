"""Screening of intersections: where to look next, by rates shrunk towards the rest; never a finding."""

from __future__ import annotations

import numpy as np

from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import interval
from habeas.audit.inference.shrinkage import shrink
from habeas.audit.metrics import Metric
from habeas.audit.result import Screened
from habeas.audit.sections.workings import Workings

SCREENED = (Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE)
METHOD = "empirical Bayes, beta-binomial, for screening only"


def screen_intersections(work: Workings) -> tuple[Screened, ...]:
    """Every publishable intersection at the cut in use, furthest from the rest first, raw beside shrunk."""
    return tuple(found for metric in SCREENED for found in _screen(work, metric))


def _screen(work: Workings, metric: Metric) -> list[Screened]:
    cut, confidence = work.cuts[0], work.plan.confidence
    # one set of intersections at a time: shrinking race x sex towards race x age would count people twice
    found: list[Screened] = []
    for attributes in sorted({group.attributes for group in work.intersections()}):
        groups = [group for group in work.intersections() if group.attributes == attributes and work.published(group, cut)]
        counted = [(group, work.published_rates[group, cut][metric]) for group in groups]
        counted = [(group, one) for group, one in counted if one.trials > 0 and one.effective > 0]
        if len(counted) < 2:  # noqa: PLR2004 - one group has no rest to be shrunk towards
            continue
        trials = np.array([one.effective for _, one in counted])
        shrunk = shrink(np.array([one.value for _, one in counted]) * trials, trials, confidence=confidence)
        for (group, one), value, low, high in zip(counted, *shrunk, strict=True):
            raw = interval(one, confidence=confidence)
            if raw is not None:
                estimate = Estimate(value=float(value), low=float(low), high=float(high), n=one.rows, method=METHOD)
                found.append(Screened(metric=metric, cut=cut, group=group, raw=raw, shrunk=estimate))
    middle = float(np.median([one.shrunk.value for one in found])) if found else 0.0
    return sorted(found, key=lambda one: -abs(one.shrunk.value - middle))
