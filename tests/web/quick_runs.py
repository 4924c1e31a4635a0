"""Runs of audits in the tests' own process: what a run in a process of its own finds is the business of tests/unit/runs/bounded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from habeas.reports import json_report
from habeas.runs.plan_file import parse_plan
from habeas.runs.run import run
from habeas.web.audits.actions import bringing, running


def in_this_process(patch: pytest.MonkeyPatch) -> None:
    """Run audits here, where a second process would cost a second."""
    patch.setattr(bringing, "check_bounded", lambda _plan, _data: None)
    patch.setattr(running, "run_bounded", _run)


def _run(plan_text: str, data: Path, *, at: datetime, **_: object) -> Mapping[str, Any]:
    return json_report.document(run(parse_plan(plan_text, name="the plan"), data).result, at=at)
