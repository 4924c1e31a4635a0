"""Who acts, found out when a view asks; and that what somebody signed in sees stays in no cache."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from habeas.web.accounts.queries import actor_of

Respond = Callable[[HttpRequest], HttpResponse]


def acting(respond: Respond) -> Respond:
    """Put who acts on the request; nobody is looked up until a view asks. Whoever sends or gets a session's cookie gets `no-store`."""

    def with_actor(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]
        answer = respond(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified:
            answer.headers["Cache-Control"] = "no-store, private"
        return answer

    return with_actor
