"""What is asked at the steps of an entry's life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from habeas.errors import BadInput
from habeas.procedures.entries import proposed_slug
from habeas.procedures.withholding import LAW, Ground, Term, latest
from habeas.terms.records_keys import DIGEST, SYSTEM
from habeas.web.register.words import ground_name, stage_choices

Data = Mapping[str, Any] | None


class NewSystemForm(forms.Form):
    """A new system: whose it is, its name, and its permanent address."""

    def __init__(self, data: Data = None, *, organisations: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["name"] = forms.CharField(
            label=_("Name"), help_text=_("What staff call the system."), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
        )
        self.fields["slug"] = forms.CharField(
            label=_("Address"),
            help_text=_(
                "Small letters, digits and hyphens, such as risk-tool-3. It stands in the address of the entry and in the log for ever. "
                "Leave it empty and it is made from the name."
            ),
            required=False,
            max_length=64,
            widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}),
        )
        if len(organisations) > 1:
            self.fields["organisation"] = forms.TypedChoiceField(label=_("Organisation"), choices=list(organisations), coerce=int)
        self.only = organisations[0][0] if len(organisations) == 1 else None

    def clean(self) -> dict[str, Any]:
        """Propose an address where none is given."""
        given = self.cleaned_data
        given.setdefault("organisation", self.only)
        slug = given.get("slug") or proposed_slug(given.get("name", ""))
        if given.get("name") and not SYSTEM.fits(slug):
            told = _("Write 2 to 64 small letters, digits and hyphens, beginning with a letter, without four digits in a row.")
            self.add_error("slug", told)
        given["slug"] = slug
        return given


class NoteForm(forms.Form):
    """What goes with a draft to review."""

    def __init__(self, data: Data = None, *, first: bool) -> None:
        super().__init__(data)
        self.fields["note"] = forms.CharField(
            label=_("What changed and why"),
            help_text=_("Everybody can read this. Name no person."),
            required=not first,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )


class ReasonForm(forms.Form):
    """A reason that everybody can read."""

    def __init__(self, data: Data = None, *, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            help_text=_("Everybody can read this, at once or when the entry is published. Name no person."),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        )


class StageForm(forms.Form):
    """The stage that a version has reached."""

    def __init__(self, data: Data = None, *, prefix: str | None = None, initial: str | None = None) -> None:
        super().__init__(data, prefix=prefix, initial={"stage": initial} if initial else None)
        self.fields["stage"] = forms.ChoiceField(label=_("Stage"), choices=stage_choices())


class VersionForm(forms.Form):
    """A new version of a system."""

    def __init__(self, data: Data = None) -> None:
        super().__init__(data)
        self.fields["name"] = forms.CharField(label=_("Version"), help_text=_("What the version is called, such as 2.1."), max_length=60)
        self.fields["stage"] = forms.ChoiceField(
            label=_("Stage"), choices=stage_choices(), help_text=_("Where it is in its life now."), widget=forms.RadioSelect
        )
        self.fields["digest"] = forms.CharField(
            label=_("SHA-256 digest"),
            help_text=_("64 digits and letters a to f, taken over what is run. Leave it out if there is none."),
            required=False,
            max_length=64,
            widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
        )

    def clean_digest(self) -> str:
        """Small letters; a digest or nothing."""
        given: str = self.cleaned_data["digest"].strip().lower()
        if given and not DIGEST.fits(given):
            raise forms.ValidationError(_("Write 64 digits and letters a to f, or nothing."))
        return given


class WithholdForm(forms.Form):
    """What shall not be shown, why, and until when."""

    def __init__(self, data: Data = None, *, fields: Sequence[tuple[str, str]], today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["field"] = forms.ChoiceField(
            label=_("Question"),
            help_text=_("Only what is answered, and only what the public can do without."),
            choices=[(name, _(label)) for name, label in fields],
        )
        self.fields["ground"] = forms.ChoiceField(
            label=_("Ground"),
            choices=[(one.value, f"{ground_name(one)} - {LAW[one]}") for one in Ground],
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason for the public"),
            help_text=_("Everybody can read this. Say why, in words that don't give away what is withheld."),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        )
        self.fields["until"] = forms.DateField(
            label=_("Shown again on"),
            help_text=_("At the latest on %(day)s. On that day it is shown by itself.")
            % {"day": date_format(latest(today), "DATE_FORMAT")},
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def clean_ground(self) -> Ground:
        """One of the closed list."""
        return Ground(self.cleaned_data["ground"])

    def clean_until(self) -> date:
        """A day after today, and not too far."""
        until: date = self.cleaned_data["until"]
        try:
            Term(asked=self.today, until=until)
        except BadInput:
            told = _("Choose a day after today, at the latest %(day)s.") % {"day": date_format(latest(self.today), "DATE_FORMAT")}
            raise forms.ValidationError(told) from None
        return until
