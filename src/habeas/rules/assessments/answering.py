"""What counts as an answer: words of somebody's own about this question, not a word that fills the field."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping

from habeas.rules.assessments.values import Assessment, Written
from habeas.terms.answers import says_nothing

MOST_PLACES = 2
"""In so many places the same words may stand; in more, nobody thought about each of them."""
WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that write a sentence without blanks: there, one word can't be told from many."""
MOST_QUOTED = 60


def repeated(assessment: Assessment) -> Mapping[str, int]:
    """Answers that stand word for word in more places than one answer can be about, with how many."""
    places = Counter(_bare(written) for written in _answers(assessment) if isinstance(written, str))
    return {text: count for text, count in places.items() if count > MOST_PLACES}


def wanted(written: str, often: Mapping[str, int]) -> str | None:
    """What is wanted in place of words that answer nothing; None where they may be an answer. `often`: what `repeated` gave."""
    said = _quoted(written)
    if (nothing := named(written)) is not None:
        return nothing
    if _one_word(written):
        return f'a sentence in place of "{said}": one word is no answer'
    if count := often.get(_bare(written)):
        return f'words of its own in place of "{said}", which stands in {count} places: say what holds here'
    return None


def named(written: str) -> str | None:
    """The same where one word is enough: a role, or whoever claims something."""
    return f'a sentence in place of "{_quoted(written)}", which answers nothing' if says_nothing(written) else None


def _quoted(text: str) -> str:
    return textwrap.shorten(text, MOST_QUOTED, placeholder=" ...")


def _one_word(text: str) -> bool:
    return len(text.split()) == 1 and not any(letter.isdigit() for letter in text) and not WITHOUT_BLANKS.search(text)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .")


def _answers(assessment: Assessment) -> Iterator[Written | None]:
    for section in assessment.sections:
        yield from (question.answer for question in section.to_write)
        yield from (duty.met_by for duty in section.duties)
    for benefit in assessment.benefits:
        yield from (benefit.claim, benefit.shown_by, benefit.not_measured)
