"""A blank stays a blank until somebody writes something."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic_core import PydanticCustomError

from habeas.rules.assessments.values import Blank
from habeas.runs.assessments.written_text import NOTHING, as_text, day_written, written
from habeas.runs.yaml_text.written import Written


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("REPLACE: who signs", Blank(ask="who signs")),
        ("  REPLACE:who signs ", Blank(ask="who signs")),
        ("REPLACE:", NOTHING),
        ("", NOTHING),
        (" \n", NOTHING),
        (None, NOTHING),
        ("The chief.", "The chief."),
        ("We replaced it. REPLACE: no", "We replaced it. REPLACE: no"),
        (Written("12", 12.0), "12"),
    ],
)
def test_text_is_taken_as_written_or_as_still_missing(value: object, read: object) -> None:
    assert written(value) == read


@pytest.mark.parametrize(
    ("value", "read"), [("2027-03-01", date(2027, 3, 1)), (None, NOTHING), ("REPLACE: a day", Blank(ask="a day")), (NOTHING, NOTHING)]
)
def test_a_day_is_read_or_still_missing(value: object, read: object) -> None:
    assert day_written(value) == read


@pytest.mark.parametrize("value", ["soon", "2027-02-30", "1 March 2027"])
def test_what_is_no_day_is_refused(value: str) -> None:
    with pytest.raises(PydanticCustomError):
        day_written(value)


def test_a_blank_is_written_so_that_it_is_read_back() -> None:
    assert as_text(Blank(ask="who signs")) == "REPLACE: who signs"
    assert written(as_text(Blank(ask="who signs"))) == Blank(ask="who signs")
