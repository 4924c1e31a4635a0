"""What the words of an assessment mean, wherever it is told."""

from __future__ import annotations

from habeas.reports.screening import words as of_screens
from habeas.rules.assessments.completing import BENEFITS, PROHIBITIONS, REVIEW, SIGNATURES, SYSTEM
from habeas.rules.assessments.forms import FORMS
from habeas.rules.assessments.values import Assessment, Binds, Duty, Screened, Stands
from habeas.terms.answers import Evidence
from habeas.terms.sources import Confidence

FINDINGS, NOT_ADVICE = of_screens.FINDINGS, of_screens.NOT_ADVICE

BINDING = {
    Binds.HERE: "law where the system is used",
    Binds.UNKNOWN: "law, but the description doesn't say where the system is used",
    Binds.STANDARD: of_screens.STANDARD,
    Binds.ELSEWHERE: "not law where the system is used",
}

CHECKED = {
    Confidence.SOURCE: "Read in the text of the law.",
    Confidence.SECONDARY: "Read in texts about the law, not in the law itself.",
    Confidence.MIXED: "Partly read, partly from memory: not checked against the law.",
    Confidence.MEMORY: "From memory: NOT checked against the law.",
}

PARTS = {
    SYSTEM: "The system",
    PROHIBITIONS: "What the rulebooks prohibit",
    BENEFITS: "Benefits claimed beside harms measured",
    SIGNATURES: "Who answers for it",
    REVIEW: "Review",
}

NOT_LIFTED = "An assessment can't lift a prohibition, however complete it is."
BLOCKED = (
    "Whether a rule prohibits this system hangs on an answer that is missing or not shown, or on law that isn't settled. Until that is "
    "settled it may not be used; an assessment can't settle it."
)
NOT_MEASURED = "Not measured"
CLAIMS = "A claim is what somebody says, not what was found. Harms are findings of audits, each with its count and interval."
OTHERS_CLAIM = "What others claim"
OF_OTHERS = "This comes from guidance on this family of technology, with figures of other places. It says nothing of this system."
NOTHING_SHOWS = "nothing is named that shows it"
COMPLETE = "Complete"
FILLED = "Every field is filled"
"""In place of complete, where a prohibition stands: nobody shall take the page for a permission."""
INCOMPLETE = "Incomplete"


def title_of(section: str, assessment: Assessment) -> str:
    """What a section, or another part of the file, is called."""
    heading = next((one for one in FORMS[assessment.kind].headings if one.id == section), None)
    if heading is not None:
        return f"{heading.article}: {heading.question}"
    own = next((one for one in assessment.sections if one.id == section), None)
    return f"{own.article}: {own.question}" if own is not None else PARTS[section]


def things(number: int) -> str:
    """`1 thing is missing`, `12 things are missing`."""
    return "1 thing is missing" if number == 1 else f"{number} things are missing"


def evidence(items: tuple[Evidence, ...]) -> str:
    """What shows an answer, in a line: `test report, annex 2 (head of research)`."""
    return "; ".join(_one(item) for item in items) or NOTHING_SHOWS


def applies(duty: Duty) -> str:
    """Whether and since when a duty applies, and how firmly."""
    days = {
        Stands.NOW: "applies" if duty.since is None else f"applies since {duty.since}",
        Stands.LATER: "will apply" if duty.since is None else f"applies from {duty.since} on",
        Stands.UNCLEAR: "may apply: that isn't settled" if duty.since is None else f"may apply since {duty.since}: that isn't settled",
    }
    return f"{days[duty.stands]}; {BINDING[duty.binds]}"


def screened(one: Screened) -> str:
    """What a book said: `prohibited (a standard: ...)`."""
    return f"{FINDINGS[one.finding]} ({BINDING[one.binds]}; version {one.version})"


def _one(item: Evidence) -> str:
    where = "" if item.where is None else f", {item.where}"
    by = "" if item.by is None else f" (stated by: {item.by})"
    return f"{item.what}{where}{by}"
