"""Which files are meant: a path, a folder or a glob becomes a sorted list of data files of one format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from glob import escape, glob, has_magic
from os import R_OK, X_OK, access
from pathlib import Path

from habeas.engines.sql import literal
from habeas.errors import BadData, NotFound


class Format(Enum):
    """How a file keeps its rows."""

    CSV = "CSV"
    PARQUET = "Parquet"


SUFFIXES = {
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
    **{f".{kind}{packed}": Format.CSV for kind in ("csv", "tsv") for packed in ("", ".gz", ".zst")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file with rows. `name`: what the plan calls it, without the folders of this machine."""

    path: Path
    name: str
    format: Format

    @property
    def as_sql(self) -> str:
        """The path as SQL, where characters of patterns in it mean themselves."""
        return literal(escape(str(self.path)))

    @property
    def packed(self) -> bool:
        """Whether it is compressed as a whole, so that its bytes aren't its text."""
        return self.path.suffix.lower() in {".gz", ".zst"}


def find(paths: Sequence[str], *, known_as: Sequence[str], start: str = "where the plan lies") -> tuple[DataFile, ...]:
    """The data files behind paths, folders and globs; `known_as`: what the plan calls each, if it says so.

    `start`: from where relative paths count, in the words of a message.

    Raises:
        NotFound: nothing is there.
        BadData: not a data file, empty, unreadable, or CSV and Parquet together.
    """
    names = known_as if len(known_as) == len(paths) else [Path(path).name for path in paths]
    found = [file for path, name in zip(paths, names, strict=True) for file in _files(path, name, start)]
    unique = tuple({file.path.resolve(): file for file in found}.values())
    for file in unique:
        _check(file)
    formats = {file.format: file for file in unique}
    if len(formats) > 1:
        one, other = (formats[each].name for each in Format)
        raise BadData(f"data: expected files of one format; got CSV ({one}) and Parquet ({other}): keep one, or convert the rest")
    return unique


def _files(path: str, name: str, start: str) -> list[DataFile]:
    place = Path(path)
    try:
        is_there, is_folder = place.exists(), place.is_dir()
    except PermissionError:
        raise _may_not_be_read(f"the folder of {name}" if has_magic(path) else name) from None
    if is_folder:
        return _inside(place, name)
    if is_there:
        return [DataFile(path=place, name=name, format=_format(place, name))]
    if has_magic(path):
        return _matching(path, name, start)
    raise NotFound(f"data: no file or folder {name}; check the path, which counts from {start}")


def _inside(folder: Path, name: str) -> list[DataFile]:
    _check_folder(folder, name)
    found = [path for path in sorted(folder.rglob("*")) if not _is_hidden(path, folder)]
    for path in found:  # what is in a closed folder would be left out without a word
        if path.is_dir():
            _check_folder(path, str(Path(name) / path.relative_to(folder)))
    paths = [path for path in found if path.is_file()]
    files = [
        DataFile(path=path, name=str(Path(name) / path.relative_to(folder)), format=kind)
        for path in paths
        if (kind := _known_format(path)) is not None
    ]
    if not files:
        raise NotFound(f"data: the folder {name} holds no data files; expected files ending in {', '.join(SUFFIXES)}")
    return files


def _matching(pattern: str, name: str, start: str) -> list[DataFile]:
    steady = Path(pattern)
    while has_magic(str(steady)):
        steady = steady.parent
    _check_folders(pattern, steady, name)
    paths = [Path(path) for path in sorted(glob(pattern, recursive=True)) if Path(path).is_file()]  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not paths:
        raise NotFound(f"data: no file matches {name}; check the pattern, which counts from {start}")
    return [DataFile(path=path, name=str(path.relative_to(steady)), format=_format(path, path.name)) for path in paths]


def _check_folders(pattern: str, steady: Path, name: str) -> None:
    """Each folder that the pattern looks into, from the outermost: what is in a closed one would be left out without a word."""
    within = [parent for parent in Path(pattern).parents if parent.is_relative_to(steady)]
    for parent in reversed(within):
        for folder in sorted(glob(str(parent), recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
            if Path(folder).is_dir():
                inner = Path(folder).relative_to(steady)
                _check_folder(Path(folder), f"the folder {inner} of {name}" if inner.parts else f"the folder of {name}")


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)


def _known_format(path: Path) -> Format | None:
    return next((kind for suffix, kind in SUFFIXES.items() if path.name.lower().endswith(suffix)), None)


def _format(path: Path, name: str) -> Format:
    kind = _known_format(path)
    if kind is None:
        raise BadData(f"data: {name} is of no known kind; expected a file ending in {', '.join(SUFFIXES)}: convert it to one of these")
    return kind


def _may_not_be_read(name: str) -> BadData:
    return BadData(f"data: {name} may not be read; give yourself permission to read it")


def _check_folder(folder: Path, name: str) -> None:
    if not access(folder, R_OK | X_OK):
        raise _may_not_be_read(name)


def _check(file: DataFile) -> None:
    if not access(file.path, R_OK):
        raise _may_not_be_read(file.name)
    if file.path.stat().st_size == 0:
        raise BadData(f"data: {file.name} is empty; expected a header and at least one row")
