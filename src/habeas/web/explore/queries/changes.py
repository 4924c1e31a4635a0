"""Everything that happened in the register, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from habeas.reports.registers.table import words
from habeas.reports.registers.twin import moment
from habeas.web.explore.models import SearchRow
from habeas.web.explore.queries.entries import address_of
from habeas.web.explore.queries.rows import AT_ONCE
from habeas.web.register.models import Change

PAGE = 50
COLUMNS = (
    "id", "system", "name", "organisation", "step", "at", "edition", "reason", "ledger_index", "document", "documented_by_others",
    "made_up",
)  # fmt: skip
"""The columns of the table, which are also the keys of the list for programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One thing that happened to one entry."""

    id: int
    system: str
    name: str
    operator: str
    made_up: bool
    documented_by_others: bool
    step: str
    at: datetime
    edition: int | None
    reason: str
    log_index: int | None

    @property
    def address(self) -> str:
        """The entry's permanent address."""
        return address_of(self.system)


def changes(page: int | str = 1) -> Page[Change]:
    """A page of what happened; `as_rows` makes its items readable."""
    return Paginator(_public(), PAGE).get_page(page)


def every_change() -> Iterator[ChangeRow]:
    """Everything that happened, newest first, a few at a time."""
    found = _public().iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield from as_rows(some)


def as_plain(row: ChangeRow) -> dict[str, object]:
    """A change as JSON values."""
    values: tuple[object, ...] = (
        row.id, row.system, row.name, row.operator, row.step, moment(row.at), row.edition, row.reason, row.log_index,
        f"{row.address}changes/{row.id}.json", row.documented_by_others, row.made_up,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def as_row(row: ChangeRow) -> list[str]:
    """A change as cells: yes and no for what is true and false; empty where there is none."""
    return [words(value) for value in as_plain(row).values()]


def newest_changes(limit: int = PAGE) -> tuple[ChangeRow, ...]:
    """What happened last."""
    return as_rows(list(_public()[:limit]))


def as_rows(found: list[Change]) -> tuple[ChangeRow, ...]:
    """Changes with the names that their systems have now."""
    names = dict(SearchRow.objects.filter(system__in=[one.system_id for one in found]).values_list("system_id", "name"))
    return tuple(
        ChangeRow(
            id=one.pk,
            system=one.system.slug,
            name=names.get(one.system_id, one.system.slug),
            operator=one.system.organisation.name,
            made_up=one.system.organisation.made_up,
            documented_by_others=one.system.organisation.documented_by_others,
            step=one.kind,
            at=one.at,
            edition=one.edition.number if one.edition else None,
            reason=one.reason,
            log_index=one.log.index,
        )
        for one in found
    )


def _public() -> QuerySet[Change]:
    # what happened to a draft is shown once that edition is published, as in the entry's own history
    shown = Q(edition__isnull=True) | Q(edition__published_at__isnull=False)
    found = Change.objects.exclude(system__standing="unpublished").filter(shown)
    return found.select_related("system__organisation", "edition", "log").order_by("-id")
