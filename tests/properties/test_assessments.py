"""What holds for the assessment of any system: a draft is never complete, a filled one always is, a file says what was written."""

from __future__ import annotations

import dataclasses
import itertools
import re
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from habeas.rules.assessments.completing import blanks, changed, complete, unsaid
from habeas.rules.assessments.drafting import draft
from habeas.rules.assessments.values import Assessment, Kind
from habeas.rules.screening import screen
from habeas.runs.assessments.reading import parse_assessment
from habeas.runs.assessments.writing import write
from habeas.runs.rulebooks.library import vocabulary
from habeas.runs.yaml_text.fields import CONTROLS
from habeas.terms.answers import Answer, Evidence, Several, Ternary, says_nothing
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Fact
from habeas.terms.vocabulary import Kind as Answered
from screens.assessment_cases import BAN, DUTIES, FAMILY, HARM, ON, OPEN_BAN, book, filled

BOOKS = (book(*DUTIES, BAN, OPEN_BAN),)
PROSE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200).filter(
    lambda text: text == text.strip() and not text.startswith("REPLACE:") and not CONTROLS.search(text)
)
EVIDENCE = st.lists(st.builds(lambda what: Evidence(what=what), PROSE.filter(lambda text: not says_nothing(text))), max_size=2).map(tuple)


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """Any answer to the question."""
    if fact.kind is Answered.YES_NO:
        return st.sampled_from(Ternary)
    if fact.kind is Answered.DAY:
        return st.one_of(st.just(Ternary.UNKNOWN), st.dates())
    words = st.sets(st.sampled_from([word.word for word in fact.words])).map(frozenset)
    return st.builds(lambda words, complete: Several(words=words, complete=complete), words, st.booleans())


@st.composite
def systems(draw: st.DrawFn) -> SystemDescription:
    """Any described system."""
    facts = draw(st.lists(st.sampled_from(vocabulary().facts), unique_by=lambda fact: fact.name, max_size=12))
    answers = {fact.name: Answer(value=draw(values(fact)), evidence=draw(EVIDENCE), note=draw(st.none() | PROSE)) for fact in facts}
    places = draw(st.sampled_from([(), ("XA",), ("XB",)]))
    return SystemDescription(name=draw(PROSE), version="1", operator=draw(PROSE), about=draw(PROSE), used_in=places, answers=answers)


@st.composite
def drafts(draw: st.DrawFn) -> tuple[SystemDescription, Assessment]:
    """Any system with a draft for it."""
    system, kind = draw(systems()), draw(st.sampled_from(Kind))
    measured = draw(st.sampled_from([(), (HARM,)]))
    verdicts = screen(system, BOOKS, on=ON)
    return system, draft(system, verdicts, kind=kind, vocabulary=vocabulary(), on=ON, families=(FAMILY,), measured=measured)


@given(drafts())
def test_a_draft_is_never_complete_and_lacks_exactly_what_it_marks(drafted: tuple[SystemDescription, Assessment]) -> None:
    _, assessment = drafted

    assert len(complete(assessment)) == blanks(assessment) > 0


@given(drafts())
def test_filling_every_blank_makes_it_complete(drafted: tuple[SystemDescription, Assessment]) -> None:
    _, assessment = drafted

    assert complete(filled(assessment)) == ()


@given(drafts())
def test_a_draft_agrees_with_its_own_description_and_screen(drafted: tuple[SystemDescription, Assessment]) -> None:
    system, assessment = drafted

    assert changed(assessment, system, vocabulary()) == ()
    assert unsaid(assessment, screen(system, BOOKS, on=ON)) == ()


@given(drafts())
def test_what_is_written_is_read_back(drafted: tuple[SystemDescription, Assessment]) -> None:
    _, assessment = drafted

    assert parse_assessment(write(assessment), name="a.yaml") == assessment
    assert parse_assessment(write(filled(assessment)), name="a.yaml") == filled(assessment)


@given(drafts())
def test_replacing_every_mark_in_the_text_makes_it_complete(drafted: tuple[SystemDescription, Assessment]) -> None:
    _, assessment = drafted
    days = re.sub(r'"REPLACE: a day, on which all[^"]*"', (ON + timedelta(days=1)).isoformat(), write(assessment))
    text = re.sub(r'"REPLACE: a day[^"]*"', ON.isoformat(), days)
    places = itertools.count(1)  # the same words in many places answer nothing
    long, short = r"^( *)(.*): >-\n +REPLACE: (?:.*)(?:\n\1  .*)*", r'"REPLACE: (?:[^"\\]|\\.)*"'
    text = re.sub(long, lambda found: f"{found[1]}{found[2]}: People wrote this for place {next(places)}.", text, flags=re.MULTILINE)
    text = re.sub(short, lambda _: f"People wrote this for place {next(places)}.", text)

    assert complete(parse_assessment(text, name="a.yaml")) == ()


@given(drafts(), st.data())
def test_taking_anything_out_of_a_complete_one_makes_it_incomplete(
    drafted: tuple[SystemDescription, Assessment], data: st.DataObject
) -> None:
    assessment = filled(drafted[1])
    index = data.draw(st.integers(0, len(assessment.sections) - 1))
    section = assessment.sections[index]
    gone = data.draw(st.sampled_from(["section", "to_write", "benefits", "signatures"]))
    if gone in {"benefits", "signatures"}:
        cut = dataclasses.replace(assessment, **{gone: ()})
    else:
        less = () if gone == "section" else (dataclasses.replace(section, to_write=()),)
        cut = dataclasses.replace(assessment, sections=(*assessment.sections[:index], *less, *assessment.sections[index + 1 :]))

    assert complete(cut) != ()


@given(drafts(), systems())
def test_another_description_is_always_seen(drafted: tuple[SystemDescription, Assessment], other: SystemDescription) -> None:
    system, assessment = drafted

    seen = changed(assessment, other, vocabulary()) != ()
    assert seen or (other.answers == system.answers and other.name == system.name)
