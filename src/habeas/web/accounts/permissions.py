"""What each role may do, and where: the one table that every action asks.

The decorators of `base.access` open a view to a role; this table says for whose things. What only the thing itself knows (that whoever
approves isn't who submitted) is for `habeas.procedures` and the database's constraints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from habeas.errors import NotAllowed
from habeas.web.accounts.models import Organisation
from habeas.web.base.actors import Actor, Role


class Scope(Enum):
    """For whose things a role counts."""

    OWN = "own organisation"
    ANY = "any organisation"
    OPENED = "organisations that opened their drafts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A role, and for whose things it counts."""

    role: Role
    scope: Scope


def _own(*roles: Role) -> tuple[Right, ...]:
    return tuple(Right(role=role, scope=Scope.OWN) for role in roles)


def _any(*roles: Role) -> tuple[Right, ...]:
    return tuple(Right(role=role, scope=Scope.ANY) for role in roles)


PERMISSIONS: Mapping[str, tuple[Right, ...]] = {
    "edit_entry": _own(Role.SYSTEM_OWNER),
    "submit_entry": _own(Role.SYSTEM_OWNER),
    "approve_entry": _own(Role.APPROVER),  # who isn't who submitted
    "suspend": (*_any(Role.OVERSIGHT), *_own(Role.APPROVER)),
    "retire": _own(Role.APPROVER),
    "withhold_ask": _own(Role.SYSTEM_OWNER),
    "withhold_approve": _own(Role.APPROVER),  # who isn't who asked
    "screen": _own(Role.SYSTEM_OWNER),
    "upload_audit": _any(Role.AUDITOR),  # only what an independent auditor found counts at the gate
    "publish_audit": _own(Role.AUDITOR),  # the organisation is the audit's, not the system's
    "approve_conditionally": (*_own(Role.APPROVER), *_any(Role.OVERSIGHT)),
    "members": _own(Role.ADMINISTRATOR),
    "open_drafts": _own(Role.SYSTEM_OWNER, Role.ADMINISTRATOR),
    "read_role_changes": (*_own(Role.ADMINISTRATOR), *_any(Role.OVERSIGHT)),
    "read_drafts": (*_own(*Role), *_any(Role.OVERSIGHT), Right(role=Role.AUDITOR, scope=Scope.OPENED)),
}


NOT_ONES_OWN = "expected somebody who doesn't work for the system's organisation; you do: let somebody else of the oversight body"
"""What somebody of an oversight body is told who works for the organisation that they would oversee."""


def allowed(actor: Actor, permission: str, organisation: Organisation | int) -> bool:
    """Whether that actor may do that with something of that organisation.

    Raises:
        KeyError: no such permission: a misspelt one never passes for one that is refused.
    """
    where = organisation if isinstance(organisation, int) else organisation.pk
    return any(_holds(actor, right, where) for right in PERMISSIONS[permission])


def require(actor: Actor, permission: str, organisation: Organisation | int) -> None:
    """Go on only if that actor may do that with something of that organisation.

    Raises:
        NotAllowed: the actor may not.
    """
    if not allowed(actor, permission, organisation):
        wanted = ", ".join(f"{right.role.value} ({right.scope.value})" for right in PERMISSIONS[permission])
        raise NotAllowed(f"expected one of these roles: {wanted}; you hold none of them here: ask an administrator of the organisation")


def organisations(actor: Actor, permission: str) -> frozenset[int] | None:
    """The organisations whose things that actor may do that with; None: every organisation's. For queries that list."""
    held = [right for right in PERMISSIONS[permission] if actor.has(right.role)]
    if any(right.scope is Scope.ANY for right in held):
        return None
    own = [actor.organisations(right.role) for right in held if right.scope is Scope.OWN]
    opened = [actor.reads for right in held if right.scope is Scope.OPENED]
    return frozenset().union(*own, *opened)


def oversees(actor: Actor, organisation: int) -> bool:
    """Whether that actor may do as oversight what only oversight does: nobody oversees an organisation for which they work."""
    return actor.has(Role.OVERSIGHT) and organisation not in actor.roles


def authority_of(actor: Actor, permission: str, organisation: Organisation) -> str:
    """The authority under which the ledger keeps what that actor did so with something of that organisation: of where they work.

    Who holds one of its roles there acts for it, whatever they are elsewhere; an overseer for the overseers. What nobody here did (a
    register that was imported) stands under the organisation that it tells of.
    """
    if any(actor.has(right.role, organisation=organisation.pk) for right in PERMISSIONS[permission]):
        return organisation.authority
    elsewhere = actor.organisations(*(right.role for right in PERMISSIONS[permission] if right.scope is Scope.ANY))
    found = Organisation.objects.filter(pk__in=elsewhere).order_by("pk").first()
    return organisation.authority if found is None else found.authority


def _holds(actor: Actor, right: Right, organisation: int) -> bool:
    if right.scope is Scope.OWN:
        return actor.has(right.role, organisation=organisation)
    if right.scope is Scope.OPENED:
        return organisation in actor.reads and actor.has(right.role)
    return actor.has(right.role)
