"""Whether two signed states of one log can both be true: what a journalist with two old checkpoints can ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from habeas.errors import BadInput, Inconsistent
from habeas.ledger.tree.proofs import verify_consistency
from habeas.ledger.trust.policy import Checking, Policy, check_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistent:
    """Two signed states of one log, the larger of which holds every entry of the smaller, unaltered and in order."""

    smaller: Checking
    larger: Checking


def verify_consistency_of(old: bytes, new: bytes, *, path: Sequence[bytes], policy: Policy) -> Consistent:
    """See that of two signed checkpoints the larger extends the smaller, whichever of them is given first.

    `path` is the consistency proof from the smaller size to the larger; none between equal sizes, nor from the empty tree.

    A proof that fails convicts nobody: nobody signed it, and the log may have another that holds. Two roots signed for one size do
    convict, with no proof and against any: there the error carries both checkpoints, which is all that a stranger needs.

    1. Both are signed by a log of the policy, and by the same one.
    2. Equal sizes have equal roots.
    3. The proof leads from the smaller root to the larger.

    Raises:
        Malformed: one of them is no signed checkpoint.
        BadInput: they are of two logs.
        Inconsistent: the log signed two trees of one size.
        ProofFailed: one isn't signed as the policy asks, or the proof doesn't show that the one extends the other.
    """
    # (1) signatures first: an unsigned claim is no evidence against anybody
    (first, raw_first), (second, raw_second) = sorted(((check_note(policy, raw), raw) for raw in (old, new)), key=_size)
    smaller, larger = first.checkpoint, second.checkpoint
    if smaller.origin != larger.origin:
        raise BadInput(f"expected two checkpoints of one log; got {smaller.origin} and {larger.origin}: compare each with its own")
    # (2) no proof can mend this
    if smaller.size == larger.size and smaller.root != larger.root:
        raise Inconsistent(
            f"{smaller.origin} signed two trees of {smaller.size} entries, with the roots {smaller.root.hex()} and {larger.root.hex()}: "
            "at most one can be genuine, and the two checkpoints prove it; keep both and show them",
            smaller=raw_first,
            larger=raw_second,
        )
    # (3) every tree extends the empty one, whose root `Checkpoint` has seen to; only a proof given for it would be odd
    if smaller.size > 0 or path:
        verify_consistency(old_size=smaller.size, old_root=smaller.root, new_size=larger.size, new_root=larger.root, path=path)
    return Consistent(smaller=first, larger=second)


def _size(checked: tuple[Checking, bytes]) -> int:
    return checked[0].checkpoint.size
