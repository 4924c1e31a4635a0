"""Writing results so that they are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from habeas.errors import CannotWrite


def write_together(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write all files into a folder, or none: they are staged on the same disk, flushed, and only then put in place.

    Raises:
        CannotWrite: no space, no permission, or the folder is a file; what was there before is untouched.
    """
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".habeas-", dir=folder))
        try:
            for name, content in files.items():
                _write_durably(staging / name, content)
            for name in files:
                (staging / name).replace(folder / name)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return tuple(folder / name for name in files)


def write_file(path: Path, content: bytes) -> Path:
    """Write one file, whole or not at all."""
    return write_together(path.parent, {path.name: content})[0]


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise CannotWrite(f"expected a folder for the results at {folder}; there is a file of that name: choose another --out") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        advice = "Nothing was left there: free space, or choose another --out"
        raise CannotWrite(f"expected to write the results to {folder}; the system said: {reason}. {advice}") from error
