"""What becomes of a file that somebody sends to any address: a small one is held in memory, of a larger one nothing is kept.

Django reads a form before a view can say who may send one, and its own handlers would store on disk whatever comes, from anybody.
Views that take large files say so themselves (`audits.files.receiving`).
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

MOST_BYTES = 2_000_000
"""Of all files of a form together; more than any of our forms takes, those aside that receive files themselves."""
PATIENCE = 8
"""Times as much: whoever sends more is cut off."""


class TooLarge(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs alone
    """A file that was larger: nothing of it is here. It says its size, so that a form can refuse it in words."""

    def __init__(self, *, name: str, size: int) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=size)


class Small(FileUploadHandler):
    """Holds files in memory as long as all of a form's are small; nothing is ever written."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._seen, self._size, self._kept = 0, 0, io.BytesIO()

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """Begin a file."""
        super().new_file(*arguments, **named)
        self._size, self._kept = 0, io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django says where it starts
        """Hold a part, unless more came than is held."""
        self._seen += len(raw_data)
        self._size += len(raw_data)
        if self._seen > PATIENCE * MOST_BYTES:
            raise StopUpload(connection_reset=True)
        if self._seen <= MOST_BYTES:
            self._kept.write(raw_data)
        else:
            self._kept = io.BytesIO()

    def file_complete(self, file_size: int) -> UploadedFile:  # type: ignore[type-arg]  # as above
        """The file, or word of one that was too large."""
        if self._seen > MOST_BYTES:
            return TooLarge(name=str(self.file_name), size=file_size)
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=str(self.file_name),
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
