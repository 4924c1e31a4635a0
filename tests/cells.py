"""Hand-made cells: small enough to add up on paper."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from habeas.audit.cells import Attribute, Cells, Counts, ScoreGrid, merge
from habeas.audit.plan import Auditor, Columns, Plan, PublicationRule, ScoreRange, Source
from habeas.terms.system import Stage, SystemVersion, Technology

Row = tuple[tuple[str, ...], float, int, int, int]
"""Labels, score, decision code, outcome code, n."""


def some_cells(names: tuple[str, ...], rows: Iterable[Row], *, thresholds: tuple[float, ...] = (5.0,)) -> Cells:
    listed = list(rows)
    attributes = tuple(Attribute(name=name, levels=tuple(sorted({labels[i] for labels, *_ in listed}))) for i, name in enumerate(names))
    codes = [[attribute.levels.index(label) for attribute, label in zip(attributes, row[0], strict=True)] for row in listed]
    fine = Counts(
        levels=np.array(codes, dtype=np.int64).reshape(-1, len(names)),
        score=np.array([row[1] for row in listed], dtype=np.float64),
        decision=np.array([row[2] for row in listed], dtype=np.int64),
        outcome=np.array([row[3] for row in listed], dtype=np.int64),
        bucket=np.zeros(len(listed), dtype=np.int64),
        n=np.array([row[4] for row in listed], dtype=np.int64),
    )
    grid = ScoreGrid(minimum=1.0, maximum=10.0, thresholds=thresholds, bins=None)
    return Cells(attributes=attributes, grid=grid, fine=merge([fine]))


def scored_plan(
    *groups: str, thresholds: tuple[float, ...] = (5.0,), intersect: int = 1, minimum: int = 10, decision: bool = False
) -> Plan:
    """A plan that asks for a score from 1 to 10 and an outcome of these groups."""
    return Plan(
        title="A test",
        system=SystemVersion(name="A score", version="1"),
        technology=Technology.RISK_SCORE,
        stage=Stage.LIVE,
        auditor=Auditor(name="An office", independent=True, statement="none"),
        source=Source(),
        columns=Columns(score="score", outcome="outcome", decision="decision" if decision else None),
        groups=groups,
        score=ScoreRange(minimum=1, maximum=10),
        thresholds=thresholds,
        intersect=intersect,
        publication=PublicationRule(minimum_cell=minimum),
    )
