"""Receiving files: streamed to a private folder, no more bytes of them than allowed, under names that we choose.

Django's own handlers store whatever comes, before a view can say a word. This one keeps a field's bytes up to that field's limit, then
drops what it has and reads on without keeping anything, so that the rest of the form still arrives and nothing typed is lost.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

CHUNK_BYTES = 1 << 20
PATIENCE = 16
"""Times the largest limit: whoever sends more than that is cut off."""

PLAN_BYTES = 200_000
REPORT_BYTES = 20_000_000


class Received(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs alone
    """A file that came. `path`: where it lies until the answer is sent; None: more came than was allowed, and nothing was kept."""

    def __init__(self, *, path: Path | None, name: str, size: int, sha256: str) -> None:
        super().__init__(file=None, name=name, size=size)
        self.path, self.sha256 = path, sha256

    @property
    def too_large(self) -> bool:
        """Whether it was dropped."""
        return self.path is None

    def taken_to(self, place: Path) -> None:
        """Move it to where it is to stay."""
        if self.path is not None:
            os.replace(self.path, place)  # noqa: PTH105 - one step, also over what is there

    def close(self) -> None:
        """Called when the answer was sent: what nobody took is deleted."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


class Receiving(FileUploadHandler):
    """Keeps the files of these fields, each up to its limit in bytes and once; other fields' files are dropped."""

    chunk_size = CHUNK_BYTES

    def __init__(self, request: HttpRequest, *, limits: Mapping[str, int]) -> None:
        super().__init__(request)
        self._limits, self._seen = limits, 0
        self._taken: set[str] = set()
        self._most = 0
        self._path: Path | None = None
        self._file: IO[bytes] | None = None
        self._digest, self._size = hashlib.sha256(), 0

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """Begin a file under a name of our own; what its sender called it is used for no path."""
        super().new_file(*arguments, **named)
        field = str(self.field_name)
        self._most = 0 if field in self._taken else self._limits.get(field, 0)
        self._taken.add(field)
        self._digest, self._size = hashlib.sha256(), 0
        if self._most:
            self._path = folder("incoming") / uuid.uuid4().hex
            self._file = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django says where it starts
        """Keep a part, unless more came than is allowed."""
        self._seen += len(raw_data)
        self._size += len(raw_data)
        if self._seen > PATIENCE * max(self._limits.values()):
            raise StopUpload(connection_reset=True)
        if self._size > self._most:
            self._drop()
        elif self._file is not None:
            self._file.write(raw_data)
            self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> Received | None:  # noqa: ARG002 - we counted ourselves
        """The file, or word of one that was too large; None for a field that takes none."""
        if not self._most:
            return None
        if self._file is not None:
            self._file.close()
        path, self._path, self._file = self._path, None, None
        return Received(path=path, name=str(self.file_name), size=self._size, sha256=self._digest.hexdigest())

    def upload_interrupted(self) -> None:
        """The sender went away: what came so far goes too."""
        self._drop()

    def _drop(self) -> None:
        if self._file is not None:
            self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._path = self._file = None


def receive(request: HttpRequest, *fields: str) -> None:
    """Have the files of these fields received so; before anything of the form is read."""
    limits = {"rows": settings.SITE.largest_upload_bytes, "plan_file": PLAN_BYTES, "report": REPORT_BYTES}
    request.upload_handlers = [Receiving(request, limits={field: limits[field] for field in fields})]


def folder(name: str) -> Path:
    """A private folder among the uploads."""
    found: Path = settings.SITE.uploads / name
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found
