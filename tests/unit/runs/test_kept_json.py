"""Kept JSON is read with its digest, and refused in words where it is something else."""

import hashlib
from pathlib import Path

import pytest

from habeas.errors import BadData, BadInput, NotFound
from habeas.runs.kept_json import read_kept, read_report


def read(path: Path) -> object:
    return read_kept(path, what="a list of hats", how="make one", kind=BadInput)


def test_a_document_comes_with_the_digest_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "hats.json"
    path.write_bytes(b'{"hats": 2}\n')

    assert read(path) == ({"hats": 2}, hashlib.sha256(b'{"hats": 2}\n').hexdigest())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{hats}", "it can't be read as JSON"),
        (b"\xff", "it can't be read as JSON"),
        (b"[" * 100_000, "it can't be read as JSON"),
        (b"[2]", "it holds something else"),
    ],
)
def test_anything_but_a_json_object_is_refused_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "hats.json"
    path.write_bytes(content)

    with pytest.raises(BadInput) as refused:
        read(path)

    assert str(refused.value) == f"expected a list of hats at {path}; {said}: make one"


def test_a_file_that_is_not_there_is_told_apart_from_one_that_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"expected a list of hats at .*; there is none: make one"):
        read(tmp_path / "none.json")


def test_a_report_that_is_none_is_bad_data(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"2")

    with pytest.raises(BadData, match=r"expected a report\.json at .*: habeas audit PLAN --out DIR writes one"):
        read_report(path)
