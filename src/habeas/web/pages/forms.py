"""What may be asked of the catalogue, as a form whose answers stand in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from habeas.reports.rule_pages.shelf import FAMILIES, STATUSES, Shelf
from habeas.web.pages.shown.systems import countries_of, country_name


class CatalogueFilter(forms.Form):
    """Which documented systems are wanted. Nothing chosen: all."""

    q = forms.CharField(label=_("Name, place, operator or maker"), required=False, max_length=100)
    family = forms.ChoiceField(label=_("Kind of system"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    status = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, asked: Mapping[str, object], *, known: Shelf) -> None:
        super().__init__(asked)
        entries = [row.entry for row in known.documented]
        countries = {code: gettext(country_name(code)) for entry in entries for code in countries_of(entry)}
        statuses = [status for status in STATUSES if any(entry.status is status for entry in entries)]
        self._offer("family", [(family.value, gettext(FAMILIES[family])) for family in known.families()])
        self._offer("country", sorted(countries.items(), key=lambda one: one[1]))
        self._offer("status", [(status.value, gettext(STATUSES[status])) for status in statuses])

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", gettext("all")), *choices]
