"""What was found, as lines of files."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.reports.registers.table import words
from habeas.reports.registers.twin import moment
from habeas.web.explore.models import SearchRow
from habeas.web.explore.queries.entries import address_of
from habeas.web.explore.queries.search import Wish, all_found

AT_ONCE = 500
COLUMNS = (
    "system", "name", "organisation", "kind", "place", "summary", "status", "technology", "used_for", "used_on", "standing", "prohibited",
    "audited", "answered", "asked", "withheld", "edition", "published", "changed", "documented_by_others", "made_up", "address",
)  # fmt: skip
"""The columns of the table, which are also the keys of the list for programs."""


def found_rows(wish: Wish, *, newest: int | None = None) -> Iterator[SearchRow]:
    """Everything that was found, a few rows at a time; or so many of those that changed last."""
    rows = all_found(wish)
    return rows.iterator(chunk_size=AT_ONCE) if newest is None else iter(rows.order_by("-changed_at", "slug")[:newest])


def as_plain(row: SearchRow) -> dict[str, object]:
    """A row as JSON values."""
    organisation = row.organisation
    values: tuple[object, ...] = (
        row.slug, row.name, organisation.name, organisation.kind, organisation.place, row.summary, row.status, row.technology,
        _words(row.used_for), _words(row.used_on), row.standing, row.prohibited, row.audited, row.answered, row.asked, row.withheld,
        row.edition, moment(row.published_at), moment(row.changed_at), organisation.documented_by_others, organisation.made_up,
        address_of(row.slug),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def as_row(row: SearchRow) -> list[str]:
    """A row as cells: yes and no for what is true and false, several words on one line."""
    return [words(value) for value in as_plain(row).values()]


def _words(kept: str) -> list[str]:
    return [word for word in kept.split("|") if word]
