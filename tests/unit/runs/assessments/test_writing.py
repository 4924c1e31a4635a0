"""What is written can be read back, by people too."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from habeas.rules.assessments.values import Blank, Kind
from habeas.runs.assessments.reading import parse_assessment
from habeas.runs.assessments.writing import WIDTH, write
from screens.assessment_cases import BAN, FAMILY, HARM, OPEN_BAN, book, drafted, filled


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_and_a_filled_one_are_read_back_as_they_were(kind: Kind) -> None:
    draft = drafted(kind, families=(FAMILY,), measured=(HARM,))

    assert parse_assessment(write(draft), name="a.yaml") == draft
    assert parse_assessment(write(filled(draft)), name="a.yaml") == filled(draft)


@pytest.mark.parametrize(
    "answer",
    [
        "One line.\nAnother line.",
        "two  blanks " * 20,
        'quotes " and \\ and # and : and - ' * 8,
        "- " + "word " * 40,
        "x" * 300,
        "long-hyphenated-words-everywhere " * 12,
        "no-break\u00a0space " * 20 + "end",
        "أُبقي على القرار " * 20,
        "\u202e" + "words that turn around " * 10,
        "yes: [no, {a: b}]",
        "---",
        "2027-01-01",
        "REPLACED: yes",
    ],
)
def test_any_text_is_read_back_as_it_was(answer: str) -> None:
    assert changed_and_read(answer) == answer.strip()


def changed_and_read(answer: str) -> object:
    assessment = filled(drafted())
    first = assessment.sections[0]
    question = dataclasses.replace(first.to_write[0], answer=answer)
    changed = dataclasses.replace(assessment, sections=(dataclasses.replace(first, to_write=(question,)), *assessment.sections[1:]))
    return parse_assessment(write(changed), name="a.yaml").sections[0].to_write[0].answer


def test_long_texts_are_folded_so_that_people_can_mend_them() -> None:
    assert max(len(line) for line in write(drafted(measured=(HARM,))).splitlines()) <= WIDTH


def test_a_prohibition_opens_the_file() -> None:
    lines = write(drafted(books=(book(BAN),))).splitlines()
    fields = [line for line in lines if line[0] not in "# "]

    assert lines[0] == "# PROHIBITED: a rulebook prohibits this system. An assessment can't lift a prohibition."
    assert fields[:4] == ["habeas: assessment/1", "kind: fundamental-rights", "prohibitions:", "system:"]


def test_an_open_prohibition_opens_the_file_too() -> None:
    assert write(drafted(books=(book(OPEN_BAN),))).startswith("# BLOCKED: whether this system is prohibited hangs on evidence")


@pytest.mark.parametrize(
    ("kind", "note"), [(Kind.DATA_PROTECTION, "# The headings are from memory"), (Kind.EQUALITY, "is from memory. Check them")]
)
def test_the_file_says_how_far_its_headings_were_checked(kind: Kind, note: str) -> None:
    assert note in write(drafted(kind))


def test_every_blank_is_marked_as_such() -> None:
    draft = drafted()

    assert write(draft).count("REPLACE: ") == count(draft)
    assert "REPLACE: " not in write(filled(draft))


def count(value: Any) -> int:
    if isinstance(value, Blank):
        return 1
    if isinstance(value, tuple):
        return sum(count(item) for item in value)
    return sum(count(getattr(value, field.name)) for field in dataclasses.fields(value)) if dataclasses.is_dataclass(value) else 0
