"""A draft: what the description answers is filled in under the law's headings, everything else stays blank. Nothing is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from habeas.catalogue.families import Guidance
from habeas.rules.assessments.duties import binds_of, duties, prohibitions
from habeas.rules.assessments.form import Form, Heading
from habeas.rules.assessments.forms import FORMS
from habeas.rules.assessments.values import (
    Assessment,
    Benefit,
    Blank,
    Claim,
    Duty,
    Harm,
    Kind,
    Known,
    Question,
    Screened,
    Section,
    Signature,
    Subject,
)
from habeas.rules.plain import digest
from habeas.rules.verdicts import Verdict
from habeas.terms.answers import Answer, Several, Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import PURPOSE, Fact, Vocabulary

OTHERS = "others, not this operator: guidance on {family}"
SENTENCES = Blank(ask="a few sentences, with figures and where they come from")
UNANSWERED = "a sentence; the description doesn't say: answer {fact} there, too, screen again, and draft anew"
OWN_CLAIM = Blank(ask="what whoever brings the system in expects of it: one benefit, with its figure")
CLAIMED_BY = Blank(ask="who claims this benefit: a role, a vendor, a text")
SHOWN_BY = Blank(ask="what shows it for this system: the evaluation, with its figures; or that nothing does")
WHY_NOT = Blank(ask="why no harm was measured beside it, and when it will be; habeas audit measures disparities")
ROLE = Blank(ask="the role of whoever answers for this assessment, not a name")
SIGNED = Blank(ask="a day, on which that role signed, such as 2027-03-01")
REVIEW = Blank(ask="a day, on which all this is looked at again, such as 2028-03-01")


def draft(
    system: SystemDescription,
    verdicts: Sequence[Verdict],
    *,
    kind: Kind,
    vocabulary: Vocabulary,
    on: date,
    families: Sequence[Guidance] = (),
    measured: Sequence[Harm] = (),
) -> Assessment:
    """The assessment of `system`, as far as it can be known without asking anybody; what people must write is blank.

    `verdicts`: what a screen said on the day `on`. `families`: whose claims of benefits may stand in it. `measured`: findings of audits.
    """
    form = FORMS[kind]
    found = duties(verdicts, form)
    return Assessment(
        kind=kind,
        system=subject(system),
        drafted_on=on,
        screened=tuple(_screened(verdict) for verdict in verdicts),
        prohibitions=prohibitions(verdicts),
        sections=tuple(_section(heading, system, vocabulary, found.get(heading.id, ())) for heading in form.headings),
        benefits=(_own_benefit(measured),),
        claims_of_others=tuple(_claims(system, families)),
        measured=tuple(measured),
        signatures=(Signature(role=ROLE, on=SIGNED),),
        review_on=REVIEW,
    )


def subject(system: SystemDescription) -> Subject:
    """Which system it is, and the digest of its description."""
    return Subject(
        name=system.name,
        version=system.version,
        operator=system.operator,
        about=system.about,
        digest=digest(system),
        used_in=system.used_in,
    )


def known(fact: Fact, answer: Answer) -> Known | None:
    """What an answer says in words; None where nothing is answered."""
    says = _in_words(fact, answer)
    return None if says is None else Known(fact=fact.name, asked=fact.question, says=says, evidence=answer.evidence, note=answer.note)


def facts_of(form: Form) -> tuple[str, ...]:
    """Every fact that a form tells or asks, once."""
    return tuple(dict.fromkeys(name for heading in form.headings for name in (*heading.facts, *heading.also)))


def _screened(verdict: Verdict) -> Screened:
    book = verdict.book
    return Screened(book=book.id, title=book.title, version=book.version, finding=verdict.finding, binds=binds_of(verdict))


def _section(heading: Heading, system: SystemDescription, vocabulary: Vocabulary, found: Sequence[Duty]) -> Section:
    told = [known(vocabulary.fact(name), system.answer(name)) for name in (*heading.facts, *heading.also)]
    answered = tuple(one for one in told if one is not None)
    there = {one.fact for one in answered}
    open_facts = (vocabulary.fact(name) for name in heading.facts if name not in there)
    return Section(
        id=heading.id,
        article=heading.article,
        question=heading.question,
        known=answered,
        to_write=(
            *(_from_vocabulary(fact) for fact in open_facts),
            *(Question(id=asked.id, asks=asked.asks, answer=SENTENCES) for asked in heading.asked),
        ),
        duties=tuple(found),
    )


def _from_vocabulary(fact: Fact) -> Question:
    return Question(id=fact.name, asks=fact.question, answer=Blank(ask=UNANSWERED.format(fact=fact.name)))


def _own_benefit(measured: Sequence[Harm]) -> Benefit:
    harms, why = tuple(harm.id for harm in measured), None if measured else WHY_NOT
    return Benefit(claim=OWN_CLAIM, claimed_by=CLAIMED_BY, shown_by=SHOWN_BY, harms=harms, not_measured=why)


def _claims(system: SystemDescription, families: Sequence[Guidance]) -> Iterator[Claim]:
    """What is claimed of such systems elsewhere: no benefit of this one, and nothing that anybody must answer."""
    for family in _fitting(system, families):
        yield from (Claim(claim=claim, claimed_by=OTHERS.format(family=family.id)) for claim in family.benefits)


def _fitting(system: SystemDescription, families: Sequence[Guidance]) -> Iterator[Guidance]:
    purposes = system.answer(PURPOSE).value
    words = purposes.words if isinstance(purposes, Several) else frozenset()
    yield from (family for family in families if words & frozenset(family.purposes))


def _in_words(fact: Fact, answer: Answer) -> str | None:
    value = answer.value
    if isinstance(value, Ternary):
        return None if value is Ternary.UNKNOWN else value.value
    if isinstance(value, date):
        return value.isoformat()
    said = [f"{word.word} ({word.means})" for word in fact.words if word.word in value.words]
    if not value.complete:
        # a list that may go on answers nothing by itself
        return "; ".join([*said, "whether more holds is not known"]) if said else None
    return "; ".join(said) or "none of those asked for"
