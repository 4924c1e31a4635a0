"""An audit from upload to its result: checked before anything is kept, run by the worker, its rows deleted."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from habeas.errors import BadData, BadPlan, NotAllowed
from habeas.runs.bounded.parent import RunFault
from habeas.runs.plan_file import plan_digest
from habeas.web.audits import actions
from habeas.web.audits.actions import bringing, running
from habeas.web.audits.files.receiving import folder
from habeas.web.audits.jobs import GIVEN_UP, HANDLERS
from habeas.web.audits.models import Audit
from habeas.web.base.models import Job
from habeas.web.base.watching.logs import set_up_logs
from web.makers import (
    AUDIT_ROWS,
    EQUAL_ROWS,
    FEW_ROWS,
    NOON,
    audit_office,
    audit_plan,
    audited,
    owner,
    published_system,
    received,
    uploaded,
    version_of,
)

pytestmark = pytest.mark.django_db


def files() -> list[str]:
    """What lies among the uploaded rows."""
    return sorted(path.name for path in folder("audits").iterdir())


def test_an_upload_waits_for_the_worker_and_its_rows_lie_in_private(tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    assert (audit.state, audit.number, audit.stage, audit.title) == ("queued", 1, "design", "A made-up test of a made-up score")
    assert audit.plan_digest == plan_digest(audit_plan())
    assert Job.objects.get(kind="audits.run").payload == {"audit": audit.pk}
    assert folder("audits").stat().st_mode & 0o777 == 0o700
    assert audit.upload in files()


def test_the_worker_runs_it_keeps_the_result_and_deletes_the_rows(tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    heard: list[int] = []
    HANDLERS["audits.run"]({"audit": audit.pk}, heard.append)
    audit.refresh_from_db()
    assert (audit.state, audit.verdict, audit.upload) == ("finished", "shown-different", "")
    assert audit.result_digest == sha256(audit.result.encode()).hexdigest()
    assert json.loads(audit.result)["verdict"] == "shown-different"
    assert files() == []
    assert heard[-1] == 90


def test_run_again_it_stays_as_it_is(tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    actions.run(audit=audit.pk, at=NOON + timedelta(days=1), tell=lambda _: None)
    audit.refresh_from_db()
    assert audit.finished_at == NOON


def test_a_run_that_was_interrupted_is_run_again(tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    Audit.objects.filter(pk=audit.pk).update(state="running")
    actions.run(audit=audit.pk, at=NOON, tell=lambda _: None)
    audit.refresh_from_db()
    assert audit.state == "finished"


@pytest.mark.parametrize(("rows", "verdict"), [(EQUAL_ROWS, "shown-equal"), (FEW_ROWS, "cannot-tell")])
def test_the_verdict_is_that_of_the_figures(tmp_path: Path, rows: bytes, verdict: str) -> None:
    assert audited(version_of(published_system()), tmp_path, rows=rows).verdict == verdict


def test_rows_that_only_the_run_finds_unfit_end_it_in_the_words_of_the_terminal(tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path, rows=AUDIT_ROWS + b"b,eleven,1,100\n")
    assert audit.state == "failed"
    assert "line 10" in audit.told
    assert "expected a score from 1 to 10" in audit.told
    assert files() == []


def test_a_run_that_breaks_down_is_told_as_no_fault_of_the_data_and_its_place_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RunFault(fault="ZeroDivisionError", where=["counting.py:1 count"])

    set_up_logs()
    audit = uploaded(version_of(published_system()), tmp_path)
    monkeypatch.setattr(running, "run_bounded", broken)
    actions.run(audit=audit.pk, at=NOON, tell=lambda _: None)
    audit.refresh_from_db()
    assert (audit.state, files()) == ("failed", [])
    assert "not foreseen, which is no fault of the data" in audit.told
    monkeypatch.setattr(bringing, "check_bounded", broken)
    with pytest.raises(RunFault):
        uploaded(audit.version, tmp_path)
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(one["event"], one["error"], one["where"]) for one in said] == [
        ("run-failed", "ZeroDivisionError", ["counting.py:1 count"])
    ] * 2


def test_a_run_given_up_by_the_worker_fails_with_words_and_without_rows(tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    GIVEN_UP["audits.run"]({"audit": audit.pk}, "the machine is gone")
    audit.refresh_from_db()
    assert (audit.state, audit.told, files()) == ("failed", "the machine is gone", [])


def test_rows_of_a_run_that_never_came_are_deleted_after_a_week(tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    actions.sweep(at=NOON + actions.KEPT_FOR)
    assert files() == [audit.upload]
    actions.sweep(at=NOON + actions.KEPT_FOR + timedelta(seconds=1))
    audit.refresh_from_db()
    assert (files(), audit.state) == ([], "failed")
    assert "within 7 days" in audit.told


@pytest.mark.parametrize("rows", [AUDIT_ROWS, AUDIT_ROWS + b"b,eleven,1,100\n"], ids=["finished", "failed"])
def test_rows_are_swept_at_once_where_the_worker_died_between_the_result_and_deleting_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: bytes
) -> None:
    audit = uploaded(version_of(published_system()), tmp_path, rows=rows)
    left = audit.upload
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: sys.exit("killed"))
        with pytest.raises(SystemExit):
            actions.run(audit=audit.pk, at=NOON, tell=lambda _: None)
    audit.refresh_from_db()
    assert (audit.state in ("finished", "failed"), files()) == (True, [left])
    os.utime(folder("audits") / left, (NOON.timestamp(), NOON.timestamp()))

    actions.sweep(at=NOON)

    assert files() == []


def test_what_no_audit_knows_is_swept_once_it_was_left_alone_and_nothing_that_is_waited_for(tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    sent, young = folder("incoming") / "sent", folder("audits") / f"{uuid4()}.csv"
    for path, minutes in ((sent, 61), (young, 59), (folder("audits") / audit.upload, 600), (folder("audits") / "strange.csv", 61)):
        path.touch()
        then = (NOON - timedelta(minutes=minutes)).timestamp()
        os.utime(path, (then, then))

    actions.sweep(at=NOON)

    assert not sent.exists()
    assert files() == sorted([audit.upload, young.name])


def test_what_a_run_spilled_is_swept_at_once_where_the_worker_was_killed_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, scratch: Path, **__: object) -> None:
        (scratch / "habeas-run-x").mkdir()
        (scratch / "habeas-run-x" / "rows.tmp").write_bytes(AUDIT_ROWS)
        sys.exit("killed")

    audit = uploaded(version_of(published_system()), tmp_path)
    monkeypatch.setattr(running, "run_bounded", killed)
    with pytest.raises(SystemExit):
        actions.run(audit=audit.pk, at=NOON, tell=lambda _: None)
    assert list(folder("runs").iterdir())

    actions.sweep(at=NOON)

    assert list(folder("runs").iterdir()) == []


def test_counts_of_a_run_that_failed_are_deleted_and_no_others(tmp_path: Path) -> None:
    version = version_of(published_system())
    done, failing, dead, waiting = (uploaded(version, tmp_path, keep_counts=True) for _ in range(4))
    actions.run(audit=done.pk, at=NOON, tell=lambda _: None)
    for one in (failing, dead, waiting):
        (folder("counts") / one.counts_name).write_text("written before the fault")
    actions.fail(audit=failing.pk, told="the machine is gone")
    assert not (folder("counts") / failing.counts_name).exists()
    Audit.objects.filter(pk=dead.pk).update(state="failed", upload="")  # killed before it deleted anything

    actions.sweep(at=NOON + timedelta(days=1))

    assert {path.name for path in folder("counts").iterdir()} == {done.counts_name, waiting.counts_name}


def test_counts_are_kept_only_where_the_auditor_asked(tmp_path: Path) -> None:
    version = version_of(published_system())
    audit = uploaded(version, tmp_path, keep_counts=True)
    actions.run(audit=audit.pk, at=NOON, tell=lambda _: None)
    audit.refresh_from_db()
    kept = folder("counts") / audit.counts
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "small counts" in kept.read_text()


def test_a_plan_for_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPlan, match="expected a plan for version 2, which you chose; it says 1"):
        uploaded(version_of(published_system(), "2"), tmp_path, tested="1")
    assert (Audit.objects.count(), Job.objects.filter(kind="audits.run").count(), files()) == (0, 0, [])


def test_a_plan_for_another_system_is_refused_whatever_its_version(tmp_path: Path) -> None:
    version = version_of(published_system(name="Mail router"))
    expected = r'\("letter-sorter", "Mail router"\); it says "Letter sorter": choose the system that was tested'
    with pytest.raises(BadPlan, match=expected):
        uploaded(version, tmp_path)
    assert (Audit.objects.count(), files()) == (0, [])


def test_columns_that_are_missing_are_told_before_anything_is_kept(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="no column 'score'"):
        uploaded(version_of(published_system()), tmp_path, rows=AUDIT_ROWS.replace(b"score", b"points"))
    assert (Audit.objects.count(), files()) == (0, [])


def test_nobody_but_an_auditor_uploads(tmp_path: Path) -> None:
    version = version_of(published_system())
    with pytest.raises(NotAllowed):
        actions.upload(
            by=owner(),
            at=NOON,
            version=version,
            organisation=audit_office(),
            plan_text=audit_plan(),
            data=received(AUDIT_ROWS, tmp_path),
            keep_counts=False,
        )
