"""How a difference would change if outcomes of the reference group had gone unrecorded more often."""

from __future__ import annotations

from habeas.audit.result import LabelBias
from habeas.reports.charts import marks, svg
from habeas.reports.charts.axes import WIDTH, Panel, frame, marked, number_axis, share_axis


def draw(bias: LabelBias, *, title: str, description: str) -> svg.Drawing:
    """The difference (in percentage points) along the hidden share, the line of no difference dashed, the tipping point marked."""
    points = [(point.hidden_share, 100 * point.difference) for point in bias.points]
    x = share_axis("hidden share in the reference group", [share for share, _ in points])
    y = number_axis("difference in percentage points", [size for _, size in points], write="{:g}".format, start=0.0)
    panel = Panel(x=x, y=y)
    places = [panel.place(share, difference) for share, difference in points]
    none = marks.dashed([panel.place(x.low, 0), panel.place(x.high, 0)])
    tipping = [] if bias.tipping_point is None else [marked(panel, bias.tipping_point, "tipping point")]
    parts = [frame(panel), svg.group(svg.MUTED, none, *tipping), svg.group(svg.ACCENT, marks.curve(places), marks.dots(places))]
    return svg.Drawing(title=title, description=description, width=WIDTH, height=panel.height, marks=svg.joined(parts))
