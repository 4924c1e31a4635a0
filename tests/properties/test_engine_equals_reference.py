"""The engine counts exactly what the slow reference counts, whatever holds the rows, in whatever order, in how many pieces."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.audit.cells import Cells
from habeas.audit.plan import Auditor, Columns, Plan, Population, ScoreRange, Source, YesNo
from habeas.audit.reference import count_rows
from habeas.engines import Limits, count
from habeas.terms.system import Stage, SystemVersion, Technology

Row = dict[str, object]

PLAN = Plan(
    title="A small audit",
    system=SystemVersion(name="Score", version="1"),
    technology=Technology.RISK_SCORE,
    stage=Stage.LIVE,
    auditor=Auditor(name="Office", independent=True, statement="no ties"),
    source=Source(),
    columns=Columns(score="score", decision="detained", outcome="charged", person="person"),
    groups=("race", "sex"),
    strata=("force",),
    score=ScoreRange(minimum=0, maximum=1),
    thresholds=(0.29, 0.575),
    unrecorded=("", "Unknown"),
)
PLANS = {
    "person": PLAN,
    "no person": replace(PLAN, columns=replace(PLAN.columns, person=None)),
    "weights": replace(PLAN, columns=replace(PLAN.columns, weight="weight")),
    "counts": replace(PLAN, source=Source(count="n")),
    "counts and weights": replace(PLAN, source=Source(count="n"), columns=replace(PLAN.columns, weight="weight", person=None)),
    "only a decision": replace(PLAN, columns=Columns(decision="detained", outcome="charged", person="code"), score=None, thresholds=()),
    "a recommendation": replace(PLAN, columns=Columns(recommendation="advice", outcome="charged"), score=None, thresholds=()),
    "no outcome": replace(PLAN, columns=Columns(score="score", person="code")),
    "no threshold": replace(PLAN, thresholds=()),
    "labels": replace(PLAN, columns=replace(PLAN.columns, outcome="verdict"), outcome_labels=YesNo(yes=("guilty",), no=("not guilty",))),
    "a population": replace(PLAN, population=Population(description="some", where=(("sex", ("Female", "")), ("force", ("1", "2"))))),
}
LIMITS = {
    "binned": Limits(bins=100, most_exact_scores=3, threads=1),
    "two threads": Limits(bins=1000, most_exact_scores=0, threads=2),
    "exact": Limits(threads=1),
    "accelerated": Limits(bins=100, most_exact_scores=0, fused_rows=0, threads=2),
    "sampled too short": Limits(bins=50, most_exact_scores=2, sample_rows=2, threads=1),
}

two_decimals = st.integers(min_value=0, max_value=100).map(lambda i: i / 100)  # 0.29 * 100 is 28.999999999999996
scores = st.one_of(two_decimals, st.sampled_from([0.0, -0.0, 0.575, 1.0]), st.floats(min_value=0, max_value=1))
rows = st.fixed_dictionaries({
    "n": st.integers(min_value=0, max_value=10**6),
    "score": scores,
    "race": st.sampled_from(["Black", "White", " White ", "Unknown", "", None, 'Ærø, "north"', "not recorded"]),
    "sex": st.sampled_from(["Female", "Male", None]),
    "force": st.sampled_from([1, 2, 3]),
    "detained": st.sampled_from([True, False, None]),
    "charged": st.sampled_from([0, 1, None]),
    "verdict": st.sampled_from(["guilty", "not guilty", "Unknown"]),
    "advice": st.sampled_from(["Yes", "no", "T", "0"]),
    "person": st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1) | st.integers(min_value=-5, max_value=5),
    "code": st.sampled_from(["A1", "A2 ", "007", "7", "-12", "é"]),
    "weight": st.floats(min_value=0.001, max_value=1000),
})  # fmt: skip


def numbered(found: list[Row]) -> list[Row]:
    """So that no two rows are alike in all but their counts."""
    return [{**row, "number": number} for number, row in enumerate(found)]


tables = st.lists(rows, min_size=1, max_size=30).filter(lambda found: any(row["n"] for row in found)).map(numbered)


def as_csv(table: Sequence[Row], path: Path) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    encoded = text.getvalue().encode()
    path.write_bytes(gzip.compress(encoded) if path.suffix == ".gz" else encoded)
    return str(path)


def as_arrow(table: Sequence[Row]) -> pa.Table:
    schema = pa.schema({
        "n": pa.int64(), "number": pa.int64(),
        "score": pa.float64(), "race": pa.string(), "sex": pa.dictionary(pa.int8(), pa.string()), "force": pa.int32(),
        "detained": pa.bool_(), "charged": pa.int8(), "verdict": pa.string(), "advice": pa.string(), "person": pa.int64(),
        "code": pa.string(), "weight": pa.float64(),
    })  # fmt: skip
    return pa.Table.from_pylist(list(table), schema=schema)


def as_parquet(table: Sequence[Row], path: Path) -> str:
    pq.write_table(as_arrow(table), path)
    return str(path)


def assert_same(found: Cells, expected: Cells) -> None:
    assert found.attributes == expected.attributes
    assert found.grid == expected.grid
    for one, other in ((found.fine, expected.fine), (found.coarse, expected.coarse)):
        assert (one is None) == (other is None)
        if one is not None:
            for column in ("levels", "score", "decision", "outcome", "bucket", "n", "weight", "weight_squared"):
                np.testing.assert_array_equal(getattr(one, column), getattr(other, column), err_msg=column)
    assert found.digest() == expected.digest()


def as_two_files(table: Sequence[Row], folder: Path) -> tuple[str, ...]:
    rest = [as_csv(table[1:], folder / "rest.csv")] if table[1:] else []
    return (as_csv(table[:1], folder / "first.csv.gz"), *rest)


HOLDERS: dict[str, Callable[[Sequence[Row], Path], object]] = {
    "a CSV file": lambda table, folder: (as_csv(table, folder / "rows.csv"),),
    "two CSV files, one compressed": as_two_files,
    "a Parquet file": lambda table, folder: (as_parquet(list(reversed(table)), folder / "rows.parquet"),),
    "an Arrow table": lambda table, _: as_arrow(table),
    "an Arrow stream": lambda table, _: as_arrow(table).to_reader(),
    "a pandas frame": lambda table, _: as_arrow(table).to_pandas(),
    "a pandas frame of objects": lambda table, _: pd.DataFrame(table),
    "a polars frame": lambda table, _: pl.from_arrow(as_arrow(table)),
}


def reference(table: Sequence[Row], plan: Plan, limits: Limits) -> Cells:
    return count_rows(table, plan, bins=limits.bins, most_exact_scores=limits.most_exact_scores)


def has_rows(table: Sequence[Row], plan: Plan) -> bool:
    return plan.population is None or bool(len(count_rows(table, plan).fine.n))


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("plan", PLANS)
@given(data=st.data())
@settings(derandomize=True, max_examples=4, deadline=None)
def test_files_and_tables_in_memory_give_the_cells_of_the_reference(plan: str, limits: str, data: st.DataObject) -> None:
    table = data.draw(tables.filter(lambda drawn: has_rows(drawn, PLANS[plan])))
    held_in = data.draw(st.sampled_from(sorted(HOLDERS)))

    with TemporaryDirectory() as folder:
        found = count(HOLDERS[held_in](table, Path(folder)), PLANS[plan], limits=LIMITS[limits])

    assert_same(found.cells, reference(table, PLANS[plan], LIMITS[limits]))


@given(table=tables, data=st.data())
@settings(derandomize=True, max_examples=15, deadline=None)
def test_cells_of_parts_add_up_to_the_cells_of_the_whole(table: list[Row], data: st.DataObject) -> None:
    limits = Limits(bins=100, most_exact_scores=0, threads=1)
    parts_of_rows = data.draw(st.lists(st.integers(0, 2), min_size=len(table), max_size=len(table)))
    parts = [[row for row, part in zip(table, parts_of_rows, strict=True) if part == wanted] for wanted in range(3)]
    cells = [count(as_arrow(part), PLAN, limits=limits).cells for part in parts if part]

    total = cells[0]
    for each in cells[1:]:
        total = total + each

    assert_same(total, reference(table, PLAN, limits))
