"""What steps, standings and grounds are called on pages, in the page's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from habeas.procedures.publication import Open, Standing, Step
from habeas.procedures.withholding import Ground


def step_name(step: Step) -> str:
    """What happened."""
    return {
        Step.REGISTERED: _("Version named"),
        Step.DRAFTED: _("Draft begun"),
        Step.SUBMITTED: _("Sent to review"),
        Step.RETURNED: _("Returned from review"),
        Step.PUBLISHED: _("Published"),
        Step.CHANGED: _("New edition published"),
        Step.SUSPENDED: _("Suspended"),
        Step.RESUMED: _("Resumed"),
        Step.RETIRED: _("Retired"),
        Step.WITHHELD: _("Something withheld"),
        Step.RELEASED: _("Something shown again"),
    }[step]


def standing_name(standing: Standing) -> str:
    """How the entry stands before the public."""
    return {
        Standing.UNPUBLISHED: _("Not published"),
        Standing.PUBLISHED: _("Published"),
        Standing.SUSPENDED: _("Suspended"),
        Standing.RETIRED: _("Retired"),
    }[standing]


def standing_kind(standing: Standing) -> str:
    """The kind of tag that a standing has."""
    return {Standing.UNPUBLISHED: "info", Standing.PUBLISHED: "good", Standing.SUSPENDED: "bad", Standing.RETIRED: "warning"}[standing]


def open_name(open_: Open) -> str:
    """What is being worked on."""
    return {Open.NOTHING: _("No draft"), Open.DRAFT: _("Draft"), Open.REVIEW: _("In review")}[open_]


def ground_name(ground: Ground) -> str:
    """Why something isn't shown."""
    return {
        Ground.NATIONAL_SECURITY: _("National security"),
        Ground.PREVENTION_OF_CRIME: _("Prevention of crime"),
        Ground.PROTECTION_OF_PERSONS: _("Protection of persons"),
        Ground.TRADE_SECRET: _("Trade secret"),
        Ground.ONGOING_PROCEEDINGS: _("Ongoing proceedings"),
    }[ground]


def stage_choices() -> list[tuple[str, str]]:
    """The stages of a version, for a form."""
    return [("design", _("Design")), ("pre-deployment", _("Before use")), ("live", _("In use"))]


def stage_name(stage: str) -> str:
    """When in its life a version is."""
    return dict(stage_choices())[stage]
