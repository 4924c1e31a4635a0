from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from habeas.audit.result import AuditResult, Intake, SourceFile
from habeas.reports.documents.writing import to_bytes
from habeas.reports.json_report import document
from habeas.reports.result_schema import DESCRIPTIONS, result_reference_markdown, result_schema
from results import a_comparison, a_result, a_result_with_unrecorded_people, estimate

AT = datetime(2024, 2, 29, tzinfo=UTC)


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(result_schema(), format_checker=jsonschema.FormatChecker())


def as_read(result: AuditResult) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(to_bytes(document(result, at=AT)))
    return loaded


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(result_schema())

    assert result_schema()["$id"] == "habeas:audit-result/1"


@pytest.mark.parametrize(
    "result",
    [
        a_result(),
        a_result_with_unrecorded_people(),
        a_result(findings=(a_comparison(ratio=estimate(3.0, 1.2, inf, 20)),)),
        a_result(findings=(), exploratory=(), groups=(), caveats=()),
        a_result(cells_sha256=None, intake=Intake(rows=9, files=(SourceFile(name="a.csv", size_bytes=None, sha256=None),))),
    ],
)
def test_every_document_keeps_to_the_schema(result: AuditResult) -> None:
    validator().validate(as_read(result))


@pytest.mark.parametrize(
    "place", [(), ("plan",), ("intake",), ("findings", 0), ("findings", 0, "group"), ("findings", 0, "difference"), ("withheld",)]
)
def test_an_unknown_field_is_refused_everywhere(place: tuple[str | int, ...]) -> None:
    found = as_read(a_result())
    inner: Any = found
    for step in place:
        inner = inner[step]
    inner["rank"] = 1

    assert not validator().is_valid(found)


def test_a_missing_field_and_a_wrong_word_are_refused() -> None:
    missing, misspelt, other = as_read(a_result()), as_read(a_result()), as_read(a_result())
    del missing["verdict"]
    misspelt["verdict"] = "innocent"
    other["habeas"] = "audit-result/2"

    assert [validator().is_valid(found) for found in (missing, misspelt, other)] == [False, False, False]


def test_null_is_allowed_only_where_something_may_be_absent_or_unbounded() -> None:
    unbounded, absent = as_read(a_result()), as_read(a_result())
    unbounded["findings"][0]["ratio"]["high"] = None
    absent["findings"][0]["ratio"]["value"] = None

    assert [validator().is_valid(found) for found in (unbounded, absent)] == [True, False]


def test_every_part_of_the_document_is_described() -> None:
    schema = result_schema()

    assert set(DESCRIPTIONS) == {field.name for field in dataclasses.fields(AuditResult)}
    assert [name for name, definition in schema["$defs"].items() if not definition["description"]] == []


def test_fields_are_described_in_the_words_of_their_class() -> None:
    comparison = result_schema()["$defs"]["Comparison"]["properties"]

    assert comparison["detectable"]["description"] == "the smallest difference that this sample would have shown with 80 % power"


def test_the_reference_page_says_the_same(repository: Path) -> None:
    page = repository / "docs" / "reference" / "audit-result.md"

    told = page.read_text(encoding="utf-8")

    recipe = "from habeas.reports.result_schema import result_reference_markdown as page; print(page(), end='')"
    assert told == result_reference_markdown(), f'the page is old; write it again: .venv/bin/python -c "{recipe}" > {page.name}'
