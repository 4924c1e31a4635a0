from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from habeas.runs.rulebooks import library
from habeas.runs.schemas import schema

DESCRIPTION = jsonschema.Draft202012Validator(schema("system-description"))
RULEBOOK = jsonschema.Draft202012Validator(schema("rulebook"))
BOOKS = sorted(library.BOOKS.glob("*.yaml"))


def loaded(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def as_habeas_reads_it(value: Any) -> Any:
    """Days as the text in which they are written; yes and no are text in YAML 1.2 already."""
    if isinstance(value, dict):
        return {name: as_habeas_reads_it(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_habeas_reads_it(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.stem)
def test_every_book_fits_the_schema(book: Path) -> None:
    assert [error.message for error in RULEBOOK.iter_errors(as_habeas_reads_it(loaded(book)))] == []


@pytest.mark.parametrize("name", ["patrol-forecast", "drafting-help", "live-face"])
def test_every_example_fits_the_schema(examples: Path, name: str) -> None:
    document = as_habeas_reads_it(loaded(examples / "screen" / f"{name}.yaml"))

    assert [error.message for error in DESCRIPTION.iter_errors(document)] == []


@pytest.mark.parametrize(
    "answers",
    [
        {"purpos": ["predict-place"]},
        {"purpose": ["predict-plaice"]},
        {"solely_automated": "perhaps"},
        {"solely_automated": {"answer": "no", "proof": "a paper"}},
        {"solely_automated": {"answer": "no", "evidence": [{"where": "file 3"}]}},
        {"in_service_from": "last spring"},
    ],
)
def test_an_answer_that_habeas_would_refuse_does_not_fit(examples: Path, answers: dict[str, object]) -> None:
    document = as_habeas_reads_it(loaded(examples / "screen" / "patrol-forecast.yaml"))

    assert not DESCRIPTION.is_valid({**document, "answers": answers})


@pytest.mark.parametrize("when", [{}, {"purpos": ["list-persons"]}, {"solely_automated": "unknown"}, {"any": []}, {"in_service_from": {}}])
def test_a_condition_that_habeas_would_refuse_does_not_fit(when: dict[str, object]) -> None:
    document = as_habeas_reads_it(loaded(BOOKS[0]))
    document["rules"][0]["when"] = when

    assert not RULEBOOK.is_valid(document)


def test_the_schema_offers_every_question_and_every_word() -> None:
    answers = schema("system-description")["$defs"]["Answers"]["properties"]

    assert list(answers) == list(library.vocabulary().names())
    purpose = library.vocabulary().fact("purpose")
    assert answers["purpose"]["anyOf"][0]["anyOf"][0]["enum"] == [*(word.word for word in purpose.words), "unknown"]
