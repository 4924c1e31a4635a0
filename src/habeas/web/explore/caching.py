"""Answers that browsers and caches may keep, as long as they ask each time whether they are still true.

What a page says can change without a new edition: a withheld answer comes due, an audit is published. So the tag is made of all that
is shown, and of the language, site and release that show it. No cookie is read or set, so the same answer serves everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from habeas.terms.release import RELEASE
from habeas.web.base.clock import now


def kept(request: HttpRequest, *, shown: object, changed: datetime | None, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer that `make` gives, or 304 where the asker has it. `shown`: a value whose text tells all that is in it."""
    site = (RELEASE, settings.SITE.name, settings.SITE.address, settings.SITE.contact, get_language())
    tag = hashlib.sha256(f"{site}\n{request.get_full_path()}\n{shown!r}".encode()).hexdigest()
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


def text(content: str, *, kind: str, name: str | None = None) -> HttpResponse:
    """A file of text; with a name, one that browsers keep."""
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8" if not kind.endswith("json") else kind)
    if name is not None:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
