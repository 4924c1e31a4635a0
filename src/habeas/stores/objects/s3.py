"""A place in S3-compatible object storage: each file an object, served from there or by a content network before it.

Objects are written whole or not at all, and are durable once the storage has answered; that is its promise, not ours. `swap`
needs conditional writes (`If-Match`, `If-None-Match`), which Amazon S3, MinIO, Ceph and Cloudflare R2 have.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from habeas.errors import BadInput, CannotWrite, NotFound, Unavailable
from habeas.stores.objects.place import KEPT_BRIEFLY, KEPT_FOR_GOOD, check_path

Item = TypeVar("Item")

SENT_AT_ONCE = 16
"""Objects on their way to the storage at the same time: each takes some tens of milliseconds, nearly all of it waiting."""
ANSWER_WITHIN = timedelta(seconds=30)
GIVE_UP_AFTER = timedelta(seconds=60)
RETRIES = 5
OPTIONS = {"endpoint", "region"}

AS_TEXT = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": KEPT_BRIEFLY}
AS_TILE = {"Content-Type": "application/octet-stream", "Cache-Control": KEPT_FOR_GOOD}
"""What the storage says of an object when it serves it (C2SP tlog-tiles)."""


def open_s3(address: str) -> S3Place:
    """The place at `s3://bucket/prefix?endpoint=https://...&region=...`; who we are comes from `AWS_ACCESS_KEY_ID` and its kin.

    Without `endpoint` it is Amazon's own, without `region` what `AWS_REGION` says. Plain http only where the endpoint says http.

    Raises:
        BadInput: the address names no bucket, or has other options.
    """
    bucket, prefix, options = _parts(address)
    client: Any = {"timeout": ANSWER_WITHIN, "allow_http": options.get("endpoint", "").startswith("http://")}
    retries: Any = {"max_retries": RETRIES, "retry_timeout": GIVE_UP_AFTER}
    config: Any = options
    try:
        store = S3Store(bucket, prefix=prefix or None, client_options=client, retry_config=retries, **config)
    except BaseError as error:
        raise BadInput(f"expected an address of object storage; its client refuses it ({type(error).__name__}): mend it") from error
    return S3Place(store, name=f"s3://{bucket}/{prefix}")


def _parts(address: str) -> tuple[str, str, dict[str, str]]:
    split = urlsplit(address)
    options = dict(parse_qsl(split.query, keep_blank_values=True))
    if split.scheme != "s3" or not split.hostname or split.hostname != split.netloc or split.fragment:
        raise BadInput(
            "expected s3://bucket/prefix, without user name, port or fragment; got another address: keys come from AWS_* variables"
        )
    if unknown := options.keys() - OPTIONS:
        raise BadInput(f"expected the options {', '.join(sorted(OPTIONS))}; got {', '.join(sorted(unknown))}: leave that out")
    prefix = split.path.strip("/")
    return split.hostname, check_path(prefix) if prefix else "", options


class S3Place:
    """The objects below a prefix of a bucket; `habeas.stores.objects.place.Place` says what each method promises."""

    def __init__(self, store: S3Store, *, name: str) -> None:
        self._store = store
        self._name = name

    def __str__(self) -> str:
        return self._name

    def get(self, path: str) -> bytes:
        """The object at `path`."""
        with self._reading(path):
            return self._store.get(check_path(path)).bytes().to_bytes()

    def put(self, files: Mapping[str, bytes]) -> None:
        """Keep these objects, several at a time."""
        for path in files:
            check_path(path)
        with self._writing():
            self._all(lambda item: self._put(*item), files.items())

    def swap(self, path: str, content: bytes, *, instead_of: bytes | None) -> bool:
        """Keep `content` if `instead_of` is what is there; the storage decides between several who try."""
        found, version = self._versioned(path)
        if found != instead_of:
            return False
        with self._writing(), contextlib.suppress(AlreadyExistsError, PreconditionError):
            self._put(path, content, mode="create" if version is None else {"e_tag": version})
            return True
        return False

    def delete(self, paths: Iterable[str]) -> None:
        """Remove these objects."""
        named = [check_path(path) for path in paths]
        with self._writing():
            self._all(self._delete, named)

    def exists(self, path: str) -> bool:
        """Whether there is an object at `path`."""
        try:
            with self._reading(path):
                self._store.head(check_path(path))
        except NotFound:
            return False
        return True

    def list(self, prefix: str) -> Iterator[str]:
        """The objects below `prefix`, a thousand to a question."""
        with self._reading(prefix):
            for objects in self._store.list(check_path(prefix) if prefix else None):
                yield from (item["path"] for item in objects)

    def _put(self, path: str, content: bytes, *, mode: Any = "overwrite") -> None:
        attributes: Any = AS_TILE if path.startswith("tile/") else AS_TEXT
        self._store.put(path, content, attributes=attributes, mode=mode, use_multipart=False)

    def _delete(self, path: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._store.delete(path)

    def _versioned(self, path: str) -> tuple[bytes | None, str | None]:
        try:
            with self._reading(path):
                found = self._store.get(check_path(path))
                return found.bytes().to_bytes(), found.meta["e_tag"]
        except NotFound:
            return None, None

    @staticmethod
    def _all(do: Callable[[Item], None], to: Iterable[Item]) -> None:
        with ThreadPoolExecutor(max_workers=SENT_AT_ONCE) as threads:
            for done in [threads.submit(do, item) for item in to]:
                done.result()

    @contextlib.contextmanager
    def _reading(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise NotFound(f"expected the object {path} in {self._name}; there is none: check the name") from error
        except BaseError as error:
            raise Unavailable(
                f"expected an answer from {self._name}; there was none that helps ({type(error).__name__}): check address, keys and network"
            ) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, BaseError) as error:
            kept = "What was published before is as it was"
            raise CannotWrite(
                f"expected to write to {self._name}; that failed ({type(error).__name__}). {kept}: check bucket, keys and network"
            ) from error
