"""Like with like: a group against its reference within strata (same offence, same force), pooled over them.

Mantel and Haenszel (1959), J. National Cancer Institute 22, 719-748. Counts may be fractional (effective counts).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite
from typing import Any

import numpy as np

from habeas.audit.cells import Floats
from habeas.audit.estimates import Estimate
from habeas.audit.inference.intervals import critical_value

ODDS_METHOD = "Mantel-Haenszel odds ratio (Robins-Breslow-Greenland variance)"
DIFFERENCE_METHOD = "Mantel-Haenszel risk difference (Sato variance)"

NO_VARIANCE = 1e-15
"""Below this every rate was 0 or 1, and a normal interval would claim certainty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StratifiedComparison:
    """What is left of a disparity once like is compared with like.

    `odds_ratio`, `difference`: pooled over strata; None where they don't exist. `p_value`: that rates are equal in every stratum
    (Cochran-Mantel-Haenszel, without continuity correction). `p_same`: that the odds ratio is the same in all strata (Breslow-Day with
    Tarone's correction); small: one pooled figure hides differences between strata; None with a single stratum.
    """

    odds_ratio: Estimate | None
    difference: Estimate | None
    p_value: float
    p_same: float | None
    strata_used: int


def mantel_haenszel(tables: Floats, *, confidence: float) -> StratifiedComparison:
    """Pool the comparison over strata; those without both groups say nothing about it and are left out.

    `tables`: (S, 2, 2), per stratum [[group hits, group misses], [reference hits, reference misses]].
    """
    both = tables[(tables.sum(axis=2) > 0).all(axis=1)].astype(np.float64)
    varied = both[(both.sum(axis=1) > 0).all(axis=1)]  # all hits or all misses: no odds to compare
    if len(both) == 0:
        return StratifiedComparison(odds_ratio=None, difference=None, p_value=1.0, p_same=None, strata_used=0)
    p_value, p_same = _tests(varied)
    return StratifiedComparison(
        odds_ratio=_odds_ratio(varied, confidence=confidence),
        difference=_difference(both, confidence=confidence),
        p_value=p_value,
        p_same=p_same,
        strata_used=len(both),
    )


def _odds_ratio(tables: Floats, *, confidence: float) -> Estimate | None:
    if len(tables) == 0:
        return None
    pooled = _pooled(tables)
    with np.errstate(all="ignore"):  # without discordant pairs the ratio is 0, infinite or undefined: told below
        value, spread = float(pooled.oddsratio_pooled), float(pooled.logodds_pooled_se)
    if not (isfinite(value) and value > 0 and isfinite(spread)):
        return None
    factor = exp(critical_value(confidence) * spread)
    return Estimate(value=value, low=value / factor, high=value * factor, n=_rows(tables), method=ODDS_METHOD)


def _difference(tables: Floats, *, confidence: float) -> Estimate | None:
    """Weighted mean of the strata's differences.

    Variance of Sato (1989), Biometrics 45, 1323-1324: right for few large and for many small strata alike.
    """
    (x1, y1), (x2, y2) = tables[:, 0].T, tables[:, 1].T
    n1, n2 = x1 + y1, x2 + y2
    total = n1 + n2
    weight = (n1 * n2 / total).sum()
    value = float(((x1 * n2 - x2 * n1) / total).sum() / weight)
    by_difference = (np.square(n1) * x2 - np.square(n2) * x1 + n1 * n2 * (n2 - n1) / 2) / np.square(total)
    by_cases = (x1 * y2 + x2 * y1) / (2 * total)
    variance = (value * by_difference.sum() + by_cases.sum()) / np.square(weight)
    if not variance > NO_VARIANCE:
        return None
    half = critical_value(confidence) * float(np.sqrt(variance))
    return Estimate(value=value, low=max(value - half, -1.0), high=min(value + half, 1.0), n=_rows(tables), method=DIFFERENCE_METHOD)


def _tests(tables: Floats) -> tuple[float, float | None]:
    if len(tables) == 0:
        return 1.0, None
    pooled = _pooled(tables)
    with np.errstate(all="ignore"):
        equal = float(pooled.test_null_odds(correction=False).pvalue)
        same = float(pooled.test_equal_odds(adjust=True).pvalue) if len(tables) > 1 else float("nan")
    return equal if isfinite(equal) else 1.0, same if isfinite(same) else None


def _pooled(tables: Floats) -> Any:
    from statsmodels.stats.contingency_tables import StratifiedTable

    return StratifiedTable(np.moveaxis(tables, 0, 2))


def _rows(tables: Floats) -> int:
    return max(1, round(float(tables.sum())))
