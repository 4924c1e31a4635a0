"""The plan's door: YAML text becomes a plan, or is refused with everything that is wrong with it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from enum import Enum
from pathlib import Path

from pydantic import ValidationError

from habeas.audit.plan import Plan
from habeas.errors import BadPlan, NotFound, Unavailable
from habeas.runs.plan_model import AuditPlan
from habeas.runs.plan_text.complaint import Complaint, refusal
from habeas.runs.plan_text.judging import complaints
from habeas.runs.plan_text.written import NOT_A_PLAN, read

FORMAT = "audit/1"

LARGEST_EXACT = 2**53
"""Up to here every whole number is a double of its own."""

MOST_BYTES = 200_000
"""A plan is a page or two; a longer file is something else, most likely the data."""


def parse_plan(text: str, *, name: str) -> Plan:
    """The plan that `text` (YAML) holds; `name` is what messages call it, e.g. `plan.yaml`.

    Raises:
        BadPlan: the text can't be read or isn't a plan. The message lists all that is wrong with single fields, one thing a
            line, with line number, field, what was expected and what to write; once all fields are right, it says where they
            don't go together.
    """
    reading = read(text)
    if reading.value is None:
        raise refusal(reading.complaints, name=name)
    if AuditPlan.model_fields.keys().isdisjoint(reading.value):
        raise refusal([Complaint(message=NOT_A_PLAN.format(got="a mapping without any field of a plan"))], name=name)
    try:
        model = AuditPlan.model_validate(reading.value)
    except ValidationError as error:
        raise refusal([*reading.complaints, *complaints(error, reading=reading, top=AuditPlan)], name=name) from None
    if reading.complaints:
        raise refusal(reading.complaints, name=name)
    return model.value()


def read_plan(path: Path) -> tuple[Plan, str]:
    """The plan in a file, and its digest.

    Raises:
        NotFound: there is no such file.
        BadPlan: it isn't a plan in UTF-8, with all that is wrong.
        Unavailable: the file is there but can't be read.
    """
    plan = parse_plan(_decoded(_bytes(path), name=str(path)), name=str(path))
    return plan, plan_digest(plan)


def plan_digest(plan: Plan | str) -> str:
    """SHA-256 (hex) of what a plan says: two plans have the same digest exactly if they ask for the same audit.

    It is taken over the parsed plan, every field with its default written out, as JSON in ASCII with sorted keys, without
    spaces, whole numbers without a point. So comments, layout, quotes, and the order of fields and of mappings don't count;
    the order of lists does.

    Raises:
        BadPlan: `plan` is text, and not a plan.
    """
    parsed = parse_plan(plan, name="the plan") if isinstance(plan, str) else plan
    said = {"habeas": FORMAT, "plan": _plain(parsed)}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_EXACT:
        return int(value)  # a plan made by hand may hold 5, where one that was read holds 5.0
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise NotFound(f"{path} is not there; expected an audit plan: check the name, or draft one by `habeas audit init DATA`") from None
    except IsADirectoryError:
        raise BadPlan(f"{path} is a folder; expected an audit plan, one YAML file: name the file in it") from None
    except (OSError, ValueError) as problem:
        raise Unavailable(f"{path} can't be read; expected an audit plan: check that you may read it") from problem
    if len(content) > MOST_BYTES:
        raise BadPlan(
            f"{path} is longer than {MOST_BYTES:,} bytes; expected an audit plan of a page or two: is this the data? name the plan"
        )
    return content


def _decoded(content: bytes, *, name: str) -> str:
    try:
        return content.decode("utf-8")  # the YAML reader passes over a byte order mark
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadPlan(f"{name} line {line}: expected text in UTF-8; got a byte that is none: save the plan as UTF-8") from None
