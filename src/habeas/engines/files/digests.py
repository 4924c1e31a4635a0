"""What was read, byte for byte: SHA-256 of each file, worked out beside the counting; and whether text is UTF-8 throughout."""

from __future__ import annotations

import hashlib
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from habeas.audit.result import SourceFile
from habeas.engines.files.csv_files import not_text
from habeas.engines.sources import DataFile, Format
from habeas.errors import BadData, Unavailable

_CHUNK_BYTES = 1 << 20


@contextmanager
def digests(files: Sequence[DataFile]) -> Iterator[Future[tuple[SourceFile, ...]]]:
    """Start reading the files in a thread (hashing lets other threads run); stop it where counting is given up."""
    stop = Event()
    with ThreadPoolExecutor(max_workers=1) as threads:
        future = threads.submit(lambda: tuple(_digest(file, stop) for file in files))
        try:
            yield future
        finally:
            stop.set()


def _digest(file: DataFile, stop: Event) -> SourceFile:
    hasher, size, text = hashlib.sha256(), 0, _Text()
    with file.path.open("rb") as opened:
        while (chunk := opened.read(_CHUNK_BYTES)) and not stop.is_set():
            hasher.update(chunk)
            size += len(chunk)
            if file.format is Format.CSV and not file.packed:
                text.check(chunk, file)
    if stop.is_set():
        raise Unavailable("reading was given up")
    return SourceFile(name=file.name, size_bytes=size, sha256=hasher.hexdigest())


class _Text:
    """Whether chunks make up UTF-8 without NUL bytes, in columns that no query reads as well."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")()
        self._pending = False

    def check(self, chunk: bytes, file: DataFile) -> None:
        """Raises BadData with the line, if this chunk isn't text."""
        if b"\0" not in chunk and chunk.isascii() and not self._pending:
            return
        try:
            self._decoder.decode(chunk)
            self._pending = bool(self._decoder.getstate()[0])
            fault = b"\0" in chunk
        except UnicodeDecodeError:
            fault = True
        if fault:
            raise not_text(file) or BadData(f"data: {file.name} isn't UTF-8; save it again as UTF-8")
