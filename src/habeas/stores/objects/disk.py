"""A place that is a folder, so that any web server can serve it.

How files become durable, many at a time:
1. each is written beside the others into a staging folder on the same disk, and flushed: no space, no permission show here;
2. each is renamed to where it belongs, which is one step, so that nobody reads half a file;
3. every folder that got a new name in it is flushed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from habeas.errors import BadInput, CannotWrite, NotFound, Unavailable
from habeas.stores.objects.place import check_path

STAGING = ".staging"
"""Files on their way; what a crash leaves here is removed by the next who writes."""
LOCK = ".lock"
PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755
FLUSHED_AT_ONCE = 8
"""Threads that wait for the disk together: flushes that are asked for at the same moment share one write of the journal."""
MOST_REMEMBERED = 10_000
"""Folders remembered as flushed with all those above them."""


class DiskPlace:
    """The files below `folder`, readable for everyone; `habeas.stores.objects.place.Place` says what each method promises.

    Links in the folder that lead out of it are not followed: what they lead to is neither read nor written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lasting: set[Path] = set()

    def __str__(self) -> str:
        return str(self._folder)

    def get(self, path: str) -> bytes:
        """The file at `path`."""
        with _readable(self._folder / path):
            return self._inside(path).read_bytes()

    def exists(self, path: str) -> bool:
        """Whether there is a file at `path`."""
        with _readable(self._folder / path):
            return self._inside(path).is_file()

    def list(self, prefix: str) -> Iterator[str]:
        """The files in the folder `prefix` and below; those that are hidden or on their way are left out."""
        top = self._inside(prefix) if prefix else self._folder
        for folder, inside, files in os.walk(top, onerror=_refuse_unreadable):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            there = Path(folder).relative_to(self._folder)
            yield from ((there / name).as_posix() for name in sorted(files) if not name.startswith("."))

    def put(self, files: Mapping[str, bytes]) -> None:
        """Keep these files; all are durable when it returns."""
        targets = {self._inside(path): content for path, content in files.items()}
        folders = {target.parent for target in targets}
        if targets:
            with _writable(self._folder), self._staging() as staging:
                waiting = _staged(staging, targets)
                _put_in_place(waiting, to_flush=self._made(folders))
            self._remember(folders)

    def swap(self, path: str, content: bytes, *, instead_of: bytes | None) -> bool:
        """Keep `content` if `instead_of` is what is there; a lock on the folder keeps other writers out meanwhile."""
        with _writable(self._folder), self._locked():
            try:
                found: bytes | None = self.get(path)
            except NotFound:
                found = None
            if found != instead_of:
                return False
            self.put({path: content})
            return True

    def delete(self, paths: Iterable[str]) -> None:
        """Remove these files, and folders that become empty by it; not flushed, for nothing depends on their being gone."""
        for path in paths:
            target = self._inside(path)
            with _writable(target):
                target.unlink(missing_ok=True)
            if target.parent != self._folder:
                with contextlib.suppress(OSError):  # what isn't empty stays
                    target.parent.rmdir()
                    self._lasting.discard(target.parent)

    def _inside(self, path: str) -> Path:
        target = self._folder / check_path(path)
        if not target.resolve().is_relative_to(self._folder.resolve()):
            raise BadInput(f"{path}: expected a file inside {self._folder}; a link leads elsewhere: remove the link")
        return target

    def _made(self, folders: set[Path]) -> set[Path]:
        """Make the folders that are missing; those to flush, so that all the new names last."""
        for folder in folders:
            _make_folder(folder)
        # a folder that a crash left behind is there, but its own name may not be on disk: once, all above it are flushed too
        new = folders - self._lasting
        above = {parent for folder in new for parent in folder.parents if parent.is_relative_to(self._folder.parent)}
        return folders | above

    def _remember(self, folders: set[Path]) -> None:
        if len(self._lasting) > MOST_REMEMBERED:
            self._lasting.clear()
        self._lasting |= folders

    @contextlib.contextmanager
    def _staging(self) -> Iterator[Path]:
        """A fresh folder to write into, gone afterwards. Each is locked while it is used, so that an unlocked one is what a crash left."""
        top = self._folder / STAGING
        _make_folder(self._folder)
        top.mkdir(mode=0o700, exist_ok=True)  # whoever can open it can lock it, and then nothing more is published
        staging = top / secrets.token_hex(8)
        with contextlib.ExitStack() as use:
            with _lock(top):
                for left in top.iterdir():
                    _remove_if_unused(left)
                staging.mkdir(mode=0o700)
                use.enter_context(_lock(staging))
            try:
                yield staging
            finally:
                with contextlib.suppress(OSError):
                    _empty(staging)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        _make_folder(self._folder)
        os.close(os.open(self._folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
        with _lock(self._folder / LOCK):
            yield


@contextlib.contextmanager
def _lock(path: Path, *, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def _remove_if_unused(staging: Path) -> None:
    with contextlib.suppress(OSError), _lock(staging, how=fcntl.LOCK_EX | fcntl.LOCK_NB):
        _empty(staging)


def _staged(staging: Path, targets: Mapping[Path, bytes]) -> dict[Path, Path]:
    """Write and flush every file (1): where it waits, and where it belongs."""
    waiting = {staging / str(number): target for number, target in enumerate(targets)}
    if len(targets) == 1:
        _write(staging / "0", *targets.values())
        return waiting
    with ThreadPoolExecutor(max_workers=FLUSHED_AT_ONCE) as threads:
        for written in [threads.submit(_write, path, content) for path, content in zip(waiting, targets.values(), strict=True)]:
            written.result()
    return waiting


def _write(path: Path, content: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fchmod(file, PUBLIC_FILE)  # whatever the umask says: these files are public
        os.fsync(file)
    finally:
        os.close(file)


def _put_in_place(waiting: Mapping[Path, Path], *, to_flush: Iterable[Path]) -> None:
    # (2) now every file is on disk, if not yet under its name
    for path, target in waiting.items():
        path.replace(target)
    # (3) and only now the names are
    for folder in to_flush:
        flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """See that the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folder(folder: Path) -> None:
    for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        path.mkdir(exist_ok=True)
        path.chmod(PUBLIC_FOLDER)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _refuse_unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise Unavailable(f"expected to list {error.filename}; the system said: {_reason(error)}: mend that and try again") from error


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise NotFound(f"expected the file {path}; there is none: check the name, or run `habeas ledger fsck`") from error
    except OSError as error:
        raise Unavailable(f"expected to read {path}; the system said: {_reason(error)}: mend that and try again") from error


@contextlib.contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kept = "What was published before is as it was"
        raise CannotWrite(f"expected to write below {path}; the system said: {_reason(error)}. {kept}: mend that and try again") from error


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
