from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from habeas.errors import BadData, NotFound
from habeas.runs.drafting.facts import ColumnFacts, DataFacts
from habeas.runs.inspect_data import inspect_data


def test_columns_are_told_in_summary(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("id,score,race,empty\n7,0.5, White ,\n8,0.25,Black,\n9,1,White,\n", encoding="utf-8")

    facts = inspect_data(path)

    assert facts == DataFacts(
        name="decisions.csv",
        rows=3,
        columns=(
            ColumnFacts(name="id", distinct=3, levels=("7", "8", "9"), numeric=True, whole=True, minimum=7, maximum=9),
            ColumnFacts(name="score", distinct=3, levels=("0.25", "0.5", "1"), numeric=True, minimum=0.25, maximum=1),
            ColumnFacts(name="race", distinct=2, levels=("White", "Black")),
            ColumnFacts(name="empty", distinct=0, levels=("",)),
        ),
    )


def test_a_table_of_counts_weighs_its_levels(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("sex,n\nMale,1\nMale,1\nFemale,40\n", encoding="utf-8")

    facts = inspect_data(path)

    assert facts.count == "n"
    assert facts.columns[0].levels == ("Female", "Male")


def test_parquet_is_read_like_csv(tmp_path: Path) -> None:
    duckdb.sql(f"COPY (SELECT 1.0::DOUBLE AS score, true AS outcome, 'a' AS race) TO '{tmp_path}/decisions.parquet'")

    facts = inspect_data(tmp_path / "decisions.parquet")

    assert [(column.name, column.levels) for column in facts.columns] == [("score", ("1",)), ("outcome", ("true",)), ("race", ("a",))]
    assert facts.columns[1].yes_or_no


def test_a_folder_is_read_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "years"
    folder.mkdir()
    for year in ("2019", "2020"):
        (folder / f"{year}.csv").write_text(f"year\n{year}\n", encoding="utf-8")

    facts = inspect_data(folder)

    assert (facts.name, facts.rows, facts.columns[0].distinct) == ("years", 2, 2)


def test_the_folder_one_stands_in_is_called_by_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "decisions.csv").write_text("a\n1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert inspect_data(Path()).name == "."


def test_infinite_and_missing_numbers_are_text(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("score\n1\ninf\n", encoding="utf-8")

    assert not inspect_data(path).columns[0].numeric


def test_missing_data_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        inspect_data(tmp_path / "decisions.csv")

    assert str(refused.value) == "data: no file or folder decisions.csv; check the path, which counts from the folder you are in"


def test_a_pattern_that_matches_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        inspect_data(tmp_path / "2024-*.csv")

    assert str(refused.value) == "data: no file matches 2024-*.csv; check the pattern, which counts from the folder you are in"


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("race,score\n", encoding="utf-8")

    with pytest.raises(BadData) as refused:
        inspect_data(path)

    assert (
        str(refused.value) == "data: decisions.csv holds a header and no rows; expected at least one row: check that it was exported whole"
    )


def test_ragged_rows_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("race,score\nWhite,1\nBlack,2,3\n", encoding="utf-8")

    with pytest.raises(BadData, match=r"decisions\.csv, line 3: expected 2 columns"):
        inspect_data(path)
