"""Proof files (`.tlog-proof`, C2SP tlog-proof): one entry's place in a log, provable offline by anyone with the public keys.

The file holds no entry: whoever checks brings it. `extra` is whatever somebody put there; nothing vouches for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from habeas.errors import Malformed
from habeas.ledger.notes.encoding import decimal, decode_base64, encode_base64
from habeas.ledger.tree.counts import require_count
from habeas.ledger.trust.headed import hash_lines, require_checkpoint_bytes, require_path, split_head, write_hash_lines

HEADER = "c2sp.org/tlog-proof@v1"
MAX_PROOF_BYTES = 1_048_576
"""Longer files are refused unread; the largest extra, path and checkpoint fit."""
MAX_EXTRA_BYTES = 262_144


@dataclass(frozen=True, slots=True, kw_only=True)
class TlogProof:
    """That the entry at `index` (from 0) is in the tree that `checkpoint` signs: `path` leads from the entry to the root.

    `checkpoint` is the signed note word for word, with the witnesses' lines; it is read only when it is verified.
    `extra` is authenticated by nothing: never decide by it. An empty one is no extra: None.

    Raises:
        Malformed: a negative index, more than 63 hashes, a hash of another length, or a checkpoint that can't be one.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def __post_init__(self) -> None:
        require_count(self.index, what="index of an entry")
        require_path(self.path, what="proof of inclusion")
        require_checkpoint_bytes(self.checkpoint)
        if self.extra is not None and not 0 < len(self.extra) <= MAX_EXTRA_BYTES:
            raise Malformed(f"expected `extra` of 1 to {MAX_EXTRA_BYTES} bytes; got {len(self.extra)}: shorten it or leave it out")

    def encode(self) -> bytes:
        """The file, byte for byte; `parse_proof` gives the same value back."""
        extra = "" if self.extra is None else f"extra {encode_base64(self.extra)}\n"
        head = f"{HEADER}\n{extra}index {self.index}\n{write_hash_lines(self.path)}\n"
        return head.encode("ascii") + self.checkpoint


def parse_proof(raw: bytes) -> TlogProof:
    """Read a proof file; one value has exactly one file, so what is read encodes to the same bytes.

    The checkpoint's form and signatures are not looked at here: that is the verification's work.

    Raises:
        Malformed: anything but C2SP tlog-proof, canonically written.
    """
    lines, checkpoint = split_head(raw, limit=MAX_PROOF_BYTES, what="proof file")
    if lines.pop(0) != HEADER:
        raise Malformed(f"expected a proof file, whose first line is {HEADER}; got another first line: is this the right file?")
    extra = decode_base64(lines.pop(0).removeprefix("extra ")) if lines and lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index "):
        raise Malformed("expected a line `index N` after the first one (or after `extra`) of a proof file; got none: is the file whole?")
    index = decimal(lines.pop(0).removeprefix("index "))
    return TlogProof(index=index, path=hash_lines(lines, what="proof of inclusion"), checkpoint=checkpoint, extra=extra)
