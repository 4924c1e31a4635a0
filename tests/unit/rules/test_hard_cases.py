"""The cases that other screens let through or mix up, by the books that habeas brings. The systems stand in bench/litmus/ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from habeas.rules.rulebook import Example, Outcome, Rule
from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding, Verdict
from habeas.runs.rulebooks import library
from habeas.terms.answers import UNANSWERED, Answer, Evidence, Several, Ternary
from habeas.terms.description import SystemDescription, Technique
from needs import REPOSITORY

ON = date(2026, 11, 22)
BOOKS = library.books()
SYSTEMS = {path.stem: library.read_description(path) for path in sorted((REPOSITORY / "bench" / "litmus" / "ours").glob("*.yaml"))}
OPAQUE = SYSTEMS["24-opaque-score"]
EVERY_CONDITION_SHOWN = SYSTEMS["11-live-faces-all-shown"]
EVERY_CONDITION_OF_THE_AI_ACT_SHOWN = replace(
    EVERY_CONDITION_SHOWN,
    answers={name: answer for name, answer in EVERY_CONDITION_SHOWN.answers.items() if not name.startswith("special_data_")},
)
REFUSES = set(Finding) - {Finding.DUTIES, Finding.NO_RULE}
PROHIBITS = REFUSES - {Finding.BLOCKED}
YES, NO = Ternary.YES, Ternary.NO
OTHER_BANS = [
    (book.id, rule, example)
    for book in BOOKS
    for rule in book.rules
    if rule.outcome is Outcome.PROHIBITED and rule.id != "AIA-5-1-h"
    for example in rule.caught
]


def by_book(system: SystemDescription, on: date = ON) -> dict[str, Verdict]:
    return {verdict.book.id: verdict for verdict in screen(system, BOOKS, on=on)}


def findings(system: SystemDescription) -> dict[str, Finding]:
    return {name: verdict.finding for name, verdict in by_book(system).items()}


def saying(system: SystemDescription, answers: Mapping[str, Answer]) -> SystemDescription:
    return replace(system, answers={**system.answers, **answers})


def shown(value: Ternary) -> Answer:
    return Answer(value=value, evidence=(Evidence(what="a document"),))


def both(system: SystemDescription, example: Example) -> SystemDescription:
    """The system, which is also what the example describes: it serves the purposes, places and people of the two."""
    joined = dict(example.answers)
    for name, answer in system.answers.items():
        if name in joined and isinstance(answer.value, Several) and isinstance(joined[name].value, Several):
            joined[name] = replace(answer, value=_union(answer.value, joined[name].value))
    return saying(system, joined)


def _union(one: Several, other: object) -> Several:
    assert isinstance(other, Several)
    return Several(words=one.words | other.words, complete=one.complete and other.complete)


def test_the_score_that_canada_lets_decide_is_refused_by_every_book_that_prohibits_anything() -> None:
    found = by_book(OPAQUE)

    prohibiting = {book.id for book in BOOKS if any(rule.outcome is Outcome.PROHIBITED for rule in book.rules)}
    assert prohibiting >= {"fair-trials", "eu-ai-act", "led", "uk"}
    assert {name for name, verdict in found.items() if verdict.finding in REFUSES} == prohibiting


def test_fair_trials_prohibits_it_and_the_laws_block_it_until_its_secrets_are_answered() -> None:
    found = by_book(OPAQUE)

    why = {
        name: {ruling.rule.id: {test.fact for test in ruling.hinges} for ruling in verdict.deciding}
        for name, verdict in found.items()
        if verdict.finding in REFUSES
    }
    assert found["fair-trials"].finding.prohibits
    assert {found[name].finding for name in ("eu-ai-act", "led", "uk")} == {Finding.BLOCKED}
    assert why["fair-trials"] == {"FT-BAN-1": set()}
    assert why["eu-ai-act"] == {"AIA-5-1-d": {"based_solely_on_profiling"}}
    assert why["led"]["LED-11-3-RESULT"] == {"profiling_found_discriminatory"}
    assert why["led"]["LED-11-1"] == {"solely_automated"}
    assert why["uk"]["UK-50B"] == {"solely_automated", "special_categories"}


def test_no_document_of_its_owner_brings_it_past_fair_trials() -> None:
    told = {
        "based_solely_on_profiling": shown(NO),
        "supports_human_assessment_based_on_facts": shown(YES),
        "facts_objective_and_verifiable": shown(YES),
        "solely_automated": shown(NO),
        "profiling_found_discriminatory": shown(NO),
        "bias_tested_before_use": shown(YES),
        "special_categories": Answer(value=Several(), evidence=(Evidence(what="list of inputs"),)),
    }

    found = findings(saying(OPAQUE, told))

    assert found["fair-trials"] is Finding.PROHIBITED
    assert {found[name] for name in ("eu-ai-act", "led", "uk")} == {Finding.DUTIES}


def test_live_recognition_with_every_condition_shown_is_let_through_by_the_ai_act() -> None:
    assert findings(EVERY_CONDITION_SHOWN)["eu-ai-act"] is Finding.DUTIES


@pytest.mark.parametrize(
    ("book", "rule", "example"), OTHER_BANS, ids=lambda part: part if isinstance(part, str) else getattr(part, "id", "")
)
def test_the_exception_for_live_recognition_lifts_no_other_prohibition(book: str, rule: Rule, example: Example) -> None:
    day = ON if example.on is None else example.on
    found = by_book(both(EVERY_CONDITION_OF_THE_AI_ACT_SHOWN, example), day)[book]

    ruling = next(ruling for ruling in found.rulings if ruling.rule is rule)
    assert (ruling.bites, ruling.lifted) == (YES, None)
    assert found.finding in PROHIBITS


def test_live_recognition_that_also_predicts_offending_is_prohibited_for_the_prediction_alone() -> None:
    found = by_book(SYSTEMS["12-live-faces-and-prediction"])

    assert [ruling.rule.id for ruling in found["eu-ai-act"].deciding] == ["AIA-5-1-d"]
    assert found["fair-trials"].finding.prohibits


@pytest.mark.parametrize("fact", sorted(fact for fact in EVERY_CONDITION_SHOWN.answers if EVERY_CONDITION_SHOWN.answer(fact).evidence))
def test_a_condition_of_live_recognition_that_is_only_claimed_counts_for_nothing(fact: str) -> None:
    claimed = replace(EVERY_CONDITION_SHOWN.answer(fact), evidence=())

    found = findings(saying(EVERY_CONDITION_SHOWN, {fact: claimed}))

    assert {found["eu-ai-act"], found["led"]} & REFUSES


def test_of_a_system_about_which_nothing_is_known_no_book_that_prohibits_says_that_it_may_be_used() -> None:
    nothing = SystemDescription(name="unknown", version="unknown", operator="unknown", about="unknown")

    found = findings(nothing)

    assert {name: finding for name, finding in found.items() if finding not in REFUSES} == {"council-of-europe": Finding.DUTIES}


@pytest.mark.parametrize("name", sorted(SYSTEMS))
def test_an_answer_taken_back_never_lets_a_refused_system_through(name: str) -> None:
    told = findings(SYSTEMS[name])
    refused = {book for book, finding in told.items() if finding in REFUSES}

    for fact in SYSTEMS[name].answers:
        found = findings(saying(SYSTEMS[name], {fact: UNANSWERED}))
        assert {book for book in refused if found[book] not in REFUSES} == set(), fact


@pytest.mark.parametrize("name", sorted(SYSTEMS))
@pytest.mark.parametrize("technique", Technique)
def test_is_it_ai_is_no_way_out_a_checklist_a_list_or_fixed_rules_are_judged_like_a_trained_model(name: str, technique: Technique) -> None:
    trained = replace(SYSTEMS[name], techniques=(Technique.MACHINE_LEARNING,))
    other = replace(SYSTEMS[name], techniques=(technique,))

    assert screen(other, BOOKS, on=ON) == screen(trained, BOOKS, on=ON)


def test_a_list_kept_by_hand_is_judged_alike_whether_it_is_said_to_be_for_danger_or_for_help() -> None:
    danger, help_offered = (findings(SYSTEMS[name]) for name in ("05-list-of-youth-danger", "06-list-of-youth-help"))

    assert danger == help_offered
    assert help_offered["fair-trials"] is Finding.PROHIBITED
