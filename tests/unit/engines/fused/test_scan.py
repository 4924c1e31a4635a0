"""The accelerator gives the tables that SQL gives, or gives up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import sleep

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decisions import PLAN
from habeas.audit.plan import Plan, Population, ScoreRange
from habeas.engines import Limits, count
from habeas.engines.fused.scan import available, fused_tables
from habeas.engines.rows import rows
from habeas.engines.scores import grid_for
from habeas.engines.session import session
from habeas.engines.sources import find
from habeas.engines.tables import from_files
from habeas.errors import BadData

pytestmark = pytest.mark.skipif(not available(), reason="numba or pyarrow is not installed (the extra habeas[fast])")

SMALL_PLAN = replace(
    PLAN,
    columns=replace(PLAN.columns, person="person", decision="held"),
    score=ScoreRange(minimum=0, maximum=1),
    thresholds=(0.29, 0.575),
    groups=("race", "sex"),
)
FUSED = Limits(fused_rows=0, most_exact_scores=0, bins=100)
SQL = replace(FUSED, fused_rows=10**9)
N = 3000


def columns() -> dict[str, object]:
    rng = np.random.default_rng(1)
    return {
        "race": pa.array([[None, "A", " A", "", "B"][i] for i in rng.integers(5, size=N)], type=pa.string()),
        "sex": pa.array(["x"] * (N - 1) + ["late"]),  # a label that only the last row has
        "score": np.concatenate([rng.random(N - 102), np.arange(102) % 101 / 100]),
        "held": pa.array([[True, False, None][i] for i in rng.integers(3, size=N)], type=pa.bool_()),
        "outcome": pa.array([["yes", "NO", "Unknown", None][i] for i in rng.integers(4, size=N)]),
        "person": pa.array([*rng.integers(-(2**63), 2**63 - 1, size=N - 4).tolist(), -(2**63), 2**63 - 1, 0, -2147483647]),
    }


def written(folder: Path, table: dict[str, object], *, row_group_size: int = 400) -> tuple[str, ...]:
    pq.write_table(pa.table(table), folder / "rows.parquet", row_group_size=row_group_size)
    return (str(folder / "rows.parquet"),)


def is_used(source: tuple[str, ...], plan: Plan, limits: Limits = FUSED) -> bool:
    with session(limits) as opened:
        wanted = rows(from_files(opened, find(source, known_as=[])), plan)
        return fused_tables(wanted, grid_for(plan, bins=limits.bins), limits, lambda _: None) is not None


@pytest.mark.parametrize("threads", [1, 3])
def test_the_accelerator_gives_the_cells_of_sql(threads: int, tmp_path: Path) -> None:
    source = written(tmp_path, columns())

    fused, plain = (count(source, SMALL_PLAN, limits=replace(limits, threads=threads)) for limits in (FUSED, SQL))

    assert is_used(source, SMALL_PLAN)
    assert fused.cells.digest() == plain.cells.digest()
    assert fused.intake == plain.intake


def test_float_scores_and_small_ids_are_counted_alike(tmp_path: Path) -> None:
    narrow = {**columns(), "score": pa.array(np.arange(N) / N, type=pa.float32()), "person": pa.array(np.arange(N) - 7, type=pa.int32())}
    source = written(tmp_path, narrow)

    assert is_used(source, SMALL_PLAN)
    assert count(source, SMALL_PLAN, limits=FUSED).cells.digest() == count(source, SMALL_PLAN, limits=SQL).cells.digest()


@pytest.mark.parametrize(
    "other",
    [
        {"score": [None] + [0.5] * (N - 1)},
        {"score": [1.5] + [0.5] * (N - 1)},
        {"score": [float("nan")] + [0.5] * (N - 1)},
        {"score": [1] * N},
        {"person": [None] + [1] * (N - 1)},
        {"person": ["p"] * N},
        {"outcome": [1] * N},
        {"race": [f"label {i}" for i in range(N)]},
    ],
    ids=str,
)
def test_anything_but_plain_rows_is_left_to_sql(other: dict[str, object], tmp_path: Path) -> None:
    assert not is_used(written(tmp_path, {**columns(), **other}), SMALL_PLAN)


def test_few_rows_a_population_and_nobody_named_are_left_to_sql(tmp_path: Path) -> None:
    source = written(tmp_path, columns())

    assert not is_used(source, SMALL_PLAN, replace(FUSED, fused_rows=N + 1))
    assert not is_used(source, replace(SMALL_PLAN, population=Population(description="some", where=(("sex", ("x",)),))))
    assert not is_used(source, replace(SMALL_PLAN, columns=replace(SMALL_PLAN.columns, person=None)))


def test_a_bad_row_is_refused_as_by_sql(tmp_path: Path) -> None:
    source = written(tmp_path, {**columns(), "score": [0.5] * (N - 1) + [1.5]})

    with pytest.raises(BadData) as refused:
        count(source, SMALL_PLAN, limits=FUSED)

    assert str(refused.value) == (
        "data: expected a score from 0 to 1 in column 'score' of every row; 1 row outside that range (first: row 3000 of rows.parquet): "
        "mend the data, or drop these rows before auditing"
    )


def test_progress_goes_on_while_the_accelerator_counts(tmp_path: Path) -> None:
    seen: list[float] = []

    count(written(tmp_path, columns()), SMALL_PLAN, limits=replace(FUSED, threads=1), progress=seen.append)

    assert seen == sorted(seen)
    assert len(seen) >= 8  # row groups
    assert seen[-1] == pytest.approx(0.9)


def stopped_by_ctrl_c(folder: Path) -> int:
    """How many row groups were counted although Ctrl-C came after the first."""
    source, seen = written(folder, columns(), row_group_size=100), []

    def told(share: float) -> None:
        seen.append(share)
        if len(seen) == 1:
            os.kill(os.getpid(), signal.SIGINT)
            sleep(2)  # for the main thread to hear of it

    signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt):
        count(source, SMALL_PLAN, limits=replace(FUSED, threads=1), progress=told)
    return len(seen)


def test_ctrl_c_stops_the_threads_of_the_accelerator(tmp_path: Path, repository: Path) -> None:
    # in a process of its own: a browser's event loop in this one would hear of the signal first, and late
    code = "import runpy, pathlib, sys; print(runpy.run_path(sys.argv[1])['stopped_by_ctrl_c'](pathlib.Path(sys.argv[2])))"
    path = {"PYTHONPATH": f"{repository / 'src'}:{repository / 'tests'}", "PATH": "/usr/bin:/bin"}

    done = subprocess.run([sys.executable, "-c", code, __file__, tmp_path], env=path, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert int(done.stdout) < 30  # row groups
