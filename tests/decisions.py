"""A small plan, and files of decisions to count by it."""

from __future__ import annotations

from pathlib import Path

from habeas.audit.plan import Auditor, Columns, Plan, ScoreRange, Source
from habeas.terms.system import Stage, SystemVersion, Technology

HEADER = "race,score,outcome\n"

PLAN = Plan(
    title="A small audit",
    system=SystemVersion(name="Score", version="1"),
    technology=Technology.RISK_SCORE,
    stage=Stage.LIVE,
    auditor=Auditor(name="Office", independent=True, statement="no ties"),
    source=Source(),
    columns=Columns(score="score", outcome="outcome"),
    groups=("race",),
    score=ScoreRange(minimum=1, maximum=10),
    thresholds=(5.0,),
    unrecorded=("", "Unknown"),
)


def write(path: Path, text: str | bytes) -> tuple[str, ...]:
    """Write a file, and name it as a source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return (str(path),)
