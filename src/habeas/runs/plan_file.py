"""The plan's door: YAML text becomes a plan, or is refused with everything that is wrong with it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from enum import Enum
from pathlib import Path

from habeas.audit.plan import Plan
from habeas.errors import BadPlan
from habeas.runs.plan_model import FORMAT, AuditPlan
from habeas.runs.yaml_text.door import parse, read_text

LARGEST_EXACT = 2**53
"""Up to here every whole number is a double of its own."""


def parse_plan(text: str, *, name: str) -> Plan:
    """The plan that `text` (YAML) holds; `name` is what messages call it, e.g. `plan.yaml`.

    Raises:
        BadPlan: the text can't be read or isn't a plan. The message lists all that is wrong with single fields, one thing a
            line, with line number, field, what was expected and what to write; once all fields are right, it says where they
            don't go together.
    """
    return parse(text, top=AuditPlan, name=name, kind=BadPlan).value()


def read_plan(path: Path) -> tuple[Plan, str]:
    """The plan in a file, and its digest.

    Raises:
        NotFound: there is no such file.
        BadPlan: it isn't a plan in UTF-8, with all that is wrong.
        Unavailable: the file is there but can't be read.
    """
    plan = parse_plan(read_text(path, document=AuditPlan.document, kind=BadPlan), name=str(path))
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
