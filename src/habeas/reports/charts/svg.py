"""SVG without a library: escaped elements, rounded coordinates, and a drawing that carries its own words.

Looks are given as presentation attributes, so that a drawing is complete wherever it is copied; a page's style sheet may repaint
the named classes, for instance on a dark screen. A `style` attribute never occurs: strict content security policies refuse it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

ACCENT = {"class": "accent", "color": "#0b4a8f"}
"""What the drawing is about."""
MUTED = {"class": "muted", "color": "#50545b"}
"""What it is compared with, and the writing on its axes."""
FAINT = {"stroke": "currentColor", "stroke-opacity": "0.25", "stroke-width": "1"}
TEXT = {"fill": "currentColor", "font-size": "12", "font-family": "system-ui, sans-serif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture and what it says in words, for those who can't see it. Sizes are in SVG units: one CSS pixel at 360 px."""

    title: str
    description: str
    width: int
    height: int
    marks: Markup


def coordinate(value: float) -> str:
    """A coordinate to one decimal, without a needless zero: finer steps can't be seen and cost bytes."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: str | float) -> Markup:
    """An element with escaped children and attributes; an underscore in an attribute's name stands for a hyphen."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), coordinate(value) if isinstance(value, float | int) else value)
        for key, value in attributes.items()
    )
    tag = Markup(name)  # noqa: S704 - names come from this package
    return Markup("<{0}{1}>{2}</{0}>").format(tag, written, joined(children)) if children else Markup("<{0}{1}/>").format(tag, written)


def group(looks: dict[str, str], *children: str) -> Markup:
    """Elements that share looks such as `ACCENT`."""
    return element("g", *children, **{key.replace("-", "_"): value for key, value in looks.items()})


def text(content: str, *, x: float, y: float) -> Markup:
    """A line of writing, inside a `writing` that says how it stands to its place."""
    return element("text", content, x=x, y=y)


def writing(anchor: str, *lines: str) -> Markup:
    """Lines of writing that start at, end at or lie around their places: `anchor` is start, end or middle."""
    return group(TEXT | {"text-anchor": anchor}, *lines)


def line(start: tuple[float, float], end: tuple[float, float], **attributes: str | float) -> Markup:
    """A straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Path data through points: relative to nothing, so that it can be read."""
    written = "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)
    return f"M{written}z" if closed else f"M{written}"


def joined(parts: Iterable[str]) -> Markup:
    """Parts one after another, each escaped unless it is markup already."""
    return Markup("").join(escape(part) for part in parts)
