"""The form of each kind of assessment."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.rules.assessments.data_protection import DATA_PROTECTION
from habeas.rules.assessments.equality import EQUALITY
from habeas.rules.assessments.form import Form
from habeas.rules.assessments.fundamental_rights import FUNDAMENTAL_RIGHTS
from habeas.rules.assessments.values import Kind

FORMS: Mapping[Kind, Form] = {
    Kind.FUNDAMENTAL_RIGHTS: FUNDAMENTAL_RIGHTS,
    Kind.DATA_PROTECTION: DATA_PROTECTION,
    Kind.EQUALITY: EQUALITY,
}
