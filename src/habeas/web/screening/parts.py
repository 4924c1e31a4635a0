"""Parts of an impact assessment that are written on one page, and what a part says in short: the stamp that a form carries."""

from __future__ import annotations

from habeas.procedures.editions import fingerprint
from habeas.rules.assessments.values import Assessment, Section
from habeas.rules.plain import plain


def section_of(assessment: Assessment, name: str) -> Section | None:
    """The section of that name; None: this assessment has none."""
    return next((one for one in assessment.sections if one.id == name), None)


def closing_of(assessment: Assessment) -> object:
    """Benefits beside harms, who answers for it, and the review."""
    return (assessment.benefits, assessment.signatures, assessment.review_on)


def stamp(part: object) -> str:
    """What a part says, in short: equal stamps where nobody wrote in it in between."""
    return fingerprint({"part": plain(part)}, ("part",))
