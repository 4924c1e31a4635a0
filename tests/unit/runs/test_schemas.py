from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from habeas.errors import BadInput
from habeas.runs.plan_file import parse_plan
from habeas.runs.schemas import SCHEMAS, plan_reference_markdown, schema

validator = jsonschema.Draft202012Validator(schema("audit-plan"))


def loaded(text: str) -> object:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_json_schema_of_its_name_and_version(name: str) -> None:
    found = schema(name)

    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"] == f"habeas:{name}/1"
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        schema("audit-paln")

    assert str(refused.value) == f"expected one of {', '.join(SCHEMAS)}; got audit-paln: ask for one of these"


def test_the_shipped_example_fits_the_schema(examples: Path) -> None:
    validator.validate(loaded((examples / "compas.yaml").read_text(encoding="utf-8")))


def test_every_field_has_a_description_an_example_and_no_unknown_neighbours() -> None:
    whole = schema("audit-plan")
    parts = [whole, *(part for part in whole["$defs"].values() if part["type"] == "object")]

    assert len(parts) == 13  # the plan and its twelve parts
    for part in parts:
        assert part["additionalProperties"] is False
        assert part["description"]
        for name, field in part["properties"].items():
            assert field["description"].endswith("."), name
            assert field["examples"], name


@pytest.mark.parametrize(
    "unfit",
    [
        {"title": "REPLACE: what the audit is called"},
        {"title": " "},
        {"title": "\u001b[31m"},
        {"title": None},
        {"groups": []},
        {"groups": "race"},
        {"thresholds": ["5"]},
        {"intersect": 0},
        {"stage": "production"},
        {"habeas": "audit/2"},
        {"unrecorded": [None]},
        {"data": {"path": []}},
        {"treshold": [5]},
        {"columns": {"scores": "x"}},
        {"confirmatory": [{"metric": "fpr", "by": "race"}]},
        {"confirmatory": [{"metric": "accuracy"}]},
    ],
)
def test_a_document_of_another_shape_does_not_fit(examples: Path, unfit: dict[str, object]) -> None:
    plan = loaded((examples / "compas.yaml").read_text(encoding="utf-8"))
    assert isinstance(plan, dict)

    assert not validator.is_valid({**plan, **unfit})


def test_the_reference_page_is_the_one_made_from_the_fields(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "audit-plan.md").read_text(encoding="utf-8")

    assert page == plan_reference_markdown(), "make it again: write plan_reference_markdown() to docs/reference/audit-plan.md"


def test_the_plan_on_the_reference_page_can_be_used() -> None:
    found = re.search(r"```yaml\n(.*?)```", plan_reference_markdown(), re.DOTALL)

    assert found is not None
    validator.validate(loaded(found.group(1)))
    assert parse_plan(found.group(1), name="the page").thresholds == (5.0, 8.0)
