"""Every published entry, a few at a time: for the download of the whole register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from habeas.reports.registers.entry import PublicEntry
from habeas.web.explore.queries.entries import public_entry
from habeas.web.register.models import Edition

AT_ONCE = 200


def all_entries(*, on: date) -> Iterator[PublicEntry]:
    """The published editions as everybody may read them that day, by the names of their systems; without what happened to them."""
    found = Edition.objects.filter(state="published").select_related("system__organisation")
    found = found.prefetch_related("system__withholdings").order_by("system__slug")
    for edition in found.iterator(chunk_size=AT_ONCE):
        yield public_entry(edition, on=on)
