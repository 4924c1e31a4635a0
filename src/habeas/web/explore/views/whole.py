"""The whole register in one file."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.explore.archive import archive


@public
@require_safe
def register_zip(request: HttpRequest) -> HttpResponseBase:
    """Every published entry, the list, the fields and the licence; made while it is sent."""
    del request
    answer = StreamingHttpResponse(archive(on=now().date()), content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="register.zip"'
    return answer
