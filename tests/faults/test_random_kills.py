"""A writer under load is killed at moments drawn by chance, again and again: nothing that it promised is lost or contradicted."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ledgers.writers import History, Plan, SiteFolder, Writers

LOGS, ROUNDS = 8, 27
"""Logs, and the deaths of writers of each."""
ROUNDS_ON_POSTGRES = 36
LONGEST_LIFE_S = 0.1


def kill_again_and_again(writers: Writers, history: History, *, rounds: int, seed: int, address: str | None = None) -> int:
    """Let writers die, one after the other; gives how many entries they got acknowledged.

    Every third opens what the one before left, and may die while it does; the others are followed by somebody who looks and mends.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    for turn in range(rounds):
        plan = Plan(folder=str(history.folder.top), reports=str(history.reports), address=address, seed=seed * 1000 + turn)
        plan.lives_s, plan.once_ready = chance.uniform(0, LONGEST_LIFE_S), turn % 3 != 1
        assert writers.run(plan) == signal.SIGKILL
        if turn % 3 != 0:
            history.check()
    history.check()
    return sum(line[0] == "acknowledged" for line in history.heard)


@pytest.mark.parametrize("seed", range(LOGS))
def test_however_often_its_writer_is_killed_a_log_keeps_all_its_promises(
    writers: Writers, history: History, quick: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    """8 logs and 27 deaths each: 216 in all. Half of the logs are kept in memory: there, more is published between two deaths."""
    if seed % 2:
        history.folder.top = quick
    acknowledged = kill_again_and_again(writers, history, rounds=ROUNDS, seed=seed)

    assert acknowledged > 0
    assert [line for line in history.heard if line[0] in {"refused", "trouble"}] == []
    record_property("SIGKILLs", ROUNDS)
    record_property("acknowledged", acknowledged)
    record_property("signed", len(history.roots))


@pytest.mark.postgres
def test_however_often_its_writer_is_killed_a_log_in_postgresql_keeps_all_its_promises(
    writers: Writers, postgres: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    history = History(folder=SiteFolder(tmp_path / "log", address=postgres), reports=tmp_path / "reports")

    acknowledged = kill_again_and_again(writers, history, rounds=ROUNDS_ON_POSTGRES, seed=100, address=postgres)

    assert acknowledged > 0
    record_property("SIGKILLs", ROUNDS_ON_POSTGRES)
    record_property("acknowledged", acknowledged)
    record_property("signed", len(history.roots))
