"""Audits in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from habeas.audit.result import Verdict

VERDICTS: dict[Verdict, Promise] = {
    Verdict.SHOWN_DIFFERENT: _("Shown different"),
    Verdict.SHOWN_EQUAL: _("Shown equal within the tolerance"),
    Verdict.CANNOT_TELL: _("This sample cannot tell"),
}

MEANINGS: dict[Verdict, Promise] = {
    Verdict.SHOWN_DIFFERENT: _("At least one comparison that was declared beforehand shows that groups of people are treated differently."),
    Verdict.SHOWN_EQUAL: _(
        "Every comparison that was declared beforehand shows groups treated alike, within the tolerance that the auditor declared."
    ),
    Verdict.CANNOT_TELL: _("Too few people were tested to show a difference or to rule one out. This isn't a finding of equality."),
}

KINDS: dict[Verdict, str] = {Verdict.SHOWN_DIFFERENT: "bad", Verdict.SHOWN_EQUAL: "good", Verdict.CANNOT_TELL: "warning"}
"""The tag's kind; its words say the same."""

STATES: dict[str, Promise] = {
    "queued": _("Waits to be run"),
    "running": _("Runs"),
    "failed": _("Failed"),
    "finished": _("Finished, not published"),
    "published": pgettext_lazy("state of an audit", "Published"),
    "withdrawn": _("Withdrawn by its auditor"),
}

PAID_BY: dict[str, Promise] = {
    "nobody": _("nobody"),
    "auditor": _("the auditor"),
    "owner": _("the organisation that uses the system"),
    "supplier": _("the supplier of the system"),
    "oversight": _("an oversight body"),
    "court": _("a court"),
    "grant": _("a grant"),
    "other": _("somebody else"),
}

RELATIONS: dict[str, Promise] = {
    "none": _("no tie to the organisation that uses the system, nor to its supplier"),
    "owner": _("a tie to the organisation that uses the system"),
    "supplier": _("a tie to the supplier of the system"),
    "both": _("ties to both"),
    "other": _("another tie, told in the statement"),
}
