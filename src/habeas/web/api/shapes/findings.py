"""What screens, audits and the gate found of a system."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from habeas.web.api.shapes.base import Day, Digest, Moment, ResultDocument, Shape


class DecidingRule(Shape):
    """A rule that decided what a book finds."""

    id: str
    title: str


class BookFinding(Shape):
    """What one rulebook finds. `binds`: yes, no, unknown (of a law), or standard."""

    id: str
    title: str
    finding: str
    binds: str
    meaning: str
    decided_by: list[DecidingRule]


class ScreenLine(Shape):
    """The latest screen of a version. `current`: false where the books would say something else today."""

    version: str
    on: Day
    finding: str = Field(description="the strictest of all books")
    prohibited: bool
    current: bool
    verdicts_sha256: Digest
    books: list[BookFinding]


class Screens(Shape):
    """The latest screen of each version that was screened, newest version first; `address`: the same in full."""

    system: str
    address: str
    screens: list[ScreenLine]


class AuditLine(Shape):
    """A published audit in short. `withdrawn`: its auditor takes it back; it counts for nothing. `run_here`: false: it was brought."""

    number: int
    title: str
    version: str
    stage: str
    verdict: str
    auditor: str
    independent: bool
    run_here: bool
    published_on: Day
    withdrawn: bool


class Audits(Shape):
    """The published audits of a system, latest first."""

    system: str
    audits: list[AuditLine]


class Audit(Shape):
    """A published audit in full. `said`: what its auditor and the system's owner say of it; `result`: the result document."""

    system: str
    number: int
    title: str
    said: dict[str, Any] = Field(description="version, auditor, independence, caveats, withdrawal, ledger entry, owner's comment")
    result: ResultDocument


class MissingPiece(Shape):
    """One thing that keeps the gate shut: what, about which book, audit or day, what to do next, and the role that can."""

    kind: str
    told: str
    about: str
    who_can: str


class Decision(Shape):
    """By what a version is authorised, and who answers for it. `audits`: those whose finding an approval under conditions is about."""

    kind: str
    by: str
    at: Moment
    reasons: str
    conditions: str
    until: Day | None
    audits: list[int]
    log_index: int | None


class GateLine(Shape):
    """Whether a version may be used at its stage today: open, conditional or closed, and everything that is missing if not."""

    version: str
    stage: str
    state: str
    authorised: bool
    missing: list[MissingPiece]
    decision: Decision | None


class Gates(Shape):
    """The gate of each version of a system, newest first, worked out as of that day. `made_up`: for demonstrations."""

    system: str
    made_up: bool
    on: Day
    versions: list[GateLine]
