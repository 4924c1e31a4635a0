"""Later minus earlier, for estimates of two independent samples: from counts where they are published, else from intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from scipy import special

from habeas.audit.cells import Floats
from habeas.audit.change.values import Change, ChangeVerdict
from habeas.audit.estimates import Estimate
from habeas.audit.inference.intervals import critical_value
from habeas.audit.inference.score import difference_interval, p_different

NOT_TESTED = Change(estimate=None, p_adjusted=None, verdict=ChangeVerdict.NOT_TESTED)

FROM_COUNTS = "Miettinen-Nurminen score, two independent samples"
FROM_INTERVALS = "from both intervals (Zou and Donner 2008), two independent samples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A change and its p-value, not yet adjusted."""

    estimate: Estimate
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A rate's whole numbers: hits out of trials."""

    hits: int
    trials: int


def from_counts(pairs: Sequence[tuple[Counted, Counted]], *, confidence: float) -> list[Measured]:
    """The changes of rates whose counts are both published, (earlier, later): rows of different people only."""
    had, has = (np.array([(pair[i].hits, pair[i].trials) for pair in pairs], dtype=np.float64).reshape(-1, 2).T for i in (0, 1))
    low, high = difference_interval(*has, *had, confidence=confidence)
    value, p, n = has[0] / has[1] - had[0] / had[1], p_different(*has, *had), has[1] + had[1]
    columns = zip(value.tolist(), low.tolist(), high.tolist(), n.tolist(), p.tolist(), strict=True)
    return [Measured(estimate=Estimate(value=v, low=lo, high=hi, n=int(m), method=FROM_COUNTS), p=q) for v, lo, hi, m, q in columns]


def from_intervals(earlier: Estimate, later: Estimate, *, confidence: float) -> Measured:
    """The change of any two estimates, each with its interval at this confidence.

    Square and add the distances of each estimate to its own limits, which keeps them lopsided: Zou and Donner (2008), Statistics
    in Medicine 27, 1693-1702, equation 4. The p-value takes the half-width towards zero as that of a normal distribution.
    """
    value = later.value - earlier.value
    down = hypot(later.value - later.low, earlier.high - earlier.value)
    up = hypot(later.high - later.value, earlier.value - earlier.low)
    towards_zero = down if value > 0 else up
    p = 2 * special.ndtr(-abs(value) / towards_zero * critical_value(confidence)) if towards_zero > 0 else 1.0
    n = earlier.n + later.n
    return Measured(estimate=Estimate(value=value, low=value - down, high=value + up, n=n, method=FROM_INTERVALS), p=float(p))


def judged(tests: Sequence[Measured | None], *, adjust: Callable[[Floats], Floats], confidence: float) -> list[Change]:
    """Every test of a family with its adjusted p-value and verdict; what wasn't tested (None) says so."""
    adjusted = iter(adjust(np.array([test.p for test in tests if test is not None])).tolist())
    return [NOT_TESTED if test is None else _judged(test, next(adjusted), confidence=confidence) for test in tests]


def _judged(test: Measured, p_adjusted: float, *, confidence: float) -> Change:
    verdict = ChangeVerdict.SHOWN_CHANGED if p_adjusted <= 1 - confidence else ChangeVerdict.CANNOT_TELL
    return Change(estimate=test.estimate, p_adjusted=p_adjusted, verdict=verdict)
