"""Two people do the same at one moment: one of them waits, or is told; nobody meets an error, and no rule is passed by.

On PostgreSQL alone: SQLite lets one write at a time, and a database in memory is one connection's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection

from habeas.errors import BadInput
from habeas.web.accounts.actions import enrolment, invitations
from habeas.web.accounts.actions.enrolment import found, invite_first
from habeas.web.accounts.actions.invitations import accept_invitation, invite
from habeas.web.accounts.actions.organisations import change_organisation
from habeas.web.accounts.actions.roles import grant
from habeas.web.accounts.models import Area, Invitation, Organisation, User, Users
from habeas.web.accounts.queries.invitations import open_invitations
from habeas.web.base.actors import NOBODY, OrganisationKind, Role
from habeas.web.base.clock import now
from web.makers import PASSWORD, actor, force, organisation, user

pytestmark = pytest.mark.django_db(transaction=True)
WAITED_S = 1.0
"""How long the first waits for the second at the place where both would do harm; held up by a lock, the second doesn't come."""


@pytest.fixture(autouse=True)
def with_locks_of_rows() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: tests/on_postgres.py")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gave or raised, all begun together."""
    ends: list[object] = [None] * len(acts)

    def act(number: int) -> None:
        try:
            ends[number] = acts[number]()
        except Exception as problem:  # noqa: BLE001 - that it is the right one is for the test
            ends[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


def meeting(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
    """Have two threads meet just before that is done, if nothing holds one of them up before."""
    barrier, done = threading.Barrier(2), getattr(where, name)

    def met(*arguments: Any, **named: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            barrier.wait(WAITED_S)
        return done(*arguments, **named)

    monkeypatch.setattr(where, name, met)


def refused(ends: list[object]) -> list[str]:
    """The words of the refusals; anything else that was raised fails the test."""
    problems = [one for one in ends if isinstance(one, Exception)]
    assert all(isinstance(one, BadInput) for one in problems), problems
    return [str(one) for one in problems]


def test_of_two_who_found_the_same_organisation_one_is_told_that_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting(monkeypatch, Organisation.objects, "create")

    def one() -> object:
        return found(slug="court", name="Court", kind=OrganisationKind.COURT, authority="court.example", place="GB-ENG")

    assert len(refused(at_once(one, one))) == 1
    assert Organisation.objects.filter(slug="court").count() == 1


def test_of_two_who_say_where_an_organisation_works_the_last_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    root = actor(user("root@force.example", Role.ADMINISTRATOR))
    meeting(monkeypatch, Area.objects, "bulk_create")

    def one() -> None:
        areas = [("GB", "B1"), ("GB", "B33")]
        change_organisation(organisation=force(), name="Force", contact_email="", website="", areas=areas, by=root, at=now())

    assert refused(at_once(one, one)) == []
    assert Area.objects.count() == 2


def test_the_site_itself_has_one_letter_to_a_first_administrator_open(monkeypatch: pytest.MonkeyPatch) -> None:
    where, at = force(), now()
    meeting(monkeypatch, enrolment, "write_invitation")

    def to(email: str) -> Callable[[], object]:
        return lambda: invite_first(organisation=where, email=email, at=at)

    assert refused(at_once(to("a@force.example"), to("b@force.example"))) == []

    assert open_invitations(where, at).count() == 1


def test_nobody_is_invited_as_the_first_while_the_first_joins(monkeypatch: pytest.MonkeyPatch) -> None:
    where, at = force(), now()
    first = invite_first(organisation=where, email="root@force.example", at=at)
    joining = threading.Event()

    def slowly(**named: Any) -> object:
        joining.set()
        threading.Event().wait(WAITED_S)
        return grant(**named)

    def late() -> object:
        joining.wait(10)
        return invite_first(organisation=where, email="other@force.example", at=at)

    monkeypatch.setattr(invitations, "grant", slowly)
    ends = at_once(lambda: accept_invitation(invitation=first, name="Root", password=PASSWORD, by=NOBODY, at=at), late)

    assert "has one" in refused(ends)[0]
    assert Invitation.objects.count() == 1


def test_two_letters_to_one_address_leave_the_later_one_open(monkeypatch: pytest.MonkeyPatch) -> None:
    root, where, at = actor(user("root@force.example", Role.ADMINISTRATOR)), force(), now()
    meeting(monkeypatch, Invitation.objects, "create")

    def one() -> object:
        return invite(organisation=where, email="new@force.example", roles=(Role.REVIEWER,), language="en", by=root, at=at)

    assert refused(at_once(one, one)) == []
    assert open_invitations(where, at).count() == 1


def test_who_opens_letters_of_two_organisations_at_once_gets_one_account(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = [invite_first(organisation=one, email="new@force.example", at=now()) for one in (force(), organisation("court"))]
    meeting(monkeypatch, Users, "create_user")

    def opened(letter: Invitation) -> Callable[[], object]:
        return lambda: accept_invitation(invitation=letter, name="New", password=PASSWORD, by=NOBODY, at=now())

    ends = at_once(*map(opened, letters))

    assert "sign in" in refused(ends)[0]
    assert User.objects.count() == 1
