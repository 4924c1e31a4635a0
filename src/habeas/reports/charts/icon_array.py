"""Icon arrays: one small circle for each of 100 (or 1,000) people, filled for those of whom the sentence speaks."""

from __future__ import annotations

from habeas.reports.charts import marks, svg

GRIDS = {100: (10, 20.0), 1000: (40, 7.5)}
"""People in all -> (people in a row, distance between them in SVG units)."""


def draw(*, hits: int, of: int, title: str, description: str) -> svg.Drawing:
    """`hits` filled circles out of `of` (100 or 1,000), row by row."""
    in_a_row, step = GRIDS[of]
    centres = [(step / 2 + step * (i % in_a_row), step / 2 + step * (i // in_a_row)) for i in range(of)]
    filled = svg.group(svg.ACCENT, marks.dots(centres[:hits], radius=step * 0.4))
    hollow = svg.group(svg.MUTED, marks.rings(centres[hits:], radius=step * 0.34))
    height = round(step * (of // in_a_row))
    return svg.Drawing(title=title, description=description, width=round(step * in_a_row), height=height, marks=filled + hollow)
