"""Answers that browsers and caches may keep, as long as they ask each time whether they are still true.

What a page says can change without a new edition: a withheld answer comes due, an audit is published. So the tag is made of all that
is shown, and of the language, site and release that show it. No cookie is read or set, so the same answer serves everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from habeas.terms.release import RELEASE
from habeas.web.base.clock import now
from habeas.web.explore.caching.recent import Recent

MOST_BYTES = 16_000_000
"""So much of what was shown last each process of the site keeps: some five hundred pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    content: bytes
    kind: str


SHOWN: Recent[_Page] = Recent(most=MOST_BYTES)
"""Pages by their tags. A tag is made of all that its page shows, so what shows something else never has the same."""


def kept(request: HttpRequest, *, shown: object, changed: datetime | None, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer that `make` gives, or 304 where the asker has it. `shown`: a value whose text tells all that is in it."""
    return _kept(request, tag=_tag(request, shown), changed=changed, make=make)


def kept_here(request: HttpRequest, *, shown: object, changed: datetime | None, make: Callable[[], HttpResponse]) -> HttpResponseBase:
    """The same, and this process keeps the page for whoever asks for it next, as long as it would say the same.

    Only for pages of which `shown` tells everything: whatever else `make` reads would be shown as it was.
    """
    tag = _tag(request, shown)
    return _kept(request, tag=tag, changed=changed, make=lambda: _once(tag, make))


def _tag(request: HttpRequest, shown: object) -> str:
    site = (RELEASE, settings.SITE.name, settings.SITE.address, settings.SITE.contact, get_language())
    return hashlib.sha256(f"{site}\n{request.get_full_path()}\n{shown!r}".encode()).hexdigest()


def _kept(request: HttpRequest, *, tag: str, changed: datetime | None, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    etag = f'"{tag[:32]}"'
    seconds = int(changed.timestamp()) if changed is not None else None
    # the tag alone decides: what is shown may change while the day of the last edition stays
    known = get_conditional_response(request, etag=etag) if "If-None-Match" in request.headers else None
    answer = known if known is not None else make()
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "public, no-cache"
    if seconds is not None:
        answer.headers["Last-Modified"] = http_date(min(seconds, int(now().timestamp())))
    return answer


def _once(tag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    page = SHOWN.get(tag)
    if page is not None:
        return HttpResponse(page.content, content_type=page.kind)
    answer = make()
    SHOWN.put(tag, _Page(content=answer.content, kind=answer.headers["Content-Type"]), weight=len(answer.content))
    return answer


def text(content: str, *, kind: str, name: str | None = None) -> HttpResponse:
    """A file of text; with a name, one that browsers keep."""
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8" if not kind.endswith("json") else kind)
    if name is not None:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
