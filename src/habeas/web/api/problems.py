"""What goes wrong, as JSON: a word for programs, and our own sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from habeas.errors import HabeasError, http_status

KINDS = {
    400: "bad-request",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "broken-evidence",
    410: "gone",
    422: "bad-input",
    503: "unavailable",
    507: "unavailable",
}
"""By status; whatever else happens is a fault of ours."""
FAULT = "fault"


def problem(message: str, *, status: int) -> HttpResponse:
    """An error as its answer."""
    told = {"error": {"kind": KINDS.get(status, FAULT), "message": message}}
    return HttpResponse(json.dumps(told), content_type="application/json", status=status)


def of_error(error: HabeasError) -> HttpResponse:
    """One of ours, with the status of its family."""
    return problem(str(error), status=http_status(error))


def answer_problems(api: NinjaAPI) -> None:
    """Have every error that a view meets answered so."""
    api.add_exception_handler(HabeasError, _ours)
    api.add_exception_handler(ValidationError, _misread)
    api.add_exception_handler(HttpError, _refused)


def _ours(_request: HttpRequest, error: Any) -> HttpResponse:
    return of_error(error)


def _misread(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem("; ".join(_told(one) for one in error.errors), status=422)


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(str(error.message), status=error.status_code)


def _told(one: dict[str, Any]) -> str:
    place: Sequence[object] = one.get("loc", ())
    name = str(place[-1]) if place else "the request"
    return f"{name}: {one.get('msg', 'expected another value')}; mend it, or leave it out if you may"
