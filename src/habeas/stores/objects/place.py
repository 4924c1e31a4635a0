"""Where a log's public files are kept: what a place promises, how its paths look, and how one is opened.

A place holds files under paths such as `checkpoint` or `tile/0/x001/067`. Everything in it is public and may be served as it
lies there, by any web server or content network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from habeas.errors import BadInput, Unavailable

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}", re.ASCII)
CHECKPOINT = "checkpoint"
KEPT_BRIEFLY = "public, max-age=1"
"""How long caches may keep the checkpoint, which changes as often as the log is signed: every second, unless told otherwise."""
KEPT_FOR_GOOD = "public, max-age=31536000, immutable"
"""A tile never changes, nor does a partial one: its width is part of its name. 31,536,000 s are a year, the most that is usual."""


class Place(Protocol):
    """Files by their paths. Every method may be called from any thread, and raises `BadInput` for a path that `check_path` refuses.

    What reads raises `Unavailable` where the place can't be reached; what writes raises `CannotWrite` then, and where there is no
    space or no permission.
    """

    def get(self, path: str) -> bytes:
        """The file at `path`.

        Raises:
            NotFound: there is none.
        """

    def put(self, files: Mapping[str, bytes]) -> None:
        """Keep these files, over what is there; all are durable when it returns.

        When it raises, each file is there whole, as it was, or not at all; which ones are, is not told: put them again.
        """

    def swap(self, path: str, content: bytes, *, instead_of: bytes | None) -> bool:
        """Keep `content` at `path` if `instead_of` is what is there now (None: nothing); whether it was kept, and is durable.

        Of several writers who give the same `instead_of`, one gets True.
        """

    def delete(self, paths: Iterable[str]) -> None:
        """Remove these files; those that aren't there are no error."""

    def exists(self, path: str) -> bool:
        """Whether there is a file at `path`."""

    def list(self, prefix: str) -> Iterator[str]:
        """The paths of all files in the folder `prefix` and below, sorted by no rule; everything for the empty text."""


def check_path(path: str) -> str:
    """The path, if it is one that a place may hold: parts of ASCII letters, digits, `.`, `_` and `-` between slashes.

    Raises:
        BadInput: a part is empty, begins with a full stop (so `..` and hidden files), or has other characters.
    """
    if not all(_PART.fullmatch(part) for part in path.split("/")):
        raise BadInput(f"expected a path of plain names between slashes, such as tile/0/000; got {path[:80]!a}: mend it")
    return path


def open_place(address: str | Path) -> Place:
    """The place at `address`: a folder, which is made when first written to, or `s3://bucket/prefix?endpoint=...&region=...`.

    Raises:
        BadInput: an address of another kind.
        Unavailable: an s3 address, and its client isn't installed.
    """
    if isinstance(address, str) and "://" in address:
        if not address.startswith("s3://"):
            kinds = "a folder, or s3://bucket/prefix"
            raise BadInput(f"expected {kinds}; got an address that starts with {address.partition('://')[0][:20]!a}://: use one of the two")
        try:
            from habeas.stores.objects.s3 import open_s3
        except ModuleNotFoundError as error:
            raise Unavailable("expected the package obstore for object storage; it isn't installed: install habeas[s3]") from error
        return open_s3(address)
    from habeas.stores.objects.disk import DiskPlace

    return DiskPlace(Path(address))
