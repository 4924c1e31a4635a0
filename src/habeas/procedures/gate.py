"""The gate: whether a version of a system may be used at a stage of its life, worked out anew at each look from what is known.

Open only where everything is there; what isn't known keeps it shut. A prohibition can't be approved away: an approval answers for
what an audit found, and for nothing else.

1. The entry is published, and neither suspended nor retired.
2. A current screen exists, and no book of it prohibits the system or waits for evidence.
3. An independent audit of this version and stage is published and shows equal; or one that doesn't, and somebody answers for it.
   Bad news counts from every auditor, good news from an independent one only.
4. Oversight hasn't closed it.
5. Somebody authorised it, other than whoever asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from habeas.audit.result import Verdict
from habeas.errors import BadInput
from habeas.procedures.publication import Standing
from habeas.rules.verdicts import Finding
from habeas.terms.system import Stage

LONGEST_APPROVAL = timedelta(days=365)
"""A conditional approval ends after a year at the latest; then somebody must look again."""

LONGEST_SCREEN = timedelta(days=365)
"""Law changes: a screen of last year says what last year's books said."""


class State(Enum):
    """Whether the version may be used at its stage."""

    OPEN = "open"
    CONDITIONAL = "conditional"
    """Open under the conditions of an approval, until its last day."""
    CLOSED = "closed"


class Lack(Enum):
    """What can be missing, in the order in which it is sought."""

    ENTRY_UNPUBLISHED = "entry-unpublished"
    ENTRY_SUSPENDED = "entry-suspended"
    ENTRY_RETIRED = "entry-retired"
    NO_SCREEN = "no-screen"
    OLD_SCREEN = "old-screen"
    PROHIBITED = "prohibited"
    BLOCKED = "blocked"
    NO_AUDIT = "no-audit"
    NOT_INDEPENDENT = "not-independent"
    SHOWN_DIFFERENT = "shown-different"
    CANNOT_TELL = "cannot-tell"
    APPROVAL_EXPIRED = "approval-expired"
    CLOSED_BY_OVERSIGHT = "closed-by-oversight"
    REFUSED = "refused"
    NOT_AUTHORISED = "not-authorised"
    UNDECIDED = "undecided"


class Who(Enum):
    """Who can do something about it; the words are those of the roles."""

    SYSTEM_OWNER = "system-owner"
    AUDITOR = "auditor"
    APPROVER = "approver"
    OVERSIGHT = "oversight"


TOLD: dict[Lack, tuple[str, Who]] = {
    Lack.ENTRY_UNPUBLISHED: ("the entry in the register isn't published: have it reviewed and published", Who.SYSTEM_OWNER),
    Lack.ENTRY_SUSPENDED: ("the entry in the register is suspended: mend what it was suspended for, then resume it", Who.APPROVER),
    Lack.ENTRY_RETIRED: ("the system is retired: nothing of it can be authorised", Who.SYSTEM_OWNER),
    Lack.NO_SCREEN: ("this version was not screened against any rulebook: screen it", Who.SYSTEM_OWNER),
    Lack.OLD_SCREEN: (
        "the screen is older than a year, or answers, books or dates changed since: screen this version again",
        Who.SYSTEM_OWNER,
    ),
    Lack.PROHIBITED: ("a rulebook prohibits it: don't use it; nobody can approve this away", Who.SYSTEM_OWNER),
    Lack.BLOCKED: ("whether a prohibition applies hangs on missing evidence: bring the evidence and screen again", Who.SYSTEM_OWNER),
    Lack.NO_AUDIT: ("no audit of this version at this stage is published: have it audited", Who.AUDITOR),
    Lack.NOT_INDEPENDENT: ("no independent audit of this version at this stage is published: have one made", Who.AUDITOR),
    Lack.SHOWN_DIFFERENT: (
        "an audit shows a difference: mend the system, or have it approved with reasons, conditions and an end",
        Who.APPROVER,
    ),
    Lack.CANNOT_TELL: (
        "the audit can't tell with this sample: test more people, or have it approved with reasons, conditions and an end",
        Who.APPROVER,
    ),
    Lack.APPROVAL_EXPIRED: (
        "the conditional approval has ended: mend the system, or ask anew for somebody to answer for it",
        Who.SYSTEM_OWNER,
    ),
    Lack.CLOSED_BY_OVERSIGHT: ("oversight closed the gate: answer its reasons; oversight alone can reopen it", Who.OVERSIGHT),
    Lack.REFUSED: ("authorisation was refused: mend what the reasons name, then ask again", Who.SYSTEM_OWNER),
    Lack.NOT_AUTHORISED: ("nobody has asked for it to be authorised: ask, and let somebody else decide", Who.SYSTEM_OWNER),
    Lack.UNDECIDED: ("authorisation was asked for and nobody has decided: somebody else than who asked must", Who.APPROVER),
}
"""What each says, what to do next, and who can."""

_ANSWERABLE = frozenset({Lack.SHOWN_DIFFERENT, Lack.CANNOT_TELL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that keeps the gate shut: what, about which book, audit or day, what to do next, and who can."""

    kind: Lack
    told: str
    who_can: Who
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Whether it is open, and everything that is missing if not. `until`: the first day on which a condition no longer carries it."""

    state: State
    missing: tuple[Missing, ...] = ()
    conditions: str = ""
    until: date | None = None

    @property
    def authorised(self) -> bool:
        """Whether the version may be used, with conditions or without."""
        return self.state is not State.CLOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFinding:
    """What one book says."""

    book: str
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The latest screen of the version, which every book judged. `current`: it says what a new one would say."""

    on: date
    findings: tuple[BookFinding, ...]
    current: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A published audit of the version that wasn't withdrawn."""

    number: int
    stage: Stage
    verdict: Verdict
    independent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What was decided last about the version at the stage.

    `authorised` False: refused. With `until` it is conditional: it also answers for what the `audits` of those numbers found.
    """

    authorised: bool
    asked_by: int
    decided_by: int
    since: date
    reasons: str = ""
    conditions: str = ""
    until: date | None = None
    audits: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.authorised and self.asked_by == self.decided_by:
            raise BadInput("authorisation: expected another person than who asked; it is the same: let somebody else decide")
        if self.until is None:
            return
        if not self.reasons.strip() or not self.conditions.strip():
            raise BadInput("conditional approval: expected reasons and conditions; one of them is empty: write both")
        if not self.since < self.until <= self.since + LONGEST_APPROVAL:
            raise BadInput(f"conditional approval: expected an end within a year of {self.since}; got {self.until}: choose an earlier day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the gate is worked out from; what isn't known is None or empty, and closes it."""

    on: date
    stage: Stage
    standing: Standing | None = None
    screen: Screen | None = None
    audits: tuple[Audit, ...] = ()
    decision: Approval | None = None
    asked: bool = False
    """Somebody asked after the last decision, and waits for the next."""
    closed_by_oversight: bool = False


def gate(facts: Facts) -> Gate:
    """Whether the version may be used at the stage on that day, and what is missing if not.

    `OPEN` says that every piece is there and somebody authorised it; `CONDITIONAL` that somebody answers, until a day, for what an
    audit found; `CLOSED` lists every missing piece, never none.
    """
    missing = (*_of_entry(facts), *_of_screen(facts), *_of_audits(facts), *_of_oversight(facts), *_of_decision(facts))
    if missing or facts.decision is None:
        return Gate(state=State.CLOSED, missing=missing)
    if facts.decision.until is None:
        return Gate(state=State.OPEN)
    return Gate(state=State.CONDITIONAL, conditions=facts.decision.conditions, until=facts.decision.until)


def askable(facts: Facts) -> bool:
    """Whether somebody can ask: nobody waits for a decision, none holds, and the system isn't retired."""
    return not facts.asked and facts.standing is not Standing.RETIRED and not gate(facts).authorised


def ready(facts: Facts) -> bool:
    """Whether nothing is missing but that somebody authorises it."""
    found = (*_of_entry(facts), *_of_screen(facts), *_of_oversight(facts))
    return not found and not tuple(_adverse(facts))


def approvable(facts: Facts) -> frozenset[int]:
    """The audits that a conditional approval would answer for; empty: it can't be approved so, or needn't be.

    Everything else must be there: an approval answers for what an audit found and for nothing else.
    """
    others = (*_of_entry(facts), *_of_screen(facts), *_of_oversight(facts))
    if others:
        return frozenset()
    lacks = tuple(_adverse(facts))
    if any(one.kind in (Lack.NO_AUDIT, Lack.NOT_INDEPENDENT) for one in lacks):
        return frozenset()
    return frozenset(int(one.about) for one in lacks)


# (1) the entry
def _of_entry(facts: Facts) -> Iterator[Missing]:
    if facts.standing is None or facts.standing is Standing.UNPUBLISHED:
        yield _missing(Lack.ENTRY_UNPUBLISHED)
    elif facts.standing is Standing.SUSPENDED:
        yield _missing(Lack.ENTRY_SUSPENDED)
    elif facts.standing is Standing.RETIRED:
        yield _missing(Lack.ENTRY_RETIRED)


# (2) the screen
def _of_screen(facts: Facts) -> Iterator[Missing]:
    if facts.screen is None or not facts.screen.findings:
        yield _missing(Lack.NO_SCREEN)
        return
    if not facts.screen.current or not facts.screen.on <= facts.on < facts.screen.on + LONGEST_SCREEN:
        yield _missing(Lack.OLD_SCREEN, about=facts.screen.on.isoformat())
    for one in facts.screen.findings:
        if one.finding.prohibits:
            yield _missing(Lack.PROHIBITED, about=one.book)
        elif one.finding is Finding.BLOCKED:
            yield _missing(Lack.BLOCKED, about=one.book)


# (3) the audits
def _of_audits(facts: Facts) -> Iterator[Missing]:
    decision = facts.decision
    answered = decision.audits if decision is not None and decision.authorised and decision.until is not None else frozenset()
    unsure = {one.number for one in facts.audits if one.stage is facts.stage and one.independent}
    for one in _adverse(facts):
        numbers = unsure if one.kind is Lack.CANNOT_TELL else {int(one.about or 0)}
        if answered.isdisjoint(numbers):
            # somebody can answer for what an audit found only once they are asked to
            yield one if facts.asked or one.kind not in _ANSWERABLE else replace(one, who_can=Who.SYSTEM_OWNER)


def _adverse(facts: Facts) -> Iterator[Missing]:
    """What the audits of this stage lack, whatever anybody approved. `about`: the number of the audit, where it is one."""
    here = [one for one in facts.audits if one.stage is facts.stage]
    for one in here:
        if one.verdict is Verdict.SHOWN_DIFFERENT:
            yield _missing(Lack.SHOWN_DIFFERENT, about=str(one.number))
    independent = [one for one in here if one.independent]
    if not independent:
        yield _missing(Lack.NOT_INDEPENDENT if here else Lack.NO_AUDIT)
    elif all(one.verdict is Verdict.CANNOT_TELL for one in independent):
        yield _missing(Lack.CANNOT_TELL, about=str(max(one.number for one in independent)))


# (4) oversight
def _of_oversight(facts: Facts) -> Iterator[Missing]:
    if facts.closed_by_oversight:
        yield _missing(Lack.CLOSED_BY_OVERSIGHT)


# (5) the decision
def _of_decision(facts: Facts) -> Iterator[Missing]:
    decision = facts.decision
    if decision is None or facts.on < decision.since:
        yield _missing(Lack.UNDECIDED if facts.asked else Lack.NOT_AUTHORISED)
        return
    if not decision.authorised:
        yield _missing(Lack.REFUSED)
    elif decision.until is not None and facts.on >= decision.until:
        yield _missing(Lack.APPROVAL_EXPIRED, about=decision.until.isoformat())
    else:
        return  # what was decided still holds, whoever asks anew
    if facts.asked:
        yield _missing(Lack.UNDECIDED)


def _missing(kind: Lack, *, about: str = "") -> Missing:
    told, who_can = TOLD[kind]
    return Missing(kind=kind, told=told, who_can=who_can, about=about)
