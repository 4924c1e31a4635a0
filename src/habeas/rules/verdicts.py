"""What a screen finds: per book a verdict, per rule a ruling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from habeas.rules.conditions import Test
from habeas.rules.rulebook import Lift, Outcome, Rule, Rulebook
from habeas.terms.answers import Ternary


class Finding(Enum):
    """What one book says of one system on one day, strictest first."""

    PROHIBITED = "prohibited"
    BLOCKED = "blocked pending evidence"
    """Whether a prohibition applies hangs on an answer that is missing or not shown; until it comes, the system may not be used."""
    DUTIES = "duties"
    """No prohibition was found; duties, classes or rights were."""
    NO_RULE = "no rule found"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFinding:
    """Whether an exception is shown, which tests it still hinges on, and which stand in its way."""

    lift: Lift
    shown: Ternary
    hinges: tuple[Test, ...]
    in_the_way: tuple[Test, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What one rule says of a system.

    `met`: whether its conditions hold, exceptions aside. `applies`: whether it is in force that day for this system. `bites`: whether it
    has its outcome: its conditions met, in force, and no exception shown. `hinges`: tests that could still settle conditions or force.
    `from_day`: the first later day on which it applies, where it doesn't yet.
    """

    rule: Rule
    met: Ternary
    applies: Ternary
    bites: Ternary
    hinges: tuple[Test, ...] = ()
    lifts: tuple[LiftFinding, ...] = ()
    disputed: str | None = None
    from_day: date | None = None

    @property
    def lifted(self) -> Lift | None:
        """The exception that is shown, if any is."""
        return next((found.lift for found in self.lifts if found.shown is Ternary.YES), None)

    @property
    def upcoming(self) -> bool:
        """Whether it will apply from a later day on, and then bites or may bite."""
        return self.from_day is not None and self.met is not Ternary.NO and self.lifted is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one book says of a system on a day, with every rule's ruling in the order of the book.

    `binding`: whether the book is law where the system is used; None: a standard, which binds nobody by itself.
    """

    book: Rulebook
    on: date
    finding: Finding
    rulings: tuple[Ruling, ...]
    binding: Ternary | None

    def of(self, outcome: Outcome, *, bites: Ternary) -> tuple[Ruling, ...]:
        """The rulings with this outcome that bite so."""
        return tuple(ruling for ruling in self.rulings if ruling.rule.outcome is outcome and ruling.bites is bites)

    @property
    def deciding(self) -> tuple[Ruling, ...]:
        """The rulings that made the finding what it is, where it refuses."""
        bites = {Finding.PROHIBITED: Ternary.YES, Finding.BLOCKED: Ternary.UNKNOWN}.get(self.finding)
        return () if bites is None else self.of(Outcome.PROHIBITED, bites=bites)
