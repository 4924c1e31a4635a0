"""What somebody looks for, as it stands in the address."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from habeas.runs.registers.fields import field_set
from habeas.web.accounts.words import kind_name
from habeas.web.base.actors import OrganisationKind
from habeas.web.explore.queries.near import prefixes
from habeas.web.explore.queries.organisations import organisations
from habeas.web.explore.queries.search import Wish
from habeas.web.explore.words import place_name
from habeas.web.register.words import standing_choices

LONGEST = 100
Choices = list[tuple[str, str]]
_SELECTED = SafeString(" selected")


def _any(choices: Choices) -> Choices:
    return [("", _("any")), *choices]


def _kinds() -> Choices:
    return _any([(kind.value, kind_name(kind)) for kind in OrganisationKind])


def _technologies() -> Choices:
    return _any(_options("technology"))


def _purposes() -> Choices:
    return _any(_options("used_for"))


def _statuses() -> Choices:
    return _any(_options("status"))


def _options(field: str) -> Choices:
    return [(option.id, _(option.label)) for option in field_set().field(field).options]


def _standings() -> Choices:
    return _any(standing_choices())


def _origins() -> Choices:
    return _any([("operator", _("the organisation itself")), ("others", _("others"))])


def _orders() -> Choices:
    return [("", _("best match")), ("name", _("name")), ("newest", _("changed last")), ("operator", _("organisation"))]


class _Select(forms.Select):
    """A list of choices, drawn in one go: Django's own draws each choice by two templates, and there may be hundreds of organisations."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """As Django draws it."""
        del renderer
        chosen = self.format_value(value)
        options = ((key, _SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        marks = flatatt(self.build_attrs({"name": name, **self.attrs}, attrs))
        return format_html("<select{}>\n{}\n</select>", marks, format_html_join("\n", '<option value="{}"{}>{}</option>', options))


class _Choice(forms.ChoiceField):
    """One of some words, or none; which ones is asked when they are drawn or one of them comes."""

    widget = _Select


class _Operator(_Choice):
    """Offers who has entries; whoever has none may be asked for too, and has none."""

    def valid_value(self, value: Any) -> bool:
        """Any name."""
        return isinstance(value, str) and len(value) <= LONGEST and "\0" not in value  # which no database takes


class Looking(forms.Form):
    """The search box, the box for a place, and the filters. `known`: the organisations that have entries, of which two filters are made."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        help_text=gettext_lazy("A word, an organisation or a postcode, such as face recognition or B33"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    near = forms.CharField(
        label=gettext_lazy("Is it used where I live?"),
        help_text=gettext_lazy("Your postcode, or the name of your police force"),
        required=False,
        max_length=LONGEST,
    )
    operator = _Operator(label=gettext_lazy("Organisation"), required=False)
    kind = _Choice(label=gettext_lazy("Kind of organisation"), required=False, choices=_kinds)
    place = _Choice(label=gettext_lazy("Country"), required=False)
    technology = _Choice(label=gettext_lazy("Technology"), required=False, choices=_technologies)
    purpose = _Choice(label=gettext_lazy("What it is used for"), required=False, choices=_purposes)
    status = _Choice(label=gettext_lazy("Where it stands"), required=False, choices=_statuses)
    standing = _Choice(label=gettext_lazy("Entry"), required=False, choices=_standings)
    origin = _Choice(label=gettext_lazy("Written by"), required=False, choices=_origins)
    sort = _Choice(label=gettext_lazy("Order"), required=False, choices=_orders)
    prohibited = forms.BooleanField(label=gettext_lazy("Prohibited by a rulebook"), required=False)
    audited = forms.BooleanField(label=gettext_lazy("With a published audit"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.known = organisations()
        for name, choices in {"operator": self._operators, "place": self._places}.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def wish(self) -> Wish:
        """What was asked; only for a form that is valid."""
        said = {name: self.cleaned_data[name] for name in (one.name for one in fields(Wish))}
        # a postcode typed into the search box is meant as a place
        found = prefixes(said["q"])
        if not said["near"] and found is not None and found.british:
            said["near"], said["q"] = said["q"], ""
        return Wish(**said)

    def _operators(self) -> Choices:
        return _any([(one.slug, one.name) for one in self.known])

    def _places(self) -> Choices:
        return _any([(place, place_name(place)) for place in sorted({one.place for one in self.known})])

    @property
    def narrows(self) -> bool:
        """Whether a filter beside the two boxes is on."""
        return any(value for name, value in self.cleaned_data.items() if name not in ("q", "near", "sort"))
