"""Put made-up rows into a site: `python fill_a_site.py people | lines | count | sign_in | sessions`, with HABEAS_SITE set."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import django

AT = datetime(2026, 11, 22, 12, 34, 56, 789012, tzinfo=UTC)


def people() -> None:
    from habeas.web.accounts.actions.enrolment import enrol, found
    from habeas.web.base.actors import OrganisationKind, Role
    from habeas.web.base.outbox import enqueue

    force = found(
        slug="midshire", name="Midshire (ثبت) 'made-up'", kind=OrganisationKind.POLICE, authority="midshire.example", place="GB-ENG"
    )
    for number in range(60):
        enrol(
            organisation=force,
            email=f"p{number}@midshire.example",
            name=f'Person {number}\n\t\\"',
            password=None,
            roles=[Role.AUDITOR],
            at=AT,
        )
    odd = {"a": 1.5, "b": [None, True, "é\u2028"], "c": {"z": 1, "a": 10**15}}
    enqueue("nobody does this", payload=odd, at=AT, due_at=AT.replace(year=2999), key="one")


def lines() -> None:
    from django.db import transaction

    from habeas.terms.records import RecordType
    from habeas.web.base.log import write_log

    for _ in range(3):
        with transaction.atomic():
            public = {"system": "patrol-forecast", "version": "unknown", "verdict": "published"}
            write_log(RecordType.REGISTER, authority="midshire.example", public=public, document={"a": "b"}, at=AT)


def count() -> None:
    from habeas.web.base.models import LogLine

    found = LogLine.objects.order_by("id").values_list("id", "index")
    sys.stdout.write(" ".join(f"{number}:{index}" for number, index in found))


def sign_in() -> None:
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.backends.db import SessionStore

    from habeas.web.accounts.models import User

    session = SessionStore()
    session.create()
    person = User.objects.create_user("ada@midshire.example", None, name="Ada")
    UserSession.objects.create(user=person, session_key=session.session_key, ip="192.0.2.1", user_agent="a browser")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "sealed"})


def sessions() -> None:
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    sys.stdout.write(f"{Session.objects.count()} {UserSession.objects.count()}")


if __name__ == "__main__":
    django.setup()
    {"people": people, "lines": lines, "count": count, "sign_in": sign_in, "sessions": sessions}[sys.argv[1]]()
