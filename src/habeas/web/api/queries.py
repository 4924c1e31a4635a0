"""What the API alone asks: organisations with where they work, and how to check the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.urls import reverse

from habeas.errors import BadInput, NotFound, Unavailable
from habeas.ledger.trust.evidence import Evidence
from habeas.runs.ledgers.reading import prove, public_keys, published_of
from habeas.runs.ledgers.settings import read_settings
from habeas.stores.log.published import Published
from habeas.web.accounts.models import Organisation
from habeas.web.accounts.queries.organisations import areas
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
    return shapes.Organisation(
        **lines([found])[0].model_dump(),
        areas=[shapes.AreaLine(country=one.country, prefix=one.prefix) for one in areas(found)],
    )


def ledger() -> shapes.Ledger:
    """The ledger's name, the keys that sign for it, and its last checkpoint. Raises as `_published`."""
    origin, keys, published = _published()
    try:
        head = published.head()
    except NotFound:
        head = None
    return shapes.Ledger(
        origin=origin,
        verifier_keys=keys,
        checkpoint=None if head is None else head.note.decode("utf-8", errors="replace"),
        size=0 if head is None else head.size,
        files=f"{settings.SITE.address}{reverse('api_log_file', args=['checkpoint'])}".removesuffix("checkpoint"),
    )


def ledger_file(name: str) -> bytes:
    """A public file of the ledger: its checkpoint, or a tile of its tree or of its entries (C2SP tlog-tiles).

    Raises:
        NotFound: there is no such file. Otherwise as `_published`.
    """
    if not PUBLIC_FILE.fullmatch(name):
        raise NotFound("expected checkpoint or a tile, named as C2SP tlog-tiles says; got another name: begin with checkpoint")
    place = _published()[2].place
    try:
        return place.get(name)
    except NotFound:
        raise NotFound(f"expected a file that the ledger has published; {name} isn't one: its checkpoint says how far it goes") from None


def evidence(index: int) -> Evidence:
    """The ledger's entry at that index with the proof that the published log holds it.

    Raises:
        NotFound: the published log doesn't go so far. Otherwise as `_published`, or as `runs.ledgers.reading.prove`.
    """
    _published()
    try:
        return prove(settings.SITE.ledger, index)
    except NotFound:
        raise NotFound(f"expected the index of an entry that the ledger has published; got {index}: /api/v1/log says how many") from None


def _published() -> tuple[str, list[str], Published]:
    """The ledger's name, its keys as text, and its public files. No message names a place on the machine.

    Raises:
        NotFound: the site has no ledger yet.
        Unavailable: it can't be read.
    """
    folder = settings.SITE.ledger
    try:
        known = read_settings(folder)
        return known.origin, [str(key) for key in public_keys(folder, known)], published_of(folder, known)
    except NotFound:
        raise NotFound("expected the ledger of this register; there is none yet: ask again later") from None
    except (BadInput, Unavailable) as problem:
        raise Unavailable("the ledger of this register can't be read now: ask again later, or tell whoever runs it") from problem


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
