"""Forms of the gate."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from habeas.web.base.forms.prose import lines


class AskForm(forms.Form):
    """Asking for authorisation."""

    reasons = lines(
        4000,
        label=lazy("Why is it needed?"),
        help_text=lazy("For whoever decides, and for everybody who reads the history."),
    )


class ReasonsForm(forms.Form):
    """Reasons that everybody will read."""

    reasons = lines(
        4000,
        rows=4,
        required=True,
        label=lazy("Reasons"),
        help_text=lazy("Everybody will read them."),
    )


class TermsForm(ReasonsForm):
    """What an approval under conditions says."""

    conditions = lines(
        4000,
        rows=4,
        required=True,
        label=lazy("Conditions"),
        help_text=lazy("What must be done or left as long as the version is used."),
    )
    until = forms.DateField(
        label=lazy("Ends on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=lazy("The first day on which it no longer holds; within a year."),
    )
    audits = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def clean_audits(self) -> frozenset[int]:
        """The numbers of the audits that the page named; whoever approves answers for these and for no other."""
        return frozenset(int(one) for one in self.cleaned_data["audits"].split() if one.isdecimal())


class SureForm(forms.Form):
    """Nothing to write, but something to confirm."""

    sure = forms.BooleanField(label=lazy("I have read the screen, the audits and the entry, and authorise this version at this stage."))
