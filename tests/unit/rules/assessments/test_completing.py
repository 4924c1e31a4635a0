"""An assessment is complete exactly if nothing that the law asks is missing, whatever its author took out."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from habeas.errors import BadDescription
from habeas.rules.assessments.completing import NO_HARM, Missing, blanks, changed, complete, unsaid
from habeas.rules.assessments.values import Assessment, Benefit, Blank, Kind, Signature
from habeas.rules.screening import screen
from habeas.runs.rulebooks.library import parse_description, vocabulary
from screens.assessment_cases import BAN, DUTIES, FAMILY, HARM, ON, OPEN_BAN, SYSTEM, book, drafted, filled, system

BENEFIT = Benefit(claim="Fewer burglaries.", claimed_by="the vendor", shown_by="Nothing does.", not_measured="The audit starts in May.")


def whole(**changes: Any) -> Assessment:
    return dataclasses.replace(filled(drafted()), **changes)


def sections(assessment: Assessment, name: str, **changes: Any) -> tuple[Any, ...]:
    return tuple(dataclasses.replace(one, **changes) if one.id == name else one for one in assessment.sections)


def told(missing: tuple[Missing, ...]) -> list[tuple[str, str]]:
    return [(one.section, one.item) for one in missing]


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_lacks_everything_that_it_marks(kind: Kind) -> None:
    assessment = drafted(kind, families=(FAMILY,))

    assert len(complete(assessment)) == blanks(assessment) > 10


@pytest.mark.parametrize("kind", Kind)
def test_with_every_blank_filled_nothing_is_missing(kind: Kind) -> None:
    assert complete(filled(drafted(kind, families=(FAMILY,), measured=(HARM,)))) == ()


def test_a_prohibited_system_can_have_a_complete_assessment_which_still_says_that_it_is_prohibited() -> None:
    assessment = filled(drafted(books=(book(BAN),)))

    assert complete(assessment) == ()
    assert assessment.prohibited


def test_a_section_that_was_taken_out_is_missing() -> None:
    assessment = whole(sections=tuple(one for one in whole().sections if one.id != "oversight"))

    assert [(one.section, one.item, one.what) for one in complete(assessment)] == [
        ("oversight", "section", "the whole section: How do people oversee it, according to the instructions for use?")
    ]


def test_a_question_that_was_taken_out_is_missing() -> None:
    assessment = whole(sections=sections(whole(), "period", to_write=()))

    assert told(complete(assessment)) == [("period", "period"), ("period", "frequency")]


def test_a_fact_that_is_neither_known_nor_answered_is_missing() -> None:
    assessment = whole(sections=sections(whole(), "period", known=()))

    assert told(complete(assessment)) == [("period", "in_service_from")]


def test_sections_and_questions_of_ones_own_must_be_answered_too() -> None:
    own = dataclasses.replace(whole().sections[0], id="own", known=(), duties=())
    blank = dataclasses.replace(own.to_write[0], answer=Blank(ask="more"))

    assert complete(whole(sections=(*whole().sections, own))) == ()
    assert told(complete(whole(sections=(*whole().sections, dataclasses.replace(own, to_write=(blank,)))))) == [("own", blank.id)]


def test_a_duty_that_nobody_says_how_it_is_met_is_missing() -> None:
    duties = drafted().sections[4].duties

    missing = complete(whole(sections=sections(whole(), "oversight", duties=duties)))

    assert missing == (Missing(section="oversight", item="made-up D-OVERSIGHT", what="what is done about: Title of D-OVERSIGHT"),)


@pytest.mark.parametrize("nothing", ["n/a", "None.", "TBD", "yes", "-", "...", " ?? ", "to do"])
def test_words_that_answer_nothing_are_no_answer(nothing: str) -> None:
    question = dataclasses.replace(whole().sections[1].to_write[0], answer=nothing)
    assessment = whole(sections=sections(whole(), "period", to_write=(question, whole().sections[1].to_write[1])))

    (missing,) = complete(assessment)
    assert (missing.section, missing.item) == ("period", "period")
    assert missing.what == f'a sentence in place of "{nothing.strip()}", which answers nothing'


@pytest.mark.parametrize("something", ["No watchlist is used.", "無", "12,000 people a month"])
def test_short_answers_are_answers(something: str) -> None:
    question = dataclasses.replace(whole().sections[1].to_write[0], answer=something)

    assert complete(whole(sections=sections(whole(), "period", to_write=(question, whole().sections[1].to_write[1])))) == ()


@pytest.mark.parametrize("word", ["ok", "Done.", "Yes!", "compliant", "Transparency"])
def test_one_word_is_no_answer(word: str) -> None:
    assessment = whole(sections=sections(whole(), "period", to_write=(answered(word), whole().sections[1].to_write[1])))

    (missing,) = complete(assessment)
    assert (missing.section, missing.item) == ("period", "period")
    assert missing.what.startswith(f'a sentence in place of "{word}"')


def test_a_role_may_be_one_word() -> None:
    signature = Signature(role="Chief", on=ON)

    assert complete(whole(signatures=(signature,), benefits=(dataclasses.replace(BENEFIT, claimed_by="Vendor"),))) == ()


def answered(text: str) -> Any:
    return dataclasses.replace(whole().sections[1].to_write[0], answer=text)


@pytest.mark.parametrize(("places", "missing"), [(2, 0), (3, 3), (4, 4)])
def test_the_same_words_in_more_than_two_places_answer_none_of_them(places: int, missing: int) -> None:
    said = ["We comply with this.", "we comply  with this", "We comply with this.", "WE COMPLY WITH THIS"][:places]
    first = whole().sections[1].to_write[0]
    own = tuple(dataclasses.replace(first, id=f"own-{number}", answer=text) for number, text in enumerate(said))
    assessment = whole(sections=sections(whole(), "period", to_write=(*whole().sections[1].to_write, *own)))

    found = complete(assessment)
    assert [one.item for one in found] == [f"own-{number}" for number in range(missing)]
    assert all(f"which stands in {places} places: say what holds here" in one.what for one in found)


def test_an_assessment_filled_with_ok_lacks_everything() -> None:
    sections_of_ok = tuple(
        dataclasses.replace(
            one,
            to_write=tuple(dataclasses.replace(question, answer="ok") for question in one.to_write),
            duties=tuple(dataclasses.replace(duty, met_by="ok") for duty in one.duties),
        )
        for one in whole().sections
    )

    asked = sum(len(one.to_write) + len(one.duties) for one in whole().sections)
    assert len(complete(whole(sections=sections_of_ok))) == asked > 10


def test_without_any_benefit_there_is_nothing_to_weigh() -> None:
    assert told(complete(whole(benefits=()))) == [("benefits", "benefits")]


def test_a_benefit_needs_a_measured_harm_or_a_reason_why_there_is_none() -> None:
    assert complete(whole(benefits=(BENEFIT,))) == ()
    assert complete(whole(benefits=(dataclasses.replace(BENEFIT, not_measured=None),))) == (
        Missing(section="benefits", item="benefit 1", what=NO_HARM),
    )
    assert complete(whole(benefits=(dataclasses.replace(BENEFIT, not_measured=None, harms=("harm-1",)),), measured=(HARM,))) == ()


def test_a_benefit_with_a_harm_and_a_reason_why_there_is_none_is_refused() -> None:
    with pytest.raises(BadDescription, match="not_measured: expected a reason only where no harm is named"):
        dataclasses.replace(BENEFIT, harms=("harm-1",))


def test_a_harm_that_nobody_measured_is_refused() -> None:
    with pytest.raises(BadDescription, match="benefits: harm-9 is no harm under measured"):
        whole(benefits=(dataclasses.replace(BENEFIT, not_measured=None, harms=("harm-9",)),))


def test_two_sections_of_one_name_are_refused() -> None:
    with pytest.raises(BadDescription, match="sections: people stands twice: keep one of each"):
        whole(sections=(*whole().sections, whole().sections[2]))


def test_somebody_must_answer_for_it() -> None:
    assert told(complete(whole(signatures=()))) == [("signatures", "signatures")]


def test_nobody_can_sign_before_the_draft_or_for_a_day_that_has_not_come() -> None:
    early = whole(signatures=(Signature(role="chief", on=ON - timedelta(days=1)),))
    late = whole(signatures=(Signature(role="chief", on=ON + timedelta(days=1)),))

    assert told(complete(early)) == [("signatures", "signature 1")]
    assert complete(late) == ()
    assert told(complete(late, on=ON)) == [("signatures", "signature 1")]
    assert complete(late, on=ON + timedelta(days=1)) == ()


def test_the_review_comes_after_the_signature() -> None:
    assert told(complete(whole(review_on=ON))) == [("review_on", "review_on")]
    assert complete(whole(review_on=ON + timedelta(days=1))) == ()


@pytest.mark.parametrize(("day", "due"), [(date(2027, 11, 21), False), (date(2027, 11, 22), False), (date(2027, 11, 23), True)])
def test_an_assessment_whose_review_is_overdue_is_not_complete(day: date, due: bool) -> None:  # noqa: FBT001 - a case
    assert whole().review_on == date(2027, 11, 22)

    assert bool(complete(whole(), on=day)) == due


def test_a_description_that_says_the_same_changed_nothing() -> None:
    assert changed(whole(), parse_description(f"# comment\n{SYSTEM}", name="system.yaml"), vocabulary()) == ()


def test_a_description_that_changed_is_told_with_the_answers_concerned() -> None:
    now = parse_description(SYSTEM.replace("influences_decisions: yes", "influences_decisions: no"), name="system.yaml")

    (missing,) = changed(whole(), now, vocabulary())
    assert (missing.section, missing.item) == ("system", "digest")
    assert "other answers: influences_decisions)" in missing.what


def test_a_description_that_changed_elsewhere_is_told_too() -> None:
    now = parse_description(SYSTEM.replace("which streets", "which blocks"), name="system.yaml")

    (missing,) = changed(whole(), now, vocabulary())
    assert "no answer that stands here differs" in missing.what


def test_a_known_answer_that_was_altered_in_the_assessment_is_seen() -> None:
    known = dataclasses.replace(whole().sections[1].known[0], says="2020-01-01")

    (missing,) = changed(whole(sections=sections(whole(), "period", known=(known,))), system(), vocabulary())
    assert "other answers: in_service_from)" in missing.what


def test_duties_and_prohibitions_that_were_taken_out_are_seen() -> None:
    books = (book(BAN, OPEN_BAN, *DUTIES),)
    assessment, verdicts = filled(drafted(books=books)), screen(system(), books, on=ON)
    bare = dataclasses.replace(assessment, prohibitions=(), sections=sections(assessment, "oversight", duties=()))

    assert unsaid(assessment, verdicts) == ()
    assert told(unsaid(bare, verdicts)) == [
        ("prohibitions", "made-up BAN"),
        ("prohibitions", "made-up OPEN-BAN"),
        ("oversight", "made-up D-OVERSIGHT"),
    ]


def test_a_ban_that_only_blocked_and_now_bites_is_seen() -> None:
    before = filled(drafted(books=(book(OPEN_BAN),)))
    now = parse_description(f"{SYSTEM}  adverse_effect: yes\n", name="system.yaml")

    missing = unsaid(before, screen(now, (book(OPEN_BAN),), on=ON))
    assert told(missing) == [("prohibitions", "made-up OPEN-BAN")]
