"""Logs and writers that faults befall."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledgers.log_folders import Folder
from ledgers.writers import History, Writers


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


@dataclass(frozen=True)
class SmallDisk:
    """A file system of a few megabytes, with nothing else on it."""

    folder: Path

    def change(self, options: str) -> None:
        """Mount it otherwise: of another size, for reading only."""
        mount("-o", f"remount,{options}", str(self.folder))

    def fill(self) -> Path:
        """A file that leaves no room; to be deleted to make some."""
        ballast = self.folder / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        return ballast


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@pytest.fixture
def small_disk() -> Iterator[Callable[[Path, str], SmallDisk]]:
    """Makes small disks, for those who may mount."""
    made: list[Path] = []

    def make(folder: Path, size: str) -> SmallDisk:
        folder.mkdir(parents=True)
        try:
            mount("-t", "tmpfs", "-o", f"size={size}", "habeas-faults", str(folder))
        except (subprocess.CalledProcessError, FileNotFoundError):
            pytest.skip("this user can't mount a small disk: run the tests as root")
        made.append(folder)
        return SmallDisk(folder)

    yield make
    for folder in reversed(made):
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)
