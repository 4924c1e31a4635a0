"""A run within bounds: the same result as on the terminal, only the given file read, stopped where it asks for too much."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from habeas.errors import BadData, BadInput, BadPlan, Unavailable
from habeas.reports import json_report
from habeas.runs.bounded import parent
from habeas.runs.bounded.limits import RunLimits
from habeas.runs.bounded.parent import RunFault, check_bounded, run_bounded
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


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (RunLimits(memory_mb=300), "the memory and disk"),
        (RunLimits(wall_s=0.05), "the time"),
    ],
)
def test_a_run_that_needs_more_than_it_may_is_stopped_and_says_of_what(rows: Path, limits: RunLimits, told: str) -> None:
    with pytest.raises(Unavailable, match=f"within {told} this site allows; .* was stopped: bring a table of counts"):
        run_bounded(plan(), rows, at=AT, limits=limits)


def ending(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have the process do that instead of its order."""
    monkeypatch.setattr(parent, "CHILD", (sys.executable, "-I", "-c", f"import os, signal, sys\nsys.stdin.read()\n{code}"))


def test_a_run_that_used_up_its_processor_time_is_told_as_that(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    limits = "{'memory_mb': 4000, 'largest_file_mb': 1, 'processor_s': 1}"
    ending(monkeypatch, f"from habeas.runs.bounded.child import _bound\n_bound({limits})\nwhile True: pass")
    with pytest.raises(Unavailable, match="within the time"):
        run_bounded(plan(), rows, at=AT)


def test_a_run_that_spills_more_than_it_may_in_however_many_files_is_stopped(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    ending(monkeypatch, "import time\nfor n in range(4):\n open(f'part-{n}', 'wb').write(os.urandom(400_000))\ntime.sleep(60)")
    with pytest.raises(Unavailable, match="within the memory and disk"):
        run_bounded(plan(), rows, at=AT, limits=RunLimits(spill_mb=1))


def test_a_run_that_says_more_than_anybody_wants_to_hold_is_stopped(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    ending(monkeypatch, "print('x' * 1_500_000)")
    with pytest.raises(Unavailable, match="within the memory and disk"):
        run_bounded(plan(), rows, at=AT, limits=RunLimits(answer_mb=1))


def test_a_run_that_the_machine_killed_is_told_as_that(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    ending(monkeypatch, "os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(Unavailable, match="killed from outside, most likely because the machine ran out of memory"):
        run_bounded(plan(), rows, at=AT)


@pytest.mark.parametrize(
    ("code", "fault"),
    [("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"), ("sys.exit(3)", "exit code 3"), ("print('half a li')", "exit code 0")],
)
def test_a_run_that_broke_down_is_no_run_that_needed_more(monkeypatch: pytest.MonkeyPatch, rows: Path, code: str, fault: str) -> None:
    ending(monkeypatch, code)
    with pytest.raises(RunFault, match="not foreseen, which is no fault of the data") as problem:
        run_bounded(plan(), rows, at=AT)
    assert problem.value.fault == fault


def test_a_fault_tells_its_type_and_place_and_none_of_its_words(monkeypatch: pytest.MonkeyPatch, rows: Path) -> None:
    broken = "def broken(_): raise ZeroDivisionError('ada@force.example')"
    code = f"from habeas.runs.bounded import child\n{broken}\nchild._done = broken\nchild.main()"
    monkeypatch.setattr(parent, "CHILD", (sys.executable, "-I", "-c", code))
    with pytest.raises(RunFault) as problem:
        run_bounded(plan(), rows, at=AT)
    assert problem.value.fault == "ZeroDivisionError"
    assert [one.split(":")[0] for one in problem.value.where] == ["child.py", "<string>"]
    assert "ada" not in f"{problem.value} {problem.value.where}"


def test_what_is_wrong_with_the_plan_is_told_as_that(rows: Path) -> None:
    with pytest.raises(BadPlan, match="technology"):
        check_bounded(plan().replace("risk-score", "song"), rows)


def test_files_that_are_cut_off_while_the_engine_spills_are_not_asked_for() -> None:
    with pytest.raises(BadInput, match="expected spill_mb up to largest_file_mb, 10; got 20"):
        RunLimits(spill_mb=20, largest_file_mb=10)


def test_progress_is_told_and_counts_are_kept_where_that_was_asked(rows: Path, tmp_path: Path) -> None:
    heard: list[float] = []
    run_bounded(plan(), rows, at=AT, cells=tmp_path / "cells.json", progress=heard.append)
    assert heard[-1] == pytest.approx(0.9)
    assert (tmp_path / "cells.json").stat().st_mode & 0o777 == 0o600


def test_what_a_run_spills_lies_where_it_was_told_and_goes_with_it(monkeypatch: pytest.MonkeyPatch, rows: Path, tmp_path: Path) -> None:
    ending(monkeypatch, "import json\nopen('spilled', 'w').close()\nprint(json.dumps({'told': os.getcwd(), 'plan': False}))")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with pytest.raises(BadData) as told:
        run_bounded(plan(), rows, at=AT, scratch=scratch)
    assert Path(str(told.value)).parent == scratch
    assert list(scratch.iterdir()) == []


LASTING = """
import os, time
from habeas.runs.bounded import child
child._done = lambda _: (child._say({"share": os.getpid()}), time.sleep(60))
child.main()
"""
ASKING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from habeas.runs.bounded import parent
parent.CHILD = (sys.executable, "-I", "-c", sys.argv[1])
parent.run_bounded("", Path("rows.csv"), at=datetime.now(UTC), progress=lambda share: print(share, flush=True), scratch=Path(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells a process that its parent has gone")
def test_a_run_ends_with_whoever_asked_for_it_though_they_were_killed(tmp_path: Path) -> None:
    arguments = (sys.executable, "-c", ASKING, LASTING, str(tmp_path))
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        run = os.pidfd_open(int(asking.stdout.readline()))
        asking.kill()
    ended, _, _ = select.select([run], [], [], 10)
    os.close(run)
    assert ended
