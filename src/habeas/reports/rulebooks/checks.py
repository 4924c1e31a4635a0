"""What a check of rulebooks found, for a terminal: what each book covers, and what is left for a lawyer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from habeas.reports.language.phrases import counted, listed
from habeas.reports.lines import plain_text as text
from habeas.reports.rulebooks import words
from habeas.rules.checking import unshown
from habeas.rules.rulebook import Outcome, Rulebook
from habeas.terms.sources import Confidence


def render(books: Sequence[Rulebook], *, whole_library: bool, width: int = 80) -> str:
    """What the books cover, in lines of at most `width` columns; they are known to have no fault."""
    width = max(width, text.NARROWEST)
    lines = [*text.wrapped(_summary(books), width=width)]
    if whole_library:
        lines += text.wrapped("Every fact and word of the vocabulary is asked for by some rule.", width=width)
    for book in books:
        lines += [*text.heading(book.short), *text.labelled(list(_coverage(book)), width=width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _summary(books: Sequence[Rulebook]) -> str:
    rules = sum(len(book.rules) for book in books)
    examples = sum(len(rule.caught) + len(rule.passed) for book in books for rule in book.rules)
    said = [counted(len(books), "rulebook", "rulebooks"), counted(rules, "rule", "rules"), counted(examples, "example", "examples")]
    return f"{listed(said)}: no fault found."


def _coverage(book: Rulebook) -> Iterator[tuple[str, str]]:
    yield "Book", f"{book.id}, version {book.version}; {words.short_force(book)}"
    yield "As of", f"{book.checked_on}"
    yield "Rules", _outcomes(book)
    yield "Exceptions", _exceptions(book)
    yield "Examples", _examples(book)
    if unshown_answers := _unshown(book):
        yield "! Not shown", unshown_answers
    yield "Confidence", _confidences(book)
    yield "Readers", words.readers(book)
    if disputed := list(_disputed(book)):
        yield "Disputed", "; ".join(disputed)
    yield "Time limits", _limits(book)
    yield "For a lawyer", counted(len(book.unsettled), "unsettled question", "unsettled questions")


def _outcomes(book: Rulebook) -> str:
    found = Counter(rule.outcome for rule in book.rules)
    return f"{len(book.rules)}: " + ", ".join(f"{found[one]} {words.OUTCOMES[one]}" for one in Outcome if found[one])


def _exceptions(book: Rulebook) -> str:
    counts = [f"{rule.id} ({len(rule.lifts)})" for rule in book.rules if rule.lifts]
    return f"{sum(len(rule.lifts) for rule in book.rules)}, each bound to one rule: {', '.join(counts)}" if counts else "none"


def _examples(book: Rulebook) -> str:
    caught, passed = sum(len(rule.caught) for rule in book.rules), sum(len(rule.passed) for rule in book.rules)
    return f"{caught} caught and {passed} passed, as the rules say"


def _unshown(book: Rulebook) -> str:
    """Which answers under clears no example shows; empty: none."""
    facts: dict[str, list[str]] = {}
    for rule, fact in unshown(book):
        facts.setdefault(rule, []).append(fact)
    named = ", ".join(f"{rule} ({', '.join(names)})" for rule, names in facts.items())
    many = counted(sum(map(len, facts.values())), "answer", "answers")
    return f"by an example that it clears: {many} under clears: {named}" if facts else ""


def _confidences(book: Rulebook) -> str:
    found = Counter(rule.confidence for rule in book.rules)
    return ", ".join(f"{one.value} {found[one]}" for one in Confidence if found[one])


def _disputed(book: Rulebook) -> Iterator[str]:
    for rule in book.rules:
        for window in rule.windows:
            if window.disputed is not None:
                yield f"{rule.id} {words.days(window)}"


def _limits(book: Rulebook) -> str:
    limits = {rule.id: rule.deadline for rule in book.rules if rule.deadline is not None}
    without = [name for name, limit in limits.items() if limit.within is None]
    if not limits:
        return "none"
    numbered = f"{len(limits) - len(without)} with a number"
    return f"{numbered}, {len(without)} without: {', '.join(without)}" if without else numbered
