"""Threshold explorer: what a rate would have been at every threshold, with the band that holds along all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from habeas.audit.result import SweepPoint
from habeas.reports.charts import marks, svg
from habeas.reports.charts.axes import WIDTH, Panel, frame, marked, share_axis, thinned, threshold_axis

MOST_POINTS = 100
MOST_DOTS = 24


def draw(
    points: Sequence[SweepPoint], *, rate: str, reference: Sequence[SweepPoint], declared: Sequence[float], title: str, description: str
) -> svg.Drawing:
    """One group's rate along thresholds (solid, in its band), its reference group's (dashed), and the declared thresholds."""
    both = (*points, *reference)
    axis = threshold_axis("flagged from this score", [point.threshold for point in both])
    panel = Panel(x=axis, y=share_axis(rate, (_tallest(both),)))
    places = _places(panel, points, declared)
    beside = _places(panel, reference, declared)
    lines = [marked(panel, threshold, f"{threshold:g}") for threshold in declared if axis.low <= threshold <= axis.high]
    parts = [
        frame(panel),
        svg.group(svg.MUTED, *lines, *([marks.dashed(beside)] if beside else [])),
        svg.group(svg.ACCENT, _band(panel, points, declared), *([marks.curve(places)] if places else []), _dots(places)),
    ]
    return svg.Drawing(title=title, description=description, width=WIDTH, height=panel.height, marks=svg.joined(parts))


def _places(panel: Panel, points: Sequence[SweepPoint], declared: Sequence[float]) -> list[tuple[float, float]]:
    shown = _thinned(points, declared)
    return [panel.place(point.threshold, point.estimate.value) for point in shown if point.estimate is not None]


def _band(panel: Panel, points: Sequence[SweepPoint], declared: Sequence[float]) -> Markup:
    known = [(p.threshold, p.band_low, p.band_high) for p in _thinned(points, declared)]
    lower = [panel.place(threshold, low) for threshold, low, high in known if low is not None and high is not None]
    upper = [panel.place(threshold, high) for threshold, low, high in known if low is not None and high is not None]
    return marks.band(lower, upper) if len(lower) > 1 else Markup()


def _dots(places: Sequence[tuple[float, float]]) -> Markup:
    """Dots tell a few thresholds apart; along many they would only thicken the line."""
    return marks.dots(places) if len(places) <= MOST_DOTS else Markup()


def _thinned(points: Sequence[SweepPoint], declared: Sequence[float]) -> list[SweepPoint]:
    kept = set(thinned(tuple(point.threshold for point in points), at_most=MOST_POINTS, keep=tuple(declared)))
    return [point for point in points if point.threshold in kept]


def _tallest(points: Sequence[SweepPoint]) -> float:
    bands = [point.band_high for point in points if point.band_high is not None]
    return max([*bands, *(point.estimate.value for point in points if point.estimate is not None)], default=1.0)
