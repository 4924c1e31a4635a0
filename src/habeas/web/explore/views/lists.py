"""The list of entries and the list of changes, with their twins and feeds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from habeas.errors import BadInput
from habeas.procedures.publication import Step
from habeas.reports.registers.atom import Feed, Item, atom
from habeas.reports.registers.table import table
from habeas.web.base.access import public
from habeas.web.explore.caching import kept, kept_here, text
from habeas.web.explore.forms import Looking
from habeas.web.explore.queries import changes as happened
from habeas.web.explore.queries.rows import COLUMNS, as_plain, as_row, found_rows
from habeas.web.explore.queries.search import Listed, Wish, listed
from habeas.web.explore.words import marked
from habeas.web.register.words import step_name

MOST_ITEMS = 50


@public
@require_safe
def entries(request: HttpRequest) -> HttpResponseBase:
    """The list, with the boxes and filters."""
    form = Looking(request.GET)
    if not form.is_valid():
        return render(request, "explore/list.html", {"form": form}, status=422)
    found = listed(form.wish(), page=request.GET.get("page", "1"), known=form.known)
    return kept_here(request, shown=(_told(found), form.known), changed=_newest(found), make=lambda: _list(request, form, found))


def _list(request: HttpRequest, form: Looking, found: Listed) -> HttpResponse:
    query = _query(request)
    return render(request, "explore/list.html", {"form": form, "found": found, "query": f"?{query}" if query else "", "asked": form.wish()})


def _told(found: Listed) -> object:
    rows = [(*as_plain(row).values(), row.shown_different) for row in found.page]
    names = [(one.slug, one.name) for one in found.near_organisations or ()]
    return rows, found.count, found.corrected, names


def _newest(found: Listed) -> datetime | None:
    return max((row.changed_at for row in found.page), default=None)


@public
@require_safe
def entries_json(request: HttpRequest) -> HttpResponseBase:
    """The same list for programs: every entry found, not a page of them."""
    lines = _json(request, "register-list/1", "entries", map(as_plain, found_rows(_wish(request))))
    return StreamingHttpResponse(lines, content_type="application/json")


def _json(request: HttpRequest, shape: str, what: str, rows: Iterable[dict[str, object]]) -> Iterator[str]:
    address = f"{settings.SITE.address}{request.get_full_path()}"
    yield f'{{"habeas":"{shape}","address":{json.dumps(address)},"{what}":['
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    yield "\n]}\n"


@public
@require_safe
def entries_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table."""
    return _table(table(COLUMNS, (as_row(row) for row in found_rows(_wish(request)))), name="register.csv")


def _table(lines: Iterator[str], *, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@public
@require_safe
def entries_atom(request: HttpRequest) -> HttpResponseBase:
    """The entries found that changed last, as a feed."""
    rows = found_rows(_wish(request), newest=MOST_ITEMS)
    items = tuple(
        Item(
            id=f"{as_plain(row)['address']}editions/{row.edition}/",
            title=marked(row.name, row.organisation),
            address=str(as_plain(row)["address"]),
            at=row.changed_at,
            author=row.organisation.name,
            summary=row.summary,
        )
        for row in rows
    )
    return _feed(request, _("Register of systems"), items, page=reverse("register_list"))


@public
@require_safe
def changes(request: HttpRequest) -> HttpResponseBase:
    """What happened in the register, newest first."""
    page = happened.changes(request.GET.get("page", "1"))
    rows = happened.as_rows(list(page))
    newest = rows[0].at if rows else None
    shown = (page.number, page.paginator.num_pages, rows)
    return kept(request, shown=shown, changed=newest, make=lambda: render(request, "explore/changes.html", {"page": page, "rows": rows}))


@public
@require_safe
def changes_json(request: HttpRequest) -> HttpResponseBase:
    """The same for programs: everything, not a page of it."""
    lines = _json(request, "register-changes/1", "changes", map(happened.as_plain, happened.every_change()))
    return StreamingHttpResponse(lines, content_type="application/json")


@public
@require_safe
def changes_csv(_request: HttpRequest) -> HttpResponseBase:
    """The same as a table."""
    return _table(table(happened.COLUMNS, map(happened.as_row, happened.every_change())), name="changes.csv")


@public
@require_safe
def changes_atom(request: HttpRequest) -> HttpResponseBase:
    """The same as a feed."""
    items = tuple(
        Item(
            id=f"{one.address}changes/{one.id}.json",
            title=marked(f"{one.name}: {step_name(Step(one.step))}", one),
            address=one.address,
            at=one.at,
            author=one.operator,
            summary=one.reason or step_name(Step(one.step)),
        )
        for one in happened.newest_changes(MOST_ITEMS)
    )
    return _feed(request, _("Changes in the register"), items, page=reverse("register_changes"))


def _feed(request: HttpRequest, title: str, items: tuple[Item, ...], *, page: str) -> HttpResponseBase:
    site, query = settings.SITE, _query(request)
    address = f"{site.address}{request.get_full_path()}"
    feed = Feed(
        title=f"{title} - {site.name}",
        address=address,
        page=f"{site.address}{page}" + (f"?{query}" if query else ""),
        language=get_language() or "en",
        items=items,
    )
    newest = max((item.at for item in items), default=None)
    return kept(request, shown=feed, changed=newest, make=lambda: text(atom(feed), kind="application/atom+xml"))


def _wish(request: HttpRequest) -> Wish:
    form = Looking(request.GET)
    if not form.is_valid():
        told = "; ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
        raise BadInput(_("expected the filters of the list; got another value: %(told)s") % {"told": told})
    return form.wish()


def _query(request: HttpRequest) -> str:
    said = [(name, value) for name, values in request.GET.lists() for value in values if value and name != "page"]
    return urlencode(said)
