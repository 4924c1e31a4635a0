"""The first page of a description, its upload, and the step to the screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from habeas.errors import BadDescription
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.asking.typed import Misread, countries
from habeas.terms.description import Technique
from habeas.web.screening.describing import Said, check_upload_size, read_upload
from habeas.web.screening.forms.texts import line, lines

TECHNIQUES = {
    Technique.MACHINE_LEARNING: _("machine learning"),
    Technique.STATISTICAL_MODEL: _("a statistical model"),
    Technique.CHECKLIST: _("a checklist with points"),
    Technique.RULES: _("fixed rules"),
    Technique.MATCHING: _("matching, such as of names, faces or plates"),
    Technique.GENERATIVE: _("generating text, pictures or sound"),
    Technique.LINK_ANALYSIS: _("links between people, places or things"),
    Technique.LIST: _("a list that people keep by criteria"),
    Technique.UNKNOWN: _("not known"),
}


class AboutForm(forms.Form):
    """What the system is called, who uses it, what it does, and where."""

    name = line(label=_("What is the system called?"), required=True)
    version = line(60, label=_("Which version of it is this?"), required=True)
    operator = line(label=_("Who uses it?"), required=True)
    about = lines(label=_("What does it do, in a sentence or two?"), required=True)
    used_in = forms.CharField(
        label=_("In which countries is it used?"),
        help_text=_("Codes such as NL or GB-ENG, separated by commas. They say whose law binds. Leave it empty if nobody knows."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    techniques = forms.MultipleChoiceField(
        label=_("How does it work inside?"),
        help_text=_("For readers only: no rule asks for it, and no technique lets a system out."),
        required=False,
        choices=[(one.value, said) for one, said in TECHNIQUES.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of(cls, said: Said) -> AboutForm:
        """The form as it stands now."""
        return cls(initial={**said, "used_in": ", ".join(said.get("used_in", []))})

    def clean_used_in(self) -> list[str]:
        """Codes that exist."""
        try:
            return list(countries(self.cleaned_data["used_in"]))
        except Misread as misread:
            raise forms.ValidationError(str(misread), code="place") from None


class UploadForm(forms.Form):
    """A description that was written elsewhere, as a file."""

    file = forms.FileField(
        label=_("Description (YAML)"),
        help_text=_("As habeas screen init writes it. It replaces everything answered here so far."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self) -> dict[str, Any]:
        """What the file says, checked; each thing that is wrong is an error of its own, with its line and field."""
        file = self.cleaned_data["file"]
        try:
            check_upload_size(file.size)
            return read_upload(file.read(library.MOST_BYTES + 1))
        except BadDescription as problem:
            raise forms.ValidationError([one.strip() for one in str(problem).splitlines() if one.strip()]) from None


class ScreenForm(forms.Form):
    """Nothing to choose: every book judges. Whoever could leave one out could make its refusal go away."""
