"""What somebody looks for, as it stands in the address."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from habeas.runs.registers.fields import field_set
from habeas.terms.register import Option
from habeas.web.accounts.words import kind_name
from habeas.web.base.actors import OrganisationKind
from habeas.web.explore.queries.near import prefixes
from habeas.web.explore.queries.organisations import organisations
from habeas.web.explore.queries.search import Wish
from habeas.web.explore.words import place_name
from habeas.web.register.words import standing_choices

LONGEST = 100


class _Operator(forms.ChoiceField):
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
    kind = forms.ChoiceField(label=gettext_lazy("Kind of organisation"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    technology = forms.ChoiceField(label=gettext_lazy("Technology"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("What it is used for"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Where it stands"), required=False)
    standing = forms.ChoiceField(label=gettext_lazy("Entry"), required=False)
    origin = forms.ChoiceField(label=gettext_lazy("Written by"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)
    prohibited = forms.BooleanField(label=gettext_lazy("Prohibited by a rulebook"), required=False)
    audited = forms.BooleanField(label=gettext_lazy("With a published audit"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        known = field_set()
        self.known = organisations()
        choices = {
            "operator": [(one.slug, one.name) for one in self.known],
            "kind": [(kind.value, kind_name(kind)) for kind in OrganisationKind],
            "place": [(place, place_name(place)) for place in sorted({one.place for one in self.known})],
            "technology": _options(known.field("technology").options),
            "purpose": _options(known.field("used_for").options),
            "status": _options(known.field("status").options),
            "standing": standing_choices(),
            "origin": [("operator", _("the organisation itself")), ("others", _("others"))],
            "sort": [("name", _("name")), ("newest", _("changed last")), ("operator", _("organisation"))],
        }
        for name, some in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("any") if name != "sort" else _("best match")), *some]

    def wish(self) -> Wish:
        """What was asked; only for a form that is valid."""
        said = {name: self.cleaned_data[name] for name in (one.name for one in fields(Wish))}
        # a postcode typed into the search box is meant as a place
        found = prefixes(said["q"])
        if not said["near"] and found is not None and found.british:
            said["near"], said["q"] = said["q"], ""
        return Wish(**said)

    @property
    def narrows(self) -> bool:
        """Whether a filter beside the two boxes is on."""
        return any(value for name, value in self.cleaned_data.items() if name not in ("q", "near", "sort"))


def _options(options: tuple[Option, ...]) -> list[tuple[str, str]]:
    return [(option.id, _(option.label)) for option in options]
