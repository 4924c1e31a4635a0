"""What the API alone asks: organisations with where they work, and how to check the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse

from habeas.errors import NotFound
from habeas.runs.ledgers.reading import public_keys, published_of
from habeas.runs.ledgers.settings import read_settings
from habeas.web.accounts.models import Organisation
from habeas.web.api.shapes import organisations as shapes
from habeas.web.explore.models import SearchRow

PUBLIC_FILE = re.compile(r"checkpoint|tile/(?:[0-9]{1,2}|entries)/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[0-9]{1,3})?")


def organisations(*, page: int, size: int) -> Page[Organisation]:
    """Those that have a published entry, by name."""
    return Paginator(_known().order_by("name", "slug"), size).get_page(page)


def lines(page: Iterable[Organisation]) -> list[shapes.OrganisationLine]:
    """Organisations as the API tells them."""
    found = list(page)
    rows = SearchRow.objects.filter(organisation__in=found).values_list("organisation").annotate(entries=Count("id")).order_by()
    entries = dict(rows)
    return [_line(one, systems=entries.get(one.pk, 0)) for one in found]


def organisation(slug: str) -> shapes.Organisation:
    """One of them, with where it works. Raises `NotFound`."""
    found = _known().filter(slug=slug).first()
    if found is None:
        raise NotFound(f"expected an organisation that has an entry; got {slug[:80]!r}, which has none: see the list of organisations")
    areas = found.areas.order_by("country", "prefix")
    return shapes.Organisation(
        **lines([found])[0].model_dump(),
        areas=[shapes.AreaLine(country=one.country, prefix=one.prefix) for one in areas],
    )


def ledger() -> shapes.Ledger:
    """The ledger's name, the keys that sign for it, and its last checkpoint.

    Raises:
        NotFound: the site has no ledger yet.
    """
    folder = settings.SITE.ledger
    known = read_settings(folder)
    keys = [str(key) for key in public_keys(folder, known)]
    try:
        head = published_of(folder, known).head()
    except NotFound:
        head = None
    return shapes.Ledger(
        origin=known.origin,
        verifier_keys=keys,
        checkpoint=None if head is None else head.note.decode("utf-8", errors="replace"),
        size=0 if head is None else head.size,
        files=f"{settings.SITE.address}{reverse('api_log_file', args=['checkpoint'])}".removesuffix("checkpoint"),
    )


def ledger_file(name: str) -> bytes:
    """A public file of the ledger: its checkpoint, or a tile of its tree or of its entries (C2SP tlog-tiles).

    Raises:
        NotFound: the site has no ledger yet, or there is no such file.
    """
    if not PUBLIC_FILE.fullmatch(name):
        raise NotFound("expected checkpoint or a tile, named as C2SP tlog-tiles says; got another name: begin with checkpoint")
    folder = settings.SITE.ledger
    return published_of(folder, read_settings(folder)).place.get(name)


def _known() -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=SearchRow.objects.values("organisation"))


def _line(one: Organisation, *, systems: int) -> shapes.OrganisationLine:
    return shapes.OrganisationLine(
        id=one.slug,
        name=one.name,
        kind=one.kind,
        authority=one.authority,
        place=one.place,
        website=one.website,
        documented_by_others=one.documented_by_others,
        made_up=one.made_up,
        systems=systems,
    )
