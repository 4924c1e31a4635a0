"""Who acts, found out when a view asks; and that what somebody signed in sees stays in no cache."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject

from habeas.web.accounts.queries import actor_of
from habeas.web.base.clock import now

Respond = Callable[[HttpRequest], HttpResponse]


class acting:  # noqa: N801 - a middleware, named like its siblings
    """Put who acts on the request; nobody is looked up until a view asks. Whoever sends or gets a session's cookie gets `no-store`."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        request.actor = SimpleLazyObject(lambda: actor_of(request.user, on=now().date()))  # type: ignore[attr-defined]  # read by acting()
        answer = self._respond(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified:
            answer.headers["Cache-Control"] = "no-store, private"
        return answer

    def process_template_response(self, _request: HttpRequest, answer: TemplateResponse) -> TemplateResponse:
        """On allauth's pages too, `site` is this site, and not the name of the machine that allauth puts there."""
        if answer.context_data:
            answer.context_data.pop("site", None)
        return answer
