"""The gate in the reader's language: `habeas.procedures.gate` has the same in plain English, for programs and the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from habeas.procedures.gate import Lack, State, Who

STATES: dict[State, Promise] = {
    State.OPEN: _("Authorised: this version may be used at this stage"),
    State.CONDITIONAL: _("Authorised under conditions, until a day"),
    State.CLOSED: _("Not authorised: this version may not be used at this stage"),
}

LACKS: dict[Lack, tuple[Promise, Promise]] = {
    Lack.ENTRY_UNPUBLISHED: (_("The entry in the register isn't published"), _("Have the entry reviewed and published.")),
    Lack.ENTRY_SUSPENDED: (_("The entry in the register is suspended"), _("Mend what it was suspended for, then resume it.")),
    Lack.ENTRY_RETIRED: (_("The system is retired"), _("Nothing of a retired system can be authorised.")),
    Lack.NO_SCREEN: (_("This version was not screened against any rulebook"), _("Screen this version.")),
    Lack.OLD_SCREEN: (
        _("The screen is older than a year, or answers, books or dates changed since"),
        _("Screen this version again."),
    ),
    Lack.PROHIBITED: (
        _("A rulebook prohibits it"),
        _("Don't use it: nobody can approve this away. Where an answer was wrong, correct it and screen again."),
    ),
    Lack.BLOCKED: (_("Whether a prohibition applies hangs on missing evidence"), _("Bring the evidence and screen again.")),
    Lack.NO_AUDIT: (_("No audit of this version at this stage is published"), _("Have it audited and the audit published.")),
    Lack.NOT_INDEPENDENT: (
        _("No independent audit of this version at this stage is published"),
        _("Have one made by auditors without ties to owner or supplier."),
    ),
    Lack.SHOWN_DIFFERENT: (
        _("An audit shows that groups are treated differently"),
        _("Mend the system; or have it approved with reasons, conditions and an end."),
    ),
    Lack.CANNOT_TELL: (
        _("The audit can't tell with so small a sample"),
        _("Test more people; or have it approved with reasons, conditions and an end."),
    ),
    Lack.APPROVAL_EXPIRED: (_("The approval under conditions has ended"), _("Mend the system, or ask anew.")),
    Lack.CLOSED_BY_OVERSIGHT: (_("Oversight closed the gate"), _("Answer its reasons. Oversight alone can reopen it.")),
    Lack.REFUSED: (_("Authorisation was refused"), _("Mend what the reasons name, then ask again.")),
    Lack.NOT_AUTHORISED: (_("Nobody has asked for it to be authorised"), _("Ask for it, and let another person decide.")),
    Lack.UNDECIDED: (_("Authorisation was asked for, and nobody has decided"), _("Decide. It must be another person than who asked.")),
}
"""What is missing, and what to do next."""

PLACES: dict[Lack, str] = {
    Lack.ENTRY_UNPUBLISHED: "desk_system",
    Lack.ENTRY_SUSPENDED: "desk_system",
    Lack.NO_SCREEN: "desk_screening",
    Lack.OLD_SCREEN: "desk_screening",
    Lack.PROHIBITED: "desk_screening",
    Lack.BLOCKED: "desk_screening",
    Lack.NO_AUDIT: "desk_audits",
    Lack.NOT_INDEPENDENT: "desk_audits",
}
"""The page of the system's desk where it is done."""

WHO: dict[Who, Promise] = {
    Who.SYSTEM_OWNER: _("the system's owner"),
    Who.AUDITOR: _("an auditor"),
    Who.APPROVER: _("an approver"),
    Who.OVERSIGHT: _("an oversight body"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """What the page of a step says. `done`: once it is done; `lists_missing`: whether what is missing stands on it."""

    title: Promise
    says: Promise
    button: Promise
    done: Promise
    lists_missing: bool = False


STEPS: dict[str, StepWords] = {
    "ask": StepWords(
        title=_("Ask for authorisation"),
        says=_("Another person of your organisation decides. You can ask before everything is there; the list says what is still missing."),
        button=_("Ask"),
        done=_("Asked. Another person decides."),
        lists_missing=True,
    ),
    "authorise": StepWords(
        title=_("Authorise"),
        says=_("Every piece is there. Your name and the day stand in the history; the act stands in the ledger."),
        button=_("Authorise"),
        done=_("This version is authorised at this stage."),
    ),
    "approve": StepWords(
        title=_("Approve under conditions"),
        says=_(
            "You answer, until a day, for what an audit found. This lifts no prohibition and stands in for nothing else that is missing."
        ),
        button=_("Approve under conditions"),
        done=_("Approved under conditions."),
        lists_missing=True,
    ),
    "refuse": StepWords(title=_("Refuse"), says=_("What was authorised before ends with it."), button=_("Refuse"), done=_("Refused.")),
    "close": StepWords(
        title=_("Close, as oversight"),
        says=_("The version may not be used from now on, whatever was authorised. Oversight alone can reopen it."),
        button=_("Close"),
        done=_("The gate is closed."),
    ),
    "reopen": StepWords(
        title=_("Reopen, as oversight"),
        says=_("Whether the version may then be used still hangs on everything else."),
        button=_("Reopen"),
        done=_("The closure by oversight is lifted."),
    ),
}
"""Each step that is taken at a gate, by the name of its address."""

ACTS: dict[str, Promise] = {
    "asked": _("Authorisation asked for"),
    "authorised": _("Authorised"),
    "conditional": _("Approved under conditions"),
    "refused": _("Authorisation refused"),
    "closed": _("Closed by oversight"),
    "reopened": _("Reopened by oversight"),
}
