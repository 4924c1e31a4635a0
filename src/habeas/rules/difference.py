"""What a newer version of a book says otherwise, whether its changelog tells, and which systems it judges otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from habeas.rules.plain import plain
from habeas.rules.rulebook import Change, Rule, Rulebook
from habeas.rules.screening import screen
from habeas.rules.verdicts import Verdict
from habeas.rules.weakening import Weakening, weakenings
from habeas.terms.answers import Ternary
from habeas.terms.description import SystemDescription

TOLD_ELSEWHERE = ("rules", "changes")
"""Fields of a book that a difference tells by themselves."""

KEYS = ("id", "says")
"""By these, items of a list are recognised wherever they stand: exceptions by their name, examples by what they say."""


CONDITIONS = re.compile(r"(when|class|clears)\b|exceptions(\[\d+\](\.(when|evidence)\b.*)?)?$|applies\[\d+\]\.when\b")
"""Fields that decide which systems a rule catches."""

NOT_SAID = "its conditions changed, its title and text did not: they are what people read"
GONE = (
    "removed: a rule that ended gets an `until`; verdicts cite its id. If it never should have been, name it under `removed` "
    "of the version that takes it out"
)


class How(Enum):
    """What happened to a rule."""

    ADDED = "added"
    REMOVED = "removed"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field, as it is written in a file (`applies[0].until`), with its plain value before and after; None: absent."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A rule that was added, removed or amended, and in which fields. `warnings`: what was probably forgotten, in sentences."""

    id: str
    title: str
    how: How
    fields: tuple[FieldChange, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDifference:
    """What `new` says otherwise than `old`.

    `weakened`: where it prohibits less, whatever systems it is tried on. `entries`: what the changelog of `new` adds. `omissions`: what
    the changelog or the version fail to tell, in sentences.
    """

    old: Rulebook
    new: Rulebook
    fields: tuple[FieldChange, ...]
    rules: tuple[RuleChange, ...]
    weakened: tuple[Weakening, ...]
    entries: tuple[Change, ...]
    omissions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudged:
    """A system that the two books judge otherwise; `rules`: per rule that bites otherwise, whether it did and does."""

    id: str
    name: str
    old: Verdict
    new: Verdict
    rules: Mapping[str, tuple[Ternary, Ternary]]

    @property
    def finding_changed(self) -> bool:
        """Whether the verdict itself changed, and not only which rules apply."""
        return self.old.finding is not self.new.finding


def difference(old: Rulebook, new: Rulebook) -> BookDifference:
    """What changed from `old` to `new`, rule by rule and field by field."""
    rules = tuple(_rules(old, new))
    entries = tuple(change for change in new.changes if change.version not in {known.version for known in old.changes})
    fields = tuple(_fields(_without_rules(old), _without_rules(new), ""))
    omissions = tuple(_omissions(old, new, rules=rules, entries=entries, fields=fields))
    weakened = weakenings(old, new)
    return BookDifference(old=old, new=new, fields=fields, rules=rules, weakened=weakened, entries=entries, omissions=omissions)


def rejudged(systems: Mapping[str, SystemDescription], old: Rulebook, new: Rulebook, *, on: date) -> tuple[Rejudged, ...]:
    """The systems, by their ids, of which the two books say something else on that day."""
    found = (_judged(name, system, old, new, on=on) for name, system in systems.items())
    return tuple(one for one in found if one.finding_changed or one.rules)


def turning_days(found: BookDifference) -> tuple[date, ...]:
    """The days on which a rule that changed begins or ends, by either book: on these the verdicts may differ in other ways."""
    changed = {change.id for change in found.rules}
    rules = [rule for book in (found.old, found.new) for rule in book.rules if rule.id in changed]
    return tuple(sorted({day for rule in rules for window in rule.windows for day in window.boundaries()}))


def _judged(name: str, system: SystemDescription, old: Rulebook, new: Rulebook, *, on: date) -> Rejudged:
    before, after = screen(system, (old, new), on=on)
    bit, bites = _bites(before), _bites(after)
    pairs = {rule: (bit.get(rule, Ternary.NO), bites.get(rule, Ternary.NO)) for rule in dict.fromkeys([*bit, *bites])}
    rules = {rule: (did, does) for rule, (did, does) in pairs.items() if did is not does}
    return Rejudged(id=name, name=system.name, old=before, new=after, rules=rules)


def _bites(verdict: Verdict) -> dict[str, Ternary]:
    return {ruling.rule.id: ruling.bites for ruling in verdict.rulings}


def _rules(old: Rulebook, new: Rulebook) -> Iterator[RuleChange]:
    had, has = ({rule.id: rule for rule in book.rules} for book in (old, new))
    for name, rule in has.items():
        if name not in had:
            yield RuleChange(id=name, title=rule.title, how=How.ADDED)
        elif fields := _amended(had[name], rule):
            warnings = (NOT_SAID,) if _unsaid({change.field for change in fields}) else ()
            yield RuleChange(id=name, title=rule.title, how=How.AMENDED, fields=fields, warnings=warnings)
    on_purpose = {name for change in new.changes for name in change.removed}
    for name, rule in had.items():
        if name not in has:
            yield RuleChange(id=name, title=rule.title, how=How.REMOVED, warnings=() if name in on_purpose else (GONE,))


def _unsaid(fields: set[str]) -> bool:
    return not fields & {"title", "text"} and any(CONDITIONS.match(field) for field in fields)


def _amended(old: Rule, new: Rule) -> tuple[FieldChange, ...]:
    return tuple(_fields(_as_written(old), _as_written(new), ""))


def _as_written(rule: Rule) -> dict[str, Any]:
    found = plain(rule)
    found["examples"] = {kind: found.pop(kind) for kind in ("caught", "passed")}
    return dict(found)


def _without_rules(book: Rulebook) -> dict[str, Any]:
    return {name: value for name, value in plain(book).items() if name not in TOLD_ELSEWHERE}


def _fields(old: Any, new: Any, place: str) -> Iterator[FieldChange]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*old, *new]):
            yield from _fields(old.get(name), new.get(name), f"{place}.{name}" if place else name)
    elif _mappings(old) and _mappings(new):
        yield from _items(old, new, place)
    else:
        yield FieldChange(field=place, old=old, new=new)


def _items(old: list[dict[str, Any]], new: list[dict[str, Any]], place: str) -> Iterator[FieldChange]:
    key = next((key for key in KEYS if _tells_apart(key, old) and _tells_apart(key, new)), None)
    if key is not None:
        yield from _keyed({item[key]: item for item in old}, {item[key]: item for item in new}, place)
    elif len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _fields(before, after, f"{place}[{index}]")
    else:
        yield from (FieldChange(field=f"{place}[{index}]", old=item, new=None) for index, item in enumerate(old) if item not in new)
        yield from (FieldChange(field=f"{place}[{index}]", old=None, new=item) for index, item in enumerate(new) if item not in old)


def _keyed(had: dict[str, Any], has: dict[str, Any], place: str) -> Iterator[FieldChange]:
    for name in dict.fromkeys([*had, *has]):
        index = list(has if name in has else had).index(name)
        yield from _fields(had.get(name), has.get(name), f"{place}[{index}]")
    before, after = [name for name in had if name in has], [name for name in has if name in had]
    if before != after:
        yield FieldChange(field=place, old=before, new=after)


def _tells_apart(key: str, items: list[dict[str, Any]]) -> bool:
    names = [item.get(key) for item in items]
    return None not in names and len(set(names)) == len(names)


def _mappings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _omissions(
    old: Rulebook, new: Rulebook, *, rules: tuple[RuleChange, ...], entries: tuple[Change, ...], fields: tuple[FieldChange, ...]
) -> Iterator[str]:
    if not (rules or fields) and old.changes == new.changes:
        return
    if not entries:
        yield f"the version is still {new.version}, although the book changed: raise it, and write under changes what changed"
    named = {name for entry in entries for name in (*entry.rules, *entry.removed)}
    changed = {rule.id for rule in rules}
    if untold := [rule.id for rule in rules if rule.id not in named]:
        yield f"changes names no new entry for {', '.join(untold)}: add what changed there, with the rules it concerns"
    if idle := sorted(named - changed):
        yield f"changes names {', '.join(idle)}, where nothing changed: take them out, or mend the ids"
    if lost := [change.version for change in old.changes if change not in new.changes]:
        yield f"what changes said of version {', '.join(lost)} was altered or removed: leave what is past as it was, and add to it"
