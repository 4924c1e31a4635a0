"""What a book says on prohibitions: those that decide, why, and what evidence would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.reports.lines.plain_text import wrapped
from habeas.reports.screening import words
from habeas.reports.screening.questions import hangs_on
from habeas.rules.reasons import Judged, blocking, in_the_way, met_by, missing, settled_from
from habeas.rules.rulebook import Outcome
from habeas.rules.verdicts import LiftFinding, Ruling
from habeas.terms.answers import Ternary
from habeas.terms.vocabulary import PURPOSE, Vocabulary

INDENT = "  "


def prohibition_lines(by: Judged, *, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    """Every prohibition that bites, may bite, is lifted by an exception, or comes later; the strictest first."""
    verdict = by.verdict
    for ruling in verdict.prohibiting:
        yield from _prohibits(ruling, by, vocabulary=vocabulary, width=width)
    others, only_purposes = blocking(by)
    for ruling in others:
        yield from _open(ruling, by, vocabulary=vocabulary, width=width)
    yield from _only_purposes(only_purposes, width=width)
    for ruling in verdict.of(Outcome.PROHIBITED, bites=Ternary.NO):
        if ruling.lifted is not None and ruling.met is not Ternary.NO:
            yield from _lifted(ruling, by, width=width)
        elif ruling.upcoming:
            yield from _coming(ruling, by, vocabulary=vocabulary, width=width)


def disputed_lines(ruling: Ruling, by: Judged, *, width: int, indent: str = INDENT) -> Iterator[str]:
    """Why it isn't settled whether the rule applies on the day, and from when it does beyond dispute."""
    if ruling.disputed is not None:
        later = settled_from(ruling, by)
        settled = "" if later is None else f" Beyond dispute from {later} on."
        yield from labelled("Disputed", f"{ruling.disputed.rstrip('.')}.{settled}", width=width, indent=indent)


def reason_lines(ruling: Ruling, by: Judged, *, vocabulary: Vocabulary, width: int, indent: str = INDENT) -> Iterator[str]:
    """The answers that met the rule."""
    for reason in met_by(ruling.rule, by):
        answer = by.system.answer(getattr(reason, "fact", ""))
        yield from item(words.met(reason, answer, vocabulary), width=width, indent=indent)


def open_lines(ruling: Ruling, by: Judged, *, vocabulary: Vocabulary, width: int, indent: str = INDENT) -> Iterator[str]:
    """The questions that the ruling hangs on; why they are asked and what shows an answer is told elsewhere, each once."""
    questions = hangs_on(ruling, by, vocabulary)
    if questions:
        yield from labelled("Hangs on", questions, width=width, indent=indent)


def item(said: str, *, width: int, indent: str) -> list[str]:
    """One item of a list."""
    return wrapped(said, width=width, indent=f"{indent}{INDENT}", first=f"{indent}- ")


def labelled(label: str, said: str, *, width: int, indent: str) -> list[str]:
    """Something with what it is: `Since: 2025-02-02`."""
    return wrapped(f"{label}: {said}", width=width, indent=f"{indent}{INDENT}", first=indent)


def _prohibits(ruling: Ruling, by: Judged, *, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    yield from _head("PROHIBITED, UNLESS SHOWN" if ruling.open_lifts else "PROHIBITED", ruling, width=width)
    yield from wrapped(ruling.rule.text, width=width, indent=INDENT)
    yield f"{INDENT}Met by these answers:"
    yield from reason_lines(ruling, by, vocabulary=vocabulary, width=width)
    if not ruling.lifts:
        yield from wrapped("The rule has no exception: no evidence lifts it, only another use does.", width=width, indent=INDENT)
        return
    closed = "" if ruling.open_lifts else ", and what is answered rules out each"
    yield from wrapped(f"Exceptions, to this rule alone; none is shown{closed}:", width=width, indent=INDENT)
    for found in ruling.lifts:
        yield from _exception(found, by, vocabulary=vocabulary, width=width)


def _open(ruling: Ruling, by: Judged, *, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    yield from _head("BLOCKED", ruling, width=width)
    yield from wrapped(ruling.rule.text, width=width, indent=INDENT)
    met = list(reason_lines(ruling, by, vocabulary=vocabulary, width=width))
    yield from [f"{INDENT}Met so far by these answers:", *met] if met else []
    yield from disputed_lines(ruling, by, width=width)
    yield from open_lines(ruling, by, vocabulary=vocabulary, width=width)
    for found in ruling.lifts:
        needed = ", ".join(test.fact for test in (*in_the_way(found), *missing(found)))
        said = f"{found.lift.title} ({found.lift.article}), with evidence of {needed}"
        yield from labelled("Or its exception", said, width=width, indent=INDENT)


def _only_purposes(rulings: Sequence[Ruling], *, width: int) -> Iterator[str]:
    """Those that further purposes alone would open, in a line each: what settles one settles all."""
    if rulings:
        said = f"BLOCKED: {words.only_further_purposes(len(rulings))} [{PURPOSE}]:"
        yield from ("", *wrapped(said, width=width, indent=INDENT, first="* "))
    for ruling in rulings:
        yield from item(f"{ruling.rule.title} [{ruling.rule.id}]", width=width, indent=INDENT)


def _lifted(ruling: Ruling, by: Judged, *, width: int) -> Iterator[str]:
    lift = ruling.lifted
    if lift is None:
        return
    yield from _head("LIFTED", ruling, width=width)
    yield from wrapped(f"By its exception {lift.id} ({lift.article}): {lift.title}.", width=width, indent=INDENT)
    yield from wrapped("Shown, as the description says, by:", width=width, indent=INDENT)
    for fact in lift.evidence:
        answer = by.system.answer(fact)
        shown = "; ".join(one.what if one.where is None else f"{one.what} ({one.where})" for one in answer.evidence)
        yield from item(f"{fact}: {words.value(answer.value)} - {shown or 'not needed'}", width=width, indent=INDENT)
    yield from wrapped("The screen can't read that evidence: whoever relies on it must.", width=width, indent=INDENT)


def _coming(ruling: Ruling, by: Judged, *, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    yield from _head(f"FROM {ruling.from_day} ON", ruling, width=width)
    certain = "Will forbid" if ruling.met is Ternary.YES else "May forbid"
    yield from wrapped(f"{certain} this use: {ruling.rule.text}", width=width, indent=INDENT)
    yield from open_lines(ruling, by, vocabulary=vocabulary, width=width)


def _head(label: str, ruling: Ruling, *, width: int) -> Iterator[str]:
    yield ""
    yield from wrapped(f"{label}: {ruling.rule.title}. {words.cited(ruling)}", width=width, indent=INDENT, first="* ")


def _exception(found: LiftFinding, by: Judged, *, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    yield from item(f"{found.lift.title} ({found.lift.article})", width=width, indent=INDENT)
    deeper = INDENT * 3
    for test in in_the_way(found):
        answer = words.answered(by.system.answer(test.fact))
        said = f"{vocabulary.fact(test.fact).question} Answered: {answer}; it asks for {words.wanted(test)}. [{test.fact}]"
        yield from labelled("In the way", said, width=width, indent=deeper)
    for test in missing(found):
        answer = words.answered(by.system.answer(test.fact))
        said = f"{vocabulary.fact(test.fact).question} Answered: {answer}. Shown by: {found.lift.evidence[test.fact]}. [{test.fact}]"
        yield from labelled("Missing", said, width=width, indent=deeper)
