"""Pages of the base: whether the site is well."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.base.watching import health


@public
@never_cache
@require_safe
def site_health(_request: HttpRequest) -> JsonResponse:
    """200 where the site is well, 503 where something must be looked at; for whoever watches over it."""
    found = health.health(at=now())
    said = {
        "well": found.well,
        "database": "reached" if found.database else "not reached",
        "worker": "awake" if found.worker else "not seen for a minute",
        "ledger": {"lines_due": found.lines_due, "late": found.late},
        "jobs_failed": found.jobs_failed,
    }
    return JsonResponse(said, status=200 if found.well else 503)
