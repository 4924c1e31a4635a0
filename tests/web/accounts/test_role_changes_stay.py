"""Raw statements, as a programmer at the console could try them: the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from habeas.web.accounts.actions.organisations import open_drafts
from habeas.web.accounts.actions.roles import give_role
from habeas.web.accounts.models import ReaderChange, RoleChange
from habeas.web.base.actors import Role
from web.makers import LONG_AGO, NOON, actor, audit_office, force, user

pytestmark = pytest.mark.django_db


def given() -> RoleChange:
    admin, new = user("root@force.example", Role.ADMINISTRATOR), user("new@force.example")
    give_role(organisation=force(), user=new, role=Role.APPROVER, since=NOON.date(), by=actor(admin), at=NOON)
    return RoleChange.objects.get()


@pytest.mark.parametrize("fields", [{"by": None}, {"day": LONG_AGO}, {"role": "auditor"}, {"kind": "ended"}])
def test_who_gave_a_role_is_not_rewritten(fields: dict[str, object]) -> None:
    change = given()

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleChange.objects.filter(pk=change.pk).update(**fields)


def test_who_gave_a_role_is_not_removed() -> None:
    change = given()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_rolechange WHERE id = %s", [change.pk])


def opened() -> ReaderChange:
    root = actor(user("root@force.example", Role.ADMINISTRATOR))
    open_drafts(organisation=force(), reader=audit_office(), until=None, by=root, at=NOON)
    return ReaderChange.objects.get()


@pytest.mark.parametrize("fields", [{"at": NOON.replace(year=2020)}, {"until": LONG_AGO}, {"kind": "closed", "until": LONG_AGO}])
def test_who_opened_drafts_is_not_rewritten(fields: dict[str, object]) -> None:
    change = opened()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderChange.objects.filter(pk=change.pk).update(**fields)


def test_who_opened_drafts_is_not_removed() -> None:
    change = opened()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_readerchange WHERE id = %s", [change.pk])
