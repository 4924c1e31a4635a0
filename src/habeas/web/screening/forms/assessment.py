"""One section of an impact assessment as a form: a question or a duty a field; what stays empty stays missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from habeas.rules.assessments.values import Assessment, Benefit, Blank, Section, Signature, Written
from habeas.web.base.forms.prose import line, lines
from habeas.web.base.looks import in_english
from habeas.web.screening.parts import closing_of, section_of, stamp

LONGEST = 6000


def _now(written: Written | None) -> str:
    return written if isinstance(written, str) else ""


def _ask(written: Written | date | None) -> str:
    """What a blank asks for, with what must be read again."""
    return written.ask if isinstance(written, Blank) else ""


class PartForm(forms.Form):
    """A part of an assessment. `seen` travels with it: the stamp of the part when the page was made."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def as_of(self, assessment: Assessment, data: Mapping[str, Any] | None = None) -> Self:
        """The form of the same part, as the assessment stands now."""
        raise NotImplementedError

    def part(self, assessment: Assessment) -> object:
        """The part of that assessment in which it writes; None: there is none."""
        raise NotImplementedError

    def change(self, assessment: Assessment) -> Assessment:
        """That assessment with the part as it was typed."""
        raise NotImplementedError

    def again(self, assessment: Assessment) -> Self:
        """The same form with what was typed, as if its page had been made from that assessment."""
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data["seen"] = stamp(self.part(assessment))
        return self.as_of(assessment, data)

    def theirs(self, assessment: Assessment) -> list[tuple[str, str]]:
        """What is written there otherwise than it was typed: the label of each such field, and its text."""
        there = [field for field in self.as_of(assessment) if not field.is_hidden]
        typed = self.cleaned_data
        return [(str(one.label), str(one.value() or "")) for one in there if (one.value() or "") != (typed.get(one.name) or "")]


class SectionForm(PartForm):
    """The questions and duties of one heading."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, section: Section) -> None:
        super().__init__(data, initial={"seen": stamp(section)})
        self._section = section
        for question in section.to_write:
            now, ask = _now(question.answer), _ask(question.answer)
            self.fields[f"question-{question.id}"] = lines(
                LONGEST, rows=5, label=in_english(question.asks), help_text=in_english(ask) if ask else "", initial=now
            )
        for duty in section.duties:
            now, ask = _now(duty.met_by), _ask(duty.met_by)
            label = f"{duty.title} ({duty.article}; {duty.rule})"
            self.fields[f"duty-{duty.rule}"] = lines(
                LONGEST, rows=4, label=in_english(label), help_text=in_english(ask) if ask else "", initial=now
            )

    def part(self, assessment: Assessment) -> Section | None:
        """The section of that assessment."""
        return section_of(assessment, self._section.id)

    def as_of(self, assessment: Assessment, data: Mapping[str, Any] | None = None) -> Self:
        """The form of the section, as the assessment stands now."""
        return type(self)(data, section=self.part(assessment) or self._section)

    def change(self, assessment: Assessment) -> Assessment:
        """The assessment with this section as it was filled in."""
        sections = tuple(self._written(one) if one.id == self._section.id else one for one in assessment.sections)
        return replace(assessment, sections=sections)

    def _written(self, section: Section) -> Section:
        questions = (replace(one, answer=self._text(f"question-{one.id}", one.answer)) for one in section.to_write)
        duties = (replace(one, met_by=self._text(f"duty-{one.rule}", one.met_by)) for one in section.duties)
        return replace(section, to_write=tuple(questions), duties=tuple(duties))

    def _text(self, name: str, before: Written) -> Written:
        return _kept(self.cleaned_data.get(name), before)


def _kept(typed: str | None, before: Written) -> Written:
    if typed:
        return typed
    return before if isinstance(before, Blank) else Blank(ask="what stood here and was taken away")


class ClosingForm(PartForm):
    """What is claimed of the system, beside the harm that was measured; who answers for the assessment; when it is looked at again."""

    claim = lines(LONGEST, label=_("What benefit is claimed, with its figure?"))
    claimed_by = line(label=_("Who claims it? A role, a vendor, a text"))
    shown_by = lines(LONGEST, label=_("What shows it for this system? The evaluation, with its figures; or that nothing does"))
    not_measured = lines(LONGEST, label=_("Why was no harm measured beside it, and when will it be?"))
    role = line(label=_("Who answers for this assessment? A role, not a name"))
    signed_on = forms.DateField(
        label=_("On which day did they sign? Such as 2027-03-01"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    review_on = forms.DateField(
        label=_("On which day is all this looked at again?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    @classmethod
    def of(cls, assessment: Assessment, data: Mapping[str, Any] | None = None) -> Self:
        """The form as it stands now."""
        benefit, signature = _first(assessment)
        dates = {"signed_on": signature.on, "review_on": assessment.review_on}
        texts = {name: _now(getattr(benefit, name)) for name in ("claim", "claimed_by", "shown_by", "not_measured")}
        days = {name: one for name, one in dates.items() if isinstance(one, date)}
        return cls(data, initial={**texts, "role": _now(signature.role), **days, "seen": stamp(closing_of(assessment))})

    def part(self, assessment: Assessment) -> object:
        """What it writes of that assessment."""
        return closing_of(assessment)

    def as_of(self, assessment: Assessment, data: Mapping[str, Any] | None = None) -> Self:
        """The form as the assessment stands now."""
        return self.of(assessment, data)

    def change(self, assessment: Assessment) -> Assessment:
        """The assessment with these as they were filled in."""
        benefit, signature = _first(assessment)
        said = self.cleaned_data
        claimed = replace(
            benefit,
            claim=_kept(said.get("claim"), benefit.claim),
            claimed_by=_kept(said.get("claimed_by"), benefit.claimed_by),
            shown_by=_kept(said.get("shown_by"), benefit.shown_by),
            not_measured=None if benefit.harms else _kept(said.get("not_measured"), benefit.not_measured or _BLANK),
        )
        signed = replace(signature, role=_kept(said.get("role"), signature.role), on=said.get("signed_on") or _day_blank(signature.on))
        return replace(
            assessment,
            benefits=(claimed, *assessment.benefits[1:]),
            signatures=(signed, *assessment.signatures[1:]),
            review_on=said.get("review_on") or _day_blank(assessment.review_on),
        )


_BLANK = Blank(ask="a few words")
_NO_DAY = Blank(ask="a day, such as 2028-03-01")


def _day_blank(before: date | Blank) -> Blank:
    return before if isinstance(before, Blank) else _NO_DAY


def _first(assessment: Assessment) -> tuple[Benefit, Signature]:
    benefit = assessment.benefits[0] if assessment.benefits else Benefit(claim=_BLANK, claimed_by=_BLANK, shown_by=_BLANK)
    signature = assessment.signatures[0] if assessment.signatures else Signature(role=_BLANK, on=_NO_DAY)
    return benefit, signature
