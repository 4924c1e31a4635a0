"""Each thing that can be wrong with data has its own message: what was expected, what came, where, and what to do."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decisions import HEADER, PLAN, write
from habeas.audit.plan import Columns, Plan, Population, Source, YesNo
from habeas.engines import count
from habeas.errors import BadData, BadInput, HabeasError, NotFound

COUNTS = replace(PLAN, source=Source(count="n"))
PERSONS = replace(PLAN, columns=replace(PLAN.columns, person="person"))
WEIGHTS = replace(PLAN, columns=replace(PLAN.columns, weight="weight"))
ADVICE = replace(PLAN, columns=Columns(recommendation="advice", outcome="outcome"), score=None, thresholds=())
LABELS = replace(PLAN, outcome_labels=YesNo(yes=("charged",), no=("not charged",)))
SOME = replace(PLAN, population=Population(description="some", where=(("race", ("Black", "White")),)))
MEND = "mend the data, or drop these rows before auditing"
SAY_WHAT = "say what they mean, e.g. labels: {outcome: {yes: [...], no: [...]}}, or list labels that mean nothing under unrecorded"
A_SCORE = "data: expected a score from 1 to 10 in column 'score' of every row; "
A_COUNT = "data: expected a count (0, 1, 2, ...) in column 'n' of every row; "
A_WEIGHT = "data: expected a weight from 0.000001 to 1000000 in column 'weight' of every row; "
OF_COUNTS = "mend them; a count says how many rows a row stands for"
RAGGED = ": mend the line, and put quotes around values that hold the separator"
ENDINGS = ".parquet, .pq, .csv, .csv.gz, .csv.zst, .tsv, .tsv.gz, .tsv.zst"

WRONG_TEXT: dict[str, tuple[Plan, str, str]] = {
    "no header": (PLAN, "\n\n", "data: rows.csv has no header; expected the names of the columns on its first line"),
    "no rows": (PLAN, HEADER, "data: rows.csv has no rows; expected at least one row to audit: check that it was exported whole"),
    "counts that are all 0": (
        COUNTS,
        "race,score,outcome,n\nA,5,1,0\n",
        "data: rows.csv counts nobody; expected at least one row to audit: check that it was exported whole",
    ),
    "an empty population": (
        SOME,
        HEADER + "A,5,1\nB,5,1\n",
        "population: none of the 2 rows of rows.csv belongs to it; expected at least one: check the columns and allowed values under where",
    ),
    "a misspelt column": (PLAN, "race,scor,outcome\nA,5,1\n", "columns: score: no column 'score' in rows.csv; did you mean 'scor'?"),
    "a column in capitals": (PLAN, "race,SCORE,outcome\nA,5,1\n", "columns: score: no column 'score' in rows.csv; did you mean 'SCORE'?"),
    "a missing column": (PLAN, "race,x,outcome\nA,5,1\n", "columns: score: no column 'score' in rows.csv; it has 'race', 'x', 'outcome'"),
    "a missing group": (PLAN, "score,outcome\n5,1\n", "groups: no column 'race' in rows.csv; it has 'score', 'outcome'"),
    "a column named twice": (
        PLAN,
        "race,race,score,outcome\nA,A,5,1\n",
        "data: rows.csv names 'race' more than once; expected each column once: rename or drop the repetition",
    ),
    "a score that is text": (
        PLAN,
        HEADER + 'A,5,1\n"A\nB",high,1\nA,low,0\n',
        A_SCORE + f"2 rows with text that is no number (first: line 4 of rows.csv): {MEND}",
    ),
    "a missing score": (PLAN, HEADER + "A,5,1\n\nA, ,1\n", A_SCORE + f"1 row without one (first: line 4 of rows.csv): {MEND}"),
    "a score that is NaN": (
        PLAN,
        HEADER + "A,nan,1\n",
        A_SCORE + f"1 row with NaN (not a number) (first: line 2 of rows.csv): {MEND}",
    ),
    "an infinite score": (
        PLAN,
        HEADER + "A,5,1\nA,inf,1\nA,-inf,1\n",
        A_SCORE + f"2 rows with an infinite one (first: line 3 of rows.csv): {MEND}",
    ),
    "scores outside the range": (
        PLAN,
        HEADER + "A,10,1\nA,0.99,1\nA,10.5,1\n",
        A_SCORE + f"2 rows outside that range (first: line 3 of rows.csv): {MEND}",
    ),
    "every kind of bad score": (
        PLAN,
        HEADER + "A,10,1\nA,,1\nA,high,1\nA,nan,1\nA,inf,1\nA,11,1\n",
        A_SCORE + "1 row without one, 1 row with text that is no number, 1 row with NaN (not a number), 1 row with an infinite one, "
        f"1 row outside that range (first: line 3 of rows.csv): {MEND}",
    ),
    "an outcome that is neither yes nor no": (
        PLAN,
        HEADER + "A,5,1\n" + "A,5,maybe\nA,5,never\n" * 10 + "A,5,perhaps\n" * 9 + "A,5,later\nA,5,soon\n" * 11,
        (
            "data: expected 0/1, true/false or yes/no in column 'outcome'; 51 rows hold something else, 5 different values, "
            f"such as 'later', 'maybe', 'never' (first: line 3 of rows.csv): {SAY_WHAT}"
        ),
    ),
    "an outcome of one label that many rows share": (
        PLAN,
        HEADER + "A,5,1\n" + "A,5,maybe\n" * 10,
        (
            "data: expected 0/1, true/false or yes/no in column 'outcome'; 10 rows hold something else, such as 'maybe' "
            f"(first: line 3 of rows.csv): {SAY_WHAT}"
        ),
    ),
    "an outcome that names people": (
        PLAN,
        HEADER + "".join(f"A,5,P{i:05}\n" for i in range(15)),
        (
            "data: expected 0/1, true/false or yes/no in column 'outcome'; 15 rows hold something else, 15 different values "
            f"(first: line 2 of rows.csv): {SAY_WHAT}"
        ),
    ),
    "an outcome that names many people, each often": (
        PLAN,
        HEADER + "".join(f"A,5,P{i:05}\n" for i in range(21)) * 10,
        (
            "data: expected 0/1, true/false or yes/no in column 'outcome'; 210 rows hold something else, 21 different values "
            f"(first: line 2 of rows.csv): {SAY_WHAT}"
        ),
    ),
    "an outcome that may be personal": (
        PLAN,
        HEADER + "A,5,1\nA,5,Jane Smith (born 1990)\n",
        f"data: expected 0/1, true/false or yes/no in column 'outcome'; 1 row holds something else (first: line 3 of rows.csv): {SAY_WHAT}",
    ),
    "an outcome that was not declared": (
        LABELS,
        HEADER + "A,5,charged\nA,5,not charged\n" + "A,5,Charged\n" * 10,
        (
            "data: expected one of the declared labels in column 'outcome'; 10 rows hold something else, such as 'Charged' "
            f"(first: line 4 of rows.csv): {SAY_WHAT}"
        ),
    ),
    "a bad recommendation": (
        ADVICE,
        "race,advice,outcome\nA,yes,1\nA,,1\nA,detain,1\n",
        (
            "data: expected a recommendation (0/1, true/false or yes/no) in column 'advice' of every row; "
            f"1 row without one, 1 row with another label (first: line 3 of rows.csv): {MEND}"
        ),
    ),
    "negative counts": (
        COUNTS,
        "race,score,outcome,n\nA,5,1,3\nA,6,1,-3\n",
        A_COUNT + f"1 row with a negative one (first: line 3 of rows.csv): {OF_COUNTS}",
    ),
    "fractions of people": (
        COUNTS,
        "race,score,outcome,n\nA,5,1,2.5\nA,6,1,3\n",
        A_COUNT + f"1 row with a fraction (first: line 2 of rows.csv): {OF_COUNTS}",
    ),
    "counts that are none": (
        COUNTS,
        "race,score,outcome,n\nA,5,1,many\nA,6,1,\nA,7,1,1e300\nA,8,1,nan\n",
        A_COUNT + "1 row without one, 1 row with text that is no number, 1 row with NaN (not a number), 1 row with one beyond 2^53 "
        f"(first: line 2 of rows.csv): {OF_COUNTS}",
    ),
    "a bad count outside the population": (
        replace(SOME, source=Source(count="n")),
        "race,score,outcome,n\nWhite,5,1,3\nA,6,1,-3\n",
        A_COUNT + f"1 row with a negative one (first: line 3 of rows.csv): {OF_COUNTS}",
    ),
    "overlapping counts": (
        COUNTS,
        "race,score,outcome,n\nA,5,1,3\nA,6,1,3\nA,5,1,4\n",
        (
            "data: expected one row per combination in rows.csv; 1 row repeats another in all columns but 'n', "
            "so that people may be counted twice: add up such rows, or keep the column that tells them apart"
        ),
    ),
    "bad weights": (
        WEIGHTS,
        "weight,race,score,outcome\n2,A,5,1\n0,A,5,1\n-1,A,5,1\nheavy,A,5,1\ninf,A,5,1\n,A,5,1\n1e7,A,5,1\n",
        A_WEIGHT + "1 row without one, 1 row with text that is no number, 1 row with an infinite one, 3 rows outside that range "
        f"(first: line 3 of rows.csv): {MEND}",
    ),
    "weights too large to add up": (
        WEIGHTS,
        "weight,race,score,outcome\n" + "1e6,A,5,1\n" * 10,
        "weights: their sum doesn't fit 64 bits; expected weights of about 1: divide all of them by their mean",
    ),
    "a row without a person": (
        PERSONS,
        "person,race,score,outcome\np1,A,5,1\n ,A,5,1\n",
        f"data: expected a person's id in column 'person' of every row; 1 row without one (first: line 3 of rows.csv): {MEND}",
    ),
    "10,000 group levels": (
        PLAN,
        HEADER + "".join(f"L{i},5,1\n" for i in range(10_000)),
        (
            "groups: column 'race' has more than 1,000 different labels, so it looks like an identifier; "
            "expected a column of groups: join its labels into fewer, or name another column"
        ),
    ),
    "10,000 group levels far down": (
        PLAN,
        HEADER + "A,5,1\n" * 40_000 + "".join(f"L{i},5,1\n" for i in range(10_000)),
        (
            "groups: column 'race' has more than 1,000 different labels, so it looks like an identifier; "
            "expected a column of groups: join its labels into fewer, or name another column"
        ),
    ),
    "a ragged row": (
        PLAN,
        HEADER + "A,5,1\nA,5\n",
        "data: rows.csv, line 3: expected 3 columns as in the header; got 2" + RAGGED,
    ),
    "a row with too much": (
        PLAN,
        HEADER + "A,5,1,7\n",
        "data: rows.csv, line 2: expected 3 columns as in the header; got 4" + RAGGED,
    ),
    "an open quote": (
        PLAN,
        HEADER + 'A,5,1\nA,5,"1',
        "data: rows.csv, line 3: a quoted value isn't closed, or text follows its closing quote: mend the quotes",
    ),
    "two kinds of line end": (
        PLAN,
        HEADER + "A,5,1\r\nB,5,1\n",
        "data: rows.csv, line 2, ends otherwise than line 1 (LF or CR LF); save it with one kind of line end",
    ),
}

WRONG_BYTES: dict[str, tuple[str, bytes, str]] = {
    "an empty file": ("rows.csv", b"", "data: rows.csv is empty; expected a header and at least one row"),
    "Latin-1": ("rows.csv", (HEADER + "A,5,1\nÆ,5,1\n").encode("latin-1"), "data: rows.csv, line 3, isn't UTF-8; save it again as UTF-8"),
    "Latin-1 in a column that the plan doesn't name": (
        "rows.csv",
        "race,score,outcome,name\nA,5,1,x\nB,5,1,é\n".encode("latin-1"),
        "data: rows.csv, line 3, isn't UTF-8; save it again as UTF-8",
    ),
    "Latin-1, compressed": (
        "rows.csv.gz",
        gzip.compress((HEADER + "A,5,1\nÆ,5,1\n").encode("latin-1")),
        "data: rows.csv.gz, line 3, isn't UTF-8; save it again as UTF-8",
    ),
    "UTF-16": (
        "rows.csv",
        HEADER.encode("utf-16"),
        "data: rows.csv, line 1, holds NUL bytes, so it isn't text in UTF-8; save it again as UTF-8",
    ),
    "NUL bytes": (
        "rows.csv",
        (HEADER + "A\0,5,1\n").encode(),
        "data: rows.csv, line 2, holds NUL bytes, so it isn't text in UTF-8; save it again as UTF-8",
    ),
    "a damaged archive": (
        "rows.csv.gz",
        gzip.compress((HEADER + "A,5,1\n" * 1000).encode())[:40],
        "data: rows.csv.gz can't be unpacked; it may be cut short or damaged: fetch it again",
    ),
    "a Parquet file that is none": (
        "rows.parquet",
        b"PAR1 nothing of the kind PAR1",
        "data: rows.parquet can't be read as Parquet; it may be damaged or of another kind: fetch or export it again",
    ),
    "a spreadsheet by another name": (
        "rows.csv",
        b"PK\x03\x04\x14\x00\x06\x00",
        "data: rows.csv looks like a spreadsheet (or a zip archive), whatever its name says; export it as CSV UTF-8",
    ),
    "an older spreadsheet by another name": (
        "rows.tsv",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
        "data: rows.tsv looks like a spreadsheet (or a zip archive), whatever its name says; export it as CSV UTF-8",
    ),
    "an unknown kind": (
        "rows.xlsx",
        b"PK",
        f"data: rows.xlsx is of no known kind; expected a file ending in {ENDINGS}: convert it to one of these",
    ),
}


def refusal(source: object, plan: Plan) -> HabeasError:
    with pytest.raises(HabeasError) as refused:
        count(source, plan)
    return refused.value


@pytest.mark.parametrize("wrong", WRONG_TEXT)
def test_rows_that_cannot_be_counted_are_refused_with_what_to_mend(wrong: str, tmp_path: Path) -> None:
    plan, text, message = WRONG_TEXT[wrong]

    error = refusal(write(tmp_path / "rows.csv", text), plan)

    assert str(error) == message
    assert isinstance(error, BadData)


@pytest.mark.parametrize("wrong", WRONG_BYTES)
def test_files_that_cannot_be_read_are_refused_with_what_to_mend(wrong: str, tmp_path: Path) -> None:
    name, content, message = WRONG_BYTES[wrong]

    error = refusal(write(tmp_path / name, content), PLAN)

    assert str(error) == message
    assert isinstance(error, BadData)


def test_parquet_damaged_in_the_middle_is_refused_by_name(tmp_path: Path) -> None:
    table = pa.table({"race": ["A", "B"] * 5000, "score": [float(i % 10 + 1) for i in range(10_000)], "outcome": [True, False] * 5000})
    for name in ("a.parquet", "b.parquet"):
        pq.write_table(table, tmp_path / name, compression="zstd")
    damaged = bytearray((tmp_path / "b.parquet").read_bytes())
    damaged[4:200] = b"\xff" * 196
    (tmp_path / "b.parquet").write_bytes(bytes(damaged))

    error = refusal((str(tmp_path / "a.parquet"), str(tmp_path / "b.parquet")), PLAN)

    assert str(error) == "data: b.parquet can't be read as Parquet; it may be damaged or of another kind: fetch or export it again"


def test_the_row_of_a_bad_value_in_parquet_is_told(tmp_path: Path) -> None:
    pq.write_table(pa.table({"race": ["A", "B"], "score": [5.0, None], "outcome": [1, 0]}), tmp_path / "rows.parquet")

    error = refusal((str(tmp_path / "rows.parquet"),), PLAN)

    assert str(error) == A_SCORE + f"1 row without one (first: row 2 of rows.parquet): {MEND}"


def test_the_row_of_a_bad_value_in_memory_is_told() -> None:
    error = refusal(pa.table({"race": ["A", "B"], "score": [11, 5], "outcome": [1, 0]}), PLAN)

    assert str(error) == A_SCORE + f"1 row outside that range (first: row 1): {MEND}"


def test_the_file_of_a_bad_value_among_many_is_told(tmp_path: Path) -> None:
    write(tmp_path / "forces" / "a.csv", HEADER + "A,5,1\n")
    write(tmp_path / "forces" / "b.csv", HEADER + "A,5,1\nA,12,1\n")

    error = refusal((str(tmp_path / "forces"),), PLAN)

    assert str(error) == A_SCORE + f"1 row outside that range (first: line 3 of forces/b.csv): {MEND}"


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    error = refusal((str(tmp_path / "none.csv"),), PLAN)

    assert str(error) == "data: no file or folder none.csv; check the path, which counts from where the plan lies"
    assert isinstance(error, NotFound)


def test_a_pattern_that_matches_nothing_is_not_found(tmp_path: Path) -> None:
    error = refusal((str(tmp_path / "2024-*.csv"),), PLAN)

    assert str(error) == "data: no file matches 2024-*.csv; check the pattern, which counts from where the plan lies"
    assert isinstance(error, NotFound)


def test_a_folder_without_data_files_is_not_found(tmp_path: Path) -> None:
    write(tmp_path / "forces" / "readme.txt", "later")

    error = refusal((str(tmp_path / "forces"),), PLAN)

    assert str(error) == f"data: the folder forces holds no data files; expected files ending in {ENDINGS}"
    assert isinstance(error, NotFound)


def test_a_folder_of_files_with_different_columns_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "forces" / "a.csv", HEADER + "A,5,1\n")
    write(tmp_path / "forces" / "b.csv", "race,score,result\nA,5,1\n")

    error = refusal((str(tmp_path / "forces"),), PLAN)

    assert str(error) == (
        "data: expected files with the same columns; forces/b.csv lacks 'outcome' and forces/a.csv lacks 'result': "
        "mend or leave out one of them"
    )


def test_a_folder_of_parquet_files_with_different_columns_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"race": ["A"], "score": [5], "outcome": [1]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"race": ["A"], "score": [5]}), tmp_path / "b.parquet")

    error = refusal((str(tmp_path / "*.parquet"),), PLAN)

    assert str(error) == "data: expected files with the same columns; b.parquet lacks 'outcome': mend or leave out one of them"


def test_csv_and_parquet_together_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", HEADER + "A,5,1\n")
    pq.write_table(pa.table({"race": ["A"], "score": [5], "outcome": [1]}), tmp_path / "b.parquet")

    error = refusal((str(tmp_path),), replace(PLAN, source=Source(paths=("data",))))

    assert (
        str(error) == "data: expected files of one format; got CSV (data/a.csv) and Parquet (data/b.parquet): keep one, or convert the rest"
    )


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.engines.sources.access", lambda _path, _mode: False)  # root may read everything

    error = refusal(write(tmp_path / "rows.csv", HEADER + "A,5,1\n"), PLAN)

    assert str(error) == "data: rows.csv may not be read; give yourself permission to read it"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("forces", "forces"),
        ("forces/*.csv", "the folder of *.csv"),
        ("forces/*/rows.csv", "the folder of rows.csv"),
    ],
)
def test_a_closed_folder_is_not_called_empty(source: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "forces" / "north" / "rows.csv", HEADER + "A,5,1\n")
    monkeypatch.setattr("habeas.engines.sources.access", lambda _path, _mode: False)  # root may read everything

    error = refusal((str(tmp_path / source),), PLAN)

    assert str(error) == f"data: {told} may not be read; give yourself permission to read it"


@pytest.mark.parametrize(("source", "told"), [("forces", "forces/north"), ("forces/*/rows.csv", "the folder north of rows.csv")])
def test_a_closed_folder_among_open_ones_is_not_left_out(source: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for force in ("north", "south"):
        write(tmp_path / "forces" / force / "rows.csv", HEADER + "A,5,1\n")
    monkeypatch.setattr("habeas.engines.sources.access", lambda path, _mode: Path(path).name != "north")

    error = refusal((str(tmp_path / source),), PLAN)

    assert str(error) == f"data: {told} may not be read; give yourself permission to read it"


@pytest.mark.parametrize(("source", "told"), [("rows.csv", "rows.csv"), ("*.csv", "the folder of *.csv")])
def test_a_file_in_a_closed_folder_is_not_called_missing(source: str, told: str, tmp_path: Path) -> None:
    write(tmp_path / "forces" / "rows.csv", HEADER + "A,5,1\n")
    (tmp_path / "forces").chmod(0)
    if os.access(tmp_path / "forces", os.X_OK):
        pytest.skip("this user may read everything, so no folder can be closed to them")

    error = refusal((str(tmp_path / "forces" / source),), PLAN)

    (tmp_path / "forces").chmod(0o700)
    assert str(error) == f"data: {told} may not be read; give yourself permission to read it"


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "copy of a.csv"):
        write(tmp_path / "forces" / name, HEADER + ("A,5,1\n" if "a" in name else "B,5,1\n"))

    error = refusal((str(tmp_path / "forces"),), PLAN)

    assert str(error) == "data: forces/a.csv and forces/copy of a.csv hold the same bytes; every row would count twice: remove one"
    assert isinstance(error, BadData)


def test_months_without_rows_may_be_alike(tmp_path: Path) -> None:
    for month in ("01", "02"):
        write(tmp_path / f"{month}.csv", HEADER)
    write(tmp_path / "03.csv", HEADER + "A,5,1\n")

    assert count((str(tmp_path),), PLAN).intake.rows == 1


def test_repeated_columns_of_a_table_in_memory_are_refused() -> None:
    table = pa.Table.from_arrays(
        [pa.array(["A"]), pa.array(["B"]), pa.array([5]), pa.array([1])], names=["race", "race", "score", "outcome"]
    )

    error = refusal(table, PLAN)

    assert str(error) == "data: the table in memory names 'race' more than once; expected each column once: rename or drop the repetition"


@pytest.mark.parametrize("thing", [{"race": ["A"]}, 5, None, [1, 2]])
def test_what_is_no_table_is_refused(thing: object) -> None:
    error = refusal(thing, PLAN)

    assert str(error) == (
        f"data: expected paths, an Arrow table, or a pandas or polars frame; got {type(thing).__name__}: convert it to one of these"
    )
    assert isinstance(error, BadInput)


def test_no_message_repeats_the_words_of_the_database(tmp_path: Path) -> None:
    error = refusal(write(tmp_path / "rows.csv", HEADER + "A,5,1\nJane Smith,5\n"), PLAN)

    assert "Jane" not in str(error)
    assert "CSV Error" not in str(error)
