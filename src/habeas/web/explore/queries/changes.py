"""Everything that happened in the register, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from habeas.web.explore.models import SearchRow
from habeas.web.explore.queries.entries import address_of
from habeas.web.register.models import Change

PAGE = 50


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
