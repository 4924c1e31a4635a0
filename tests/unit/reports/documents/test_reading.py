from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from math import inf
from typing import Any

import pytest

from habeas.audit.result import AuditResult, GroupRates, Intake, SourceFile
from habeas.errors import BadData
from habeas.reports.documents.reading import read_result
from habeas.reports.documents.writing import to_bytes
from habeas.reports.json_report import document
from habeas.terms.group import Group
from results import MEDIUM, a_comparison, a_plan, a_result, a_result_with_unrecorded_people, estimate

AT = datetime(2024, 2, 29, tzinfo=UTC)


def as_read(result: AuditResult) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(to_bytes(document(result, at=AT)))
    return loaded


@pytest.mark.parametrize("result", [a_result(), a_result_with_unrecorded_people(), a_result(findings=(), groups=(), caveats=())])
def test_what_was_written_is_read_back(result: AuditResult) -> None:
    again = read_result(as_read(result))

    assert to_bytes(document(again, at=AT)) == to_bytes(document(result, at=AT))
    assert [rates.group for rates in again.groups] == [rates.group for rates in result.groups]
    assert again.plan == result.plan


def test_withheld_digests_stay_withheld() -> None:
    hidden = SourceFile(name="counts.csv", size_bytes=None, sha256=None)

    again = read_result(as_read(a_result(cells_sha256=None, intake=Intake(rows=7214, files=(hidden,)))))

    assert again.cells_sha256 is None
    assert again.intake.files == (hidden,)


def test_sorted_keys_do_not_reorder_the_parts_of_a_group() -> None:
    group = Group((("sex", "Female"), ("race", "Asian")))
    result = a_result(plan=a_plan(groups=("sex", "race")), groups=(GroupRates(group=group, cut=MEDIUM, rows=None, withheld=True),))

    assert read_result(as_read(result)).groups[0].group == group


def test_null_limits_are_read_as_infinite() -> None:
    result = a_result(findings=(a_comparison(ratio=estimate(3.0, -inf, inf, 20)),))

    ratio = read_result(as_read(result)).findings[0].ratio

    assert ratio == estimate(3.0, -inf, inf, 20)


@pytest.mark.parametrize(("word", "came"), [("audit-result/2", "habeas: audit-result/2"), (None, "no such line"), (7, "no such line")])
def test_another_schema_is_refused(word: object, came: str) -> None:
    with pytest.raises(BadData) as refused:
        read_result({**as_read(a_result()), "habeas": word}, name="the later report")

    assert str(refused.value) == (
        f'the later report: expected a document with the line "habeas": "audit-result/1"; got {came}: '
        "write it again with this release of habeas: habeas audit PLAN --out DIR"
    )


def drop_verdict(found: dict[str, Any]) -> None:
    del found["verdict"]


def add_rank(found: dict[str, Any]) -> None:
    found["findings"][0]["difference"]["rank"] = 1


def text_for_rows(found: dict[str, Any]) -> None:
    found["intake"]["rows"] = "7214"


def fraction_for_rows(found: dict[str, Any]) -> None:
    found["intake"]["rows"] = 0.5


def yes_for_rows(found: dict[str, Any]) -> None:
    found["intake"]["rows"] = True


def null_for_verdict(found: dict[str, Any]) -> None:
    found["verdict"] = None


def list_for_plan(found: dict[str, Any]) -> None:
    found["plan"] = []


def nan_for_value(found: dict[str, Any]) -> None:
    found["findings"][0]["difference"]["value"] = float("nan")


def endless_rows(found: dict[str, Any]) -> None:
    found["intake"]["rows"] = 10**400


def other_label(found: dict[str, Any]) -> None:
    found["findings"][0]["group"]["label"] = "Caucasian"


def no_parts(found: dict[str, Any]) -> None:
    found["findings"][0]["group"] = {}


def number_for_findings(found: dict[str, Any]) -> None:
    found["findings"] = 3


def bad_plan(found: dict[str, Any]) -> None:
    found["plan"]["confidence"] = 0.2


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (add_rank, "findings[0].difference.rank is not a field of this schema; expected value, low, high, n, method"),
        (text_for_rows, "intake.rows expected a whole number; got text"),
        (fraction_for_rows, "intake.rows expected a whole number; got a number"),
        (yes_for_rows, "intake.rows expected a whole number; got true or false"),
        (null_for_verdict, "verdict expected one of shown-different, shown-equal, cannot-tell; got something else"),
        (list_for_plan, "plan expected an object; got a list"),
        (nan_for_value, "findings[0].difference.value expected a number; got a number"),
        (endless_rows, "intake.rows expected a whole number; got a number"),
        (other_label, "findings[0].group expected a group whose label names its parts; got something else"),
        (no_parts, "findings[0].group.parts expected an object; got null"),
        (number_for_findings, "findings expected a list; got a number"),
        (bad_plan, "plan can't be used: confidence: must lie between 0.5 and 1; got 0.2: 0.95 is usual"),
    ],
)
def test_a_spoilt_document_is_refused_and_the_place_named(spoil: Callable[[dict[str, Any]], None], told: str) -> None:
    found = as_read(a_result())
    spoil(found)

    with pytest.raises(BadData) as refused:
        read_result(found)

    assert str(refused.value) == f"report.json: {told}: give a report.json as habeas wrote it"


def test_a_missing_field_is_named() -> None:
    found = as_read(a_result())
    drop_verdict(found)

    with pytest.raises(BadData, match=r"^report\.json: verdict is missing; expected plan, plan_sha256, "):
        read_result(found)
