"""Organisations that have entries, as the list offers them; and which of them work where somebody lives."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from habeas.web.accounts.models import Area, Organisation
from habeas.web.explore.models import SearchRow
from habeas.web.explore.queries.near import prefixes
from habeas.web.explore.queries.plain import plain


class Known(NamedTuple):
    """An organisation as lists know it; a tuple, since every list makes all of them."""

    pk: int
    slug: str
    name: str
    kind: str
    place: str
    documented_by_others: bool
    made_up: bool


def organisations() -> tuple[Known, ...]:
    """Every organisation that has an entry, by name."""
    return _known(Organisation.objects.filter(Exists(SearchRow.objects.filter(organisation=OuterRef("pk")))))


def working_at(typed: str, known: tuple[Known, ...]) -> tuple[Known, ...]:
    """The organisations that work at that postcode, with entries or without; for what isn't one, those of `known` that have that name."""
    found = prefixes(typed)
    if found is None:
        named = plain(typed)
        return tuple(one for one in known if named and (named in plain(one.name) or named == one.slug))
    areas = Area.objects.filter(prefix__in=found.all)
    areas = areas.filter(country="GB") if found.british else areas.exclude(country="GB")
    return _known(Organisation.objects.filter(pk__in=areas.values("organisation")))


def _known(found: QuerySet[Organisation]) -> tuple[Known, ...]:
    return tuple(map(Known._make, found.order_by("name", "slug").values_list(*Known._fields)))
