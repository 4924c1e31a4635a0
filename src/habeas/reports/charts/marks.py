"""Marks that several charts share: a line with dots, a dashed comparison, a band, whiskers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from habeas.reports.charts import svg

Points = Sequence[tuple[float, float]]


def curve(points: Points) -> Markup:
    """A solid line."""
    return svg.element("path", d=svg.path(points), fill="none", stroke="currentColor", stroke_width=2, stroke_linejoin="round")


def dashed(points: Points) -> Markup:
    """A dashed line, for what the solid one is compared with."""
    return svg.element("path", d=svg.path(points), fill="none", stroke="currentColor", stroke_width=1.5, stroke_dasharray="5 4")


def dots(points: Points, *, radius: float = 3.0) -> Markup:
    """A filled dot at every point, all in one path."""
    discs = "".join(_disc(x, y, radius) for x, y in points)
    return svg.element("path", d=discs, fill="currentColor") if discs else Markup()


def rings(points: Points, *, radius: float = 5.0) -> Markup:
    """A hollow ring at every point, all in one path."""
    circles = "".join(_disc(x, y, radius) for x, y in points)
    return svg.element("path", d=circles, fill="none", stroke="currentColor", stroke_width=1.5) if circles else Markup()


def band(lower: Points, upper: Points) -> Markup:
    """The area between two lines."""
    outline = svg.path([*lower, *reversed(upper)], closed=True)
    return svg.element("path", d=outline, fill="currentColor", fill_opacity="0.16")


def whiskers(spans: Iterable[tuple[tuple[float, float], tuple[float, float]]]) -> Markup:
    """A straight stroke for every interval, all in one path."""
    strokes = "".join(svg.path(span) for span in spans)
    return svg.element("path", d=strokes, fill="none", stroke="currentColor", stroke_width=2) if strokes else Markup()


def _disc(x: float, y: float, radius: float) -> str:
    """A circle as path data: an arc that all but closes, since an arc to its own start draws nothing."""
    r = svg.coordinate(radius)
    return f"M{svg.coordinate(x)} {svg.coordinate(y - radius)}a{r} {r} 0 1 0 .1 0z"
