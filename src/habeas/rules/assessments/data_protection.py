"""The data-protection impact assessment of the Law Enforcement Directive: Directive (EU) 2016/680, Art 27."""

from __future__ import annotations

from habeas.rules.assessments.form import Asked, Form, Heading
from habeas.terms.sources import Confidence

NOTE = (
    "The headings are from memory: the Directive's text could not be read for this purpose, and each country's own law states them in its "
    "own words. Check them against Art 27 and that law before you rely on them. That people who aren't searched for count as affected "
    "follows Bridges [2020] EWCA Civ 1058 (from memory, too)."
)

PROCESSING = Heading(
    id="processing",
    article="Art 27(2), description",
    question="What is done with which data, about whom, and for what?",
    facts=("purpose", "processes_personal_data", "people_in_the_data", "special_categories"),
    also=("context", "operator", "onward_recipients", "facts_kept_from_opinions", "targeted_search_of_suspect", "untargeted_scraping"),
    asked=(
        Asked(id="inputs", asks="Every input with where it comes from, how old it may be, and whether it is a fact or an opinion"),
        Asked(id="flow", asks="Where the data go: who stores, sees, receives and deletes them, and after how long"),
        Asked(id="legal-basis", asks="The law that allows this processing, by article, and why less intrusive means would not do"),
    ),
)
RISKS = Heading(
    id="risks",
    article="Art 27(2), risks to rights and freedoms",
    question="What can go wrong for the people in the data, and for everybody else who is affected?",
    facts=("adverse_effect", "solely_automated", "profiles_persons"),
    also=("privacy_interference_assessed", "publicly_accessible_space", "profiling_found_discriminatory", "infers_sensitive_traits"),
    asked=(
        Asked(id="risks", asks="Each risk to people's rights: how likely, how grave, for whom, and from which evidence"),
        Asked(id="not-searched-for", asks="The risks to people whom nobody looks for but whose data are processed all the same"),
    ),
)
MEASURES = Heading(
    id="measures",
    article="Art 27(2), measures",
    question="What do you do against each of these risks?",
    also=("special_data_strictly_necessary", "special_data_ground", "limited_in_time_place_and_persons"),
    takes=frozenset({"data-protection"}),
    asked=(Asked(id="measures", asks="For each risk: the measure, who is answerable for it, from which day, and what risk is left"),),
)
SAFEGUARDS = Heading(
    id="safeguards",
    article="Art 27(2), safeguards",
    question="Which safeguards protect people: to know, to see, to correct, to have a human decide?",
    also=("special_data_safeguarded", "automated_decision_authorised_by_law", "safeguards_for_special_data_in_automated_decisions"),
    takes=frozenset({"transparency", "oversight", "accountability"}),
    asked=(
        Asked(id="rights", asks="How a person learns of it, sees their data, has errors corrected or erased, and within how many days"),
        Asked(id="human", asks="How a human with time and authority decides, and how often they depart from the output"),
    ),
)
SECURITY = Heading(
    id="security",
    article="Art 27(2), security measures",
    question="How are the data kept from loss, theft and misuse, by insiders too?",
    asked=(
        Asked(id="access", asks="Who may open what, how each look-up is logged with its reason, and who reads the logs"),
        Asked(id="breach", asks="What happens after a breach: who is told, within how many hours, and how people are told"),
    ),
)
DEMONSTRATION = Heading(
    id="demonstration",
    article="Art 27(2), demonstrating compliance",
    question="How do you show that all this is kept, and whom did you ask?",
    also=("appropriate_policy_document", "watchlist_criteria_written", "location_criteria_written"),
    takes=frozenset({"evidence-of-decisions"}),
    asked=(
        Asked(id="records", asks="The records, logs and tests that show it, where they are, and who checks them"),
        Asked(id="consulted", asks="The data-protection officer's advice, and the authority's where risks stay high (Art 28), with dates"),
    ),
)

DATA_PROTECTION = Form(
    title="Data-protection impact assessment",
    law="Directive (EU) 2016/680 (Law Enforcement Directive), Art 27",
    confidence=Confidence.MEMORY,
    note=NOTE,
    headings=(PROCESSING, RISKS, MEASURES, SAFEGUARDS, SECURITY, DEMONSTRATION),
    book="led",
)
