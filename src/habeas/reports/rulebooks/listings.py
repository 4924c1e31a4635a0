"""Rulebooks to read on a terminal: the list of them, a whole book, one rule, and what their versions changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from habeas.reports.language.phrases import counted
from habeas.reports.lines import plain_text as text
from habeas.reports.rulebooks import words
from habeas.rules.conditions import Condition
from habeas.rules.rulebook import Example, Lift, Rule, Rulebook

NOT_ADVICE = "This is a reading of the law as data, not legal advice."


def render_list(books: Sequence[Rulebook], *, width: int = 80) -> str:
    """Every book in a few lines."""
    width = max(width, text.NARROWEST)
    lines = text.labelled([(book.id, _in_short(book)) for book in books], width=width)
    return "\n".join(
        [*lines, "", *text.wrapped("Read one: habeas rules show BOOK. The questions: habeas rules show vocabulary", width=width)]
    )


def render_book(book: Rulebook, *, width: int = 80) -> str:
    """A whole book: what it is, and each rule in plain words."""
    width = max(width, text.NARROWEST)
    lines = [*text.wrapped(book.title, width=width), text.rule(width), *text.labelled(list(_about(book)), width=width), text.rule(width)]
    for rule in book.rules:
        lines += ["", *text.wrapped(f"{rule.id}: {rule.title}", width=width, indent="  ", first="")]
        lines += text.wrapped(f"{words.outcome(rule)}; {rule.article}; {words.short_days(rule)}", width=width, indent="  ")
        lines += text.wrapped(rule.text, width=width, indent="  ")
    if book.unsettled:
        lines += text.heading("What a lawyer must still read or decide")
        lines += [line for said in book.unsettled for line in text.wrapped(said, width=width, indent="  ", first="- ")]
    lines += ["", *text.wrapped(f"{NOT_ADVICE} One rule in full: habeas rules show {book.id} RULE", width=width)]
    return "\n".join(line.rstrip() for line in lines)


def render_rule(book: Rulebook, rule: Rule, *, width: int = 80) -> str:
    """One rule in full: its words, conditions, exceptions, dates, evidence, source and examples."""
    width = max(width, text.NARROWEST)
    lines = [*text.wrapped(f"{rule.id}: {rule.title}", width=width), text.rule(width), *text.wrapped(rule.text, width=width)]
    lines += ["", *text.labelled(list(_facts(book, rule)), width=width)]
    lines += [*text.heading("When all of this holds"), *_conditions(rule.when, width)]
    if rule.clears:
        lines += [*text.heading("What clears a system counts only with"), *_pairs(rule.clears.items(), width)]
    for lift in rule.lifts:
        lines += _lift(lift, width)
    lines += [*text.heading("Applies"), *_windows(rule, width)]
    if rule.evidence:
        lines += [*text.heading("What shows that it is met"), *_bullets(rule.evidence, width)]
    lines += [*text.heading("Caught, for example"), *_bullets(map(_example, rule.caught), width)]
    lines += [*text.heading("Passed, for example"), *_bullets(map(_example, rule.passed), width)]
    return "\n".join(line.rstrip() for line in [*lines, "", *text.wrapped(NOT_ADVICE, width=width)])


def render_changes(books: Sequence[Rulebook], *, width: int = 80) -> str:
    """What each version of each book changed, newest first."""
    width = max(width, text.NARROWEST)
    lines: list[str] = []
    for book in books:
        lines += [*([""] if lines else []), *text.wrapped(f"{book.short} ({book.id})", width=width)]
        for change in book.changes:
            lines += text.wrapped(words.change_line(change), width=width, indent="  ", first="- ")
    return "\n".join(lines)


def _in_short(book: Rulebook) -> str:
    checked = f"version {book.version}, checked on {book.checked_on}"
    return f"{book.short}; {words.short_force(book)}; {checked}; {counted(len(book.rules), 'rule', 'rules')}; read by {words.readers(book)}"


def _about(book: Rulebook) -> Iterator[tuple[str, str]]:
    yield "Name", book.id
    yield "Force", words.force(book)
    yield "About", book.about
    yield "Version", f"{book.version}, states the law of {book.checked_on}"
    yield "Source", words.source(book.source)
    yield "Readers", words.readers(book)


def _facts(book: Rulebook, rule: Rule) -> Iterator[tuple[str, str]]:
    yield "Book", f"{book.short} ({book.id}), version {book.version}"
    yield "Article", rule.article
    yield "Outcome", words.outcome(rule)
    if rule.who:
        yield "Lies upon", ", ".join(rule.who)
    if rule.deadline is not None:
        starts = "" if rule.deadline.starts is None else f"; starts with {rule.deadline.starts}"
        yield "Time limit", f"{rule.deadline.says}{starts}"
    if rule.safeguard is not None:
        yield "Serves", rule.safeguard
    yield "Source", words.source(rule.source)
    yield "Confidence", f"{rule.confidence.value}: {words.CONFIDENCES[rule.confidence]}"
    if rule.note is not None:
        yield "Note", rule.note


def _conditions(condition: Condition, width: int) -> Iterator[str]:
    for depth, line in words.conditions(condition):
        yield from text.wrapped(line, width=width, indent="  " * (depth + 1), first=f"{'  ' * depth}- ")


def _lift(lift: Lift, width: int) -> Iterator[str]:
    yield from text.heading(f"Exception: {lift.id}")
    yield from text.wrapped(f"{lift.title} ({lift.article}), where all of this is shown:", width=width)
    yield from _conditions(lift.when, width)
    yield from text.wrapped("Each answer must be shown by:", width=width)
    yield from _pairs(lift.evidence.items(), width)


def _windows(rule: Rule, width: int) -> Iterator[str]:
    for window in rule.windows:
        only = "" if window.when is None else f", only where {words.in_one_line(window.when)}"
        disputed = "" if window.disputed is None else f". DISPUTED: {window.disputed}"
        yield from text.wrapped(f"{words.days(window)}{only} ({window.basis}){disputed}", width=width, indent="  ", first="- ")


def _example(example: Example) -> str:
    return example.says if example.on is None else f"{example.says} (on {example.on})"


def _pairs(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    return _bullets((f"{name}: {said}" for name, said in pairs), width)


def _bullets(said: Iterable[str], width: int) -> Iterator[str]:
    for one in said:
        yield from text.wrapped(one, width=width, indent="  ", first="- ")
