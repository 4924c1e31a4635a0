"""One rule on the page of its book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from habeas.reports.catalogue.rulings import RulingOn, rulings_of
from habeas.reports.language.phrases import counted
from habeas.reports.rule_pages import conditions
from habeas.reports.rule_pages.markdown import bullets, folded, heading, link, prose, sentence
from habeas.reports.rule_pages.shelf import Links, Shelf
from habeas.reports.rulebooks import words
from habeas.reports.screening.words import SAFEGUARDS
from habeas.rules.rulebook import Example, Lift, Outcome, Rule, Rulebook, Window
from habeas.terms.answers import Ternary
from habeas.terms.sources import Confidence, Source

LINKS = Links(up="../")
WHERE = {
    None: "",
    Ternary.YES: "where it is law: ",
    Ternary.UNKNOWN: "where it isn't told in which country the system is used: ",
    Ternary.NO: "elsewhere, for comparison: ",
}
"""Whether the book is law where a system is used; a standard is law nowhere."""
SHARED_BY = 3
"""Rules that must share their dates before these are told once for all."""


def rule_lines(rule: Rule, book: Rulebook, shelf: Shelf) -> Iterator[str]:
    """The rule: what follows, its words, conditions, exceptions, time limit and evidence; folded: dates, source and examples."""
    yield from ("", heading(3, f"{rule.id}: {rule.title}", anchor=rule.id), "", _in_short(rule, shelf), "", prose(rule.text), "")
    told = rule.outcome in (Outcome.PROHIBITED, Outcome.CLASS)
    yield from _conditions(rule, shelf) if told else ()
    for lift in rule.lifts:
        yield from _lift(lift, shelf)
    yield from _listed("What shows that it is met:", [prose(item) for item in rule.evidence])
    if rule.deadline is not None:
        starts = "" if rule.deadline.starts is None else f" The clock starts with: {prose(rule.deadline.starts)}."
        yield from ("", f"**Time limit:** {sentence(rule.deadline.says)}{starts}")
    if rule.outcome is Outcome.PROHIBITED:
        yield from ("", *_in_catalogue(rule, book, shelf))
    conditions_first = () if told else (*_conditions(rule, shelf), "")
    title = f"{'Dates' if told else 'Conditions, dates'}, source and examples"
    yield from ("", *folded(title, (*conditions_first, *_folded(rule, book))), "")


def shared_windows(book: Rulebook) -> list[tuple[Window, ...]]:
    """The dates, with conditions, that several rules of a book share: told once, at the end of its page."""
    found = Counter(rule.windows for rule in book.rules)
    return [windows for windows, rules in found.items() if rules >= SHARED_BY and any(window.when is not None for window in windows)]


def shared_anchor(index: int) -> str:
    """Where shared dates stand."""
    return f"dates-{index + 1}"


def confidence(found: Confidence) -> str:
    """How far a rule was checked: a warning where its text wasn't read."""
    return words.CONFIDENCES[found] if found is Confidence.SOURCE else f"**{found.value}:** {words.CONFIDENCES[found]}"


def source(found: Source) -> str:
    """A source, leading to where it is if that is an address."""
    if found.where is None or not found.where.startswith("https://"):
        return prose(words.source(found))
    read_on = "" if found.read_on is None else f", read on {found.read_on}"
    return f"{link(prose(found.title), found.where)}{read_on}"


def _in_short(rule: Rule, shelf: Shelf) -> str:
    facts = [
        f"**{words.outcome(rule).capitalize() if rule.in_class is None else f'Class {prose(rule.in_class)}'}**",
        prose(rule.article),
        *([f"for {prose(', '.join(rule.who))}"] if rule.who else []),
        *_serves(rule),
        f"on {shelf.on}: {conditions.in_force(rule, shelf.on)}",
        confidence(rule.confidence),
    ]
    return " · ".join(facts)


def _serves(rule: Rule) -> Iterator[str]:
    if rule.safeguard is not None and rule.outcome is not Outcome.PROHIBITED:
        yield f"serves: {prose(SAFEGUARDS.get(rule.safeguard, rule.safeguard).lower())}"


def _conditions(rule: Rule, shelf: Shelf) -> Iterator[str]:
    tell = conditions.guarded(rule.clears, conditions.questions(shelf.vocabulary, LINKS))
    yield from ("**Where all of this holds:**", "", *conditions.as_list(rule.when, tell))


def _lift(lift: Lift, shelf: Shelf) -> Iterator[str]:
    tell = conditions.shown(lift, conditions.questions(shelf.vocabulary, LINKS))
    yield from (
        "",
        f"**Exception {prose(lift.id)}, for this rule only:** {prose(lift.title)} ({prose(lift.article)}). All of it with evidence:",
    )
    yield from ("", *conditions.as_list(lift.when, tell))


def _listed(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield from ("", f"**{title}**", "", *bullets(items))


def _in_catalogue(rule: Rule, book: Rulebook, shelf: Shelf) -> Iterator[str]:
    """What the rule says of documented systems: where it is law apart from elsewhere, forbidden apart from forbidden unless shown."""
    found = rulings_of(rule, book, shelf.documented)
    yield from ("**In the [catalogue](../verdicts.md):**", "")
    for binding, where in WHERE.items():
        said = _said_of([one for one in found if one.binding is binding])
        if said:
            yield f"- {where}{'; '.join(said)}."
    if all(one.ruling.bites is Ternary.NO for one in found):
        yield "- forbids no system."


def _said_of(rulings: Sequence[RulingOn]) -> list[str]:
    bites = [one for one in rulings if one.ruling.bites is Ternary.YES]
    outright = [LINKS.system(one.entry) for one in bites if not one.ruling.open_lifts]
    unless = [LINKS.system(one.entry) for one in bites if one.ruling.open_lifts]
    waiting = sum(one.ruling.bites is Ternary.UNKNOWN for one in rulings)
    return [
        *([f"forbids {_systems(len(outright))} ({', '.join(outright)})"] if outright else []),
        *([f"forbids {_systems(len(unless))} unless an exception is shown ({', '.join(unless)})"] if unless else []),
        *([f"hangs on open answers for {_systems(waiting)}"] if waiting else []),
    ]


def _systems(number: int) -> str:
    return counted(number, "system", "systems")


def _folded(rule: Rule, book: Rulebook) -> Iterator[str]:
    shared = shared_windows(book)
    if rule.windows in shared:
        yield from (f"When it applies: [{_days(rule)}](#{shared_anchor(shared.index(rule.windows))})", "")
    else:
        yield from ("When it applies:", "", *bullets(conditions.window(window, LINKS) for window in rule.windows), "")
    yield f"Source: {source(rule.source)}. Confidence: {rule.confidence.value} ({words.CONFIDENCES[rule.confidence]})."
    if rule.note is not None:
        yield from ("", f"Note: {prose(rule.note)}")
    yield from ("", "Made-up systems that test the rule:", "")
    yield from bullets(f"caught: {_example(example)}" for example in rule.caught[:1])
    yield from bullets(f"passed: {_example(example)}" for example in rule.passed[:1])


def _days(rule: Rule) -> str:
    return "; ".join(dict.fromkeys(words.days(window) for window in rule.windows))


def _example(example: Example) -> str:
    return sentence(example.says) if example.on is None else f"{sentence(example.says)} (On {example.on}.)"
