"""How an entry of the register lives: draft, review by a second person, published, changed, suspended, retired.

The steps stand in one table, `MOVES`: from which states each may be taken, where it leads, and what whoever takes it must be
permitted. Nothing here says who holds a permission; the site's accounts do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from habeas.errors import BadInput, NotAllowed


class Step(Enum):
    """What may happen to an entry; each is recorded in the ledger."""

    REGISTERED = "registered"  # a version of the system was named, or reached another stage
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DISCARDED = "discarded"  # the draft; nothing that was published
    PUBLISHED = "published"
    CHANGED = "changed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    RETIRED = "retired"
    WITHHELD = "withheld"
    RELEASED = "released"


TAKEN_BACK = "Taken back by whoever sent it to review."
"""The reason of a `RETURNED` that no approver gave."""


class Standing(Enum):
    """How the entry stands before the public."""

    UNPUBLISHED = "unpublished"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    RETIRED = "retired"


class Open(Enum):
    """What is being worked on: nothing, a draft, or a draft that waits for the second person."""

    NOTHING = "nothing"
    DRAFT = "draft"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where an entry is: how it stands in public, and what is open beside that."""

    standing: Standing = Standing.UNPUBLISHED
    open: Open = Open.NOTHING

    def __str__(self) -> str:
        return f"{self.standing.value}, with {_OPEN_IN_WORDS[self.open]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What one step needs and does. `leads`: the standing afterwards; `opens`: what is open afterwards; None: as before.

    `permission`: what whoever takes it must hold, by its name in the site's table. `reasoned`: it needs a reason for the public.
    """

    permission: str
    standings: frozenset[Standing] = frozenset(Standing)
    open: frozenset[Open] = frozenset(Open)
    leads: Standing | None = None
    opens: Open | None = None
    reasoned: bool = False


_OPEN_IN_WORDS = {Open.NOTHING: "no open draft", Open.DRAFT: "a draft", Open.REVIEW: "a draft in review"}
_SHOWN = frozenset({Standing.PUBLISHED, Standing.SUSPENDED, Standing.RETIRED})

MOVES: Mapping[Step, Move] = {
    Step.REGISTERED: Move(permission="edit_entry"),
    Step.DRAFTED: Move(permission="edit_entry", open=frozenset({Open.NOTHING}), opens=Open.DRAFT),
    Step.SUBMITTED: Move(permission="submit_entry", open=frozenset({Open.DRAFT}), opens=Open.REVIEW),
    Step.RETURNED: Move(permission="approve_entry", open=frozenset({Open.REVIEW}), opens=Open.DRAFT, reasoned=True),
    Step.DISCARDED: Move(permission="edit_entry", open=frozenset({Open.DRAFT}), opens=Open.NOTHING),
    Step.PUBLISHED: Move(
        permission="approve_entry",
        standings=frozenset({Standing.UNPUBLISHED}),
        open=frozenset({Open.REVIEW}),
        leads=Standing.PUBLISHED,
        opens=Open.NOTHING,
    ),
    # an entry that is suspended or retired can still be corrected: it stays in the register, and so must stay true
    Step.CHANGED: Move(permission="approve_entry", standings=_SHOWN, open=frozenset({Open.REVIEW}), opens=Open.NOTHING),
    Step.SUSPENDED: Move(permission="suspend", standings=frozenset({Standing.PUBLISHED}), leads=Standing.SUSPENDED, reasoned=True),
    Step.RESUMED: Move(permission="suspend", standings=frozenset({Standing.SUSPENDED}), leads=Standing.PUBLISHED, reasoned=True),
    Step.RETIRED: Move(
        permission="retire",
        standings=frozenset({Standing.PUBLISHED, Standing.SUSPENDED}),
        leads=Standing.RETIRED,
        reasoned=True,
    ),
    Step.WITHHELD: Move(permission="withhold_approve", reasoned=True),
    Step.RELEASED: Move(permission="withhold_approve", reasoned=True),
}


def possible(state: State) -> tuple[Step, ...]:
    """The steps that this state allows, in the order of the table."""
    return tuple(one for one, move in MOVES.items() if state.standing in move.standings and state.open in move.open)


def step(taken: Step, *, state: State, reason: str = "") -> State:
    """Where the entry is after that step.

    Raises:
        BadInput: the state doesn't allow it, or the reason that it needs is missing; the message says what is possible.
    """
    move = MOVES[taken]
    if taken not in possible(state):
        allowed = ", ".join(one.value for one in possible(state))
        raise BadInput(f"this entry can't be {taken.value} now: it is {state}; what is possible: {allowed}")
    if move.reasoned and not reason.strip():
        raise BadInput(f"an entry is {taken.value} for a reason, which everyone can read; none was given: write one or two sentences")
    return State(standing=move.leads or state.standing, open=move.opens or state.open)


def publishing(state: State) -> Step:
    """Which step publishing is: the first time it is published, afterwards changed."""
    return Step.PUBLISHED if state.standing is Standing.UNPUBLISHED else Step.CHANGED


def check_four_eyes(approver: int, *, others: Collection[int]) -> None:
    """See that whoever approves isn't one of those who wrote, submitted or asked for what is approved.

    Raises:
        NotAllowed: they are: a second person must look.
    """
    if approver in others:
        raise NotAllowed(
            "expected a second person: you wrote, submitted or asked for this yourself; ask another approver of your organisation, and "
            "where there is none an administrator to name one"
        )


class Acting(Enum):
    """As what somebody suspended or resumed a system: from within its organisation, or from above."""

    APPROVER = "approver"
    OVERSIGHT = "oversight"


def check_resuming(suspended_as: Acting, *, resuming_as: Acting) -> None:
    """See that an organisation doesn't lift what oversight imposed on it.

    Raises:
        NotAllowed: oversight suspended the system, and whoever resumes it isn't oversight.
    """
    if suspended_as is Acting.OVERSIGHT and resuming_as is not Acting.OVERSIGHT:
        raise NotAllowed("expected oversight, which suspended this system; you belong to its own organisation: ask the oversight body")
