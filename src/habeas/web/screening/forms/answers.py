"""One topic of questions as a form: an answer, what shows it, and a note, for each question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from habeas.errors import BadInput
from habeas.procedures.editions import fingerprint
from habeas.terms.answers import UNANSWERED, Answer, Evidence, Several, Ternary, Value
from habeas.terms.vocabulary import Fact, Kind
from habeas.web.base.forms.prose import line, lines
from habeas.web.base.looks import in_english
from habeas.web.screening.describing import answers_said

ALL, PERHAPS = "all", "perhaps"
UNKNOWN = Ternary.UNKNOWN.value
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), (UNKNOWN, gettext_lazy("Don't know"))]
REST = [(ALL, gettext_lazy("That is all of them, or none holds")), (PERHAPS, gettext_lazy("There may be others, or I don't know"))]
WHAT, WHERE, BY = "what", "where", "by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A question as it stands on the page: the fields of its answer, of its evidence and its note."""

    fact: Fact
    fields: tuple[BoundField, ...]
    evidence: tuple[tuple[BoundField, ...], ...]
    note: BoundField
    shown: bool
    """Whether evidence or a note is there already, so that it isn't folded away."""


class AnswersForm(forms.Form):
    """Questions with what is answered so far; `taken()` gives what was filled in.

    `seen` travels with it: what the answers were when the page was made.
    """

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, facts: Sequence[Fact], answers: Mapping[str, Answer]) -> None:
        super().__init__(data, initial={"seen": fingerprint(answers_said(answers), tuple(sorted(fact.name for fact in facts)))})
        self._facts = facts
        self._rows = {fact.name: _rows(fact.name, answers.get(fact.name), data or {}) for fact in facts}
        for fact in facts:
            self.fields |= dict(_fields(fact, answers.get(fact.name), rows=self._rows[fact.name]))

    def again(self, answers: Mapping[str, Answer]) -> AnswersForm:
        """The same form with what was typed, as if its page had been made from those answers."""
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data["seen"] = AnswersForm(facts=self._facts, answers=answers)["seen"].value()
        return AnswersForm(data, facts=self._facts, answers=answers)

    def questions(self) -> Iterator[Put]:
        """The questions in order, for the template."""
        for fact in self._facts:
            name, rows = fact.name, self._rows[fact.name]
            yield Put(
                fact=fact,
                fields=tuple(self[one] for one in (name, f"{name}-rest", f"{name}-unknown") if one in self.fields),
                evidence=tuple(tuple(self[f"{name}-{row}-{part}"] for part in (WHAT, WHERE, BY)) for row in range(rows)),
                note=self[f"{name}-note"],
                shown=self._unfolded(name, rows),
            )

    def _unfolded(self, name: str, rows: int) -> bool:
        names = [f"{name}-note", *(f"{name}-{row}-{part}" for row in range(rows) for part in (WHAT, WHERE, BY))]
        return any(self[one].value() or one in self.errors for one in names)

    def clean(self) -> dict[str, Any]:
        """Each answer from its fields."""
        found: dict[str, Any] = {}
        for fact in self._facts:
            try:
                found[fact.name] = self._answer(fact)
            except BadInput as problem:
                self.add_error(f"{fact.name}-0-{WHAT}", in_english(problem))
        return {**self.cleaned_data, "answers": found}

    def taken(self) -> dict[str, Answer | None]:
        """The answers that were given; None: a question was left empty."""
        return dict(self.cleaned_data["answers"])

    def _answer(self, fact: Fact) -> Answer | None:
        value = _VALUES[fact.kind](self, fact)
        evidence = tuple(self._evidence(fact.name))
        note = self.cleaned_data.get(f"{fact.name}-note") or None
        if value is None:
            return None if not evidence and note is None else Answer(value=Ternary.UNKNOWN, evidence=evidence, note=note)
        return Answer(value=value, evidence=evidence, note=note)

    def _evidence(self, name: str) -> Iterator[Evidence]:
        for row in range(self._rows[name]):
            what, where, by = (self.cleaned_data.get(f"{name}-{row}-{part}") or None for part in (WHAT, WHERE, BY))
            if what is not None:
                yield Evidence(what=what, where=where, by=by)
            elif where is not None or by is not None:
                self.add_error(f"{name}-{row}-{WHAT}", _("Name the document."))

    def yes_no(self, fact: Fact) -> Value | None:
        """Yes, no, unknown, or nothing."""
        given = self.cleaned_data.get(fact.name)
        return Ternary(given) if given else None

    def several(self, fact: Fact) -> Value | None:
        """Words, and whether these are all."""
        words, rest = frozenset(self.cleaned_data.get(fact.name) or ()), self.cleaned_data.get(f"{fact.name}-rest")
        if not rest:
            if words:
                self.add_error(f"{fact.name}-rest", _("Say whether these are all."))
            return None
        if rest == PERHAPS:
            return Several(words=words, complete=False) if words else Ternary.UNKNOWN
        if fact.at_least_one and not words:
            self.add_error(fact.name, _("Every system has at least one of these: tick it, or say that you don't know."))
            return None
        return Several(words=words)

    def day(self, fact: Fact) -> Value | None:
        """A day, unknown, or nothing."""
        given: date | None = self.cleaned_data.get(fact.name)
        if given is not None:
            return given
        return Ternary.UNKNOWN if self.cleaned_data.get(f"{fact.name}-unknown") else None


_VALUES = {Kind.YES_NO: AnswersForm.yes_no, Kind.SEVERAL: AnswersForm.several, Kind.DAY: AnswersForm.day}


def _rows(name: str, answer: Answer | None, data: Mapping[str, Any]) -> int:
    """So many pieces of evidence, and room for one more; at least as many as were sent."""
    rows = len((answer or UNANSWERED).evidence) + 1
    while f"{name}-{rows}-{WHAT}" in data:
        rows += 1
    return rows


def _fields(fact: Fact, answer: Answer | None, *, rows: int) -> Iterator[tuple[str, forms.Field]]:
    yield from _KINDS[fact.kind](fact, None if answer is None else answer.value)
    evidence = (answer or UNANSWERED).evidence
    for row in range(rows):
        known = evidence[row] if row < len(evidence) else None
        yield f"{fact.name}-{row}-{WHAT}", line(label=gettext_lazy("Document"), initial=known and known.what)
        yield f"{fact.name}-{row}-{WHERE}", line(label=gettext_lazy("Where it is: file, page, address"), initial=known and known.where)
        yield f"{fact.name}-{row}-{BY}", line(label=gettext_lazy("Who stands for it: a role, not a name"), initial=known and known.by)
    yield f"{fact.name}-note", lines(label=gettext_lazy("Note"), rows=2, initial=(answer or UNANSWERED).note)


def _yes_no(fact: Fact, value: Value | None) -> Iterator[tuple[str, forms.Field]]:
    initial = value.value if isinstance(value, Ternary) else None
    yield fact.name, forms.ChoiceField(**_asked(fact), choices=YES_NO, widget=forms.RadioSelect, initial=initial)


def _several(fact: Fact, value: Value | None) -> Iterator[tuple[str, forms.Field]]:
    words = sorted(value.words) if isinstance(value, Several) else []
    rest = None if value is None else ALL if isinstance(value, Several) and value.complete else PERHAPS
    choices = [(word.word, in_english(word.means)) for word in fact.words]
    yield fact.name, forms.MultipleChoiceField(**_asked(fact), choices=choices, widget=forms.CheckboxSelectMultiple, initial=words)
    more: dict[str, Any] = {"label": _("Are these all?"), "required": False, "choices": REST}
    yield f"{fact.name}-rest", forms.ChoiceField(**more, widget=forms.RadioSelect, initial=rest)


def _day(fact: Fact, value: Value | None) -> Iterator[tuple[str, forms.Field]]:
    initial = value.isoformat() if isinstance(value, date) else None
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    yield fact.name, forms.DateField(**_asked(fact), input_formats=["%Y-%m-%d"], widget=widget, initial=initial)
    yield f"{fact.name}-unknown", forms.BooleanField(label=_("Don't know"), required=False, initial=value is Ternary.UNKNOWN)


def _asked(fact: Fact) -> dict[str, Any]:
    return {"label": in_english(fact.question), "help_text": in_english(fact.why), "required": False}


_KINDS = {Kind.YES_NO: _yes_no, Kind.SEVERAL: _several, Kind.DAY: _day}
