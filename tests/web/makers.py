"""Makers shared by the tests of the site: organisations, people, who acts. Each part adds its own at the end.

A site under test asks nobody for a second factor (`web_settings`); a test of that says so itself.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

from habeas.web.accounts.models import Membership, Organisation, User
from habeas.web.accounts.queries import actor_of
from habeas.web.base.actors import Actor, Role

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
