"""Writing results so that they are there whole or not at all.

1. Everything is written beside where it belongs, on the same disk, and flushed: no space, no permission show here.
2. The files that stand there already get a second name, so that they can be put back.
3. All is put in place, each file at once. If one can't be, those before it are taken back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import CannotWrite

ALL_OR_NONE = "Nothing was written, and what was there is as it was"
FOR_ALL, FOR_OWNER = 0o666, 0o600
PAGE_STARTS = (b"<!doctype html", b"<html")
MOST_LOOKED_AT = 1000
"""Bytes by which a page is known."""


class NotTakenBack(CannotWrite):
    """Some files were written and others not, and the earlier ones couldn't be put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file that waits beside its place: the new one, and where the earlier one is kept meanwhile (None: there was none)."""

    target: Path
    new: Path
    earlier: Path | None


def write_together(files: Mapping[Path, bytes], *, mode: int = FOR_ALL) -> tuple[Path, ...]:
    """Write all files, or none, whatever folders they go to; folders that are missing are made.

    `mode`: who may read and write them, before the umask takes its part away.

    Raises:
        CannotWrite: no space, no permission, or something else than a file is in the way. What was there before is as it was;
            only where even that can't be had, the message says what is left and where the earlier files are.
    """
    with contextlib.ExitStack() as undo:
        staging = {folder: undo.enter_context(_staging(folder)) for folder in dict.fromkeys(path.parent for path in files)}
        # (1) and (2): nothing that stands there is touched yet
        staged = [_staged(path, content, staging[path.parent] / str(i), mode=mode) for i, (path, content) in enumerate(files.items())]
        # (3) now, and all of it
        _put_in_place(staged)
    return tuple(files)


def write_file(path: Path, content: bytes) -> Path:
    """Write one file, whole or not at all."""
    return write_together({path: content})[0]


def write_page(path: Path, content: bytes) -> Path:
    """Write a page of HTML; it replaces an earlier page, an empty file, and nothing else.

    Raises:
        CannotWrite: a file that isn't HTML is there, or as `write_file`.
    """
    if path.is_file():
        with _explained(path):
            earlier = path.read_bytes()[:MOST_LOOKED_AT].strip().lower()
        if earlier and not earlier.startswith(PAGE_STARTS):
            raise CannotWrite(f"expected to write a page to {path}; there is a file that isn't HTML. {ALL_OR_NONE}: choose another --out")
    return write_file(path, content)


def write_private_file(path: Path, content: bytes) -> Path:
    """The same for what is personal or secret: its owner alone may read it, also where everyone could read what it replaces."""
    return write_together({path: content}, mode=FOR_OWNER)[0]


def rehearse(path: Path) -> None:
    """See that a file could be written there, before something is done that can't be undone; leaves what is there as it is.

    Raises:
        CannotWrite: as `write_file` would now.
    """
    with _staging(path.parent) as staging:
        _staged(path, b"", staging / "0", mode=FOR_OWNER)


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder for what isn't in place yet; it stays only where it holds files that nobody could put back."""
    with _made(folder):
        with _explained(folder):
            staging = Path(tempfile.mkdtemp(prefix=".habeas-", dir=folder))
        try:
            yield staging
        except NotTakenBack:
            raise
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        shutil.rmtree(staging, ignore_errors=True)


@contextlib.contextmanager
def _made(folder: Path) -> Iterator[None]:
    """See that a folder is there; if things go wrong, those that had to be made are removed again."""
    with _explained(folder):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        with _explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        with contextlib.suppress(OSError):  # what isn't empty stays
            for path in missing:
                path.rmdir()
        raise


def _staged(target: Path, content: bytes, at: Path, *, mode: int) -> Staged:
    with _explained(target):
        if target.exists() and not target.is_file():
            kind = "a folder" if target.is_dir() else "something else"
            raise CannotWrite(f"expected to write the file {target}; there is {kind} of that name. {ALL_OR_NONE}: choose another place")
        at.mkdir()
        _write_durably(at / "new", content, mode=mode)
        return Staged(target=target, new=at / "new", earlier=_kept(target, at / "earlier") if target.exists() else None)


def _write_durably(path: Path, content: bytes, *, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _kept(target: Path, earlier: Path) -> Path:
    """A second name for a file, so that it is there whatever happens to the first; a copy where the disk knows no second names."""
    try:
        os.link(target, earlier, follow_symlinks=False)
    except OSError:
        shutil.copy2(target, earlier, follow_symlinks=False)
    return earlier


def _put_in_place(staged: Sequence[Staged]) -> None:
    done: list[Staged] = []
    try:
        for one in staged:
            with _explained(one.target):
                one.new.replace(one.target)
            done.append(one)
    except BaseException as error:
        left = [one for one in reversed(done) if not _taken_back(one)]
        if left:
            raise NotTakenBack(_what_is_left(left)) from error
        raise


def _taken_back(one: Staged) -> bool:
    try:
        if one.earlier is None:
            one.target.unlink()
        else:
            one.earlier.replace(one.target)
    except OSError:
        return False
    return True


def _what_is_left(left: Sequence[Staged]) -> str:
    names = ", ".join(str(one.target) for one in left)
    kept = [str(one.earlier) for one in left if one.earlier is not None]
    earlier = f"; what was there before is kept as {', '.join(kept)}" if kept else ""
    return (
        f"expected to write all results or none; {names} could neither be joined by the others nor taken back{earlier}: mend this by hand"
    )


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        where = "of that name" if isinstance(error, FileExistsError) else "on the way to it"
        message = f"expected a folder for the results at {path}; there is a file {where}. {ALL_OR_NONE}: choose another place"
        raise CannotWrite(message) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"expected to write {path}; the system said: {reason}. {ALL_OR_NONE}: free space, or choose another place"
        raise CannotWrite(message) from error
