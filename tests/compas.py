"""Audits of the shipped COMPAS counts, for any population and publication rule."""

from __future__ import annotations

from pathlib import Path

from habeas.runs.plan_file import parse_plan
from habeas.runs.run import Run, run

EXAMPLES = Path(__file__).parent.parent / "examples"

# population of the reference -> the filter that selects it in the shipped counts
POPULATIONS = {
    "all_7214": "",
    "propublica_filter_6172": "in_propublica_filter",
    "screened_to_2014_04_01": "screened_to_2014_04_01",
}


def compas(population: str = "all_7214", *, minimum_cell: int = 10, extra: str = "") -> Run:
    """The example plan on one of the three populations."""
    text = (EXAMPLES / "compas.yaml").read_text().replace("minimum_cell: 10", f"minimum_cell: {minimum_cell}")
    column = POPULATIONS[population]
    if column:
        text = text.replace("file}", f"file; of them only some, where: {{{column}: 1}}}}")
    return run(parse_plan(text + extra, name="compas.yaml"), folder=EXAMPLES)
