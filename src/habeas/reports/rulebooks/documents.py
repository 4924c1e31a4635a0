"""Rulebooks, rules, differences and changelogs for programs: plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from habeas.rules.difference import BookDifference, FieldChange, Rejudged, RuleChange
from habeas.rules.plain import digest, plain
from habeas.rules.rulebook import Rule, Rulebook
from habeas.rules.verdicts import Verdict
from habeas.rules.weakening import Weakening

DIFFERENCE, CHANGES = "rulebook-difference/1", "rulebook-changes/1"
BOOK, RULE = "rulebook-shown/1", "rule-shown/1"


def book_document(book: Rulebook) -> dict[str, Any]:
    """A rulebook in full, as it is written; `sha256`: of what it says, which verdicts name."""
    return {"habeas": BOOK, "sha256": digest(book), **plain(book)}


def rule_document(rule: Rule, book: Rulebook) -> dict[str, Any]:
    """A rule in full, as it is written, with the book that it stands in."""
    return {"habeas": RULE, "book": book.id, "book_version": book.version, **plain(rule)}


def difference_document(
    found: BookDifference, *, on: date, systems: int, rejudged: Sequence[Rejudged], other_days: Sequence[tuple[date, int]] = ()
) -> dict[str, Any]:
    """What a newer version of a book changes; `systems_changed` are those with another finding, in the order of the catalogue."""
    return {
        "habeas": DIFFERENCE,
        "old": _version(found.old),
        "new": _version(found.new),
        "prohibitions_weakened": [_weakening(one) for one in found.weakened],
        "book": [_field(change) for change in found.fields],
        "rules": [_rule(change) for change in found.rules],
        "changelog": {"entries": [plain(entry) for entry in found.entries], "omissions": list(found.omissions)},
        "on": on.isoformat(),
        "systems": systems,
        "systems_changed": [_system(one) for one in rejudged if one.finding_changed],
        "systems_with_other_rules": [_system(one) for one in rejudged if not one.finding_changed],
        "other_days": [{"on": day.isoformat(), "systems_changed": count} for day, count in other_days],
    }


def changes_document(books: Sequence[Rulebook]) -> dict[str, Any]:
    """The changelog of each book, newest first."""
    return {"habeas": CHANGES, "books": [{**_version(book), "changes": [plain(change) for change in book.changes]} for book in books]}


def _version(book: Rulebook) -> dict[str, Any]:
    return {"id": book.id, "short": book.short, "version": book.version, "checked_on": book.checked_on.isoformat(), "sha256": digest(book)}


def _weakening(one: Weakening) -> dict[str, Any]:
    was = {"old": plain(one.old), "new": plain(one.new)}
    return {"rule": one.rule, "title": one.title, "how": one.how.name.lower().replace("_", "-"), "field": one.field or None, **was}


def _rule(change: RuleChange) -> dict[str, Any]:
    fields = [_field(field) for field in change.fields]
    return {"id": change.id, "title": change.title, "how": change.how.value, "fields": fields, "warnings": list(change.warnings)}


def _system(one: Rejudged) -> dict[str, Any]:
    rules = {rule: {"old": did.value, "new": does.value} for rule, (did, does) in one.rules.items()}
    return {"id": one.id, "name": one.name, "old": _verdict(one.old), "new": _verdict(one.new), "rules": rules}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"finding": verdict.finding.value, "decided_by": [ruling.rule.id for ruling in verdict.deciding]}


def _field(change: FieldChange) -> dict[str, Any]:
    return {"field": change.field, "old": change.old, "new": change.new}
