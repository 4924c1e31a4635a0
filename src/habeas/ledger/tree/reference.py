"""RFC 9162, section 2.1, written out as it stands there: slow, whole lists in memory, and easy to hold beside the text.

Only tests use it. What `proofs`, `compact`, `reading` and `growing` do in other ways must equal it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

Entries = Sequence[bytes]


def tree_hash(entries: Entries) -> bytes:
    """MTH(D[n]), section 2.1.1: the root over the entries."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = largest_power_below(len(entries))
    return _node(tree_hash(entries[:k]), tree_hash(entries[k:]))


def inclusion_path(index: int, entries: Entries) -> list[bytes]:
    """PATH(m, D[n]), section 2.1.3.1: the siblings on the way from the leaf up."""
    if len(entries) == 1:
        return []
    k = largest_power_below(len(entries))
    if index < k:
        return [*inclusion_path(index, entries[:k]), tree_hash(entries[k:])]
    return [*inclusion_path(index - k, entries[k:]), tree_hash(entries[:k])]


def consistency_path(old_size: int, entries: Entries) -> list[bytes]:
    """PROOF(m, D[n]), section 2.1.4.1, for 0 < m <= n."""
    return subproof(old_size, entries, known=True)


def subproof(old_size: int, entries: Entries, *, known: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b), section 2.1.4.1; `known`: the verifier knows the root over these entries."""
    if old_size == len(entries):
        return [] if known else [tree_hash(entries)]
    k = largest_power_below(len(entries))
    if old_size <= k:
        return [*subproof(old_size, entries[:k], known=known), tree_hash(entries[k:])]
    return [*subproof(old_size - k, entries[k:], known=False), tree_hash(entries[:k])]


def inclusion_holds(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """The steps of section 2.1.3.2, with fn, sn and r as they are called there."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = _node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = _node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistency_holds(*, old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """The steps of section 2.1.4.2, for 0 < old size < new size, with fn, sn, fr and sr as they are called there."""
    if not path:
        return False
    hashes = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = hashes[0]
    for c in hashes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = _node(c, fr), _node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = _node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


def largest_power_below(n: int) -> int:
    """The largest power of two smaller than n, for n > 1."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
