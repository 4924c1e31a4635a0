"""The plan's door under anything that may be written: it refuses in words or reads the same plan, whatever the layout."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from habeas.audit.metrics import Metric
from habeas.errors import BadPlan
from habeas.runs.plan_file import parse_plan, plan_digest
from habeas.runs.plan_model import AuditPlan
from habeas.runs.schemas import schema
from plans import PLAN

validator = jsonschema.Draft202012Validator(schema("audit-plan"))

letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")
words = st.text(letters, min_size=1, max_size=12).filter(
    lambda text: text.strip(" \t\n\r") == text.strip() == text != "" and "  " not in text and "REPLACE" not in text
)
columns = st.lists(words, min_size=4, max_size=6, unique=True)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A valid plan as plain values, as any YAML or JSON reader would give them."""
    score, outcome, *groups = draw(columns)
    low = draw(st.integers(0, 5))
    high = low + draw(st.integers(2, 10))
    questions = [
        {
            "metric": draw(st.sampled_from(Metric)).value,
            "by": draw(st.sampled_from(groups)),
            "tolerance": {"difference": draw(st.floats(0.01, 0.9))},
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    needed = {
        "habeas": "audit/1",
        "title": draw(words),
        "system": {"name": draw(words), "version": draw(words)},
        "technology": "risk-score",
        "stage": draw(st.sampled_from(["design", "pre-deployment", "live"])),
        "auditor": {"name": draw(words), "independent": draw(st.booleans()), "statement": draw(words)},
        "data": {"path": draw(words | st.lists(words, min_size=1, max_size=2))},
        "columns": {"score": score, "outcome": outcome},
        "score": {"minimum": low, "maximum": high},
        "thresholds": [low + 1],
        "groups": groups,
    }
    optional = {
        "reference": {group: draw(words) for group in groups},
        "unrecorded": ["", draw(words)],
        "confirmatory": questions,
        "publish": {"minimum_cell": draw(st.integers(1, 20))},
    }
    chosen = draw(st.sets(st.sampled_from(sorted(optional))))
    return {**needed, **{name: optional[name] for name in sorted(chosen)}}


def dumped(plan: dict[str, Any], *, flow: bool, indent: int, width: int) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.indent, yaml.width, yaml.allow_unicode = flow, indent, width, True
    stream = io.StringIO()
    yaml.dump(plan, stream)
    return stream.getvalue()


def refusal_of(text: str) -> str:
    """The message where it is refused; nothing where it is a plan. Any other error fails the test."""
    try:
        parse_plan(text, name="plan.yaml")
    except BadPlan as refusal:
        return str(refusal)
    return ""


@given(st.text() | st.text("ab:{}[],-&*!|>'\"%#@`?\\ \n\t0.1~é", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert refusal_of(text).startswith("plan.yaml")  # no text drawn at random is a plan


@given(st.integers(0, len(PLAN) - 1), st.text("ab:{}[],-&*!|>'\"%#@`?\\ \n\t0.1~é", max_size=3), st.integers(0, 5))
def test_a_plan_with_a_slip_of_the_hand_is_read_or_refused(at: int, slip: str, lost: int) -> None:
    told = refusal_of(PLAN[:at] + slip + PLAN[at + lost :])

    assert all(line.startswith("plan.yaml") for line in told.splitlines())


@given(plans(), st.booleans(), st.integers(2, 6), st.integers(20, 200))
def test_a_plan_laid_out_otherwise_has_the_same_digest(plan: dict[str, Any], flow: bool, indent: int, width: int) -> None:  # noqa: FBT001 - Hypothesis gives it
    as_json = json.dumps(plan, ensure_ascii=False)

    as_yaml = "# a remark\n" + dumped(dict(reversed(plan.items())), flow=flow, indent=indent, width=width)

    assert plan_digest(as_yaml) == plan_digest(as_json)


SPOILT: st.SearchStrategy[Any] = st.sampled_from([None, True, 0, -1, 1.5, "x", "", "REPLACE: x", [], [None], ["x"], [["x"]], {}, {"x": 1}])


@settings(max_examples=200)
@given(plans(), st.data())
def test_schema_and_door_agree_on_the_shape(plan: dict[str, Any], data: st.DataObject) -> None:
    places = [(plan, name) for name in plan] + [(part, name) for part in plan.values() if isinstance(part, dict) for name in part]
    places += [(question, name) for question in plan.get("confirmatory", []) for name in question]
    part, name = data.draw(st.sampled_from(places))
    if data.draw(st.booleans()):
        part[name] = data.draw(SPOILT)
    else:
        part[data.draw(st.sampled_from(["x", name + "x"]))] = part.pop(name)

    assert validator.is_valid(plan) == has_the_right_shape(plan)


def has_the_right_shape(plan: dict[str, Any]) -> bool:
    """What the schema can't say - how fields go together - is no matter of shape."""
    try:
        AuditPlan.model_validate(plan)
    except ValidationError as error:
        return {detail["type"] for detail in error.errors()} == {"refused"}
    return True
