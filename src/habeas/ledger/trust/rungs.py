"""What a verification answers with: seven rungs, what became of each, and the bytes that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import Verified
from habeas.ledger.trust.evidence import Evidence

NAMES = (
    "The file can be read",
    "The log signed this state of itself",
    "Enough witnesses signed the same state",
    "The entry's place lies within that state",
    "The entry is in the log, unaltered",
    "The entry commits to personal fields",
    "The fields shown are those committed to",
)


class Outcome(Enum):
    """What became of one rung."""

    HELD = "held"
    FAILED = "failed"
    NOT_REACHED = "not-reached"
    """Nothing is known: a rung below failed, or what is needed to check it wasn't given."""
    NOT_ASKED = "not-asked"
    """There is nothing to check: no field is shown, or no policy was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step: its number from 1, what it claims, what became of it and why, in words, and the bytes that show it.

    `evidence` is there where something was checked. Rung 1: the file. Rungs 2 and 3: the signed checkpoint. Rung 4: the checkpoint
    and the proof file. Rung 5: these two, the root signed, and, where the proof leads to one at all, the root it leads to; or, where
    two entries don't agree, the one in the file and the one given. Rungs 6 and 7: the entry, and the commitment in it.
    """

    number: int
    name: str
    outcome: Outcome
    detail: str
    evidence: tuple[bytes, ...] = ()


Step = tuple[Outcome, str, tuple[bytes, ...]]
"""What became of a step that was taken, why, and the bytes that show it."""


def climbed(names: Sequence[str], steps: Sequence[Step]) -> tuple[Rung, ...]:
    """The whole ladder: what became of the steps that were taken, and the others as not reached."""
    unreached: Step = (Outcome.NOT_REACHED, "Not looked at, since an earlier step wasn't taken.", ())
    taken = [*steps, *[unreached] * (len(names) - len(steps))]
    return tuple(
        Rung(number=number, name=name, outcome=outcome, detail=detail, evidence=evidence)
        for number, (name, (outcome, detail, evidence)) in enumerate(zip(names, taken, strict=True), start=1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What became of every rung, and who stood by the checkpoint.

    `checkpoint` and `evidence` are what the file states, None where it can't be read: as true as the rungs that held. `log`: the keys
    of the log that signed. `witnesses`: who cosigned, by their names in the policy, and `cosignatures` with which key and when.
    `unanchored`: no policy was given, so the file was compared with itself only; whoever made it may have made up everything.
    """

    rungs: tuple[Rung, ...]
    unanchored: bool
    checkpoint: Checkpoint | None = None
    evidence: Evidence | None = None
    log: tuple[Verified, ...] = ()
    witnesses: tuple[str, ...] = ()
    cosignatures: tuple[Verified, ...] = ()

    @property
    def held(self) -> bool:
        """Whether everything that was asked is proven; never without a policy."""
        return not self.unanchored and all(rung.outcome in {Outcome.HELD, Outcome.NOT_ASKED} for rung in self.rungs)

    @property
    def failed(self) -> Rung | None:
        """The rung that broke, if one did."""
        return next((rung for rung in self.rungs if rung.outcome is Outcome.FAILED), None)


LOG_NAMES = (
    "The log signed this state of itself",
    "Enough witnesses signed the same state",
    "Every entry is there, and leads to the root that was signed",
    "The earlier state is the beginning of this one",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogVerification:
    """What became of every step of checking a whole log from its public files.

    `checkpoint`: what it was checked against; None where nobody whom the policy trusts signed it.
    """

    rungs: tuple[Rung, ...]
    checkpoint: Checkpoint | None = None

    @property
    def held(self) -> bool:
        """Whether everything that was asked is proven."""
        return all(rung.outcome in {Outcome.HELD, Outcome.NOT_ASKED} for rung in self.rungs)

    @property
    def failed(self) -> Rung | None:
        """The step that broke, if one did."""
        return next((rung for rung in self.rungs if rung.outcome is Outcome.FAILED), None)
