"""Raw statements, as a programmer at the console could try them: the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from habeas.web.accounts.actions.roles import give_role
from habeas.web.accounts.models import RoleChange
from habeas.web.base.actors import Role
from web.makers import LONG_AGO, NOON, actor, force, user

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
