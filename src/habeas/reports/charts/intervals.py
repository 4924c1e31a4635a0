"""Dot-and-interval plots: one row a group, the dot its value, the stroke what the value could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from habeas.reports.charts import marks, svg
from habeas.reports.charts.axes import WIDTH, Axis, Panel, frame

ROW = 38
"""Height of a row, and of the writing at its top."""
LABEL = 18
LONGEST_LABEL = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A group's label, what is written beside it, and its (value, low, high); None: not shown."""

    label: str
    note: str
    span: tuple[float, float, float] | None
    is_reference: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of the axis that means something, such as the declared tolerance."""

    low: float
    high: float


def draw(
    rows: Sequence[Row], axis: Axis, *, title: str, description: str, at: float | None = None, zone: Zone | None = None
) -> svg.Drawing:
    """Rows under one another over a common axis; `at`: where the upright line of comparison stands."""
    panel = Panel(x=axis, y=Axis(label="", low=0, high=1, ticks=()), height=ROW * len(rows) + 52, left=14, top=4)
    strips = [_strip(panel, at, zone, top=panel.top + ROW * i + LABEL) for i in range(len(rows))]
    parts = [frame(panel), svg.group(svg.MUTED, *strips)]
    parts += [_row(panel, row, top=panel.top + ROW * i) for i, row in enumerate(rows)]
    return svg.Drawing(title=title, description=description, width=WIDTH, height=panel.height, marks=svg.joined(parts))


def _row(panel: Panel, row: Row, *, top: float) -> Markup:
    y = top + (LABEL + ROW) / 2
    words = svg.group(
        svg.TEXT,
        svg.text(shortened(row.label), x=panel.left, y=top + LABEL - 4),
        svg.text(row.note, x=panel.right, y=top + LABEL - 4, anchor="end"),
    )
    if row.span is None:
        return words
    value, low, high = (panel.place(part, 0)[0] for part in row.span)
    dot = marks.rings([(value, y)], radius=4.5) if row.is_reference else marks.dots([(value, y)], radius=5)
    return words + svg.group(svg.MUTED if row.is_reference else svg.ACCENT, marks.whiskers([((low, y), (high, y))]), dot)


def _strip(panel: Panel, at: float | None, zone: Zone | None, *, top: float) -> Markup:
    """What lies behind one row's dot: only there, so that no line runs through the writing."""
    bottom = top + ROW - LABEL
    edges = "".join(svg.path([(panel.place(tick, 0)[0], top), (panel.place(tick, 0)[0], bottom)]) for tick, _ in panel.x.ticks)
    grid = svg.group(svg.FAINT, svg.element("path", d=edges, fill="none"))
    here = Markup() if at is None else marks.curve([(panel.place(at, 0)[0], top), (panel.place(at, 0)[0], bottom)])
    return grid + _zone(panel, zone, top=top) + here


def _zone(panel: Panel, zone: Zone | None, *, top: float) -> Markup:
    if zone is None:
        return Markup()
    left, right = panel.place(zone.low, 0)[0], panel.place(zone.high, 0)[0]
    return svg.element("rect", x=left, y=top, width=right - left, height=ROW - LABEL, fill="currentColor", fill_opacity="0.16")


def shortened(label: str) -> str:
    """A label that fits beside its numbers; the table has it whole."""
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
