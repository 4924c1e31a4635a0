"""The law of the United Kingdom against whoever would like to slip through it.

What is expected is written by hand from the sections and the judgment (in our words in the book), not computed from the book.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from habeas.rules.checking import faults
from habeas.rules.rulebook import Outcome, Unit
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks.library import books_named, vocabulary
from habeas.terms.answers import Ternary
from habeas.terms.sources import Confidence
from screens import by_book
from screens.by_book import shown

YES, NO, UNKNOWN = Ternary.YES, Ternary.NO, Ternary.UNKNOWN
LAST_DAY_OF_THE_OLD_LAW, FIRST_DAY_OF_THE_NEW = date(2026, 2, 4), date(2026, 2, 5)
verdict = partial(by_book.verdict, "uk")
bites = partial(by_book.bites, "uk")

HARMLESS = {
    "purpose": ["assist-casework"],
    "context": ["investigation"],
    "operator": ["police"],
    "processes_personal_data": "yes",
    "special_categories": shown([]),
    "influences_decisions": "no",
    "interacts_with_people": "no",
    "adverse_effect": shown("no"),
    "solely_automated": "no",
    "profiles_persons": shown("no"),
}
SCORE = {**HARMLESS, "purpose": ["predict-reoffending"], "influences_decisions": "yes", "adverse_effect": "yes", "solely_automated": "yes"}
PLACES = {**HARMLESS, "purpose": ["predict-place"], "processes_personal_data": "no", "influences_decisions": "yes", "adverse_effect": "yes"}
LIVE = {**HARMLESS, "purpose": ["identify-face-live"], "special_categories": ["biometric"], "influences_decisions": "yes"}
POINTS_OF_BRIDGES = (
    "watchlist_criteria_written",
    "location_criteria_written",
    "bias_tested_before_use",
    "privacy_interference_assessed",
)

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
    assert faults(books_named(["uk"])[0]) == ()


def test_nobody_is_said_to_have_read_the_book() -> None:
    assert books_named(["uk"])[0].readers == ()


@pytest.mark.parametrize(
    ("rule", "confidence"),
    [
        ("UK-50A", Confidence.SOURCE),
        ("UK-50B", Confidence.MIXED),
        ("UK-50C", Confidence.MEMORY),
        ("UK-50D", Confidence.MEMORY),
        ("UK-BRIDGES", Confidence.MIXED),
        ("UK-PSED", Confidence.SOURCE),
        ("UK-164A", Confidence.SOURCE),
        ("UK-62", Confidence.MEMORY),
        ("UK-LFR-APP", Confidence.SECONDARY),
        ("UK-POLICE-COMPLAINT", Confidence.SOURCE),
        ("UK-JR", Confidence.MEMORY),
    ],
)
def test_what_was_read_and_what_is_from_memory_is_kept_apart(rule: str, confidence: Confidence) -> None:
    assert books_named(["uk"])[0].rule(rule).confidence is confidence


@pytest.mark.parametrize("rule", ["UK-35-SENSITIVE", "UK-50B", "UK-BRIDGES"])
def test_a_description_without_a_single_answer_leaves_every_prohibition_open(rule: str) -> None:
    assert bites({}, rule) is UNKNOWN


@pytest.mark.parametrize(
    ("on", "old", "new"),
    [(date(2026, 2, 3), YES, NO), (LAST_DAY_OF_THE_OLD_LAW, YES, NO), (FIRST_DAY_OF_THE_NEW, NO, YES), (date(2026, 2, 6), NO, YES)],
)
def test_decisions_by_machine_changed_their_law_on_one_day(on: date, old: Ternary, new: Ternary) -> None:
    said = {**SCORE, "special_categories": ["health"]}

    assert [bites(said, rule, on=on) for rule in ("UK-49-OLD", "UK-50-OLD")] == [old, old]
    assert [bites(said, rule, on=on) for rule in ("UK-50B", "UK-50C")] == [new, new]


def test_without_sensitive_data_the_new_law_gives_safeguards_where_the_old_one_prohibited() -> None:
    assert verdict(SCORE, on=LAST_DAY_OF_THE_OLD_LAW).finding.prohibits
    assert verdict(SCORE, on=FIRST_DAY_OF_THE_NEW).finding is Finding.DUTIES
    assert bites(SCORE, "UK-50C", on=FIRST_DAY_OF_THE_NEW) is YES


def test_one_month_is_no_longer_law_and_the_book_says_so() -> None:
    book = books_named(["uk"])[0]
    old, new = book.rule("UK-50-OLD").deadline, book.rule("UK-50C").deadline

    assert old is not None
    assert new is not None
    assert (old.within, old.unit) == (1, Unit.MONTHS)
    assert new.within is None
    assert "not law" in new.says


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 6, 18), NO), (date(2026, 6, 19), YES), (date(2026, 6, 20), YES)])
def test_complaints_to_the_controller_are_owed_since_19_june_2026(on: date, expected: Ternary) -> None:
    assert [bites(HARMLESS, rule, on=on) for rule in ("UK-164A", "UK-164A-RIGHT")] == [expected, expected]


@pytest.mark.parametrize(
    ("rule", "within", "unit"),
    [
        ("UK-164A", 30, Unit.DAYS),
        ("UK-45", 1, Unit.MONTHS),
        ("UK-46-47", 1, Unit.MONTHS),
        ("UK-65", 6, Unit.WEEKS),
        ("UK-67", 72, Unit.HOURS),
        ("UK-POLICE-COMPLAINT", 28, Unit.DAYS),
        ("UK-HRA", 1, Unit.YEARS),
        ("UK-JR", 3, Unit.MONTHS),
        ("UK-118", 6, Unit.MONTHS),
    ],
)
def test_the_clocks_are_those_of_the_reference(rule: str, within: int, unit: Unit) -> None:
    """Numbers: the shared reference `deadlines.yaml`, by hand."""
    deadline = books_named(["uk"])[0].rule(rule).deadline

    assert deadline is not None
    assert (deadline.within, deadline.unit) == (within, unit)


def test_a_human_in_the_loop_counts_only_when_shown() -> None:
    said = {**SCORE, "special_categories": ["health"]}

    assert bites({**said, "solely_automated": "no"}, "UK-50B") is UNKNOWN
    assert bites({**said, "solely_automated": shown("no")}, "UK-50B") is NO


@pytest.mark.parametrize("way_out", ["explicit_consent", "automated_decision_authorised_by_law"])
def test_each_condition_of_the_ban_on_sensitive_decisions_lifts_it_and_only_it(way_out: str) -> None:
    said = {**SCORE, "special_categories": ["health"]}

    assert bites({**said, way_out: "yes"}, "UK-50B") is YES
    assert bites({**said, way_out: shown("yes")}, "UK-50B") is NO
    assert bites({**said, way_out: shown("yes")}, "UK-35-SENSITIVE") is YES


@pytest.mark.parametrize("ways", [("explicit_consent",), ("special_data_strictly_necessary", "special_data_ground")])
def test_sensitive_data_need_a_policy_document_in_both_cases(ways: tuple[str, ...]) -> None:
    said = {**HARMLESS, "special_categories": ["racial-or-ethnic-origin"], **dict.fromkeys(ways, shown("yes"))}

    assert bites(said, "UK-35-SENSITIVE") is YES
    assert bites({**said, "appropriate_policy_document": "yes"}, "UK-35-SENSITIVE") is YES
    assert bites({**said, "appropriate_policy_document": shown("yes")}, "UK-35-SENSITIVE") is NO


def test_halves_of_two_cases_make_no_whole() -> None:
    said = {
        **HARMLESS,
        "special_categories": ["genetic"],
        "special_data_strictly_necessary": shown("yes"),
        "appropriate_policy_document": shown("yes"),
        "explicit_consent": shown("no"),
    }

    assert bites(said, "UK-35-SENSITIVE") is YES


@pytest.mark.parametrize("point", POINTS_OF_BRIDGES)
@pytest.mark.parametrize("instead", ["yes", "no", shown("no"), shown("unknown"), None])
def test_live_recognition_without_any_one_point_of_bridges_stays_prohibited(point: str, instead: object) -> None:
    said: dict[str, object] = {**LIVE, **dict.fromkeys(POINTS_OF_BRIDGES, shown("yes"))}
    assert bites(said, "UK-BRIDGES") is NO

    weaker = {name: value for name, value in said.items() if name != point} | ({} if instead is None else {point: instead})

    assert bites(weaker, "UK-BRIDGES") is YES


def test_the_four_points_of_bridges_lift_no_other_prohibition() -> None:
    said = {**LIVE, "adverse_effect": "yes", "solely_automated": "yes", **dict.fromkeys(POINTS_OF_BRIDGES, shown("yes"))}

    assert {found.rule.id for found in verdict(said).deciding} == {"UK-35-SENSITIVE", "UK-50B"}


def test_the_conditions_of_the_european_union_lift_nothing_here() -> None:
    european = (
        "confirms_targeted_person_only",
        "national_law_permits_live_recognition",
        "rights_impact_assessed",
        "registered_in_eu_database",
        "authorised_before_each_use",
        "limited_in_time_place_and_persons",
        "authorities_notified_of_each_use",
        "no_decision_on_output_alone",
    )

    assert bites({**LIVE, **dict.fromkeys(european, shown("yes"))}, "UK-BRIDGES") is YES


def test_hiring_a_company_for_live_recognition_frees_no_force() -> None:
    assert bites({**LIVE, "operator": ["company-for-authority"]}, "UK-BRIDGES") is YES
    assert bites({**LIVE, "operator": ["company-for-authority"]}, "UK-PSED") is YES


def test_calling_it_a_search_besides_frees_no_live_recognition() -> None:
    assert bites({**LIVE, "purpose": ["identify-face-after", "identify-face-live"]}, "UK-BRIDGES") is YES
    assert bites({**LIVE, "purpose": ["identify-face-after", "unknown"]}, "UK-BRIDGES") is UNKNOWN
    assert bites({**LIVE, "purpose": ["identify-face-after"]}, "UK-BRIDGES") is NO


@pytest.mark.parametrize(("on", "expected"), [(date(2020, 8, 10), NO), (date(2020, 8, 11), YES), (date(2020, 8, 12), YES)])
def test_bridges_binds_from_the_day_of_the_judgment(on: date, expected: Ternary) -> None:
    assert bites(LIVE, "UK-BRIDGES", on=on) is expected


def test_who_uses_live_recognition_clears_it_of_bridges_only_when_shown() -> None:
    assert bites({**LIVE, "operator": ["private"]}, "UK-BRIDGES") is UNKNOWN
    assert bites({**LIVE, "operator": shown(["private"])}, "UK-BRIDGES") is NO


def test_what_the_court_held_and_what_the_book_reads_into_it_are_told_apart() -> None:
    text = books_named(["uk"])[0].rule("UK-BRIDGES").text

    assert "found that South Wales Police used live face recognition unlawfully, in the way in which they then did" in text
    assert "Our reading:" in text
    assert "public criteria" not in text


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2022, 2, 28), NO), (date(2022, 3, 1), UNKNOWN), (date(2022, 3, 31), UNKNOWN), (date(2022, 4, 1), YES)],
)
def test_the_practice_on_live_recognition_is_open_in_the_month_of_which_no_day_is_known(on: date, expected: Ternary) -> None:
    assert bites(LIVE, "UK-LFR-APP", on=on) is expected


def test_a_forecast_of_places_meets_the_equality_duty_and_no_prohibition() -> None:
    found = verdict(PLACES)

    assert found.finding is Finding.DUTIES
    assert bites(PLACES, "UK-PSED") is YES
    assert bites(PLACES, "UK-PSED-ENQUIRY") is YES
    assert all(ruling.bites is NO for ruling in found.rulings if ruling.rule.outcome is Outcome.PROHIBITED)


def test_a_bias_test_counts_only_when_shown() -> None:
    assert bites({**PLACES, "bias_tested_before_use": "no"}, "UK-PSED-UNTESTED") is YES
    assert bites({**PLACES, "bias_tested_before_use": "yes"}, "UK-PSED-UNTESTED") is UNKNOWN
    assert bites({**PLACES, "bias_tested_before_use": shown("yes")}, "UK-PSED-UNTESTED") is NO
    assert bites(PLACES, "UK-PSED-UNTESTED") is UNKNOWN


def test_the_equality_duty_asks_for_nothing_but_a_public_body() -> None:
    assert bites({"operator": ["court"]}, "UK-PSED") is YES
    assert bites({"operator": ["private"]}, "UK-PSED") is NO
    assert bites({"operator": ["private", "unknown"]}, "UK-PSED") is UNKNOWN


@pytest.mark.parametrize("purpose", [word.word for word in vocabulary().fact("purpose").words])
def test_central_government_must_publish_a_record_whatever_the_purpose(purpose: str) -> None:
    said = {**HARMLESS, "operator": ["central-government"], "purpose": [purpose], "influences_decisions": "yes"}

    assert bites(said, "UK-ATRS") is YES
    assert bites({**said, "operator": ["police"]}, "UK-ATRS") is NO
    assert bites({**said, "operator": ["police"]}, "UK-PSED") is YES


def test_no_personal_data_is_no_way_out_for_what_points_at_people() -> None:
    said = {**LIVE, "processes_personal_data": shown("no")}

    assert bites(said, "UK-35-SENSITIVE") is YES
    assert bites(said, "UK-64") is YES


def test_sensitive_data_claimed_to_point_at_nobody_must_be_shown_to() -> None:
    said = {**PLACES, "special_categories": ["racial-or-ethnic-origin"]}

    assert bites(said, "UK-35-SENSITIVE") is UNKNOWN
    assert bites({**said, "processes_personal_data": shown("no")}, "UK-35-SENSITIVE") is NO


def test_only_three_rules_have_exceptions_today_and_the_repealed_one_had_its_own() -> None:
    book = books_named(["uk"])[0]

    assert {rule.id for rule in book.rules if rule.lifts} == {"UK-35-SENSITIVE", "UK-49-OLD", "UK-50B", "UK-BRIDGES"}


@pytest.mark.parametrize("kind", SENSITIVE)
def test_each_kind_of_sensitive_data_counts_alone_and_among_unknown_others(kind: str) -> None:
    """The kinds: section 35(8), by hand."""
    said = {**SCORE, "special_categories": [kind, "unknown"]}

    assert [bites(said, rule) for rule in ("UK-35-SENSITIVE", "UK-50B")] == [YES, YES]


def test_every_row_of_the_reference_is_a_rule(shared_data: Path) -> None:
    rows = YAML(typ="safe").load(shared_data / "governance" / "rulebook_uk.yaml")["rules"]
    parts = {"UK-49-50-OLD": {"UK-49-OLD", "UK-50-OLD"}, "UK-64-65": {"UK-64", "UK-65"}}

    wanted = set().union(*(parts.get(row["id"], {row["id"]}) for row in rows))

    assert wanted <= {rule.id for rule in books_named(["uk"])[0].rules}


@pytest.mark.parametrize("rule", ["UK-35-SENSITIVE", "UK-50B"])
@pytest.mark.parametrize("purpose", ["identify-face-live", "identify-face-after", "identify-face-by-officer", "verify-identity"])
@pytest.mark.parametrize("none", [[], {"answer": [], "evidence": ["a list of inputs"]}])
def test_a_face_search_uses_body_data_whatever_is_answered(rule: str, purpose: str, none: object) -> None:
    said = {**SCORE, "purpose": [purpose], "special_categories": none}

    assert bites(said, rule) is YES
