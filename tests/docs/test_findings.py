"""What the pages for readers of a report quote from it must stand in it, word for word and number for number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import habeas
from docs.fences import examples
from habeas.audit.result import AuditResult
from habeas.reports.language.numbers import times
from needs import REPOSITORY

TUTORIAL = REPOSITORY / "docs" / "tutorials" / "audit-a-risk-score.md"
FINDINGS = REPOSITORY / "docs" / "how-to" / "read-the-findings.md"
COUNTS = REPOSITORY / "examples" / "compas-counts.csv"


@pytest.fixture(scope="module")
def shipped() -> AuditResult:
    return habeas.audit_plan(REPOSITORY / "examples" / "compas.yaml")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> AuditResult:
    """The audit of the tutorial."""
    plan = next(example for example in examples(TUTORIAL.read_text(encoding="utf-8")) if example.file is not None)
    folder = tmp_path_factory.mktemp("first")
    (folder / "compas-counts.csv").write_bytes(COUNTS.read_bytes())
    (folder / "plan.yaml").write_text(plan.body, encoding="utf-8")
    return habeas.audit_plan(folder / "plan.yaml")


@pytest.mark.parametrize("page", [TUTORIAL, FINDINGS], ids=lambda page: str(page.stem))
def test_every_quotation_stands_in_a_report(page: Path, shipped: AuditResult, first: AuditResult) -> None:
    reports = [habeas.as_text(result, width=80) for result in (shipped, first)]
    quoted = [example for example in examples(page.read_text(encoding="utf-8")) if example.language == "text"]

    assert len(quoted) > 2
    assert [example.body for example in quoted if not any(example.body in report for report in reports)] == []


def test_the_balance_is_that_of_the_report(shipped: AuditResult) -> None:
    found = {
        balance.group.parts[0][1]: [
            *(f"{part.value:.0f}" for part in (balance.rightly_flagged, balance.wrongly_flagged, balance.missed, balance.rightly_cleared)),
            times(balance.break_even_against_none.value) if balance.break_even_against_none is not None else "",
        ]
        for balance in shipped.balance
        if balance.group.parts
    }

    rows = re.findall(r"^\| ([A-Z][\w-]+) \| (\d.*?) \|$", FINDINGS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == 3
    assert {group: numbers.split(" | ") for group, numbers in rows} == {group: found[group] for group, _ in rows}
