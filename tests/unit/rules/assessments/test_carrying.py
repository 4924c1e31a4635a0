"""Answers are carried where their question is the same; what must be read again stays a blank, and nothing is lost."""

from __future__ import annotations

import pytest

from habeas.errors import BadDescription
from habeas.rules.assessments.carrying import carry
from habeas.rules.assessments.values import Assessment, Blank, Kind
from habeas.runs.rulebooks.library import parse_description
from screens.assessment_cases import DUTIES, SYSTEM, book, drafted, filled


def texts(assessment: Assessment) -> list[object]:
    return [text for one in assessment.sections for text in (*(q.answer for q in one.to_write), *(d.met_by for d in one.duties))]


def test_of_an_unchanged_system_every_answer_is_carried() -> None:
    carried = carry(filled(drafted()), into=drafted())

    assert texts(carried.assessment) == texts(filled(drafted()))
    assert carried.again == 0
    assert isinstance(carried.assessment.review_on, Blank)


def test_answers_of_a_heading_that_knows_something_else_must_be_read_again() -> None:
    now = parse_description(SYSTEM.replace("2026-05-01", "2026-06-01"), name="system.yaml")
    old = filled(drafted())
    carried = carry(old, into=drafted(of=now))

    again = [text for text in texts(carried.assessment) if isinstance(text, Blank)]
    assert carried.again == len(again) == len(old.sections[1].to_write)
    for question, blank in zip(old.sections[1].to_write, again, strict=True):
        assert "(in_service_from)" in blank.ask
        assert blank.ask.endswith(str(question.answer))


def test_what_has_no_place_is_left_and_not_lost() -> None:
    old = filled(drafted())
    carried = carry(old, into=drafted(books=(book(*DUTIES[1:]),)))

    told = {one.says for one in carried.left} | {text for text in texts(carried.assessment) if isinstance(text, str)}
    assert {text for text in texts(old) if isinstance(text, str)} <= told
    assert "oversight, made-up D-OVERSIGHT" in {one.place for one in carried.left}
    assert {"benefit 1, claim", "signatures"} <= {one.place for one in carried.left}


def test_another_kind_of_assessment_carries_nothing() -> None:
    with pytest.raises(BadDescription, match="--from: expected an assessment of the kind equality; got one of fundamental-rights"):
        carry(drafted(), into=drafted(Kind.EQUALITY))


def test_what_nobody_has_read_again_is_not_lost_by_a_further_draft() -> None:
    now = parse_description(SYSTEM.replace("2026-05-01", "2026-06-01"), name="system.yaml")
    once = carry(filled(drafted()), into=drafted(of=now))
    twice = carry(once.assessment, into=drafted(of=now))

    assert texts(twice.assessment) == texts(once.assessment)
    assert twice.again == once.again > 0
