"""Who may call a view: every view says so by one of these decorators, and the matrix in the docs is made from what they say.

They decide by role alone. Whether this actor may see this very thing is for the query that fetches it: what isn't theirs isn't there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from habeas.errors import NotAllowed
from habeas.web.base.actors import Actor, Role

View = Callable[..., HttpResponseBase]
_NOT_WRITTEN = frozenset({"csrfmiddlewaretoken", "seen"})  # by hand
_WORTH_COPYING = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may call a view: `anyone`; else whoever is signed in and holds one of `roles` somewhere (none named: any or none).

    `arriving`: also who still has to set up a second factor; everybody else is sent to do that first.
    """

    anyone: bool = False
    roles: frozenset[Role] = frozenset()
    arriving: bool = False

    def admits(self, actor: Actor) -> bool:
        """Whether that actor may call it."""
        return self.anyone or (actor.signed_in and (not self.roles or actor.has(*self.roles)))


def acting(request: HttpRequest) -> Actor:
    """Who asks, as the middleware found."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]  # the middleware puts it there


def public(view: View) -> View:
    """Everybody may call it."""
    return _said(view, Access(anyone=True))


def signed_in(view: View) -> View:
    """Whoever is signed in may call it."""
    return _said(view, Access())


def arriving(view: View) -> View:
    """Whoever is signed in may call it, also before a second factor is set up."""
    return _said(view, Access(arriving=True))


def needs(*roles: Role) -> Callable[[View], View]:
    """Whoever is signed in and holds one of these roles may call it."""
    return lambda view: _said(view, Access(roles=frozenset(roles)))


def access_of(view: object) -> Access | None:
    """What a view says about who may call it; None: it says nothing, which the tests refuse."""
    return getattr(view, "access", None)


def _signed_out(request: HttpRequest) -> HttpResponseBase:
    """On to signing in; whoever sent a form is told first that nothing was changed, and shown what they wrote, to copy it."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    form = request.content_type == "application/x-www-form-urlencoded"  # never read a file for somebody who isn't signed in
    given = request.POST.lists() if form else ()
    written = [text for name, texts in given for text in texts if name not in _NOT_WRITTEN and len(text) >= _WORTH_COPYING]
    return render(request, "base/signed_out.html", {"written": written}, status=403)


def _said(view: View, access: Access) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        actor = acting(request)
        if not (access.anyone or actor.signed_in):
            return _signed_out(request)
        if not (access.anyone or access.arriving) and actor.wants_second_factor:  # for the public, nobody is looked up
            return redirect("accounts_second_factor")
        if not access.admits(actor):
            wanted = ", ".join(sorted(role.value for role in access.roles))
            raise NotAllowed(f"expected one of these roles: {wanted}; you hold none of them: ask an administrator of your organisation")
        return view(request, *arguments, **named)

    checked.access = access  # type: ignore[attr-defined]  # read by access_of
    return checked
