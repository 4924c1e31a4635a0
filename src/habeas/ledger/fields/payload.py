r"""What is sealed per record and group: the openings of its fields, as bytes.

Layout, every number big-endian: `habeas/openings/v1\0`, then per opening the lengths (2, 2, 4 bytes) in front of group, name and value,
the salt (32), index and size (4 each) and the path (32 per step; the size says how many).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from habeas.errors import Malformed
from habeas.ledger.fields.commitments import LEAVES, MOST_LEAVES, SALT_BYTES, Opening
from habeas.ledger.tree.hashing import HASH_BYTES

_TAG = b"habeas/openings/v1\0"


def encode_openings(openings: Iterable[Opening]) -> bytes:
    """The openings as bytes, to be sealed and never kept as they are."""
    return _TAG + b"".join(part for opening in openings for part in _parts(opening))


def parse_openings(content: bytes) -> tuple[Opening, ...]:
    """The openings that `encode_openings` wrote.

    Raises:
        Malformed: anything else; the message holds nothing of the content.
    """
    if not content.startswith(_TAG):
        raise Malformed("openings: expected bytes that begin with habeas/openings/v1; got others: was another habeas at work?")
    return tuple(_openings(_Reader(content, at=len(_TAG))))


def _parts(opening: Opening) -> Iterator[bytes]:
    for part, width in ((opening.group.encode("ascii"), 2), (opening.name.encode("ascii"), 2), (opening.value, 4)):
        yield len(part).to_bytes(width, "big")
        yield part
    yield opening.salt
    yield opening.index.to_bytes(4, "big")
    yield opening.size.to_bytes(4, "big")
    yield from opening.path


def _openings(reader: _Reader) -> Iterator[Opening]:
    while not reader.done:
        group, name, value = reader.text(), reader.text(), reader.take(reader.number(4))
        salt, index, size = reader.take(SALT_BYTES), reader.number(4), reader.number(4)
        if not LEAVES <= size <= MOST_LEAVES:
            raise Malformed(f"openings: expected a size from {LEAVES} to {MOST_LEAVES:,}; got {size}: the bytes were changed")
        path = tuple(reader.take(HASH_BYTES) for _ in range(size.bit_length() - 1))
        yield Opening(group=group, name=name, value=value, salt=salt, index=index, size=size, path=path)


class _Reader:
    """Takes bytes from the front and never beyond the end."""

    def __init__(self, content: bytes, *, at: int) -> None:
        self._content, self._at = content, at

    @property
    def done(self) -> bool:
        return self._at == len(self._content)

    def take(self, count: int) -> bytes:
        taken = self._content[self._at : self._at + count]
        if len(taken) != count:
            raise Malformed("openings: expected more bytes; they end within an opening: were they cut short?")
        self._at += count
        return taken

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def text(self) -> str:
        try:
            return self.take(self.number(2)).decode("ascii")
        except UnicodeDecodeError:
            raise Malformed("openings: expected names in ASCII; got other bytes: they were changed") from None
