"""Who acts, found out when a view asks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from habeas.web.accounts.queries import actor_of

Respond = Callable[[HttpRequest], HttpResponse]


def acting(respond: Respond) -> Respond:
    """Put who acts on the request; nobody is looked up, and no cookie read, until a view asks."""

    def with_actor(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]
        return respond(request)

    return with_actor
