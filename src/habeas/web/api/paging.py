"""Lists in pages of at most a hundred."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest

from habeas.errors import NotFound


class PageFacts(TypedDict):
    """What every page of a list says of itself."""

    count: int
    page: int
    pages: int
    next: str | None


def page_facts(request: HttpRequest, page: Page[Any], *, wanted: int) -> PageFacts:
    """The page's place in its list. Raises `NotFound`: the page that was asked for isn't there."""
    pages = page.paginator.num_pages
    if wanted > pages:
        raise NotFound(f"expected a page up to {pages}; got {wanted}: the list has no more")
    return PageFacts(count=page.paginator.count, page=wanted, pages=pages, next=_next(request, page))


def _next(request: HttpRequest, page: Page[Any]) -> str | None:
    if not page.has_next():
        return None
    query = request.GET.copy()
    query["page"] = str(page.next_page_number())
    return f"{settings.SITE.address}{request.path}?{query.urlencode()}"
