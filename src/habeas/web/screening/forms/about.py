"""The first page of a description, its upload, and the step to the screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from habeas.errors import BadDescription
from habeas.procedures.editions import fingerprint
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.asking.typed import Misread, countries
from habeas.terms.description import Technique
from habeas.web.base.forms.prose import line, lines
from habeas.web.base.looks import in_english
from habeas.web.screening.describing import Said, check_upload_size, read_upload

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

ABOUT = ("about", "operator", "techniques", "used_in")
"""What the first page asks."""


class AboutForm(forms.Form):
    """Who uses the system, what it does, and where. `seen` travels with it: what was said of that when the page was made."""

    seen = forms.CharField(widget=forms.HiddenInput)
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
        return cls(initial={**said, "used_in": ", ".join(said.get("used_in", [])), "seen": _fingerprint(said)})

    def told(self) -> dict[str, Any]:
        """What was filled in."""
        return {name: self.cleaned_data[name] for name in ABOUT}

    def again(self, said: Said) -> AboutForm:
        """The same form with what was typed, as if its page had been made from that."""
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data["seen"] = _fingerprint(said)
        return AboutForm(data)

    def theirs(self, said: Said) -> list[tuple[str, str]]:
        """What is said otherwise than it was typed: the label of each such field, and its text."""
        return [(str(self[name].label), _in_words(said.get(name))) for name in ABOUT if said.get(name) != self.cleaned_data[name]]

    def clean_used_in(self) -> list[str]:
        """Codes that exist."""
        try:
            return list(countries(self.cleaned_data["used_in"]))
        except Misread as misread:
            raise forms.ValidationError(str(misread), code="place") from None


def _fingerprint(said: Said) -> str:
    return fingerprint(said, ABOUT)


def _in_words(value: str | list[str] | None) -> str:
    known = {one.value: str(said) for one, said in TECHNIQUES.items()}
    return value or "" if not isinstance(value, list) else ", ".join(known.get(one, one) for one in value)


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
            raise forms.ValidationError([in_english(one.strip()) for one in str(problem).splitlines() if one.strip()]) from None


class ScreenForm(forms.Form):
    """Nothing to choose: every book judges. Whoever could leave one out could make its refusal go away."""
