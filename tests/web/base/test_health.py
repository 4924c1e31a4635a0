"""Whether the site is well, for whoever watches over it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from habeas.web.base import clock
from habeas.web.base.models import Job, LogLine
from habeas.web.base.watching.health import beat, health

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def line(made_at: datetime, index: int | None = None) -> None:
    LogLine.objects.create(record={}, document="", made_at=made_at, index=index)


def test_a_site_whose_worker_was_seen_within_the_minute_is_well() -> None:
    beat(at=NOON - timedelta(seconds=59))

    assert health(at=NOON).well


def test_a_site_whose_worker_is_not_seen_is_not_well() -> None:
    assert not health(at=NOON).well

    beat(at=NOON - timedelta(seconds=60))
    assert not health(at=NOON).well


def test_a_line_may_wait_for_the_ledger_but_not_for_long() -> None:
    beat(at=NOON)
    line(NOON - timedelta(minutes=10), index=0)
    line(NOON - timedelta(minutes=4))

    assert health(at=NOON).well
    assert health(at=NOON).lines_due == 1

    line(NOON - timedelta(minutes=5))
    assert not health(at=NOON).well


def test_a_job_that_was_given_up_is_counted() -> None:
    Job.objects.create(kind="work", made_at=NOON, due_at=NOON, state="failed")

    assert health(at=NOON).jobs_failed == 1


def test_a_database_that_does_not_answer_is_an_answer() -> None:
    with mock.patch.object(connection, "cursor", side_effect=DatabaseError):
        found = health(at=NOON)

    assert not found.database
    assert not found.well


def test_the_page_says_all_that_and_is_kept_nowhere(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {
        "well": False,
        "database": "reached",
        "worker": "not seen for a minute",
        "ledger": {"lines_due": 0, "late": False},
        "jobs_failed": 0,
    }
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies

    beat(at=clock.now())
    assert client.get("/health/").status_code == 200


def test_the_page_only_answers_who_reads(client: Client) -> None:
    assert client.post("/health/").status_code == 405
