"""The Law Enforcement Directive against whoever would like to slip through it.

What is expected is written by hand from the articles (in our words in the book), not computed from the book.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from habeas.rules import conditions
from habeas.rules.checking import faults
from habeas.rules.rulebook import Outcome, Unit
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks.library import books_named
from habeas.terms.answers import Ternary
from habeas.terms.sources import Confidence
from screens import by_book
from screens.by_book import shown

YES, NO, UNKNOWN = Ternary.YES, Ternary.NO, Ternary.UNKNOWN
BANS = ("LED-10", "LED-11-1", "LED-11-2", "LED-11-3", "LED-11-3-RESULT")
verdict = partial(by_book.verdict, "led")
ruling = partial(by_book.ruling, "led")
bites = partial(by_book.bites, "led")

HARMLESS = {
    "purpose": ["assist-casework"],
    "context": ["investigation"],
    "operator": ["police"],
    "processes_personal_data": "yes",
    "special_categories": shown([]),
    "adverse_effect": shown("no"),
    "solely_automated": "no",
    "profiles_persons": shown("no"),
    "profiling_found_discriminatory": shown("no"),
}
"""A search of case files: everything about it is answered, and no prohibition bites."""
SCORE = {**HARMLESS, "purpose": ["predict-reoffending"], "profiles_persons": "yes", "adverse_effect": "yes", "solely_automated": "yes"}
"""A score by which a machine alone decides."""

SENSITIVE = (
    "racial-or-ethnic-origin",
    "political-opinions",
    "religion-or-belief",
    "trade-union",
    "genetic",
    "biometric",
    "health",
    "sex-life-or-orientation",
)


def test_every_example_of_the_book_holds() -> None:
    assert faults(books_named(["led"])[0]) == ()


def test_the_book_claims_no_more_than_memory_and_no_reader() -> None:
    book = books_named(["led"])[0]

    assert {rule.confidence for rule in book.rules} == {Confidence.MEMORY}
    assert {rule.source.read_on for rule in book.rules} == {None}
    assert book.readers == ()


@pytest.mark.parametrize("rule", BANS)
def test_a_description_without_a_single_answer_leaves_every_prohibition_open(rule: str) -> None:
    assert bites({}, rule) is UNKNOWN


def test_a_search_of_case_files_meets_duties_and_no_prohibition() -> None:
    assert verdict(HARMLESS).finding is Finding.DUTIES


@pytest.mark.parametrize("fact", ["special_categories", "adverse_effect", "solely_automated", "profiles_persons", "purpose", "operator"])
def test_taking_back_one_answer_never_adds_a_no(fact: str) -> None:
    known, less = verdict(SCORE), verdict({name: said for name, said in SCORE.items() if name != fact})

    for before, after in zip(known.rulings, less.rulings, strict=True):
        assert before.bites is after.bites or after.bites is UNKNOWN


@pytest.mark.parametrize("purpose", ["match-plates", "identify-face-after", "list-persons", "verify-identity", "predict-victimisation"])
def test_no_personal_data_is_no_way_out_for_what_points_at_people(purpose: str) -> None:
    said = {**SCORE, "purpose": [purpose], "special_categories": ["biometric"], "processes_personal_data": shown("no")}

    assert bites(said, "LED-10") is YES
    assert bites(said, "LED-11-1") is YES
    assert bites(said, "LED-4") is YES


def test_sensitive_data_claimed_to_point_at_nobody_must_be_shown_to() -> None:
    said = {**HARMLESS, "purpose": ["predict-place"], "special_categories": ["racial-or-ethnic-origin"]}

    assert bites({**said, "processes_personal_data": "no"}, "LED-10") is UNKNOWN
    assert bites({**said, "processes_personal_data": shown("no")}, "LED-10") is NO


def test_a_second_harmless_purpose_frees_nobody() -> None:
    said = {
        **SCORE,
        "purpose": ["assist-casework", "predict-reoffending"],
        "profiles_persons": "no",
        "profiling_found_discriminatory": "yes",
    }

    assert bites(said, "LED-11-3-RESULT") is YES


@pytest.mark.parametrize("operator", ["company-for-authority", "court", "prison-or-probation", "local-government", "central-government"])
def test_handing_the_work_to_another_body_frees_nobody(operator: str) -> None:
    assert bites({**SCORE, "operator": [operator]}, "LED-11-1") is YES


def test_border_work_alone_is_outside_and_border_work_with_investigation_is_inside() -> None:
    border = {**SCORE, "operator": ["border-authority"], "context": shown(["border"])}

    assert bites(border, "LED-11-1") is NO
    assert bites({**border, "context": ["border"]}, "LED-11-1") is UNKNOWN
    assert bites({**border, "context": ["border", "investigation"]}, "LED-11-1") is YES
    assert bites({**border, "context": ["border", "unknown"]}, "LED-11-1") is UNKNOWN


STRICT = ("special_data_strictly_necessary", "special_data_ground", "special_data_safeguarded")


@pytest.mark.parametrize("missing", STRICT)
@pytest.mark.parametrize("instead", ["yes", shown("no"), shown("unknown"), None])
def test_sensitive_data_need_all_three_conditions_shown(missing: str, instead: object) -> None:
    said: dict[str, object] = {**HARMLESS, "special_categories": ["health"], **dict.fromkeys(STRICT, shown("yes"))}
    assert bites(said, "LED-10") is NO

    weaker = {name: value for name, value in said.items() if name != missing} | ({} if instead is None else {missing: instead})

    assert bites(weaker, "LED-10") is YES


def test_consent_is_no_ground_in_this_directive() -> None:
    assert bites({**HARMLESS, "special_categories": ["biometric"], "explicit_consent": shown("yes")}, "LED-10") is YES


def test_a_human_in_the_loop_counts_only_when_shown() -> None:
    assert bites({**SCORE, "solely_automated": "no"}, "LED-11-1") is UNKNOWN
    assert bites({**SCORE, "solely_automated": shown("no")}, "LED-11-1") is NO
    assert bites({**SCORE, "solely_automated": "unknown"}, "LED-11-1") is UNKNOWN


def test_a_law_lifts_only_the_first_paragraph() -> None:
    said = {
        **SCORE,
        "special_categories": ["health"],
        "automated_decision_authorised_by_law": shown("yes"),
        "profiling_found_discriminatory": "yes",
    }

    assert {rule: bites(said, rule) for rule in BANS} == {
        "LED-10": YES,
        "LED-11-1": NO,
        "LED-11-2": YES,
        "LED-11-3": YES,
        "LED-11-3-RESULT": YES,
    }


def test_measures_for_sensitive_data_lift_only_the_second_paragraph() -> None:
    said = {**SCORE, "special_categories": ["health"], "safeguards_for_special_data_in_automated_decisions": shown("yes")}

    assert bites(said, "LED-11-2") is NO
    assert bites(said, "LED-11-1") is YES
    assert bites(said, "LED-10") is YES


def test_nothing_lifts_discriminatory_profiling() -> None:
    everything = {
        fact: shown("yes")
        for fact in (
            *STRICT,
            "automated_decision_authorised_by_law",
            "safeguards_for_special_data_in_automated_decisions",
            "explicit_consent",
        )
    }
    said = {**SCORE, "special_categories": ["racial-or-ethnic-origin"], "profiling_found_discriminatory": "yes", **everything}

    found = verdict(said)

    assert found.finding.prohibits
    assert {deciding.rule.id for deciding in found.deciding} == {"LED-11-3", "LED-11-3-RESULT"}


def test_an_untested_no_clears_no_profiling() -> None:
    sensitive = {**SCORE, "special_categories": ["racial-or-ethnic-origin"]}

    assert bites({**sensitive, "profiling_found_discriminatory": "no"}, "LED-11-3") is UNKNOWN
    assert bites({**sensitive, "profiling_found_discriminatory": shown("no")}, "LED-11-3") is NO
    assert bites({**SCORE, "profiling_found_discriminatory": "no"}, "LED-11-3-RESULT") is UNKNOWN
    assert bites({**SCORE, "profiling_found_discriminatory": shown("no")}, "LED-11-3-RESULT") is NO
    assert bites({**SCORE, "profiling_found_discriminatory": "unknown"}, "LED-11-3-RESULT") is UNKNOWN


WAYS_OUT = {
    "operator": ["private"],
    "context": ["border"],
    "special_categories": [],
    "adverse_effect": "no",
    "profiling_found_discriminatory": "no",
}


@pytest.mark.parametrize("fact", WAYS_OUT)
@pytest.mark.parametrize("rule", BANS)
def test_no_bare_answer_lets_anybody_out_of_a_ban(rule: str, fact: str) -> None:
    said = {**SCORE, "special_categories": ["health"], "profiling_found_discriminatory": "yes"}
    asks = {test.fact for test in conditions.tests(books_named(["led"])[0].rule(rule).when)}
    assert bites(said, rule) is YES

    assert bites({**said, fact: WAYS_OUT[fact]}, rule) is (UNKNOWN if fact in asks else YES)
    assert bites({**said, fact: shown(WAYS_OUT[fact])}, rule) is (NO if fact in asks else YES)


def test_an_admission_needs_no_proof() -> None:
    assert bites({**SCORE, "profiling_found_discriminatory": "yes"}, "LED-11-3-RESULT") is YES


def test_a_search_that_profiles_nobody_is_not_profiling_that_discriminates() -> None:
    said = {**HARMLESS, "purpose": ["identify-face-after"], "special_categories": ["biometric"], "profiling_found_discriminatory": "yes"}

    assert bites(said, "LED-11-3") is NO
    assert bites(said, "LED-10") is YES


def test_a_forecast_of_places_from_counts_alone_meets_nothing() -> None:
    said = {**HARMLESS, "purpose": ["predict-place"], "adverse_effect": "yes", "solely_automated": "yes"}

    assert verdict({**said, "processes_personal_data": shown("no")}).finding is Finding.NO_RULE
    assert verdict({**said, "processes_personal_data": "no"}).finding is Finding.BLOCKED


def test_limits_of_rights_are_duties_and_let_nothing_out() -> None:
    book = books_named(["led"])[0]

    assert book.rule("LED-13-3").outcome is Outcome.DUTY
    assert book.rule("LED-18").outcome is Outcome.RIGHT
    assert {rule.id for rule in book.rules if rule.lifts} == {"LED-10", "LED-11-1", "LED-11-2"}


@pytest.mark.parametrize(
    ("rule", "within", "unit"),
    [("LED-28", 6, Unit.WEEKS), ("LED-30", 72, Unit.HOURS), ("LED-53", 3, Unit.MONTHS), ("LED-12", None, None), ("LED-14", None, None)],
)
def test_numbers_stand_only_where_the_text_sets_them(rule: str, within: int | None, unit: Unit | None) -> None:
    deadline = books_named(["led"])[0].rule(rule).deadline

    assert deadline is not None
    assert (deadline.within, deadline.unit) == (within, unit)


def test_the_directive_applies_from_the_day_of_transposition() -> None:
    assert bites(SCORE, "LED-11-1", on=date(2018, 5, 5)) is NO
    assert bites(SCORE, "LED-11-1", on=date(2018, 5, 6)) is YES
    assert bites(SCORE, "LED-11-1", on=date(2018, 5, 7)) is YES


def test_victims_in_a_score_are_asked_about() -> None:
    said = {**SCORE, "people_in_the_data": ["suspects", "victims"]}

    assert bites(said, "LED-6-OTHERS") is YES
    assert bites({**said, "people_in_the_data": ["suspects"]}, "LED-6-OTHERS") is NO
    assert bites({**said, "people_in_the_data": ["suspects", "unknown"]}, "LED-6-OTHERS") is UNKNOWN


@pytest.mark.parametrize("kind", SENSITIVE)
def test_each_kind_of_sensitive_data_counts_alone_and_among_unknown_others(kind: str) -> None:
    """The kinds: Article 10, by hand."""
    said = {**SCORE, "special_categories": [kind, "unknown"], "profiling_found_discriminatory": "yes"}

    assert [bites(said, rule) for rule in ("LED-10", "LED-11-2", "LED-11-3")] == [YES, YES, YES]


def test_sensitive_data_that_nobody_looked_for_leave_the_prohibitions_open() -> None:
    said = {**SCORE, "special_categories": ["unknown"], "profiling_found_discriminatory": "yes"}

    assert [bites(said, rule) for rule in ("LED-10", "LED-11-2", "LED-11-3")] == [UNKNOWN, UNKNOWN, UNKNOWN]


def test_every_row_of_the_reference_is_a_rule(shared_data: Path) -> None:
    rows = YAML(typ="safe").load(shared_data / "governance" / "rulebook_led.yaml")["rules"]

    assert {row["id"] for row in rows} <= {rule.id for rule in books_named(["led"])[0].rules}


@pytest.mark.parametrize("rule", ["LED-10", "LED-11-2"])
@pytest.mark.parametrize("purpose", ["identify-face-live", "identify-face-after", "identify-face-by-officer", "verify-identity"])
@pytest.mark.parametrize("none", [[], {"answer": [], "evidence": ["a list of inputs"]}])
def test_a_face_search_uses_body_data_whatever_is_answered(rule: str, purpose: str, none: object) -> None:
    said = {**SCORE, "purpose": [purpose], "special_categories": none}

    assert bites(said, rule) is YES
