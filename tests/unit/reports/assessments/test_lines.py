"""What an assessment lacks, on a terminal."""

from __future__ import annotations

import dataclasses

import pytest

from habeas.reports.assessments.lines import as_text
from habeas.rules.assessments.completing import Missing, complete
from habeas.rules.assessments.values import Assessment, Kind
from screens.assessment_cases import BAN, FAMILY, OPEN_BAN, book, drafted, filled


def lines(assessment: Assessment, *, width: int = 80, compared: bool = True) -> str:
    return as_text(assessment, complete(assessment), width=width, compared=compared)


def test_what_is_missing_is_told_under_its_heading() -> None:
    text = lines(drafted())

    assert text.startswith("Fundamental-rights impact assessment: Visit planner, 2.1\n====")
    assert "INCOMPLETE: " in text
    assert "\nArt 27(1)(b): From when to when, and how often, will it be used? (2)\n  - period: The first and the last day" in text


def test_one_thing_is_told_as_one() -> None:
    assert "INCOMPLETE: 1 thing is missing." in lines(dataclasses.replace(filled(drafted()), signatures=()))


def test_the_parts_stand_in_the_order_of_the_file() -> None:
    text = lines(drafted(families=(FAMILY,)))

    parts = ["Art 27(1)(a)", "Art 27(1)(f)", "Art 27(3)", "Benefits claimed beside harms measured", "Who answers for it", "Review"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_what_changed_is_told_first() -> None:
    missing = (*complete(drafted()), Missing(section="system", item="digest", what="the description changed"))
    text = as_text(drafted(), missing, width=80, compared=True)

    assert text.index("The system (1)\n  - digest: the description changed") < text.index("Art 27(1)(a)")


def test_a_complete_one_says_so() -> None:
    text = lines(filled(drafted()))

    assert "COMPLETE: every heading is answered" in text
    assert "INCOMPLETE" not in text


def test_a_prohibition_is_told_before_completeness() -> None:
    text = lines(filled(drafted(books=(book(BAN),))))

    assert text.index("PROHIBITED. An assessment can't lift a prohibition") < text.index("\nEvery field is filled. The prohibition stands")
    assert "COMPLETE" not in text
    assert "- prohibited: made-up BAN, Title of BAN (law where the system is used)" in text


def test_an_open_prohibition_blocks() -> None:
    text = lines(filled(drafted(books=(book(OPEN_BAN),))))

    assert "BLOCKED. Whether a rule prohibits this system hangs on" in text
    assert "PROHIBITED" not in text


@pytest.mark.parametrize(("compared", "told"), [(True, False), (False, True)])
def test_that_nobody_compared_it_with_the_description_is_told(compared: bool, told: bool) -> None:  # noqa: FBT001 - a case
    assert ("Nobody compared it with the description" in lines(drafted(), compared=compared)) == told


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_the_terminal(kind: Kind, width: int) -> None:
    assert max(len(line) for line in lines(drafted(kind), width=width, compared=False).splitlines()) <= width


def test_headings_from_memory_are_told_as_such() -> None:
    assert "From memory: NOT checked against the law." in " ".join(lines(drafted(Kind.DATA_PROTECTION)).split())


def test_nothing_in_the_file_can_steer_the_terminal() -> None:
    hostile = dataclasses.replace(drafted().sections[0], id="own", article="\x1b[31m", question="\u202eq", known=(), duties=())

    assert "\x1b" not in lines(dataclasses.replace(drafted(), sections=(*drafted().sections, hostile)))
