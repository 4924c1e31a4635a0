"""Two presses at one moment: the second is told. On PostgreSQL alone: SQLite lets one write at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from habeas.errors import BadInput
from habeas.web.audits import actions
from habeas.web.audits.actions import commenting
from habeas.web.audits.models import Audit, OwnerComment
from habeas.web.audits.queries import comment_of
from web.makers import NOON, owner, published_audit, published_system, version_of

BOTH_ARE_THERE_S = 2.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quick")
def test_of_two_comments_at_once_one_stands_and_the_other_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: tests/on_postgres.py")
    audit, by = published_audit(version_of(published_system()), tmp_path), owner()
    barrier = Barrier(2)

    def looked(of: Audit) -> OwnerComment | None:
        found = comment_of(of)
        with suppress(BrokenBarrierError):  # the second waits for the first to be done, and never comes
            barrier.wait(BOTH_ARE_THERE_S)
        return found

    monkeypatch.setattr(commenting, "comment_of", looked)

    def said(text: str) -> str:
        try:
            return actions.comment(by=by, at=NOON, audit=audit, text=text).text
        except BadInput as problem:
            return str(problem)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        ends = sorted(threads.map(said, ["We stopped.", "We stopped."]))

    assert ends[0] == "We stopped."
    assert "there is one: it stays as it is" in ends[1]
    assert OwnerComment.objects.count() == 1
