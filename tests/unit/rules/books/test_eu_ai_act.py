"""The AI Act as data, attacked: what must stay prohibited, which day a duty begins, and what an exception never lifts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from habeas.rules import conditions
from habeas.rules.checking import faults
from habeas.rules.rulebook import Outcome, Rulebook
from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding, Ruling, Verdict
from habeas.runs.rulebooks.library import BOOKS, books, read_book, vocabulary
from habeas.terms.answers import Answer, Evidence, Several, Ternary, Value
from habeas.terms.description import SystemDescription

TODAY = date(2026, 11, 22)
YES, NO, UNKNOWN = Ternary.YES, Ternary.NO, Ternary.UNKNOWN
BOOK = read_book(BOOKS / "eu-ai-act.yaml")
BANS = tuple(rule.id for rule in BOOK.rules if rule.outcome is Outcome.PROHIBITED)
ART_5 = tuple(name for name in BANS if name.startswith("AIA-5-"))


def shown(value: Value) -> Answer:
    return Answer(value=value, evidence=(Evidence(what="a document"),))


def told(value: Value) -> Answer:
    return Answer(value=value)


def words(*names: str, complete: bool = True) -> Several:
    return Several(words=frozenset(names), complete=complete)


def verdict(answers: Mapping[str, Answer], on: date = TODAY, book: Rulebook = BOOK) -> Verdict:
    system = SystemDescription(name="made up", version="1", operator="nobody", about="made up", answers=answers, used_in=("NL",))
    return screen(system, [book], on=on)[0]


def ruling(name: str, answers: Mapping[str, Answer], on: date = TODAY) -> Ruling:
    return next(found for found in verdict(answers, on).rulings if found.rule.id == name)


LIVE_CONDITIONS = {
    "search_objective": words("victims-or-missing-people"),
    "confirms_targeted_person_only": YES,
    "national_law_permits_live_recognition": YES,
    "rights_impact_assessed": YES,
    "registered_in_eu_database": YES,
    "authorised_before_each_use": YES,
    "limited_in_time_place_and_persons": YES,
    "authorities_notified_of_each_use": YES,
    "no_decision_on_output_alone": YES,
}
LIVE = {
    "purpose": told(words("identify-face-live")),
    "publicly_accessible_space": told(YES),
    "operator": told(words("police")),
    "context": told(words("investigation")),
    "people_in_the_data": told(words("victims", "passers-by")),
    "profiles_persons": told(NO),
}
LIVE_SHOWN = LIVE | {fact: shown(value) for fact, value in LIVE_CONDITIONS.items()}
PROFILE = {"purpose": told(words("predict-offending")), "based_solely_on_profiling": told(YES), "operator": told(words("police"))}
FACTS_SHOWN = {"supports_human_assessment_based_on_facts": shown(YES), "facts_objective_and_verifiable": shown(YES)}


def test_every_example_of_the_book_comes_out_as_it_says():
    assert faults(BOOK) == ()


def test_it_binds_in_the_27_states_of_the_union():
    assert len(set(BOOK.binds_in)) == 27
    assert verdict(LIVE).binding is YES


# ---- Live recognition


def test_live_recognition_with_every_condition_shown_is_not_prohibited():
    assert verdict(LIVE_SHOWN).finding is Finding.DUTIES


@pytest.mark.parametrize("fact", LIVE_CONDITIONS)
def test_one_condition_not_answered_keeps_the_ban(fact: str):
    answers = {name: answer for name, answer in LIVE_SHOWN.items() if name != fact}

    assert ruling("AIA-5-1-h", answers).bites is YES
    assert verdict(answers).finding.prohibits


@pytest.mark.parametrize("fact", LIVE_CONDITIONS)
def test_one_condition_said_but_not_shown_keeps_the_ban(fact: str):
    assert verdict(LIVE_SHOWN | {fact: told(LIVE_CONDITIONS[fact])}).finding.prohibits


@pytest.mark.parametrize("fact", [fact for fact, value in LIVE_CONDITIONS.items() if value is YES])
def test_one_condition_shown_not_to_hold_keeps_the_ban(fact: str):
    assert verdict(LIVE_SHOWN | {fact: shown(NO)}).finding.prohibits


def test_a_listed_objective_carries_no_other_objective_through():
    answers = LIVE_SHOWN | {"search_objective": shown(words("imminent-threat", "other"))}

    assert [found.rule.id for found in verdict(answers).deciding] == ["AIA-5-1-h-other"]


def test_an_objective_that_nobody_knows_besides_a_listed_one_blocks():
    answers = LIVE_SHOWN | {"search_objective": shown(words("imminent-threat", complete=False))}

    assert verdict(answers).finding is Finding.BLOCKED


@pytest.mark.parametrize("objective", ["victims-or-missing-people", "imminent-threat", "suspect-of-listed-serious-offence"])
def test_each_of_the_three_objectives_can_be_excepted(objective: str):
    assert verdict(LIVE_SHOWN | {"search_objective": shown(words(objective))}).finding is Finding.DUTIES


def test_calling_the_place_private_without_showing_it_blocks():
    assert verdict(LIVE | {"publicly_accessible_space": told(NO)}).finding is Finding.BLOCKED
    assert ruling("AIA-5-1-h", LIVE | {"publicly_accessible_space": shown(NO)}).bites is NO


@pytest.mark.parametrize("operator", ["police", "prosecutor", "prison-or-probation", "company-for-authority"])
def test_who_acts_in_criminal_matters_for_the_state_is_bound_in_every_context(operator: str):
    answers = LIVE | {"operator": told(words(operator)), "context": told(words("victim-care"))}

    assert ruling("AIA-5-1-h", answers).bites is YES


@pytest.mark.parametrize("operator", ["border-authority", "central-government", "local-government"])
def test_other_authorities_are_bound_where_they_act_in_criminal_matters(operator: str):
    inside = LIVE | {"operator": told(words(operator)), "context": told(words("border", "prevention"))}
    outside = LIVE | {"operator": shown(words(operator)), "context": shown(words("border"))}

    assert ruling("AIA-5-1-h", inside).bites is YES
    assert ruling("AIA-5-1-h", outside).bites is NO
    assert ruling("AIA-5-1-h", outside | {"context": told(words("border"))}).bites is UNKNOWN


@pytest.mark.parametrize("fact", ["operator", "context"])
def test_not_saying_who_uses_it_or_for_what_never_clears_it(fact: str):
    answers = {name: answer for name, answer in LIVE.items() if name != fact} | {
        "operator": told(UNKNOWN) if fact == "operator" else told(words("local-government"))
    }

    assert verdict(answers).finding is Finding.BLOCKED


@pytest.mark.parametrize("fact", ["operator", "context"])
@pytest.mark.parametrize("ban", ["AIA-5-1-h", "AIA-5-1-h-other"])
def test_saying_who_uses_it_or_where_clears_it_only_when_shown(ban: str, fact: str):
    outside = {"operator": words("private"), "context": words("border")}
    answers = LIVE | {"search_objective": told(words("other")), "operator": shown(words("local-government"))}

    assert ruling(ban, answers | {fact: told(outside[fact])}).bites is UNKNOWN
    assert ruling(ban, answers | {fact: shown(outside[fact])}).bites is NO


BY_OFFICER = LIVE | {"purpose": told(words("identify-face-by-officer")), "search_objective": told(words("other"))}


@pytest.mark.parametrize("ban", ["AIA-5-1-h", "AIA-5-1-h-other"])
def test_an_officers_photo_of_people_who_take_no_part_is_live_recognition(ban: str):
    assert ruling(ban, BY_OFFICER | {"without_active_involvement": told(YES)}).bites is YES
    assert ruling(ban, BY_OFFICER).bites is UNKNOWN
    assert ruling(ban, BY_OFFICER | {"without_active_involvement": told(NO)}).bites is UNKNOWN
    assert ruling(ban, BY_OFFICER | {"without_active_involvement": shown(NO)}).bites is NO


@pytest.mark.parametrize("purpose", ["identify-face-live", "identify-face-after", "identify-face-by-officer"])
def test_recognition_by_gait_or_voice_has_a_word(purpose: str):
    says = next(word.means for word in vocabulary().fact("purpose").words if word.word == purpose)

    assert "face, gait, voice or other body data" in says


# ---- Exceptions stay with their rule

HARMFUL_STEERING = {
    "purpose": told(words("steer-behaviour")),
    "materially_distorts_behaviour": told(YES),
    "significant_harm_likely": told(YES),
}
CAUGHT = {
    "AIA-5-1-a": HARMFUL_STEERING | {"manipulates_or_deceives": told(YES), "impairs_informed_decision": told(YES)},
    "AIA-5-1-b": HARMFUL_STEERING | {"exploits_vulnerability": told(YES)},
    "AIA-5-1-c": {"purpose": told(words("score-social-behaviour")), "unrelated_or_disproportionate_treatment": told(YES)},
    "AIA-5-1-d": PROFILE,
    "AIA-5-1-e": {"purpose": told(words("build-face-database")), "untargeted_scraping": told(YES)},
    "AIA-5-1-f": {"purpose": told(words("infer-emotion-or-deception")), "about_workers_or_pupils": told(YES)},
    "AIA-5-1-g": {"purpose": told(words("categorise-by-biometrics")), "infers_sensitive_traits": told(YES)},
    "AIA-5-1-h": LIVE,
    "AIA-5-1-h-other": LIVE | {"search_objective": told(words("other"))},
    "AIA-5-1-ba": {"purpose": told(words("make-intimate-or-abuse-images"))},
}
EXCEPTION_OF = {
    "AIA-5-1-d": FACTS_SHOWN,
    "AIA-5-1-f": {"medical_or_safety_reason": shown(YES)},
    "AIA-5-1-g": {"labels_lawful_biometric_data": shown(YES)},
    "AIA-5-1-h": {fact: shown(value) for fact, value in LIVE_CONDITIONS.items()},
    "AIA-5-1-ba": {"explicit_consent": shown(YES), "only_adults_shown": shown(YES)},
}
AFTER_ALL_BANS = date(2026, 12, 2)


def test_every_ban_of_article_5_is_attacked_here():
    assert set(CAUGHT) == set(ART_5)
    assert set(EXCEPTION_OF) == {rule.id for rule in BOOK.rules if rule.id in ART_5 and rule.lifts}


@pytest.mark.parametrize("exception", EXCEPTION_OF)
@pytest.mark.parametrize("ban", CAUGHT)
def test_an_exception_lifts_its_own_ban_and_no_other(ban: str, exception: str):
    answers = EXCEPTION_OF[exception] | CAUGHT[ban]  # what the ban rests on isn't overwritten

    expected = NO if ban == exception else YES
    assert ruling(ban, answers, AFTER_ALL_BANS).bites is expected


@pytest.mark.parametrize("ban", CAUGHT)
def test_all_exceptions_at_once_leave_the_other_bans_alone(ban: str):
    everything = {fact: answer for exception in EXCEPTION_OF.values() for fact, answer in exception.items()} | CAUGHT[ban]

    assert ruling(ban, everything, AFTER_ALL_BANS).bites is (NO if ban in EXCEPTION_OF else YES)


@pytest.mark.parametrize("fact", ["explicit_consent", "only_adults_shown"])
@pytest.mark.parametrize("answer", [told(YES), shown(NO), shown(UNKNOWN), None], ids=["not shown", "shown no", "unknown", "not answered"])
def test_consent_never_carries_pictures_of_children_through(fact: str, answer: Answer | None):
    consent = {name: value for name, value in EXCEPTION_OF["AIA-5-1-ba"].items() if name != fact}
    answers = CAUGHT["AIA-5-1-ba"] | consent | ({} if answer is None else {fact: answer})

    assert ruling("AIA-5-1-ba", answers, AFTER_ALL_BANS).bites is YES


def test_a_crime_profiler_that_claims_a_specific_offence_stays_prohibited():
    claims = {fact: shown(value) for fact, value in LIVE_CONDITIONS.items()}
    claims["search_objective"] = shown(words("suspect-of-listed-serious-offence"))

    assert [found.rule.id for found in verdict(claims | PROFILE).deciding] == ["AIA-5-1-d"]


@pytest.mark.parametrize("fact", FACTS_SHOWN)
@pytest.mark.parametrize("answer", [told(YES), shown(NO), told(UNKNOWN), None], ids=["not shown", "shown no", "unknown", "not answered"])
def test_the_way_out_of_the_profiling_ban_needs_both_facts(fact: str, answer: Answer | None):
    answers = PROFILE | FACTS_SHOWN
    answers = {name: value for name, value in answers.items() if name != fact} | ({} if answer is None else {fact: answer})

    assert verdict(answers).finding.prohibits


def test_both_facts_shown_lift_the_profiling_ban_but_leave_the_system_high_risk():
    answers = PROFILE | FACTS_SHOWN | {"context": told(words("investigation"))}

    assert verdict(answers).finding is Finding.DUTIES
    assert ruling("AIA-III-6d", answers).met is YES


@pytest.mark.parametrize("answer", [told(UNKNOWN), told(NO), None], ids=["unknown", "no, not shown", "not answered"])
@pytest.mark.parametrize("purpose", ["predict-offending", "predict-reoffending", "assess-personality", "profile-person", "list-persons"])
def test_whether_it_rests_on_profiles_alone_must_be_shown(purpose: str, answer: Answer | None):
    answers = {"purpose": told(words(purpose))} | ({} if answer is None else {"based_solely_on_profiling": answer})

    assert [found.rule.id for found in verdict(answers).deciding] == ["AIA-5-1-d"]
    assert verdict(answers).finding is Finding.BLOCKED


@pytest.mark.parametrize("purpose", ["profile-person", "list-persons"])
def test_calling_the_prediction_a_profile_or_a_list_doesnt_help(purpose: str):
    assert verdict({"purpose": told(words(purpose)), "based_solely_on_profiling": told(YES)}).finding.prohibits


def test_a_harmless_second_purpose_doesnt_help():
    assert verdict(PROFILE | {"purpose": told(words("predict-offending", "assist-casework"))}).finding.prohibits


def test_forecasts_of_places_meet_no_ban_and_no_class():
    answers = {
        "purpose": told(words("predict-place")),
        "operator": told(words("police")),
        "context": told(words("prevention")),
        "role": told(words("deployer")),
        "profiles_persons": told(NO),
        "people_in_the_data": told(words()),
        "uses_special_data_to_test_bias": told(NO),
        "generates_content": told(NO),
    }

    assert [found.rule.id for found in verdict(answers).rulings if found.bites is not NO] == ["AIA-4", "AIA-85"]
    assert [found.rule.id for found in verdict(answers).rulings if found.rule.in_class and found.met is not NO] == []


@pytest.mark.parametrize(
    ("ban", "fact"),
    [
        ("AIA-5-1-a", "manipulates_or_deceives"),
        ("AIA-5-1-a", "materially_distorts_behaviour"),
        ("AIA-5-1-a", "impairs_informed_decision"),
        ("AIA-5-1-a", "significant_harm_likely"),
        ("AIA-5-1-b", "exploits_vulnerability"),
        ("AIA-5-1-b", "materially_distorts_behaviour"),
        ("AIA-5-1-b", "significant_harm_likely"),
        ("AIA-5-1-c", "unrelated_or_disproportionate_treatment"),
        ("AIA-5-1-e", "untargeted_scraping"),
        ("AIA-5-1-f", "about_workers_or_pupils"),
        ("AIA-5-1-g", "infers_sensitive_traits"),
    ],
)
def test_a_bare_no_clears_nobody(ban: str, fact: str):
    assert ruling(ban, CAUGHT[ban] | {fact: told(NO)}).bites is UNKNOWN
    assert ruling(ban, CAUGHT[ban] | {fact: shown(NO)}).bites is NO


STEERING_BANS = {"AIA-5-1-a", "AIA-5-1-b"}
STEERING_FACTS = {fact for ban in STEERING_BANS for fact in CAUGHT[ban]} - {"purpose"}


def test_without_manipulation_the_use_of_a_weakness_is_prohibited_and_without_a_weakness_manipulation_is():
    for ban, other in (("AIA-5-1-a", "exploits_vulnerability"), ("AIA-5-1-b", "manipulates_or_deceives")):
        answers = CAUGHT[ban] | {other: shown(NO)}

        assert verdict(answers).finding is Finding.PROHIBITED
        assert [found.rule.id for found in verdict(answers).deciding] == [ban]


def test_whoever_was_left_able_to_decide_may_still_be_used_through_a_weakness():
    answers = CAUGHT["AIA-5-1-a"] | CAUGHT["AIA-5-1-b"] | {"impairs_informed_decision": shown(NO)}

    assert [found.rule.id for found in verdict(answers).deciding] == ["AIA-5-1-b"]


@pytest.mark.parametrize("fact", sorted(STEERING_FACTS))
@pytest.mark.parametrize("answer", [told(UNKNOWN), told(NO), None], ids=["unknown", "no, not shown", "not answered"])
def test_what_steers_people_is_blocked_until_every_test_is_answered(fact: str, answer: Answer | None):
    everything = CAUGHT["AIA-5-1-a"] | CAUGHT["AIA-5-1-b"]
    answers = {name: value for name, value in everything.items() if name != fact} | ({} if answer is None else {fact: answer})
    open_now = {ban for ban in STEERING_BANS if fact in CAUGHT[ban]}

    assert {ban for ban in STEERING_BANS if ruling(ban, answers).bites is UNKNOWN} == open_now
    assert verdict(answers).finding is (Finding.BLOCKED if open_now == STEERING_BANS else Finding.PROHIBITED)


def test_showing_that_nobody_is_harmed_clears_of_both_bans_on_steering():
    answers = CAUGHT["AIA-5-1-a"] | CAUGHT["AIA-5-1-b"] | {"significant_harm_likely": shown(NO)}

    assert {ruling(ban, answers).bites for ban in STEERING_BANS} == {NO}


def test_a_harmless_second_purpose_doesnt_help_what_steers_people():
    assert ruling("AIA-5-1-b", CAUGHT["AIA-5-1-b"] | {"purpose": told(words("steer-behaviour", "update-victims"))}).bites is YES


def test_nobody_who_steers_nobody_is_asked_about_steering():
    every_other = {word.word for word in vocabulary().fact("purpose").words} - {"steer-behaviour"}

    for ban in STEERING_BANS:
        assert ruling(ban, {"purpose": told(words(*every_other))}).bites is NO
    rules = [rule for book in books() for rule in book.rules]
    assert {rule.id for rule in rules if STEERING_FACTS & {test.fact for test in conditions.tests(rule.when)}} == STEERING_BANS


def test_nothing_known_is_blocked_today():
    assert verdict({}).finding is Finding.BLOCKED


# ---- Days


@pytest.mark.parametrize("ban", sorted(set(CAUGHT) - {"AIA-5-1-ba"}))
def test_the_first_bans_begin_on_2_february_2025(ban: str):
    assert ruling(ban, CAUGHT[ban], date(2025, 2, 1)).bites is NO
    assert ruling(ban, CAUGHT[ban], date(2025, 2, 2)).bites is YES


def test_the_ban_on_intimate_pictures_begins_on_2_december_2026():
    before = ruling("AIA-5-1-ba", CAUGHT["AIA-5-1-ba"], date(2026, 12, 1))

    assert (before.bites, before.upcoming, before.from_day) == (NO, True, AFTER_ALL_BANS)
    assert ruling("AIA-5-1-ba", CAUGHT["AIA-5-1-ba"], AFTER_ALL_BANS).bites is YES


def in_use(since: date, changed: date | None = None, *, operator: str = "prison-or-probation", eu: Ternary = NO) -> dict[str, Answer]:
    return {
        "purpose": told(words("predict-reoffending")),
        "operator": told(words(operator)),
        "context": told(words("prison")),
        "role": told(words("provider", "deployer")),
        "part_of_eu_information_system": told(eu),
        "in_service_from": told(since),
        "last_significant_change": told(since if changed is None else changed),
    }


@pytest.mark.parametrize(
    ("answers", "begins"),
    [
        (in_use(date(2027, 12, 2)), date(2027, 12, 2)),
        (in_use(date(2010, 1, 1), changed=date(2027, 12, 2)), date(2027, 12, 2)),
        (in_use(date(2027, 12, 1)), date(2030, 8, 2)),
        (in_use(date(2010, 1, 1), changed=date(2027, 12, 1)), date(2030, 8, 2)),
        (in_use(date(2010, 1, 1), operator="company-for-authority"), date(2030, 8, 2)),
        (in_use(date(2027, 8, 1), eu=YES), date(2030, 12, 31)),
        (in_use(date(2027, 8, 1), changed=date(2028, 1, 1), eu=YES), date(2030, 12, 31)),
        (in_use(date(2027, 8, 2), eu=YES), date(2030, 8, 2)),
        (in_use(date(2027, 12, 2), eu=YES), date(2027, 12, 2)),
    ],
    ids=[
        "new",
        "old, changed since",
        "a day too old",
        "old, changed a day before",
        "old, a company acts for an authority",
        "old part of an EU database",
        "old part of an EU database, changed",
        "part of an EU database, in use after 1 August 2027",
        "new part of an EU database",
    ],
)
@pytest.mark.parametrize("name", ["AIA-III-6d", "AIA-9", "AIA-19", "AIA-26-5", "AIA-27"])
def test_high_risk_duties_begin_on_their_day_and_not_before(name: str, answers: dict[str, Answer], begins: date):
    the_day_before, the_day_after = begins - timedelta(days=1), begins + timedelta(days=1)

    assert ruling(name, answers, the_day_before).bites is NO
    assert ruling(name, answers, begins).bites is YES
    assert ruling(name, answers, the_day_after).bites is YES
    assert ruling(name, answers, the_day_before).from_day == begins


def test_an_old_system_of_a_company_for_itself_is_never_bound_unless_it_changes():
    answers = in_use(date(2020, 1, 1), operator="private") | {"purpose": told(words("identify-face-after"))}

    assert ruling("AIA-9", answers, date(2031, 1, 1)).bites is NO
    assert ruling("AIA-9", answers | {"last_significant_change": told(date(2030, 5, 1))}, date(2031, 1, 1)).bites is YES


def test_an_old_system_that_nobody_says_was_left_unchanged_may_be_bound():
    answers = {fact: answer for fact, answer in in_use(date(2020, 1, 1)).items() if fact != "last_significant_change"}

    assert ruling("AIA-9", answers, date(2028, 1, 1)).bites is UNKNOWN


DISPUTED = ("AIA-49-1", "AIA-49-2", "AIA-49-3", "AIA-72", "AIA-73-2", "AIA-73-3", "AIA-73-4", "AIA-77", "AIA-86")


@pytest.mark.parametrize("name", DISPUTED)
def test_what_was_not_put_off_is_disputed_until_the_class_applies(name: str):
    answers = in_use(date(2026, 1, 1)) | {
        "influences_decisions": told(YES),
        "adverse_effect": told(YES),
        "claims_not_high_risk": told(YES),
    }

    assert ruling(name, answers, date(2026, 8, 1)).bites is NO
    for day in (date(2026, 8, 2), TODAY, date(2027, 12, 1)):
        found = ruling(name, answers, day)
        assert (found.bites, found.disputed is None) == (UNKNOWN, False)
    if name != "AIA-49-2":
        assert ruling(name, answers, date(2027, 12, 2)).bites is NO
        assert ruling(name, answers, date(2030, 8, 2)).bites is YES


def test_nothing_else_is_disputed_today():
    assert {rule.id for rule in BOOK.rules if any(window.disputed and window.holds(TODAY) for window in rule.windows)} == set(DISPUTED)


def test_anybody_may_complain_since_2_august_2026():
    assert ruling("AIA-85", PROFILE | {"role": told(words("deployer"))}, date(2026, 8, 1)).bites is NO
    assert ruling("AIA-85", PROFILE | {"role": told(words("deployer"))}, date(2026, 8, 2)).bites is YES


# ---- High-risk, and the claim that it isn't

NEW = date(2028, 1, 3)
CLAIM = {"claims_not_high_risk": told(YES), "narrow_task_shown": shown(YES), "profiles_persons": shown(NO)}
HIGH_RISK = {
    "AIA-III-1a": ("identify-face-after", "police", "investigation"),
    "AIA-III-1c": ("infer-emotion-or-deception", "private", "victim-care"),
    "AIA-III-5d": ("route-calls", "local-government", "emergency-calls"),
    "AIA-III-6a": ("predict-victimisation", "police", "victim-care"),
    "AIA-III-6b": ("infer-emotion-or-deception", "police", "custody"),
    "AIA-III-6c": ("assess-evidence", "police", "investigation"),
    "AIA-III-6d": ("predict-reoffending", "prison-or-probation", "prison"),
    "AIA-III-6e": ("profile-person", "police", "investigation"),
    "AIA-III-7a": ("infer-emotion-or-deception", "border-authority", "border"),
    "AIA-III-7b": ("profile-person", "border-authority", "border"),
    "AIA-III-7c": ("assist-casework", "central-government", "border"),
    "AIA-III-7d": ("observe-from-vehicle", "border-authority", "border"),
    "AIA-III-8a": ("assist-judge", "court", "trial"),
}
NO_WAY_OUT = {"AIA-III-6a", "AIA-III-6d", "AIA-III-6e", "AIA-III-7b"}


def high_risk(name: str) -> dict[str, Answer]:
    purpose, operator, context = HIGH_RISK[name]
    return {
        "purpose": told(words(purpose)),
        "operator": told(words(operator)),
        "context": told(words(context)),
        "role": told(words("provider", "deployer")),
        "in_service_from": told(NEW),
    }


@pytest.mark.parametrize("name", HIGH_RISK)
def test_each_point_of_annex_iii_brings_the_duties_of_the_class(name: str):
    assert ruling(name, high_risk(name), NEW).bites is YES
    assert ruling("AIA-9", high_risk(name), NEW).bites is YES


@pytest.mark.parametrize("name", HIGH_RISK)
def test_a_shown_narrow_task_takes_out_what_profiles_nobody_and_nothing_else(name: str):
    expected = YES if name in NO_WAY_OUT else NO

    assert ruling(name, high_risk(name) | CLAIM, NEW).bites is expected
    assert ruling("AIA-6-4", high_risk(name) | CLAIM, NEW).bites is YES


@pytest.mark.parametrize("name", sorted(set(HIGH_RISK) - NO_WAY_OUT))
@pytest.mark.parametrize(
    "spoilt",
    [{"narrow_task_shown": told(YES)}, {"profiles_persons": told(NO)}, {"profiles_persons": shown(YES)}, {"narrow_task_shown": shown(NO)}],
    ids=["task not shown", "no profiling not shown", "profiles people", "no narrow task"],
)
def test_the_claim_fails_where_a_part_of_it_isnt_shown_or_people_are_profiled(name: str, spoilt: dict[str, Answer]):
    assert ruling(name, high_risk(name) | CLAIM | spoilt, NEW).bites is YES


def test_a_second_point_of_annex_iii_keeps_the_class_when_the_first_is_lifted():
    both = high_risk("AIA-III-7c") | CLAIM | {"purpose": told(words("assist-casework", "profile-person"))}

    assert ruling("AIA-III-7c", both, NEW).bites is NO
    assert ruling("AIA-9", both, NEW).bites is YES


def test_helping_a_court_is_high_risk_unless_shown_to_be_ancillary():
    helper = high_risk("AIA-III-8a") | {"purpose": told(words("assist-casework"))}

    assert ruling("AIA-III-8a", helper | {"ancillary_only": told(YES)}, NEW).bites is YES
    assert ruling("AIA-III-8a", helper | {"ancillary_only": shown(YES)}, NEW).bites is NO


@pytest.mark.parametrize("trait", ["infers_sensitive_traits", "sorts_by_protected_traits"])
def test_sorting_by_protected_traits_is_high_risk_also_where_they_arent_sensitive(trait: str):
    others = {"infers_sensitive_traits": told(NO), "sorts_by_protected_traits": told(NO), "special_categories": told(words())}
    sorter = {"purpose": told(words("categorise-by-biometrics")), "in_service_from": told(NEW)} | others

    assert ruling("AIA-III-1b", sorter, NEW).bites is NO
    assert ruling("AIA-III-1b", sorter | {trait: told(YES)}, NEW).bites is YES
    assert ruling("AIA-III-1b", sorter | {trait: told(UNKNOWN)}, NEW).bites is UNKNOWN


def test_private_bodies_that_provide_public_services_assess_the_impact_too():
    private = high_risk("AIA-III-1c")

    assert ruling("AIA-27", private | {"provides_public_service": told(YES)}, NEW).bites is YES
    assert ruling("AIA-27", private, NEW).bites is UNKNOWN
    assert ruling("AIA-27", private | {"provides_public_service": told(NO)}, NEW).bites is NO


def test_a_photo_taken_by_an_officer_may_be_remote_until_that_is_said():
    officer = high_risk("AIA-III-1a") | {"purpose": told(words("identify-face-by-officer"))}

    assert ruling("AIA-III-1a-remote", officer, NEW).bites is UNKNOWN
    assert ruling("AIA-III-1a-remote", officer | {"without_active_involvement": told(NO)}, NEW).bites is NO


# ---- Searches of recorded faces, and registration

SEARCH = high_risk("AIA-III-1a") | {"registered_in_eu_database": shown(YES)}


def test_untargeted_face_searches_are_prohibited_and_a_bare_claim_doesnt_help():
    assert ruling("AIA-26-10-untargeted", SEARCH | {"every_search_linked_to_a_case": told(NO)}, NEW).bites is YES
    assert verdict(SEARCH | {"every_search_linked_to_a_case": told(YES)}, NEW).finding is Finding.BLOCKED
    assert verdict(SEARCH | {"every_search_linked_to_a_case": shown(YES)}, NEW).finding is Finding.DUTIES


def test_no_condition_of_live_recognition_lifts_the_ban_on_untargeted_searches():
    answers = {fact: shown(value) for fact, value in LIVE_CONDITIONS.items()} | SEARCH | {"every_search_linked_to_a_case": told(NO)}

    assert verdict(answers, NEW).finding.prohibits


def test_an_authority_may_not_use_an_unregistered_high_risk_system():
    answers = SEARCH | {"every_search_linked_to_a_case": shown(YES)}

    assert verdict(answers | {"registered_in_eu_database": told(NO)}, NEW).finding.prohibits
    assert verdict(answers | {"registered_in_eu_database": told(YES)}, NEW).finding is Finding.BLOCKED


def test_a_company_that_acts_for_an_authority_registers_but_article_26_8_doesnt_name_it():
    answers = SEARCH | {"registered_in_eu_database": told(NO), "operator": shown(words("company-for-authority"))}

    assert ruling("AIA-26-8", answers, NEW).bites is NO
    assert ruling("AIA-26-8", answers | {"operator": shown(words("company-for-authority", "police"))}, NEW).bites is YES
    assert ruling("AIA-49-3", answers, NEW).bites is YES


@pytest.mark.parametrize(("fact", "other"), [("operator", words("private")), ("role", words())])
def test_who_uses_an_unregistered_system_clears_it_only_when_shown(fact: str, other: Several):
    answers = SEARCH | {"registered_in_eu_database": told(NO)}

    assert ruling("AIA-26-8", answers | {fact: told(other)}, date(2030, 8, 2)).bites is UNKNOWN
    assert ruling("AIA-26-8", answers | {fact: shown(other)}, date(2030, 8, 2)).bites is NO


def test_who_searches_faces_untargeted_clears_it_only_when_shown():
    answers = SEARCH | {"every_search_linked_to_a_case": told(NO)}

    assert ruling("AIA-26-10-untargeted", answers | {"operator": told(words("private"))}, NEW).bites is UNKNOWN
    assert ruling("AIA-26-10-untargeted", answers | {"operator": shown(words("private"))}, NEW).bites is NO


def test_the_search_for_a_suspect_needs_authorisation_unless_both_facts_are_shown():
    answers = SEARCH | {"targeted_search_of_suspect": told(YES)}
    first = {"initial_identification_only": shown(YES), "facts_objective_and_verifiable": shown(YES)}

    assert ruling("AIA-26-10", answers, NEW).bites is YES
    assert ruling("AIA-26-10", answers | first, NEW).bites is NO
    for fact in first:
        assert ruling("AIA-26-10", answers | first | {fact: told(YES)}, NEW).bites is YES


# ---- What the book says of itself


def test_every_time_limit_of_the_act_is_stated():
    limits = {rule.id: (rule.deadline.within, rule.deadline.unit.value) for rule in BOOK.rules if rule.deadline and rule.deadline.unit}

    assert limits == {
        "AIA-5-1-h": (24, "hours"),
        "AIA-26-10": (48, "hours"),
        "AIA-26-10-file": (1, "years"),
        "AIA-73-2": (15, "days"),
        "AIA-73-3": (2, "days"),
        "AIA-73-4": (10, "days"),
    }


def test_what_was_amended_in_2026_claims_no_more_than_secondary_texts():
    assert {rule.id for rule in BOOK.rules if rule.confidence.value == "secondary"} == {
        "AIA-4",
        "AIA-4a",
        "AIA-5-1-ba",
        "AIA-50-2",
        "AIA-77",
    }
    assert {rule.confidence.value for rule in BOOK.rules} == {"source", "mixed", "secondary"}


def test_a_rule_whose_day_stands_in_secondary_texts_only_claims_no_more_for_itself():
    later = {"2026-07-27", "2026-12-02", "2027-12-02", "2030-08-02", "2030-12-31"}
    rests_on_them = {rule.id for rule in BOOK.rules if later & {str(window.start) for window in rule.windows}}

    assert {rule.id for rule in BOOK.rules if rule.confidence.value == "mixed"} <= rests_on_them
    assert {rule.id for rule in BOOK.rules if rule.confidence.value == "source"} & rests_on_them == set()


def test_every_window_that_was_moved_says_how_its_day_is_known():
    moved = (date(2027, 12, 2), date(2030, 8, 2), date(2026, 12, 2), date(2026, 7, 27))
    silent = [
        (rule.id, window.basis)
        for rule in BOOK.rules
        for window in rule.windows
        if window.start in moved and window.disputed is None and "secondary texts" not in window.basis
    ]

    assert silent == []
