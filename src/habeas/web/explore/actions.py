"""The row that the public searches, made anew in the transaction of whatever changed what is shown."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction

from habeas.reports.registers.completeness import completeness
from habeas.reports.registers.entry import PublicEntry
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.models import Organisation
from habeas.web.explore.models import SearchRow, SearchWord
from habeas.web.explore.queries.entries import latest_screens, public_entry
from habeas.web.explore.queries.plain import LONGEST_WORD, plain
from habeas.web.register import queries as register
from habeas.web.register.models import Edition, System

SEARCHED = ("plain_summary", "purpose")
"""Fields whose words are searched, beside the name; none of them may be withheld."""

STAMP_BITS = 40
"""Few enough that the stamps of eight million rows can be added up, and too many for two sums to be the same by chance."""


def show_anew(system: System, on: date) -> None:
    """Write the system's row as the public may see it from that day; none where nothing is published."""
    with transaction.atomic():
        System.objects.select_for_update().get(pk=system.pk)  # who publishes meanwhile waits, and then writes the newer row
        _show_anew(system, on)


def _show_anew(system: System, on: date) -> None:
    edition = register.edition_now(system)
    if edition is None:
        SearchRow.objects.filter(system=system).delete()
        return
    entry = public_entry(edition, on=on)
    text = _searched(entry)
    SearchRow.objects.update_or_create(system=system, defaults=_row(entry, edition, text))
    known = sorted({word for word in text.split() if 2 < len(word) <= LONGEST_WORD and word.isalpha()})  # noqa: PLR2004 - shorter ones say little
    SearchWord.objects.bulk_create([SearchWord(text=word, length=len(word)) for word in known], ignore_conflicts=True)


def _searched(entry: PublicEntry) -> str:
    options = field_set().field("technology").options
    technology = next((option.label for option in options if option.id == entry.text("technology")), "")
    return plain(" ".join([entry.name, entry.system, entry.operator.name, technology, *(entry.text(field) for field in SEARCHED)]))


def _row(entry: PublicEntry, edition: Edition, text: str) -> dict[str, object]:
    count = completeness(entry, field_set()).whole
    system = edition.system
    return {
        "organisation": system.organisation,
        "slug": entry.system,
        "name": entry.name[:300],
        "sort_name": plain(entry.name)[:300],
        "summary": entry.text("plain_summary"),
        "text": text,
        "standing": entry.standing,
        "status": entry.text("status"),
        "technology": entry.text("technology"),
        "used_for": _joined(entry, "used_for"),
        "used_on": _joined(entry, "used_on"),
        "prohibited": any(screen.prohibited for screen in latest_screens(system)),
        "edition": entry.edition,
        "asked": count.asked,
        "answered": count.answered,
        "withheld": count.withheld,
        "published_at": entry.published,
        "changed_at": _changed(system, entry),
        "stamp": secrets.randbits(STAMP_BITS),
    }


def _joined(entry: PublicEntry, field: str) -> str:
    value = entry.content.get(field, [])
    return "".join(f"|{word}" for word in value if isinstance(word, str)) + "|" if isinstance(value, list) and value else ""


def _changed(system: System, entry: PublicEntry) -> object:
    last = system.changes.order_by("-id").filter(kind__in=("suspended", "resumed", "retired", "published", "changed")).first()
    return max(last.at, entry.published) if last is not None else entry.published


def show_renamed(organisation: Organisation, on: date) -> None:
    """Write the rows of an organisation's systems anew: they can be searched by its name, and it has another now."""
    for system in System.objects.filter(organisation=organisation).exclude(standing="unpublished").order_by("id"):
        show_anew(system, on)


def show_every_anew(*, on: date) -> int:
    """Write the row of every system that was ever published; how many there are."""
    count = 0
    for count, system in enumerate(System.objects.exclude(standing="unpublished").order_by("id").iterator(), start=1):  # noqa: B007 - counted
        show_anew(system, on)
    return count
