from __future__ import annotations

from datetime import date, timedelta

import pytest

from habeas.errors import BadInput, NotAllowed
from habeas.web.accounts.actions.invitations import invite
from habeas.web.accounts.actions.roles import end_role, give_role
from habeas.web.accounts.models import Membership, RoleChange, User
from habeas.web.accounts.queries import actor_of
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from web.makers import actor, force, organisation, user

pytestmark = pytest.mark.django_db


def today() -> date:
    return now().date()


def test_a_role_given_is_held_from_its_day_and_recorded_with_who_gave_it() -> None:
    admin, new = user("root@force.example", Role.ADMINISTRATOR), user("new@force.example")
    give_role(organisation=force(), user=new, role=Role.APPROVER, since=today(), by=actor(admin), at=now())
    assert actor(new).has(Role.APPROVER, organisation=force().pk)
    change = RoleChange.objects.get()
    assert (change.user, change.by, change.kind, change.role, change.day) == (new, admin, "given", "approver", today())


def test_a_role_that_begins_tomorrow_is_not_held_today() -> None:
    admin, new = user("root@force.example", Role.ADMINISTRATOR), user("new@force.example")
    give_role(organisation=force(), user=new, role=Role.APPROVER, since=today() + timedelta(days=1), by=actor(admin), at=now())
    assert not actor(new).has(Role.APPROVER)


def test_a_role_that_ends_today_is_not_held_today() -> None:
    admin, other = user("root@force.example", Role.ADMINISTRATOR), user("old@force.example", Role.APPROVER)
    end_role(organisation=force(), user=other, role=Role.APPROVER, until=today(), by=actor(admin), at=now())
    assert not actor(other).has(Role.APPROVER)
    assert RoleChange.objects.get().kind == "ended"


def test_a_role_that_ends_tomorrow_is_held_today() -> None:
    admin, other = user("root@force.example", Role.ADMINISTRATOR), user("old@force.example", Role.APPROVER)
    end_role(organisation=force(), user=other, role=Role.APPROVER, until=today() + timedelta(days=1), by=actor(admin), at=now())
    assert actor(other).has(Role.APPROVER)


def test_a_role_ended_and_given_again_is_held_again_and_leaves_both_records() -> None:
    admin, other = user("root@force.example", Role.ADMINISTRATOR), user("old@force.example", Role.APPROVER)
    end_role(organisation=force(), user=other, role=Role.APPROVER, until=today(), by=actor(admin), at=now())
    give_role(organisation=force(), user=other, role=Role.APPROVER, since=today(), by=actor(admin), at=now())
    assert actor(other).has(Role.APPROVER)
    assert list(RoleChange.objects.order_by("pk").values_list("kind", flat=True)) == ["ended", "given"]


def test_the_last_administrator_stays() -> None:
    admin = user("root@force.example", Role.ADMINISTRATOR)
    with pytest.raises(BadInput, match="nobody would"):
        end_role(organisation=force(), user=admin, role=Role.ADMINISTRATOR, until=today(), by=actor(admin), at=now())
    assert actor(admin).has(Role.ADMINISTRATOR)


def test_an_administrator_whose_own_role_ends_does_not_count_as_another() -> None:
    admin, second = user("root@force.example", Role.ADMINISTRATOR), user("second@force.example", Role.ADMINISTRATOR)
    later = today() + timedelta(days=30)
    end_role(organisation=force(), user=second, role=Role.ADMINISTRATOR, until=later, by=actor(admin), at=now())
    with pytest.raises(BadInput, match="nobody would"):
        end_role(organisation=force(), user=admin, role=Role.ADMINISTRATOR, until=today(), by=actor(admin), at=now())


def test_an_administrator_of_another_organisation_gives_nothing_here() -> None:
    admin, new = user("root@court.example", Role.ADMINISTRATOR, organisation=organisation("court")), user("new@force.example")
    with pytest.raises(NotAllowed):
        give_role(organisation=force(), user=new, role=Role.APPROVER, since=today(), by=actor(admin), at=now())


def test_a_role_is_not_given_or_ended_backwards_in_time() -> None:
    admin = user("root@force.example", Role.ADMINISTRATOR)
    yesterday = today() - timedelta(days=1)
    with pytest.raises(BadInput, match="today or a later day"):
        give_role(organisation=force(), user=admin, role=Role.APPROVER, since=yesterday, by=actor(admin), at=now())
    with pytest.raises(BadInput, match="today or a later day"):
        end_role(organisation=force(), user=admin, role=Role.ADMINISTRATOR, until=yesterday, by=actor(admin), at=now())


def test_an_administrator_who_takes_a_role_is_on_record_as_who_gave_it() -> None:
    admin = user("root@force.example", Role.ADMINISTRATOR)
    give_role(organisation=force(), user=admin, role=Role.APPROVER, since=today(), by=actor(admin), at=now())
    change = RoleChange.objects.get()
    assert change.by == change.user == admin


def test_a_role_and_its_record_come_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    admin, new = user("root@force.example", Role.ADMINISTRATOR), user("new@force.example")
    monkeypatch.setattr(RoleChange.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        give_role(organisation=force(), user=new, role=Role.APPROVER, since=today(), by=actor(admin), at=now())
    assert not Membership.objects.filter(user=new).exists()


def test_nobody_who_is_not_active_holds_a_role() -> None:
    gone = user("gone@force.example", Role.APPROVER)
    gone.is_active = False
    assert not actor(gone).signed_in


def test_only_an_oversight_body_has_people_who_oversee_everybody() -> None:
    administrator, other = actor(user("a@force.example", Role.ADMINISTRATOR)), user("b@force.example")
    with pytest.raises(BadInput, match="oversight body"):
        give_role(organisation=force(), user=other, role=Role.OVERSIGHT, since=today(), by=administrator, at=now())
    with pytest.raises(BadInput, match="oversight body"):
        invite(organisation=force(), email="c@force.example", roles=[Role.OVERSIGHT], language="en", by=administrator, at=now())
    assert not Membership.objects.filter(role=Role.OVERSIGHT.value).exists()


def test_an_administrator_who_begins_later_does_not_count_as_another() -> None:
    first, second = user("a@force.example", Role.ADMINISTRATOR), user("b@force.example")
    by = actor(first)
    give_role(organisation=force(), user=second, role=Role.ADMINISTRATOR, since=today() + timedelta(days=900), by=by, at=now())
    with pytest.raises(BadInput, match="nobody would"):
        end_role(organisation=force(), user=first, role=Role.ADMINISTRATOR, until=today(), by=by, at=now())


def given_again(*, held: tuple[int, int], since: int) -> Membership:
    """A role held from one day to another, in days from today, and given again from a third."""
    admin, other = user("root@force.example", Role.ADMINISTRATOR), user("old@force.example")
    begins, ends, again = (today() + timedelta(days=days) for days in (*held, since))
    Membership.objects.create(user=other, organisation=force(), role="approver", since=begins, until=ends)
    return give_role(organisation=force(), user=other, role=Role.APPROVER, since=again, by=actor(admin), at=now())


def test_a_role_that_still_goes_on_is_not_given_again_with_a_gap_between() -> None:
    with pytest.raises(BadInput, match="is held until then"):
        given_again(held=(-5, 10), since=20)
    assert actor(User.objects.get(email="old@force.example")).has(Role.APPROVER)


@pytest.mark.parametrize(
    ("held", "since", "begins"),
    [
        ((-5, 10), 10, -5),  # where it would have ended
        ((-5, 10), 0, -5),  # before
        ((5, 10), 2, 2),  # before it would have begun
        ((-9, -5), 3, 3),  # it had ended
        ((-9, 0), 0, -9),  # it ended this day
        ((5, 5), 20, 20),  # it was ended before it began
    ],
)
def test_a_role_given_again_is_held_from_its_first_day_without_a_gap(held: tuple[int, int], since: int, begins: int) -> None:
    membership = given_again(held=held, since=since)
    assert (membership.since, membership.until) == (today() + timedelta(days=begins), None)


def test_who_somebody_is_depends_on_the_day_that_is_asked_for() -> None:
    person = user("ada@force.example")
    Membership.objects.create(user=person, organisation=force(), role="approver", since=date(2026, 1, 2), until=date(2026, 1, 4))
    held = [actor_of(person, on=date(2026, 1, day)).has(Role.APPROVER) for day in (1, 2, 3, 4)]
    assert held == [False, True, True, False]
