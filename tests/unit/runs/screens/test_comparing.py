from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import BadInput, NotFound
from habeas.runs.screens.comparing import compare_files


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        compare_files(tmp_path / "a.json", tmp_path / "b.json")

    assert str(refused.value) == f"expected a kept verdict at {tmp_path}/a.json; there is none: habeas screen SYSTEM --out FILE writes one"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "it can't be read as JSON"),
        (b"\xff", "it can't be read as JSON"),
        (b"[]", "it holds something else"),
        (b'{"a": 1, "a": 2}', "it can't be read as JSON"),
    ],
)
def test_a_file_that_holds_no_verdict_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.json").write_bytes(content)

    with pytest.raises(BadInput) as refused:
        compare_files(tmp_path / "a.json", tmp_path / "a.json")

    assert str(refused.value) == f"expected a kept verdict at {tmp_path}/a.json; {said}: habeas screen SYSTEM --out FILE writes one"
