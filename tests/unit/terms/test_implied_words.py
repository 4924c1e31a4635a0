"""A yes in one place says what it implies in another; nothing is ever taken away by it."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadInput, UnknownTerm
from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks import library
from habeas.terms.answers import Answer, Evidence, Several, Ternary
from habeas.terms.vocabulary import Fact, Kind, Vocabulary, Word

SHOWN = (Evidence(what="the contract"),)
ADMITTED = """
habeas: system/1
name: Link finder
version: "1"
operator: Example Police
about: Looks for links in police data.
answers:
  purpose: [analyse-linked-data]
  context: [investigation]
  {fact}: yes
"""


def words(*implied: str) -> Vocabulary:
    known = tuple(Word(word=word, means=word) for word in ("profile", "draft"))
    purpose = Fact(name="purpose", kind=Kind.SEVERAL, question="What for?", why="Why.", words=known)
    implies = (("purpose", frozenset(implied)),)
    return Vocabulary(facts=(purpose, Fact(name="profiles", kind=Kind.YES_NO, question="Does it?", why="Why.", implies=implies)))


def test_a_yes_adds_the_words_it_implies_and_keeps_what_was_told() -> None:
    told = {"purpose": Answer(value=Several(words=frozenset({"draft"})), evidence=SHOWN), "profiles": Answer(value=Ternary.YES)}

    found = words("profile").closed(told)

    assert found["purpose"] == Answer(value=Several(words=frozenset({"draft", "profile"})), evidence=SHOWN)


@pytest.mark.parametrize("value", [Ternary.NO, Ternary.UNKNOWN])
def test_a_no_and_an_unknown_imply_nothing(value: Ternary) -> None:
    told = {"purpose": Answer(value=Several(words=frozenset({"draft"}))), "profiles": Answer(value=value)}

    assert words("profile").closed(told) == told


def test_what_was_not_answered_stays_open_beside_what_is_implied() -> None:
    found = words("profile").closed({"profiles": Answer(value=Ternary.YES)})

    assert found["purpose"].value == Several(words=frozenset({"profile"}), complete=False)


def test_only_words_of_the_vocabulary_can_be_implied() -> None:
    with pytest.raises(UnknownTerm) as refused:
        words("profil")

    assert str(refused.value) == "implies: profiles implies profil, which is no word of purpose: mend it"


def test_only_a_yes_or_no_can_imply() -> None:
    with pytest.raises(BadInput, match="expected it only where the kind is yes-no"):
        Fact(name="since", kind=Kind.DAY, question="When?", why="Why.", implies=(("purpose", frozenset({"draft"})),))


@pytest.mark.parametrize("fact", ["profiles_persons", "based_solely_on_profiling", "unrelated_or_disproportionate_treatment"])
def test_whoever_admits_profiling_is_banned_by_fair_trials_whatever_the_purpose_says(fact: str) -> None:
    system = library.parse_description(ADMITTED.format(fact=fact), name="system.yaml")

    (found,) = screen(system, library.books_named(["fair-trials"]), on=date(2026, 11, 22))

    assert found.finding is Finding.PROHIBITED


def test_a_profile_alone_is_a_matter_of_the_ai_act_whatever_the_purpose_says() -> None:
    system = library.parse_description(ADMITTED.format(fact="based_solely_on_profiling"), name="system.yaml")

    (found,) = screen(system, library.books_named(["eu-ai-act"]), on=date(2026, 11, 22))

    assert "AIA-5-1-d" in [ruling.rule.id for ruling in found.deciding]
    assert found.finding.prohibits
