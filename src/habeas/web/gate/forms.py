"""Forms of the gate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy


class AskForm(forms.Form):
    """Asking for authorisation."""

    reasons = forms.CharField(
        label=lazy("Why is it needed?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=lazy("For whoever decides, and for everybody who reads the history."),
    )


class ReasonsForm(forms.Form):
    """Reasons that everybody will read."""

    reasons = forms.CharField(
        label=lazy("Reasons"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=lazy("Everybody will read them."),
    )


class TermsForm(ReasonsForm):
    """What an approval under conditions says."""

    conditions = forms.CharField(
        label=lazy("Conditions"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=lazy("What must be done or left as long as the version is used."),
    )
    until = forms.DateField(
        label=lazy("Ends on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=lazy("The first day on which it no longer holds; within a year."),
    )


class SureForm(forms.Form):
    """Nothing to write, but something to confirm."""

    sure = forms.BooleanField(label=lazy("I have read the screen, the audits and the entry, and authorise this version at this stage."))
