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
    tops = [panel.top + ROW * i for i in range(len(rows))]
    strips = [top + LABEL for top in tops]
    behind = [_zone(panel, zone, strips), _grid(panel, strips), _line(panel, at, strips)]
    labels = [svg.text(shortened(row.label), x=panel.left, y=top + LABEL - 4) for row, top in zip(rows, tops, strict=True)]
    notes = [svg.text(row.note, x=panel.right, y=top + LABEL - 4) for row, top in zip(rows, tops, strict=True)]
    parts = [frame(panel), svg.group(svg.MUTED, *behind), svg.writing("start", *labels), svg.writing("end", *notes)]
    parts += [_row(panel, row, top=top) for row, top in zip(rows, tops, strict=True)]
    return svg.Drawing(title=title, description=description, width=WIDTH, height=panel.height, marks=svg.joined(parts))


def _row(panel: Panel, row: Row, *, top: float) -> Markup:
    y = top + (LABEL + ROW) / 2
    if row.span is None:
        return Markup()
    value, low, high = (panel.place(part, 0)[0] for part in row.span)
    dot = marks.rings([(value, y)], radius=4.5) if row.is_reference else marks.dots([(value, y)], radius=5)
    return svg.group(svg.MUTED if row.is_reference else svg.ACCENT, marks.whiskers([((low, y), (high, y))]), dot)


def _grid(panel: Panel, strips: Sequence[float]) -> Markup:
    """The ticks behind the dots: only there, so that no line runs through the writing."""
    return svg.group(svg.FAINT, svg.element("path", d="".join(_upright(panel, tick, strips) for tick, _ in panel.x.ticks), fill="none"))


def _line(panel: Panel, at: float | None, strips: Sequence[float]) -> Markup:
    if at is None:
        return Markup()
    return svg.element("path", d=_upright(panel, at, strips), fill="none", stroke="currentColor", stroke_width=2)


def _upright(panel: Panel, value: float, strips: Sequence[float]) -> str:
    x = panel.place(value, 0)[0]
    return "".join(svg.path([(x, top), (x, top + ROW - LABEL)]) for top in strips)


def _zone(panel: Panel, zone: Zone | None, strips: Sequence[float]) -> Markup:
    if zone is None:
        return Markup()
    left, right = panel.place(zone.low, 0)[0], panel.place(zone.high, 0)[0]
    corners = "".join(svg.path([(left, y), (right, y), (right, y + ROW - LABEL), (left, y + ROW - LABEL)], closed=True) for y in strips)
    return svg.element("path", d=corners, fill="currentColor", fill_opacity="0.16")


def shortened(label: str) -> str:
    """A label that fits beside its numbers; the table has it whole."""
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
