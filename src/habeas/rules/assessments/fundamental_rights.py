"""The fundamental-rights impact assessment of the AI Act: Regulation (EU) 2024/1689, Art 27(1)(a) to (f), (3) and (4)."""

from __future__ import annotations

from habeas.rules.assessments.form import Asked, Form, Heading
from habeas.terms.sources import Confidence

NOTE = (
    "Art 27 was read in the Official Journal text of 2024. Whether Regulation (EU) 2026/1744 changed it was not read. The AI Office may "
    "have published a questionnaire under Art 27(5); if so, it must be handed in as well."
)

PROCESSES = Heading(
    id="processes",
    article="Art 27(1)(a)",
    question="In which of your own processes will the system be used, and does that keep to its intended purpose?",
    facts=("purpose", "context", "operator"),
    also=("role", "interacts_with_people", "generates_content"),
    asked=(
        Asked(id="steps", asks="The process step by step: who starts it, what goes in, what comes out, who acts on it and how"),
        Asked(id="intended-purpose", asks="What the provider says the system is meant for, and every use of yours that goes further"),
    ),
)
PERIOD = Heading(
    id="period",
    article="Art 27(1)(b)",
    question="From when to when, and how often, will it be used?",
    facts=("in_service_from",),
    also=("last_significant_change",),
    asked=(
        Asked(id="period", asks="The first and the last day of its use, and what would end it earlier"),
        Asked(id="frequency", asks="How often it is used, and on how many people in a month"),
    ),
)
PEOPLE = Heading(
    id="people",
    article="Art 27(1)(c)",
    question="Which people and groups are likely to be affected where you use it?",
    facts=("people_in_the_data", "special_categories"),
    also=("publicly_accessible_space", "about_workers_or_pupils", "search_objective"),
    takes=frozenset({"transparency"}),
    asked=(
        Asked(id="groups", asks="Each group likely to be affected, with about how many people, and how you found out"),
        Asked(id="bystanders", asks="People whom nobody looks for but who are affected too: relatives, neighbours, passers-by, children"),
    ),
)
RISKS = Heading(
    id="risks",
    article="Art 27(1)(d)",
    question="Which harms to these people's rights are likely, given what the provider tells you?",
    facts=("influences_decisions", "adverse_effect", "profiles_persons"),
    also=(
        "based_solely_on_profiling",
        "profiling_found_discriminatory",
        "bias_tested_before_use",
        "unrelated_or_disproportionate_treatment",
        "onward_recipients",
    ),
    takes=frozenset({"bias-testing", "prohibition"}),
    asked=(
        Asked(id="harms", asks="For each group under people: which harm, to which right, how likely, how grave, and from which evidence"),
        Asked(id="provider-information", asks="What the provider told you under Art 13: accuracy, also per group, and known limits"),
        Asked(id="errors", asks="What happens to a person when the system is wrong about them, and how anybody would notice"),
    ),
)
OVERSIGHT = Heading(
    id="oversight",
    article="Art 27(1)(e)",
    question="How do people oversee it, according to the instructions for use?",
    facts=("solely_automated",),
    also=("no_decision_on_output_alone", "supports_human_assessment_based_on_facts", "authorised_before_each_use"),
    takes=frozenset({"oversight"}),
    asked=(
        Asked(id="overseers", asks="Which roles oversee it, with which training, and with the power to overrule and to stop it"),
        Asked(id="practice", asks="How much time they have, what they see beside the output, and how often they departed from it"),
    ),
)
MEASURES = Heading(
    id="measures",
    article="Art 27(1)(f)",
    question="What will you do when a harm happens, who governs that, and how do people complain?",
    takes=frozenset({"accountability", "evidence-of-decisions"}),
    asked=(
        Asked(
            id="when-it-happens", asks="For each harm under risks: what is done, by whom, within how many days, and what stops the system"
        ),
        Asked(id="governance", asks="Who inside answers for the system, who outside looks at it, and how often"),
        Asked(id="complaints", asks="How a person learns of the system, challenges a decision or the system itself, and gets redress"),
    ),
)
NOTIFICATION = Heading(
    id="notification",
    article="Art 27(3) and (4)",
    question="Whom do you notify of the results, and how does this fit the data-protection assessment?",
    also=("registered_in_eu_database",),
    asked=(
        Asked(id="authority", asks="Which market surveillance authority is notified, on which day, with the AI Office's template"),
        Asked(id="data-protection", asks="Where the data-protection impact assessment is that this one complements, and its date"),
    ),
)

FUNDAMENTAL_RIGHTS = Form(
    title="Fundamental-rights impact assessment",
    law="Regulation (EU) 2024/1689 (AI Act), Art 27",
    confidence=Confidence.SOURCE,
    note=NOTE,
    headings=(PROCESSES, PERIOD, PEOPLE, RISKS, OVERSIGHT, MEASURES, NOTIFICATION),
    book="eu-ai-act",
    rest="measures",
)
