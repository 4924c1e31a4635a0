from __future__ import annotations

from pathlib import Path

import pytest

from decisions import write
from habeas.engines.sources import Format, find


def test_a_file_keeps_the_name_that_the_plan_gives_it(tmp_path: Path) -> None:
    paths = write(tmp_path / "deep" / "rows.csv", "x")

    assert [file.name for file in find(paths, known_as=["../deep/rows.csv"])] == ["../deep/rows.csv"]
    assert [file.name for file in find(paths, known_as=[])] == ["rows.csv"]


def test_a_pattern_names_files_from_where_it_branches(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        write(tmp_path / year / "part.csv", "x")

    found = find([str(tmp_path / "*" / "part.csv")], known_as=["*/part.csv"])

    assert [file.name for file in found] == ["2023/part.csv", "2024/part.csv"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "rows.csv", "x")

    found = find([str(tmp_path / "rows.csv"), str(tmp_path / "*.csv"), str(tmp_path)], known_as=[])

    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "kind", "packed"),
    [
        ("a.CSV", Format.CSV, False),
        ("a.tsv", Format.CSV, False),
        ("a.csv.gz", Format.CSV, True),
        ("a.tsv.zst", Format.CSV, True),
        ("a.parquet", Format.PARQUET, False),
        ("a.pq", Format.PARQUET, False),
    ],
)
def test_the_end_of_a_name_tells_the_format(name: str, kind: Format, packed: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a table of cases
    (file,) = find(write(tmp_path / name, "x"), known_as=[])

    assert (file.format, file.packed) == (kind, packed)
