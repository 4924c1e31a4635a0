"""What a backup reads is all there is, and exact."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from habeas.web.base.models import Job
from habeas.web.keeping.tables import counted_lines, kept_models, lines_of, load

AT = datetime(2026, 11, 22, 12, 34, 56, 789012, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_there_is_no_table_that_a_backup_would_miss() -> None:
    known = {model._meta.db_table for model in kept_models().values()}

    assert set(connection.introspection.table_names()) - known == {"django_migrations"}


def job(payload: Any) -> Job:
    return Job.objects.create(kind="work", payload=payload, made_at=AT, due_at=AT.replace(microsecond=1), told="é\u2028\n\"'\\")


def test_rows_come_back_to_the_microsecond_and_in_every_letter() -> None:
    job({"z": [1.5, 10**15, True, None, "ث"], "a": {}})
    job([])
    before = list(Job.objects.order_by("id").values())
    lines = list(lines_of(Job))
    Job.objects.all().delete()

    load(Job, lines)

    assert list(Job.objects.order_by("id").values()) == before
    assert before[0]["made_at"].microsecond == 789012
    assert list(lines_of(Job)) == lines


def test_more_rows_than_fit_into_a_statement_come_back() -> None:
    Job.objects.bulk_create([Job(kind=str(number), made_at=AT, due_at=AT) for number in range(1001)])
    table = counted_lines(lines_of(Job))
    lines = list(lines_of(Job))
    Job.objects.all().delete()

    load(Job, lines)

    assert counted_lines(lines_of(Job)) == table
    assert table.rows == 1001


def test_a_table_without_rows_is_a_table() -> None:
    assert counted_lines(lines_of(Job)).rows == 0
