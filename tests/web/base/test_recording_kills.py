"""The worker is killed between a line, the ledger and the line's mark, and in the midst of a job; the next one makes it good."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.runs.ledgers.reading import check
from web.commands import python

SCRIPT = Path(__file__).with_name("a_dying_worker.py")
STEPS = (
    "before recording",
    "after recording",
    "while marking",
    "after marking",
    "before a job",
    "within a job",
    "after a job",
    "publishing",
)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each death, on both databases: one process makes the site and forks the workers that die."""
    folder = tmp_path_factory.mktemp("deaths")
    database = "sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres_server").new_database()
    done = python(str(SCRIPT), str(folder), database, *STEPS)
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    return {**lines, "folder": str(folder)}


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_every_line_is_recorded_once_and_every_job_done(told: dict[str, str], step: str) -> None:
    assert told[step] == "killed 9; then 0; lines 0 1 2 3 4; entries 5; jobs done"


def test_the_ledger_is_in_order_after_all_that(told: dict[str, str]) -> None:
    report = check(Path(told["folder"]) / "site" / "ledger")

    assert report.clean
    assert report.recorded == len(STEPS) * 5
