"""The made-up organisations and people of the demonstration."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from habeas.web.accounts.actions.enrolment import enrol, found
from habeas.web.accounts.actions.organisations import change_organisation
from habeas.web.accounts.models import Organisation, User
from habeas.web.accounts.queries import actor_of
from habeas.web.base.actors import Actor, OrganisationKind, Role

AREAS = (("northshire-police", "ZN", "approver@northshire.example"), ("westvale-court", "ZW", "approver@westvale.example"))
"""Where they work, as beginnings of postcodes that no town has, and who says so."""

WORDS = (
    *("amber", "anchor", "basil", "beacon", "birch", "candle", "cedar", "copper", "coral", "desert", "ember", "falcon", "fern", "garnet"),
    *("harbour", "hazel", "island", "ivory", "juniper", "lantern", "lemon", "maple", "meadow", "nectar", "olive", "orchard", "pebble"),
    *("quartz", "raven", "river", "saffron", "silver", "thistle", "timber", "velvet", "violet", "walnut", "willow", "winter", "zephyr"),
)

ORGANISATIONS = {
    "northshire-police": ("Northshire Police (made up)", OrganisationKind.POLICE, "police.northshire.example"),
    "westvale-court": ("Westvale Court (made up)", OrganisationKind.COURT, "court.westvale.example"),
    "open-audit": ("Open Audit Collective (made up)", OrganisationKind.AUDITOR, "open-audit.example"),
    "county-board": ("County Oversight Board (made up)", OrganisationKind.OVERSIGHT, "board.county.example"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody made up: where they work, in which roles."""

    email: str
    name: str
    organisation: str
    roles: tuple[Role, ...]
    task: str


PEOPLE = (
    Person(
        email="owner@northshire.example",
        name="Olwen Made-Up",
        organisation="northshire-police",
        roles=(Role.SYSTEM_OWNER,),
        task="registers systems, has them screened, asks for authorisation",
    ),
    Person(
        email="approver@northshire.example",
        name="Amir Made-Up",
        organisation="northshire-police",
        roles=(Role.APPROVER, Role.ADMINISTRATOR),
        task="publishes what others wrote, decides at the gate, invites people",
    ),
    Person(
        email="owner@westvale.example",
        name="Owen Made-Up",
        organisation="westvale-court",
        roles=(Role.SYSTEM_OWNER,),
        task="registers the court's systems",
    ),
    Person(
        email="approver@westvale.example",
        name="Ana Made-Up",
        organisation="westvale-court",
        roles=(Role.APPROVER, Role.ADMINISTRATOR),
        task="publishes the court's entries",
    ),
    Person(
        email="auditor@open-audit.example",
        name="Idris Made-Up",
        organisation="open-audit",
        roles=(Role.AUDITOR, Role.ADMINISTRATOR),
        task="uploads, runs and publishes audits",
    ),
    Person(
        email="board@county.example",
        name="Bahar Made-Up",
        organisation="county-board",
        roles=(Role.OVERSIGHT, Role.ADMINISTRATOR),
        task="reads everything, suspends, closes a gate",
    ),
)


def new_password() -> str:
    """A password for everybody made up, another one for each site: five words of a short list and a number."""
    return "-".join([*(secrets.choice(WORDS) for _ in range(5)), str(secrets.randbelow(900) + 100)])


def settle(*, password: str, at: datetime) -> dict[str, Actor]:
    """Found the organisations and enrol everybody; gives who acts, by e-mail."""
    for slug, (name, kind, authority) in ORGANISATIONS.items():
        found(slug=slug, name=name, kind=kind, authority=authority, place="GB-ENG", made_up=True, contact_email=f"ask@{authority}")
    for person in PEOPLE:
        organisation = Organisation.objects.get(slug=person.organisation)
        enrol(organisation=organisation, email=person.email, name=person.name, password=password, roles=person.roles, at=at)
    acting = {person.email: actor_of(User.objects.get(email=person.email), on=at.date()) for person in PEOPLE}
    for slug, prefix, administrator in AREAS:
        organisation = Organisation.objects.get(slug=slug)
        change_organisation(
            organisation=organisation,
            name=organisation.name,
            contact_email=organisation.contact_email,
            website="",
            areas=[("GB", prefix)],
            by=acting[administrator],
            at=at,
        )
    return acting
