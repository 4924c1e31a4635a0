"""ROC curves: what share of those with the outcome a threshold catches, against what share of those without it flags."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from habeas.audit.result import RocPoint
from habeas.reports.charts import marks, svg
from habeas.reports.charts.axes import WIDTH, Panel, frame, share_axis, thinned

MOST_POINTS = 100
SQUARE = 324


def draw(
    curve: Sequence[RocPoint], *, reference: Sequence[RocPoint], declared: Sequence[float], title: str, description: str
) -> svg.Drawing:
    """One group's curve (solid), its reference group's (dashed), chance (dotted); rings mark the declared thresholds."""
    flagged, caught = share_axis("false positive rate", (0.0, 1.0)), share_axis("true positive rate", (0.0, 1.0))
    panel = Panel(x=flagged, y=caught, height=SQUARE)
    chance = svg.line(panel.place(0, 0), panel.place(1, 1), stroke="currentColor", stroke_dasharray="1 4")
    shown = _thinned(curve, declared)
    drawn = [marks.curve(_places(panel, shown)), marks.dots(_places(panel, _inner(shown), from_none=False), radius=2)]
    parts = [
        frame(panel),
        svg.group(svg.MUTED, chance, *([marks.dashed(_places(panel, _thinned(reference, declared)))] if reference else [])),
        svg.group(svg.ACCENT, *drawn, _rings(panel, curve, declared)),
    ]
    return svg.Drawing(title=title, description=description, width=WIDTH, height=SQUARE, marks=svg.joined(parts))


def _rings(panel: Panel, curve: Sequence[RocPoint], declared: Sequence[float]) -> Markup:
    found = [point for point in curve if point.threshold in declared]
    places = _places(panel, found, from_none=False)
    words = [svg.text(f"{point.threshold:g}", x=x + 9, y=y + 13) for point, (x, y) in zip(found, places, strict=True)]
    return marks.rings(places) + svg.writing("start", *words)


def _thinned(curve: Sequence[RocPoint], declared: Sequence[float]) -> list[RocPoint]:
    ascending = sorted(curve, key=lambda point: point.threshold)
    kept = set(thinned(tuple(point.threshold for point in ascending), at_most=MOST_POINTS, keep=tuple(declared)))
    return [point for point in reversed(ascending) if point.threshold in kept]


def _inner(curve: Sequence[RocPoint]) -> list[RocPoint]:
    return [point for point in curve if 0 < point.false_positive_rate < 1]


def _places(panel: Panel, curve: Sequence[RocPoint], *, from_none: bool = True) -> list[tuple[float, float]]:
    """Places of the points, from (0, 0) where no one is flagged."""
    start = [panel.place(0, 0)] if from_none else []
    return start + [panel.place(point.false_positive_rate, point.true_positive_rate) for point in curve]
