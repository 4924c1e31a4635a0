"""What the page of an assessment says, before it is laid out: every blank is a `Gap`, which the template can't show quietly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from habeas.reports.assessments import words
from habeas.reports.sections.blocks import Row, Table, Terms
from habeas.rules.assessments.completing import BENEFITS, NO_HARM, REVIEW, SIGNATURES, Missing
from habeas.rules.assessments.forms import FORMS, no_law_here
from habeas.rules.assessments.values import Assessment, Benefit, Blank, Known, Section

OTHER = " (which is not the name and version assessed here: see whether it is the same system)"
PARAGRAPHS = re.compile(r"\n\s*\n|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What somebody wrote, in paragraphs; `gap` stands in its place where it is missing."""

    paragraphs: tuple[str, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the description answers, and what shows it."""

    asked: str
    says: str
    shown_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, or a duty, with what was written."""

    id: str
    words: str
    notes: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading of the law on the page. `lacking`: what is missing altogether, with no field in the file."""

    id: str
    title: str
    article: str
    known: tuple[Told, ...]
    asked: tuple[Asked, ...]
    duties: tuple[Asked, ...]
    lacking: tuple[str, ...]
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A harm; `place` is its id on the page."""

    number: int
    place: str
    says: str
    detail: str
    audited: str
    plan: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A row of the table of benefits and harms."""

    claim: Text
    by: Text
    shown: Text
    harms: tuple[Measured, ...]
    not_measured: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature."""

    role: Text
    on: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole page."""

    kind: str
    title: str
    about: Terms
    elsewhere: str
    """That the law isn't law where the system is used; empty where it is, or may be."""
    bans: tuple[str, ...]
    prohibited: bool
    missing: str
    remarks: tuple[str, ...]
    """What is missing elsewhere than in a section: what changed since, above all."""
    parts: tuple[Part, ...]
    weighed: tuple[Weighed, ...]
    claims: tuple[tuple[str, str], ...]
    """What others claim, and who they are."""
    weighing_lacks: tuple[str, ...]
    weighing_count: str
    harms: tuple[Measured, ...]
    signed: tuple[Signed, ...]
    signing_lacks: tuple[str, ...]
    signing_count: str
    review: Text
    review_lacks: tuple[str, ...]
    screened: Table
    note: str
    checked: str
    written: str


def page(assessment: Assessment, missing: Sequence[Missing], *, written: str) -> Page:
    """The assessment and everything `missing` from it, ready to be laid out; `written`: when, in words."""
    form = FORMS[assessment.kind]
    shown = {section.id for section in assessment.sections} | {BENEFITS, SIGNATURES, REVIEW}
    return Page(
        kind=form.title,
        title=f"{assessment.system.name}, {assessment.system.version}",
        about=_about(assessment, written=written),
        elsewhere=no_law_here(assessment) or "",
        bans=tuple(_ban(assessment, index) for index in range(len(assessment.prohibitions))),
        prohibited=assessment.prohibited,
        missing=words.things(len(missing)) if missing else "",
        remarks=tuple(f"{words.title_of(one.section, assessment)}: {one.what}" for one in missing if one.section not in shown),
        parts=tuple(_part(f"part-{i}", section, missing) for i, section in enumerate(assessment.sections, start=1)),
        weighed=tuple(_weighed(benefit, assessment) for benefit in assessment.benefits),
        claims=tuple((one.claim, one.claimed_by) for one in assessment.claims_of_others),
        weighing_lacks=_lacking(BENEFITS, missing, shown=_asks_of_benefits(assessment)),
        weighing_count=_count({BENEFITS}, missing),
        harms=tuple(_measured(assessment).values()),
        signed=tuple(Signed(role=_text(one.role), on=_text(one.on)) for one in assessment.signatures),
        signing_lacks=_lacking(SIGNATURES, missing, shown=_asks(*(text for one in assessment.signatures for text in (one.role, one.on)))),
        signing_count=_count({SIGNATURES, REVIEW}, missing),
        review=_text(assessment.review_on),
        review_lacks=_lacking(REVIEW, missing, shown=_asks(assessment.review_on)),
        screened=_screened(assessment),
        note=form.note,
        checked=words.CHECKED[form.confidence],
        written=written,
    )


def _about(assessment: Assessment, *, written: str) -> Terms:
    form, system = FORMS[assessment.kind], assessment.system
    return Terms(
        pairs=(
            ("System", f"{system.name}, {system.version}"),
            ("What it does", system.about),
            ("Who uses it", system.operator),
            ("Asked for by", form.law),
            ("Drafted and screened", assessment.drafted_on.isoformat()),
            ("Page written", written),
            ("Description (SHA-256)", system.digest),
        ),
        codes=frozenset({"Description (SHA-256)"}),
    )


def _ban(assessment: Assessment, index: int) -> str:
    one = assessment.prohibitions[index]
    word = words.FINDINGS[one.finding].capitalize()
    return f"{word}: {one.title}. {one.article}; rule {one.rule} of {one.book}, {words.BINDING[one.binds]}."


def _part(name: str, section: Section, missing: Sequence[Missing]) -> Part:
    lacks = [one for one in missing if one.section == section.id]
    fields = {question.id for question in section.to_write} | {f"{duty.book} {duty.rule}" for duty in section.duties}
    return Part(
        id=name,
        title=section.question,
        article=section.article,
        known=tuple(_known(one) for one in section.known),
        asked=tuple(
            Asked(id=f"{name}-asked-{number}", words=question.asks, notes=(), text=_text(question.answer))
            for number, question in enumerate(section.to_write, start=1)
        ),
        duties=_duties(name, section),
        lacking=tuple(one.what for one in lacks if one.item not in fields or not _has_blank(section, one.item)),
        count=_count({section.id}, missing),
    )


def _duties(name: str, section: Section) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            id=f"{name}-duty-{number}",
            words=duty.title,
            notes=(
                f"{duty.article}; rule {duty.rule} of {duty.book}",
                words.applies(duty),
                *(() if duty.deadline is None else (f"time limit: {duty.deadline}",)),
            ),
            text=_text(duty.met_by),
        )
        for number, duty in enumerate(section.duties, start=1)
    )


def _has_blank(section: Section, item: str) -> bool:
    asked = {question.id: question.answer for question in section.to_write}
    asked |= {f"{duty.book} {duty.rule}": duty.met_by for duty in section.duties}
    return isinstance(asked[item], Blank)


def _known(one: Known) -> Told:
    noted = one.says if one.note is None else f"{one.says}. Note: {one.note}"
    return Told(asked=one.asked, says=noted, shown_by=words.evidence(one.evidence))


def _weighed(benefit: Benefit, assessment: Assessment) -> Weighed:
    return Weighed(
        claim=_text(benefit.claim),
        by=_text(benefit.claimed_by),
        shown=_text(benefit.shown_by),
        harms=tuple(harm for name, harm in _measured(assessment).items() if name in benefit.harms),
        not_measured=None if benefit.harms else _reason(benefit),
    )


def _measured(assessment: Assessment) -> dict[str, Measured]:
    """Each harm by its name in the file; on the page they are numbered, so that no name can touch its ids."""
    audited = f"{assessment.system.name}, {assessment.system.version}"
    return {
        harm.id: Measured(
            number=number,
            place=f"measured-{number}",
            says=harm.says,
            detail=harm.detail or "",
            audited=harm.audited if harm.audited == audited else f"{harm.audited}{OTHER}",
            plan=harm.plan_sha256,
            report=harm.report_sha256,
        )
        for number, harm in enumerate(assessment.measured, start=1)
    }


def _reason(benefit: Benefit) -> Text:
    return Text(gap=NO_HARM) if benefit.not_measured is None else _text(benefit.not_measured)


def _screened(assessment: Assessment) -> Table:
    rows = tuple(Row(head=one.title, cells=(words.screened(one),)) for one in assessment.screened)
    caption = f"What each rulebook said on {assessment.drafted_on}"
    return Table(caption=caption, head=("Rulebook", "Finding"), rows=rows, numbers=frozenset())


def _lacking(section: str, missing: Sequence[Missing], *, shown: frozenset[str]) -> tuple[str, ...]:
    """What is missing of this part and isn't shown at a place of its own."""
    return tuple(one.what for one in missing if one.section == section and one.what not in shown)


def _count(sections: set[str], missing: Sequence[Missing]) -> str:
    """How many things these lack, in words; empty where none."""
    number = sum(one.section in sections for one in missing)
    return words.things(number) if number else ""


def _asks_of_benefits(assessment: Assessment) -> frozenset[str]:
    written = (text for one in assessment.benefits for text in (one.claim, one.claimed_by, one.shown_by, one.not_measured))
    return _asks(*written) | {NO_HARM}


def _asks(*written: object) -> frozenset[str]:
    return frozenset(one.ask for one in written if isinstance(one, Blank))


def _text(written: str | date | Blank) -> Text:
    if isinstance(written, Blank):
        return Text(gap=written.ask)
    if isinstance(written, date):
        return Text(paragraphs=(written.isoformat(),))
    return Text(paragraphs=tuple(piece.strip() for piece in PARAGRAPHS.split(written) if piece.strip()))
