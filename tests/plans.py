"""A small plan that parses, for tests to spoil one thing at a time."""

from __future__ import annotations

PLAN = """\
habeas: audit/1
title: A pilot
system: {name: RiskTool, version: 1.10}
technology: risk-score
stage: live
auditor:
  name: Example Audit Office
  independent: true
  statement: no ties
data: {path: decisions.csv}
columns: {score: risk, outcome: again}
score: {minimum: 0, maximum: 10}
thresholds: [5]
groups: [race, sex]
reference: {sex: Male, race: White}
confirmatory:
  - {metric: false_positive_rate, by: race, tolerance: {difference: 0.05}}
"""


def plan_with(old: str, new: str) -> str:
    """The plan with one thing changed."""
    if PLAN.count(old) != 1:
        raise ValueError(f"expected {old!r} once in the plan; got {PLAN.count(old)}: choose a longer text")
    return PLAN.replace(old, new)
