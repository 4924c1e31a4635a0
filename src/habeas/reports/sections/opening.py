"""The top of the page: what was tested, by whom, and the verdict."""

from __future__ import annotations

from collections import Counter

from habeas.audit.cuts import cuts
from habeas.audit.result import AuditResult
from habeas.audit.result import Verdict as Answer
from habeas.reports import words
from habeas.reports.language import meanings, numbers
from habeas.reports.sections.blocks import Block, Item, Items, Section, Terms, Text, Verdict
from habeas.reports.sections.layout import MOST_DRAWN, MOST_TABLED, capitalised, cut_words

SIGNS = {Answer.SHOWN_DIFFERENT: "≠", Answer.SHOWN_EQUAL: "=", Answer.CANNOT_TELL: "?"}
"""A sign beside the words of a verdict, never in their place."""


def tested(result: AuditResult, *, written: str) -> Terms:
    """What was tested, on whom, by whom and when."""
    plan = result.plan
    stands = "declares to be independent" if plan.auditor.independent else "declares not to be independent"
    population = "everyone in the data" if plan.population is None else plan.population.description
    return Terms(
        pairs=(
            ("System", f"{plan.system.name}, {plan.system.version} ({meanings.TECHNOLOGIES[plan.technology]})"),
            ("Stage", capitalised(meanings.STAGES[plan.stage])),
            ("Population", capitalised(population)),
            ("Data", _rows(result)),
            ("What counts as flagged", capitalised("; ".join(cut_words(cut) for cut in cuts(plan)[:1]))),
            ("Auditor", f"{plan.auditor.name}, who {stands}: {plan.auditor.statement}"),
            ("Written", written),
            ("Plan (SHA-256)", result.plan_sha256),
        ),
        codes=frozenset({"Plan (SHA-256)"}),
    )


def verdict(result: AuditResult) -> Verdict:
    """The answer, what it means, and what it is made of."""
    declared = result.findings or result.plan.confirmatory
    meaning = (Text(words=meanings.OVERALL_MEANINGS[result.verdict], role="lead"),) if declared else ()
    counted: tuple[Block, ...] = (Text(words=words.verdict_sentence(result)), *_links(result))
    answer = capitalised(words.verdict_words(result.verdict))
    return Verdict(sign=SIGNS[result.verdict], words=answer, blocks=(*meaning, *counted))


def reading(result: AuditResult) -> Section:
    """Three lines on how to read the page."""
    confidence = f"{100 * result.plan.confidence:g}%"
    lines = [f"{INTERVALS} {confidence} of intervals made this way hold the true value.", ANSWERS, DECLARED]
    attributes = Counter(group.attributes for group in {piece.group for piece in result.groups})
    if max(attributes.values(), default=0) > MOST_DRAWN:
        lines.append(MANY)
    return Section(id="reading", title="How to read this page", blocks=tuple(Text(words=line) for line in lines))


INTERVALS = (
    "Every rate comes with an interval, written “42.6% to 47.2%”: what the true value could be, given how few or many people were counted."
)
ANSWERS = (
    "“Shown different” and “shown equal within the tolerance” are findings. “This sample cannot tell” is not a finding of equality: it "
    "says that more people, or a tolerance declared in advance, are needed."
)
DECLARED = (
    "Only the comparisons declared before the data were seen decide the verdict. Everything called exploratory or screening says where to "
    "look next."
)


MANY = (
    f"Where there are very many groups, pictures show the first {MOST_DRAWN} of an attribute and tables the first {MOST_TABLED}; "
    "report.json has all of them."
)


def with_cards(result: AuditResult) -> frozenset[int]:
    """Which findings are told at length: all, or of very many the first of those shown different, then equal, then the rest."""
    ranked = sorted(range(len(result.findings)), key=lambda i: list(Answer).index(result.findings[i].verdict))
    return frozenset(ranked[:MOST_DRAWN])


def finding_id(index: int) -> str:
    """The place of a finding on the page."""
    return f"finding-{index + 1}"


def _links(result: AuditResult) -> tuple[Items, ...]:
    told = {i: result.findings[i] for i in sorted(with_cards(result))}
    items = [
        Item(words=f"{words.heading(one, result.plan)} – {words.verdict_words(one.verdict)}", href=finding_id(i)) for i, one in told.items()
    ]
    more = len(result.findings) - len(told)
    items += [Item(words=f"{numbers.count(more)} more, in the tables below and in report.json", href="findings")] if more else []
    return (Items(items=tuple(items)),) if items else ()


def _rows(result: AuditResult) -> str:
    intake = result.intake
    people = "" if intake.persons is None else f", about {numbers.count(intake.persons)} people"
    excluded = f"; {numbers.count(intake.excluded)} more outside the population were left out" if intake.excluded else ""
    return f"{numbers.count(intake.rows)} rows{people}; each row is {result.plan.source.row}{excluded}"
