"""Axes: from numbers to places in a panel, with round ticks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from markupsafe import Markup

from habeas.reports.charts import svg

WIDTH = 320
ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What runs along one side of a panel: its meaning, its range, and its ticks as (value, writing)."""

    label: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A plot of two axes, `height` units high, drawn at the width of a small telephone."""

    x: Axis
    y: Axis
    height: int = 250
    left: int = 46
    right: int = 302
    top: int = 24
    margin_below: int = 44

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where the values stand; values beyond an axis stand at its end."""
        return self.left + _part(self.x, x) * (self.right - self.left), self.bottom - _part(self.y, y) * (self.bottom - self.top)

    @property
    def bottom(self) -> int:
        """Where the horizontal axis lies."""
        return self.height - self.margin_below


def number_axis(label: str, values: Iterable[float], *, write: Callable[[float], str], start: float | None = None) -> Axis:
    """An axis around all finite values, from `start` where one is given, with at most six round ticks."""
    known = [value for value in values if isfinite(value)] + ([] if start is None else [start])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    step = _round_step((high - low) or 1.0)
    first, last = floor(low / step + 1e-9), max(ceil(high / step - 1e-9), floor(low / step + 1e-9) + 1)
    return Axis(label=label, low=first * step, high=last * step, ticks=tuple((i * step, write(i * step)) for i in range(first, last + 1)))


def share_axis(label: str, values: Iterable[float]) -> Axis:
    """An axis of shares that starts at 0 and is no longer than it needs to be."""
    return number_axis(label, values, write=percent, start=0.0)


def threshold_axis(label: str, values: Iterable[float]) -> Axis:
    """An axis of scores that ends where the scores end; ticks stand on scores."""
    scores = sorted(set(values))
    step = max(1, ceil(len(scores) / 9))
    shown = scores[::step]
    low, high = (scores[0], scores[-1]) if len(scores) > 1 else (scores[0] - 1, scores[0] + 1)
    return Axis(label=label, low=low, high=high, ticks=tuple((value, f"{value:.3g}") for value in shown))


def percent(share: float) -> str:
    """A tick of a share, e.g. `20%`."""
    return f"{100 * share:.3g}%"


def frame(panel: Panel) -> Markup:
    """The grid, the ticks and the labels of a panel."""
    ends = (panel.x.low, panel.x.high)
    grid = "".join(svg.path([panel.place(ends[0], tick), panel.place(ends[1], tick)]) for tick, _ in panel.y.ticks)
    beside = [svg.text(word, x=panel.left - 5, y=panel.place(ends[0], tick)[1] + 4) for tick, word in panel.y.ticks]
    below = [svg.text(word, x=panel.place(tick, 0)[0], y=panel.bottom + 16) for tick, word in panel.x.ticks]
    below.append(svg.text(panel.x.label, x=(panel.left + panel.right) / 2, y=panel.height - 8))
    above = svg.writing("start", svg.text(panel.y.label, x=4, y=12)) if panel.y.label else Markup()
    lines = svg.group(svg.FAINT, svg.element("path", d=grid, fill="none")) if grid else Markup()
    return svg.group(svg.MUTED, lines, svg.writing("end", *beside) if beside else Markup(), svg.writing("middle", *below), above)


def marked(panel: Panel, value: float, word: str) -> Markup:
    """A vertical line at a value of the horizontal axis, with a word at its top."""
    top, low = panel.place(value, panel.y.high), panel.place(value, panel.y.low)
    drawn = svg.line(top, low, stroke="currentColor", stroke_dasharray="2 3")
    anchor = "end" if top[0] > panel.right - 60 else "start"
    return drawn + svg.writing(anchor, svg.text(word, x=top[0] + (-4 if anchor == "end" else 4), y=top[1] + 9))


def thinned(items: tuple[float, ...], *, at_most: int, keep: tuple[float, ...] = ()) -> tuple[float, ...]:
    """Every k-th of ascending values with both ends and those to `keep`: long curves look the same and weigh less."""
    step = max(1, ceil(len(items) / at_most))
    chosen = {*items[::step], *items[-1:], *(value for value in keep if value in items)}
    return tuple(sorted(chosen))


def _part(axis: Axis, value: float) -> float:
    return min(1.0, max(0.0, (value - axis.low) / (axis.high - axis.low)))


def _round_step(span: float) -> float:
    rough = span / 5
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in ROUND_STEPS if step * power >= rough * (1 - 1e-9))
