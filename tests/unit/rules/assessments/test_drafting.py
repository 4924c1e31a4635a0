"""A draft fills in what the description answers, under the law's own headings, and invents nothing."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from habeas.rules.assessments.drafting import facts_of
from habeas.rules.assessments.forms import FORMS, no_law_here
from habeas.rules.assessments.values import Assessment, Blank, Kind, Section
from habeas.runs.rulebooks.library import books, parse_description, vocabulary
from habeas.terms.answers import Evidence
from screens.assessment_cases import DUTIES, FAMILY, HARM, ON, OTHER_FAMILY, SYSTEM, book, drafted, system


def section(assessment: Assessment, name: str) -> Section:
    return next(one for one in assessment.sections if one.id == name)


@pytest.mark.parametrize("kind", Kind)
def test_every_heading_of_the_law_is_a_section_in_its_order(kind: Kind) -> None:
    assert [one.id for one in drafted(kind).sections] == [heading.id for heading in FORMS[kind].headings]


def test_the_fundamental_rights_form_has_the_six_headings_of_the_article_and_the_notification() -> None:
    articles = [heading.article for heading in FORMS[Kind.FUNDAMENTAL_RIGHTS].headings]

    assert articles == [*(f"Art 27(1)({letter})" for letter in "abcdef"), "Art 27(3) and (4)"]


@pytest.mark.parametrize("kind", Kind)
def test_every_fact_of_a_form_is_a_question_of_the_vocabulary_and_stands_under_one_heading(kind: Kind) -> None:
    named = [name for heading in FORMS[kind].headings for name in (*heading.facts, *heading.also)]

    assert set(named) <= set(vocabulary().names())
    assert len(named) == len(set(named)) == len(facts_of(FORMS[kind]))


@pytest.mark.parametrize("kind", Kind)
def test_no_question_of_a_form_has_the_name_of_another_of_its_section_or_of_a_fact(kind: Kind) -> None:
    for heading in FORMS[kind].headings:
        names = [*(asked.id for asked in heading.asked), *heading.facts, *heading.also]
        assert len(names) == len(set(names))


def test_an_answer_stands_in_words_with_its_evidence_and_note() -> None:
    known = {one.fact: one for one in section(drafted(), "processes").known}

    assert known["operator"].says == "police (police or another authority that enforces criminal law)"
    assert known["operator"].evidence == (Evidence(what="the contract", where="file 12", by="head of purchasing"),)
    assert known["operator"].note == "since May"
    assert known["purpose"].evidence == ()


def test_a_list_that_may_go_on_says_so() -> None:
    known = {one.fact: one for one in section(drafted(), "processes").known}

    assert known["context"].says == "prevention (patrol and the prevention of offences); whether more holds is not known"


def test_a_day_stands_as_it_is_written() -> None:
    assert [one.says for one in section(drafted(), "period").known] == ["2026-05-01"]


def test_what_the_description_leaves_open_is_asked_of_people() -> None:
    people = section(drafted(), "people")

    assert people.known == ()
    assert [question.id for question in people.to_write] == ["people_in_the_data", "special_categories", "groups", "bystanders"]
    assert all(isinstance(question.answer, Blank) for question in people.to_write)


def test_an_open_fact_that_matters_only_to_some_systems_is_not_asked() -> None:
    risks = section(drafted(), "risks")

    assert "onward_recipients" not in {question.id for question in risks.to_write}


@pytest.mark.parametrize(("written", "says"), [("[unknown]", None), ("unknown", None), ("[]", "none of those asked for")])
def test_nothing_known_is_not_the_same_as_known_to_be_nothing(written: str, says: str | None) -> None:
    described = parse_description(f"{SYSTEM}  special_categories: {written}\n", name="system.yaml")
    people = section(drafted(of=described), "people")

    assert [one.says for one in people.known] == ([] if says is None else [says])
    assert ("special_categories" in {question.id for question in people.to_write}) == (says is None)


def test_the_draft_names_the_system_and_the_digest_of_what_was_said_of_it() -> None:
    subject = drafted().system
    again = drafted(of=parse_description(f"# a comment\n{SYSTEM}", name="system.yaml")).system
    other = drafted(of=parse_description(f"{SYSTEM}  adverse_effect: yes\n", name="system.yaml")).system

    assert (subject.name, subject.version, subject.operator) == ("Visit planner", "2.1", "Example Police")
    assert again == subject
    assert other.digest != subject.digest


def test_without_an_audit_every_benefit_waits_for_a_measured_harm_or_a_reason() -> None:
    assert [(benefit.harms, isinstance(benefit.not_measured, Blank)) for benefit in drafted().benefits] == [((), True)]


def test_measured_harms_stand_beside_every_benefit() -> None:
    assessment = drafted(measured=(HARM,))

    assert assessment.measured == (HARM,)
    assert [(benefit.harms, benefit.not_measured) for benefit in assessment.benefits] == [(("harm-1",), None)]


def test_claims_come_from_families_of_the_same_purpose_and_stand_apart_as_the_claims_of_others() -> None:
    assessment = drafted(families=(FAMILY, OTHER_FAMILY))
    (own,), (other,) = assessment.benefits, assessment.claims_of_others

    assert isinstance(own.claim, Blank)
    assert isinstance(own.claimed_by, Blank)
    assert other.claim == "Vendors say that it saves hours."
    assert other.claimed_by == "others, not this operator: guidance on made-up-family"


def test_without_a_purpose_no_claim_of_others_fits() -> None:
    described = parse_description(SYSTEM.replace("purpose: [predict-place]", "purpose: unknown"), name="system.yaml")

    assert drafted(of=described, families=(FAMILY,)).claims_of_others == ()


@pytest.mark.parametrize(("book_id", "used_in", "told"), [("eu-ai-act", "XB", True), ("eu-ai-act", "XA", False), ("made-up", "XB", False)])
def test_a_kind_whose_law_is_no_law_where_the_system_is_used_says_so(book_id: str, used_in: str, told: bool) -> None:  # noqa: FBT001 - a case
    described = dataclasses.replace(system(), used_in=(used_in,))
    said = no_law_here(drafted(of=described, books=(dataclasses.replace(book(*DUTIES), id=book_id, binds_in=("XA",)),)))

    assert said == ("This law isn't law where the system is used (XB): Regulation (EU) 2024/1689 (AI Act), Art 27." if told else None)


@pytest.mark.parametrize("kind", Kind)
def test_the_law_of_each_form_is_a_book_of_habeas(kind: Kind) -> None:
    assert FORMS[kind].book in {one.id for one in books()}


def test_who_signs_and_when_it_is_looked_at_again_only_people_can_know() -> None:
    assessment = drafted()

    assert [(type(one.role), type(one.on)) for one in assessment.signatures] == [(Blank, Blank)]
    assert isinstance(assessment.review_on, Blank)
    assert assessment.drafted_on == ON == date(2026, 11, 22)
