"""The outbox and who does what it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from habeas.errors import BadInput, Unavailable
from habeas.web.base.models import Job
from habeas.web.base.outbox import TRIES, enqueue, job_shown
from habeas.web.base.worker.jobs import UNFORESEEN, Handlers, do_next, handlers_of_apps, take_up_again

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db

Told = Callable[[int], None]


def at_noon() -> datetime:
    return NOON


def doing(work: Callable[[Mapping[str, Any], Told], None], given_up: list[str] | None = None) -> Handlers:
    heard = [] if given_up is None else given_up
    return Handlers(do={"work": work}, given_up={"work": lambda _payload, told: heard.append(told)})


def raising(problem: Exception) -> Handlers:
    def work(_payload: Mapping[str, Any], _tell: Told) -> None:
        raise problem

    return doing(work)


def test_jobs_are_done_in_the_order_in_which_they_fall_due_and_none_before() -> None:
    done: list[str] = []
    for name, minutes in (("late", -1), ("later", 0), ("not yet", 1), ("first", -2)):
        enqueue("work", payload={"name": name}, at=NOON, due_at=NOON + timedelta(minutes=minutes))
    handlers = doing(lambda payload, _: done.append(payload["name"]))

    while do_next(handlers, clock=at_noon):
        pass

    assert done == ["first", "late", "later"]
    assert sorted(Job.objects.values_list("state", "attempts", "progress")) == [("done", 1, 100)] * 3 + [("waiting", 0, 0)]


def test_the_same_key_gives_the_job_that_is_there() -> None:
    first = enqueue("work", payload={"a": 1}, at=NOON, key="one")

    assert enqueue("work", payload={"a": 2}, at=NOON, key="one").pk == first.pk
    assert Job.objects.get().payload == {"a": 1}


def test_whoever_waits_sees_how_far_a_job_is() -> None:
    enqueue("work", payload={}, at=NOON, key="one")
    seen: list[object] = []

    def work(_payload: Mapping[str, Any], tell: Told) -> None:
        tell(40)
        seen.append(job_shown("one"))
        tell(400)
        seen.append(job_shown("one"))

    do_next(doing(work), clock=at_noon)

    assert [(one.state, one.progress) for one in seen] == [("running", 40), ("running", 100)]
    assert job_shown("another") is None


def test_what_may_work_later_is_tried_again_after_ever_longer_waits_and_then_given_up() -> None:
    enqueue("work", payload={}, at=NOON, key="one")
    heard: list[str] = []
    times = [NOON]
    waited = []

    def work(_payload: Mapping[str, Any], _tell: Told) -> None:
        raise Unavailable("expected the mail server; it is away: look at it")

    handlers = doing(work, heard)
    for _ in range(TRIES):
        assert do_next(handlers, clock=lambda: times[-1])
        assert not do_next(handlers, clock=lambda: times[-1])
        waited.append(Job.objects.get().due_at - times[-1])
        times.append(Job.objects.get().due_at)

    assert waited == [timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(0)]
    shown = job_shown("one")
    assert shown is not None
    assert (shown.state, shown.told) == ("failed", "expected the mail server; it is away: look at it")
    assert heard == [shown.told]
    assert Job.objects.get().attempts == 5


def test_what_can_never_work_is_not_tried_again() -> None:
    enqueue("work", payload={}, at=NOON, key="one")

    do_next(raising(BadInput("expected a table; got a song: bring a table")), clock=at_noon)

    assert Job.objects.get().state == "failed"
    assert Job.objects.get().attempts == 1


def test_what_nobody_foresaw_is_told_without_its_words() -> None:
    enqueue("work", payload={}, at=NOON)

    do_next(raising(RuntimeError("ada@force.example")), clock=at_noon)

    assert (Job.objects.get().state, Job.objects.get().told) == ("waiting", UNFORESEEN)


def test_a_job_that_no_app_knows_fails_and_says_so() -> None:
    enqueue("song", payload={}, at=NOON)

    do_next(Handlers(), clock=at_noon)

    assert Job.objects.get().state == "failed"
    assert "song" in Job.objects.get().told


def test_a_job_left_half_done_by_a_crash_is_taken_up_again() -> None:
    job = enqueue("work", payload={}, at=NOON)
    done: list[int] = []

    def dies(_payload: Mapping[str, Any], _tell: Told) -> None:
        raise SystemExit  # as if the process ended here: nothing of ours runs

    with pytest.raises(SystemExit):
        do_next(doing(dies), clock=at_noon)
    assert Job.objects.get().state == "running"
    assert not do_next(doing(lambda *_: done.append(1)), clock=at_noon)

    assert take_up_again(Handlers(), at=NOON) == 1
    assert do_next(doing(lambda *_: done.append(1)), clock=at_noon)
    assert done == [1]
    assert Job.objects.get(pk=job.pk).attempts == 2


def test_a_job_that_ends_the_worker_each_time_is_given_up() -> None:
    enqueue("work", payload={}, at=NOON)
    Job.objects.update(state="running", attempts=TRIES)
    heard: list[str] = []

    take_up_again(doing(lambda *_: None, heard), at=NOON)

    assert Job.objects.get().state == "failed"
    assert heard == [Job.objects.get().told]


def test_an_app_that_fails_to_hear_of_it_does_not_stop_the_worker() -> None:
    enqueue("work", payload={}, at=NOON)

    def deaf(_payload: Mapping[str, Any], _told: str) -> None:
        raise RuntimeError

    handlers = Handlers(do=raising(BadInput("no")).do, given_up={"work": deaf})

    assert do_next(handlers, clock=at_noon)
    assert Job.objects.get().state == "failed"


def test_every_app_brings_the_handlers_of_its_jobs() -> None:
    assert "accounts.invitation" in handlers_of_apps().do
