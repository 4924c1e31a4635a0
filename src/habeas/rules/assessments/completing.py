"""What an assessment still lacks. A gate asks for this: an assessment from which something is missing opens nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from habeas.rules.assessments.answering import named, repeated, wanted
from habeas.rules.assessments.drafting import facts_of, known, subject
from habeas.rules.assessments.duties import duties, prohibitions
from habeas.rules.assessments.form import Heading
from habeas.rules.assessments.forms import FORMS
from habeas.rules.assessments.values import Assessment, Benefit, Blank, Section, Signature, Written
from habeas.rules.verdicts import Verdict
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Vocabulary

BENEFITS, SIGNATURES, REVIEW = "benefits", "signatures", "review_on"
NO_HARM = "the harm measured beside it, or under not_measured why there is none"
SYSTEM, PROHIBITIONS = "system", "prohibitions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is missing: in which section (or other part of the file), at which item, and what."""

    section: str
    item: str
    what: str


def complete(assessment: Assessment, *, on: date | None = None) -> tuple[Missing, ...]:
    """Everything that is missing; empty exactly if every heading is answered, every benefit weighed, somebody signed, a review is set.

    The headings are those of the law, whatever the file left out. `on`: the day on which somebody relies on it (None: not asked);
    a review that was due by then is missing. One word is no answer, nor are the same words in more than two places.
    """
    often = repeated(assessment)
    return (
        *_of_sections(assessment, often),
        *_of_benefits(assessment, often),
        *_of_signatures(assessment, on),
        *_of_review(assessment, on),
    )


def changed(assessment: Assessment, system: SystemDescription, vocabulary: Vocabulary) -> tuple[Missing, ...]:
    """What the assessment doesn't know because the description says something else; empty where both say the same."""
    had = {one.fact: one for section in assessment.sections for one in section.known}
    found = [known(vocabulary.fact(name), system.answer(name)) for name in facts_of(FORMS[assessment.kind])]
    has = {one.fact: one for one in found if one is not None}
    facts = sorted(name for name in had.keys() | has.keys() if had.get(name) != has.get(name))
    if not facts and subject(system) == assessment.system:
        return ()
    told = f"other answers: {', '.join(facts)}" if facts else "no answer that stands here differs"
    what = f"the description is not the one that was assessed ({told}): screen the system again and draft anew, then copy what still holds"
    return (Missing(section=SYSTEM, item="digest", what=what),)


def unsaid(assessment: Assessment, verdicts: Sequence[Verdict]) -> tuple[Missing, ...]:
    """Prohibitions and duties that a screen finds and the assessment doesn't name: removed from it, or new in the law."""
    bans = {(one.book, one.rule, one.finding) for one in assessment.prohibitions}
    named = {(duty.book, duty.rule) for section in assessment.sections for duty in section.duties}
    return (
        *(
            Missing(section=PROHIBITIONS, item=f"{one.book} {one.rule}", what=f"that the screen says: {one.finding.value} ({one.title})")
            for one in prohibitions(verdicts)
            if (one.book, one.rule, one.finding) not in bans
        ),
        *(
            Missing(section=place, item=f"{duty.book} {duty.rule}", what=f"what is done about: {duty.title}")
            for place, found in duties(verdicts, FORMS[assessment.kind]).items()
            for duty in found
            if (duty.book, duty.rule) not in named
        ),
    )


def blanks(assessment: Assessment) -> int:
    """How many things a person must still write, of those the file itself marks."""
    return sum(isinstance(written, Blank) for written in _everything(assessment))


def _of_sections(assessment: Assessment, often: Mapping[str, int]) -> Iterator[Missing]:
    there = {section.id: section for section in assessment.sections}
    for heading in FORMS[assessment.kind].headings:
        section = there.get(heading.id)
        if section is None:
            yield Missing(section=heading.id, item="section", what=f"the whole section: {heading.question}")
        else:
            yield from _of_heading(heading, section)
    for section in assessment.sections:
        yield from _of_section(section, often)


def _of_heading(heading: Heading, section: Section) -> Iterator[Missing]:
    written = {question.id for question in section.to_write}
    for asked in heading.asked:
        if asked.id not in written:
            yield Missing(section=heading.id, item=asked.id, what=asked.asks)
    answered = written | {one.fact for one in section.known}
    for fact in heading.facts:
        if fact not in answered:
            yield Missing(section=heading.id, item=fact, what="an answer of the description, or of yours under to_write")


def _of_section(section: Section, often: Mapping[str, int]) -> Iterator[Missing]:
    for question in section.to_write:
        yield from _of_text(question.answer, section=section.id, item=question.id, what=question.asks, often=often)
    for duty in section.duties:
        what = f"what is done about: {duty.title}"
        yield from _of_text(duty.met_by, section=section.id, item=f"{duty.book} {duty.rule}", what=what, often=often)


def _of_benefits(assessment: Assessment, often: Mapping[str, int]) -> Iterator[Missing]:
    if not assessment.benefits:
        yield Missing(section=BENEFITS, item="benefits", what="at least one benefit that is claimed, beside the harm that was measured")
    for number, benefit in enumerate(assessment.benefits, start=1):
        yield from _of_benefit(benefit, often, item=f"benefit {number}")


def _of_benefit(benefit: Benefit, often: Mapping[str, int], *, item: str) -> Iterator[Missing]:
    yield from _of_text(benefit.claimed_by, section=BENEFITS, item=item)
    for written in (benefit.claim, benefit.shown_by, benefit.not_measured):
        if written is not None:
            yield from _of_text(written, section=BENEFITS, item=item, often=often)
    if benefit.not_measured is None and not benefit.harms:
        yield Missing(section=BENEFITS, item=item, what=NO_HARM)


def _of_signatures(assessment: Assessment, on: date | None) -> Iterator[Missing]:
    if not assessment.signatures:
        yield Missing(section=SIGNATURES, item="signatures", what="the role of whoever answers for it, and the day")
    for number, signature in enumerate(assessment.signatures, start=1):
        yield from _of_signature(signature, assessment, on, item=f"signature {number}")


def _of_signature(signature: Signature, assessment: Assessment, on: date | None, *, item: str) -> Iterator[Missing]:
    yield from _of_text(signature.role, section=SIGNATURES, item=item)
    if isinstance(signature.on, Blank):
        yield Missing(section=SIGNATURES, item=item, what=signature.on.ask)
    elif signature.on < assessment.drafted_on:
        yield Missing(section=SIGNATURES, item=item, what=f"a day no earlier than the draft, which was made on {assessment.drafted_on}")
    elif on is not None and signature.on > on:
        yield Missing(section=SIGNATURES, item=item, what=f"a signature already given: {signature.on} is still to come")


def _of_review(assessment: Assessment, on: date | None) -> Iterator[Missing]:
    review = assessment.review_on
    if isinstance(review, Blank):
        yield Missing(section=REVIEW, item=REVIEW, what=review.ask)
        return
    latest = max([assessment.drafted_on, *(one.on for one in assessment.signatures if not isinstance(one.on, Blank))])
    if review <= latest:
        yield Missing(section=REVIEW, item=REVIEW, what=f"a day after the draft and every signature, so later than {latest}")
    if on is not None and review < on:
        yield Missing(section=REVIEW, item=REVIEW, what=f"the review itself: it was due on {review}")


def _of_text(
    written: Written, *, section: str, item: str, what: str | None = None, often: Mapping[str, int] | None = None
) -> Iterator[Missing]:
    """`often`: what stands in too many places (None: a name or a role, for which one word is enough)."""
    if isinstance(written, Blank):
        yield Missing(section=section, item=item, what=written.ask if what is None else what)
    elif (instead := wanted(written, often) if often is not None else named(written)) is not None:
        yield Missing(section=section, item=item, what=instead)


def _everything(assessment: Assessment) -> Iterator[object]:
    for section in assessment.sections:
        yield from (question.answer for question in section.to_write)
        yield from (duty.met_by for duty in section.duties)
    for benefit in assessment.benefits:
        yield from (benefit.claim, benefit.claimed_by, benefit.shown_by, benefit.not_measured)
    for signature in assessment.signatures:
        yield from (signature.role, signature.on)
    yield assessment.review_on
