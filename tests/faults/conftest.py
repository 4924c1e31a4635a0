"""Logs and writers that faults befall."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from logs import Folder
from writers import History, Writers


@pytest.fixture(scope="session")
def writers() -> Iterator[Writers]:
    """A process that forks writers to be killed."""
    made = Writers()
    yield made
    made.close()


@pytest.fixture
def history(tmp_path: Path) -> History:
    """All that is promised about a new log."""
    return History(folder=Folder(tmp_path / "log"), reports=tmp_path / "reports")


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory, where flushes cost nothing; an ordinary one where the system has no such thing."""
    memory = Path("/dev/shm")  # noqa: S108 - of our own name below
    with tempfile.TemporaryDirectory(prefix="habeas-faults-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder) / "log"
