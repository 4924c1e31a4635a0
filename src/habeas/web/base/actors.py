"""Who acts: a person with roles in organisations, as a value that actions and predicates take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from habeas.errors import NotAllowed


class Role(Enum):
    """What somebody does in an organisation."""

    SYSTEM_OWNER = "system-owner"
    APPROVER = "approver"
    AUDITOR = "auditor"
    REVIEWER = "reviewer"
    OVERSIGHT = "oversight"
    ADMINISTRATOR = "administrator"


class OrganisationKind(Enum):
    """What an organisation is."""

    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    PRISON = "prison"
    PROBATION = "probation"
    OVERSIGHT = "oversight"
    AUDITOR = "auditor"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks. `user` is None for somebody who isn't signed in; `roles`: organisation's id -> the roles held there today.

    `reads`: organisations that let this auditor read their drafts. `wants_second_factor`: signed in with a password alone where that isn't
    enough; such an actor holds no role until a second factor is set up.
    """

    user: int | None = None
    name: str = ""
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    reads: frozenset[int] = frozenset()
    wants_second_factor: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.user is not None

    @property
    def person(self) -> int:
        """The number of who is signed in, for a row that says who did it.

        Raises:
            NotAllowed: nobody is signed in.
        """
        if self.user is None:
            raise NotAllowed("expected somebody signed in; nobody is: sign in first")
        return self.user

    def has(self, *roles: Role, organisation: int | None = None) -> bool:
        """Whether the actor holds one of these roles in that organisation; None: in any."""
        held = self.roles.values() if organisation is None else (self.roles.get(organisation, frozenset()),)
        return any(role in some for some in held for role in roles)

    def organisations(self, *roles: Role) -> frozenset[int]:
        """The organisations in which the actor holds one of these roles."""
        return frozenset(one for one, held in self.roles.items() if held & set(roles))


NOBODY = Actor()
"""Somebody who isn't signed in."""
