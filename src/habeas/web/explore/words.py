"""Words of the register in the language of the page: steps, standings, stages, grounds, verdicts, findings, the gate's states."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from habeas.audit.result import Verdict
from habeas.terms.places import COUNTRIES
from habeas.web.audits.words import MEANINGS, VERDICTS


def step_word(step: str) -> str:
    """What happened to an entry."""
    return {
        "registered": _("a version of the system was named"),
        "published": _("published"),
        "changed": _("changed"),
        "suspended": _("suspended"),
        "resumed": _("in use again"),
        "retired": _("retired"),
        "withheld": _("an answer was withheld"),
        "released": _("a withheld answer was shown"),
        "drafted": _("a new edition was begun"),
        "submitted": _("given to a second person to check"),
        "returned": _("given back by the second person"),
    }.get(step, step)


def standing_word(standing: str) -> str:
    """How the entry stands."""
    words = {"published": _("published"), "suspended": _("suspended"), "retired": _("retired")}
    return words.get(standing, standing)


def standings() -> list[tuple[str, str]]:
    """For a form."""
    return [(one, standing_word(one)) for one in ("published", "suspended", "retired")]


def stage_word(stage: str) -> str:
    """Where a version is in its life."""
    return {
        "design": pgettext("stage of a system", "design"),
        "pre-deployment": pgettext("stage of a system", "before use"),
        "live": pgettext("stage of a system", "in use"),
    }.get(stage, stage)


def ground_word(ground: str) -> str:
    """Why an answer is withheld."""
    return {
        "national-security": _("national security"),
        "prevention-of-crime": _("prevention of crime"),
        "protection-of-persons": _("protection of people"),
        "trade-secret": _("trade secret"),
        "ongoing-proceedings": _("ongoing proceedings"),
    }.get(ground, ground)


def verdict_word(verdict: str) -> str:
    """What an audit found, in the words of its own page."""
    return str(VERDICTS[Verdict(verdict)])


def verdict_meaning(verdict: str) -> str:
    """What that means for a reader, in the words of its own page."""
    return str(MEANINGS[Verdict(verdict)])


GATE_KINDS = {"open": "good", "conditional": "warning", "closed": "bad"}


def gate_word(state: str) -> str:
    """Whether a version may be used."""
    return {
        "open": _("Authorised by its organisation"),
        "conditional": _("Authorised by its organisation, under conditions"),
        "closed": _("Not authorised"),
    }.get(state, state)


class Marked(Protocol):
    """Whoever has an entry: whether they are made up, and whether others wrote it."""

    @property
    def made_up(self) -> bool:
        """Whether they don't exist."""

    @property
    def documented_by_others(self) -> bool:
        """Whether others wrote what stands here of them."""


def marked(title: str, who: Marked) -> str:
    """The title with what must stand beside it wherever it goes, such as in a reader of feeds."""
    marks = ([_("made up")] if who.made_up else []) + ([_("documented by others")] if who.documented_by_others else [])
    return f"{title} ({', '.join(marks)})" if marks else title


def place_name(place: str) -> str:
    """A place as far as it has a name here: the country's, with the code of the part."""
    country, _dash, part = place.partition("-")
    name = _(COUNTRIES.get(country, country))
    return f"{name} ({place})" if part else name
