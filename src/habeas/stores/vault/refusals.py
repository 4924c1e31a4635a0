"""What the vault refuses before it appends anything, and what it says when a deed stays unfinished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from habeas.errors import Gone, HabeasError, Inconsistent, NotAllowed, NotFound
from habeas.ledger.fields.commitments import Opening
from habeas.ledger.fields.courts import CourtKey
from habeas.stores.sequencers.rows import State, StoredGroup

COURT_ORDER = "court-order"
"""The one ground on which restricted evidence is erased."""


def chosen(found: Mapping[str, Opening], names: Iterable[str]) -> tuple[Opening, ...]:
    """The fields of these names. Raises `NotFound` where one isn't there."""
    wanted = tuple(names)
    missing = [name for name in wanted if name not in found]
    if missing:
        raise NotFound(f"expected names of fields in this group; {len(missing)} of {len(wanted)} aren't: read the group to see its fields")
    return tuple(found[name] for name in wanted)


def restriction(stored: StoredGroup, ground: str, state: str, court: CourtKey) -> dict[str, Any]:
    """The public words of a restriction: of what, why, whether it begins or ends, and to which court."""
    return {"about": stored.index, "group": stored.group, "ground": ground, "state": state, "court": str(court)}


def refuse_erased(stored: StoredGroup) -> None:
    """Raise `Gone` where the group was erased."""
    if stored.state is State.ERASED:
        raise Gone(f"expected a group of entry {stored.index} that is still there; it was erased, as the log says: nothing brings it back")


def refuse_restricted(groups: Iterable[StoredGroup], ground: str) -> None:
    """Raise `NotAllowed` where a court has restricted one of the groups and hasn't ordered its erasure."""
    restricted = next((stored.index for stored in groups if stored.state is State.RESTRICTED), None)
    if restricted is not None and ground != COURT_ORDER:
        raise NotAllowed(
            f"expected records that no court has restricted; entry {restricted} is: restricted evidence is kept until the court lifts "
            f"the restriction, or orders the erasure (ground {COURT_ORDER})"
        )


@contextmanager
def unfinished(index: int) -> Iterator[None]:
    """Say that an order is on record although it wasn't carried out, so that nobody gives it twice."""
    try:
        yield
    except HabeasError as problem:
        told = (
            f"the order is on record as entry {index}, but it isn't carried out yet: {problem}. "
            "It is when the ledger is next opened, or by replaying: don't order it again"
        )
        if isinstance(problem, Inconsistent):  # which carries evidence that somebody will want to see
            raise Inconsistent(told, smaller=problem.smaller, larger=problem.larger, proof=problem.proof) from problem
        raise type(problem)(told) from problem
