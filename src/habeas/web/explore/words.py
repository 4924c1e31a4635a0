"""Words of the public pages in the language of the page: the gate's states, marks, places; the register's and the audits' are their own."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from habeas.terms.places import COUNTRIES

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
