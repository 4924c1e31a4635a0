"""What the worker tidies at its start and every minute."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from habeas.runs.ledgers.creating import create_ledger
from habeas.web.base.models import Job
from habeas.web.base.outbox import enqueue
from habeas.web.base.watching.logs import set_up_logs
from habeas.web.base.worker.jobs import Handlers, handlers_of_apps
from habeas.web.base.worker.loop import Worker
from habeas.web.base.worker.tidying import Tidying

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def job(state: str, *, days_ago: float) -> Job:
    """A job that ended so, that long ago."""
    made = enqueue("work", payload={}, at=NOON)
    Job.objects.filter(pk=made.pk).update(state=state, finished_at=NOON - timedelta(days=days_ago))
    return made


def test_jobs_are_forgotten_a_month_after_they_were_done_and_failed_ones_never() -> None:
    gone = job("done", days_ago=31)
    left = [job("done", days_ago=29), job("failed", days_ago=400), enqueue("work", payload={}, at=NOON - timedelta(days=400))]

    Tidying(()).when_due(NOON)

    assert set(Job.objects.all()) == set(left)
    assert not Job.objects.filter(pk=gone.pk).exists()


def test_sessions_that_ended_are_forgotten() -> None:
    for key, hours in (("over", -1), ("goes on", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=datetime.now(UTC) + timedelta(hours=hours))

    Tidying(()).when_due(NOON)

    assert [one.session_key for one in Session.objects.all()] == ["goes on"]


def test_it_is_done_at_once_and_then_every_minute() -> None:
    done: list[datetime] = []
    tidying = Tidying((done.append,))
    for seconds in (0, 1, 59, 60, 61, 120):
        tidying.when_due(NOON + timedelta(seconds=seconds))

    assert [(one - NOON).seconds for one in done] == [0, 60, 120]


def test_what_fails_is_told_without_its_words_and_the_rest_has_its_turn(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    done: list[datetime] = []

    def fails(_: datetime) -> None:
        raise RuntimeError("ada@force.example")

    Tidying((fails, done.append)).when_due(NOON)

    said = json.loads(capsys.readouterr().err)
    assert done == [NOON]
    assert (said["event"], said["error"]) == ("tidying-failed", "RuntimeError")
    assert "ada" not in str(said)


def test_the_worker_tidies_before_it_does_anything_else(tmp_path: Path) -> None:
    create_ledger(tmp_path / "ledger", origin="log.police.example/register", passphrase=None)
    order: list[str] = []
    enqueue("work", payload={}, at=NOON)
    handlers = Handlers(do={"work": lambda *_: order.append("work")}, tidy=(lambda _: order.append("tidied"),))

    Worker(folder=tmp_path / "ledger", handlers=handlers, clock=lambda: NOON).run_once()

    assert order == ["tidied", "work"]


def test_the_apps_bring_theirs() -> None:
    assert "habeas.web.audits.jobs" in [one.__module__ for one in handlers_of_apps().tidy]
