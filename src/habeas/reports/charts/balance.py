"""The balance sheet as one bar of 1,000 people: rightly flagged, wrongly flagged, missed, rightly cleared - in that order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from habeas.reports.charts import svg

LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 1.0, 319.0, 4.0, 44.0, 66
STRIPE = 5.0
NARROWEST_WITH_NUMBER = 22.0


def draw(parts: Sequence[float], *, title: str, description: str) -> svg.Drawing:
    """Four numbers of people per 1,000; each part has its own pattern, and its number underneath where there is room."""
    whole = sum(parts) or 1.0
    edges = [LEFT + (RIGHT - LEFT) * sum(parts[:i]) / whole for i in range(len(parts) + 1)]
    spans = list(pairwise(edges))
    pieces = [pattern(left, right) for pattern, (left, right) in zip(PATTERNS, spans, strict=True)]
    outlines = [svg.element("rect", x=left, y=TOP, width=right - left, height=BOTTOM - TOP) for left, right in spans]
    numbers = [
        svg.text(f"{part:.0f}", x=(left + right) / 2, y=BOTTOM + 15)
        for part, (left, right) in zip(parts, spans, strict=True)
        if right - left >= NARROWEST_WITH_NUMBER
    ]
    frame = svg.element("g", *outlines, fill="none", stroke="currentColor", stroke_width=1.5)
    drawn = svg.group(svg.ACCENT, *pieces, frame) + svg.writing("middle", *numbers)
    return svg.Drawing(title=title, description=description, width=320, height=HEIGHT, marks=drawn)


def _solid(left: float, right: float) -> Markup:
    return svg.element("rect", x=left, y=TOP, width=right - left, height=BOTTOM - TOP, fill="currentColor")


def _striped(left: float, right: float) -> Markup:
    count = int((right - left) // STRIPE)
    lines = "".join(svg.path([(left + STRIPE * (i + 0.5), TOP), (left + STRIPE * (i + 0.5), BOTTOM)]) for i in range(count))
    return svg.element("path", d=lines, stroke="currentColor", stroke_width=2) if lines else Markup()


def _dotted(left: float, right: float) -> Markup:
    rows = (
        "".join(svg.path([(left + 3, TOP + 5 + 10 * i), (right - 2, TOP + 5 + 10 * i)]) for i in range(4)) if right - left > STRIPE else ""
    )
    return svg.element("path", d=rows, stroke="currentColor", stroke_width=2, stroke_dasharray="2 6") if rows else Markup()


def _empty(left: float, right: float) -> Markup:
    del left, right  # nothing is drawn: these people were neither flagged nor missed
    return Markup()


PATTERNS = (_solid, _striped, _dotted, _empty)
