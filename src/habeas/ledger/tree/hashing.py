"""How entries and pairs of hashes are hashed: SHA-256, with one byte in front that says which of the two it is.

Without that byte a pair of hashes could be passed off as an entry (RFC 9162, section 2.1.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from habeas.errors import Malformed

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without entries (RFC 9162, section 2.1.1)."""

LEAF_PREFIX, NODE_PREFIX = b"\x00", b"\x01"
PAIR_BYTES = 2 * HASH_BYTES


def leaf_hash(entry: bytes) -> bytes:
    """The 32 bytes that stand for an entry in the tree; an entry of no bytes has one too (RFC 9162, section 2.1.1)."""
    return sha256(LEAF_PREFIX + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours, each the hash of a leaf or of a subtree (RFC 9162, section 2.1.1)."""
    return sha256(NODE_PREFIX + left + right).digest()


def is_hash(value: object) -> bool:
    """Tell whether `value` is bytes of the length of a hash; a root cut to 31 bytes is none."""
    return isinstance(value, bytes) and len(value) == HASH_BYTES


def require_hash(value: object, *, what: str) -> None:
    """Refuse what can't be a hash; `what` names it in the message.

    Raises:
        Malformed: it is not 32 bytes.
    """
    if not is_hash(value):
        got = f"{len(value)} bytes" if isinstance(value, bytes) else type(value).__name__
        raise Malformed(f"{what}: expected a hash of {HASH_BYTES} bytes; got {got}: fetch or make it anew")


def split_row(row: bytes) -> tuple[bytes, ...]:
    """Cut hashes that stand one after another, as in a tile, into single ones."""
    return tuple(row[at : at + HASH_BYTES] for at in range(0, len(row), HASH_BYTES))


def complete_root(row: bytes) -> bytes:
    """The root over 1, 2, 4, 8 … hashes that stand one after another: of a complete subtree."""
    prefix, hashed = NODE_PREFIX, sha256
    while len(row) > HASH_BYTES:
        row = b"".join([hashed(prefix + row[at : at + PAIR_BYTES]).digest() for at in range(0, len(row), PAIR_BYTES)])
    return row


def joined_root(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that stand side by side, the largest first; of none, the root of the empty tree."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root
