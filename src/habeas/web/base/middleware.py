"""What happens around every view: which headers leave, how an error of ours becomes a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from habeas.errors import HabeasError, http_status

Respond = Callable[[HttpRequest], HttpResponse]


def headers(respond: Respond) -> Respond:
    """Headers that every answer has."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        answer = respond(request)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        return answer

    return with_headers


class errors:  # noqa: N801 - a middleware, named like its siblings
    """An error of ours becomes a page that says what was expected, what came and what to do next."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self._respond(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page, with the status of the error's family; other errors are Django's."""
        if not isinstance(problem, HabeasError):
            return None
        return render(request, "base/error.html", {"message": str(problem)}, status=http_status(problem))
