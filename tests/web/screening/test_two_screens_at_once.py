"""Old answers and new ones screened at one moment: the new ones count. On PostgreSQL alone: SQLite lets one write at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import connection

from habeas.errors import BadInput
from habeas.reports.screening.subject import Screening
from habeas.web.screening import actions
from habeas.web.screening.actions import screening
from habeas.web.screening.models import Description, Screen
from habeas.web.screening.queries import standing_screen
from web.makers import NOON, described, drafted, owner, screened, version_of

A_WHILE_S = 2.0
NEXT_DAY = NOON + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_of_old_and_new_answers_that_are_screened_at_once_the_new_ones_count(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: tests/on_postgres.py")
    version, by = version_of(drafted()), owner()
    screened(version)
    old, new = Description.objects.get(), described(version, example="live-face")
    judged, new_is_kept = screening._screening, Event()

    def slowly(row: Description, at: datetime) -> Screening:
        if row.pk == old.pk:
            new_is_kept.wait(A_WHILE_S)  # whoever screens the new answers waits for this to be done, and it never comes
        return judged(row, at)

    monkeypatch.setattr(screening, "_screening", slowly)

    def screen_new() -> None:
        actions.screen(by=by, at=NEXT_DAY, description=new)
        new_is_kept.set()

    def closing(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        of_old = threads.submit(closing, lambda: actions.screen(by=by, at=NEXT_DAY, description=old))
        of_new = threads.submit(closing, screen_new)
    with suppress(BadInput):  # refused, if the new ones came first
        of_old.result()
    of_new.result()

    found = standing_screen(version, on=NEXT_DAY.date())
    assert found is not None
    assert (found.current, found.shown.id) == (True, Screen.objects.get(description=new).pk)
