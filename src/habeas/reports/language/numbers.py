"""Numbers as people read them: with the digits that carry meaning, never rounded into a different statement."""

from __future__ import annotations

from math import floor, isinf, log10

from habeas.audit.estimates import Estimate

BASES = (100, 1_000, 10_000, 100_000, 1_000_000)
"""The sizes of crowd that a rate may be told in: "of 100 people, ..."."""

# Beyond these nobody needs the digits.
LEAST_P, MOST_P = 0.001, 0.99
LEAST_RATIO, WHOLE_RATIO = 0.001, 100
LEAST_POINTS = 0.1
ONE_POINT = 0.01


def count(number: int) -> str:
    """A count with thousands separators: `7,214`."""
    return f"{number:,}"


def percent(share: float) -> str:
    """A share as `44.8%`; what isn't 0 or 1 never reads 0% or 100%."""
    return f"{_percent_digits(share)}%"


def percent_interval(low: float, high: float) -> str:
    """Two shares as `42.6% to 47.2%`."""
    return f"{percent(low)} to {percent(high)}"


def rate(estimate: Estimate) -> str:
    """A share with its interval and what it is a share of: `44.8% of 1,795 (42.6% to 47.2%)`."""
    return f"{percent(estimate.value)} of {count(estimate.n)} ({percent_interval(estimate.low, estimate.high)})"


def points(difference: float) -> str:
    """The size of a difference of two shares, without its sign: `21.4 percentage points`."""
    return f"{_points_digits(difference)} percentage points"


def declared_points(difference: float) -> str:
    """A difference that somebody wrote down, as they wrote it: `5 percentage points`."""
    return f"{100 * difference:g} percentage point{'' if difference == ONE_POINT else 's'}"


def direction(difference: float) -> str:
    """Which way a difference points: `higher`, `lower` or, at exactly 0, `the same`."""
    return "higher" if difference > 0 else "lower" if difference < 0 else "the same"


def difference(estimate: Estimate) -> str:
    """A difference of shares in words: `21.4 percentage points higher`."""
    return "the same" if estimate.value == 0 else f"{points(estimate.value)} {direction(estimate.value)}"


def difference_interval(estimate: Estimate) -> str:
    """Its interval in words: `18.2 to 24.5 percentage points higher`, `from 6.3 percentage points lower to 2.8 higher`."""
    if estimate.low < 0 < estimate.high:
        return f"from {points(estimate.low)} lower to {_points_digits(estimate.high)} higher"
    near, far = sorted((abs(estimate.low), abs(estimate.high)))
    return f"{_points_digits(near)} to {points(far)} {direction(estimate.low + estimate.high)}"


def signed_points(difference: float) -> str:
    """A difference for a table, in percentage points with its sign: `+21.4`, `-2.0`, `0`."""
    return "0" if difference == 0 else f"{'+' if difference > 0 else '-'}{_points_digits(difference)}"


def signed_interval(low: float, high: float) -> str:
    """Two signed differences: `+18.2 to +24.5`."""
    return f"{signed_points(low)} to {signed_points(high)}"


def times(ratio: float) -> str:
    """A ratio with three digits: `1.91`, `0.586`, `1,250`; infinity is `unbounded`."""
    if isinf(ratio):
        return "unbounded"
    if 0 < ratio < LEAST_RATIO:
        return f"less than {LEAST_RATIO}"
    return f"{ratio:,.0f}" if ratio >= WHOLE_RATIO - 0.05 else f"{ratio:#.3g}"


def times_interval(estimate: Estimate) -> str:
    """A ratio's interval: `1.72 to 2.13`, or `1.72 or more` where nothing bounds it above."""
    return f"{times(estimate.low)} or more" if isinf(estimate.high) else f"{times(estimate.low)} to {times(estimate.high)}"


def probability(p: float) -> str:
    """A p-value with two digits: `p = 0.017`, `p < 0.001`, `p > 0.99`."""
    if p < LEAST_P:
        return f"p < {LEAST_P}"
    return f"p > {MOST_P}" if p > MOST_P else f"p = {p:#.2g}"


def crowd(*rates: float, apart: bool = False) -> int:
    """The smallest of `BASES` in which every rate can be told as whole people without saying none or all by rounding.

    `apart`: rates that differ must also differ as whole people (for a difference that was shown).
    """
    return next((base for base in BASES if _tells(base, rates, apart=apart)), BASES[-1])


def of_crowd(rate: float, base: int) -> int:
    """How many of `base` people a rate stands for, halves rounded up."""
    return floor(rate * base + 0.5)


def _tells(base: int, rates: tuple[float, ...], *, apart: bool) -> bool:
    heads = [of_crowd(rate, base) for rate in rates]
    honest = all((head > 0 or rate == 0) and (head < base or rate == 1) for head, rate in zip(heads, rates, strict=True))
    return honest and (not apart or len(set(heads)) == len(set(rates)))


def _points_digits(difference: float) -> str:
    """One decimal; two digits below a tenth of a point."""
    size = 100 * abs(difference)
    return f"{size:.1f}" if size == 0 or size >= LEAST_POINTS else f"{size:.2g}"


def _percent_digits(share: float) -> str:
    """One decimal; more where that would read as 0 or 100: two digits of what is left."""
    left = min(abs(share), abs(1 - share))
    if left == 0:
        return f"{100 * share:.0f}"
    decimals = max(1, 1 - floor(log10(100 * left)))
    return f"{100 * share:.{min(decimals, 10)}f}"
