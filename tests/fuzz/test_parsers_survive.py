"""A bounded run of coverage-guided fuzzing; `make fuzz` runs it for as long as you like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz.run import one
from fuzz.targets import TARGETS, Target
from habeas.errors import HabeasError, Malformed, NotFound

SECONDS = 2
Report = Callable[[str, object], None]


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_well_formed_is_taken_to_begin_with(name: str) -> None:
    # or mutations of it would reach nothing; random tiles give no root, and are never taken
    taken = [TARGETS[name](raw) for raw in TARGETS[name].beginnings()]

    assert any(taken) == (name != "tiles")


@pytest.mark.parametrize("name", TARGETS)
def test_arbitrary_bytes_give_the_right_error_and_break_no_promise(name: str, tmp_path: Path, record_property: Report) -> None:
    figures = one(name, seconds=SECONDS, findings=tmp_path, seed=1)
    record_property("fuzzing", figures)

    assert figures["finding"] == ""
    assert figures["tried"] > 100
    assert figures["places"] > 10


def test_another_error_than_the_right_one_is_a_finding() -> None:
    def wrong(_: bytes) -> None:
        raise NotFound("a family that this parser shouldn't raise")

    with pytest.raises(HabeasError):
        Target(read=wrong, beginnings=list, refuses=(Malformed,))(b"")


def test_a_parser_that_is_wrong_is_found_out_with_the_bytes_that_show_it(tmp_path: Path) -> None:
    figures = one("faulty", seconds=SECONDS, findings=tmp_path, seed=1)

    assert "KeyError" in str(figures["finding"])
    assert [file.name.partition("-crash-")[0] for file in tmp_path.iterdir()] == ["faulty"]
