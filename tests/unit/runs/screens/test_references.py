from __future__ import annotations

import re

import pytest

from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.screens.references import ANSWERS, CONDITIONS, description_reference_markdown, rulebook_reference_markdown
from screens.assessment_cases import book, rule

DESCRIPTION = "habeas: system/1\nname: n\nversion: v\noperator: o\nabout: a\nanswers:\n  "


def written(table: str) -> list[str]:
    """What stands between backticks in the column of a table that shows how a line is written."""
    return [found for found in re.findall(r"`([a-z_]+: [^`]+)`", table) if not found.startswith("habeas")]


@pytest.mark.parametrize("line", written(ANSWERS))
def test_an_answer_is_written_as_the_page_says(line: str) -> None:
    assert library.parse_description(DESCRIPTION + line + "\n", name="the page").answers


@pytest.mark.parametrize("line", written(CONDITIONS))
def test_a_condition_is_written_as_the_page_says(line: str) -> None:
    assert book(rule("A-1", when=f"{{{line}}}")).rules[0].when


def test_every_field_of_both_files_stands_on_its_page() -> None:
    assert set(RulebookFile.model_fields) <= set(re.findall(r"^\| `(\w+)` \|", rulebook_reference_markdown(), re.MULTILINE))
    assert "| `answers` | yes |" in description_reference_markdown()
