"""Records from a file or a stream, read twice: first to see that all can be recorded, then to record them. Memory stays flat.

What comes from a stream is kept packed in memory meanwhile, never on the disk: a copy there would outlive an erasure.
"""

from __future__ import annotations

import gzip
import io
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from habeas.errors import BadInput, NotFound, Unavailable
from habeas.runs.ledgers.record_lines import MOST_LINE_BYTES, RecordLine, record_on

FAULTS_TOLD = 10
"""How many lines with faults are told of at once."""

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


class _Lines(Protocol):
    def readline(self, size: int = -1, /) -> bytes:
        """One line, or so many bytes of it; none at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records that were checked, and can be gone through once more.

    `count`: how many there are. `reach`: how large the log must be for every record to be about an entry that is recorded before it,
    and the name of the line that says so; None where none is about another entry.
    """

    name: str
    count: int
    reach: tuple[int, str] | None
    opened: Callable[[], BinaryIO]

    def __iter__(self) -> Iterator[RecordLine]:
        with self.opened() as file:
            for number, line in enumerate(_bounded(file), start=1):
                record = record_on(line, number=number, name=self.name)
                if record is not None:
                    yield record

    def expect_known(self, size: int) -> None:
        """See that nothing is about an entry that isn't there.

        Raises:
            BadInput: a record is about an entry that a log of this size hasn't by then.
        """
        if self.reach is not None and self.reach[0] > size:
            where = self.reach[1]
            raise BadInput(
                f"{where}, public.about: expected the index of an entry that is recorded before it; there is none: mend the index\n"
                "nothing was recorded"
            )


def records_in_file(path: Path, *, progress: Progress | None = None) -> Records:
    """The records in a file, one a line, all of them seen to be recordable.

    Raises:
        BadInput: some aren't; the message tells of the first `FAULTS_TOLD`.
        NotFound, Unavailable: there is no such file, or it can't be read.
    """
    with _explained(path):
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BadInput(f"{path} is a folder; expected a file of records, one JSON object a line: name the file in it")
        if not stat.S_ISREG(found.st_mode):  # a pipe is read once
            with path.open("rb") as stream:
                return records_in_stream(stream, name=str(path), progress=progress)
        return _checked(partial(_open, path), name=str(path), size=found.st_size, progress=progress)


def records_in_stream(stream: _Lines, *, name: str, progress: Progress | None = None) -> Records:
    """The records that come from a stream, to its end. Raises as `records_in_file`."""
    packed, size = io.BytesIO(), 0
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as kept:
        for piece in _bounded(stream):
            size += kept.write(piece)
    return _checked(partial(_unpacked, packed.getvalue()), name=name, size=size, progress=progress)


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _unpacked(packed: bytes) -> BinaryIO:
    return io.BufferedReader(gzip.GzipFile(fileobj=io.BytesIO(packed)))


def _checked(opened: Callable[[], BinaryIO], *, name: str, size: int, progress: Progress | None) -> Records:
    checking, done = _Checking(name), 0
    with opened() as file:
        for number, line in enumerate(_bounded(file), start=1):
            checking.see(number, line)
            done += len(line)
            if progress is not None:
                progress(done, size)
    checking.expect_no_faults()
    return Records(name=name, count=checking.count, reach=checking.reach, opened=opened)


class _Checking:
    """What is learnt while lines go by."""

    def __init__(self, name: str) -> None:
        self.name, self.count = name, 0
        self.reach: tuple[int, str] | None = None
        self.faults: list[str] = []

    def see(self, number: int, line: bytes) -> None:
        """Look at one line. Raises `BadInput` once there is no use in going on."""
        try:
            record = record_on(line, number=number, name=self.name)
        except BadInput as fault:
            self.faults.append(str(fault))
            if len(self.faults) == FAULTS_TOLD or len(line) > MOST_LINE_BYTES:
                self.expect_no_faults()
            return
        if record is not None:
            self._note_reach(record, f"{self.name} line {number}")
            self.count += 1

    def _note_reach(self, record: RecordLine, where: str) -> None:
        if record.about is not None:
            needed = record.about + 1 - self.count
            if self.reach is None or needed > self.reach[0]:
                self.reach = needed, where

    def expect_no_faults(self) -> None:
        """Raise `BadInput` with all faults so far."""
        if self.faults:
            raise BadInput("\n".join([*self.faults, "nothing was recorded"]))


def _bounded(stream: _Lines) -> Iterator[bytes]:
    """Lines; one that is longer than a record can be is cut, so that no file is too large for the memory."""
    while line := stream.readline(MOST_LINE_BYTES + 2):
        yield line


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotFound(f"{path} is not there; expected a file of records, one JSON object a line: check the name") from None
    except (OSError, EOFError) as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise Unavailable(f"{path} can't be read ({reason}); expected a file of records: check that you may read it") from problem
