"""The form of each kind of assessment."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.rules.assessments.data_protection import DATA_PROTECTION
from habeas.rules.assessments.equality import EQUALITY
from habeas.rules.assessments.form import Form
from habeas.rules.assessments.fundamental_rights import FUNDAMENTAL_RIGHTS
from habeas.rules.assessments.values import Assessment, Kind

FORMS: Mapping[Kind, Form] = {
    Kind.FUNDAMENTAL_RIGHTS: FUNDAMENTAL_RIGHTS,
    Kind.DATA_PROTECTION: DATA_PROTECTION,
    Kind.EQUALITY: EQUALITY,
}


def no_law_here(assessment: Assessment) -> str | None:
    """That the law which asks for the assessment isn't law where the system is used; None where it is, may be, or wasn't asked."""
    form, places = FORMS[assessment.kind], ", ".join(assessment.system.used_in)
    if not assessment.elsewhere(form.book):
        return None
    return f"This law isn't law where the system is used ({places}): {form.law}."
