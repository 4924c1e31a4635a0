"""One audit from its plan to its result: the counting, the statistics and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from habeas.audit.cells import Cells
from habeas.audit.plan import Plan
from habeas.audit.result import AuditResult, Intake
from habeas.audit.studies import risk_score
from habeas.engines import count
from habeas.runs.plan_file import plan_digest
from habeas.terms.system import Technology

Progress = Callable[[float], None]

# technology -> the study that tests it; every study has the same shape
STUDIES = {Technology.RISK_SCORE: risk_score.assess}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """A finished audit: `result` may be published; the cells and the full intake it rests on may not, for they tell small counts."""

    result: AuditResult
    cells: Cells
    intake: Intake


def run(plan: Plan, data: object | None = None, *, folder: Path = Path(), progress: Progress | None = None) -> Run:
    """Count the rows and assess the counts.

    `data`: paths (str, Path or a sequence of them), an Arrow table or a pandas or polars frame; None reads the plan's own
    paths, relative to `folder`.

    Raises:
        BadInput: the data can't be used or don't fit the plan; the message says how to mend them.
    """
    source = located(plan.source.paths, folder) if data is None else _as_given(data)
    counted = count(source, plan, progress=progress)
    return assess(plan, counted.cells, counted.intake)


def assess(plan: Plan, cells: Cells, intake: Intake) -> Run:
    """Assess cells that were counted before; the same plan and cells give the same result to the last digit."""
    digest = plan_digest(plan)
    # the plan alone: a seed from the cells would let a guess of withheld counts be checked against the bands
    rng = np.random.default_rng(int(digest[:16], 16))
    study = STUDIES[plan.technology]
    return Run(result=study(cells, intake, plan=plan, plan_sha256=digest, rng=rng), cells=cells, intake=intake)


def located(paths: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """The plan's paths as seen from here: relative ones start at the plan's folder."""
    return tuple(str(folder / path) for path in paths)


def _as_given(data: object) -> object:
    """One path, or several, as the engine takes them: a tuple of text; anything else as it is."""
    if isinstance(data, str | Path):
        return (str(data),)
    return tuple(str(path) for path in data) if isinstance(data, list | tuple) else data
