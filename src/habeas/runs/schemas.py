"""The published shapes of what habeas reads and writes: JSON Schemas, and the reference page of the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from habeas.errors import BadInput
from habeas.reports.documents.shapes import DIALECT
from habeas.runs.plan_model import AuditPlan
from habeas.runs.yaml_text.reference import reference_markdown


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) called `name`, one of `SCHEMAS`.

    Raises:
        BadInput: there is no schema of that name.
    """
    if name not in SCHEMAS:
        raise BadInput(f"expected one of {', '.join(SCHEMAS)}; got {name}: ask for one of these")
    return SCHEMAS[name]()


def plan_schema() -> dict[str, Any]:
    """The shape of an audit plan. It can't say how fields go together (a group named in `by` stands in `groups`); habeas does."""
    return {"$schema": DIALECT, "$id": "habeas:audit-plan/1", **AuditPlan.model_json_schema(), "title": "Audit plan"}


def result_schema() -> dict[str, Any]:
    """The shape of an audit result, `report.json`."""
    from habeas.reports.result_schema import result_schema as of_result

    return of_result()


def ledger_record_schema() -> dict[str, Any]:
    """The shape of a record, one line of what `habeas ledger append` takes."""
    from habeas.runs.ledgers.record_reference import record_schema as of_record

    return of_record()


def verdicts_schema() -> dict[str, Any]:
    """The shape of what `habeas screen --json` prints and `--out` keeps."""
    from habeas.reports.screening.schema import verdicts_schema as of_verdicts

    return of_verdicts()


def description_schema() -> dict[str, Any]:
    """The shape of the description of a system, which `habeas screen` takes."""
    from habeas.runs.screens.schemas import description_schema as of_description

    return of_description()


def rulebook_schema() -> dict[str, Any]:
    """The shape of a rulebook."""
    from habeas.runs.screens.schemas import rulebook_schema as of_rulebook

    return of_rulebook()


def assessment_schema() -> dict[str, Any]:
    """The shape of an impact assessment, complete or not. It can't say what the headings are; `habeas assess check` does."""
    from habeas.runs.assessments.assessment_model import AssessmentFile

    return {"$schema": DIALECT, "$id": "habeas:assessment/1", **AssessmentFile.model_json_schema(), "title": "Impact assessment"}


def register_entry_schema() -> dict[str, Any]:
    """The shape of an entry of the register, as the site gives it to programs."""
    from habeas.reports.registers.twin import entry_schema as of_entry
    from habeas.runs.registers.fields import field_set

    return of_entry(field_set())


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "audit-plan": plan_schema,
    "audit-result": result_schema,
    "ledger-record": ledger_record_schema,
    "screen-verdicts": verdicts_schema,
    "system-description": description_schema,
    "rulebook": rulebook_schema,
    "assessment": assessment_schema,
    "register-entry": register_entry_schema,
}


def plan_reference_markdown() -> str:
    """The reference page of the plan, made from the fields themselves, so that the two can't differ."""
    return reference_markdown(AuditPlan, opening=OPENING, whole=True)


OPENING = """\
# The audit plan

A YAML file that says, before anyone looks at a result, what will be tested, how, and what would count as a difference.
`habeas audit init DATA` drafts one from the data, `habeas audit PLAN` carries it out, and `habeas schema audit-plan` prints its
JSON Schema, which many editors use to complete and check fields while you type.

- A plan is read as YAML 1.2: `yes` and `no` are text. Labels, versions and names are taken exactly as written: `1.10` stays `1.10`.
- A field that isn't listed here is refused, with the nearest name. All that is wrong with single fields is told at once, with its line.
- The SHA-256 digest of the plan is part of every result. It is taken over what the plan says, defaults included; comments, layout and
  the order of fields don't change it, and any other change does. Publish the digest, or the plan, before you look.
- A draft's values that start with `REPLACE:` must be replaced; the plan is refused until they are.

## Fields"""
