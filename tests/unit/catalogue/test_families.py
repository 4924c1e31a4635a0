"""Guidance on technologies: whole, in plain words, and in step with the vocabulary and the catalogue. Figures are worked out again here."""

import dataclasses
import re
from collections import Counter

import pytest

from habeas.catalogue.families import Concern, Guidance, Worry
from habeas.errors import BadInput
from habeas.runs.rulebooks.library import FAMILIES, catalogue, families, vocabulary
from habeas.terms.answers import Several

GUIDANCE = Guidance(
    id="weather-lists",
    name="Weather lists",
    what="A made-up technology.",
    purposes=("list-persons",),
    benefits=(),
    worries=tuple(Worry(concern=concern, worry="Rain.", ask=("How much?",)) for concern in Concern),
    tested_by="nothing",
    waits_for=None,
    examples=(),
    sources=(),
)

# The families that design.md names.
DESIGN = {
    "hot-spot-prediction",
    "person-scores-and-lists",
    "drones-and-autonomous-vehicles",
    "number-plate-reading",
    "live-face-recognition",
    "retrospective-face-recognition",
    "operator-initiated-face-recognition",
    "analytics",
    "victim-updates",
    "call-routing",
    "video-hearings",
    "body-worn-cameras",
    "forensic-analysis",
    "remote-sensing",
    "ai-in-sentencing",
}

# Rules ask for these, but no documented system of the catalogue does them, so there is nothing to give guidance from.
WITHOUT_FAMILY = {"make-intimate-or-abuse-images", "steer-behaviour"}

NOT_OUR_WORDS = re.compile(r"\b(fair(?! trials)\w*|unfair\w*|debias\w*|unbiased|offenders?|criminals)\b", re.IGNORECASE)

every_family = pytest.mark.parametrize("family", families(), ids=lambda family: family.id)


def text_of(name):
    """The file of a family, its line breaks made spaces."""
    return " ".join((FAMILIES / f"{name}.yaml").read_text(encoding="utf-8").split())


def test_a_concern_that_is_left_out_is_refused():
    with pytest.raises(BadInput, match=r"worries: expected each of human-rights-and-trial, data-protection, .* once"):
        dataclasses.replace(GUIDANCE, worries=GUIDANCE.worries[1:])


def test_a_concern_that_stands_twice_is_refused():
    with pytest.raises(BadInput, match="once: add or remove"):
        dataclasses.replace(GUIDANCE, worries=(*GUIDANCE.worries, GUIDANCE.worries[0]))


def test_every_family_of_the_design_has_its_guidance():
    assert {family.id for family in families()} >= DESIGN


def test_a_file_is_called_as_its_family():
    assert {family.id for family in families()} == {path.stem for path in FAMILIES.iterdir()}


def test_every_purpose_belongs_to_a_family():
    words = {word.word for word in vocabulary().fact("purpose").words}
    assert {purpose for family in families() for purpose in family.purposes} == words - WITHOUT_FAMILY


@every_family
def test_an_example_is_in_the_public_catalogue_and_serves_a_purpose_of_its_family(family):
    public = {entry.id: entry for entry in catalogue()}
    for name in family.examples:
        served = public[name].description.answers["purpose"].value
        assert isinstance(served, Several), name
        assert served.words & set(family.purposes), name


@every_family
def test_each_concern_comes_with_three_to_five_questions(family):
    for worry in family.worries:
        assert 3 <= len(worry.ask) <= 5, worry.concern
        assert all(question.endswith("?") for question in worry.ask), worry.concern


def test_no_question_is_so_general_that_two_families_share_it():
    asked = Counter(question for family in families() for worry in family.worries for question in worry.ask)
    assert [question for question, times in asked.items() if times > 1] == []


@every_family
def test_a_family_says_who_claims_what_how_it_is_tested_and_from_where_that_is_known(family):
    assert family.benefits
    assert family.sources
    assert "`habeas screen`" in family.tested_by


@every_family
def test_the_words_are_ours_and_the_lines_short(family):
    assert NOT_OUR_WORDS.findall(text_of(family.id)) == []
    lines = (FAMILIES / f"{family.id}.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 140] == []


@pytest.mark.parametrize(
    ("name", "counts", "part", "whole", "written", "digits"),
    [
        ("live-face-recognition", "10 false alerts in 3,147,436 faces", 10, 3_147_436, "0.0003 %", 4),
        ("live-face-recognition", "10 in 2,077 alerts", 10, 2_077, "0.48 %", 2),
        # South Wales Police, Cardiff 2017: 2,297 false of 2,470 (reference/biometric.md, 1.4)
        ("live-face-recognition", "2,470 alerts were false", 2_297, 2_470, "93 %", 0),
        ("number-plate-reading", "646 of 751 plates", 646, 751, "86.0 %", 1),
        ("person-scores-and-lists", "Of 1,307 people", 870, 1_307, "66.6 %", 1),
        ("remote-sensing", "2,749 scans, 118 false alarms", 118, 2_749, "4.29 %", 2),
        ("remote-sensing", "130 alarms", 118, 118 + 12, "91 %", 0),
    ],
)
def test_a_percentage_is_that_of_its_counts(name, counts, part, whole, written, digits):
    assert counts in text_of(name)
    assert written in text_of(name)
    assert f"{100 * part / whole:.{digits}f} %" == written


def test_rates_of_compas_are_those_that_our_own_audit_finds():
    # docs/explanation/limits.md, whose table is executed by a test: all rows of ProPublica's two-year file, decile 5 and above.
    assert "44.85 % of African-American people and 23.45 % of Caucasian people" in text_of("person-scores-and-lists")
