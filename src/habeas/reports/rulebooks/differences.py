"""What a newer version of a rulebook changes, for a terminal: the rules, the changelog, and the systems whose verdict changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from habeas.reports.language.phrases import counted, listed
from habeas.reports.lines import plain_text as text
from habeas.reports.rulebooks.weakening import weakened_lines
from habeas.reports.rulebooks.words import change_line, content
from habeas.reports.screening.words import FINDINGS
from habeas.rules.difference import BookDifference, FieldChange, How, Rejudged, RuleChange
from habeas.rules.verdicts import Verdict
from habeas.terms.answers import Ternary

HOW = {How.ADDED: "added", How.REMOVED: "removed", How.AMENDED: "amended"}
BITES = {Ternary.YES: "applies", Ternary.NO: "does not apply", Ternary.UNKNOWN: "hangs on an open answer"}


def render(
    found: BookDifference,
    *,
    on: date,
    systems: int,
    rejudged: Sequence[Rejudged],
    other_days: Sequence[tuple[date, int]] = (),
    width: int = 80,
) -> str:
    """The difference in lines of at most `width` columns, what prohibits less first, then the systems whose verdict changes."""
    width = max(width, text.NARROWEST)
    changed = [one for one in rejudged if one.finding_changed]
    lines = [
        *_opening(found, on=on, systems=systems, changed=len(changed), width=width),
        *weakened_lines(found.weakened, width),
        *_verdicts(changed, width),
        *_other_days(other_days, width),
        *_rules_only([one for one in rejudged if not one.finding_changed], width),
        *_book(found, width),
        *_rules(found.rules, width),
        *_changelog(found, width),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _opening(found: BookDifference, *, on: date, systems: int, changed: int, width: int) -> Iterator[str]:
    yield from text.wrapped(f"What changed: {_named(found)}", width=width)
    yield text.rule(width)
    how = Counter(change.how for change in found.rules)
    rules = listed([f"{how[one] or 'none'} {HOW[one]}" for one in (How.AMENDED, How.ADDED, How.REMOVED)])
    yield from text.wrapped(f"Rules: {rules}.", width=width)
    verdicts = f"{changed} of {systems} systems of the catalogue" if changed else f"None of the {systems} systems of the catalogue"
    yield from text.wrapped(f"Verdicts on {on}: {verdicts} {'get' if changed > 1 else 'gets'} another one.", width=width)
    if found.weakened:
        yield from text.wrapped(f"PROHIBITIONS WEAKENED: {len(found.weakened)}, listed first.", width=width)
    if found.omissions:
        yield from text.wrapped("The changelog is not complete: see the end.", width=width)
    yield text.rule(width)


def _named(found: BookDifference) -> str:
    old, new = found.old, found.new
    if old.id == new.id:
        return f"{new.short} ({new.id}), version {old.version} -> {new.version}"
    return f"{old.short} ({old.id}), version {old.version} -> {new.short} ({new.id}), version {new.version}"


def _verdicts(changed: Sequence[Rejudged], width: int) -> Iterator[str]:
    if changed:
        yield from text.heading("Systems that get another verdict")
    for one in changed:
        yield from text.wrapped(f"{one.name} ({one.id})", width=width, indent="  ", first="* ")
        yield from text.wrapped(f"was: {_decided(one.old)}", width=width, indent="       ", first="  ")
        yield from text.wrapped(f"now: {_decided(one.new)}", width=width, indent="       ", first="  ")


def _decided(verdict: Verdict) -> str:
    by = ", ".join(ruling.rule.id for ruling in verdict.deciding)
    return f"{FINDINGS[verdict.finding]} (by {by})" if by else FINDINGS[verdict.finding]


def _other_days(days: Sequence[tuple[date, int]], width: int) -> Iterator[str]:
    if days:
        yield from text.heading("Later days with other verdicts")
    for day, count in days:
        yield from text.wrapped(f"{day}: {counted(count, 'system', 'systems')}; see --on {day}", width=width, indent="  ", first="- ")


def _rules_only(rejudged: Sequence[Rejudged], width: int) -> Iterator[str]:
    if not rejudged:
        return
    yield from text.heading("Same verdict, other rules")
    by_rule: dict[tuple[str, Ternary, Ternary], list[str]] = {}
    for one in rejudged:
        for rule, (did, does) in one.rules.items():
            by_rule.setdefault((rule, did, does), []).append(one.id)
    for (rule, did, does), ids in by_rule.items():
        said = f"{rule}: {BITES[did]} -> {BITES[does]}: {counted(len(ids), 'system', 'systems')} ({', '.join(ids)})"
        yield from text.wrapped(said, width=width, indent="  ", first="- ")


def _book(found: BookDifference, width: int) -> Iterator[str]:
    if found.fields:
        yield from text.heading("The book itself")
    for change in found.fields:
        yield from text.wrapped(field(change), width=width, indent="  ", first="- ")


def _rules(rules: Sequence[RuleChange], width: int) -> Iterator[str]:
    yield from text.heading("The rules")
    if not rules:
        yield from text.wrapped("No rule differs.", width=width)
    for rule in rules:
        yield from text.wrapped(f"{rule.id} {HOW[rule.how]}: {rule.title}", width=width, indent="  ", first="* ")
        for change in rule.fields:
            yield from text.wrapped(field(change), width=width, indent="    ", first="  - ")
        for warning in rule.warnings:
            yield from text.wrapped(warning, width=width, indent="    ", first="  ! ")


def field(change: FieldChange) -> str:
    """What became of a field: `applies[0].until: (absent) -> 2026-02-04`; of a list of words, what was added and dropped."""
    old, new = change.old, change.new
    if isinstance(old, list) and isinstance(new, list):
        added, dropped = [item for item in new if item not in old], [item for item in old if item not in new]
        parts = [f"{what} {content(items)}" for what, items in (("added", added), ("dropped", dropped)) if items]
        return f"{change.field}: {'; '.join(parts) or 'in another order'}"
    return f"{change.field}: {content(old)} -> {content(new)}"


def _changelog(found: BookDifference, width: int) -> Iterator[str]:
    yield from text.heading("The changelog")
    for entry in found.entries:
        yield from text.wrapped(change_line(entry), width=width, indent="  ", first="- ")
    for omission in found.omissions:
        yield from text.wrapped(omission, width=width, indent="  ", first="! ")
    if not found.entries and not found.omissions:
        yield from text.wrapped("Nothing was added to it.", width=width)
