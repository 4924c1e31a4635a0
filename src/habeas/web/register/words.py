"""What steps, standings, stages and grounds are called on every page, in the page's language: the one table of each."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from habeas.procedures.publication import Open, Standing, Step
from habeas.procedures.withholding import Ground
from habeas.terms.system import Stage

STEPS: Mapping[Step, Promise] = {
    Step.REGISTERED: _("Version named"),
    Step.DRAFTED: _("Draft begun"),
    Step.SUBMITTED: _("Sent to review"),
    Step.RETURNED: _("Returned from review"),
    Step.DISCARDED: _("Draft discarded"),
    Step.PUBLISHED: pgettext_lazy("step of an entry", "Published"),
    Step.CHANGED: _("New edition published"),
    Step.SUSPENDED: pgettext_lazy("step of an entry", "Suspended"),
    Step.RESUMED: _("Resumed"),
    Step.RETIRED: pgettext_lazy("step of an entry", "Retired"),
    Step.WITHHELD: _("Something withheld"),
    Step.RELEASED: _("Something shown again"),
}
STANDINGS: Mapping[Standing, Promise] = {
    Standing.UNPUBLISHED: _("Not published"),
    Standing.PUBLISHED: pgettext_lazy("standing of an entry", "Published"),
    Standing.SUSPENDED: pgettext_lazy("standing of an entry", "Suspended"),
    Standing.RETIRED: pgettext_lazy("standing of an entry", "Retired"),
}
STANDING_KINDS: Mapping[Standing, str] = {
    Standing.UNPUBLISHED: "info",
    Standing.PUBLISHED: "good",
    Standing.SUSPENDED: "bad",
    Standing.RETIRED: "warning",
}
"""The kind of tag that a standing has."""
OPEN: Mapping[Open, Promise] = {Open.NOTHING: _("No draft"), Open.DRAFT: _("Draft"), Open.REVIEW: _("In review")}
GROUNDS: Mapping[Ground, Promise] = {
    Ground.NATIONAL_SECURITY: _("National security"),
    Ground.PREVENTION_OF_CRIME: _("Prevention of crime"),
    Ground.PROTECTION_OF_PERSONS: _("Protection of persons"),
    Ground.TRADE_SECRET: _("Trade secret"),
    Ground.ONGOING_PROCEEDINGS: _("Ongoing proceedings"),
}
STAGES: Mapping[Stage, Promise] = {Stage.DESIGN: _("Design"), Stage.PRE_DEPLOYMENT: _("Before use"), Stage.LIVE: _("In use")}


def step_name(step: Step) -> str:
    """What happened."""
    return str(STEPS[step])


def standing_name(standing: Standing) -> str:
    """How the entry stands before the public."""
    return str(STANDINGS[standing])


def standing_kind(standing: Standing) -> str:
    """The kind of tag that a standing has."""
    return STANDING_KINDS[standing]


def open_name(open_: Open) -> str:
    """What is being worked on."""
    return str(OPEN[open_])


def ground_name(ground: Ground) -> str:
    """Why something isn't shown."""
    return str(GROUNDS[ground])


def stage_name(stage: str) -> str:
    """When in its life a version is, by its stored word."""
    return str(STAGES[Stage(stage)])


def stage_choices() -> list[tuple[str, str]]:
    """The stages of a version, for a form."""
    return [(stage.value, str(name)) for stage, name in STAGES.items()]


def standing_choices() -> list[tuple[str, str]]:
    """How an entry that everybody sees may stand, for a form."""
    return [(standing.value, str(name)) for standing, name in STANDINGS.items() if standing is not Standing.UNPUBLISHED]
