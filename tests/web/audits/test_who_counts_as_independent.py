"""Who counts as independent: nobody who had a role on the other side while the audit was made, or in the year before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from habeas.web.accounts.actions.roles import end_role, give_role
from habeas.web.accounts.models import Membership, Organisation, User
from habeas.web.audits import actions
from habeas.web.audits.models import Audit
from habeas.web.base.actors import Actor, Role
from habeas.web.register.models import SystemVersion
from web.makers import LONG_AGO, NOON, actor, audit_office, audited, auditor, force, organisation, published_system, user, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]

DAY = NOON.date()
STATEMENT = actions.Statement(paid_by="owner", relation="none", text="No ties.")


def held(by: Actor, since: date, until: date | None, *, where: Organisation | None = None) -> None:
    """A role of that person at the force, or there, from the one day to the first day without it."""
    Membership.objects.create(user_id=by.person, organisation=where or force(), role=Role.REVIEWER.value, since=since, until=until)


def published(audit: Audit, *, by: Actor | None = None, at: datetime = NOON) -> Audit:
    """The audit, published with a statement that declares no tie."""
    return actions.publish(by=by or auditor(), at=at, audit=audit, statement=STATEMENT)


@pytest.fixture
def version() -> SystemVersion:
    """A version of the force's system."""
    return version_of(published_system())


@pytest.mark.parametrize(
    ("since", "until", "independent"),
    [
        (LONG_AGO, DAY, False),  # left on the day on which it was brought
        (LONG_AGO, date(2025, 11, 23), False),  # the last day there was the first of the year
        (LONG_AGO, date(2025, 11, 22), True),  # left before it
        (date(2026, 5, 1), date(2026, 5, 2), False),  # one day in between
        (date(2026, 5, 1), date(2026, 5, 1), True),  # a role that was ended before it began
        (DAY + timedelta(days=3), None, False),  # began between bringing and publishing
        (DAY + timedelta(days=8), None, True),  # begins only after it is published
    ],
)
def test_a_role_at_the_owner_s_in_the_year_before_or_since_counts_against_it(
    version: SystemVersion, tmp_path: Path, since: date, until: date | None, *, independent: bool
) -> None:
    audit = audited(version, tmp_path)
    held(auditor(), since, until)

    assert published(audit, at=NOON + timedelta(days=7)).independent is independent


def test_it_counts_whether_they_brought_it_or_published_it(version: SystemVersion, tmp_path: Path) -> None:
    bringer = auditor()
    publisher = actor(user("second@audit-office.example", Role.AUDITOR, organisation=audit_office()))
    held(bringer, LONG_AGO, date(2026, 6, 1))

    assert not published(audited(version, tmp_path), by=publisher).independent
    assert not published(audited(version, tmp_path, by=publisher), by=bringer).independent
    assert published(audited(version, tmp_path, by=publisher), by=publisher).independent


def test_a_role_that_was_given_again_hides_no_earlier_one(version: SystemVersion, tmp_path: Path) -> None:
    person = User.objects.get(pk=auditor().person)
    chief = actor(user("chief@force.example", Role.ADMINISTRATOR))
    for given, ended in ((datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)), (NOON + timedelta(days=9), None)):
        give_role(organisation=force(), user=person, role=Role.REVIEWER, since=given.date(), by=chief, at=given)
        if ended is not None:
            end_role(organisation=force(), user=person, role=Role.REVIEWER, until=ended.date(), by=chief, at=ended)
    assert Membership.objects.get(user=person, organisation=force()).since > DAY

    assert not published(audited(version, tmp_path)).independent


def test_the_supplier_is_the_other_side_too_where_it_is_known_here(tmp_path: Path) -> None:
    maker = organisation("letter-works", kind="other", name="Letter Works Ltd")
    version = version_of(published_system(suppliers=[{"name": "letter works ltd"}, {"name": "Somebody unknown here"}]))
    audit = audited(version, tmp_path)
    held(auditor(), LONG_AGO, date(2026, 6, 1), where=maker)

    assert not published(audit).independent


def test_a_supplier_does_not_audit_what_it_sells(tmp_path: Path) -> None:
    version = version_of(published_system(suppliers=[{"name": "Audit office"}]))

    assert not published(audited(version, tmp_path)).independent


def test_a_supplier_that_takes_another_name_stays_the_supplier(tmp_path: Path) -> None:
    maker = organisation("letter-works", kind="other", name="An honest office")
    version = version_of(published_system(suppliers=[{"name": "Letter Works"}]))
    audit = audited(version, tmp_path)
    held(auditor(), LONG_AGO, date(2026, 6, 1), where=maker)

    assert not published(audit).independent


def test_a_role_elsewhere_counts_for_nothing(version: SystemVersion, tmp_path: Path) -> None:
    held(auditor(), LONG_AGO, None, where=organisation("other-force"))

    assert published(audited(version, tmp_path)).independent
