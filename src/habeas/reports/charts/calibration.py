"""Calibration curves: what a score meant - the share for whom the outcome happened, among those who scored alike."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.audit.result import CalibrationPoint
from habeas.reports.charts import marks, svg
from habeas.reports.charts.axes import WIDTH, Panel, frame, number_axis, share_axis


def draw(
    curve: Sequence[CalibrationPoint],
    *,
    reference: Sequence[CalibrationPoint],
    scores: tuple[float, float],
    is_probability: bool,
    title: str,
    description: str,
) -> svg.Drawing:
    """One group's shares with their intervals, its reference group's dashed; the dotted diagonal is a score that keeps its word."""
    tallest = max((point.observed.high for point in (*curve, *reference)), default=1.0)
    panel = Panel(x=number_axis("score", scores, write="{:g}".format), y=share_axis("share with the outcome", (tallest,)))
    places = [panel.place(point.mean_score, point.observed.value) for point in curve]
    spans = [(panel.place(p.mean_score, p.observed.low), panel.place(p.mean_score, p.observed.high)) for p in curve]
    beside = [panel.place(point.mean_score, point.observed.value) for point in reference]
    diagonal = svg.line(panel.place(0, 0), panel.place(1, 1), stroke="currentColor", stroke_dasharray="1 4")
    parts = [
        frame(panel),
        svg.group(svg.MUTED, *([diagonal] if is_probability else []), *([marks.dashed(beside)] if beside else [])),
        svg.group(svg.ACCENT, marks.whiskers(spans), *([marks.curve(places)] if places else []), marks.dots(places)),
    ]
    return svg.Drawing(title=title, description=description, width=WIDTH, height=panel.height, marks=svg.joined(parts))
