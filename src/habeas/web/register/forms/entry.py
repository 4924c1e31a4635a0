"""One topic of an entry as a form, made from the register's fields. Nothing is required: a draft may be incomplete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from habeas.errors import BadInput
from habeas.procedures.editions import fingerprint
from habeas.procedures.entries import check_value
from habeas.terms.register import Content, Field, Kind, Need, Value
from habeas.web.base.looks import in_english
from habeas.web.base.templatetags.languages import translated
from habeas.web.register.forms.rows import RowsWidget

MOST_RADIOS = 9
"""Longer lists of words to choose one from are drawn as a box that opens."""


class TopicForm(forms.Form):
    """The fields of one topic. `seen` travels with it: what these fields said when the page was made."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, fields: tuple[Field, ...], *, content: Content, data: Mapping[str, Any] | None = None) -> None:
        self.of_register = fields
        known = fingerprint(content, tuple(sorted(field.id for field in fields)))
        super().__init__(data, initial={**{field.id: content.get(field.id) for field in fields}, "seen": known})
        for field in fields:
            self.fields[field.id] = _box(field)
            if field.kind is not Kind.ROWS and field.kind is not Kind.CHOICES:
                self.fields[field.id].widget.attrs.setdefault("dir", "auto")

    @property
    def has_rows(self) -> bool:
        """Whether something in it is answered row by row, so that more rows may be asked for."""
        return any(field.kind is Kind.ROWS for field in self.of_register)

    def clean(self) -> dict[str, Any]:
        """See that the register takes every answer, so that what passes here is saved."""
        for field in self.of_register:
            value = self.value_of(field)
            if value is not None and field.id not in self.errors:
                try:
                    check_value(field, value)
                except BadInput as problem:
                    self.add_error(field.id, self._told(field, value, problem))
        return self.cleaned_data

    def value_of(self, field: Field) -> Value | None:
        """What was given for that field, as a content holds it; None: nothing."""
        given = self.cleaned_data.get(field.id)
        if isinstance(given, str):
            return given.replace("\r\n", "\n").strip() or None
        return given or None

    def answers(self) -> dict[str, Value | None]:
        """Everything that was given, None where nothing was: for `actions.save`."""
        return {field.id: self.value_of(field) for field in self.of_register}

    def again(self, content: Content) -> TopicForm:
        """The same form with the same typed answers, as if its page had been made from that content."""
        ids = tuple(sorted(field.id for field in self.of_register))
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict, or a dict in tests
        data["seen"] = fingerprint(content, ids)
        return TopicForm(self.of_register, content=content, data=data)

    def _told(self, field: Field, value: Value, problem: BadInput) -> str:
        if isinstance(value, str) and len(value) > field.most_characters:
            many = len(value) - field.most_characters
            told = ngettext(
                "This is %(many)d character too long: at most %(most)d fit. Say it in fewer words.",
                "This is %(many)d characters too long: at most %(most)d fit. Say it in fewer words.",
                many,
            )
            return told % {"many": many, "most": field.most_characters}
        by_kind = {
            Kind.DAY: _("Write a day such as 2026-11-22."),
            Kind.ADDRESS: _("Write an address that begins with https://"),
            Kind.EMAIL: _("Write an e-mail address such as systems@police.example."),
            Kind.CHOICE: _("Choose one of the words in the list."),
            Kind.CHOICES: _("Choose words of the list."),
        }
        return by_kind.get(field.kind) or in_english(problem)


def _box(field: Field) -> forms.Field:
    said: dict[str, Any] = {"label": _label(field), "help_text": _help(field), "required": False}
    if field.kind is Kind.ROWS:
        return forms.Field(**said, widget=RowsWidget(field))  # `clean` asks the register's own rules about the rows
    if field.kind is Kind.CHOICES:
        return forms.MultipleChoiceField(**said, choices=_options(field), widget=forms.CheckboxSelectMultiple)
    if field.kind is Kind.CHOICE:
        few = len(field.options) <= MOST_RADIOS
        widget = forms.RadioSelect() if few else forms.Select()
        return forms.ChoiceField(**said, choices=[("", _("No answer yet") if few else "—"), *_options(field, markup=few)], widget=widget)
    return forms.CharField(**said, widget=_widget(field))


def _widget(field: Field) -> forms.Widget:
    if field.kind is Kind.TEXT:
        return forms.Textarea(attrs={"rows": 4 if field.most_characters <= 1000 else 7})  # noqa: PLR2004 - a short text, a long one
    if field.kind is Kind.DAY:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if field.kind is Kind.ADDRESS:
        return forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
    if field.kind is Kind.EMAIL:
        return forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"})
    return forms.TextInput()


def _options(field: Field, *, markup: bool = True) -> list[tuple[str, str]]:
    return [(option.id, translated(option.label) if markup else _(option.label)) for option in field.options]


def _label(field: Field) -> str:
    if field.need is Need.PUBLISH:
        return format_html('{} <span class="quiet">({})</span>', translated(field.label), _("needed for publication"))
    return translated(field.label)


def _help(field: Field) -> str:
    if field.kind in (Kind.TEXT, Kind.LINE):
        return format_html("{} {}", translated(field.help), _("At most %(most)d characters.") % {"most": field.most_characters})
    return translated(field.help)
