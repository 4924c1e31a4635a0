"""Texts as people type them, held to what files are held to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from habeas.runs.yaml_text.fields import as_prose


class Prose(forms.CharField):
    """Text for people: without control characters, its lines as they were typed."""

    def to_python(self, value: Any) -> str:
        """The text with its line breaks as one character each."""
        return super().to_python(str(value).replace("\r\n", "\n") if value else value) or ""

    def validate(self, value: Any) -> None:
        """Refuse what no file may hold."""
        super().validate(value)
        if value and as_prose(value) is None:
            raise forms.ValidationError(_("Write plain text, without control characters."), code="text")


def lines(most_characters: int = 2000, rows: int = 3, **given: Any) -> Prose:
    """A field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return Prose(max_length=most_characters, widget=widget, **{"required": False, **given})


def line(most_characters: int = 300, **given: Any) -> Prose:
    """A field of one line."""
    return Prose(max_length=most_characters, widget=forms.TextInput(attrs={"dir": "auto"}), **{"required": False, **given})
