"""A writer is killed at every single step by which it changes what is on disk: just before the step, and just after it took effect."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ledgers.failing_stores import When
from ledgers.log_folders import Folder, published
from ledgers.writers import History, Plan, SiteFolder, Writers

SIZE = 254
"""Two more entries fill a tile, which is when files of all kinds come and go."""
PARTS = 4
"""Of one test, so that they can run beside each other."""

MUST_BE_AMONG = {
    "write": "a file being written",
    "fsync": "a file or folder being flushed",
    "replace a staged file": "a file coming to its place",
    "sign": "a signature",
    "database: COMMIT": "entries and heads becoming durable",
    "database: INSERT INTO ledger_entries (idx,": "entries being recorded",
    "database: INSERT INTO ledger_heads (size,": "a head being recorded",
    "database: UPDATE ledger_state SET epoch": "a writer taking over",
    "unlink 000.p/254": "a partial tile being cleared away",
}
"""Steps, and what each means."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return published(Folder(tmp_path_factory.mktemp("template")), SIZE)


def start_over(top: Path, template: Folder | None) -> History:
    """A copy of the log to be killed; None: a log that isn't there yet."""
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir()
    if template is not None:
        shutil.copytree(template.top, top / "log")
    return History(folder=Folder(top / "log"), reports=top / "reports")


def plan_for(history: History, at: int | None = None, when: When = When.BEFORE) -> Plan:
    return Plan(work="script", folder=str(history.folder.top), reports=str(history.reports), at=at, when=when.value)


def steps_of(writers: Writers, top: Path, template: Folder | None) -> list[str]:
    """The names of all steps, when nobody kills the writer."""
    history = start_over(top, template)
    assert writers.run(plan_for(history)) == 0
    history.check()
    return [" ".join(line[1:]) for line in history.heard if line[0] == "step"]


def kill_at_each(writers: Writers, top: Path, template: Folder | None, *, part: int, when: When) -> int:
    steps = steps_of(writers, top, template)
    deaths = range(part, len(steps), PARTS)
    for at in deaths:
        history = start_over(top, template)
        assert writers.run(plan_for(history, at, when)) == signal.SIGKILL, steps[at]
        try:
            history.check()
        except Exception as error:
            raise AssertionError(f"killed at step {at}, {steps[at]}, {when.value}") from error
    return len(deaths)


def test_the_steps_are_those_that_matter(writers: Writers, template: Folder, quick: Path) -> None:
    steps = steps_of(writers, quick, template)

    assert MUST_BE_AMONG.keys() - set(steps) == set()
    assert len(steps) > 140
    assert len(steps_of(writers, quick, None)) > 140


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_before_or_after_any_step_a_log_keeps_all_its_promises(
    writers: Writers, template: Folder, quick: Path, part: int, when: When, record_property: Callable[[str, object], None]
) -> None:
    record_property("SIGKILLs", kill_at_each(writers, quick, template, part=part, when=when))


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_any_step_of_its_beginning_a_log_keeps_all_its_promises(
    writers: Writers, quick: Path, part: int, when: When, record_property: Callable[[str, object], None]
) -> None:
    record_property("SIGKILLs", kill_at_each(writers, quick, None, part=part, when=when))


@pytest.mark.postgres
def test_killed_after_any_statement_a_log_in_postgresql_keeps_all_its_promises(
    writers: Writers, postgres: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """One log, killed again and again; what it does on disk is as for any other."""
    history = History(folder=SiteFolder(tmp_path / "log", address=postgres), reports=tmp_path / "reports")
    history.check()  # which makes it
    plan = Plan(work="script", folder=str(history.folder.top), reports=str(history.reports), address=postgres, when=When.AFTER.value)
    assert writers.run(plan) == 0
    history.check()
    steps = [line[2:] for line in history.heard if line[:2] == ["step", "database:"]]
    for at in range(len(steps)):
        plan.at = at
        assert writers.run(plan) == signal.SIGKILL
        history.check()

    assert ["COMMIT"] in steps
    assert "COPY" in {step[0] for step in steps}
    record_property("SIGKILLs", len(steps))
