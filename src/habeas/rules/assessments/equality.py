"""The equality analysis: Equality Act 2010, s.149, as Bridges [2020] EWCA Civ 1058 reads it."""

from __future__ import annotations

from habeas.rules.assessments.form import Asked, Form, Heading
from habeas.terms.sources import Confidence

NOTE = (
    "The paragraphs [176], [179] and [181] of Bridges were read in a source; the wording of s.149, and its list of protected "
    "characteristics, is from memory. Check them before you rely on them."
)

CHARACTERISTICS = {
    "age": "age",
    "disability": "disability",
    "gender-reassignment": "gender reassignment",
    "pregnancy": "pregnancy and maternity",
    "race": "race (colour, nationality, ethnic or national origins)",
    "religion": "religion or belief",
    "sex": "sex",
    "sexual-orientation": "sexual orientation",
    "marriage": "marriage and civil partnership (discrimination only)",
}

AIMS = Heading(
    id="aims",
    article="s.149(1)",
    question="How does the system stand to the three aims: no discrimination, equal opportunity, good relations?",
    facts=("purpose", "operator"),
    also=("context", "publicly_accessible_space", "influences_decisions", "adverse_effect"),
    asked=(
        Asked(id="discrimination", asks="How its use could discriminate, directly or by a rule that only looks neutral, and whom"),
        Asked(id="opportunity", asks="What it does to people's equal opportunity, for better and for worse"),
        Asked(id="relations", asks="What it does to relations between communities, and between them and the police"),
    ),
)
ENQUIRIES = Heading(
    id="enquiries",
    article="s.149; Bridges [181]",
    question="Which enquiries were made before use about what was not yet known?",
    facts=("bias_tested_before_use",),
    also=("profiling_found_discriminatory", "uses_special_data_to_test_bias"),
    takes=frozenset({"bias-testing"}),
    asked=(
        Asked(id="tests", asks="Each test before use: by whom, with whose data, how many people of each group, what was found"),
        Asked(id="vendor", asks="What the vendor was asked and did not tell, and who verified it instead (secrecy is no excuse)"),
        Asked(id="consulted", asks="Which communities and bodies were asked, when, what they said, and what came of it"),
    ),
)
EVIDENCE = Heading(
    id="evidence",
    article="s.149(7)",
    question="What does the evidence show for each protected characteristic?",
    facts=("special_categories",),
    also=("people_in_the_data",),
    asked=tuple(
        Asked(id=name, asks=f"On {means}: what was found, in which data, on how many people") for name, means in CHARACTERISTICS.items()
    ),
)
GAPS = Heading(
    id="gaps",
    article="s.149; Bridges [181]",
    question="What is not known, and why not?",
    asked=(
        Asked(id="gaps", asks="Each gap: which group, which data are missing, why, and what could be found out with which effort"),
        Asked(id="until-then", asks="Why it may be used before the gap is closed, or that it is not used until then"),
    ),
)
ACTIONS = Heading(
    id="actions",
    article="s.149, a duty that goes on",
    question="What will be done, by whom, and by when?",
    asked=(
        Asked(id="actions", asks="Each action: what, who by role, by which day, and which figure will show that it worked"),
        Asked(id="monitoring", asks="Which disparity is watched in use, how often, and from which size on its use stops"),
    ),
)

EQUALITY = Form(
    title="Equality analysis",
    law="Equality Act 2010, s.149 (public sector equality duty)",
    confidence=Confidence.MIXED,
    note=NOTE,
    headings=(AIMS, ENQUIRIES, EVIDENCE, GAPS, ACTIONS),
    book="uk",
)
