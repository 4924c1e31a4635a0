"""The index of rulebooks, and the page of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from habeas.reports.language.phrases import counted
from habeas.reports.rule_pages import conditions
from habeas.reports.rule_pages.markdown import bullets, day, heading, link, page, prose, sentence, table, whole
from habeas.reports.rule_pages.rules import rule_lines, shared_anchor, shared_windows, source
from habeas.reports.rule_pages.shelf import Links, Shelf
from habeas.reports.rulebooks import words
from habeas.rules.rulebook import Outcome, Rule, Rulebook
from habeas.terms.sources import Confidence

LINKS = Links(up="../")
SECTIONS = {
    Outcome.PROHIBITED: ("Prohibitions", "prohibitions"),
    Outcome.CLASS: ("Classes of systems, to which duties attach", "classes"),
    Outcome.DUTY: ("Duties", "duties"),
    Outcome.RIGHT: ("Rights", "rights"),
}
NOUNS = {
    Outcome.PROHIBITED: ("prohibition", "prohibitions"),
    Outcome.CLASS: ("class rule", "class rules"),
    Outcome.DUTY: ("duty", "duties"),
    Outcome.RIGHT: ("right", "rights"),
}
NOBODY_YET = "No lawyer has read any of these books against its text yet."
NOBODY = "No lawyer has read this book against its text yet. Read the text itself before you rely on a rule."

INDEX = """\
# Rulebooks

What `habeas screen` knows of the law and of what is asked for beyond it. Each book states one text as data: every rule with its
conditions, its own exceptions, its dates, the evidence it asks for, its source, and made-up systems that test it. The files themselves are
printed by `habeas rules show --yaml BOOK`; [how to amend a rule](../../how-to/amend-a-rule.md) needs no programming.

These pages are made from the books. They are [no legal advice](../../explanation/not-legal-advice.md)."""


def index_page(shelf: Shelf) -> str:
    """Every book in a row: who read it, how far it was checked, how many rules it has, whether it is law."""
    rows = [
        (LINKS.book(book), prose(words.readers(book)), checked(book), _counts(book), prose(words.short_force(book)), day(book.checked_on))
        for book in shelf.books
    ]
    head = ("Book", "Read by a lawyer", "Rules whose text was read", "Rules", "Force", "States the law of")
    nobody = ("", f"**{NOBODY_YET}**") if not any(book.readers for book in shelf.books) else ()
    more = "What each book finds of documented systems: [verdicts](../verdicts.md). What its rules ask: [the questions](../vocabulary.md)."
    return page([INDEX, *nobody, "", *table(head, rows), "", more])


def book_page(book: Rulebook, shelf: Shelf) -> str:
    """One book: what it is and who read it, then its rules by outcome, what is unsettled, and what its versions changed."""
    lines = [heading(1, book.short), "", f"**{prose(book.title)}**", "", prose(book.about), "", *_warning(book), ""]
    lines += [*bullets(_facts(book)), ""]
    for outcome, (title, anchor) in SECTIONS.items():
        rules = [rule for rule in book.rules if rule.outcome is outcome]
        if rules:
            lines += ["", heading(2, title, anchor=anchor), "", *table(("Rule", "What", f"On {shelf.on}"), _glance(rules, shelf))]
            lines += [line for rule in rules for line in rule_lines(rule, book, shelf)]
    return page([*lines, *_dates(book), *_unsettled(book), *_changes(book)])


def checked(book: Rulebook) -> str:
    """How many rules were written after reading the text they cite: `56 of 61`."""
    return f"{sum(rule.confidence is Confidence.SOURCE for rule in book.rules)} of {len(book.rules)}"


def _counts(book: Rulebook) -> str:
    found = Counter(rule.outcome for rule in book.rules)
    return ", ".join(counted(found[outcome], *NOUNS[outcome]) for outcome in Outcome if found[outcome])


def _warning(book: Rulebook) -> Iterator[str]:
    unread = len(book.rules) - sum(rule.confidence is Confidence.SOURCE for rule in book.rules)
    lines = [*([NOBODY] if not book.readers else []), *([_unread(book, unread)] if unread else [])]
    if lines:
        yield from ('!!! warning "Not legal advice"', "", *(f"    {line}" for line in lines))


def _unread(book: Rulebook, unread: int) -> str:
    memory = sum(rule.confidence is Confidence.MEMORY for rule in book.rules)
    from_memory = f" ({memory} from memory alone)" if memory else ""
    rules, were = counted(len(book.rules), "rule", "rules"), "was" if unread == 1 else "were"
    return f"Of its {rules}, {unread} {were} written without reading all of the text they cite{from_memory}, as each says."


def _facts(book: Rulebook) -> Iterator[str]:
    yield f"Force: {prose(words.force(book))}"
    yield f"Version {prose(book.version)}, states the law of {book.checked_on}"
    yield f"Read by: {prose(words.readers(book))}"
    yield f"Source: {source(book.source)}"
    yield f"{link(counted(len(book.unsettled), 'question', 'questions'), '#unsettled')} for a lawyer; {link('changes', '#changes')}"
    yield f"As a file: `habeas rules show --yaml {book.id}`"


def _glance(rules: list[Rule], shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    for rule in rules:
        yield whole(link(prose(rule.id), f"#{rule.id}")), prose(rule.title), conditions.in_force(rule, shelf.on)


def _dates(book: Rulebook) -> Iterator[str]:
    shared = shared_windows(book)
    if shared:
        yield from ("", heading(2, "Dates that several rules share", anchor="dates"))
    for index, windows in enumerate(shared):
        rules = [whole(link(prose(rule.id), f"#{rule.id}")) for rule in book.rules if rule.windows == windows]
        yield from ("", heading(3, f"Dates {index + 1}", anchor=shared_anchor(index)), "", f"Of {', '.join(rules)}:", "")
        yield from bullets(conditions.window(window, LINKS) for window in windows)


def _unsettled(book: Rulebook) -> Iterator[str]:
    yield from ("", heading(2, "What a lawyer must still read or decide", anchor="unsettled"), "")
    yield from bullets(sentence(said) for said in book.unsettled) if book.unsettled else ("Nothing is known to be open.",)


def _changes(book: Rulebook) -> Iterator[str]:
    yield from ("", heading(2, "Changes", anchor="changes"), "")
    for change in book.changes:
        rules = f" ({', '.join(prose(rule) for rule in change.rules)})" if change.rules else ""
        yield f"- Version {prose(change.version)}, {change.on}: {sentence(change.what)}{rules}"
