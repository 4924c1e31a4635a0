"""What to put into the arguments of every address, so that each can be asked: all of it drafts of the organisation `force`.

A new argument needs a line here. The first line whose beginning of the route and whose argument fit counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from habeas.web.accounts.actions.invitations import write_invitation
from habeas.web.accounts.matrix import Endpoint
from habeas.web.accounts.models import Reader
from habeas.web.accounts.queries.invitations import token_of
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from web.makers import LONG_AGO, drafted, force, organisation, user

Line = tuple[str, str, Any]
"""The beginning of a route, an argument in it, and its value."""


def arguments_of_drafts() -> Sequence[Line]:
    """Make what the values stand for."""
    return (*_accounts(), *_systems(), *_public())


def value_of(endpoint: Endpoint, argument: str, lines: Sequence[Line]) -> Any:
    """The value of an argument; a test fails that meets one without."""
    for beginning, name, value in lines:
        if name == argument and endpoint.route.startswith(beginning):
            return value
    return pytest.fail(f"/{endpoint.route} has the argument {argument}, for which tests/web/endpoint_arguments.py has no value: add a line")


def _accounts() -> Sequence[Line]:
    owner = user("somebody@force.example", Role.SYSTEM_OWNER, Role.ADMINISTRATOR)
    invitation = write_invitation(organisation=force(), email="new@force.example", roles=(Role.REVIEWER,), language="en", by=None, at=now())
    reader = organisation("university", kind="auditor")
    Reader.objects.create(owner=force(), reader=reader, since=LONG_AGO, by=owner)
    return (
        ("desk/organisation/", "organisation", "force"),
        ("desk/organisation/", "reader", reader.slug),
        ("desk/organisation/", "invitation", invitation.pk),
        ("desk/organisation/", "person", owner.pk),
        ("accounts/invitation/", "token", token_of(invitation)),
        ("accounts/confirm-email/", "key", "abc"),
        ("accounts/password/reset/", "uidb36", "1"),
        ("accounts/password/reset/", "key", "abc-def"),
        ("accounts/2fa/webauthn/", "pk", 1),
        ("accounts/oidc/", "provider_id", "county"),
    )


def _systems() -> Sequence[Line]:
    system = drafted("secret-plan")
    return (("desk/systems/", "slug", system.slug), ("register/", "slug", system.slug))


def _public() -> Sequence[Line]:
    return (("register/", "number", 1), ("register/", "standard", "atrs"))
