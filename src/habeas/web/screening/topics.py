"""The questions of the vocabulary, grouped: one topic a page, in the order in which people can answer them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from habeas.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One page of questions; `facts`: their names in the vocabulary. A test sees that each question stands on exactly one page."""

    id: str
    title: str | Promise
    help: str | Promise
    facts: tuple[str, ...]


def _names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


TOPICS = (
    Topic(
        id="use",
        title=_("What it is used for"),
        help=_("Everything else depends on this. Name every use, also those that happen only in passing."),
        facts=_names("purpose context"),
    ),
    Topic(
        id="users",
        title=_("Who uses it, and since when"),
        help=_("The same system can be lawful in one hand and not in another. Ask whoever signed the contract."),
        facts=_names("operator role provides_public_service in_service_from last_significant_change part_of_eu_information_system"),
    ),
    Topic(
        id="data",
        title=_("Data about people"),
        help=_("What goes in and what comes out. Ask whoever feeds the system, and the data protection officer."),
        facts=_names(
            "processes_personal_data special_categories people_in_the_data facts_kept_from_opinions special_data_strictly_necessary "
            "special_data_ground special_data_safeguarded uses_special_data_to_test_bias appropriate_policy_document onward_recipients"
        ),
    ),
    Topic(
        id="decisions",
        title=_("Decisions about people"),
        help=_("What follows from the output. Ask those who read it every day, not only those who bought it."),
        facts=_names(
            "influences_decisions adverse_effect solely_automated automated_decision_authorised_by_law "
            "safeguards_for_special_data_in_automated_decisions explicit_consent ancillary_only"
        ),
    ),
    Topic(
        id="profiles",
        title=_("Profiles and scores"),
        help=_("Whether people are judged by what is known of them, and by which facts."),
        facts=_names(
            "profiles_persons based_solely_on_profiling supports_human_assessment_based_on_facts facts_objective_and_verifiable "
            "profiling_found_discriminatory unrelated_or_disproportionate_treatment claims_not_high_risk narrow_task_shown"
        ),
    ),
    Topic(
        id="recognition",
        title=_("Recognising people"),
        help=_("Faces and other body data: where, of whom, on whose order."),
        facts=_names(
            "publicly_accessible_space without_active_involvement search_objective confirms_targeted_person_only "
            "national_law_permits_live_recognition authorised_before_each_use limited_in_time_place_and_persons "
            "authorities_notified_of_each_use no_decision_on_output_alone untargeted_scraping targeted_search_of_suspect "
            "every_search_linked_to_a_case initial_identification_only watchlist_criteria_written location_criteria_written"
        ),
    ),
    Topic(
        id="bodies",
        title=_("Reading bodies and feelings"),
        help=_("Whether traits, feelings or intentions are read from people's bodies."),
        facts=_names(
            "about_workers_or_pupils medical_or_safety_reason infers_sensitive_traits sorts_by_protected_traits "
            "labels_lawful_biometric_data"
        ),
    ),
    Topic(
        id="influence",
        title=_("Influence on people"),
        help=_("Whether it talks to people, makes content, or moves them to do what they otherwise wouldn't."),
        facts=_names(
            "manipulates_or_deceives exploits_vulnerability materially_distorts_behaviour impairs_informed_decision "
            "significant_harm_likely interacts_with_people generates_content only_adults_shown takes_reports_from_public"
        ),
    ),
    Topic(
        id="safeguards",
        title=_("Law, tests and records"),
        help=_("What was assessed, tested, registered and authorised before use. Each yes needs a document that shows it."),
        facts=_names(
            "rights_impact_assessed registered_in_eu_database authorised_by_law_against_offences bias_tested_before_use "
            "privacy_interference_assessed framework_convention_in_force"
        ),
    ),
)


def topic(name: str) -> Topic:
    """The topic of that id. Raises `NotFound`."""
    found = next((one for one in TOPICS if one.id == name), None)
    if found is None:
        raise NotFound(f"expected one of the topics {', '.join(one.id for one in TOPICS)}; got another: go back to the overview")
    return found


def topic_of(fact: str) -> Topic:
    """The topic on whose page a question stands."""
    return next(one for one in TOPICS if fact in one.facts)
