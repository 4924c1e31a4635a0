"""The balance sheet: what a cut does to people, per 1,000 of a group, and what one would have to believe to call it worth it."""

from __future__ import annotations

import math

from habeas.audit.cuts import Cut
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import interval
from habeas.audit.inference.precision import Precision
from habeas.audit.means import mean
from habeas.audit.metrics import FN, FP, KNOWN, TN, TP, Case
from habeas.audit.result import Balance, NetBenefit
from habeas.audit.shares import of_cases, share
from habeas.audit.slices import Slice

PEOPLE = 1000
EXCHANGE_RATES = (1.0, 2.0, 5.0)
"""How many missed cases one wrongful flag may be held to weigh; which is a question for people, so several are shown."""


def balance(piece: Slice, cut: Cut, *, precision: Precision) -> Balance | None:
    """Rightly and wrongly flagged, missed and rightly cleared per 1,000 people with a known outcome; None without any.

    Break-even rates are odds: TP/FP of those flagged, FN/TN of those cleared; their limits are the odds of the Wilson limits of
    TP/(TP + FP) and FN/(FN + TN), the upper one infinite where the limit is 1. None where no one was flagged wrongly (cleared
    rightly): no exchange rate breaks even.
    """
    parts = [_per_thousand(piece, cut, case, precision) for case in (TP, FP, FN, TN)]
    flagged, wrongly, missed, cleared = parts
    if flagged is None or wrongly is None or missed is None or cleared is None:
        return None
    benefits = (net_benefit(piece, cut, exchange_rate=rate, precision=precision) for rate in EXCHANGE_RATES)
    return Balance(
        group=piece.group,
        cut=cut,
        rightly_flagged=flagged,
        wrongly_flagged=wrongly,
        missed=missed,
        rightly_cleared=cleared,
        break_even_against_none=_odds(piece, cut, TP, FP, precision),
        break_even_against_all=_odds(piece, cut, FN, TN, precision),
        net_benefit=tuple(benefit for benefit in benefits if benefit is not None),
    )


def net_benefit(piece: Slice, cut: Cut, *, exchange_rate: float, precision: Precision) -> NetBenefit | None:
    """Rightly flagged minus `exchange_rate` times wrongly flagged, per person with a known outcome; None without any.

    Above 0, flagging beats flagging no one for whoever holds one wrongful flag to weigh as much as `exchange_rate` missed cases.
    Vickers and Elkin (2006), Medical Decision Making 26, 565-574: TP/n - FP/n * pt/(1 - pt), with pt/(1 - pt) the exchange rate.
    """
    values = of_cases(cut, [TP])(piece.scores) - exchange_rate * of_cases(cut, [FP])(piece.scores)
    counted = of_cases(cut, KNOWN)(piece.scores)
    estimate = mean(piece, values, counted=counted, ends=(-exchange_rate, 1.0), precision=precision)
    return None if estimate is None else NetBenefit(exchange_rate=exchange_rate, value=estimate)


def _per_thousand(piece: Slice, cut: Cut, case: Case, precision: Precision) -> Estimate | None:
    found = share(piece, hits=of_cases(cut, [case]), trials=of_cases(cut, KNOWN), precision=precision)
    estimate = interval(found, confidence=precision.confidence)
    if estimate is None:
        return None
    low, value, high = (PEOPLE * part for part in (estimate.low, estimate.value, estimate.high))
    return Estimate(value=value, low=low, high=high, n=estimate.n, method=estimate.method)


def _odds(piece: Slice, cut: Cut, case: Case, against: Case, precision: Precision) -> Estimate | None:
    """Cases of one kind for each of the other."""
    found = share(piece, hits=of_cases(cut, [case]), trials=of_cases(cut, [case, against]), precision=precision)
    estimate = interval(found, confidence=precision.confidence)
    if estimate is None or found.hits >= found.trials:
        return None
    low, value, high = (math.inf if p >= 1 else p / (1 - p) for p in (estimate.low, estimate.value, estimate.high))
    return Estimate(value=value, low=low, high=high, n=estimate.n, method=f"odds of {estimate.method}")
