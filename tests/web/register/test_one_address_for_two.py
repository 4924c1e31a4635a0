"""Two people take one address at one moment: one has it, the other is told. On PostgreSQL alone: SQLite lets one write at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from habeas.web.base.actors import Actor, Role
from habeas.web.register.actions import begin, drafting
from habeas.web.register.models import System
from web.makers import NOON, actor, force, owner, user

WAITED_S = 5.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["owner", "other"])
def test_of_two_who_take_one_address_at_once_one_has_it_and_the_other_is_told(second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: tests/on_postgres.py")
    people, where = [owner(), owner() if second == "owner" else actor(user("other@force.example", Role.SYSTEM_OWNER))], force()
    barrier = Barrier(2)
    monkeypatch.setattr(drafting, "check_content", lambda *_: barrier.wait(WAITED_S))

    def begun(by: Actor) -> str:
        try:
            return begin(by=by, at=NOON, organisation=where, slug="letter-sorter", name="Letter sorter").slug
        except drafting.Taken:
            return "taken"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        ends = sorted(threads.map(begun, people))

    assert ends == ["letter-sorter", "letter-sorter" if second == "owner" else "taken"]
    assert System.objects.get().editions.count() == 1
