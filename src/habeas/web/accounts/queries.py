"""Who somebody is, and what they may do where."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from habeas.web.accounts.models import Membership, Organisation, User
from habeas.web.base.actors import NOBODY, Actor, Role
from habeas.web.base.clock import now


def actor_of(user: User | AnonymousUser) -> Actor:
    """The actor that a signed-in user is today."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    today = now().date()
    held = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=today), user=user, since__lte=today)
    roles: dict[int, set[Role]] = defaultdict(set)
    for organisation, role in held.values_list("organisation_id", "role"):
        roles[organisation].add(Role(role))
    return Actor(user=user.pk, name=user.name, roles={key: frozenset(value) for key, value in roles.items()})


def independent(auditor: Organisation, owner: Organisation) -> bool:
    """Whether what the one finds about a system of the other counts as independent: no organisation audits itself.

    One authority in the ledger is one organisation, whatever its names are here.
    """
    return auditor.pk != owner.pk and auditor.authority != owner.authority
