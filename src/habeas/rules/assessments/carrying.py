"""Answers of an earlier assessment carried into a new draft, where heading, question or duty is the same; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from habeas.errors import BadDescription
from habeas.rules.assessments.values import Assessment, Blank, Duty, Question, Section, Written

READ_AGAIN = "read this again, since"
AGAIN = READ_AGAIN + " the description changed ({why}), and take these words away: {said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An answer that has no place in the new draft: where it stood, and what it says."""

    place: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The new draft with the answers of the old one; `again`: how many must be read again; `left`: what had no place."""

    assessment: Assessment
    again: int
    left: tuple[Left, ...]


def carry(old: Assessment, *, into: Assessment) -> Carried:
    """The answers of `old` in the draft `into`. An answer whose heading knows something else now must be read again: it stays a blank.

    Signatures, the review, benefits weighed and harms measured belong to what was assessed then: they are left, to be given anew.

    Raises:
        BadDescription: the two are of different kinds.
    """
    new = into
    if old.kind is not new.kind:
        raise BadDescription(f"--from: expected an assessment of the kind {new.kind.value}; got one of {old.kind.value}: name another file")
    there = {section.id: section for section in old.sections}
    sections = tuple(_section(there[one.id], one) if one.id in there else one for one in new.sections)
    draft = replace(new, sections=sections)
    again = sum(_unread(text) for _, text in _placed(draft))
    return Carried(assessment=draft, again=again, left=tuple(_left(old, new)))


def _section(old: Section, new: Section) -> Section:
    had, has = ({one.fact: one for one in section.known} for section in (old, new))
    why = ", ".join(sorted(fact for fact in had.keys() | has.keys() if had.get(fact) != has.get(fact)))
    answers = {question.id: question for question in old.to_write}
    duties = {(duty.book, duty.rule): duty for duty in old.duties}
    return replace(
        new,
        to_write=tuple(_question(answers.get(one.id), one, why) for one in new.to_write),
        duties=tuple(_duty(duties.get((one.book, one.rule)), one, why) for one in new.duties),
    )


def _question(old: Question | None, new: Question, why: str) -> Question:
    if old is None:
        return new
    return replace(new, answer=_carried(old.answer, new.answer, why if old.asks == new.asks else "the question is worded otherwise"))


def _duty(old: Duty | None, new: Duty, why: str) -> Duty:
    if old is None:
        return new
    same = replace(old, met_by="") == replace(new, met_by="")
    return replace(new, met_by=_carried(old.met_by, new.met_by, why if same else "the duty applies otherwise"))


def _carried(old: Written, new: Written, why: str) -> Written:
    if isinstance(old, Blank):
        # nobody has read it since an earlier change: it stays to be read
        return old if _unread(old) else new
    return Blank(ask=AGAIN.format(why=why, said=old)) if why else old


def _left(old: Assessment, new: Assessment) -> Iterator[Left]:
    places = {place for place, _ in _placed(new)}
    found = [(place, text) for place, text in _placed(old) if place not in places]
    for number, benefit in enumerate(old.benefits, start=1):
        found += [(f"benefit {number}, {name}", getattr(benefit, name)) for name in ("claim", "claimed_by", "shown_by", "not_measured")]
    found += [("signatures", signature.role) for signature in old.signatures]
    yield from (Left(place=place, says=said) for place, text in found if (said := _said(text)) is not None)


def _said(written: Written | None) -> str | None:
    return written.ask if isinstance(written, Blank) and _unread(written) else None if isinstance(written, Blank) else written


def _unread(written: Written | None) -> bool:
    return isinstance(written, Blank) and written.ask.startswith(READ_AGAIN)


def _placed(assessment: Assessment) -> Iterator[tuple[str, Written | None]]:
    for section in assessment.sections:
        yield from ((f"{section.id}, {question.id}", question.answer) for question in section.to_write)
        yield from ((f"{section.id}, {duty.book} {duty.rule}", duty.met_by) for duty in section.duties)
