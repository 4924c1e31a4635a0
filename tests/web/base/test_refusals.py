"""What the database is to refuse stands in it, whichever migrations rebuilt its tables."""

from __future__ import annotations

import pytest
from django.db import connection

from habeas.web.accounts import triggers as of_accounts
from habeas.web.audits import triggers as of_audits
from habeas.web.gate import triggers as of_gate
from habeas.web.register import triggers as of_register
from habeas.web.screening import triggers as of_screening

ASKED = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal",
}


@pytest.mark.django_db
def test_every_refusal_stands_in_the_database_and_nothing_else_does() -> None:
    said = {(one.name, one.table) for app in (of_accounts, of_register, of_screening, of_audits, of_gate) for one in app.REFUSALS}

    with connection.cursor() as cursor:
        cursor.execute(ASKED[connection.vendor])
        assert set(cursor.fetchall()) == said
