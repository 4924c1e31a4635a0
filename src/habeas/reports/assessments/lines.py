"""What an assessment lacks, for a terminal: by section, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.reports.assessments import words
from habeas.reports.lines import plain_text as text
from habeas.rules.assessments.completing import PROHIBITIONS, SYSTEM, Missing
from habeas.rules.assessments.forms import FORMS
from habeas.rules.assessments.values import Assessment

UNCOMPARED = (
    "Nobody compared it with the description now: give --system SYSTEM.yaml to see whether the description, or the law, changed since, "
    "and whether a duty was taken out."
)


def as_text(assessment: Assessment, missing: Sequence[Missing], *, width: int, compared: bool) -> str:
    """The whole answer in lines of at most `width` columns."""
    form, system = FORMS[assessment.kind], assessment.system
    lines = [
        *text.wrapped(f"{form.title}: {system.name}, {system.version}", width=width),
        text.rule(width),
        *_prohibitions(assessment, width),
        *text.wrapped(_verdict(assessment, missing), width=width),
        *_by_section(assessment, missing, width),
        "",
        *([] if compared else text.wrapped(UNCOMPARED, width=width)),
        *text.wrapped(f"The headings: {words.CHECKED[form.confidence]} {words.NOT_ADVICE}", width=width),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _verdict(assessment: Assessment, missing: Sequence[Missing]) -> str:
    if missing:
        return f"INCOMPLETE: {words.things(len(missing))}."
    if assessment.prohibitions:
        return f"{words.FILLED}. The {'prohibition stands' if assessment.prohibited else 'block stays'} all the same."
    return "COMPLETE: every heading is answered, every benefit is weighed, somebody answers for it, and a review is set."


def _prohibitions(assessment: Assessment, width: int) -> Iterator[str]:
    if not assessment.prohibitions:
        return
    told = f"PROHIBITED. {words.NOT_LIFTED}" if assessment.prohibited else f"BLOCKED. {words.BLOCKED}"
    yield from text.wrapped(told, width=width)
    for one in assessment.prohibitions:
        said = f"{words.FINDINGS[one.finding]}: {one.book} {one.rule}, {one.title} ({words.BINDING[one.binds]})"
        yield from text.wrapped(said, width=width, indent="  ", first="- ")
    yield ""


def _by_section(assessment: Assessment, missing: Sequence[Missing], width: int) -> Iterator[str]:
    order = [SYSTEM, PROHIBITIONS, *(heading.id for heading in FORMS[assessment.kind].headings)]
    names = dict.fromkeys([*order, *(one.section for one in missing)])
    for name in names:
        lacks = [one for one in missing if one.section == name]
        if lacks:
            yield ""
            yield from text.wrapped(f"{words.title_of(name, assessment)} ({len(lacks)})", width=width)
            for one in lacks:
                yield from text.wrapped(f"{one.item}: {one.what}", width=width, indent="    ", first="  - ")
