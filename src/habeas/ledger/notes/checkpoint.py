"""Checkpoints: what a log says of itself - who it is, how many entries it has, the root over all of them (C2SP tlog-checkpoint)."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.errors import Malformed
from habeas.ledger.notes.encoding import MOST, decimal, decode_hash, encode_base64, split_lines
from habeas.ledger.notes.keys import is_control, refuse_unwritable
from habeas.ledger.tree.hashing import EMPTY_ROOT, require_hash

FIRST_LINES = 3
_LINE_AND_PARAGRAPH_ENDS = "\u2028\u2029"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The state of the log `origin` when it had `size` entries: everything up to there hashes to `root`.

    `extensions`: further lines a log may add; nobody audits them, and ML-DSA-44 signatures don't cover them.

    An origin with a character that some programs take for the end of a line (U+0085, U+2028, U+2029) or with another control
    character is refused: two readers could take the same signed bytes for checkpoints of two logs.

    Raises:
        Malformed: an origin or extension that is empty or has such a character; a size that isn't from 0 to 2**63 - 1; a root of
            other than 32 bytes; size 0 with another root than that of the empty tree.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line in (self.origin, *self.extensions):
            _refuse_bad_line(line)
        if not 0 <= self.size <= MOST:
            raise Malformed(f"expected a size from 0 to {MOST}; got another: give the number of entries")
        require_hash(self.root, what="the root of a checkpoint")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise Malformed("expected the root of the empty tree, SHA-256 of nothing, for size 0; got another: the log is broken")

    def text(self) -> str:
        """The lines that are signed."""
        return "\n".join((self.origin, str(self.size), encode_base64(self.root), *self.extensions)) + "\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that the text of a note states; `text` gives the same lines back.

    Raises:
        Malformed: other text.
    """
    lines = split_lines(text)
    if len(lines) < FIRST_LINES:
        expected = "a checkpoint of at least three lines: origin, size, root"
        raise Malformed(f"expected {expected}; got {len(lines)}: is this the right file?")
    origin, size, root, *extensions = lines
    return Checkpoint(origin=origin, size=decimal(size), root=decode_hash(root), extensions=tuple(extensions))


def _refuse_bad_line(line: str) -> None:
    if not line:
        raise Malformed("expected an origin and extension lines that aren't empty; got an empty line: is the file whole?")
    if any(is_control(character) or character in _LINE_AND_PARAGRAPH_ENDS for character in line):
        raise Malformed("expected an origin and extension lines without control characters and line ends; got some: choose other words")
    refuse_unwritable(line)
