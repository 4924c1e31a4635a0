"""A run within bounds: the same result as on the terminal, only the given file read, stopped where it asks for too much."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from habeas.errors import BadData, Unavailable
from habeas.reports import json_report
from habeas.runs.bounded.limits import RunLimits
from habeas.runs.bounded.parent import check_bounded, run_bounded
from habeas.runs.plan_file import parse_plan
from habeas.runs.run import run

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAN = """
habeas: audit/1
title: A small made-up score
system: {name: Score, version: "1"}
technology: risk-score
stage: live
auditor: {name: Example Audit Office, independent: true, statement: no ties}
data: {path: PATH, count: n}
columns: {score: score, outcome: outcome}
score: {minimum: 1, maximum: 10}
thresholds: [5]
groups: [group]
confirmatory:
  - {metric: false_positive_rate, by: group, tolerance: {difference: 0.05}}
"""
ROWS = "group,score,outcome,n\na,3,0,500\na,7,0,500\na,7,1,400\na,3,1,100\nb,3,0,900\nb,7,0,100\nb,7,1,400\nb,3,1,100\n"


def plan(path: str = "rows.csv") -> str:
    """A plan whose data lie at that path, as it says."""
    return PLAN.replace("PATH", path)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """A table of counts: half of group a and a tenth of group b are flagged without the outcome."""
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_a_bounded_run_finds_what_the_run_in_this_process_finds(rows: Path) -> None:
    expected = json_report.document(run(parse_plan(plan(), name="plan"), rows).result, at=AT)
    assert run_bounded(plan(), rows, at=AT) == expected
    assert expected["verdict"] == "shown-different"


@pytest.mark.parametrize(
    "path",
    ["../../../../etc/passwd", "/etc/passwd", "https://evil.example/x.csv", "'/**/*.csv'", "s3://bucket/x.csv", '"x\'); SELECT 1; --"'],
)
def test_whatever_path_a_plan_names_only_the_given_file_is_read(rows: Path, path: str) -> None:
    found = run_bounded(plan(path), rows, at=AT)
    assert found["intake"]["rows"] == 3000


def test_columns_that_are_missing_are_told_in_the_words_of_the_terminal(rows: Path) -> None:
    with pytest.raises(BadData, match=r"columns: score: no column 'scores' in rows\.csv; did you mean 'score'"):
        check_bounded(plan().replace("score: score", "score: scores"), rows)


def test_what_is_no_parquet_behind_its_magic_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(b"PAR1" + os.urandom(200) + b"PAR1")
    with pytest.raises(BadData):
        check_bounded(plan(), path)


@pytest.mark.parametrize("limits", [RunLimits(memory_mb=300), RunLimits(wall_s=0.05)])
def test_a_run_that_needs_more_than_it_may_is_stopped_and_says_so(rows: Path, limits: RunLimits) -> None:
    with pytest.raises(Unavailable, match="was stopped: bring a table of counts"):
        run_bounded(plan(), rows, at=AT, limits=limits)


def test_progress_is_told_and_counts_are_kept_where_that_was_asked(rows: Path, tmp_path: Path) -> None:
    heard: list[float] = []
    run_bounded(plan(), rows, at=AT, cells=tmp_path / "cells.json", progress=heard.append)
    assert heard[-1] == pytest.approx(0.9)
    assert (tmp_path / "cells.json").stat().st_mode & 0o777 == 0o600
