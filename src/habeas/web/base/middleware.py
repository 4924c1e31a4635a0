"""What happens around every view: which headers leave, how an error of ours becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from habeas.errors import HabeasError, http_status

Respond = Callable[[HttpRequest], HttpResponse]
API = "/api/"
"""What answers for itself, in JSON."""


def headers(respond: Respond) -> Respond:
    """Headers that every answer has."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        answer = respond(request)
        _vary(answer)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        return answer

    return with_headers


def _vary(answer: HttpResponse) -> None:
    # the address alone tells the language, so one kept answer serves whatever languages a browser likes
    others = [name for name in answer.headers.get("Vary", "").split(", ") if name not in ("", "Accept-Language")]
    answer.headers["Vary"] = ", ".join(others)
    if not others:
        del answer.headers["Vary"]


class errors:  # noqa: N801 - a middleware, named like its siblings
    """An error of ours becomes a page that says what was expected, what came and what to do next.

    An address with a NUL character leads nowhere; PostgreSQL would end in an error over it, wherever somebody looks such a name up.
    """

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if "\0" in request.path and not request.path.startswith(API):
            raise Http404
        return self._respond(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page, with the status of the error's family; other errors are Django's."""
        if not isinstance(problem, HabeasError):
            return None
        status = http_status(problem)
        return render(request, "base/error.html", {"message": str(problem), "missing": status == HTTPStatus.NOT_FOUND}, status=status)
