"""What a screen finds: per book a verdict, per rule a ruling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from habeas.rules.conditions import Test
from habeas.rules.rulebook import Lift, Outcome, Rule, Rulebook
from habeas.terms.answers import Ternary


class Finding(Enum):
    """What one book says of one system on one day, strictest first."""

    PROHIBITED = "prohibited"
    PROHIBITED_UNLESS = "prohibited unless shown"
    """A prohibition applies; an exception to it that isn't ruled out would lift it, once each of its facts is shown."""
    BLOCKED = "blocked pending evidence"
    """Whether a prohibition applies hangs on an answer that is missing or not shown; until it comes, the system may not be used."""
    DUTIES = "duties"
    """No prohibition was found; duties, classes or rights were."""
    NO_RULE = "no rule found"

    @property
    def severity(self) -> int:
        """Where the finding stands: 0 is the strictest."""
        return list(Finding).index(self)

    @property
    def prohibits(self) -> bool:
        """Whether a prohibition applies, an exception still open or not."""
        return self in (Finding.PROHIBITED, Finding.PROHIBITED_UNLESS)


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
    def open_lifts(self) -> tuple[LiftFinding, ...]:
        """The exceptions that aren't shown, and that nothing answered so far rules out."""
        return tuple(found for found in self.lifts if found.shown is not Ternary.YES and not found.in_the_way)

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
    def prohibiting(self) -> tuple[Ruling, ...]:
        """The prohibitions that bite, those without an open exception first."""
        return tuple(sorted(self.of(Outcome.PROHIBITED, bites=Ternary.YES), key=lambda ruling: bool(ruling.open_lifts)))

    @property
    def deciding(self) -> tuple[Ruling, ...]:
        """The rulings that made the finding what it is, where it refuses; those without an open exception first."""
        if self.finding.prohibits:
            return self.prohibiting
        return self.of(Outcome.PROHIBITED, bites=Ternary.UNKNOWN) if self.finding is Finding.BLOCKED else ()


def strictest(findings: Iterable[Finding]) -> Finding:
    """The strictest of some findings; of none, that no rule was found."""
    return min(findings, key=lambda finding: finding.severity, default=Finding.NO_RULE)
