from __future__ import annotations

import csv
import gzip
import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decisions import HEADER, PLAN, write
from habeas.audit.cells import ABSENT, NO, YES
from habeas.audit.plan import Columns, Population, ScoreRange, Source
from habeas.audit.reference import count_rows
from habeas.audit.result import SourceFile
from habeas.engines import Limits, count
from habeas.errors import Unavailable

PERSONS = replace(PLAN, columns=replace(PLAN.columns, person="person"))


def test_one_row_makes_one_cell(tmp_path: Path) -> None:
    found = count(write(tmp_path / "rows.csv", HEADER + "A,7,yes\n"), PLAN)

    fine = found.cells.fine
    assert [attribute.levels for attribute in found.cells.attributes] == [("A",)]
    assert (fine.levels.tolist(), fine.score.tolist(), fine.n.tolist()) == ([[0]], [7.0], [1])
    assert (fine.decision.tolist(), fine.outcome.tolist(), fine.bucket.tolist()) == ([ABSENT], [YES], [0])
    assert found.cells.coarse is None
    assert (found.intake.rows, found.intake.excluded, found.intake.persons, found.intake.warnings) == (1, 0, None, ())


def test_missing_labels_are_kept_as_not_recorded_and_missing_outcomes_as_absent(tmp_path: Path) -> None:
    rows = HEADER + "A,7,1\n,7,0\nUnknown,7,Unknown\n A ,7,\n"

    found = count(write(tmp_path / "rows.csv", rows), PLAN).cells

    assert found.attributes[0].levels == ("A", "not recorded")
    assert found.fine.levels.ravel().tolist() == [0, 0, 1, 1]
    assert found.fine.outcome.tolist() == [YES, ABSENT, NO, ABSENT]
    assert found.fine.n.tolist() == [1, 1, 1, 1]


def test_the_compas_counts_are_counted_as_by_the_reference(examples: Path) -> None:
    plan = replace(
        PLAN,
        source=Source(count="n"),
        columns=Columns(score="decile", outcome="two_year_recid"),
        groups=("race", "sex", "age_cat"),
        thresholds=(5.0, 8.0),
    )
    with (examples / "compas-counts.csv").open(encoding="utf-8", newline="") as file:
        expected = count_rows(list(csv.DictReader(file)), plan)

    found = count((str(examples / "compas-counts.csv"),), plan)

    assert found.cells.digest() == expected.digest()
    assert found.intake.rows == 7214  # ProPublica's two-year file
    assert int(found.cells.fine.n[found.cells.fine.outcome == YES].sum()) == 3251  # its recidivists


def test_every_row_counts_as_often_as_it_says(tmp_path: Path) -> None:
    rows = "race,score,outcome,n\nA,7,1,3\nB,7,1,0\nA,2,1,2.0\n"

    found = count(write(tmp_path / "rows.csv", rows), replace(PLAN, source=Source(count="n")))

    assert found.cells.attributes[0].levels == ("A",)
    assert found.cells.fine.n.tolist() == [2, 3]
    assert found.intake.rows == 5


def test_weights_are_added_in_millionths(tmp_path: Path) -> None:
    rows = "race,score,outcome,weight\nA,7,1,0.5\nA,7,1,1.5\n"

    found = count(write(tmp_path / "rows.csv", rows), replace(PLAN, columns=replace(PLAN.columns, weight="weight"))).cells.fine

    assert found.n.tolist() == [2]
    assert found.weight is not None
    assert found.weight.tolist() == [2_000_000]
    assert found.weight_squared is not None
    assert found.weight_squared.tolist() == [2_500_000]  # 0.25 + 2.25


def test_persons_go_to_buckets_and_are_counted(tmp_path: Path) -> None:
    rows = "person,race,score,outcome\n1,A,7,1\n1,A,2,1\nx9,A,2,1\n"

    found = count(write(tmp_path / "rows.csv", rows), PERSONS)

    coarse = found.cells.coarse
    assert coarse is not None
    # 1 is mixed into 0x31251BA7 (tests/unit/audit/test_reference.py); echo -n x9 | md5sum begins with d0
    assert sorted(set(coarse.bucket.tolist())) == [0x31251BA7 % 128, 0xD0 % 128]
    assert coarse.score.tolist() == [-np.inf, -np.inf, 5.0]
    assert coarse.n.tolist() == [1, 1, 1]
    assert found.intake.persons == 2


def test_a_person_has_one_bucket_in_every_kind_of_file(tmp_path: Path) -> None:
    ids = [0, 1, -1, 2147483647, 10**15]
    table = pa.table({"person": ids, "race": ["A"] * 5, "score": [7] * 5, "outcome": [1] * 5})
    pq.write_table(table, tmp_path / "rows.parquet")
    text = "person,race,score,outcome\n" + "".join(f"{i},A,7,1\n" for i in ids)

    counted = [
        count(source, PERSONS).cells.digest() for source in (table, (str(tmp_path / "rows.parquet"),), write(tmp_path / "rows.csv", text))
    ]

    assert len(set(counted)) == 1


def test_two_decimal_scores_are_on_the_right_side_of_the_threshold(tmp_path: Path) -> None:
    scores = [i / 100 for i in range(101)]  # 0.29 * 100 is 28.999999999999996 in doubles
    plan = replace(PLAN, score=ScoreRange(minimum=0, maximum=1), thresholds=(0.29,))
    source = write(tmp_path / "rows.csv", HEADER + "".join(f"A,{score},1\n" for score in scores))

    for bins in (100, 1000, 7):
        found = count(source, plan, limits=Limits(bins=bins, most_exact_scores=0)).cells
        assert int(found.fine.n[found.fine.score >= 0.29].sum()) == sum(score >= 0.29 for score in scores) == 72


def test_4096_distinct_scores_are_kept_and_4097_are_binned() -> None:
    scores = np.linspace(1, 10, 4097)
    table = pa.table({"race": ["A"] * 4097, "score": scores, "outcome": [1] * 4097})

    kept, binned = count(table.slice(0, 4096), PLAN).cells, count(table, PLAN).cells

    assert kept.grid is not None
    assert kept.grid.bins is None
    assert len(kept.fine.n) == 4096
    assert binned.grid is not None
    assert binned.grid.bins == 1000
    assert len(binned.fine.n) == 1001  # 5.0 lies inside a bin, for (5 - 1) / 0.009 is 444.4
    assert int(binned.fine.n[binned.fine.score >= 5].sum()) == int((scores >= 5).sum())


def test_the_grid_follows_from_all_rows_not_from_the_first() -> None:
    scores = [1.0] * 100 + list(np.linspace(1, 10, 50))
    table = pa.table({"race": ["A"] * 150, "score": scores, "outcome": [1] * 150})

    found = count(table, PLAN, limits=Limits(sample_rows=10, most_exact_scores=20)).cells

    assert found.grid is not None
    assert found.grid.bins == 1000


def test_rows_outside_the_population_are_left_out_and_counted(tmp_path: Path) -> None:
    plan = replace(PLAN, population=Population(description="some", where=(("race", ("A", "")), ("year", ("2020",)))))
    rows = "year,race,score,outcome\n2020,A,7,1\n2020,B,7,1\n2021,A,not a score,never\n2020,,7,1\n"

    found = count(write(tmp_path / "rows.csv", rows), plan)

    assert (found.intake.rows, found.intake.excluded) == (2, 2)
    assert found.cells.attributes[0].levels == ("A", "not recorded")


def test_rows_outside_the_population_do_not_pass_for_rows_without_labels(tmp_path: Path) -> None:
    plan = replace(PLAN, population=Population(description="some", where=(("year", ("2020",)),)))

    found = count(write(tmp_path / "rows.csv", "year,race,score,outcome\n2020,,7,\n2021,A,7,1\n"), plan)

    assert found.cells.attributes[0].levels == ("not recorded",)
    assert found.cells.fine.n.tolist() == [1]


def test_empty_labels_are_missing_even_where_the_plan_lists_others(tmp_path: Path) -> None:
    found = count(write(tmp_path / "rows.csv", HEADER + ",7,\nUnknown,7,1\n"), replace(PLAN, unrecorded=("none",))).cells

    assert found.attributes[0].levels == ("Unknown", "not recorded")
    assert found.fine.outcome.tolist() == [YES, ABSENT]


def test_a_decision_alone_has_neither_score_nor_grid(tmp_path: Path) -> None:
    plan = replace(PLAN, columns=Columns(decision="held", outcome="outcome", person="person"), score=None, thresholds=())

    found = count(write(tmp_path / "rows.csv", "person,race,held,outcome\n1,A,Y,1\n1,A,n,\n"), plan).cells

    assert found.grid is None
    assert np.isnan(found.fine.score).all()
    assert found.fine.decision.tolist() == [NO, YES]
    assert found.coarse is not None
    assert found.coarse.score.tolist() == [-np.inf, -np.inf]


def test_a_recommendation_is_a_score_of_0_or_1(tmp_path: Path) -> None:
    plan = replace(PLAN, columns=Columns(recommendation="advice", outcome="outcome"), score=None, thresholds=())

    found = count(write(tmp_path / "rows.csv", "race,advice,outcome\nA,YES,1\nA,f,1\n"), plan).cells

    assert found.grid is not None
    assert (found.grid.minimum, found.grid.maximum, found.grid.thresholds, found.grid.bins) == (0.0, 1.0, (1.0,), None)
    assert found.fine.score.tolist() == [0.0, 1.0]


def test_a_byte_order_mark_other_separators_and_line_ends_are_read(tmp_path: Path) -> None:
    plain = count(write(tmp_path / "a.csv", HEADER + 'A,7,1\n"B, C",2,0\n'), PLAN).cells.digest()
    bom = ("\ufeff" + HEADER + 'A,7,1\n"B, C",2,0\n').encode()

    write(tmp_path / "f1.csv", HEADER + "another,7,1\n")  # which f[1]*.csv would match, were it a pattern
    others = [
        write(tmp_path / "b.csv", bom),
        write(tmp_path / "c.csv", "race;score;outcome\r\nA;7;1\r\nB, C;2;0"),
        write(tmp_path / "d.tsv", "race\tscore\toutcome\nA\t7\t1\nB, C\t2\t0\n"),
        write(tmp_path / "e.csv.gz", gzip.compress(bom)),
        write(tmp_path / "f[1]*.csv", ' race , score,outcome\nA, 7 ,1\n\n"B, C",2,0\n'),
    ]

    assert {count(source, PLAN).cells.digest() for source in others} == {plain}


def test_zstandard_files_are_read(tmp_path: Path) -> None:
    pa.CompressedOutputStream(str(tmp_path / "rows.csv.zst"), "zstd").write((HEADER + "A,7,1\n").encode())

    assert count((str(tmp_path / "rows.csv.zst"),), PLAN).intake.rows == 1


def test_columns_may_stand_in_another_order_in_each_file(tmp_path: Path) -> None:
    write(tmp_path / "all" / "a.csv", HEADER + "A,7,1\n")
    write(tmp_path / "all" / "deep" / "b.csv", "outcome,race,score\n1,A,7\n")
    write(tmp_path / "all" / ".hidden.csv", "nothing\n")

    found = count((str(tmp_path / "all"),), replace(PLAN, source=Source(paths=("data/all",))))

    assert found.cells.fine.n.tolist() == [2]
    assert [file.name for file in found.intake.files] == ["data/all/a.csv", "data/all/deep/b.csv"]


def test_parquet_files_may_differ_in_order_and_type(tmp_path: Path) -> None:
    pq.write_table(pa.table({"race": ["A"], "score": [7], "outcome": [True]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"outcome": ["Unknown"], "score": [7.0], "race": ["A"]}), tmp_path / "b.parquet")

    found = count((str(tmp_path / "*.parquet"),), PLAN)

    assert found.cells.fine.outcome.tolist() == [YES, ABSENT]
    assert [file.name for file in found.intake.files] == ["a.parquet", "b.parquet"]


def test_every_file_is_named_with_its_size_and_digest(tmp_path: Path) -> None:
    text = HEADER + "A,7,1\n"

    found = count(write(tmp_path / "rows.csv", text), replace(PLAN, source=Source(paths=("here/rows.csv",))))

    expected = SourceFile(name="here/rows.csv", size_bytes=25, sha256=hashlib.sha256(text.encode()).hexdigest())
    assert found.intake.files == (expected,)


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_in_memory_are_counted_and_have_no_files(frame: type) -> None:
    found = count(frame({"race": ["A", None], "score": [7.0, 2.0], "outcome": [1, None]}), PLAN)

    assert found.cells.attributes[0].levels == ("A", "not recorded")
    assert found.cells.fine.outcome.tolist() == [YES, ABSENT]
    assert found.intake.files == ()


def test_labels_of_other_types_become_text() -> None:
    table = pa.table({"race": [1.0, 2.5, float("nan")], "score": [7, 7, 7], "outcome": ["TRUE", "F", "1.0"]})

    found = count(table, PLAN).cells

    assert found.attributes[0].levels == ("1", "2.5", "not recorded")
    assert found.fine.outcome.tolist() == [YES, NO, YES]


def test_repeated_rows_are_warned_of_where_rows_can_be_told_apart(tmp_path: Path) -> None:
    rows = "case,race,score,outcome\n1,A,7,1\n1,A,7,1\n1,A,7,1\n2,A,7,1\n2,A,7,1\n3,A,7,1\n"

    found = count(write(tmp_path / "rows.csv", rows), PLAN)

    assert found.intake.rows == 6
    assert found.intake.warnings == ("3 rows repeat another row in every column; if a decision was recorded twice, remove the repetition",)


def test_of_many_rows_only_the_first_are_searched_for_repetitions_and_that_is_said(tmp_path: Path) -> None:
    rows = "case,race,score,outcome\n" + "1,A,7,1\n" * 2 + "2,A,7,1\n" * 5

    found = count(write(tmp_path / "rows.csv", rows), PLAN, limits=Limits(duplicate_rows=6, duplicate_sample=3))

    assert found.intake.warnings == (
        "1 row among the first 3 repeats another row in every column; if a decision was recorded twice, remove the repetition",
    )


def test_rows_that_hold_nothing_to_tell_them_apart_are_not_warned_of(tmp_path: Path) -> None:
    found = count(write(tmp_path / "rows.csv", HEADER + "A,7,1\nA,7,1\n"), PLAN)

    assert found.intake.warnings == ()


def test_progress_goes_up_to_nine_tenths_or_more(tmp_path: Path) -> None:
    seen: list[float] = []

    count(write(tmp_path / "rows.csv", "person,race,score,outcome\n1,A,7,1\n"), PERSONS, progress=seen.append)

    assert seen == sorted(seen)
    assert seen[-1] >= 0.9


def test_what_does_not_fit_in_memory_or_on_disk_is_said(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    table = pa.table({"race": ["A"] * 300_000, "score": np.linspace(1, 10, 300_000), "outcome": [1] * 300_000, "case": range(300_000)})

    with pytest.raises(Unavailable) as refused:
        count(table.to_reader(), PLAN, limits=Limits(memory_mb=1, spill_folder=str(spill)))

    assert str(refused.value) == (
        "counting needs more memory or more room in the temporary folder than it may use; "
        "free some disk space or point TMPDIR at a larger disk, or audit fewer or coarser groups"
    )
    assert list(spill.iterdir()) == []


def test_counting_a_file_imports_no_data_frame_library(tmp_path: Path) -> None:
    write(tmp_path / "rows.csv", HEADER + "A,7,1\n")
    script = (
        "import sys; from decisions import PLAN; from habeas.engines import count; "
        f"count(({str(tmp_path / 'rows.csv')!r},), PLAN); print(sorted({{'pandas', 'pyarrow', 'polars'}} & set(sys.modules)))"
    )

    shown = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=True
    )

    assert (shown.stdout, shown.stderr) == ("[]\n", "")


def test_levels_that_differ_only_in_spelling_are_warned_of(tmp_path: Path) -> None:
    plan = replace(PLAN, strata=("force",))
    rows = "race,force,score,outcome\nWhite,North,7,1\nwhite,NORTH,7,1\nBlack,South,7,0\nUnknown,South,3,0\n"

    found = count(write(tmp_path / "rows.csv", rows), plan)

    different = "They are counted as different groups: mend the data, or the comparison splits people who are alike"
    assert found.intake.warnings == (
        f"race has levels that differ only in spelling: White and white. {different}",
        f"force has levels that differ only in spelling: NORTH and North. {different}",
    )
