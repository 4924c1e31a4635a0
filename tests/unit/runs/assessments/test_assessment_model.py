"""A file that isn't an assessment is refused with file, line and field; one that isn't complete is not."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from habeas.errors import BadDescription, NotFound
from habeas.rules.assessments.values import Blank
from habeas.runs.assessments.reading import parse_assessment, read_assessment
from habeas.runs.assessments.writing import write
from habeas.runs.schemas import schema
from screens.assessment_cases import BAN, HARM, book, drafted, filled

TEXT = write(drafted(measured=(HARM,)))


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def refusal(text: str) -> str:
    with pytest.raises(BadDescription) as refused:
        parse_assessment(text, name="a.yaml")
    return str(refused.value)


def test_an_unknown_field_is_refused_with_its_line_and_the_nearest_name() -> None:
    text = TEXT.replace("review_on:", "reviewed_on:")

    line = line_of(text, "reviewed_on:")
    assert f"a.yaml line {line}, reviewed_on: not a field of an assessment; did you mean review_on?" in refusal(text)


def test_an_unknown_field_deep_inside_is_refused_with_its_place() -> None:
    text = TEXT.replace("      - id: steps", "      - id: steps\n        anwser: x", 1)

    line = line_of(text, "anwser")
    assert f"a.yaml line {line}, sections[0].to_write[0].anwser: not a field of sections[0].to_write[0]; did you mean answer?" in refusal(
        text
    )


def test_every_fault_is_told_at_once() -> None:
    told = refusal(TEXT.replace("kind: fundamental-rights", "kind: fundamental").replace("stands: now", "stands: soon", 1))

    assert "kind: expected one of fundamental-rights, data-protection, equality" in told
    assert "stands: expected one of now, later, unclear" in told


def test_a_day_that_is_none_is_refused() -> None:
    text = TEXT.replace(f"review_on: {TEXT.split('review_on: ')[1]}", "review_on: next year\n")

    assert 'review_on: expected a day; got "next year": write year, month and day' in refusal(text)


def test_what_does_not_go_together_is_refused() -> None:
    assert "harm-9 is no harm under measured" in refusal(TEXT.replace("harms: [harm-1]", "harms: [harm-9]"))


def test_a_field_left_empty_is_missing_and_not_a_fault() -> None:
    text = TEXT.split("review_on: ")[0] + "review_on:\n"

    assert isinstance(parse_assessment(text, name="a.yaml").review_on, Blank)


def test_a_description_is_told_from_an_assessment() -> None:
    assert "habeas" in refusal("habeas: system/1\nname: x\n")


def test_a_file_that_is_not_there_says_how_to_draft_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"habeas assess init SYSTEM\.yaml --kind KIND --out ASSESSMENT\.yaml"):
        read_assessment(tmp_path / "none.yaml")


@pytest.mark.parametrize("text", [TEXT, write(filled(drafted(books=(book(BAN),))))])
def test_drafts_and_filled_ones_fit_the_schema(text: str) -> None:
    # a YAML reader of another make takes days for dates, JSON knows texts only
    quoted = re.sub(r": (\d{4}-\d\d-\d\d)$", r': "\1"', text, flags=re.MULTILINE)

    jsonschema.Draft202012Validator(schema("assessment")).validate(YAML(typ="safe", pure=True).load(quoted))


def test_the_schema_explains_every_field() -> None:
    whole = schema("assessment")
    for part in [whole, *(part for part in whole["$defs"].values() if part["type"] == "object")]:
        assert part["additionalProperties"] is False
        assert all(field["description"].endswith(".") and field["examples"] for field in part["properties"].values())
