"""Makers shared by the tests of the site: organisations, people, who acts. Each part adds its own at the end.

A site under test asks nobody for a second factor (`web_settings`); a test of that says so itself.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

from habeas.procedures.editions import fingerprint
from habeas.procedures.withholding import Ground
from habeas.terms.register import Value
from habeas.web.accounts.models import Membership, Organisation, User
from habeas.web.accounts.queries import actor_of
from habeas.web.base.actors import Actor, Role
from habeas.web.register.actions import approve_withholding, begin, publish, save, submit, withhold
from habeas.web.register.models import System, Withholding

LONG_AGO = date(2020, 1, 1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "a long enough made-up sentence"  # noqa: S105 - opens nothing outside the tests


def organisation(slug: str = "force", *, kind: str = "police", **fields: object) -> Organisation:
    """An organisation; the same slug again gives the one that is there."""
    known = {"name": slug.replace("-", " ").capitalize(), "kind": kind, "authority": f"{slug}.example", "place": "GB-ENG"}
    return Organisation.objects.get_or_create(slug=slug, defaults={**known, **fields})[0]


def user(email: str = "ada@force.example", *roles: Role, organisation: Organisation | None = None, password: str | None = None) -> User:
    """Somebody with these roles, since long ago, in that organisation (none given: the one of the slug `force`)."""
    made = User.objects.create_user(email, password, name=email.partition("@")[0].capitalize())
    for role in roles:
        Membership.objects.create(user=made, organisation=organisation or force(), role=role.value, since=LONG_AGO)
    return made


def force() -> Organisation:
    """The police force that most tests are about."""
    return _an_organisation("force")


_an_organisation = organisation  # `user` has an argument of that name


def signed_in(client: Client, person: User) -> Client:
    """The same client, as the browser of that person."""
    client.force_login(person)
    return client


def actor(person: User) -> Actor:
    """Who that person is for actions, today."""
    return actor_of(person)


# --- the register ---

ANSWERS: dict[str, Value] = {
    "plain_summary": "A made-up tool that sorts letters to a made-up force.",
    "name": "Letter sorter",
    "status": "in-use",
    "used_on": ["suspects"],
    "how_to_challenge": "Write to the force; it answers within 20 days.",
    "contact_email": "systems@force.example",
    "purpose": "Letters arrive sooner where they belong.",
}
"""The shortest content that can be published."""


def owner(organisation: Organisation | None = None) -> Actor:
    """Somebody who writes entries there."""
    return _member("owner", Role.SYSTEM_OWNER, organisation or force())


def approver(organisation: Organisation | None = None) -> Actor:
    """Somebody else, who publishes them there."""
    return _member("approver", Role.APPROVER, organisation or force())


def drafted(slug: str = "letter-sorter", *, organisation: Organisation | None = None, **answers: Value) -> System:
    """A system whose draft has every answer that publication needs, and these."""
    where = organisation or force()
    made = begin(by=owner(where), at=NOON, organisation=where, slug=slug, name="Letter sorter")
    write(made, **{**ANSWERS, **answers})
    return made


def write(system: System, **answers: Value | None) -> None:
    """Save these answers in its draft, as its owner."""
    content = system.editions.get(state="draft").content
    save(by=owner(system.organisation), at=NOON, system=system, answers=answers, seen=fingerprint(content, tuple(sorted(answers))))


def published_system(slug: str = "letter-sorter", *, organisation: Organisation | None = None, **answers: Value) -> System:
    """A system whose first edition is published, by two people."""
    made = drafted(slug, organisation=organisation, **answers)
    return republished(made)


def republished(system: System) -> System:
    """The same system once its draft is submitted and published."""
    submit(by=owner(system.organisation), at=NOON, system=system)
    publish(by=approver(system.organisation), at=NOON, system=system)
    system.refresh_from_db()
    return system


def withheld(system: System, field: str, *, until: date = date(2027, 6, 1)) -> Withholding:
    """A field of it that isn't shown until that day, asked by its owner and approved by its approver."""
    said = {"ground": Ground.TRADE_SECRET, "reason": "A made-up secret.", "until": until}
    asked = withhold(by=owner(system.organisation), at=NOON, system=system, field=field, **said)  # type: ignore[arg-type] # of mixed types
    approve_withholding(by=approver(system.organisation), at=NOON, withholding=asked)
    return asked


def _member(name: str, role: Role, organisation: Organisation) -> Actor:
    email = f"{name}@{organisation.authority}"
    known = User.objects.filter(email=email).first()
    return actor_of(known or user(email, role, organisation=organisation))
