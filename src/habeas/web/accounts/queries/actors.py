"""Who somebody is on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from habeas.web.accounts.models import Membership, Reader, User
from habeas.web.accounts.queries.days import not_over
from habeas.web.base.actors import NOBODY, Actor, Role

NEED_SECOND_FACTOR = frozenset({Role.APPROVER, Role.ADMINISTRATOR, Role.OVERSIGHT, Role.AUDITOR})
"""The roles that a stolen password must not open."""


def actor_of(user: User | AnonymousUser, *, on: date) -> Actor:
    """The actor that a signed-in user is on that day; who lacks the second factor that a role asks for holds no role at all."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    roles = _roles(user, on)
    if _wants_second_factor(user, roles.values()):
        return Actor(user=user.pk, name=user.name, wants_second_factor=True)
    return Actor(user=user.pk, name=user.name, roles=roles, reads=_reads(roles, on))


def _roles(user: User, on: date) -> Mapping[int, frozenset[Role]]:
    held = Membership.objects.filter(not_over(on), user=user, since__lte=on)
    roles: dict[int, set[Role]] = defaultdict(set)
    for organisation, role in held.values_list("organisation_id", "role"):
        roles[organisation].add(Role(role))
    return {key: frozenset(value) for key, value in roles.items()}


def _wants_second_factor(user: User, roles: Iterable[frozenset[Role]]) -> bool:
    if settings.SITE.second_factor != "required" or not any(some & NEED_SECOND_FACTOR for some in roles):
        return False
    return not is_mfa_enabled(user, types=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])  # codes on paper open the door once


def _reads(roles: Mapping[int, frozenset[Role]], on: date) -> frozenset[int]:
    audits_for = [organisation for organisation, held in roles.items() if Role.AUDITOR in held]
    if not audits_for:
        return frozenset()
    opened = Reader.objects.filter(not_over(on), reader__in=audits_for, since__lte=on)
    return frozenset(opened.values_list("owner_id", flat=True))
