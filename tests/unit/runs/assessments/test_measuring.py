"""Harms come from reports, each with count and interval, the shown ones first."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import results
from habeas.audit.result import AuditResult
from habeas.errors import BadData, NotFound
from habeas.reports import json_report
from habeas.reports.documents.writing import to_bytes
from habeas.runs.assessments.measuring import MOST_FINDINGS, harms

AT = datetime(2026, 11, 21, tzinfo=UTC)


def report(folder: Path, result: AuditResult, name: str = "report.json") -> Path:
    path = folder / name
    path.write_bytes(to_bytes(json_report.document(result, at=AT)))
    return path


def test_a_finding_is_told_with_its_difference_interval_and_cases(tmp_path: Path) -> None:
    found = harms([report(tmp_path, results.a_result())])

    assert found[0].says == (
        "Shown different. False positive rate: race African-American against race Caucasian: +21.4 percentage points "
        "(95% interval +18.2 to +24.5; 1,795 against 1,488 cases)."
    )
    assert found[0].detail is not None
    assert "Of 100 African-American people" in found[0].detail


def test_what_was_shown_different_comes_before_what_cannot_be_told(tmp_path: Path) -> None:
    verdicts = [harm.says.split(".")[0] for harm in harms([report(tmp_path, results.a_result())])][:MOST_FINDINGS]

    order = ["Shown different", "This sample cannot tell", "Shown equal within the tolerance"]
    assert verdicts == sorted(verdicts, key=order.index)


def test_a_harm_names_the_system_and_the_digests_it_was_read_from(tmp_path: Path) -> None:
    path = report(tmp_path, results.a_result())

    (first, *_) = harms([path])
    assert first.audited.startswith("COMPAS")
    assert first.plan_sha256 == results.a_result().plan_sha256
    assert first.report_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_harms_of_several_reports_are_numbered_through(tmp_path: Path) -> None:
    one, other = report(tmp_path, results.a_result()), report(tmp_path, results.a_result(), "other.json")

    found = harms([one, other])
    assert [harm.id for harm in found] == [f"harm-{number}" for number in range(1, len(found) + 1)]


def test_beyond_the_first_findings_their_number_is_told(tmp_path: Path) -> None:
    result = results.a_result()
    many = dataclasses.replace(result, findings=tuple(result.findings[0] for _ in range(MOST_FINDINGS + 3)))

    found = harms([report(tmp_path, many)])
    assert len(found) == MOST_FINDINGS + 1
    assert found[-1].says.startswith("3 more declared findings stand in the report. ")


def test_a_report_without_declared_findings_says_so(tmp_path: Path) -> None:
    result = dataclasses.replace(results.a_result(), findings=())

    (only,) = harms([report(tmp_path, result)])
    assert only.detail is None
    assert "declared in advance" in only.says


def test_withheld_numbers_stay_withheld(tmp_path: Path) -> None:
    first = results.a_result().findings[0]
    bare = dataclasses.replace(
        first, withheld=True, difference=None, ratio=None, group_rate=None, reference_rate=None, p_value=None, p_adjusted=None
    )

    (only,) = harms([report(tmp_path, dataclasses.replace(results.a_result(), findings=(bare,)))])
    assert only.says.endswith("numbers withheld, since they could single people out.")


@pytest.mark.parametrize("content", ["", "[]", "{}", "nothing", json.dumps({"habeas": "audit-result/999"})])
def test_what_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(BadData, match=r"report\.json"):
        harms([path])


def test_a_report_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="habeas audit PLAN --out DIR writes one"):
        harms([tmp_path / "none.json"])
