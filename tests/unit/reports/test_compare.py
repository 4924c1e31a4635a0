from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from habeas.audit.plan import Question
from habeas.audit.result import AuditResult, Confusion, GroupRates, Intake, Rate, SourceFile
from habeas.errors import BadData
from habeas.reports.compare import compare, render
from habeas.reports.documents.writing import to_bytes
from habeas.reports.json_report import document
from habeas.terms.system import SystemVersion
from results import BLACK, FPR, MEDIUM, a_comparison, a_plan, a_result, estimate, wilson


def as_read(result: AuditResult) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(to_bytes(document(result, at=datetime(2024, 2, 29, tzinfo=UTC))))
    return loaded


def earlier() -> AuditResult:
    return a_result(findings=(a_comparison(),))


def later(**changes: Any) -> AuditResult:
    """Another year, another version: 600 of 1795 where there were 805."""
    confusion = Confusion(true_positives=1369, false_positives=600, false_negatives=532, true_negatives=1195)
    rates = GroupRates(group=BLACK, cut=MEDIUM, rows=3696, confusion=confusion, rates=(Rate(metric=FPR, estimate=wilson(600, 1795)),))
    fields: dict[str, Any] = {
        "plan": a_plan(system=SystemVersion(name="COMPAS", version="as used 2015")),
        "plan_sha256": "ab" * 32,
        "cells_sha256": "cd" * 32,
        "intake": Intake(rows=7000, excluded=14),
        "findings": (a_comparison(difference=estimate(0.1, 0.06, 0.14, 3283)),),
        "groups": (rates,),
    }
    return a_result(**{**fields, **changes})


def told(one: AuditResult, other: AuditResult, *, width: int = 80) -> list[str]:
    return render(compare(as_read(one), as_read(other)), width=width).splitlines()


def test_what_changed_is_told_from_the_plan_to_the_rates() -> None:
    assert told(earlier(), later()) == [
        "What changed between two audits",
        "=" * 80,
        "Earlier  COMPAS, as used 2013-2014; plan 5d41402abc4b...",
        "Later    COMPAS, as used 2015; plan abababababab...",
        "Verdict  shown different -> shown different",
        "=" * 80,
        "Every test takes the two audits for independent samples of different people;",
        "whoever is in both makes changes look surer than they are. A change says that",
        "rates differ between two times, not why: who came before the system may have",
        "changed as well.",
        "",
        "THE PLAN",
        "",
        "- system.version: as used 2013-2014 -> as used 2015",
        "",
        "THE DATA",
        "",
        "Rows      7,214 -> 7,000",
        "Excluded  0 -> 14",
        "Counts    different (7d793037a076... -> cdcdcdcdcdcd...)",
        "",
        "THE DECLARED QUESTIONS",
        "",
        "* SHOWN CHANGED: false positive rate, race African-American against race",
        "  Caucasian",
        "  earlier: shown different, +21.4 pp (+18.2 to +24.5; 3,283 cases): 44.8% of",
        "    1,795 (42.6% to 47.2%) against 23.5% of 1,488 (21.4% to 25.7%)",
        "  later: shown different, +10.0 pp (+6.0 to +14.0; 3,283 cases): 44.8% of 1,795",
        "    (42.6% to 47.2%) against 23.5% of 1,488 (21.4% to 25.7%)",
        # 0.1 - 0.2139 = -0.1139; hypot(.04, .0313) = .0508 below and hypot(.04, .0317) = .0510 above
        "  change: -11.4 pp (-16.5 to -6.3; 6,566 cases); p < 0.001 (Holm)",
        "",
        "",
        "RATES OF GROUPS",
        "",
        "1 of 1 rates that both audits publish are shown changed (Benjamini-Hochberg);",
        "for the others these samples cannot tell.",
        "- false positive rate, race African-American: 44.8% of 1,795 (42.6% to 47.2%) ->",
        "  33.4% of 1,795 (31.3% to 35.6%); -11.4 pp (-14.6 to -8.2; 3,590 cases); p <",
        "  0.001 (Benjamini-Hochberg)",
    ]


def test_withheld_digests_are_named_and_leave_open_whether_the_data_are_the_same() -> None:
    hidden = Intake(rows=7214, files=(SourceFile(name="counts.csv", size_bytes=None, sha256=None),))

    lines = told(a_result(cells_sha256=None, intake=hidden), later(cells_sha256=None, intake=hidden))

    assert "Counts    not known whether the same (digest withheld -> digest withheld)" in lines
    assert (
        "Digests of the data are withheld in at least one of the reports, so nobody can see from them whether both rest on the same "
        "counts or files: make sure that they don't."
    ) in " ".join(lines)


def test_one_withheld_file_digest_leaves_it_open_too() -> None:
    hidden = Intake(rows=7214, files=(SourceFile(name="counts.csv", size_bytes=None, sha256=None),))

    lines = told(earlier(), later(intake=hidden))

    assert "Counts    different (7d793037a076... -> cdcdcdcdcdcd...)" in lines
    assert any(line.startswith("Digests of the data are withheld") for line in lines)


def test_the_same_counts_cannot_have_changed() -> None:
    lines = told(earlier(), earlier())

    assert lines[6:8] == [
        "Both audits rest on the same counts: no rate can have changed, only the plan or",
        "the release of habeas.",
    ]
    assert "No field differs." in lines
    assert any(line.startswith("* NOT TESTED: ") for line in lines)
    assert "RATES OF GROUPS" not in lines


def test_a_shared_file_forbids_every_test() -> None:
    shared = later(intake=earlier().intake)

    assert " ".join(told(earlier(), shared)[6:9]) == (
        "Both audits read a file in common, so they share people; tests for two independent samples would claim too much. "
        "Nothing was tested: audit each period by itself."
    )


def test_another_confidence_forbids_every_test() -> None:
    other = later(plan=a_plan(confidence=0.9))

    lines = told(earlier(), other)

    assert " ".join(lines[6:8]) == (
        "The audits state their intervals at different confidence levels. Nothing was tested: audit one of them again with the "
        "other's confidence."
    )
    assert "- confidence: 0.95 -> 0.9" in lines


def test_a_question_that_only_one_audit_asked_says_so() -> None:
    asked = later(plan=a_plan(confirmatory=(Question(metric=FPR, by="race"),)), findings=())

    lines = told(earlier(), asked)

    assert "- confirmatory[0].tolerance.difference: 0.05 -> (absent)" in lines
    assert "  later: not asked" in lines


def test_withheld_and_empty_answers_say_so() -> None:
    hidden = a_comparison(difference=None, withheld=True)
    empty = dataclasses.replace(hidden, withheld=False)

    assert "  later: shown different, numbers withheld" in told(earlier(), later(findings=(hidden,)))
    assert "  later: shown different, no cases" in told(earlier(), later(findings=(empty,)))


def test_audits_without_questions_or_shared_groups_leave_those_parts_empty() -> None:
    lines = told(a_result(findings=()), later(findings=(), groups=()))

    assert "Neither audit declared any." in lines
    assert "RATES OF GROUPS" not in lines


def test_another_cut_in_use_is_told_beside_the_rates() -> None:
    first = dataclasses.replace(MEDIUM, threshold=6.0)
    moved = tuple(dataclasses.replace(rates, cut=first) for rates in later().groups)

    lines = told(earlier(), later(plan=a_plan(thresholds=(6.0, 8.0)), groups=moved))

    assert "Each rate is at its own audit's cut in use: score >= 5 -> score >= 6." in " ".join(lines)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, told(a_result(), later(), width=width))) <= width


@pytest.mark.parametrize(("which", "name"), [(0, "the earlier report"), (1, "the later report")])
def test_a_document_of_another_kind_is_refused_by_name(which: int, name: str) -> None:
    documents = [as_read(earlier()), as_read(later())]
    documents[which] = {"title": "something else"}

    with pytest.raises(BadData) as refused:
        compare(*documents)

    assert str(refused.value) == (
        f'{name}: expected a document with the line "habeas": "audit-result/1"; got no such line: '
        "write it again with this release of habeas: habeas audit PLAN --out DIR"
    )
