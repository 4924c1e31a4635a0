"""One entry: its page now, its permanent editions, two of them side by side, and everything of it for programs."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from habeas.errors import BadInput
from habeas.procedures.publication import Step
from habeas.reports.registers.annex_viii import annex_viii
from habeas.reports.registers.atom import Feed, Item, atom
from habeas.reports.registers.atrs import atrs
from habeas.reports.registers.entry import PublicEntry
from habeas.reports.registers.nl import nl
from habeas.reports.registers.table import table
from habeas.reports.registers.twin import twin
from habeas.reports.registers.words import plain_text
from habeas.runs.registers.fields import field_set
from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.explore.answers import drawn
from habeas.web.explore.caching import kept, kept_here, text
from habeas.web.explore.queries import entries as asked
from habeas.web.explore.words import marked
from habeas.web.register.words import step_name

EXPORTS = {"atrs": atrs, "algoritmeregister": nl, "annex-viii": annex_viii}
SECOND = 2


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The entry as it is now."""
    return _page(request, asked.entry_page(slug, on=now().date()))


@public
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One edition, for ever; what is withheld now is withheld in old editions too."""
    return _page(request, asked.entry_page(slug, on=now().date(), number=number), permanent=True)


def _page(request: HttpRequest, page: asked.EntryPage, *, permanent: bool = False) -> HttpResponseBase:
    def made() -> HttpResponse:
        return render(request, "explore/entry.html", {**drawn(page), "permanent": permanent})

    return kept_here(request, shown=page, changed=page.history[0].at if page.history else page.entry.published, make=made)


@public
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Two editions, and what changed from one to the other."""
    editions = asked.editions_to_compare(slug)
    newest = editions[0].number
    earlier = editions[1].number if len(editions) >= SECOND else newest
    before, after = _number(request, "from", earlier), _number(request, "to", newest)
    found = asked.comparison(slug, before=before, after=after, on=now().date())
    context = {"found": found, "entry": found.after}
    return kept(request, shown=found, changed=None, make=lambda: render(request, "explore/compare.html", context))


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    said = request.GET.get(name, "")
    if said and not (said.isascii() and said.isdigit() and len(said) < 7):  # noqa: PLR2004 - no entry has a million editions
        raise BadInput(_("expected the number of an edition; got another value: choose from the list"))
    return int(said) if said else otherwise


@public
@require_safe
def entry_json(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The entry for programs."""
    return _json(request, slug, lambda one: twin(one, field_set()))


@public
@require_safe
def export(request: HttpRequest, slug: str, standard: str) -> HttpResponseBase:
    """The entry in the shape of another standard."""
    return _json(request, slug, lambda one: EXPORTS[standard](one, field_set()).document(one))


def _json(request: HttpRequest, slug: str, said: Any) -> HttpResponseBase:
    one = asked.entry_now(slug, on=now().date())
    return kept(request, shown=one, changed=_changed(one), make=lambda: text(_dumped(said(one)), kind="application/json"))


@public
@require_safe
def entry_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The entry as a table: one line for each question."""
    one = asked.entry_now(slug, on=now().date())
    return kept(request, shown=one, changed=_changed(one), make=lambda: text(_csv(one), kind="text/csv", name=f"{slug}.csv"))


def _csv(one: PublicEntry) -> str:
    return "".join(table(("field", "question", "state", "answer"), _lines(one)))


def _lines(one: PublicEntry) -> list[tuple[str, str, str, str]]:
    hidden = {each.field: each for each in one.withheld}
    missing = {field.id for field in one.missing(field_set())}
    lines = []
    for field in field_set().fields:
        if field.id in hidden:
            why = hidden[field.id]
            lines.append((field.id, field.label, "withheld", f"{why.ground}, until {why.until.isoformat()}"))
        elif one.content.get(field.id):
            lines.append((field.id, field.label, "answered", plain_text(field, one.content[field.id])))
        else:
            lines.append((field.id, field.label, "missing" if field.id in missing else "not answered", ""))
    return lines


@public
@require_safe
def entry_atom(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What happened to the entry, as a feed."""
    one = asked.entry_now(slug, on=now().date())
    items = tuple(
        Item(
            id=event.document,
            title=marked(f"{one.name}: {step_name(Step(event.step))}", one.operator),
            address=one.address,
            at=event.at,
            author=one.operator.name,
            summary=event.note or step_name(Step(event.step)),
        )
        for event in one.history
    )
    feed = Feed(
        title=marked(one.name, one.operator),
        address=f"{settings.SITE.address}{request.get_full_path()}",
        page=f"{settings.SITE.address}{reverse('register_entry', args=[slug])}",
        language=one.text("language") or "en",
        items=items,
    )
    return kept(request, shown=feed, changed=_changed(one), make=lambda: text(atom(feed), kind="application/atom+xml"))


@public
@require_safe
def document(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The document whose digest the ledger names, to the byte."""
    content = asked.document(slug, number)
    return kept(request, shown=content, changed=None, make=lambda: text(content, kind="application/json"))


def _changed(one: PublicEntry) -> Any:
    return one.history[0].at if one.history else one.published


def _dumped(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
