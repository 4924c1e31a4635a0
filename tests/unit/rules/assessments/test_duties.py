"""Prohibitions come first, and each duty stands under the heading that must answer it, with its dates."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.rules.assessments.values import Assessment, Binds, Blank, Duty, Kind, Stands
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks.library import parse_description
from screens.assessment_cases import BAN, BOOK, DUTIES, OPEN_BAN, SYSTEM, book, drafted, rule


def places(assessment: Assessment) -> dict[str, str]:
    return {duty.rule: section.id for section in assessment.sections for duty in section.duties}


def duty(assessment: Assessment, name: str) -> Duty:
    return next(duty for section in assessment.sections for duty in section.duties if duty.rule == name)


def test_a_duty_stands_under_the_heading_that_its_safeguard_belongs_to() -> None:
    assert places(drafted()) == {
        "D-OVERSIGHT": "oversight",
        "D-TRANSPARENT": "people",
        "D-LATER": "measures",
        "D-UNCLEAR": "risks",
        "D-REST": "measures",
    }


def test_the_data_protection_assessment_takes_data_protection_and_leaves_what_has_no_safeguard() -> None:
    assert places(drafted(Kind.DATA_PROTECTION)) == {
        "D-OVERSIGHT": "safeguards",
        "D-TRANSPARENT": "safeguards",
        "D-LATER": "safeguards",
        "D-DATA": "measures",
    }


def test_the_equality_analysis_takes_tests_for_bias_alone() -> None:
    assert places(drafted(Kind.EQUALITY)) == {"D-UNCLEAR": "enquiries"}


def test_a_duty_says_whether_and_from_when_it_applies() -> None:
    assessment = drafted()

    assert (duty(assessment, "D-OVERSIGHT").stands, duty(assessment, "D-OVERSIGHT").since) == (Stands.NOW, date(2025, 2, 1))
    assert (duty(assessment, "D-LATER").stands, duty(assessment, "D-LATER").since) == (Stands.LATER, date(2027, 12, 2))
    assert duty(assessment, "D-UNCLEAR").stands is Stands.UNCLEAR


def test_a_duty_tells_its_time_limit_with_its_number_or_that_the_law_sets_none() -> None:
    assessment = drafted()

    assert duty(assessment, "D-TRANSPARENT").deadline == "1 month from: the request (in a month)"
    assert duty(assessment, "D-LATER").deadline == "without undue delay"
    assert duty(assessment, "D-OVERSIGHT").deadline is None


def test_how_a_duty_is_met_only_people_can_say() -> None:
    assert all(isinstance(duty.met_by, Blank) for section in drafted().sections for duty in section.duties)


def test_a_prohibition_is_named_before_one_that_hangs_on_evidence() -> None:
    assessment = drafted(books=(book(OPEN_BAN, BAN),))

    assert [(one.rule, one.finding) for one in assessment.prohibitions] == [("BAN", Finding.PROHIBITED), ("OPEN-BAN", Finding.BLOCKED)]
    assert assessment.prohibited


def test_a_system_that_is_blocked_is_not_called_prohibited() -> None:
    assessment = drafted(books=(book(OPEN_BAN),))

    assert [one.finding for one in assessment.prohibitions] == [Finding.BLOCKED]
    assert not assessment.prohibited


EXCEPTION = (
    "exceptions: [{id: shown, article: Art 1, title: Shown, when: {rights_impact_assessed: yes}, "
    "evidence: {rights_impact_assessed: the assessment}}]"
)


@pytest.mark.parametrize(
    ("answer", "finding"),
    [("unknown", Finding.PROHIBITED_UNLESS), ("yes", Finding.PROHIBITED_UNLESS), ("no", Finding.PROHIBITED)],
)
def test_a_prohibition_whose_exception_is_still_open_prohibits_all_the_same(answer: str, finding: Finding) -> None:
    described = parse_description(f"{SYSTEM}  rights_impact_assessed: {answer}\n", name="system.yaml")
    assessment = drafted(of=described, books=(book(rule("BAN", EXCEPTION, outcome="prohibited")),))

    assert [one.finding for one in assessment.prohibitions] == [finding]
    assert assessment.prohibited


@pytest.mark.parametrize(
    ("head", "used_in", "binds"),
    [
        (BOOK, "[XA]", Binds.HERE),
        (BOOK, "[XA-N]", Binds.HERE),
        (BOOK, "[]", Binds.UNKNOWN),
        (BOOK.replace("force: law", "force: standard"), "[XA]", Binds.STANDARD),
        (BOOK, "[XB]", Binds.ELSEWHERE),
    ],
)
def test_a_law_of_elsewhere_is_told_and_asks_nothing(head: str, used_in: str, binds: Binds) -> None:
    described = parse_description(SYSTEM.replace("[XA]", used_in), name="system.yaml")
    assessment = drafted(of=described, books=(book(BAN, *DUTIES, head=head),))

    assert [one.binds for one in assessment.screened] == [binds]
    assert {one.binds for one in assessment.prohibitions} == (set() if binds is Binds.ELSEWHERE else {binds})
    assert (places(assessment) == {}) == (binds is Binds.ELSEWHERE)
